"""Analysts' judgements on top of the computed matrix: each one's view, and where they part ways.

Why: nothing computed is changed. A view is the same matrix with that analyst's cells in it, so two
views differ only by what the two of them judged.
Trap: an analyst may judge one thing twice. The later judgement counts in the view, both are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from stopa.attribution.ach import AGAINST
from stopa.attribution.grounds import weight
from stopa.model.assessment import Assessment, Consistency, Hypothesis, Observation
from stopa.model.evidence import Evidence, Reliability
from stopa.model.judgement import COMPUTED, Apart, Judged, Judgement, JudgementKind, View

Subject = tuple[JudgementKind, str, str]


def judged(
    judgements: Iterable[Judgement],
    assessment: Assessment,
    observations: tuple[Observation, ...],
    evidence: tuple[Evidence, ...],
) -> Judged | None:
    """Return the judgements with each analyst's view; None where nobody judged anything."""
    made = tuple(sorted(judgements, key=lambda one: (one.at, one.id)))
    if not made:
        return None
    held = _held(made)
    computed = _computed(assessment, evidence)
    views = (_view(analyst, held, assessment, observations) for analyst in _analysts(made))
    return Judged(made, tuple(views), _apart(held, computed))


def column_of(hypothesis: Hypothesis) -> str:
    """Return what a hypothesis is known by in every run: its actor, else its kind."""
    return hypothesis.actor or hypothesis.kind.value


def _analysts(made: Iterable[Judgement]) -> list[str]:
    return sorted({one.analyst for one in made})


def _held(made: Iterable[Judgement]) -> dict[Subject, dict[str, str]]:
    """Return what each analyst last said of each thing."""
    held: defaultdict[Subject, dict[str, str]] = defaultdict(dict)
    for one in made:
        held[one.kind, one.subject, one.column][one.analyst] = one.value
    return held


def _computed(assessment: Assessment, evidence: Iterable[Evidence]) -> dict[Subject, str]:
    """Return the values that stand without any analyst."""
    columns = _columns(assessment)
    found: dict[Subject, str] = {
        (JudgementKind.RELIABILITY, item.sha256, ""): item.reliability.value for item in evidence
    }
    for row in assessment.matrix.rows if assessment.matrix else ():
        for column, mark in zip(columns, row.marks, strict=True):
            found[JudgementKind.CELL, row.observation, column] = mark.value
    return found


def _columns(assessment: Assessment) -> tuple[str, ...]:
    by_id = {h.id: column_of(h) for h in assessment.hypotheses}
    ids = assessment.matrix.hypotheses if assessment.matrix else ()
    return tuple(by_id[id_] for id_ in ids)


def _view(
    analyst: str,
    held: Mapping[Subject, Mapping[str, str]],
    assessment: Assessment,
    observations: tuple[Observation, ...],
) -> View:
    """Return the matrix's sums with the analyst's cells and sources in place of the computed."""
    columns = _columns(assessment)
    mine = {subject: values[analyst] for subject, values in held.items() if analyst in values}
    sums = list(assessment.matrix.inconsistency) if assessment.matrix else []
    by_id = {observation.id: observation for observation in observations}
    own = 0
    for row in assessment.matrix.rows if assessment.matrix else ():
        observation = by_id[row.observation]
        before, after = weight(observation), weight(_as_judged(observation, mine))
        for place, (column, mark) in enumerate(zip(columns, row.marks, strict=True)):
            judged_as = mine.get((JudgementKind.CELL, row.observation, column))
            own += judged_as is not None
            against = AGAINST.get(Consistency(judged_as or mark), 0.0) * after
            sums[place] += against - AGAINST.get(mark, 0.0) * before
    rounded = tuple(round(value, 6) for value in sums)
    ranked = sorted(range(len(columns)), key=lambda place: (rounded[place], place))
    return View(analyst, columns, rounded, tuple(columns[place] for place in ranked), own)


def _as_judged(observation: Observation, mine: Mapping[Subject, str]) -> Observation:
    """Return the observation as reliable as the analyst holds the worst of its sources to be."""
    letters = [
        mine[JudgementKind.RELIABILITY, cite.evidence, ""]
        for cite in observation.cites
        if (JudgementKind.RELIABILITY, cite.evidence, "") in mine
    ]
    return replace(observation, reliability=Reliability(max(letters))) if letters else observation


def _apart(
    held: Mapping[Subject, Mapping[str, str]], computed: Mapping[Subject, str]
) -> tuple[Apart, ...]:
    found = []
    for (kind, subject, column), values in sorted(held.items()):
        said = dict(values)
        if (kind, subject, column) in computed:
            said[COMPUTED] = computed[kind, subject, column]
        if len(set(said.values())) > 1:
            found.append(Apart(kind, subject, column, tuple(sorted(said.items()))))
    return tuple(found)
