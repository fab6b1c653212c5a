"""Source roots: the one party's word that several reports repeat.

Why: ten articles that repeat one statement are one source. Wording does not tell copies apart (the
nearest two of five real articles share 4 % of word triples); who speaks, and what for, does.
Trap: whoever backs an accusation without evidence of its own adds no root, nor does a report that
names another report of the case as its source, nor a second mouth given the same quotation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from stopa.model.record import name as record_name
from stopa.model.statement import Act, Party, Reading, Resolution, SourceRoot, Statement
from stopa.statements.passages import content_words, overlap

FIRST_HAND = frozenset({Act.ACCUSE, Act.DENY, Act.DETECT})
ACCUSING = (Act.ACCUSE, Act.DETECT, Act.DENY)
PROPER = re.compile(r"(?<!^)\b[A-ZÀ-Þ]|^(?!(?:An?|The|Some|Two|Three|Several)\b)[A-ZÀ-Þ0-9]")
# Another case: `charged three officers over earlier attacks`.
EARLIER = re.compile(
    r"\b(?:earlier|previous|past|prior|another|separate|unrelated) (?:\w+ )?"
    r"(?:attack|hack|intrusion|breach|break-in|campaign|operation)s?\b"
)
LEAST_WORDS = 3  # meaningful words below which sameness is chance
MOST = 2_000  # quotations compared in a case
SAME = 0.8  # share of the smaller quotation's words found again: one utterance
DENYING = (Act.DENY, Act.ACCUSE, Act.DETECT)


def roots(readings: Sequence[Reading]) -> tuple[SourceRoot, ...]:
    """Return the roots behind the reports, the most repeated first."""
    accused = _accused(readings)
    owners = utterance_owners(readings)
    outlets = {name.lower() for r in readings for name in (r.masthead.outlet,) if name}
    derived = {r.document for r in readings if _copies(r, outlets)}
    reporters = outlets - _speaking_for_themselves(readings)
    groups: dict[tuple[str, bool], list[Statement]] = {}
    for reading in readings:
        for statement in reading.statements:
            principal = owners.get(statement.id) or _principal(statement.speaker)
            if principal and principal.lower() not in reporters and _counts(statement, accused):
                key = (principal, statement.act is Act.DENY or principal == accused)
                groups.setdefault(key, []).append(statement)
    found = [
        _root(principal, members, DENYING if denying else ACCUSING)
        for (principal, denying), members in groups.items()
        if _first_hand([m for m in members if m.document not in derived])
    ]
    return tuple(sorted(found, key=lambda r: (-len(r.documents), r.act, r.speaker)))


def utterance_owners(readings: Sequence[Reading]) -> dict[str, str]:
    """Return, by statement id, in whose name a quotation was said that several mouths are given.

    It is the party in most reports, then in the earliest.
    """
    dated = {r.document: r.masthead.date.edtf if r.masthead.date else "9" for r in readings}
    said = [s for r in readings for s in r.statements if s.core and s.quotations]
    owners: dict[str, str] = {}
    for members in _utterances(said[:MOST]):
        principals = [(p, m.document) for m in members if (p := _principal(m.speaker))]
        if len({p for p, _ in principals}) > 1:
            spread = Counter(p for p, _ in set(principals))
            first = min(principals, key=lambda at: (-spread[at[0]], dated[at[1]], at[0]))
            owners.update({m.id: first[0] for m in members})
    return owners


def _utterances(said: list[Statement]) -> list[list[Statement]]:
    """Group statements whose quotations are the same utterance."""
    groups: list[tuple[frozenset[str], list[Statement]]] = []
    holding: dict[str, list[int]] = {}
    for statement in said:
        words = content_words(" ".join(q.text for q in statement.quotations))
        if len(words) < LEAST_WORDS:
            continue
        near = sorted({index for word in words for index in holding.get(word, ())})
        same = next((i for i in near if overlap(words, groups[i][0]) >= SAME), len(groups))
        if same == len(groups):
            groups.append((words, []))
            for word in words:
                holding.setdefault(word, []).append(same)
        groups[same][1].append(statement)
    return [members for _, members in groups]


def _copies(reading: Reading, outlets: set[str]) -> bool:
    """Whether a report names another report of the case as its source."""
    source = (reading.masthead.upstream or "").lower()
    return bool(source) and source in outlets and source != (reading.masthead.outlet or "").lower()


def _speaking_for_themselves(readings: Sequence[Reading]) -> set[str]:
    """Return the issuers of statements, which are no reporters of others."""
    return {
        s.speaker.name.lower()
        for r in readings
        for s in r.statements
        if s.speaker and s.speaker.name.lower() == (r.masthead.outlet or "").lower()
    }


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
    if statement.act is not Act.ACCUSE or target is None or accused is None:
        return True
    if EARLIER.search(statement.sentence):
        return False
    unnamed = target.country is None and not PROPER.search(target.name)  # `charged two hackers`
    return not unnamed and target.country in {None, accused}


def _principal(speaker: Party | None) -> str | None:
    """Return in whose name the speaker speaks: a state, the Union, or a body of its own."""
    if speaker is None:
        return None
    if speaker.country is None and speaker.resolution is Resolution.ROLE:
        return None
    if speaker.country in {None, "IGO"}:
        return speaker.name if PROPER.search(speaker.name) else None
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
