"""What a reader of a page sees of it: its running text and title.

Spec: https://html.spec.whatwg.org/multipage/rendering.html (white space, blocks)
Why: menus, footers and forms hold no statements, and what is hidden was not meant for the reader.
Every character that is kept knows which characters of the page it was made of.
Trap: whole pages stand in one form, and a menu that is never closed holds the rest of the page.
What is boilerplate is therefore weighed first: where nearly nothing would be left, it stays.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from stopa.readers._markup import END, START, TEXT, Kind, Token, names, tokens
from stopa.readers._regions import Place, Regions

ENOUGH = 500  # characters of running text without boilerplate that are a text of their own
SHARE = 0.25  # of what is visible, where a page is shorter than that
TITLE_LIMIT = 300  # characters

PARAGRAPHS = names(
    "p h1 h2 h3 h4 h5 h6 article section main blockquote pre ul ol dl table figure hr header footer"
    " nav aside form fieldset address details"
)
LINES = names("br div li tr dt dd figcaption caption option summary center")
BREAKS = {**dict.fromkeys(LINES, "\n"), **dict.fromkeys(PARAGRAPHS, "\n\n"), "td": "\t", "th": "\t"}
SHOWN_RAW = frozenset(("xmp", "plaintext"))

KEPT = (
    frozenset((Place.CONTENT,)),
    frozenset((Place.CONTENT, Place.FORM)),
    frozenset((Place.CONTENT, Place.FORM, Place.BOILERPLATE)),
)

ENTITY = r"&(?:\#\d+;?|\#[xX][0-9A-Fa-f]+;?|[A-Za-z][A-Za-z0-9]{1,31};?)"
FLOWING = re.compile(
    rf"""(?P<run>[^&\ \t\n\r\f]+(?:[\ \t\n\r\f][^&\ \t\n\r\f]+)*)
    | (?P<space>[\ \t\n\r\f]+) | (?P<entity>{ENTITY}) | (?P<mark>&)""",
    re.VERBOSE,
)
ENTITY_IN_TEXT = re.compile(ENTITY.replace(r"\#", "#"))
ENTITY_LIMIT = 34  # characters
VERBATIM = re.compile(rf"(?P<run>[^&]+) | (?P<entity>{ENTITY}) | (?P<mark>&)", re.VERBOSE)
ONE_LINE = str.maketrans("\t\n\r\f", "    ")
NO_BREAK_SPACE = "\xa0"


@dataclass(slots=True)
class Runs:
    """Text in the making: runs of characters, each with the characters of the page behind it.

    Numbers in arrays: a run would be an object of hundreds of bytes otherwise, and there may be
    millions of them.
    """

    text: list[str] = field(default_factory=list)
    end: array[int] = field(default_factory=lambda: array("q"))
    source_start: array[int] = field(default_factory=lambda: array("q"))
    source_end: array[int] = field(default_factory=lambda: array("q"))
    size: int = 0

    def add(self, text: str, source_start: int, source_end: int) -> None:
        """Append text that was made of those characters of the page."""
        self.text.append(text)
        self.size += len(text)
        self.end.append(self.size)
        self.source_start.append(source_start)
        self.source_end.append(source_end)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its reader sees it. `unclosed` is where something begins that never ends."""

    text: str
    runs: Runs
    title: str | None
    unclosed: int | None


@dataclass(slots=True)
class Survey:
    """How much visible text stands where, and what is said once."""

    sizes: Counter[Place] = field(default_factory=Counter)
    title: str | None = None
    unclosed: int | None = None


def read_page(page: str) -> Page:
    """Return the running text of a page; boilerplate is left out if enough remains."""
    for kept in KEPT:
        survey = Survey()
        runs = _written(page, kept, survey)
        if _suffices(survey.sizes, kept):
            break
    return Page("".join(runs.text), runs, survey.title, survey.unclosed)


