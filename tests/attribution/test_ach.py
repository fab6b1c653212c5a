"""What the matrix promises: every observation against every rival, and a word on disagreement."""

from __future__ import annotations

import pytest

from stopa.attribution import assess
from stopa.knowledge import Knowledge
from stopa.model.assessment import (
    Aspect,
    Assessment,
    Consistency,
    HypothesisKind,
    Matrix,
    ObservationKind,
)
from tests.attribution.made import NOBODY, seen

ITEMS = ("S0251", "S0023", "S0243", "T1102.002", "T1204.002", "T1059.001", "T1566.001")


@pytest.fixture(scope="module")
def made(knowledge: Knowledge) -> Assessment:
    return assess(tuple(seen(i) for i in ITEMS), (), NOBODY, knowledge)


def _matrix(made: Assessment) -> Matrix:
    assert made.matrix is not None
    return made.matrix


def test_every_observation_meets_every_hypothesis(made: Assessment) -> None:
    matrix = _matrix(made)
    assert matrix.hypotheses == tuple(h.id for h in made.hypotheses)
    assert {row.observation for row in matrix.rows} == {seen(i).id for i in ITEMS}
    assert all(len(row.marks) == len(matrix.hypotheses) for row in matrix.rows)
    assert sorted(matrix.least) == sorted(matrix.hypotheses)


def test_the_most_diagnostic_come_first(made: Assessment) -> None:
    told = [row.diagnosticity for row in _matrix(made).rows]
    assert told == sorted(told, reverse=True)
    assert told[0] > 1


def test_what_cannot_be_told_is_neither_consistent_nor_not(made: Assessment) -> None:
    matrix = _matrix(made)
    column = next(n for n, h in enumerate(made.hypotheses) if h.kind is HypothesisKind.UNDETERMINED)
    assert {row.marks[column] for row in matrix.rows} == {Consistency.NOT_APPLICABLE}
    assert matrix.inconsistency[column] == 0


def test_an_actor_never_seen_with_its_malware_is_inconsistent(made: Assessment) -> None:
    matrix = _matrix(made)
    actors = [n for n, h in enumerate(made.hypotheses) if h.kind is HypothesisKind.ACTOR]
    own = next(row for row in matrix.rows if row.observation == seen("S0251").id)
    assert own.marks[actors[0]] in (Consistency.CONSISTENT, Consistency.VERY_CONSISTENT)
    fitting = {Consistency.CONSISTENT, Consistency.VERY_CONSISTENT}
    assert not fitting & {own.marks[n] for n in actors[1:]}


def test_exclusive_malware_speaks_against_shared_tools(made: Assessment) -> None:
    column = next(
        n for n, h in enumerate(made.hypotheses) if h.kind is HypothesisKind.SHARED_TOOLING
    )
    own = next(row for row in _matrix(made).rows if row.observation == seen("S0251").id)
    assert own.marks[column] in (Consistency.INCONSISTENT, Consistency.VERY_INCONSISTENT)


def test_a_claim_is_no_evidence_for_what_it_claims(knowledge: Knowledge) -> None:
    claim = seen("T1059.001")
    claim = type(claim)(
        **{
            **{name: getattr(claim, name) for name in claim.__slots__},
            "id": "O-claim",
            "kind": ObservationKind.CLAIM,
            "value": "APT31",
            "aspect": Aspect.INTELLIGENCE,
        }
    )
    made = assess((claim, seen("T1059.001")), (), NOBODY, knowledge)
    row = next(row for row in _matrix(made).rows if row.observation == "O-claim")
    assert set(row.marks) == {Consistency.NOT_APPLICABLE}


def test_a_great_many_observations_are_cut_and_counted(knowledge: Knowledge) -> None:
    every = tuple(seen(t.id) for t in knowledge.techniques)
    matrix = _matrix(assess(every, (), NOBODY, knowledge))
    assert len(matrix.rows) + matrix.omitted == len(every)
    assert matrix.omitted > 0
