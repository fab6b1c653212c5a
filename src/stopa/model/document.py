"""Text read from evidence, with the way back from each character to the bytes, and its masthead."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum

from stopa.model.evidence import Where
from stopa.model.when import When


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the document's characters [start, end) and the bytes or page it was read from.

    `offset` and `length` are bytes of the evidence, None where the format has no direct bytes for
    text (a PDF's glyphs): then `page` says where. A run that was read from the same packed bytes as
    an earlier one has their offset and no length, so that lengths add up to the bytes read.
    """

    start: int
    end: int
    offset: int | None = None
    length: int | None = None
    page: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says of itself besides its text: an author, a date, as its format keeps them.

    Whoever made the file set it, or nobody did: it dates the file, not what the file says.
    """

    name: str
    value: str
    where: Where


@dataclass(frozen=True, slots=True)
class Document:
    """Text from one piece of evidence. Plain text is kept as decoded, character for character.

    `pieces` are in order and cover the text; `title` is the format's own (HTML title, mail
    subject), None where it has none; `encoding` is how bytes became text. `stated` are the format's
    own properties, None where the format has none.
    """

    evidence: str
    kind: str
    text: str
    pieces: tuple[Piece, ...]
    title: str | None = None
    encoding: str = "utf-8"
    part: str | None = None
    stated: tuple[Stated, ...] | None = None

    def where(self, start: int, end: int) -> Where:
        """Cite the characters [start, end): the span, and the bytes that they were read from.

        The bytes are exact where the text of a piece, encoded again, has the piece's length; where
        it has not (an entity, quoted-printable, damage) they are those of the whole piece.
        """
        touched = self._touched(start, end)
        first, last = (touched[0], touched[-1]) if touched else (None, None)
        offset = self._byte(first, max(start, first.start)) if first else None
        stop = self._byte(last, min(end, last.end)) if last else None
        if first and offset is None:
            offset = first.offset
        if last and stop is None and last.offset is not None:
            stop = last.offset + self._length(last)
        if first and offset is not None and stop is not None and stop < offset:
            stop = (first.offset or 0) + self._length(first)  # the rest lies further up in the file
        return Where(
            self.evidence,
            offset=offset,
            length=None if offset is None or stop is None else stop - offset,
            span=(start, end),
            page=first.page if first else None,
            part=self.part or (first.part if first else None),
        )

    def _touched(self, start: int, end: int) -> tuple[Piece, ...]:
        first = bisect_right(self.pieces, start, key=lambda piece: piece.end)
        after = bisect_left(self.pieces, end, key=lambda piece: piece.start)
        return self.pieces[first:after]

    def _byte(self, piece: Piece, at: int) -> int | None:
        """Return the byte at which a character begins; None where only the piece is known."""
        if piece.offset is None or self._width(piece.start, piece.end) != piece.length:
            return None
        return piece.offset + self._width(piece.start, at)

    def _length(self, piece: Piece) -> int:
        """Return the length of a piece's bytes, which an earlier piece of them may hold."""
        if piece.length is not None:
            return piece.length
        return next((p.length for p in self.pieces if p.offset == piece.offset and p.length), 0)

    def _width(self, start: int, end: int) -> int:
        return len(self.text[start:end].encode(self.encoding, "replace"))


class DateBasis(StrEnum):
    """What a document's date rests on. A date is never guessed."""

    PRINTED = "printed"
    SOURCE_LINE = "source line"
    HEADER = "header"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a document says about itself. None means it does not say.

    `date_without_year` is `MM-DD` where a day and month are printed and the year is not.
    """

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    date: When | None = None
    date_basis: DateBasis = DateBasis.NONE
    upstream: str | None = None
    language: str | None = None
    date_without_year: str | None = None
