"""Parties of one case settled across its texts: a state that one text explains, others only name.

Why: `hackers working for X` says little of X; another text's `embassy of X` makes it a state.
Trap: only what some text of the case states is carried over; a name that two states claim is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stopa.model.document import Document
from stopa.model.statement import Act, Party, Reading, Resolution, Statement
from stopa.statements.lexicon.offices import OF_STATE
from stopa.statements.lexicon.roles import MISSIONS
from stopa.statements.states import adjectives

DATELINE = re.compile(
    r"^(?P<city>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,2}), "
    r"(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2},?) \d{4}$",
    re.MULTILINE,
)
HEAD = 600  # characters in which a statement says where it was issued
CODE = re.compile(r"[A-Z]{3}")  # a state that has a code needs no settling
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the texts of a case say of their states. Values are the states' names."""

    names: dict[str, str]
    seats: dict[str, str]
    people: dict[str, str]


def settled(readings: Sequence[Reading], documents: Sequence[Document]) -> tuple[Reading, ...]:
    """Return the readings with parties given the state that the texts together show."""
    states = {p.country for p in _parties(readings) if p.country and not CODE.fullmatch(p.country)}
    if not states:
        return tuple(readings)
    names = {form: state for state in sorted(states) for form in (state, *adjectives(state))}
    texts = {document.evidence: document.text for document in documents}
    known = _Known(names, _seats(readings, texts, names), _people(readings))
    return tuple(_settled(reading, known) for reading in readings)


def _parties(readings: Sequence[Reading]) -> Iterator[Party]:
    for reading in readings:
        for statement in reading.statements:
            yield from (p for p in (statement.speaker, statement.target) if p)


def _seats(
    readings: Sequence[Reading], texts: dict[str, str], names: dict[str, str]
) -> dict[str, str]:
    """Return the cities from which governments date their own statements."""
    found: dict[str, str] = {}
    for reading in readings:
        issuer = [w for w in WORD.findall(reading.masthead.outlet or "") if w in names]
        dateline = DATELINE.search(texts.get(reading.document, "")[:HEAD])
        office = OF_STATE - MISSIONS & set((reading.masthead.outlet or "").lower().split())
        if issuer and dateline and office:
            found[dateline.group("city")] = names[issuer[0]]
    return found


def _people(readings: Sequence[Reading]) -> dict[str, str]:
    """Return the states of people whom some text gives one, and no text another."""
    held: dict[str, set[str]] = {}
    for party in _parties(readings):
        if party.country and " " in party.name and party.stated.endswith(party.name):
            held.setdefault(party.name, set()).add(party.country)
    return {name: states.pop() for name, states in held.items() if len(states) == 1}


def _settled(reading: Reading, known: _Known) -> Reading:
    found: list[Statement] = []
    speaking: str | None = None
    for statement in reading.statements:
        speaker = _party(statement.speaker, known, speaking)
        target = _party(statement.target, known, None)
        found.append(replace(statement, speaker=speaker, target=target))
        if speaker and speaker.country and statement.act is not Act.DENY:
            speaking = speaker.country
    return replace(reading, statements=tuple(found))


def _party(party: Party | None, known: _Known, speaking: str | None) -> Party | None:
    if party is None or party.country is not None:
        return party
    words = WORD.findall(party.stated)
    named = {known.names[word] for word in words if word in known.names}
    seated = {state for city, state in known.seats.items() if _seated(party.stated, city)}
    country = known.people.get(party.name) or _one(seated) or _one(named)
    office = {word.lower() for word in words} & OF_STATE - MISSIONS
    if country is None and office and party.resolution is not Resolution.PRONOUN:
        country = speaking
    plain = len(words) == 1 and country is not None and words[0] in known.names
    return replace(party, country=country, name=country if plain and country else party.name)


def _seated(stated: str, city: str) -> bool:
    """Whether the party is `the government in CITY`, or the city itself speaks."""
    low = set(stated.lower().split())
    return (stated == city or stated.endswith(f" in {city}")) and not low & MISSIONS


def _one(states: set[str]) -> str | None:
    return next(iter(states)) if len(states) == 1 else None
