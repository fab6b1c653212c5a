"""The lines of a text log, one at a time, each with its number and its bytes.

Spec: https://www.unicode.org/versions/latest/core-spec/chapter-23/#G19635 (byte order marks)
Why: memory stays bounded however large the file, and even where it holds no line ending at all.
Trap: offsets and lengths count the bytes of the evidence (line ending included), while `raw` is
UTF-8 without the line ending: a UTF-16 log is turned into UTF-8 on the way. What cannot be decoded
stays visible as a backslash escape.
"""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from itertools import count
from typing import BinaryIO, NamedTuple

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._reader import Source

LINE_LIMIT = 16 * 2**20  # bytes; no log writes longer lines, a file without line endings is one
CHUNK = 2**20  # bytes read at a time where lines are wide or too long

# Byte order mark -> how its text is decoded and what ends a line.
MARKS = {
    BOM_UTF8: ("utf-8", b"\n"),
    BOM_UTF16_LE: ("utf-16-le", b"\n\x00"),
    BOM_UTF16_BE: ("utf-16-be", b"\x00\n"),
}


class Line(NamedTuple):
    """A line: 1-based number, its bytes in the evidence, and its text as UTF-8."""

    number: int
    offset: int
    length: int
    raw: bytes

    @property
    def text(self) -> str:
        """The line as text, undecodable bytes as backslash escapes."""
        return self.raw.decode("utf-8", "backslashreplace")

    def where(self, source: Source) -> Where:
        """Cite the line."""
        return Where(source.sha256, line=self.number, offset=self.offset, length=self.length)


def lines(source: Source) -> Iterator[Line | Problem | Structure]:
    """Yield the lines in order; a byte order mark is structure, an endless line a problem.

    Blank lines are lines too. Line endings are LF and CR LF.
    """
    with source.path.open("rb") as file:
        mark = _mark(file.read(max(map(len, MARKS))))
        file.seek(len(mark))
        if mark:
            yield Structure(Where(source.sha256, offset=0, length=len(mark)))
        encoding, end = MARKS.get(mark, ("utf-8", b"\n"))
        wide = len(end) > 1
        offset = len(mark)
        for number in count(1):
            raw, length = _wide_line(file, end) if wide else _line(file)
            if not length:
                return
            if raw is None:
                where = Where(source.sha256, line=number, offset=offset, length=length)
                yield Problem(f"line longer than {LINE_LIMIT} bytes", where, "not a text log?")
            else:
                yield Line(number, offset, length, _utf8(raw, encoding) if wide else raw)
            offset += length


def decoded(head: bytes) -> bytes:
    """Return the first bytes of a text as UTF-8 without its byte order mark, to recognise it."""
    mark = _mark(head)
    encoding = MARKS.get(mark, ("utf-8", b""))[0]
    return head[len(mark) :] if encoding == "utf-8" else _utf8(head[len(mark) :], encoding)


def _mark(head: bytes) -> bytes:
    return next((mark for mark in MARKS if head.startswith(mark)), b"")


def _line(file: BinaryIO) -> tuple[bytes | None, int]:
    """Return the next line without its ending (None if too long) and its length in bytes."""
    raw = file.readline(LINE_LIMIT)
    if raw.endswith(b"\n"):
        return raw[:-2] if raw.endswith(b"\r\n") else raw[:-1], len(raw)
    if len(raw) < LINE_LIMIT:
        return raw, len(raw)
    return None, len(raw) + _rest(file)


def _rest(file: BinaryIO) -> int:
    length = 0
    while piece := file.readline(CHUNK):
        length += len(piece)
        if piece.endswith(b"\n"):
            break
    return length


def _wide_line(file: BinaryIO, end: bytes) -> tuple[bytes | None, int]:
    """Read up to a line ending of two bytes: a byte 0A may as well be half of a character."""
    pieces: list[bytes] = []
    length, last = 0, b""
    while piece := file.readline(CHUNK):
        if end.startswith(b"\n") and piece.endswith(b"\n") and (length + len(piece)) % 2:
            piece += file.read(1)
        length += len(piece)
        last = (last + piece)[-2:]
        if length <= LINE_LIMIT:
            pieces.append(piece)
        if length % 2 == 0 and last == end:
            break
    return (b"".join(pieces) if length <= LINE_LIMIT else None), length


def _utf8(raw: bytes, encoding: str) -> bytes:
    text = raw.decode(encoding, "backslashreplace")
    return (text[:-2] if text.endswith("\r\n") else text.removesuffix("\n")).encode()
