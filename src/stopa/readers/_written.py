"""The running text of a package's XML parts: paragraphs, each with the byte at which it begins.

Spec: https://www.w3.org/TR/xml/
Why: two families of office files differ in the names of their elements and in little else.
Trap: a document type is refused (entities that grow, files that are fetched), and a part that is
not XML to its end is kept as far as it goes. Deep nesting costs nothing: no tree is built.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

ELEMENTS = 4_000_000  # of one part; a page of a report has some hundreds
CHARACTERS = 32 * 2**20  # of all parts together
SPACES = 1_000  # that one element may stand for
PARAGRAPH = "\n\n"  # what parts paragraphs
BREAKS = str.maketrans("\t\n\r", "   ")
SPACE = re.compile(" {2,}")  # one, by OpenDocument; Office writes the spaces it means


@dataclass(frozen=True, slots=True)
class Dialect:
    """The local names of a family's elements.

    `runs` hold the text; where there are none, a paragraph's own text counts. `marks` stand for
    characters, `gaps` for what parts the paragraph after such an element from the one before. What
    is in `unread` is not text (field codes, what was deleted, doubles); those in `counted` are
    worth telling the analyst. `fields` are read one by one, outside of paragraphs.
    """

    paragraphs: frozenset[str]
    runs: frozenset[str]
    marks: Mapping[str, str]
    gaps: Mapping[str, str]
    unread: frozenset[str]
    counted: frozenset[str]
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's text, the byte of its part at which it begins, and the gap before it."""

    text: str
    byte: int
    gap: str


@dataclass(slots=True)
class Written:
    """What was read of one part. `defect` says in words why it ends early, if it does."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    fields: list[tuple[str, str, int]] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    defect: str = ""


@dataclass(slots=True)
class _Open:
    """A paragraph that is not closed yet; what stands inside of it (notes, boxes) follows it."""

    byte: int
    text: list[str] = field(default_factory=list)
    inner: list[Paragraph] = field(default_factory=list)


def written(chunks: Generator[bytes | str, None, None], dialect: Dialect) -> Written:
    """Return the text of a part as far as it is XML; what is behind it is not asked for."""
    target = _Target(dialect)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    target.place = lambda: int(parser.parser.CurrentByteIndex)
    try:
        with closing(chunks):
            _feed(parser, target, chunks)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        target.found.defect = f"not XML from here on: {error}"
    target.finish()
    return target.found


def _feed(parser: DefusedXMLParser, target: _Target, chunks: Iterable[bytes | str]) -> None:
    for chunk in chunks:
        if isinstance(chunk, str):
            target.found.defect = chunk
            return
        parser.feed(chunk)
        if target.full:
            target.found.defect = "holds more elements or text than is read; cut there"
            return
    parser.close()


class _Target:
    """Takes elements as they come."""

    def __init__(self, dialect: Dialect) -> None:
        self.found = Written()
        self.full = False
        self.place = _nowhere
        self._dialect = dialect
        self._open: list[_Open] = []
        self._runs = self._unread = self._elements = self._characters = 0
        self._gap = PARAGRAPH
        self._field: tuple[str, int, list[str]] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        name = tag.rpartition("}")[2]
        self._elements += 1
        self.full = self._elements > ELEMENTS or self._characters > CHARACTERS
        if name in self._dialect.counted and not self._unread:
            self.found.counted[name] += 1
        if self._unread or name in self._dialect.unread:
            self._unread += 1
        elif name in self._dialect.paragraphs:
            self._open.append(_Open(self.place()))
        elif name in self._dialect.runs:
            self._runs += 1
        elif name in self._dialect.marks:
            self._add(self._dialect.marks[name] * _count(attributes))
        elif name in self._dialect.fields:
            self._field = (name, self.place(), [])

    def end(self, tag: str) -> None:
        """Close an element."""
        name = tag.rpartition("}")[2]
        if self._unread:
            self._unread -= 1
        elif name in self._dialect.paragraphs and self._open:
            self._close(self._open.pop())
        elif name in self._dialect.runs:
            self._runs -= 1
        elif name in self._dialect.gaps:
            self._gap = self._dialect.gaps[name]
        elif self._field and name == self._field[0]:
            text = " ".join("".join(self._field[2]).split())
            if text:
                self.found.fields.append((name, text, self._field[1]))
            self._field = None

    def data(self, text: str) -> None:
        """Take characters, if they are text that a reader sees."""
        if self._unread:
            return
        if self._field:
            self._field[2].append(text[:1000])
        elif self._runs or not self._dialect.runs:
            self._add(text.translate(BREAKS))

    def close(self) -> None:
        """Need nothing at the end."""

    def finish(self) -> None:
        """Close what a damaged part left open."""
        while self._open:
            self._close(self._open.pop())

    def _add(self, text: str) -> None:
        if self._open:
            self._open[-1].text.append(text)
            self._characters += len(text)

    def _close(self, paragraph: _Open) -> None:
        text = "".join(paragraph.text)
        if not self._dialect.runs:
            text = SPACE.sub(" ", text)
        told = paragraph.inner
        if text.strip():
            told = [Paragraph(text.strip(" "), paragraph.byte, self._gap), *told]
            self._gap = PARAGRAPH
        (self._open[-1].inner if self._open else self.found.paragraphs).extend(told)


def _nowhere() -> int:
    return 0


def _count(attributes: Mapping[str, str]) -> int:
    """Return how many spaces an element stands for (`text:s`), one for all others."""
    stated = next((v for k, v in attributes.items() if k.rpartition("}")[2] == "c"), "1")
    return min(int(stated), SPACES) if stated.isdecimal() and len(stated) < 6 else 1
