"""The bodies of an Outlook message, cited by the bytes of the file that their streams lie on.

Spec: https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxbbody/
Why: a stream may lie in pieces all over the file; whoever checks a quotation needs the right one.
Trap: the same body is there up to three times; rich text is asked only where there is no page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from stopa.model.document import Document, Piece
from stopa.readers import _outlook as outlook
from stopa.readers._bodies import Body, read_body
from stopa.readers._compound import Span, Stream
from stopa.readers._mime import Part
from stopa.readers._outlook import Item
from stopa.readers._rich_text import rich_text, unpacked

LIMIT = 32 * 2**20  # bytes of a stream; a body that people read has thousands
PLAIN, PAGE, RICH = "PidTagBody", "PidTagHtml", "PidTagRtfCompressed"


def item_bodies(
    evidence: str, raw: bytes, item: Item, title: str | None
) -> tuple[list[Body], list[str]]:
    """Return the plain body and the page, and what is wrong with them in words.

    The page is taken out of rich text where it has no property of its own.
    """
    said = item.properties
    prefix = f"{item.number}/" if item.number else ""
    plain, page, rich = (said.stream(tag) for tag in (outlook.BODY, outlook.HTML, outlook.RTF))
    found: list[Body] = []
    if plain:
        part = _part(f"{prefix}{PLAIN}", "text/plain", said.charset(plain[0]))
        found.append(_read(evidence, raw, plain[1], part, title))
    if page:
        charset = said.charset(page[0]) if page[0] != outlook.BINARY else None
        part = _part(f"{prefix}{PAGE}", "text/html", charset or outlook.charset_of_html(said))
        found.append(_read(evidence, raw, page[1], part, title))
    if page or not rich:
        return found, []
    rtf, doubt = unpacked(rich[1].content(raw, LIMIT))
    made = rich_text(rtf)
    part = _part(f"{prefix}{RICH}", "text/html" if made.is_page else "text/plain", "utf-8")
    body = read_body(evidence, made.content, replace(part, end=len(made.content)), title)
    return [*found, _whole(body, rich[1].spans)], [f"{part.number}: {doubt}"] if doubt else []


def _part(number: str, kind: str, charset: str | None) -> Part:
    return Part(number, 0, kind, charset, "", "", None, 0, 0, alternative="0")


def _read(evidence: str, raw: bytes, stream: Stream, part: Part, title: str | None) -> Body:
    content = stream.content(raw, LIMIT)
    body = read_body(evidence, content, replace(part, end=len(content)), title)
    return _laid(body, stream.spans)


def _whole(body: Body, spans: tuple[Span, ...]) -> Body:
    """Cite a body by all the bytes that it was unpacked from."""
    if body.document is None:
        return body
    size = sum(length for _, length in spans)
    pieces = (Piece(0, len(body.document.text), 0, size),)
    return _laid(replace(body, document=replace(body.document, pieces=pieces)), spans)


def _laid(body: Body, spans: tuple[Span, ...]) -> Body:
    """Return a body whose pieces are cited where the stream lies in the file.

    A piece that lies on several spans is cut where they end, if its characters can be told apart;
    else it is cited by the first, and pieces without text stand for the others.
    """
    if body.document is None:
        return body
    places = _Places(body.document, spans)
    pieces = [one for piece in body.document.pieces for one in places.of(piece)]
    return replace(body, document=replace(body.document, pieces=tuple(pieces)))


class _Places:
    """The way from the bytes of a stream to those of the file, asked in their order."""

    def __init__(self, document: Document, spans: tuple[Span, ...]) -> None:
        self._document = document
        self._spans = spans
        self._number = 0
        self._before = 0  # bytes of the stream before that span

    def of(self, piece: Piece) -> Iterator[Piece]:
        """Yield the piece, cut where the stream is."""
        at, left, start = piece.offset or 0, piece.length or 0, piece.start
        exact = self._width(start, piece.end) == left
        while self._number < len(self._spans):
            offset, length = self._spans[self._number]
            within = at - self._before
            if within >= length:
                self._number += 1
                self._before += length
                continue
            some = min(left, length - within)
            end = self._end(start, piece.end, some) if exact and some < left else piece.end
            yield Piece(start, end, offset + within, some)
            start, at, left = end, at + some, left - some
            if not left:
                return

    def _end(self, start: int, end: int, size: int) -> int:
        """Return how far the characters go that begin within so many bytes."""
        low, high = start, end
        while low < high:
            middle = (low + high + 1) // 2
            if self._width(start, middle) <= size:
                low = middle
            else:
                high = middle - 1
        return low if self._width(start, low) == size else min(end, low + 1)

    def _width(self, start: int, end: int) -> int:
        return len(self._document.text[start:end].encode(self._document.encoding, "replace"))
