"""What is decoded of flat Windows events when rules ask is what is there when all is read."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stopa.model.event import EventBatch
from stopa.model.evidence import Problem
from stopa.readers import Kind, Source
from stopa.readers._rows import FEW
from stopa.readers.windows_json import READER
from tests.readers.found import plain

SYSMON = {
    "Channel": "Microsoft-Windows-Sysmon/Operational",
    "SourceName": "Microsoft-Windows-Sysmon",
}
PLAIN = {
    **SYSMON,
    "EventID": 1,
    "Hostname": "ws1",
    "EventTime": "2025-05-28 08:00:00",
    "Image": "a",
}
ASKED = frozenset({"Image", "Keywords", "Hashes", "a.b", "Provider_Guid", "Channel"})

# Lines of a log, one of which is not what the others are.
ODD = {
    "nothing": b"",
    "no event id": b'{"Channel": "c", "Image": "x"}',
    "an event id that is true": json.dumps({**PLAIN, "EventID": True}).encode(),
    "an event id of text": json.dumps({**PLAIN, "EventID": "1"}).encode(),
    "an event id with a fraction": b'{"Channel":"c","SourceName":"s","EventID":1.0,"Image":"x"}',
    "no channel": json.dumps({**PLAIN, "Channel": None}).encode(),
    "an empty channel": json.dumps({**PLAIN, "Channel": ""}).encode(),
    "a channel that is a list": json.dumps({**PLAIN, "Channel": ["x"]}).encode(),
    "two providers": json.dumps({**PLAIN, "Provider_Name": "other"}).encode(),
    "data as a string": json.dumps({**PLAIN, "EventData": '{"Image": "told"}'}).encode(),
    "data as an object": json.dumps({**PLAIN, "EventData": {"Image": "told"}}).encode(),
    "another shape": b'{"Event":{"System":{"EventID":1,"Channel":"c"},"EventData":{"Image":1}}}',
    "keywords as a number": json.dumps({**PLAIN, "Keywords": -9214364837600034816}).encode(),
    "numbers and lists": json.dumps({**PLAIN, "Image": 7, "Hashes": ["a", 1, None]}).encode(),
    "an object in a field": json.dumps({**PLAIN, "a": {"b": {"c": 1}}, "Hashes": {}}).encode(),
    "a name with a dot": json.dumps({**PLAIN, "a.b": "x", "a": {"b": "y"}}).encode(),
    "one key twice": b'{"Channel":"c","SourceName":"s","EventID":1,"Image":"x","Image":"y"}',
    "not UTF-8, asked for": b'{"Channel":"c","SourceName":"s","EventID":1,"Image":"caf\xe9"}',
    "not UTF-8, not asked for": b'{"Channel":"c","SourceName":"s","EventID":1,"Other":"caf\xe9"}',
    "half a surrogate pair": rb'{"Channel":"c","SourceName":"s","EventID":1,"Image":"\ud83d"}',
    "the other half": rb'{"Channel":"c","SourceName":"s","EventID":1,"Other":"\udc00"}',
    "a control character": b'{"Channel":"c","SourceName":"s","EventID":1,"Other":"a\tb"}',
    "not a number": b'{"Channel":"c","SourceName":"s","EventID":1,"Other":NaN}',
    "a long number": b'{"Channel":"c","SourceName":"s","EventID":1,"Other":%b}' % (b"9" * 5000),
    "a name as an escape": rb'{"Channel":"c","SourceName":"s","EventID":1,"\u0049mage":"x"}',
    "nested deep": b'{"Channel":"c","EventID":1,"Other":%b%b}' % (b"[" * 900, b"]" * 900),
    "nested too deep": b'{"Channel":"c","SourceName":"s","EventID":1,"Other":' + b"[" * 90_000,
    "many fields": json.dumps({**PLAIN, **{f"k{n}": n for n in range(5000)}}).encode(),
    "two objects": b'{"Channel":"c","EventID":1} {"Channel":"c","EventID":2}',
    "half an object": b'{"Channel":"c","SourceName":"s"',
    "no object": b"[1, 2]",
    "beyond ASCII": json.dumps({**PLAIN, "Image": "šifra"}, ensure_ascii=False).encode(),
}  # fmt: skip


Row = dict[str, Any]


class All:
    """Somebody who asks the same of all events."""

    def fields(self, _: Kind) -> frozenset[str]:
        return ASKED

    def searched(self, _: Kind) -> bool:
        return True

    def sought(self, _: Kind) -> None:
        """Anything may be asked of any event."""


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_line_says_what_it_says_when_all_is_read(odd: bytes, tmp_path: Path) -> None:
    usual = [json.dumps({**PLAIN, "Image": f"i{n}", "EventID": 1 + n % 2}) for n in range(3 * FEW)]
    lines = [line.encode() for line in usual]
    for end in (b"\n", b"\r\n"):
        _assert_same(tmp_path, end.join([*lines[:20], odd, *lines[20:], b""]))
        _assert_same(tmp_path, end.join([*lines, odd]))


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.just("-")
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)
NAMES = [*SYSMON, "EventID", "Provider_Name", "Image", "Keywords", "a", "a.b", "Hostname", "Other"]
EVENTS = st.dictionaries(st.sampled_from(NAMES), JSON).map(lambda event: {**PLAIN, **event})


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EVENTS, min_size=1, max_size=6))
def test_any_events_say_what_they_say_when_all_is_read(
    tmp_path: Path, events: list[dict[str, Any]]
) -> None:
    lines = [json.dumps(event) for event in [PLAIN, *events] for _ in range(FEW // 2)]
    _assert_same(tmp_path, "\n".join(lines).encode())


def test_most_of_a_plain_event_is_not_built(tmp_path: Path) -> None:
    content = b"\n".join([json.dumps({**PLAIN, "Other": "x"}).encode()] * FEW)
    ((batch,), _) = _read(tmp_path, content, All())
    assert set(batch.fields) == {"Image"}
    assert batch.originals is not None


def _assert_same(folder: Path, content: bytes) -> None:
    """Assert that what is wanted is as it is when all is read, and so is all of the events."""
    glanced, problems = _read(folder, content, All())
    told, same_problems = _read(folder, content, None)
    expected = {_place(row): row for batch in told for row in _rows(batch)}
    assert problems == same_problems
    found: dict[tuple[int, int], Row] = {}
    for batch in glanced:
        whole = _rows(batch.whole(range(batch.table.num_rows)))
        found |= {_place(row): row for row in whole}
        for lean, row in zip(_rows(batch), whole, strict=True):
            assert lean.items() <= row.items()
            assert lean.keys() >= row.keys() & (ASKED - {"Channel"})
    assert found == expected


def _read(
    folder: Path, content: bytes, wanted: All | None
) -> tuple[list[EventBatch], list[Problem]]:
    (folder / "log").write_bytes(content)
    source = Source("0" * 64, folder / "log", len(content), zone=UTC, wanted=wanted)
    found = list(READER.read(source))
    batches = [one for one in found if isinstance(one, EventBatch)]
    return batches, [one for one in found if isinstance(one, Problem)]


def _rows(batch: EventBatch) -> list[Row]:
    """Return the cells of each event; a value in a list by itself is the value."""
    rows = [line["event"] for line in plain(batch)]
    return [{name: _cell(value) for name, value in row.items()} for row in rows]


def _cell(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return value[0] if len(value) == 1 else tuple(sorted(value))


def _place(row: Row) -> tuple[int, int]:
    return row["_line"], row["_offset"]
