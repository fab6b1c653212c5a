"""Actors, malware, tools and techniques named in a text.

Why one automaton: twenty thousand names are looked for in one pass over the text.
Trap: names of software are often words (Play, Empire, Tor); those count only as printed, and where
the text speaks of software. A name shared by several actors gives all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick_rs

from stopa.model.document import Document
from stopa.model.record import name as record_name
from stopa.model.statement import Mention, MentionKind
from stopa.statements.names import Named, Names
from stopa.statements.techniques import techniques

SHORTEST = 3  # letters
CONTEXT = 90  # characters on either side in which a word must speak of software or actors
SOFTWARE_WORDS = re.compile(
    r"malware|backdoor|trojan|ransomware|implant|loader|dropper|tool|framework|rat\b|botnet|"
    r"stealer|"
    r"wiper|rootkit|webshell|web shell|payload|beacon|exploit|toolkit|worm|keylogger|downloader|"
    r"variant|family|sample|\[S\d{4}\]|deployed|infect|open-source|post-exploitation|utilit|use of|"
    r"used|using|such as|including",
    re.IGNORECASE,
)
ACTOR_WORDS = re.compile(
    r"group|actor|apt|hackers|attackers|known as|aka|tracked|dubbed|nicknamed|named|called|"
    r"gang|crew|"
    r"campaign|threat|attributed|behind|intrusion set",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Matcher:
    """The automaton over the lower-cased names, and what each stands for."""

    automaton: ahocorasick_rs.AhoCorasick
    names: tuple[tuple[Named, ...], ...]


def matcher(knowledge: Names) -> Matcher:
    """Build the automaton of a knowledge base."""
    table: dict[str, list[Named]] = {}
    for named in knowledge.names():
        if len(named.text) >= SHORTEST:
            table.setdefault(named.text.lower(), []).append(named)
    patterns = sorted(table)
    automaton = ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.Standard)
    return Matcher(automaton, tuple(tuple(table[p]) for p in patterns))


def mentions(document: Document, knowledge: Names, known: Matcher) -> tuple[Mention, ...]:
    """Return what the text names, in order; each printed name once."""
    found = [*_named(document, known), *techniques(document, knowledge)]
    return tuple(sorted(found, key=lambda m: (m.where.span or (0, 0), m.kind)))


def _named(document: Document, known: Matcher) -> Iterator[Mention]:
    text = document.text
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    seen: set[tuple[MentionKind, str]] = set()
    taken = -1
    for index, start, end in sorted(
        known.automaton.find_matches_as_indexes(lowered, overlapping=True),
        key=lambda hit: (hit[1], -hit[2]),
    ):
        if start < taken or not _whole(text, start, end):
            continue
        fitting = [n for n in known.names[index] if _fits(n, text, start, end)]
        if not fitting:
            continue
        taken = end
        for kind in sorted({named.kind for named in fitting}):
            printed = text[start:end]
            if (kind, printed.lower()) in seen:
                continue
            seen.add((kind, printed.lower()))
            ids = sorted({i for named in fitting if named.kind is kind for i in named.ids})
            yield Mention(
                record_name("M", document.evidence, document.part, start, kind, printed),
                kind,
                printed,
                tuple(ids),
                document.where(start, end),
            )


def _whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 2]
    if before.isalnum() or before in {"_", "@", "\\"} or after[:1].isalnum() or after[:1] == "_":
        return False
    return not (after[:1] == "." and after[1:2].isalnum() and before != " ")


def _fits(named: Named, text: str, start: int, end: int) -> bool:
    printed = text[start:end]
    if named.distinct and printed == named.text:
        return True
    if named.distinct and (" " in named.text or any(c.isdigit() for c in named.text)):
        return any(c.isupper() or c.isdigit() for c in printed)
    if not printed[:1].isupper() or (printed != named.text and not named.distinct):
        return False
    near = text[max(0, start - CONTEXT) : start] + text[end : end + CONTEXT]
    words = SOFTWARE_WORDS if named.kind is MentionKind.SOFTWARE else ACTOR_WORDS
    return bool(words.search(near))
