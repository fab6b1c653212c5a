"""A file that is one text: read as decoded, character for character, in parts of bounded size.

Why: offsets into the text are a contract, so nothing is normalised, not even a line ending. A text
of up to `PART` bytes is one document; a longer one becomes several, cut after a line, each with
offsets of its own and a `part`, so that memory stays bounded and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stopa.model.document import Document
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._decoding import Decoded, decode, decode_as
from stopa.readers._reader import Found, Source

PART = 64 * 2**20  # bytes
HINT = "the encoding is named in the document; convert the file to UTF-8 if it is wrong"


def read_plain(source: Source, kind: str) -> Iterator[Found]:
    """Yield the text as documents of that kind, without titles; a byte order mark is structure."""
    wide: str | None = None
    whole = source.size <= PART
    for number, (offset, raw) in enumerate(_parts(source.path), 1):
        decoded = decode_as(raw, wide) if wide else decode(raw)
        wide = decoded.encoding if decoded.encoding.startswith("utf-16") else None
        part = None if whole else f"part {number}"
        if decoded.mark:
            yield Structure(Where(source.sha256, offset=offset, length=decoded.mark))
        if decoded.text:
            span = offset + decoded.mark, len(raw) - decoded.mark - decoded.rest
            yield _document(source, kind, decoded, span, part)
        if decoded.doubt:
            start = offset + decoded.mark
            yield Problem(
                decoded.doubt, Where(source.sha256, offset=start, length=0, part=part), HINT
            )
        if decoded.rest:
            end = offset + len(raw) - decoded.rest
            rest = Where(source.sha256, offset=end, length=decoded.rest)
            yield Problem("half a character", rest, "cut off while it was copied?")


def _parts(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield offset and bytes of each part."""
    offset, kept = 0, b""
    with path.open("rb") as file:
        while raw := kept + file.read(PART - len(kept)):
            end = len(raw) if len(raw) < PART else _cut(raw)
            yield offset, raw[:end]
            offset, kept = offset + end, raw[end:]


def _cut(raw: bytes) -> int:
    """Return where to cut: after the last line, else before the last character."""
    wide = b"\0" in raw[:1024]
    end = raw.rfind(b"\n") + 1
    if end:
        return end + (end % 2 if wide else 0)
    leads = (len(raw) - back for back in range(1, 5) if raw[-back] >= 0xC0)
    return len(raw) if wide else next(leads, len(raw))


def _document(
    source: Source, kind: str, decoded: Decoded, span: tuple[int, int], part: str | None
) -> Document:
    pieces = tuple(decoded.pieces(*span))
    return Document(source.sha256, kind, decoded.text, pieces, None, decoded.encoding, part)
