"""What of a rule's condition holds of an event: laid out flat, equal to the tree it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from stopa import detect
from stopa.detect import Program, Ticked
from stopa.detect.ticking import MOST_PARTS
from stopa.model.event import LogSource
from stopa.model.rule import Condition, Finding, Join
from tests.detect.batches import batch
from tests.detect.rule_text import rule, rule_id

SOURCE = {"product": "stopa", "service": "test"}
TEST = LogSource("stopa", service="test")
START = datetime(2025, 5, 28, 8, 0, tzinfo=UTC)
EVENT = {"a": "one two", "b": ["x", "yes"], "c": "17", "d": "z", "g": "17"}

# A rule and an event that it matches, and the conditions' shapes that readers meet.
SHAPES: Mapping[str, Mapping[str, Any]] = {
    "several values": {"s": {"a|contains": ["nine", "two", "one"]}},
    "all of the values": {"s": {"a|contains|all": ["one", "two"]}, "condition": "s"},
    "one of several": {
        "s_1": {"a": "nothing"}, "s_2": {"c|gte": 3}, "condition": "1 of s_*",
    },
    "all of several": {"s_1": {"c": 17}, "s_2": {"d": "z"}, "condition": "all of them"},
    "not": {"s": {"d": "z"}, "f": {"a": "one two", "c": "18"}, "condition": "s and not f"},
    "not, deeper": {
        "s": {"d": "z"}, "f": {"c": "18"}, "g": {"e": None},
        "condition": "s and not (f or not g)",
    },
    "keywords": {"s": ["seldom", "two"]},
    "a field of many values": {"s": {"b|startswith": "ye"}},
    "an absent field": {"s": {"e": None, "d": "z"}},
    "another field": {"s": {"c|fieldref": "g"}},
    "maps in a list": {"s": [{"a": "nothing"}, {"c": 17, "d": "z"}]},
}  # fmt: skip


def _program(folder: Path, *rules: str) -> Program:
    (folder / "rules.yml").write_text("\n---\n".join(rules))
    return detect.compile(detect.load([folder]))


def _drawn(found: Finding, condition: Condition) -> Iterator[tuple[int, str, bool, str]]:
    """Yield what a page would draw of a finding's ticks."""
    assert found.ticks
    values = (*found.matched, *found.ticks.others)
    held = dict(found.ticks.held)
    for place, part in enumerate(condition.parts):
        number = held.get(place, 0)
        value = values[number - 1].value if number else ""
        if part.join is Join.TEST:
            what = f"{values[number - 1].field if number else part.field} {part.what}".strip()
        else:
            what = part.what or str(part.join)
        yield part.depth, what, place in held, value


def _told(ticked: Ticked, depth: int) -> Iterator[tuple[int, str, bool, str]]:
    yield depth, ticked.what, ticked.holds, ticked.value
    for part in ticked.parts:
        yield from _told(part, depth + 1)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_ticks_of_a_finding_are_those_of_its_explanation(shape: str, tmp_path: Path) -> None:
    program = _program(tmp_path, rule(shape, SOURCE, **SHAPES[shape]))
    events = batch([{"a": "other", "d": "q"}, EVENT], TEST)
    (found,) = program.findings(events)
    (condition,) = program.conditions([found])
    assert found.ticks
    assert found.ticks.condition == condition.id
    (told,) = detect.explain(program, rule_id(shape), events, 1)
    assert list(_drawn(found, condition)) == list(_told(told.parts[1], 0))
    assert any(not holds for _, _, holds, _ in _drawn(found, condition)) == (
        shape in {"several values", "one of several", "not", "not, deeper", "keywords",
                  "maps in a list"}
    )  # fmt: skip


def test_a_condition_is_the_same_for_every_event_and_differs_between_logs(tmp_path: Path) -> None:
    creation = {"product": "windows", "category": "process_creation"}
    program = _program(tmp_path, rule("shell", creation, s={"Image|endswith": "cmd.exe"}))
    sysmon = {
        "_provider": "Microsoft-Windows-Sysmon", "_event_id": "1",
        "_channel": "Microsoft-Windows-Sysmon/Operational", "Image": "c:\\cmd.exe",
    }  # fmt: skip
    audited = {
        "_provider": "Microsoft-Windows-Security-Auditing", "_channel": "Security",
        "_event_id": "4688", "NewProcessName": "C:\\cmd.exe",
    }  # fmt: skip
    events = batch([sysmon, audited, sysmon], LogSource("windows"))
    found = list(program.findings(events))
    conditions = {one.id: one for one in program.conditions(found)}
    mine = [conditions[each.ticks.condition] for each in found if each.ticks]
    assert mine[0] == mine[2] != mine[1]
    assert [one.parts[-1].field for one in mine] == ["Image", "NewProcessName", "Image"]
    assert mine[0].source == "windows, microsoft-windows-sysmon/operational, event 1"
    assert mine[1].source == "windows, security, event 4688"
    assert len(conditions) == 2


@pytest.mark.parametrize(
    ("value", "ticked"),
    [
        ("v7", [("s", ""), ("is 'v7'", "v7")]),
        (f"v{MOST_PARTS + 1}", [("s", ""), ("2 more that are not listed", "v5001")]),
    ],
)
def test_of_very_many_values_the_last_are_ticked_as_one(
    value: str, ticked: list[tuple[str, str]], tmp_path: Path
) -> None:
    values = [f"v{n}" for n in range(MOST_PARTS + 2)]
    program = _program(tmp_path, rule("many", SOURCE, s={"a": values}))
    (found,) = program.findings(batch([{"a": value}], TEST))
    (condition,) = program.conditions([found])
    assert [match.value for match in found.matched] == [value]
    assert len(condition.parts) == 1 + MOST_PARTS + 1
    told = [(what, shown) for _, what, held, shown in _drawn(found, condition) if held]
    assert [(what.removeprefix("a "), shown) for what, shown in told] == ticked


CORRELATION = """
title: many of one kind
id: many
correlation:
    type: value_count
    rules: [first, second]
    group-by: [host]
    timespan: 5m
    condition: {gte: 2, field: c}
"""


def test_a_correlation_tells_what_it_counted(tmp_path: Path) -> None:
    first = rule("first", SOURCE, s={"a": "1"}).replace('"title"', '"name": "first", "title"')
    second = rule("second", SOURCE, s={"a": "2"}).replace('"title"', '"name": "second", "title"')
    program = _program(tmp_path, first, second, CORRELATION)
    seconds = (5, 0, 9)
    events = [
        {"a": "1", "c": str(n), "host": "h", "_time": START + timedelta(seconds=seconds[n])}
        for n in range(3)
    ]
    (found,) = program.correlate(program.base_hits(batch(events, TEST)))
    (condition,) = program.conditions([found])
    drawn = [(what, holds, value) for _, what, holds, value in _drawn(found, condition)]
    assert drawn == [
        ("all of", True, ""),
        ("value_count(c) ≥ 2", True, "3"),
        ("within 5 minutes", True, ""),
        ("host the same in all of them", True, "h"),
        ("hits of", True, ""),
        ("first", True, ""),
        ("second", False, ""),
    ]
    assert [where.line for where in found.members] == [1, 2, 3]
    assert [(one.time - START).seconds for one in found.counted if one.time] == list(seconds)
    assert {one.rules for one in found.counted} == {("first",)}
