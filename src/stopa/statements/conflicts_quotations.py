"""One utterance in several texts: given to other speakers, or in other words.

Why: quotations drift as they are copied; a quotation in another mouth is the gravest slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import ceil

from stopa.model.statement import (
    Act,
    Disagreement,
    Party,
    Quotation,
    Resolution,
    Severity,
    Statement,
)
from stopa.statements.lexicon.roles import BODIES, OFFICES, PERSONS
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.passages import (
    Passage,
    Texts,
    content_words,
    disagreement,
    longest_run,
)

SAME_WORDS = 0.6  # share of a quotation's meaningful words found again: the same utterance
RUN = 4  # words in a row, with rare ones among them: the same utterance
LEAST_WORDS = 3  # meaningful words below which sameness is chance
HALF = 0.5  # share of a quotation that its own speaker says again elsewhere
SPOKESMEN = wordset("spokesman spokeswoman spokesperson")
VAGUE = wordset("official officials source sources representative chief head leader boss former")
NAME_LETTERS = 5  # of a word that is somebody's own name


def quotation_conflicts(texts: Texts, spoken: list[Statement]) -> Iterator[Disagreement]:
    """Yield quotations that come back from another mouth or in other words."""
    yield from _quotations(texts, spoken)
    yield from _rewordings(texts, spoken)


def principal(party: Party | None) -> str:
    """Return in whose name a party speaks: its country, or its own name."""
    if party is None:
        return ""
    return party.country if party.country and party.country != "IGO" else party.name.lower()


def _quotations(texts: Texts, spoken: list[Statement]) -> Iterator[Disagreement]:
    """Yield quotations whose words come back from another mouth, or in other words."""
    seen: set[tuple[str, frozenset[str]]] = set()
    by_document: dict[str, list[Statement]] = {}
    for statement in spoken:
        by_document.setdefault(statement.document, []).append(statement)
    for statement in spoken:
        for quotation in statement.quotations:
            others = _again(texts, by_document, statement, quotation.text)
            if not others:
                continue
            documents = frozenset({statement.document, *(p.document for p, _ in others)})
            for slot, found in _judged(texts, statement, quotation, others):
                if (slot, documents) not in seen:
                    seen.add((slot, documents))
                    yield found


def _again(
    texts: Texts, spoken: dict[str, list[Statement]], statement: Statement, quotation: str
) -> list[tuple[Passage, Statement | None]]:
    words = content_words(quotation)
    found: list[tuple[Passage, Statement | None]] = []
    for passage in texts.sharing(words, ceil(HALF * len(words))):
        near = words & passage.words
        if passage.document == statement.document or len(near) < 2:
            continue
        told = _statement_at(spoken.get(passage.document, []), passage)
        same = len(near) >= HALF * len(words) and _same_person(statement, told)
        if (same and _quotes(passage)) or _recurs(texts, quotation, words, passage):
            found.append((passage, told))
    return found


def _recurs(texts: Texts, quotation: str, words: frozenset[str], passage: Passage) -> bool:
    """Whether the passage is the quotation again: most of its words, or a run of rare ones."""
    near = words & passage.words
    if len(near) >= LEAST_WORDS and len(near) >= SAME_WORDS * len(words):
        return True
    if len(near) < 2 or any(texts.spread[word] > len(texts.documents) for word in near):
        return False
    return longest_run(quotation, passage.text) >= RUN


def _same_person(one: Statement, other: Statement | None) -> bool:
    """Whether one named person says both: then fewer common words make one utterance."""
    if one.speaker is None or other is None or other.speaker is None:
        return False
    mine, theirs = (s.name.split()[-1:] for s in (one.speaker, other.speaker))
    named = bool(mine) and mine[0][:1].isupper() and len(mine[0]) >= NAME_LETTERS
    return named and mine == theirs and mine[0].lower() not in PERSONS | BODIES


def _quotes(passage: Passage) -> bool:
    return any(mark in passage.text for mark in '"“”„«»‘')


def _statement_at(spoken: list[Statement], passage: Passage) -> Statement | None:
    at = [
        s
        for s in spoken
        if s.where.span
        and s.where.span[0] < passage.sentence.end
        and passage.sentence.start < s.where.span[1]
    ]
    return next((s for s in at if s.quotations), at[0] if at else None)


def _judged(
    texts: Texts,
    statement: Statement,
    quotation: Quotation,
    others: list[tuple[Passage, Statement | None]],
) -> Iterator[tuple[str, Disagreement]]:
    if not others:
        return
    speaker = principal(statement.speaker)
    first = texts.said(statement, _name(statement.speaker))
    unlike = [
        texts.at(p, _name(s.speaker) if s else _outlet(texts, p.document))
        for p, s in others
        if (
            _another(statement.speaker, s.speaker)
            if s
            else _outlet(texts, p.document).lower() != speaker
        )
    ]
    if unlike:
        yield (
            "speaker",
            disagreement("speaker", "quote_misattribution", Severity.HIGH, [first, *unlike]),
        )
    reworded = [
        texts.at(p, p.text) for p, _ in others if _plain(quotation.text) not in _plain(p.text)
    ]
    if reworded:
        wording = texts.said(statement, quotation.text)
        yield (
            "quote_text",
            disagreement("quote_text", "quote_drift", Severity.MEDIUM, [wording, *reworded]),
        )


def _another(one: Party | None, other: Party | None) -> bool:
    """Whether words are given to two parties; who is left open may be the other."""
    if one is None or other is None:
        return principal(one) != principal(other)
    if _two_people(one, other):
        return True
    if principal(one) == principal(other) or one.name == other.name:
        return False
    if one.country and other.country:
        return True
    mine, theirs = ({w.lower() for w in p.name.split() if w[:1].isupper()} for p in (one, other))
    left_open = any(_left_open(party) for party in (one, other))
    return not mine & theirs and not left_open


def _left_open(party: Party) -> bool:
    """Whether a text does not say whose `the agency`, `the PST` or `she` is."""
    short = party.name.split()[-1].isupper() and len(party.name.split()) <= 2
    open_ = party.resolution is Resolution.PRONOUN and party.name == party.stated
    return party.country is None and (party.resolution is Resolution.ROLE or open_ or short)


def _two_people(one: Party | None, other: Party | None) -> bool:
    """Whether two parties are people, and not the same one: by name, or by unlike offices."""
    if one is None or other is None:
        return False
    mine, theirs = _held(one), _held(other)
    if mine and theirs and not mine & theirs:
        return True
    people = [p.name for p in (one, other) if " " in p.name and p.stated.endswith(p.name)]
    named = [name for name in people if not {w.lower() for w in name.split()} & (PERSONS | BODIES)]
    return len(named) == 2 and named[0].split()[-1] != named[1].split()[-1]


def _held(party: Party) -> set[str]:
    """Return the office of a single speaker; `an official` can hold any."""
    words = {word.lower().removesuffix("'s") for word in party.stated.split()}
    held = {"spokesperson" if word in SPOKESMEN else word for word in words & OFFICES}
    return set() if words & VAGUE or held & BODIES else held


def _rewordings(texts: Texts, spoken: list[Statement]) -> Iterator[Disagreement]:
    """One person, one act, quoted in other words elsewhere."""
    quoted = [s for s in spoken if s.quotations and s.speaker and s.act is not Act.OTHER]
    groups: dict[tuple[str, Act], list[Statement]] = {}
    for statement in quoted:
        speaker = statement.speaker
        if speaker is not None and statement.act is not Act.DENY:
            groups.setdefault((speaker.name.lower(), statement.act), []).append(statement)
    for (_, _), members in sorted(groups.items(), key=lambda item: item[0]):
        if len({m.document for m in members}) > 1 and _differ(members):
            yield disagreement(
                "quote_text",
                "quote_drift",
                Severity.HIGH,
                [texts.said(m, "; ".join(q.text for q in m.quotations)) for m in members],
            )


def _differ(members: list[Statement]) -> bool:
    quotes = [(m.document, _plain(q.text)) for m in members for q in m.quotations]
    return any(
        a[0] != b[0] and a[1] not in b[1] and b[1] not in a[1] for a, b in combinations(quotes, 2)
    )


def _plain(text: str) -> str:
    return " ".join(sorted(content_words(text))) if len(text) < 12 else _folded(text)


def _folded(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _outlet(texts: Texts, document: str) -> str:
    reading = texts.read.get(document)
    masthead = reading.masthead if reading else None
    return (masthead and (masthead.outlet or masthead.title)) or document[:8]


def _name(party: Party | None) -> str:
    return party.stated if party else "not stated"
