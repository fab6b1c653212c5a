"""Sentences, headings and list items of a report, each with its characters.

Why own code: the splitters at hand break quotations apart and stumble on initials (see DESIGN).
Trap: a heading has no full stop; a hard-wrapped line is not a sentence; `"...?" she said.` is one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum

from stopa.statements.lexicon.abbreviations import ABBREVIATIONS, BEFORE_NUMBER
from stopa.statements.lexicon.verbs import QUOTATIVE_FORMS
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.quotations import Quote

END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’'»)\]]*(?=\s+\S)")
WORD_BEFORE = re.compile(r"[^\s(\[\"“‘«]+$")
NEXT_WORDS = re.compile(r"[^\W\d_]+")
BULLET = re.compile(r"\s*(?:[•‣▪◦●○■*·–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
WRAP_COLUMN = 55  # characters; a shorter line was not wrapped by a margin
WRAP_MARGIN = 130  # characters; a longer line was not wrapped at all
HANDLE = re.compile(r"(?:^|[\s(])@(?P<name>\w{2,40})\)?(?=$|[\s·|,)])")
POST_HEAD = 200  # characters in which a post names its account
POST_WORDS = 4  # words of a line without a full stop that can be a sentence of a post
STOPS = ".!?…:;”\"')"
HEADING_WORDS = 16
LONGEST = 1500  # characters; what goes on without a full stop is cut, not understood


class Kind(StrEnum):
    """What a stretch of text is."""

    HEADING = "heading"
    SENTENCE = "sentence"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters [start, end) of one sentence; `paragraph` counts lines of text from 0."""

    start: int
    end: int
    kind: Kind
    paragraph: int


def sentences(text: str, quotes: list[Quote]) -> list[Sentence]:
    """Return the sentences of the text in order; together they hold every word of it."""
    found: list[Sentence] = []
    inside = _Inside(quotes)
    for number, (start, end) in enumerate(_paragraphs(text)):
        found.extend(_paragraph(text, (start, end), number=number, inside=inside))
    posted = HANDLE.search(text[:POST_HEAD]) or _unpunctuated(text, found)
    return _posted(text, found) if posted else found


def _unpunctuated(text: str, found: list[Sentence]) -> bool:
    """Whether no line ends as a sentence does: a post, whose lines are its sentences."""
    ended = any(text[part.end - 1] in STOPS for part in found)
    return not ended and any(len(_words(text, part)) >= POST_WORDS for part in found)


def _posted(text: str, found: list[Sentence]) -> list[Sentence]:
    """Return the lines of a post as sentences; its head and what is too short stay headings."""
    return [
        replace(part, kind=Kind.SENTENCE)
        if part.kind is Kind.HEADING and index and len(_words(text, part)) >= POST_WORDS
        else part
        for index, part in enumerate(found)
    ]


def _words(text: str, part: Sentence) -> list[str]:
    return [word for word in text[part.start : part.end].split() if word[:1].isalpha()]


