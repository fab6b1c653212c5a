"""Text read from evidence, with the way back from each character to the bytes, and its masthead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stopa.model.evidence import Where
from stopa.model.when import When


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the document's characters [start, end) and the bytes or page it was read from.

    `offset` and `length` are bytes of the evidence, None where the format has no direct bytes for
    text (a PDF's glyphs): then `page` says where.
    """

    start: int
    end: int
    offset: int | None = None
    length: int | None = None
    page: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Text from one piece of evidence. Plain text is kept as decoded, character for character.

    `pieces` are in order and cover the text; `title` is the format's own (HTML title, mail
    subject), None where it has none; `encoding` is how bytes became text.
    """

    evidence: str
    kind: str
    text: str
    pieces: tuple[Piece, ...]
    title: str | None = None
    encoding: str = "utf-8"
    part: str | None = None

    def where(self, start: int, end: int) -> Where:
        """Cite the characters [start, end): the span, and the bytes of the pieces they lie in."""
        touched = [p for p in self.pieces if p.start < end and start < p.end]
        first = touched[0] if touched else None
        offset = first.offset if first else None
        last = touched[-1] if touched else None
        length = None
        if offset is not None and last and last.offset is not None and last.length is not None:
            length = last.offset + last.length - offset
        return Where(
            self.evidence,
            offset=offset,
            length=length,
            span=(start, end),
            page=first.page if first else None,
            part=self.part or (first.part if first else None),
        )


class DateBasis(StrEnum):
    """What a document's date rests on. A date is never guessed."""

    PRINTED = "printed"
    SOURCE_LINE = "source line"
    HEADER = "header"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a document says about itself. None means it does not say."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    date: When | None = None
    date_basis: DateBasis = DateBasis.NONE
    upstream: str | None = None
    language: str | None = None
