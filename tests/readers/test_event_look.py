"""What is decoded of EVTX events when rules ask is what is there when all is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stopa.model.event import EventBatch
from stopa.readers import Kind, Source, readers
from stopa.readers._event_look import HOST, EventLook, EventShape, Records, Stretch
from stopa.readers._flatten import with_parents
from stopa.readers._glance import Glance
from stopa.readers._rows import Cells
from stopa.readers._windows_event import event_fields
from tests.readers.found import DATA, input_of, plain

ASKED = frozenset({"Image", "Level", "Data", "a.b", "Feature_Name", "UserName"})
SYSTEM: dict[str, Any] = {
    "Provider": {"#attributes": {"Name": "P", "Guid": "G"}},
    "EventID": 1,
    "Level": 4,
    "Channel": "C",
    "Computer": "ws1",
}

# Parts of an event that are not as they mostly are.
PARTS: dict[str, dict[str, Any]] = {
    "plain": {"EventData": {"Image": "x", "Other": {"b": 1}}},
    "no data": {"EventData": None},
    "an event id with attributes": {
        "System": {**SYSTEM, "EventID": {"#attributes": {"Qualifiers": 4}, "#text": 104}}
    },
    "an event id of text": {"System": {**SYSTEM, "EventID": "1"}},
    "no channel": {"System": {**SYSTEM, "Channel": None}},
    "a provider without a name": {"System": {**SYSTEM, "Provider": {"#attributes": {}}}},
    "a provider as text": {"System": {**SYSTEM, "Provider": "P"}},
    "the name of a system field": {"EventData": {"Channel": "other", "Image": "x"}},
    "the name of what was renamed": {"EventData": {"System_Computer": "other"}},
    "a level of its own": {"EventData": {"Level": "mine"}},
    "a level that is null": {"EventData": {"Level": None}},
    "a field in the system's part": {"System": {**SYSTEM, "Image": "y"}},
    "an attribute in the system's part": {"System": {**SYSTEM, "Feature": {"Name": "y"}}},
    "data without names": {"EventData": {"Data": ["x", None, 1]}},
    "data without names, one": {"EventData": {"Data": {"#text": "x"}}},
    "data without names, none": {"EventData": {"Data": []}},
    "data with names": {"EventData": {"Data": {"#attributes": {"Name": "Image"}, "#text": "x"}}},
    "numbers": {"EventData": {"Image": 7, "UserName": True}},
    "fractions": {"EventData": {"Image": 1.50}},
    "a list": {"EventData": {"Image": ["x", {"y": 1}]}},
    "an object": {"EventData": {"Image": {"#text": "x", "#attributes": {"z": 1}}}},
    "an object in an object": {"EventData": {"a": {"b": "x"}}},
    "user data": {"UserData": {"Wrapper": {"Image": "x", "#attributes": {"xmlns": "y"}}}},
    "user data twice": {"UserData": {"One": {"Image": "x"}, "Two": {"Image": "y"}}},
    "user data of text": {"UserData": {"Image": "x"}},
    "both kinds of data": {"UserData": {"W": {"Image": "x"}}, "EventData": {"Image": "y"}},
    "another part": {"RenderingInfo": {"Message": "x"}, "Image": "x"},
}  # fmt: skip


class Some:
    """Somebody who asks the same of all events."""

    def __init__(self, asked: frozenset[str]) -> None:
        self.asked = asked

    def fields(self, _: Kind) -> frozenset[str]:
        return self.asked

    def searched(self, _: Kind) -> bool:
        return False

    def sought(self, _: Kind) -> None:
        """Anything may be asked of any event."""


@pytest.mark.parametrize("asked", [ASKED, ASKED - {"a.b"}, frozenset({"Image"})])
@pytest.mark.parametrize("parts", PARTS.values(), ids=PARTS)
def test_what_is_told_of_an_event_is_what_it_says(
    parts: dict[str, Any], asked: frozenset[str]
) -> None:
    event = {"#attributes": {"xmlns": "x"}, "System": SYSTEM, **parts}
    fields = event_fields(event)
    usual = {"System": SYSTEM, "EventData": {"Image": "usual"}}
    texts = [json.dumps({"Event": one}) for one in (usual, event)]
    for first in (frozenset({HOST}), with_parents(asked) | {HOST}):
        for name, value in _told(texts, asked, EventLook(first)):
            assert value == _listed(fields.get(name)), name


def _told(texts: list[str], asked: frozenset[str], first: EventLook) -> Iterator[tuple[str, Any]]:
    """Yield the fields told of the second event; none if it is left to a whole reading."""
    span = Stretch(Records([0, 1], [1, 1], [1, 2], texts))
    told = first.read(span, range(2))
    assert told[0] is not None
    odd = {n for n, event in enumerate(told) if event is None}
    for cells in Glance(EventShape(), first, Some(asked)).cells(span, [1, 1], told, odd):
        assert isinstance(cells, Cells)
        for place, line in enumerate(cells.lines.tolist()):
            if line == 1:
                for name in (asked & with_parents(asked)) - {"a.b"}:
                    column = cells.columns.get(name)
                    yield name, _listed(None if column is None else column[place])
                yield HOST, cells.columns[HOST][place]


def _listed(value: Any) -> Any:
    """Return one value in a list as the value; an empty list is none."""
    if isinstance(value, list):
        return value[0] if len(value) == 1 else value or None
    return value


def test_the_common_form_is_not_left_to_a_whole_reading() -> None:
    texts = [json.dumps({"Event": {"System": SYSTEM, **PARTS["plain"]}})]
    told = EventLook(with_parents(ASKED)).read(Stretch(Records([0], [1], [1], texts)), [0])
    assert told[0].System.Computer == "ws1"


@pytest.mark.parametrize("case", sorted((DATA / "evtx").glob("*/")), ids=lambda case: case.name)
def test_every_sample_says_the_same_in_parts(case: Path) -> None:
    path = input_of(case)
    every = _rows(Source("0" * 64, path, path.stat().st_size))
    names = {name for row in every.values() for name in row if not name.startswith("_")}
    for asked in (names, set(sorted(names)[::3])):
        wanted = Some(frozenset(asked))
        source = Source("0" * 64, path, path.stat().st_size, wanted=wanted)
        assert _rows(source) == every


def _rows(source: Source) -> dict[int, dict[str, Any]]:
    """Return every event whole, by its place; what is told in parts must be part of it."""
    found = {}
    for batch in readers()["evtx"].read(source):
        if isinstance(batch, EventBatch):
            whole = list(plain(batch.whole(range(batch.table.num_rows))))
            for lean, row in zip(plain(batch), whole, strict=True):
                assert lean["event"].items() <= row["event"].items()
                found[row["event"]["_offset"]] = row["event"]
    return found