class _Inside:
    """Tells whether a place lies inside a quotation."""

    def __init__(self, quotes: list[Quote]) -> None:
        self._starts = [quote.start for quote in quotes]
        self._quotes = quotes

    def at(self, place: int) -> Quote | None:
        index = bisect_right(self._starts, place) - 1
        if index < 0 or place >= self._quotes[index].end:
            return None
        return self._quotes[index]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Return lines, with the lines of a hard-wrapped paragraph joined."""
    spans: list[tuple[int, int]] = []
    at = 0
    joined = False
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if not line.strip():
            joined = False
            continue
        if joined and not BULLET.match(line):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        joined = _wrapped(text, line, at)
    return spans


def _wrapped(text: str, line: str, following: int) -> bool:
    """Whether the line was broken by a margin and goes on in the next one."""
    bare = line.rstrip()
    if not WRAP_COLUMN <= len(bare) <= WRAP_MARGIN or bare.endswith((".", "!", "?", ":", ";", "”")):
        next_line = text[following : following + 1]
        return WRAP_COLUMN <= len(bare) <= WRAP_MARGIN and next_line.islower()
    next_text = text[following : following + WRAP_MARGIN + 1].split("\n")[0]
    return next_text[:1].islower() or (
        len(next_text) <= WRAP_MARGIN and len(bare.split()) > HEADING_WORDS / 2 and "." in next_text
    )


def _paragraph(text: str, span: tuple[int, int], *, number: int, inside: _Inside) -> list[Sentence]:
    start, end = span
    cuts = [m.end() for m in END.finditer(text, start, end) if _ends(text, m, inside)]
    pieces: list[Sentence] = []
    for left, right in zip([start, *cuts], [*cuts, end], strict=True):
        stripped = text[left:right]
        first = left + len(stripped) - len(stripped.lstrip())
        last = left + len(stripped.rstrip())
        while last - first > LONGEST:
            if text[first : first + LONGEST].strip():
                pieces.append(Sentence(first, first + LONGEST, Kind.SENTENCE, number))
            first += LONGEST
        if first < last:
            pieces.append(Sentence(first, last, Kind.SENTENCE, number))
    kind = _kind(text[start:end], len(pieces))
    return [Sentence(p.start, p.end, kind, number) for p in pieces]


def _kind(line: str, pieces: int) -> Kind:
    if BULLET.match(line) and not line.lstrip()[:1].isdigit():
        return Kind.ITEM
    bare = line.rstrip()
    if pieces == 1 and not bare.endswith((".", "!", "?", "”", '"', ":", ";", "…", ")")):
        return Kind.HEADING if len(bare.split()) <= HEADING_WORDS else Kind.SENTENCE
    if pieces == 1 and bare.endswith("?") and len(bare.split()) <= HEADING_WORDS:
        return Kind.HEADING
    return Kind.SENTENCE


def _ends(text: str, match: re.Match[str], inside: _Inside) -> bool:
    """Whether these marks end a sentence."""
    quote = inside.at(match.start())
    if quote is not None and match.end() < quote.end:
        return False
    after = text[match.end() : match.end() + 120].lstrip()
    if after[:1].islower():
        return False
    if quote is not None:
        return not _goes_on(text, match, after)
    if match.group()[0] != "." or len(match.group()) > 1:
        return True
    return not _abbreviated(text, match, after)


def _goes_on(text: str, match: re.Match[str], after: str) -> bool:
    """Whether `"...?" Minister X said.` carries the sentence on behind the quotation."""
    if text[match.start()] == ".":
        return False
    words = [word.lower() for word in NEXT_WORDS.findall(after.split(".")[0])[:7]]
    return any(word in QUOTATIVE_FORMS for word in words)


def _abbreviated(text: str, match: re.Match[str], after: str) -> bool:
    word = WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
    if word is None:
        return False
    bare = word.group()
    low = bare.lower()
    if low in ABBREVIATIONS:
        return True
    if low in BEFORE_NUMBER:
        return after[:1].isdigit()
    if bare.isdigit() and len(bare) <= 2 and word.start() <= text.rfind("\n", 0, match.start()) + 3:
        return True
    if len(bare) == 1 and bare.isupper():
        return bool(re.match(r"[A-ZÀ-Þ]", after))
    return "." in bare and bare[-2:-1] == "." and _title_follows(after)


def _title_follows(after: str) -> bool:
    """After U.S. or the like: a capitalised word that no sentence would begin with follows."""
    first = NEXT_WORDS.match(after)
    return bool(first) and first.group() not in SENTENCE_OPENERS  # type: ignore[union-attr]


SENTENCE_OPENERS = wordset(
    "The A An It He She They We In On At But And This That These Those For As If When While After "
    "Before Since There His Her Its Their Our No Not Some Many Most All Both However Earlier Later "
    "Yet So I You One Two Meanwhile According"
)
