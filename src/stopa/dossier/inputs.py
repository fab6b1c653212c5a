"""Every input with what is known of its dates, and the rules and knowledge it was held against.

Why: a date is worth what it rests on: printed in the text, in a header that anybody can write, or
the clock of whatever wrote the log. When something was handed in is no part of a dossier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stopa.dossier import words
from stopa.dossier.index import Index
from stopa.model.applied import Collection
from stopa.model.document import DateBasis
from stopa.model.dossier import Coverage
from stopa.model.evidence import Evidence
from stopa.model.time_basis import Basis
from stopa.model.when import When

UNSTATED = "not stated in the rules"
MAIL = "mail"  # the reader's name
FEW = 6  # authors of a collection that are named at once
# What the date of a document rests on, and what the zone of an event's time rests on.
RESTS_ON = {
    DateBasis.PRINTED: "printed in it",
    DateBasis.SOURCE_LINE: "in the line that names its source",
    DateBasis.HEADER: "in its header, which its sender writes",
    DateBasis.NONE: "",
}
ZONES = {
    Basis.STATED: "zone stated",
    Basis.FORMAT: "zone by the format",
    Basis.OPTION: "zone by the analyst",
    Basis.TWICE: "zone by the analyst, hour comes twice",
    Basis.SKIPPED: "zone by the analyst, hour does not exist",
    Basis.ASSUMED: "zone assumed",
    Basis.YEARLESS: "without a time: no year",
    Basis.UNREAD: "without a time: not understood",
    Basis.UNZONED: "without a time: no zone",
    Basis.NONE: "without a time",
}


@dataclass(frozen=True, slots=True)
class Input:
    """An input and its dates: of a document as stated, of a log its first and last event.

    `date` is in words, `basis` what it rests on; `said` and the two times are for the filter.
    """

    evidence: Evidence
    date: str
    basis: tuple[str, ...]
    said: When | None
    first: datetime | None
    last: datetime | None


def inputs(at: Index) -> tuple[Input, ...]:
    """Return every input, by name."""
    ordered = sorted(at.dossier.evidence, key=lambda item: (item.name, item.sha256))
    return tuple(_input(at, item) for item in ordered)


def zones(times: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    """Return how the zones of a file's times are known, the most frequent first."""
    known = {basis.value: told for basis, told in ZONES.items()}
    ordered = sorted(times, key=lambda entry: (-entry[1], entry[0]))
    if len(ordered) == 1:
        return (known.get(ordered[0][0], ordered[0][0]),)
    return tuple(f"{words.number(count)}: {known.get(basis, basis)}" for basis, count in ordered)


def licence(collection: Collection) -> tuple[str, ...]:
    """Return the licences that the rules state, with how many do where it is not all."""
    return tuple(
        told if count == collection.rules else f"{told}: {words.count(count, 'rule')}"
        for told, count in ((name or UNSTATED, n) for name, n in collection.licences)
    )


def _input(at: Index, item: Evidence) -> Input:
    reading = at.readings.get(item.sha256)
    head = reading.masthead if reading else None
    rows = at.coverage.get(item.sha256, ())
    first = min((row.first for row in rows if row.first), default=None)
    last = max((row.last for row in rows if row.last), default=None)
    if head is not None and head.date is not None:
        rests = (RESTS_ON[head.date_basis],)
        return Input(item, words.date(head.date), rests, head.date, first, last)
    if first and last:
        ends = tuple(dict.fromkeys((words.iso(first), words.iso(last))))
        basis = (_basis(rows[0]), *zones(rows[0].times))
        return Input(item, " – ".join(ends), basis, None, first, last)
    return Input(item, "no date stated" if head else "—", (), None, None, None)


def _basis(row: Coverage) -> str:
    if row.kind == MAIL:
        return RESTS_ON[DateBasis.HEADER]
    return "its one event" if row.events == 1 else "first and last event"
