"""Windows events say the same whichever tool wrote them down, and are never dated by guessing."""

import hashlib
import json
from datetime import timedelta, timezone
from gzip import decompress
from pathlib import Path
from typing import Any

import pytest

from stopa.model.event import CHANNEL, EVENT_ID, HOST, PROVIDER, TIME, USER, EventBatch
from stopa.model.evidence import Problem
from stopa.readers import HEAD, Found, Source
from stopa.readers.evtx import READER as EVTX
from stopa.readers.windows_json import READER
from tests.readers.found import DATA, input_of, plain, source_of
from tests.readers.test_conformance import assert_covers
from tests.shared import SHARED, needs_shared

ENVELOPE = (TIME, HOST, USER, PROVIDER, CHANNEL, EVENT_ID)
SUMMER = timezone(timedelta(hours=2))
ONE_EVENT = {  # the samples of which the first event is the same 4688
    "nxlog": "cmd /c whoami /all",
    "winlogbeat": "cmd /c whoami /all",
    "evtx_dump": "cmd /c whoami /all",
    "evtx_dump_separate": "cmd /c whoami /all",
}


def events(found: list[Found]) -> list[dict[str, Any]]:
    told = [row["event"] for one in found if isinstance(one, EventBatch) for row in plain(one)]
    return sorted(told, key=lambda event: event["_offset"])


def read(source: Source) -> list[Found]:
    return list(READER.read(source))


def of(folder: Path, *objects: object) -> Source:
    path = folder / "input.json"
    path.write_text("".join(json.dumps(one) + "\n" for one in objects))
    return source_of(path)


@pytest.mark.parametrize("case", ONE_EVENT)
def test_every_shape_gives_the_envelope_and_the_names_that_rules_speak_of(case: str) -> None:
    first = events(read(source_of(input_of(DATA / "windows_json" / case))))[0]
    assert {name: first[name] for name in ENVELOPE[1:]} == {
        HOST: "ws014.ministry.example",
        USER: "MINISTRY\\eva.novakova",
        PROVIDER: "Microsoft-Windows-Security-Auditing",
        CHANNEL: "Security",
        EVENT_ID: "4688",
    }
    assert first["CommandLine"] == ONE_EVENT[case]
    assert first["EventID"] == "4688"
    assert first["Provider_Name"] == first[PROVIDER]
    assert first["Computer"] == first[HOST]


LOCAL, COLLECTED = "2025-05-28 10:15:00", "2025-05-28T08:15:04Z"
BROKEN, SYSMON = (
    "2025-05-28 08:15:00.220",
    "2025-05-28 20:15:00",
)  # an hour of twelve, without its half

# What a flat event says of its time -> what is known of it, without and with the analyst's zone.
TIMES: list[tuple[dict[str, str], str | None, str | None]] = [
    ({"EventTime": LOCAL}, None, "08:15:00"),
    ({"EventTime": LOCAL, "@timestamp": COLLECTED}, "08:15:04", "08:15:00"),
    ({"EventTime": f"{LOCAL}+02:00", "@timestamp": COLLECTED}, "08:15:00", "08:15:00"),
    ({"EventTime": LOCAL, "UtcTime": "2025-05-28 08:14:59"}, "08:14:59", "08:14:59"),
    ({"TimeCreated": BROKEN, "UtcTime": SYSMON}, "20:15:00", "06:15:00.220000"),
    ({"TimeCreated": COLLECTED, "UtcTime": SYSMON}, "08:15:04", "08:15:04"),
    ({"EventReceivedTime": LOCAL}, None, None),
]


@pytest.mark.parametrize(("told", "alone", "zoned"), TIMES)
def test_a_time_without_a_zone_is_used_only_when_the_analyst_gives_one(
    told: dict[str, str], alone: str | None, zoned: str | None, tmp_path: Path
) -> None:
    event = {"EventID": 1, "Channel": "c", "SourceName": "s", **told}
    source = of(tmp_path, event)
    there = Source(source.sha256, source.path, source.size, None, SUMMER)
    for given, expected in ((source, alone), (there, zoned)):
        (row,) = events(read(given))
        assert row.get(TIME) == (expected and f"2025-05-28T{expected}+00:00")


@pytest.mark.parametrize(
    "event",
    [
        {"EventID": {"#text": 4688}, "Channel": ["Security"], "SourceName": {"x": 1}},
        {
            "Event": {
                "System": {"EventID": [1, {"a": 2}], "Channel": {"b": []}},
                "EventData": "text",
            }
        },
        {"Event": {"System": {}, "EventData": [{"#text": 1}], "UserData": 7}},
        {"winlog": {"event_id": None, "provider_name": 5, "process": [], "event_data": "none"}},
        {"event_id": {"a": 1}, "log_name": [], "event_data": [1]},
        {"EventID": 4624, "Channel": None, "SourceName": None, "EventData": "<a" + "<b>" * 3000},
        {"EventID": "9" * 6000, "Channel": 1.5, "Provider": True, "RecordNumber": 2**70},
    ],
    ids=range(7),
)
def test_an_event_of_odd_types_is_still_an_event(event: dict[str, object], tmp_path: Path) -> None:
    assert len(events(read(of(tmp_path, event)))) == 1


def test_objects_that_are_no_windows_events_are_not_recognised() -> None:
    others: list[dict[str, object]] = [
        {"EventID": 1},
        {"id.orig_h": "192.0.2.1"},
        {"Records": []},
        {"event_id": 3},
    ]
    assert not [one for one in others if READER.recognises(json.dumps(one).encode())]


@needs_shared
def test_both_lanes_of_the_rule_samples_say_the_same() -> None:
    cases = sorted((SHARED / "data/sigma_regression").rglob("*.json"))
    for path in cases:
        binary = path.with_suffix(".evtx")
        content = path.read_bytes()
        assert READER.recognises(content[:HEAD])
        found = read(source_of(path))
        assert_covers(found, len(content))
        assert not [one for one in found if isinstance(one, Problem)], path
        said = [_said(event) for event in events(found)]
        assert said == [_said(event) for event in events(list(EVTX.read(source_of(binary))))], path
    assert len(cases) > 90


@needs_shared
def test_shared_events_are_read_whole(tmp_path: Path) -> None:
    for path in sorted((SHARED / "data/windows_json").rglob("*.json*")):
        content = path.read_bytes() if path.suffix == ".json" else decompress(path.read_bytes())
        unpacked = tmp_path / "unpacked"
        unpacked.write_bytes(content)
        assert READER.recognises(content[:HEAD]), path
        found = read(Source(hashlib.sha256(content).hexdigest(), unpacked, len(content)))
        assert_covers(found, len(content))
        lines = [line for line in content.splitlines() if line.strip()]
        rows = events(found)
        assert len(rows) == len(lines), path
        assert all(row[PROVIDER] and row[CHANNEL] and row[EVENT_ID] and row[HOST] for row in rows)


def _said(event: dict[str, Any]) -> dict[str, Any]:
    """Return what an event says, without where it stands; whoever made the JSON cut off spaces."""
    places = ("_offset", "_length", "_line", "_record")
    said = {name: value for name, value in event.items() if name not in places}
    return {k: value.rstrip() if isinstance(value, str) else value for k, value in said.items()}
