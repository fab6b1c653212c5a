"""W3C logs are read by the columns they name; times are UTC unless they say otherwise."""

from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from stopa.model.event import EventBatch, LogSource
from stopa.model.evidence import Problem
from stopa.readers import Found, recognise
from stopa.readers.w3c import READER
from tests.readers.found import DATA, plain, source_of
from tests.shared import SHARED, needs_shared


def read(path: Path, log: str) -> list[Found]:
    path.write_text(log, encoding="utf-8")
    return list(READER.read(source_of(path)))


def events(found: list[Found]) -> list[dict[str, object]]:
    return [row["event"] for one in found if isinstance(one, EventBatch) for row in plain(one)]


def test_local_times_are_times_when_the_analyst_says_where() -> None:
    source = source_of(DATA / "w3c" / "firewall" / "input.log")
    zoned = replace(source, zone=timezone(timedelta(hours=2)))
    found = list(READER.read(zoned))
    assert [event["_time"] for event in events(found)] == ["2021-05-04T09:12:41+00:00"]
    assert not [one for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize(
    ("fields", "values", "source"),
    [
        ("date s-ip cs-method cs-uri-stem", "- 192.0.2.1 GET /", LogSource(category="webserver")),
        ("date c-ip r-ip cs-uri", "- 192.0.2.1 192.0.2.2 http://a/", LogSource(category="proxy")),
        ("date cs-host cs-categories", "- a.exercise.invalid none", LogSource(category="proxy")),
    ],
)
def test_the_columns_tell_a_proxy_from_a_server(
    tmp_path: Path, fields: str, values: str, source: LogSource
) -> None:
    (batch,) = [
        b
        for b in read(tmp_path / "a", f"#Fields: {fields}\n{values}\n")
        if isinstance(b, EventBatch)
    ]
    assert batch.source == source


def test_plus_is_a_space_in_user_agents_only(tmp_path: Path) -> None:
    log = "#Fields: cs-uri-query cs(User-Agent)\na+b Mozilla/5.0+(X11)\n"
    (event,) = events(read(tmp_path / "a", log))
    assert event["cs-uri-query"] == "a+b"
    assert event["cs(User-Agent)"] == event["cs-user-agent"] == "Mozilla/5.0 (X11)"


def test_a_time_without_any_date_is_no_time(tmp_path: Path) -> None:
    (event,) = events(read(tmp_path / "a", "#Fields: time cs-method\n09:12:41 GET\n"))
    assert "_time" not in event


LOGS = {
    "IIS": ("#Software: Microsoft IIS\n#Version: 1.0\n#Fields: date time s-ip\n", True),
    "tabs": ("#Version: 1.0\n#Fields: date\ttime\tx-edge-location\n", True),
    "Exchange, with commas": (
        "#Software: Exchange\n#Fields: date-time,client-ip,event-id\n",
        False,
    ),
    "Zeek": ("#separator \\x09\n#fields\tts\tuid\n", False),
    "a comment": ("# Fields: of wheat and rye.\n", False),
    "prose": ("Text\n#Fields: date time\n", False),
    "nothing": ("", False),
}


@pytest.mark.parametrize(("head", "claimed"), LOGS.values(), ids=LOGS)
def test_logs_are_known_by_their_directives(head: str, claimed: bool) -> None:
    assert ("w3c" in [reader.name for reader in recognise(head.encode())]) is claimed


@needs_shared
def test_real_logs_are_read_whole() -> None:
    for name, count in (("iis7_owa", 3), ("iis7_sqli", 2), ("iis_without_date", 11)):
        path = SHARED / "data" / "web" / "plaso" / f"iis_{name}.log"
        found = list(READER.read(source_of(path)))
        assert not [one for one in found if isinstance(one, Problem)]
        assert len([event for event in events(found) if "_time" in event]) == count
