"""What only several reports together show: source roots and disagreements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from stopa.model.document import Document
from stopa.model.record import name as record_name
from stopa.model.statement import Comparison, Disagreement, Incident, Reading, Severity
from stopa.statements.conflicts_facts import fact_conflicts
from stopa.statements.conflicts_harm import harm_conflicts
from stopa.statements.conflicts_lengths import length_conflicts
from stopa.statements.conflicts_speech import speech_conflicts
from stopa.statements.conflicts_wording import wording_conflicts
from stopa.statements.conflicts_years import dropped_years
from stopa.statements.known_charges import undated_charges
from stopa.statements.passages import texts
from stopa.statements.roots import roots
from stopa.statements.same_incident import incidents
from stopa.statements.settling import settled

RANK = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}


def compare(readings: Sequence[Reading], documents: Sequence[Document]) -> Comparison:
    """Compare readings of a case; `documents` are the texts they were read from.

    Roots are counted and disagreements sought among the texts that report one incident.
    """
    known = settled(readings, documents)
    found = incidents(known, documents)
    if len(found) < 2:  # nothing to keep apart; texts that tell of no incident count as well
        return replace(_alike(known, documents), incidents=found)
    texts_ = {document.evidence: document for document in documents}
    places: dict[str, list[int]] = {}
    for at, reading in enumerate(known):
        places.setdefault(reading.document, []).append(at)
    parts = [
        _within(incident, [known[at] for at in _places(incident, places)], texts_)
        for incident in found
    ]
    return Comparison(
        tuple(root for part in parts for root in part.roots),
        _ordered([item for part in parts for item in part.disagreements]),
        found,
    )


def _places(incident: Incident, places: Mapping[str, list[int]]) -> list[int]:
    """Return which readings are of an incident's documents, in order."""
    return sorted(at for document in incident.documents for at in places[document])


def _within(
    incident: Incident, members: Sequence[Reading], texts_: Mapping[str, Document]
) -> Comparison:
    """Compare the texts on one incident; its roots carry its id in theirs."""
    part = _alike(members, [texts_[reading.document] for reading in members])
    roots_ = (replace(root, id=record_name("R", root.id, incident.id)) for root in part.roots)
    return replace(part, roots=tuple(roots_))


def _alike(readings: Sequence[Reading], documents: Sequence[Document]) -> Comparison:
    """Compare texts that report one incident."""
    laid = texts(readings, documents)
    found = [
        *speech_conflicts(laid),
        *fact_conflicts(laid),
        *harm_conflicts(laid),
        *length_conflicts(laid),
        *dropped_years(laid),
        *undated_charges(laid),
        *wording_conflicts(laid),
    ]
    return Comparison(roots(readings), _ordered(found))


def _ordered(found: list[Disagreement]) -> tuple[Disagreement, ...]:
    once = {item.id: item for item in found}
    return tuple(sorted(once.values(), key=lambda d: (RANK[d.severity], d.slot, d.id)))
