"""Attributions that others made: what they claim, who stands behind it, and how many roots it has.

Why: ten articles that repeat one statement are one source, and an office that supports the victim
has not confirmed the claim.
Trap: a claim is reported, never believed. It lends no probability to any hypothesis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from stopa.attribution.concerning import accuses, holds_back
from stopa.attribution.naming import named, parties
from stopa.knowledge import Knowledge, places
from stopa.model.assessment import ClaimedAttribution
from stopa.model.statement import (
    Act,
    Comparison,
    Mention,
    MentionKind,
    Reading,
    Statement,
)

# Words that say what somebody is, not who.
DESCRIBING = frozenset(
    {
        "the", "a", "an", "group", "groups", "hacking", "hacker", "hackers", "cyber", "threat",
        "cyberespionage", "espionage", "actor", "actors", "gang", "collective", "crew", "cluster",
        "state-sponsored", "state-backed", "state-linked", "so-called", "suspected", "unknown",
        "notorious", "intruders", "attackers",
    }
)  # fmt: skip
SPONSORS = frozenset({"intelligence", "military", "police", "contractor"})


@dataclass(slots=True)
class _Claim:
    """What has been gathered of one claim."""

    actors: dict[str, int] = field(default_factory=dict)
    sponsors: set[str] = field(default_factory=set)
    accusing: list[Statement] = field(default_factory=list)


def claims(
    readings: tuple[Reading, ...], comparison: Comparison, knowledge: Knowledge
) -> tuple[ClaimedAttribution, ...]:
    """Return one claim for each state or actor accused, the one in most documents first."""
    made = [
        _reported(accused, claim, readings, comparison)
        for accused, claim in sorted(_gather(readings, knowledge).items())
    ]
    told = [claim for claim in made if claim.claimed_by or claim.roots]
    return tuple(sorted(told, key=_order))


def _order(claim: ClaimedAttribution) -> tuple[int, int, int, str]:
    return -claim.documents, -claim.roots, -len(claim.claimed_by), claim.actor


def accused(readings: tuple[Reading, ...], knowledge: Knowledge) -> dict[str, str]:
    """Return the known actors that accusations name: by id, the name that reports print most."""
    printed: dict[str, Counter[str]] = {}
    for reading in readings:
        for statement in filter(accuses, reading.statements):
            said = [(i, m.printed) for m in _mentions_in(statement, reading.mentions)
                    for i in m.candidates if knowledge.actor(i)]  # fmt: skip
            if statement.target is not None:
                name = statement.target.name
                said += [(actor.id, name) for actor in knowledge.actors_named(name)]
            for id_, name in said:
                printed.setdefault(id_, Counter())[name] += 1
    return {
        id_: min(names, key=lambda name: (-names[name], name))
        for id_, names in sorted(printed.items())
    }


def _gather(readings: tuple[Reading, ...], knowledge: Knowledge) -> dict[str, _Claim]:
    found: dict[str, _Claim] = {}
    for reading in sorted(readings, key=lambda r: r.document):
        for statement in filter(accuses, reading.statements):
            named = _named_actors(statement, reading.mentions)
            accused = _accused(statement, named, knowledge)
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


def _accused(statement: Statement, named: list[str], knowledge: Knowledge) -> str | None:
    """Name the state that is accused, else the actor's, else the name printed.

    Nobody accuses their own state: a target of the speaker's country is the victim.
    """
    target, own = statement.target, statement.speaker and statement.speaker.country
    if target is not None and own and target.country == own:
        target = None
    if target is not None and target.country:
        return target.country
    states = {a.country for name in named for a in knowledge.actors_named(name) if a.country}
    if len(states) == 1:
        return states.pop()
    if named:
        return named[0]
    return _proper(target.name) or None if target is not None else None


def _proper(name: str) -> str:
    """Return the name without the words that only describe: "the hacking group X" is X."""
    words = name.split()
    while words and words[0].casefold() in DESCRIBING:
        words.pop(0)
    while words and words[-1].casefold() in DESCRIBING:
        words.pop()
    rest = " ".join(words)
    return rest if any(letter.isupper() for letter in rest) else ""


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
    claimants = named(s.speaker for s in claim.accusing)
    reserved = named(s.speaker for r in inside for s in r.statements if holds_back(s))
    first = _first_state(claim.accusing)
    deniers = {s.speaker.country for s in said if s.act is Act.DENY and s.speaker}
    backing = [
        name
        for name in named(s.speaker for s in said if _endorses(s, accused, (first, *deniers)))
        if name not in claimants
    ]
    return ClaimedAttribution(
        actor=_actor(accused, claim),
        sponsor=", ".join(sorted(claim.sponsors)) or None,
        claimed_by=claimants,
        endorsed_by=tuple(name for name in backing if name not in reserved),
        denied_by=named(
            s.speaker
            for s in said
            if s.act is Act.DENY and s.speaker and s.speaker.country in (accused, None)
        ),
        documents=len(documents),
        roots=len([r for r in comparison.roots if ids & set(r.statements)]),
        published_basis=sum(
            len(r.indicators) + sum(m.kind is not MentionKind.ACTOR for m in r.mentions)
            for r in inside
        ),
        statements=tuple(sorted(ids)),
        supported_by=tuple(name for name in backing if name in reserved),
        parties=parties(s.speaker for s in claim.accusing),
    )


def _actor(accused: str, claim: _Claim) -> str:
    state = places().country(accused)
    place = state.name if state else accused
    named = sorted(claim.actors, key=lambda name: (-claim.actors[name], name))
    if not named or place in named:
        return place
    return f"{named[0]} ({place})" if state else named[0]


def _endorses(statement: Statement, accused: str, others: Iterable[str | None]) -> bool:
    """Tell whether a third party backs the accuser, or condemns the accused."""
    speaker, target = statement.speaker, statement.target
    if speaker is None or speaker.country in (accused, *others):
        return False
    if statement.act is Act.CONDEMN:
        return target is None or target.country == accused
    return statement.act is Act.SUPPORT


def _first_state(accusing: list[Statement]) -> str | None:
    """Return the state that accuses most: backing from its own offices is no endorsement."""
    counts = Counter(s.speaker.country for s in accusing if s.speaker and s.speaker.country)
    return min(counts, key=lambda code: (-counts[code], code), default=None)