def placed(page: str) -> Iterator[tuple[Token, Regions]]:
    """Yield the tokens, each with the regions of the page as they are after it."""
    regions = Regions()
    for token in tokens(page):
        if token.kind is START:
            regions.start(token.name, token.attributes)
        elif token.kind is END:
            regions.end(token.name)
        yield token, regions


def _title(text: str) -> str | None:
    return " ".join(unescape_all(text).split())[:TITLE_LIMIT] or None


def unescape_all(text: str) -> str:
    """Return text with its entities decoded."""
    return ENTITY_IN_TEXT.sub(lambda found: _character(found[0]), text)


def _character(entity: str) -> str:
    """Return what an entity stands for; one of too many digits is no character."""
    return unescape(entity) if len(entity) <= ENTITY_LIMIT else "\ufffd"


def _suffices(sizes: Counter[Place], kept: frozenset[Place]) -> bool:
    visible = sum(sizes[place] for place in KEPT[-1])
    return sum(sizes[place] for place in kept) >= min(ENOUGH, SHARE * visible)


def _written(page: str, kept: frozenset[Place], survey: Survey) -> Runs:
    writer = _Writer(page)
    for token, regions in placed(page):
        if token.kind is TEXT:
            place = regions.place()
            survey.sizes[place] += token.end - token.start
            if place in kept:
                writer.write(token.start, token.end, VERBATIM if regions.verbatim() else FLOWING)
        elif token.kind is Kind.RAW and token.name in SHOWN_RAW:
            writer.write(token.start, token.end, VERBATIM)
        elif token.name in BREAKS and (token.kind is Kind.START or BREAKS[token.name] != "\t"):
            writer.part(BREAKS[token.name], token)
            if token.name == "blockquote":
                writer.quote(token)
        if token.kind is Kind.RAW or not token.closed:
            _note(survey, page, token)
    return writer.runs


def _note(survey: Survey, page: str, token: Token) -> None:
    """Note the title, and what is never closed."""
    if token.kind is Kind.RAW and token.name == "title" and survey.title is None:
        survey.title = _title(page[token.start : token.end])
    if not token.closed and survey.unclosed is None:
        survey.unclosed = token.start


class _Writer:
    """Writes running text: one space for any white space, breaks only between texts."""

    __slots__ = ("_break", "_depth", "_inside", "_page", "_space", "runs")

    def __init__(self, page: str) -> None:
        self.runs = Runs()
        self._page = page
        self._break: tuple[str, int, int] | None = None
        self._space: tuple[int, int] | None = None
        self._depth = 0
        self._inside = False

    def quote(self, token: Token) -> None:
        """Open or close a block quotation, whose lines are set off by `>` as in plain text."""
        self._depth = max(0, self._depth + (1 if token.kind is START else -1))

    def part(self, text: str, token: Token) -> None:
        """Note a break; of several in a row the widest counts."""
        if self._break is None or len(text) > len(self._break[0]) or self._break[0] == "\t":
            self._break = (text, token.start, token.end)

    def write(self, start: int, end: int, pattern: re.Pattern[str]) -> None:
        """Write the characters [start, end) of the page."""
        for found in pattern.finditer(self._page, start, end):
            kind = found.lastgroup
            text = _character(found[0]) if kind == "entity" else found[0]
            if kind == "space" or (text == NO_BREAK_SPACE and kind == "entity"):
                self._space = self._space or found.span()
            elif text:
                self._lead()
                if pattern is FLOWING and not text.isprintable():
                    text = text.translate(ONE_LINE)
                self.runs.add(text, *found.span())

    def _lead(self) -> None:
        """Write the break or the space that is due before a text."""
        if self.runs.size and self._break:
            text, start, end = self._break
            self.runs.add(self._set_off(text), start, end)
        elif self.runs.size and self._space:
            self.runs.add(" ", *self._space)
        self._break = self._space = None

    def _set_off(self, text: str) -> str:
        """Return a break with the mark of a block quotation behind it, where one goes on."""
        going_on, self._inside = self._inside and self._depth > 0, self._depth > 0
        if text == "\t" or not self._depth:
            return text
        return "\n> " if going_on else "\n\n> "
