"""Where a text quotes: pairs of quotation marks of all styles, nested and across paragraphs.

Why: an exact quotation is evidence of what was said, and a full stop inside one ends nothing.
Trap: an opening mark repeated at the head of a paragraph carries an unclosed quotation on; an
apostrophe is not a quotation mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

# Opening mark -> the marks that can close it. A mark that opens in one language closes in another.
CLOSERS = {
    "“": "”“",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": "’",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    '"': '"',
    "'": "'",
}
MARK = re.compile(r"[“”„«»‹›‘’‚「」『』\"']|``|''|\n")
DASHED = re.compile(
    r"^(?P<dash>[–—-]) (?P<said>[^\n]{8,1500}?),? (?=(?:says|said|adds|added|notes|noted|explains|"
    r"explained|stresses|stressed|tells|told|states|stated|continues|continued) [A-ZÀ-Þ])",
    re.MULTILINE,
)
# Lines that begin with `>`, the last of which names who said them.
BLOCK = re.compile(r"(?:^>[^\n]*\n){1,40}?(?P<credit>^> ?(?:[–—―]|--?) ?[A-ZÀ-Þ])", re.MULTILINE)
BLOCK_LINE = re.compile(r"^> ?(?P<said>[^\s>–—―-][^\n]*)", re.MULTILINE)
SET_OFF = re.compile(r"[.:]\n\n?(?P<lines>(?:>[^\n]*(?:\n|$)){1,40})")
# What an apostrophe shortens at its head: `the '90s`, `rock 'n' roll`, `'tis`.
SHORTENED = re.compile(r"(?:\d\ds\b|n['’] |(?:tis|twas|em|til|cause)\b)", re.IGNORECASE)
PARAGRAPH_LIMIT = 8000  # characters; a mark left open for longer was never a quotation
SCARE_WORDS = 3  # so short a quotation without a speaker is a scare quote, a name or a title


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: its characters with marks [start, end), and what stands between them.

    `open` when the closing mark is missing because the next paragraph carries it on.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    open: bool = False
    block: bool = False  # set off by `>` at the head of its lines, without marks

    def words(self, text: str) -> str:
        """Return the words between the marks, as printed."""
        return text[self.inner_start : self.inner_end]

    def scare(self, text: str) -> bool:
        """Whether it is too short to be somebody's sentence."""
        return len(self.words(text).split()) <= SCARE_WORDS


def quotations(text: str) -> list[Quote]:
    """Return the outermost quotations of the text, in order, one for each paragraph they span."""
    found: list[Quote] = []
    opened: tuple[str, int] | None = None
    for match in MARK.finditer(text):
        mark, at = match.group(), match.start()
        if opened and at - opened[1] > PARAGRAPH_LIMIT:
            opened = None
        if mark == "\n":
            found.extend(_carried(text, opened, at))
            opened = None
        elif opened is None:
            opened = (mark, at) if _opens(text, mark, at) else None
        elif _closes(text, opened[0], mark, at):
            found.append(Quote(opened[1], at + 1, opened[1] + 1, at))
            opened = None
    found.extend(_carried(text, opened, len(text)))
    found += _dashed(text, found)
    found += _blocks(text, found)
    found += _announced(text, found)
    return sorted(found, key=lambda quote: quote.start)


def _announced(text: str, found: list[Quote]) -> list[Quote]:
    """Return the lines set off by `>` below a line that ends as a sentence or with a colon."""
    if "\n>" not in text:
        return []
    taken = sorted(quote.start for quote in found)
    return [
        Quote(m.start("said"), m.end("said"), m.start("said"), m.end("said"), block=True)
        for block in SET_OFF.finditer(text)
        for m in BLOCK_LINE.finditer(text, block.start("lines"), block.end())
        if bisect_left(taken, m.start()) == bisect_left(taken, m.end())
    ]


def _blocks(text: str, found: list[Quote]) -> list[Quote]:
    """Return paragraphs set off by `>` and credited by a line with a dash below them."""
    taken = sorted(quote.start for quote in found)
    return [
        Quote(m.start("said"), m.end("said"), m.start("said"), m.end("said"), block=True)
        for block in BLOCK.finditer(text)
        for m in BLOCK_LINE.finditer(text, block.start(), block.start("credit"))
        if bisect_left(taken, m.start()) == bisect_left(taken, m.end())
    ]


def _dashed(text: str, found: list[Quote]) -> list[Quote]:
    """Return speech that a dash opens at the head of a paragraph: `– We heard it, says X.`."""
    taken = [quote.start for quote in found]
    return [
        Quote(m.start("dash"), m.end("said"), m.start("said"), m.end("said"))
        for m in DASHED.finditer(text)
        if bisect_left(taken, m.start()) == bisect_left(taken, m.end())
    ]


def _opens(text: str, mark: str, at: int) -> bool:
    if mark not in CLOSERS:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "'‘" and SHORTENED.match(text, at + 1):
        return False
    if mark == "»" and "«" in text[max(0, at - 400) : at]:
        return False
    return bool(after.strip()) and not before.isalnum() and after not in ",.;:!?"


def _closes(text: str, opener: str, mark: str, at: int) -> bool:
    if mark not in CLOSERS[opener]:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "'’":
        return not after.isalnum() and not (before == "s" and _more_to_close(text, mark, at))
    if mark == '"':
        return bool(before.strip()) or not after.isalnum()
    return True


def _more_to_close(text: str, mark: str, at: int) -> bool:
    """Whether an apostrophe after s (the allies' case) is followed by the real closing mark."""
    end = text.find("\n", at)
    rest = text[at + 1 : end if end >= 0 else len(text)][:200]
    position = rest.find(mark)
    return position >= 0 and not rest[position + 1 : position + 2].isalnum()


def _carried(text: str, opened: tuple[str, int] | None, at: int) -> list[Quote]:
    """Return the unclosed quotation when the next paragraph opens with the same mark."""
    if opened is None or opened[0] in "'‘’":
        return []
    following = text[at : at + 200].lstrip()
    if not following.startswith(opened[0]):
        return []
    return [Quote(opened[1], at, opened[1] + 1, at, open=True)]
