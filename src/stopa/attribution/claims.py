"""Attributions that others made: what they claim, who stands behind it, and how many roots it has.

Why: ten articles that repeat one statement are one source, and an office that supports the victim
has not confirmed the claim.
Trap: a claim is reported, never believed. It lends no probability to any hypothesis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from stopa.knowledge import Knowledge, places
from stopa.model.assessment import ClaimedAttribution
from stopa.model.statement import (
    Act,
    Comparison,
    Mention,
    MentionKind,
    Party,
    Reading,
    Statement,
)

ENDORSING = frozenset({Act.SUPPORT, Act.CONDEMN})
SPONSORS = frozenset({"intelligence", "military", "police", "contractor"})
UNNAMED = "not named"


@dataclass(slots=True)
class _Claim:
    """What has been gathered of one claim."""

    actors: dict[str, int] = field(default_factory=dict)
    sponsors: set[str] = field(default_factory=set)
    accusing: list[Statement] = field(default_factory=list)


def claims(
    readings: tuple[Reading, ...], comparison: Comparison, knowledge: Knowledge
) -> tuple[ClaimedAttribution, ...]:
    """Return the claims in order of the accused state or actor, one for each that is accused."""
    gathered = _gather(readings, knowledge)
    return tuple(
        _reported(accused, claim, readings, comparison)
        for accused, claim in sorted(gathered.items())
    )


def claimed_actors(
    readings: tuple[Reading, ...], knowledge: Knowledge
) -> tuple[tuple[str, str], ...]:
    """Return (printed name, knowledge id) of the known actors that accusations name, sorted."""
    found = set()
    for reading in readings:
        for statement in filter(_accuses, reading.statements):
            for mention in _mentions_in(statement, reading.mentions):
                found |= {(mention.printed, i) for i in mention.candidates if knowledge.actor(i)}
            if statement.target is not None:
                named = knowledge.actors_named(statement.target.name)
                found |= {(statement.target.name, actor.id) for actor in named}
    return tuple(sorted(found))


def _gather(readings: tuple[Reading, ...], knowledge: Knowledge) -> dict[str, _Claim]:
    found: dict[str, _Claim] = {}
    for reading in sorted(readings, key=lambda r: r.document):
        for statement in filter(_accuses, reading.statements):
            named = _named_actors(statement, reading.mentions)
            accused = _accused(statement.target, named, knowledge)
            if accused is None:
                continue
            claim = found.setdefault(accused, _Claim())
            claim.accusing.append(statement)
            claim.sponsors |= _organs(statement.sentence, accused)
            for name in named:
                claim.actors[name] = claim.actors.get(name, 0) + 1
        for accused, claim in found.items():
            if any(s.document == reading.document for s in claim.accusing):
                claim.sponsors |= _stated_sponsors(reading, accused)
    return found


def _accuses(statement: Statement) -> bool:
    return statement.act is Act.ACCUSE and not statement.negated


def _named_actors(statement: Statement, mentions: tuple[Mention, ...]) -> list[str]:
    return sorted({m.printed for m in _mentions_in(statement, mentions)})


def _mentions_in(statement: Statement, mentions: tuple[Mention, ...]) -> list[Mention]:
    span = statement.where.span
    return [
        m
        for m in mentions
        if m.kind is MentionKind.ACTOR
        and span is not None
        and m.where.span is not None
        and span[0] <= m.where.span[0] < span[1]
    ]


def _accused(target: Party | None, named: list[str], knowledge: Knowledge) -> str | None:
    """Name the state that is accused, else the actor's, else the name printed."""
    if target is not None and target.country:
        return target.country
    states = {a.country for name in named for a in knowledge.actors_named(name) if a.country}
    if len(states) == 1:
        return states.pop()
    if named:
        return named[0]
    return target.name if target is not None else None


def _organs(text: str, country: str) -> set[str]:
    return {
        organ.name
        for organ in places().organs
        if organ.country == country
        and organ.kind in SPONSORS
        and any(_says(text, name) for name in organ.names)
    }


def _stated_sponsors(reading: Reading, country: str) -> set[str]:
    return {
        organ
        for fact in reading.facts
        if fact.slot == "sponsor"
        for organ in _organs(fact.value, country)
    }


def _says(text: str, name: str) -> bool:
    at = text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        if not (before.isalnum() or after.isalnum()):
            return True
        at = text.find(name, at + 1)
    return False


def _reported(
    accused: str, claim: _Claim, readings: tuple[Reading, ...], comparison: Comparison
) -> ClaimedAttribution:
    documents = {s.document for s in claim.accusing}
    inside = [r for r in readings if r.document in documents]
    ids = {s.id for s in claim.accusing}
    said = [s for r in inside for s in r.statements if not s.negated]
    accusers = _names(s.speaker for s in claim.accusing)
    return ClaimedAttribution(
        actor=_actor(accused, claim),
        sponsor=", ".join(sorted(claim.sponsors)) or None,
        claimed_by=accusers,
        endorsed_by=tuple(
            name
            for name in _names(
                s.speaker
                for s in said
                if s.act in ENDORSING and (s.speaker is None or s.speaker.country != accused)
            )
            if name not in accusers
        ),
        denied_by=_names(s.speaker for s in said if s.act is Act.DENY),
        documents=len(documents),
        roots=len([r for r in comparison.roots if ids & set(r.statements)]),
        published_basis=sum(
            len(r.indicators) + sum(m.kind is not MentionKind.ACTOR for m in r.mentions)
            for r in inside
        ),
        statements=tuple(sorted(ids)),
    )


def _actor(accused: str, claim: _Claim) -> str:
    state = places().country(accused)
    place = state.name if state else accused
    named = sorted(claim.actors, key=lambda name: (-claim.actors[name], name))
    if not named or place in named:
        return place
    return f"{named[0]} ({place})" if state else named[0]


def _names(parties: Iterable[Party | None]) -> tuple[str, ...]:
    return tuple(sorted({party.name if party is not None else UNNAMED for party in parties}))
