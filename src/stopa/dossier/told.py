"""What was told, on two clocks: when it is said to have happened, and when it was said.

Why: a report of May on a break-in of March stands at both; "as known on" asks for the second clock.
Trap: when a report was published is when its statements were said, for us: the date that stands in
a sentence is mostly that of what it tells. What no report dates stands on no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stopa.dossier import words
from stopa.dossier.index import Index, deed
from stopa.dossier.timeline import Timeline, ends_of, microseconds, percent
from stopa.model.assessment import ClaimedAttribution, Scale
from stopa.model.statement import Act, Fact, Statement
from stopa.model.when import When

# Places on the EU's toolbox that are acts of law or diplomacy, by how they begin.
LEGAL = (
    "restrictive measures",
    "lawful responses of member states",
    "stability measures: diplomatic",
)
SUMMONS = "summons"
STARTS, ENDS = "start", "end"  # slots of facts that say when an incident was

ROWS = 40  # claims and dates that are printed with a row of their own

Ends = tuple[datetime, datetime]


class Mark(StrEnum):
    """What a mark on the timeline stands for."""

    REPORT = "report"
    STATEMENT = "statement"
    ACT = "legal act"
    CLAIM = "claim"
    DATE = "date that a report gives"


LANES = (Mark.ACT, Mark.STATEMENT, Mark.REPORT)  # those that share a line


@dataclass(frozen=True, slots=True)
class Told:
    """Something told. `happened` is when, as it tells; `said` when it was published."""

    id: str
    label: str
    mark: Mark
    happened: When | None
    said: When | None

    @property
    def ends(self) -> Ends | None:
        """Where it is drawn: when it happened, else when it was said."""
        drawn = self.happened if self.mark in {Mark.ACT, Mark.CLAIM, Mark.DATE} else self.said
        dated = drawn or self.said
        return ends_of(dated) if dated else None


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who accuses, backs or denies, and the statements in which that is reported."""

    name: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """An attribution that others made: its statements by report and by root, and its dates."""

    id: str
    claim: ClaimedAttribution
    documents: tuple[tuple[str, ...], ...]
    roots: tuple[tuple[str, ...], ...]
    claimed_by: tuple[Party, ...]
    endorsed_by: tuple[Party, ...]
    supported_by: tuple[Party, ...]
    denied_by: tuple[Party, ...]
    happened: When | None
    said: When | None


def told(at: Index) -> tuple[Told, ...]:
    """Return all that stands on either clock, in the order in which it is drawn."""
    marks = (*_reports(at), *_acts(at), *_claimed(at), *_dates(at), *_statements(at))
    dated = [(ends, mark) for mark in marks if (ends := mark.ends)]
    ordered = sorted(dated, key=lambda pair: (*pair[0], pair[1].mark, pair[1].id))
    return tuple(mark for _, mark in ordered)


def places(marks: Iterable[Told], mark: Mark, drawn: Timeline) -> list[tuple[float, float]]:
    """Return where the printed overview draws marks of one kind, each place once: left, width."""
    ends = [one.ends for one in marks if one.mark is mark]
    return sorted({_drawn(one, drawn) for one in ends if one})


def rows(marks: Iterable[Told], drawn: Timeline) -> list[tuple[Told, float, float, float | None]]:
    """Return the claims and dates that are printed: left, width, and where they were said."""
    made: list[tuple[Told, float, float, float | None]] = []
    for one in marks:
        if one.mark not in LANES and one.ends and len(made) < ROWS:
            said = ends_of(one.said) if one.said else None
            made.append((one, *_drawn(one.ends, drawn), percent(said[0], drawn) if said else None))
    return made


def said_on(at: Index, document: str) -> When | None:
    """Return when a document was published, as far as it says so."""
    reading = at.readings.get(document)
    return reading.masthead.date if reading else None


def legal_acts(at: Index) -> dict[str, str]:
    """Return by statement what legal or diplomatic act it reports, in words."""
    acts = {said.id: SUMMONS for said in at.statements.values() if said.act is Act.SUMMON}
    for placed in at.dossier.assessment.placements:
        if placed.scale is Scale.TOOLBOX and placed.place.startswith(LEGAL):
            acts[placed.statement] = placed.place.rpartition(": ")[2]
    return acts


def span(when: When | None) -> tuple[int, int] | None:
    """Return the first and last microsecond since 1970 that a date can mean, for the script."""
    ends = ends_of(when) if when else None
    return (microseconds(ends[0]), microseconds(ends[1])) if ends else None


