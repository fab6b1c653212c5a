"""Propositions by sources: who asserts, hedges, backs, denies, or is silent, incident by incident.

Why: side by side, the cells show what no report says by itself: that one source carries it all,
that a backing asserts nothing, that a report leaves the denial out.
Trap: a cell is about what was said, not about what is so; silence is no denial.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from stopa import statements
from stopa.dossier import words
from stopa.dossier.index import Index
from stopa.model.statement import Act, Fact, Incident, Reading, Statement

COLUMNS = 10  # sources beside each other
VALUES = 3  # propositions of one slot
# Slot, the proposition's form, and whether a value that one report alone gives is shown.
SLOTS = (
    ("actor", "carried out by {}", False),
    ("sponsor", "for {}", False),
    ("start", "began in {}", True),
    ("network", "hit: {}", True),
)
BACKING = frozenset({Act.CONDEMN, Act.CONCERN, Act.CALL_ON, Act.SUPPORT, Act.SUMMON})
SHORT = 70  # characters of a value
Source = Callable[[Statement], str]


class Stance(StrEnum):
    """What a source does with a proposition."""

    ASSERTS = "asserts"
    HEDGES = "hedges"
    BACKS = "backs"
    DENIES = "denies"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source does with one proposition; nothing when it is silent. `by` leads there."""

    stances: tuple[Stance, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Proposition:
    """A proposition, and a cell for each column."""

    text: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """One incident: its propositions by those who speak, and by the reports that carry them."""

    incident: Incident
    speakers: tuple[str, ...]
    spoken: tuple[Proposition, ...]
    documents: tuple[str, ...]
    carried: tuple[Proposition, ...]


def boards(at: Index) -> tuple[Board, ...]:
    """Return a board for each incident of the dossier, the most reported first."""
    return tuple(_board(at, incident) for incident in at.dossier.comparison.incidents)


def _board(at: Index, incident: Incident) -> Board:
    readings = [r for r in at.readings.values() if r.document in incident.documents]
    accused = statements.accused_state(readings)
    said = [s for r in readings for s in r.statements if s.core and not s.negated]
    blame = [s for s in said if accused and _on_blame(s, accused)]
    speakers = _speakers(blame)
    documents = tuple(reading.document for reading in readings)[:COLUMNS]
    text = f"{statements.country_name(accused) or accused} is behind it" if accused else ""
    spoken = [Proposition(text, tuple(_cell(blame, one, _speaker) for one in speakers))]
    carried = [Proposition(text, tuple(_cell(blame, one, _document) for one in documents))]
    return Board(
        incident,
        speakers,
        tuple(spoken) if blame else (),
        documents,
        (*(carried if blame else ()), *_of_facts(readings, documents)),
    )


def _on_blame(said: Statement, accused: str) -> bool:
    """Whether a statement takes a stand on who did it."""
    if said.act is Act.DENY:
        return True
    aimed = said.target.country if said.target else None
    if _country(said) == accused:
        return False
    if said.act is Act.ACCUSE:
        return aimed in {None, accused}
    return said.act in BACKING and aimed == accused


def _stance(said: Statement) -> Stance:
    if said.act is Act.DENY:
        return Stance.DENIES
    if said.act is Act.ACCUSE:
        return Stance.HEDGES if said.hedge else Stance.ASSERTS
    return Stance.BACKS


def _cell(said: list[Statement], source: str, of: Source) -> Cell:
    mine = [one for one in said if of(one) == source]
    stances = {_stance(one): one.id for one in reversed(mine)}
    if Stance.ASSERTS in stances or Stance.HEDGES in stances:
        stances.pop(Stance.BACKS, None)  # who asserts it backs it besides
    kept = tuple(stance for stance in Stance if stance in stances)
    return Cell(kept, stances[kept[0]] if kept else "")


def _speakers(said: list[Statement]) -> tuple[str, ...]:
    """Return those who speak, the most often heard first: a state once, whoever speaks for it."""
    counted = Counter(name for one in said if (name := _speaker(one)))
    ordered = sorted(counted, key=lambda name: (-counted[name], name))
    return tuple(ordered[:COLUMNS])


def _speaker(said: Statement) -> str:
    if said.speaker is None:
        return "the outlet"
    return statements.country_name(said.speaker.country) or said.speaker.name


def _country(said: Statement) -> str | None:
    return said.speaker.country if said.speaker else None


def _document(said: Statement) -> str:
    return said.document


def _of_facts(readings: list[Reading], documents: tuple[str, ...]) -> list[Proposition]:
    """Return propositions of the slots, the values that most reports give."""
    made = []
    for slot, form, lone in SLOTS:
        facts = [f for reading in readings for f in reading.facts if _fills(f, slot)]
        spread = Counter(value for value, _ in {(_value(f), f.document) for f in facts})
        most = max(spread.values(), default=0)
        for value in sorted(spread, key=lambda v: (-spread[v], v))[:VALUES]:
            if spread[value] == 1 < most and not lone:
                continue
            first = next(f.value for f in facts if _value(f) == value)
            cells = tuple(_fact_cell(facts, value, document) for document in documents)
            if any(cell.stances for cell in cells):
                made.append(Proposition(form.format(words.clipped(first, SHORT, "…")), cells))
    return made


def _fills(fact: Fact, slot: str) -> bool:
    """Whether a fact fills the slot; as a sponsor, an organ: the state is said above."""
    return fact.slot == slot and (slot != "sponsor" or statements.names_organ(fact.value))


def _fact_cell(facts: Iterable[Fact], value: str, document: str) -> Cell:
    """Return that a report gives the value; facts are shown with their report."""
    given = any(f.document == document and _value(f) == value for f in facts)
    return Cell((Stance.ASSERTS,), f"D-{document}") if given else Cell()


def _value(fact: Fact) -> str:
    return " ".join(fact.value.lower().split())
