"""What was told has two dates: when it is said to have happened, and when it was said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stopa.dossier import sayings, timeline, told
from stopa.dossier.index import index
from stopa.dossier.told import Mark
from stopa.model.assessment import Placement, Scale
from stopa.model.statement import Act, Disagreement, Position, Severity
from stopa.model.when import When
from tests.dossier.sample import empty, sample


def placed(scale: Scale, place: str, statement: str) -> Placement:
    return Placement(scale, place, place, "somebody", None, "words", statement)


def test_a_claim_stands_at_both_clocks() -> None:
    claim = told.claims(index(sample()))[0]
    assert (claim.happened, claim.said) == (When("2015/.."), When("2025-05-28"))
    mark = next(one for one in told.told(index(sample())) if one.mark is Mark.CLAIM)
    assert (mark.id, mark.happened, mark.said) == (claim.id, claim.happened, claim.said)


def test_a_claim_counts_the_reports_and_roots_that_the_assessment_counts() -> None:
    claim = told.claims(index(sample()))[0]
    assert len(claim.documents) == claim.claim.documents
    accusing = {one for ids in claim.documents for one in ids}
    assert all(index(sample()).statements[id_].act is Act.ACCUSE for id_ in accusing)


def test_a_statement_is_said_when_its_report_was_published() -> None:
    at = index(sample())
    for mark in told.told(at):
        if mark.mark is Mark.STATEMENT:
            assert mark.said == at.readings[at.statements[mark.id].document].masthead.date


@pytest.mark.parametrize(
    ("scale", "place", "act"),
    [
        (Scale.TOOLBOX, "restrictive measures: sanctions", "sanctions"),
        (
            Scale.TOOLBOX,
            "lawful responses of member states: criminal proceedings",
            "criminal proceedings",
        ),
        (Scale.TOOLBOX, "stability measures: diplomatic démarche", "diplomatic démarche"),
        (Scale.TOOLBOX, "stability measures: Council conclusions", None),
        (Scale.TOOLBOX, "preventive measures: awareness raising", None),
        (Scale.RESPONSIBILITY, "state-ordered", None),
    ],
)
def test_acts_of_law_and_diplomacy_are_told_from_words(
    scale: Scale, place: str, act: str | None
) -> None:
    case = sample()
    said = case.readings[0].statements[0]
    weighed = replace(case.assessment, placements=(placed(scale, place, said.id),))
    acts = told.legal_acts(index(replace(case, assessment=weighed)))
    assert acts.get(said.id) == act


def test_a_summons_is_an_act_though_no_scale_places_it() -> None:
    case = sample()
    first = case.readings[0]
    said = replace(first.statements[0], act=Act.SUMMON, date=When("2025-05"))
    readings = (replace(first, statements=(said, *first.statements[1:])), *case.readings[1:])
    at = index(replace(case, readings=readings))
    mark = next(one for one in told.told(at) if one.mark is Mark.ACT)
    assert mark.id == said.id
    assert mark.label.startswith("summons, ")
    assert mark.ends == timeline.ends_of(When("2025-05")), "by the day of the act"


def test_what_no_report_dates_stands_on_no_clock() -> None:
    undated = {r.document for r in sample().readings if r.masthead.date is None}
    assert undated
    marks = told.told(index(sample()))
    assert not [mark for mark in marks if mark.id in {f"D-{one}" for one in undated}]
    assert told.told(index(empty())) == ()


def test_places_of_a_lane_are_each_drawn_once() -> None:
    at = index(sample())
    drawn = timeline.timeline(at)
    assert drawn
    marks = told.told(at)
    reports = told.places(marks, Mark.REPORT, drawn)
    assert len(reports) == len(set(reports)) < sum(mark.mark is Mark.REPORT for mark in marks)
    rows = told.rows(marks, drawn)
    assert {mark.mark for mark, *_ in rows} == {Mark.CLAIM, Mark.DATE}
    assert len(told.rows(marks * told.ROWS, drawn)) == told.ROWS


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ({"2022": ["2025-05-28"], "2023": ["2025-05-29"]}, "2025-05-29"),
        ({"2022": ["2025-05-30", "2025-05-28"], "2023": ["2025-05-29"]}, "2025-05-29"),
        ({"a": ["2025-05-28"], "b": ["2025-06"], "c": ["2025-05-29"]}, "2025-05-29"),
        ({"a": ["2025-05-28"], "b": [None, "2025-06"]}, "2025-06"),
        ({"a": ["2025-05-28"], "b": [None]}, None),
        ({"a": ["2025-05-28"]}, None),
    ],
)
def test_a_disagreement_is_seen_when_a_second_value_is_published(
    values: dict[str, list[str | None]], seen: str | None
) -> None:
    case = sample()
    dates = [(value, date) for value, given in values.items() for date in given]
    readings = tuple(
        replace(reading, masthead=replace(reading.masthead, date=When(date) if date else None))
        for reading, (_, date) in zip(case.readings, dates, strict=False)
    )
    sides = tuple(
        Position(reading.document, value, "", reading.statements[0].where)
        for reading, (value, _) in zip(readings, dates, strict=False)
    )
    apart = Disagreement("A-1", "start", "value", Severity.LOW, sides)
    when = sayings.parted(index(replace(case, readings=readings)), apart)
    assert when == (When(seen) if seen else None)
