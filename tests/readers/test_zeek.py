"""Both shapes of Zeek's logs give the same fields, and each log has its own log source."""

from pathlib import Path

import pytest

from stopa.model.event import EventBatch, LogSource
from stopa.model.evidence import Problem
from stopa.readers import Found, recognise
from stopa.readers.zeek import READER
from tests.readers.found import plain, source_of
from tests.readers.test_conformance import assert_covers
from tests.shared import SHARED, needs_shared

HEADER = (
    "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n"
    "#fields\tts\tuid\tquery\tanswers\trejected\n"
    "#types\ttime\tstring\tstring\tvector[string]\tbool\n"
)


def read(path: Path, log: str) -> list[Found]:
    path.write_text(log, encoding="utf-8", newline="")
    found = list(READER.read(source_of(path)))
    assert_covers(found, path.stat().st_size)
    return found


def events(found: list[Found]) -> list[dict[str, object]]:
    return [row["event"] for one in found if isinstance(one, EventBatch) for row in plain(one)]


def sources(found: list[Found]) -> set[LogSource]:
    return {one.source for one in found if isinstance(one, EventBatch)}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a\\x2cb", "a,b"),
        ("a\\\\b", "a\\b"),
        ("\\\\\\\\host\\\\IPC$", "\\\\host\\IPC$"),
        ("\\xc5\\xaf", "ů"),
        ("\\x00\\xff", "\\x00\\xff"),
        ("\\x2d", "-"),
        ("(empty)", ""),
        ("plain\\", "plain\\"),
    ],
)
def test_escapes_are_undone_where_they_stand_for_text(
    tmp_path: Path, written: str, meant: str
) -> None:
    (event,) = events(read(tmp_path / "dns.log", f"{HEADER}1.5\tC1\t{written}\t-\tT\n"))
    assert event["query"] == meant


def test_the_two_shapes_give_the_same_event(tmp_path: Path) -> None:
    tabs = read(tmp_path / "a", HEADER + "1620112361.036086\tC1\tq\ta\\x2c,b\tF\n")
    json = read(
        tmp_path / "b",
        '{"_path":"dns","ts":1620112361.036086,"uid":"C1","query":"q",'
        '"answers":["a,","b"],"rejected":false}\n',
    )
    (one,), (other,) = events(tabs), events(json)
    places = {"_line", "_offset", "_length", "_path"}
    assert {k: v for k, v in one.items() if k not in places} == {
        k: v for k, v in other.items() if k not in places
    }
    assert sources(tabs) == sources(json) == {LogSource("zeek", None, "dns")}


def test_a_list_that_is_never_set_is_no_text_column(tmp_path: Path) -> None:
    (event,) = events(read(tmp_path / "dns.log", f"{HEADER}1.5\tC1\tq\t-\tT\n"))
    assert "answers" not in event


@pytest.mark.parametrize("ts", ["1620112361.5", "1620112361500", '"2021-05-04T07:12:41.5Z"'])
def test_times_are_read_in_each_way_that_zeek_writes_them(tmp_path: Path, ts: str) -> None:
    (event,) = events(read(tmp_path / "a", f'{{"_path":"conn","ts":{ts},"uid":"C1"}}\n'))
    assert event["_time"] == "2021-05-04T07:12:41.500000+00:00"


def test_a_stream_of_many_logs_has_a_source_for_each(tmp_path: Path) -> None:
    lines = [f'{{"_path":"{path}","ts":{n},"uid":"C"}}\n' for n in range(9) for path in ("a", "b")]
    found = read(tmp_path / "stream", "".join(lines))
    assert sources(found) == {LogSource("zeek", None, "a"), LogSource("zeek", None, "b")}
    assert len(events(found)) == 18


def test_lines_without_a_header_are_problems(tmp_path: Path) -> None:
    found = read(tmp_path / "x.log", "1\t2\n" + HEADER + "1.5\tC1\tq\n1.5\tC2\tq\t-\tT\n")
    assert [one.what for one in found if isinstance(one, Problem)] == [
        "2 values for 0 fields",
        "3 values for 5 fields",
    ]
    assert len(events(found)) == 1


def test_a_header_that_names_a_column_twice_hides_neither(tmp_path: Path) -> None:
    log = "#fields\tts\tq\tq\n#types\ttime\tstring\tset[string]\tbool\tbool\n1.5\ta\tb\n"
    (event,) = events(read(tmp_path / "x.log", "#separator \\x09\n" + log))
    assert (event["q"], event["q#2"]) == ("a", ["b"])


LOGS = {
    "a header": (HEADER, True),
    "another separator": ("#separator \\x2c\n#set_separator,;\n#path,dns\n#fields,ts,uid\n", True),
    "a path": ('{"_path":"x","ts":1.0}', True),
    "a stream": ('{"@stream":"x","ts":1.0}', True),
    "one log's fields": ('{"ts":1.0,"uid":"C","id.orig_h":"a","conn_state":"SF"}', True),
    "nested addresses": ('{"ts":1.0,"uid":"C","id":{"orig_h":"a"},"conn_state":"SF"}', True),
    "no Zeek": ('{"ts":1.0,"level":"info","note":"x"}', False),
    "Suricata": ('{"timestamp":"2021-05-04T07:12:41+0000","event_type":"dns"}', False),
    "a comment": ("#fields of wheat\n", False),
}


@pytest.mark.parametrize(("head", "claimed"), LOGS.values(), ids=LOGS)
def test_logs_are_known_by_header_or_fields(head: str, claimed: bool) -> None:
    assert ("zeek" in [reader.name for reader in recognise(head.encode())]) is claimed


@needs_shared
def test_real_logs_are_read_whole() -> None:
    folders = (SHARED / "data" / "zeek", *(SHARED / "data" / "cases").glob("*/zeek"))
    logs = [log for folder in folders for log in folder.rglob("*.*") if log.suffix != ".yaml"]
    assert logs
    for log in logs:
        found = list(READER.read(source_of(log)))
        assert_covers(found, log.stat().st_size)
        assert not [one for one in found if isinstance(one, Problem)], log
        assert all("_time" in event for event in events(found)), log
        (only,) = sources(found)
        assert only.service
        assert only.service in log.name
