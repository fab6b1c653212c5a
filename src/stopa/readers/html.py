"""Web pages: their running text, with the way back from each character to the bytes.

Spec: https://html.spec.whatwg.org/multipage/
Why: an article as it was saved is evidence; its menus and scripts are structure around it.
Trap: nothing in a page is run, fetched or followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stopa.model.document import Document, Piece
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._decoding import Decoded, decode, head_text
from stopa.readers._page import Page, Runs, read_page
from stopa.readers._reader import Found, Reader, Source

PAGE_LIMIT = 64 * 2**20  # bytes; pages that people read have fewer than ten million
PIECES = 200_000  # pieces of a document; of more, neighbours are joined

START = re.compile(
    r"""(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*<(?:!doctype\s+html|html|head|body|title|meta|link|base
    |article|main|section|nav|header|footer|div|p|span|center|font|table|h[1-6]|ul|ol|img|a|br|b
    |script|style)[\s/>]""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
CHARSET = re.compile(
    rb"""<(?:meta[^>]{0,300}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?([\w.:-]{1,40})""",
    re.IGNORECASE,
)
CHARSET_WITHIN = 4096  # bytes; the specification says 1024, pages do not keep to it


def recognises(head: bytes) -> bool:
    """Recognise a page by the first tag."""
    return START.match(head_text(head)) is not None


def read(source: Source) -> Iterator[Found]:
    """Yield the running text as one document, and everything around it as structure."""
    with source.path.open("rb") as file:
        raw = file.read(PAGE_LIMIT)
        size = max(source.size, len(raw))
    decoded = decode(raw, stated_charset(raw))
    page = read_page(decoded.text)
    pieces = page_pieces(page.runs, decoded, decoded.mark, len(raw) - decoded.mark - decoded.rest)
    if pieces:
        yield Document(source.sha256, "html", page.text, pieces, page.title, decoded.encoding)
    yield from _around(source, pieces, len(raw), _unclosed(page, decoded))
    if decoded.doubt:
        place = Where(source.sha256, offset=0, length=0)
        yield Problem(decoded.doubt, place, "check names and quotations against the original")
    if size > len(raw):
        where = Where(source.sha256, offset=len(raw), length=size - len(raw))
        yield Problem(
            f"page longer than {PAGE_LIMIT} bytes; the rest is not read",
            where,
            "hand in the part that matters as a page of its own",
        )


def stated_charset(raw: bytes) -> str | None:
    """Return the charset that a page says it is in."""
    found = CHARSET.search(raw, 0, CHARSET_WITHIN)
    return found[1].decode("ascii", "replace") if found else None


def page_pieces(runs: Runs, decoded: Decoded, offset: int, length: int) -> tuple[Piece, ...]:
    """Return the pieces of a page's text, its bytes lying at `offset` for `length`."""
    if not runs.size:
        return ()
    if not decoded.exact:
        return (Piece(0, runs.size, offset, length),)
    single = length == len(decoded.text) and not decoded.encoding.startswith("utf-16")
    spans = _single_spans(runs, offset) if single else _spans(runs, decoded, offset)
    return tuple(_joined(spans, len(runs.end)))


def _single_spans(runs: Runs, offset: int) -> Iterator[tuple[int, int, int]]:
    """Yield what `_spans` does of a page whose every character is one byte."""
    for end, start, stop in zip(runs.end, runs.source_start, runs.source_end, strict=True):
        yield end, offset + start, offset + stop


def _spans(runs: Runs, decoded: Decoded, offset: int) -> Iterator[tuple[int, int, int]]:
    """Yield for each run where its text ends, and where its bytes begin and end."""
    at = 0
    for end, start, stop in zip(runs.end, runs.source_start, runs.source_end, strict=True):
        offset += decoded.width(at, start)
        begin = offset
        offset += decoded.width(start, stop)
        at = stop
        yield end, begin, offset


def _joined(spans: Iterator[tuple[int, int, int]], count: int) -> Iterator[Piece]:
    """Make pieces of the runs, of several neighbours each where there are too many."""
    together = -(-count // PIECES)
    start = 0
    begin: int | None = None
    for done, (end, first, last) in enumerate(spans, 1):
        begin = first if begin is None else begin
        if done % together == 0 or done == count:
            yield Piece(start, end, begin, last - begin)
            start, begin = end, None


def _unclosed(page: Page, decoded: Decoded) -> int | None:
    """Return the byte at which something begins that is never closed."""
    if page.unclosed is None or not decoded.exact:
        return None
    return decoded.mark + decoded.width(0, page.unclosed)


def _around(
    source: Source, pieces: Sequence[Piece], size: int, unclosed: int | None
) -> Iterator[Structure | Problem]:
    """Yield what lies between the pieces: structure, or a problem where it is never closed."""
    at = 0
    for piece in pieces:
        offset, length = piece.offset or 0, piece.length or 0
        if offset > at:
            yield Structure(Where(source.sha256, offset=at, length=offset - at))
        at = offset + length
    end = size if unclosed is None else max(at, min(unclosed, size))
    if end > at:
        yield Structure(Where(source.sha256, offset=at, length=end - at))
    if size > end:
        where = Where(source.sha256, offset=end, length=size - end)
        yield Problem(
            "a tag, comment or script is never closed; what follows is not read",
            where,
            "save the page again from a browser",
        )


READER = Reader("html", "Web page", recognises, read)
