"""What analysts' judgements promise: they stand beside the computed, and two can be compared."""

from __future__ import annotations

from stopa.attribution import assess, judged
from stopa.attribution.judging import column_of
from stopa.knowledge import Knowledge
from stopa.model.assessment import Assessment, Observation
from stopa.model.evidence import Evidence, Reliability
from stopa.model.judgement import COMPUTED, Apart, Judged, Judgement, JudgementKind
from tests.attribution.made import NOBODY, seen

FILE = Evidence("e" * 64, "log.evtx", 10)
OBSERVATIONS = tuple(seen(item) for item in ("T1566.001", "T1003.001", "S0154"))


def by(analyst: str, kind: JudgementKind, what: tuple[str, str], value: str, at: str) -> Judgement:
    subject, column = what
    return Judgement(
        f"J-{analyst}-{value}-{at}", analyst, at, kind, subject, column, value, "because"
    )


def look(*made: Judgement, knowledge: Knowledge) -> tuple[Assessment, Judged]:
    assessment = assess(OBSERVATIONS, (), NOBODY, knowledge)
    found = judged(made, assessment, _ordered(), (FILE,))
    assert found is not None
    return assessment, found


def _ordered() -> tuple[Observation, ...]:
    return tuple(sorted(OBSERVATIONS, key=lambda one: one.id))


def cell(analyst: str, value: str, at: str = "2026-01-01", *, knowledge: Knowledge) -> Judgement:
    assessment = assess(OBSERVATIONS, (), NOBODY, knowledge)
    what = (OBSERVATIONS[1].id, column_of(assessment.hypotheses[0]))
    return by(analyst, JudgementKind.CELL, what, value, at)


def test_where_nobody_judged_there_is_nothing(knowledge: Knowledge) -> None:
    assert judged((), assess(OBSERVATIONS, (), NOBODY, knowledge), _ordered(), (FILE,)) is None


def test_a_cell_moves_its_own_column_alone(knowledge: Knowledge) -> None:
    assessment, found = look(cell("A", "II", knowledge=knowledge), knowledge=knowledge)
    (view,) = found.views
    assert assessment.matrix
    before = dict(zip(view.columns, assessment.matrix.inconsistency, strict=True))
    after = dict(zip(view.columns, view.inconsistency, strict=True))
    moved = [column for column in view.columns if before[column] != after[column]]
    assert moved == [column_of(assessment.hypotheses[0])]
    assert after[moved[0]] > before[moved[0]]
    assert view.own == 1


def test_two_analysts_have_two_views_and_their_disagreement_is_listed(
    knowledge: Knowledge,
) -> None:
    one, two = cell("A", "II", knowledge=knowledge), cell("B", "CC", knowledge=knowledge)
    _, found = look(one, two, knowledge=knowledge)
    assert [view.analyst for view in found.views] == ["A", "B"]
    assert found.views[0].inconsistency != found.views[1].inconsistency
    (apart,) = found.apart
    assert dict(apart.held)["A"] == "II"
    assert dict(apart.held)["B"] == "CC"
    assert COMPUTED in dict(apart.held)


def test_the_later_judgement_of_one_analyst_counts_and_both_are_kept(knowledge: Knowledge) -> None:
    first = cell("A", "II", "2026-01-01", knowledge=knowledge)
    later = cell("A", "N", "2026-02-01", knowledge=knowledge)
    _, found = look(later, first, knowledge=knowledge)
    _, alone = look(later, knowledge=knowledge)
    assert found.judgements == (first, later)
    assert found.views == alone.views


def test_a_source_held_to_be_better_weighs_more_in_that_view_alone(knowledge: Knowledge) -> None:
    what = (FILE.sha256, "")
    better = by("A", JudgementKind.RELIABILITY, what, "A", "2026-01-01")
    theirs = cell("A", "II", knowledge=knowledge)
    _, found = look(better, theirs, knowledge=knowledge)
    _, without = look(theirs, knowledge=knowledge)
    assert sum(found.views[0].inconsistency) > sum(without.views[0].inconsistency)
    held = (("A", "A"), (COMPUTED, Reliability.CANNOT_BE_JUDGED.value))
    assert Apart(JudgementKind.RELIABILITY, *what, held) in found.apart


def test_an_added_explanation_is_kept_and_weighs_nothing(knowledge: Knowledge) -> None:
    added = by("A", JudgementKind.HYPOTHESIS, ("an insider", ""), "unlikely", "2026-01-01")
    assessment, found = look(added, knowledge=knowledge)
    assert assessment.matrix
    assert found.views[0].inconsistency == assessment.matrix.inconsistency
    assert found.apart == ()


def test_the_order_in_which_they_come_does_not_matter(knowledge: Knowledge) -> None:
    made = [cell(who, "I", knowledge=knowledge) for who in ("A", "B", "C")]
    assert look(*made, knowledge=knowledge)[1] == look(*reversed(made), knowledge=knowledge)[1]
