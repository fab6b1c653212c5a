"""What analysts judged, beside what was computed: sums of each view, and where they part ways.

Why: an analyst's judgement stands next to the computed one and never in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stopa.dossier.index import Cite, Index
from stopa.dossier.ranking import COLUMNS, MARKS
from stopa.model.assessment import Consistency
from stopa.model.judgement import COMPUTED, Apart, Judged, JudgementKind

WHO = 8  # analysts beside each other


@dataclass(frozen=True, slots=True)
class Sum:
    """Marks against one hypothesis in one view; `rank` is 1 where the least speaks against it."""

    against: float
    rank: int
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """One view of the matrix. `own` counts the cells that this analyst judged, None if computed."""

    who: str
    own: int | None
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """One thing that is judged differently: what each holds, None where somebody said nothing."""

    subject: Cite
    about: str
    held: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """One judgement as its analyst gave it."""

    id: str
    analyst: str
    at: str
    moment: datetime | None
    subject: Cite
    about: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Opinions:
    """All that was judged. `who` heads the columns of disputes, the computation first."""

    columns: tuple[str, ...]
    standings: tuple[Standing, ...]
    who: tuple[str, ...]
    disputes: tuple[Dispute, ...]
    opinions: tuple[Opinion, ...]


def opinions(at: Index) -> Opinions | None:
    """Return what analysts judged; None where nobody did."""
    held = at.dossier.judged
    if held is None or not held.judgements:
        return None
    analysts = tuple(dict.fromkeys(one.analyst for one in held.judgements))
    who = (COMPUTED, *sorted(analysts)[:WHO])
    columns, standings = _standings(at, held)
    return Opinions(
        columns,
        standings,
        who,
        tuple(_dispute(at, apart, who) for apart in held.apart),
        tuple(
            Opinion(
                one.id,
                one.analyst,
                one.at,
                _moment(one.at),
                _subject(at, one.kind, one.subject),
                _about(at, one.kind, one.column),
                _value(one.kind, one.value),
                one.reason,
            )
            for one in held.judgements
        ),
    )


def _moment(written: str) -> datetime | None:
    """Return when somebody judged; None of what is no time with a zone."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _standings(at: Index, held: Judged) -> tuple[tuple[str, ...], tuple[Standing, ...]]:
    matrix = at.dossier.assessment.matrix
    if matrix is None:
        return (), ()
    ids, keys = matrix.hypotheses[:COLUMNS], _known_by(at)
    computed = dict(zip(matrix.hypotheses, matrix.inconsistency, strict=True))
    ranks = {id_: place + 1 for place, id_ in enumerate(matrix.least)}
    rows = [Standing(COMPUTED, None, tuple(Sum(computed[i], ranks.get(i, 0)) for i in ids))]
    for view in held.views[:WHO]:
        sums = {keys.get(c): v for c, v in zip(view.columns, view.inconsistency, strict=True)}
        places = {keys.get(column): place + 1 for place, column in enumerate(view.least)}
        mine = (
            Sum(
                sums.get(i, computed[i]),
                places.get(i, 0),
                places.get(i) != ranks.get(i) or abs(sums.get(i, computed[i]) - computed[i]) > 5e-3,
            )
            for i in ids
        )
        rows.append(Standing(view.analyst, view.own, tuple(mine)))
    return ids, tuple(rows)


def _dispute(at: Index, apart: Apart, who: tuple[str, ...]) -> Dispute:
    said = dict(apart.held)
    return Dispute(
        _subject(at, apart.kind, apart.subject),
        _about(at, apart.kind, apart.column),
        tuple(_value(apart.kind, said[one]) if one in said else None for one in who),
    )


def _subject(at: Index, kind: JudgementKind, subject: str) -> Cite:
    """Return what was judged, with a way to it; a hypothesis of an analyst's own has none."""
    match kind:
        case JudgementKind.RELIABILITY:
            known = subject in at.evidence
            return Cite(f"E-{subject}" if known else "", at.file(subject))
        case JudgementKind.CELL:
            found = at.cite(subject)
            return found if subject in at.observations else Cite("", found.label)
        case JudgementKind.HYPOTHESIS:
            return Cite("", subject)


def _about(at: Index, kind: JudgementKind, column: str) -> str:
    match kind:
        case JudgementKind.RELIABILITY:
            return "how reliable the source is"
        case JudgementKind.CELL:
            return f"fits {_known_by(at).get(column, column)}"
        case JudgementKind.HYPOTHESIS:
            return "an explanation of the analyst's own"


def _value(kind: JudgementKind, value: str) -> str:
    if kind is JudgementKind.CELL and value in set(Consistency):
        sign, meaning = MARKS[Consistency(value)]
        return f"{sign} {meaning}".strip()
    return value


def _known_by(at: Index) -> Mapping[str, str]:
    """Return hypotheses' ids by what they are known by in every run: actor, else kind."""
    return {h.actor or h.kind.value: h.id for h in reversed(at.dossier.assessment.hypotheses)}
