"""Actors, malware, tools and techniques named in a text.

Why one automaton: twenty thousand names are looked for in one pass over the text.
Trap: names of software are often words (Play, Empire, Tor); those count only as printed, and where
the text speaks of software, or lists them beside other names. A name shared by several actors gives
all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import ahocorasick_rs

from stopa.model.document import Document
from stopa.model.record import name as record_name
from stopa.model.statement import Mention, MentionKind, Stance
from stopa.statements.hit import Hit
from stopa.statements.lexicon.everyday import EVERYDAY
from stopa.statements.lexicon.software import (
    BESIDE_AFTER,
    BESIDE_BEFORE,
    GROUP_AFTER,
    GROUP_BEFORE,
    NEVER,
    PRODUCTS,
)
from stopa.statements.names import Named, Names
from stopa.statements.stance import stance
from stopa.statements.techniques import TEXT_LIMIT, techniques

SHORTEST = 3  # letters
TRIES = 50  # times that a name is looked at for being asserted
BESIDE = 40  # characters before and after a name in which a word must say what it names
RARE_LETTERS = 5  # a capitalised word of so many letters that no plain text uses is a name
SHOUT_BEFORE = re.compile(r"\b[A-ZÀ-Þ]{2,}[ –—-]+$")
SHOUT_AFTER = re.compile(r"[ –—-]+[A-ZÀ-Þ]{2,}\b")
LONGER_NAME = re.compile(r"(?:['’]s)? [A-Z][a-z]")  # Empire Hall is another name than Empire
LIST_BEFORE = re.compile(r"\b((?:[A-Z][\w-]+ )?[A-Z][\w-]+)(?:,|,? (?:and|or)|/|)\s*$")
LIST_AFTER = re.compile(r"(?:, (?:and |or )?|,? (?:and|or) |/)([A-Z][\w-]+(?: [A-Z][\w-]+)?)\b")
PLAIN_LIMIT = 200_000  # characters in which a text shows which words it writes in lower case
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
PLAIN_WORD = re.compile(r"(?<![\w.-])[a-z]{3,}(?![\w-])")


@dataclass(frozen=True)
class Matcher:
    """The automaton over the lower-cased names, and what each stands for.

    `plain` are words that are no names by themselves; `certain` are names that are no such words.
    """

    automaton: ahocorasick_rs.AhoCorasick
    names: tuple[tuple[Named, ...], ...]
    plain: frozenset[str]
    certain: frozenset[str]


def matcher(knowledge: Names) -> Matcher:
    """Build the automaton of a knowledge base."""
    table: dict[str, list[Named]] = {}
    for named in knowledge.names():
        if len(named.text) >= SHORTEST:
            table.setdefault(named.text.lower(), []).append(named)
    patterns = sorted(table)
    automaton = ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.Standard)
    plain = _plain_words(knowledge)
    certain = frozenset(p for p in patterns if len(p) >= RARE_LETTERS) - plain - NEVER - PRODUCTS
    return Matcher(automaton, tuple(tuple(table[p]) for p in patterns), plain, certain)


def _plain_words(knowledge: Names) -> frozenset[str]:
    """Return the words that are no names: everyday ones, and what descriptions of actors use."""
    return EVERYDAY.union(
        word for actor in knowledge.actors for word in PLAIN_WORD.findall(actor.description)
    )


def mentions(document: Document, knowledge: Names, known: Matcher) -> tuple[Mention, ...]:
    """Return what the text names, in order; each printed name once, where it is asserted if it is.

    Names are read in English: whether one is ruled out cannot be told in another language.
    """
    newest = max(map(int, YEAR.findall(document.text[:PLAIN_LIMIT])), default=None)
    told: dict[tuple[MentionKind, str], tuple[Hit, Stance]] = {}
    tried: Counter[tuple[MentionKind, str]] = Counter()
    for hit in (*_named(document, known), *techniques(document, knowledge)):
        tried[hit.key] += 1
        if hit.key not in told or (
            told[hit.key][1] is not Stance.ASSERTED and tried[hit.key] <= TRIES
        ):
            said = stance(document.text, hit.start, hit.end, newest=newest)
            if hit.key not in told or said is Stance.ASSERTED:
                told[hit.key] = hit, said
    ordered = sorted(told.values(), key=lambda one: (one[0].start, one[0].kind))
    return tuple(_mention(document, hit, said) for hit, said in ordered)


def _mention(document: Document, hit: Hit, said: Stance) -> Mention:
    id_ = record_name("M", document.evidence, document.part, hit.start, hit.kind, hit.named)
    printed, where = document.text[hit.start : hit.end], document.where(hit.start, hit.end)
    return Mention(id_, hit.kind, printed, hit.ids, where, said)


def _named(document: Document, known: Matcher) -> Iterator[Hit]:
    text = document.text[:TEXT_LIMIT]
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    plain = frozenset(PLAIN_WORD.findall(text[:PLAIN_LIMIT]))
    here = replace(known, plain=known.plain | plain, certain=known.certain - plain)
    taken = -1
    for index, start, end in sorted(
        known.automaton.find_matches_as_indexes(lowered, overlapping=True),
        key=lambda hit: (hit[1], -hit[2]),
    ):
        if start < taken or not _whole(text, start, end):
            continue
        fitting = [n for n in known.names[index] if _fits(here, n, text, start, end)]
        taken = end if fitting else taken
        for kind in sorted({n.kind for n in fitting}):
            ids = tuple(sorted({i for n in fitting if n.kind is kind for i in n.ids}))
            yield Hit(kind, text[start:end], ids, start, end)


def _whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 2]
    if before.isalnum() or before in {"_", "@", "\\"} or after[:1].isalnum() or after[:1] == "_":
        return False
    return not (after[:1] == "." and after[1:2].isalnum() and before != " ")


def _fits(known: Matcher, named: Named, text: str, start: int, end: int) -> bool:
    printed = text[start:end]
    low = printed.lower()
    if low in NEVER or (low in PRODUCTS and named.kind is MentionKind.SOFTWARE):
        return False
    if named.kind is MentionKind.ACTOR and " " in printed and printed.islower():
        return any(c.isdigit() for c in printed)  # `a hacking team` names nobody
    if named.distinct and printed == named.text:
        return True
    if named.distinct and (" " in named.text or any(c.isdigit() for c in named.text)):
        return any(c.isupper() or c.isdigit() for c in printed)
    if not printed[:1].isupper():
        return False
    if printed.isupper() and not named.text.isupper() and _shouted(text, start, end):
        return False
    longer = LONGER_NAME.match(text, end) is not None
    if (not longer and _rare(named, printed, known.plain)) or _beside(named.kind, text, start, end):
        return True
    everyday = named.kind is MentionKind.SOFTWARE and low in EVERYDAY
    return everyday and _listed(known.certain, text, start, end)


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the word before or after is in capitals too: a notice, not a name in a list."""
    before = SHOUT_BEFORE.search(text, max(0, start - BESIDE), start)
    return before is not None or SHOUT_AFTER.match(text, end) is not None


def _rare(named: Named, printed: str, plain: frozenset[str]) -> bool:
    """Whether a name is no word that anyone writes in lower case."""
    if " " in printed or printed.lower() in plain:
        return False
    inner = any(letter.isupper() for letter in printed[1:]) and printed == named.text
    return len(printed) >= RARE_LETTERS - inner


def _beside(kind: MentionKind, text: str, start: int, end: int) -> bool:
    """Whether the words next to a name say that it names malware, or a group."""
    before, after = text[max(0, start - BESIDE) : start], text[end : end + BESIDE]
    if kind is MentionKind.SOFTWARE:
        return bool(BESIDE_AFTER.match(after) or BESIDE_BEFORE.search(before))
    return bool(GROUP_AFTER.match(after) or GROUP_BEFORE.search(before))


def _listed(certain: frozenset[str], text: str, start: int, end: int) -> bool:
    """Whether the name before it, or after it in a list, is one for certain."""
    before = LIST_BEFORE.search(text, max(0, start - BESIDE), start)
    after = LIST_AFTER.match(text, end)
    beside = [found[1].lower() for found in (before, after) if found]
    return any(name in certain or name.split()[-1] in certain for name in beside)
