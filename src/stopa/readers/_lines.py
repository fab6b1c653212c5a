"""The lines of a text log, one at a time, each with its number and its bytes.

Spec: https://www.unicode.org/versions/latest/core-spec/chapter-23/#G19635 (byte order marks)
Why: memory stays bounded however large the file, and even where it holds no line ending at all.
Trap: offsets and lengths count the bytes of the evidence (line ending included), while `raw` is
UTF-8 without the line ending: a UTF-16 log is turned into UTF-8 on the way. What cannot be decoded
stays visible as a backslash escape.
"""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import numpy as np

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._reader import HEAD, Reader, Source, Stretch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

LINE_LIMIT = 16 * 2**20  # bytes; no log writes longer lines, a file without line endings is one
LF = ord("\n")
COUNTED = 128 * 2**10  # bytes in which lines are counted at a time
CHUNK = 4 * 2**20  # bytes read at a time

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


class Block(NamedTuple):
    """Some lines one after another: the first one's number and offset, and their text.

    `text` lacks the last line's LF, `feeds` are the places of the others. `size` are all their
    bytes; the last line of a file may lack its ending.
    """

    number: int
    offset: int
    size: int
    text: bytes
    feeds: Numbers

    @property
    def raws(self) -> list[bytes]:
        """The lines, each without its LF."""
        return self.text.split(b"\n")


def blocks(source: Source) -> Iterator[Block | Line | Problem | Structure]:
    """Yield lines as `lines` does, many at a time where they are plain."""
    with source.path.open("rb") as file:
        if _mark(file.read(max(map(len, MARKS)))):
            yield from lines(source)
            return
        number, offset, stop = 1, 0, None
        if source.stretch is not None:
            number, offset, stop = astuple(source.stretch)
        file.seek(offset)
        rest = b""
        while piece := file.read(CHUNK if stop is None else min(CHUNK, stop - file.tell())):
            end = piece.rfind(b"\n")
            if end >= 0:
                whole = b"".join((rest, memoryview(piece)[:end]))
                for found in _whole(source, number, offset, whole):
                    yield found
                    number += len(found.feeds) + 1 if isinstance(found, Block) else 1
                offset, rest = offset + len(whole) + 1, piece[end + 1 :]
            else:
                rest += piece
            if len(rest) >= LINE_LIMIT:
                length = len(rest) + _rest(file)
                yield _endless(source, number, offset, length)
                number, offset, rest = number + 1, offset + length, b""
        if rest:
            yield block_of(number, offset, len(rest), rest)


def _whole(source: Source, number: int, offset: int, text: bytes) -> Iterator[Block | Problem]:
    """Yield whole lines; the first may have been endless."""
    length = len(text.split(b"\n", 1)[0]) if len(text) >= LINE_LIMIT else 0
    if length < LINE_LIMIT:
        yield block_of(number, offset, len(text) + 1, text)
        return
    yield _endless(source, number, offset, length + 1)
    if length < len(text):
        after = length + 1
        yield block_of(number + 1, offset + after, len(text) + 1 - after, text[after:])


def block_of(number: int, offset: int, size: int, text: bytes) -> Block:
    """Return lines as a block, given the number and the offset of the first, and their bytes."""
    return Block(number, offset, size, text, np.flatnonzero(np.frombuffer(text, np.uint8) == LF))


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
                yield _endless(source, number, offset, length)
            else:
                yield Line(number, offset, length, _utf8(raw, encoding) if wide else raw)
            offset += length


def divided(reader: Reader, source: Source, parts: int) -> list[Stretch]:
    """Divide a file into so many stretches of about one size; none if it cannot be divided.

    The lines of each are counted from 1: `counted` tells how many come before.
    """
    if reader.cuts is not None:
        return reader.cuts(source, parts)
    with source.path.open("rb") as file:
        head = file.read(HEAD)
        if reader.divides is None or _mark(head) or not reader.divides(head):
            return []
        found: list[Stretch] = []
        start = 0
        for part in range(1, parts + 1):
            file.seek(max(start, source.size * part // parts))
            _rest(file)  # to the end of the line
            stop = file.tell()
            if stop > start:
                found.append(Stretch(1, start, stop))
                start = stop
    return found


def counted(path: Path, offsets: Sequence[int]) -> tuple[str, list[int]]:
    """Return the SHA-256 of a file, and how many lines end before each of the offsets, in order.

    The file is read once, through one small buffer, since memory is slower.
    """
    digest, lines, line = hashlib.sha256(), list[int](), 0
    buffer = bytearray(COUNTED)
    numbers, view = np.frombuffer(buffer, np.uint8), memoryview(buffer)
    with path.open("rb", buffering=0) as file:
        for offset in (*offsets, None):
            while size := file.readinto(view[: None if offset is None else offset - file.tell()]):
                digest.update(view[:size])
                if offset is not None:
                    line += int(np.count_nonzero(numbers[:size] == LF))
            lines.append(line)
    return digest.hexdigest(), lines[:-1]


def decoded(head: bytes) -> bytes:
    """Return the first bytes of a text as UTF-8 without its byte order mark, to recognise it."""
    mark = _mark(head)
    encoding = MARKS.get(mark, ("utf-8", b""))[0]
    return head[len(mark) :] if encoding == "utf-8" else _utf8(head[len(mark) :], encoding)


def _mark(head: bytes) -> bytes:
    return next((mark for mark in MARKS if head.startswith(mark)), b"")


def _endless(source: Source, number: int, offset: int, length: int) -> Problem:
    where = Where(source.sha256, line=number, offset=offset, length=length)
    return Problem(f"line longer than {LINE_LIMIT} bytes", where, "not a text log?")


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
