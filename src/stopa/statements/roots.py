"""Source roots: the one party's word that several reports repeat.

Why: ten articles that repeat one statement are one source. Wording does not tell copies apart (the
nearest two of five real articles share 4 % of word triples); who speaks, and what for, does.
Trap: whoever backs an accusation without evidence of its own adds no root.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stopa.model.record import name as record_name
from stopa.model.statement import Act, Party, Reading, Resolution, SourceRoot, Statement

FIRST_HAND = frozenset({Act.ACCUSE, Act.DENY, Act.DETECT})
ACCUSING = (Act.ACCUSE, Act.DETECT, Act.DENY)
DENYING = (Act.DENY, Act.ACCUSE, Act.DETECT)


def roots(readings: Sequence[Reading]) -> tuple[SourceRoot, ...]:
    """Return the roots behind the reports, the most repeated first."""
    accused = _accused(readings)
    groups: dict[tuple[str, bool], list[Statement]] = {}
    for reading in readings:
        for statement in reading.statements:
            principal = _principal(statement.speaker)
            if principal and _counts(statement, accused):
                key = (principal, statement.act is Act.DENY or principal == accused)
                groups.setdefault(key, []).append(statement)
    found = [
        _root(principal, members, DENYING if denying else ACCUSING)
        for (principal, denying), members in groups.items()
        if _first_hand(members)
    ]
    return tuple(sorted(found, key=lambda r: (-len(r.documents), r.act, r.speaker)))


def _accused(readings: Sequence[Reading]) -> str | None:
    """Return the country that is accused and denies most often."""
    spoken = [s for r in readings for s in r.statements if not s.negated]
    aims = Counter(
        s.target.country for s in spoken if s.act is Act.ACCUSE and s.target and s.target.country
    )
    denials = [s.speaker.country for s in spoken if s.act is Act.DENY and s.speaker]
    aims.update(country for country in denials if country is not None and country in aims)
    return min(aims, key=lambda code: (-aims[code], code)) if aims else None


def _counts(statement: Statement, accused: str | None) -> bool:
    """Whether a statement is about this case: not undone, and aimed at nobody else."""
    if not statement.core or statement.negated:
        return False
    target = statement.target
    aside = statement.act is Act.ACCUSE and target is not None and target.country is not None
    return not (aside and accused and target is not None and target.country != accused)


def _principal(speaker: Party | None) -> str | None:
    """Return in whose name the speaker speaks: a state, the Union, or a body of its own."""
    if speaker is None:
        return None
    if speaker.country is None and speaker.resolution is Resolution.ROLE:
        return None
    if speaker.country in {None, "IGO"}:
        return speaker.name
    return speaker.country


def _first_hand(members: list[Statement]) -> bool:
    return any(statement.act in FIRST_HAND for statement in members)


def _root(principal: str, members: list[Statement], order: tuple[Act, ...]) -> SourceRoot:
    act = next(act for act in order if any(m.act is act for m in members))
    first = next(m for m in members if m.act is act)
    documents = tuple(sorted({m.document for m in members}))
    country = first.speaker.country if first.speaker else None
    return SourceRoot(
        record_name("R", principal, act),
        first.sentence,
        principal if country in {None, "IGO"} else (first.speaker.name if first.speaker else ""),
        country,
        act,
        tuple(sorted(m.id for m in members)),
        documents,
    )
