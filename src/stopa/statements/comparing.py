"""What only several reports together show: source roots and disagreements."""

from __future__ import annotations

from collections.abc import Sequence

from stopa.model.document import Document
from stopa.model.statement import Comparison, Disagreement, Reading, Severity
from stopa.statements.conflicts_facts import fact_conflicts
from stopa.statements.conflicts_speech import speech_conflicts
from stopa.statements.conflicts_wording import wording_conflicts
from stopa.statements.conflicts_years import dropped_years
from stopa.statements.passages import texts
from stopa.statements.roots import roots
from stopa.statements.settling import settled

RANK = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}


def compare(readings: Sequence[Reading], documents: Sequence[Document]) -> Comparison:
    """Compare readings of one case; `documents` are the texts they were read from."""
    known = settled(readings, documents)
    laid = texts(known, documents)
    found = [
        *speech_conflicts(laid),
        *fact_conflicts(laid),
        *dropped_years(laid),
        *wording_conflicts(laid),
    ]
    return Comparison(roots(known), _ordered(found))


def _ordered(found: list[Disagreement]) -> tuple[Disagreement, ...]:
    once = {item.id: item for item in found}
    return tuple(sorted(once.values(), key=lambda d: (RANK[d.severity], d.slot, d.id)))
