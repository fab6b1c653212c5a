"""The conditions that the page carries: short, and still true of every finding in it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from stopa.dossier.budget import Budget
from stopa.dossier.conditions import FEW, conditions, shortened
from stopa.dossier.data import embed
from stopa.dossier.index import index
from stopa.model.rule import Condition, Finding, Join, Match, Part, Ticks
from tests.dossier.sample import large, sample

LISTED = (
    Part(0, Join.ALL),
    Part(1, Join.ANY, "listed"),
    *(Part(2, Join.TEST, f"is '{n}'", "address") for n in range(5_000)),
    Part(1, Join.NOT),
    Part(2, Join.ALL, "own"),
    *(Part(3, Join.TEST, f"is present {n}", "own") for n in range(20)),
)


def test_of_many_values_those_found_are_kept_and_the_others_counted() -> None:
    rows, places = shortened(LISTED, frozenset({0, 1, 4_321, 5_002}))
    told = [what for _, join, what, _ in rows if join == "more"]
    kept = [what for depth, join, what, _ in rows if depth == 2 and join == "test"]
    assert kept == [*(f"is '{n}'" for n in range(FEW)), "is '4319'"]
    assert told == [f"{5_000 - FEW - 1:,}"]
    assert rows[places[4_321]][2] == "is '4319'"
    assert sum(row[0] == 3 for row in rows) == 20, "what must all hold is not shortened"


@pytest.mark.parametrize("parts", [LISTED[: FEW + 2], LISTED[: FEW + 3]])
def test_a_short_list_is_whole(parts: tuple[Part, ...]) -> None:
    rows, places = shortened(parts, frozenset())
    assert len(rows) == len(parts)
    assert dict(places) == {number: number for number in range(len(parts))}


def test_findings_that_fulfil_the_same_share_one_entry() -> None:
    at = index(sample())
    held = conditions(at, at.dossier.findings, Budget(1_000_000))
    numbers = [held.number(finding) for finding in at.dossier.findings]
    assert set(numbers) == set(range(len(at.dossier.rules)))
    assert held.number(replace(at.dossier.findings[0], ticks=None)) == -1


def test_without_room_a_condition_is_left_out_and_counted() -> None:
    at = index(sample())
    held = conditions(at, at.dossier.findings, Budget(10))
    assert {held.number(finding) for finding in at.dossier.findings} == {-1}
    assert held.budget.refused == len(at.dossier.rules)


def test_ways_to_fulfil_a_condition_without_end_do_not_burst_the_page() -> None:
    condition = Condition("C-1", "r", "any log", LISTED)
    one = sample().findings[0]
    found = [_listed(one, n) for n in range(5_000)]
    made = replace(sample(), findings=tuple(found), conditions=(condition,))
    held = conditions(index(made), found, Budget(20_000))
    numbers = [held.number(finding) for finding in found]
    assert -1 in numbers
    assert len(json.dumps([held.kept, list(held.ticks)])) < 30_000 + len(json.dumps(held.kept))


def _listed(one: Finding, n: int) -> Finding:
    ticks = Ticks("C-1", ((0, 0), (1, 0), (2 + n, 1)))
    return replace(one, id=f"F-{n}", matched=(Match("address", str(n), ""),), ticks=ticks)


def test_each_tick_has_its_value_in_the_page() -> None:
    data = json.loads(embed(index(sample())).json)
    found = data["findings"]
    for row, setting in enumerate(found["setting"]):
        *_, shape, tick = found["settings"][setting]
        condition, pairs = data["ticks"][tick]
        assert all(place < len(data["conditions"][condition][1]) for place, _ in pairs)
        assert all(value <= len(found["values"][row]) for _, value in pairs)
        assert len(found["shapes"][shape]) == len(found["values"][row])


def test_fifty_thousand_findings_carry_their_conditions() -> None:
    data = json.loads(embed(index(large())).json)
    assert len(data["findings"]["setting"]) == 50_000
    assert len(data["conditions"]) == len(data["ticks"]) == len(sample().rules)
    assert {setting[-1] for setting in data["findings"]["settings"]} == set(
        range(len(sample().rules))
    )