def claims(at: Index) -> tuple[Claim, ...]:
    """Return the attributions of others, as the assessment orders them."""
    return tuple(
        _claim(at, f"claim-{place}", claim)
        for place, claim in enumerate(at.dossier.assessment.claims, 1)
    )


def _drawn(ends: Ends, drawn: Timeline) -> tuple[float, float]:
    left, right = (percent(end, drawn) for end in ends)
    return left, round(right - left, 2)


def _claim(at: Index, id_: str, claim: ClaimedAttribution) -> Claim:
    spoken = [at.statements[one] for one in claim.statements if one in at.statements]
    said = [one for one in spoken if one.act is Act.ACCUSE]
    documents = tuple(dict.fromkeys(one.document for one in said))
    roots = dict.fromkeys(at.root_of[one.id] for one in said if one.id in at.root_of)
    return Claim(
        id_,
        claim,
        _grouped((one.document, one.id) for one in said),
        tuple(root.statements for root in roots),
        _parties(at, claim.claimed_by, Act.ACCUSE),
        _parties(at, claim.endorsed_by, Act.SUPPORT),
        _parties(at, claim.supported_by, Act.SUPPORT),
        _parties(at, claim.denied_by, Act.DENY),
        _incident(at, documents),
        _first(said_on(at, document) for document in documents),
    )


def _grouped(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    groups: dict[str, list[str]] = {}
    for key, id_ in pairs:
        groups.setdefault(key, []).append(id_)
    return tuple(map(tuple, groups.values()))


def _parties(at: Index, names: Iterable[str], act: Act) -> tuple[Party, ...]:
    heard = [
        (said.speaker.name.casefold(), said.id)
        for said in at.statements.values()
        if said.act is act and said.speaker
    ]
    return tuple(
        Party(name, tuple(id_ for speaker, id_ in heard if name.casefold() in speaker))
        for name in names
    )


def _incident(at: Index, documents: Iterable[str]) -> When | None:
    """Return from the first start to the last end that the documents give, as one interval."""
    facts = [fact for document in documents for fact in at.readings[document].facts]
    starts = [date for fact in facts if fact.slot == STARTS and (date := _date(fact))]
    ends = [date for fact in facts if fact.slot == ENDS and (date := _date(fact))]
    first = min(starts, key=lambda date: ends_of(date) or (), default=None)
    last = max(ends, key=lambda date: ends_of(date) or (), default=None)
    if first is None or "/" in first.edtf:
        return first or last
    if last is None or "/" in last.edtf or last.edtf < first.edtf:
        return first
    return When(f"{first.edtf}/{last.edtf}") if last != first else first


def _date(fact: Fact) -> When | None:
    date = When.stated(fact.value)
    return date if date and ends_of(date) else None


def _first(dates: Iterable[When | None]) -> When | None:
    dated = [(ends, date) for date in dates if date and (ends := ends_of(date))]
    return min(dated, default=(None, None))[1]


def _reports(at: Index) -> Iterator[Told]:
    for document, reading in at.readings.items():
        yield Told(f"D-{document}", at.paper(document), Mark.REPORT, None, reading.masthead.date)


def _statements(at: Index) -> Iterator[Told]:
    for said in at.statements.values():
        yield _spoken(at, said, deed(said), Mark.STATEMENT)


def _acts(at: Index) -> Iterator[Told]:
    for id_, act in legal_acts(at).items():
        if said := at.statements.get(id_):
            who = said.speaker.name if said.speaker else at.paper(said.document)
            yield _spoken(at, said, f"{act}, {who}", Mark.ACT)


def _spoken(at: Index, said: Statement, label: str, mark: Mark) -> Told:
    return Told(said.id, label, mark, said.date, said_on(at, said.document))


def _claimed(at: Index) -> Iterator[Told]:
    for one in claims(at):
        reports = words.count(one.claim.documents, "report")
        label = (
            f"{one.claim.actor}, as {reports} {'has' if one.claim.documents == 1 else 'have'} it"
        )
        yield Told(one.id, label, Mark.CLAIM, one.happened, one.said)


def _dates(at: Index) -> Iterator[Told]:
    for reading in at.dossier.readings:
        for fact in reading.facts:
            if date := _date(fact):
                label = f"{at.paper(reading.document)}: {fact.slot.replace('_', ' ')}"
                yield Told(fact.id, label, Mark.DATE, date, reading.masthead.date)
