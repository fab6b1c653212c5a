"""Office files as packages: a zip of XML parts, opened with limits, every byte of it accounted for.

Spec: https://ecma-international.org/publications-and-standards/standards/ecma-376/ (OPC, part 2)
Why: text in a package is packed, so a citation names the part and the byte in it once unpacked;
`offset` and `length` are those of the packed part in the file.
Trap: members may overlap, lie about their size, be encrypted or packed in ways the standard does
not allow; a part may be a bomb. Nothing is unpacked to disk, no relation is followed.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._archive import DAMAGE, overlapping
from stopa.readers._zip_pieces import (
    AT_A_TIME,
    ENCRYPTED,
    ENTRIES,
    LAID,
    LOCAL_HEADER,
    METHODS,
    pieces,
)

PART_LIMIT = 128 * 2**20  # bytes of one part, unpacked; a book of a thousand pages has ten million
FREE, RATIO = 8 * 2**20, 250  # bytes that may come out of anything; then how many for a byte
CHUNK = 256 * 1024
BROKEN = (*DAMAGE, struct.error, IndexError)
COMPARE = "cut off or damaged? compare its hash with the original's"
FOUND = "parts were found by their own headers, as far as they go"


@dataclass(frozen=True, slots=True)
class Part:
    """A member: its name, and where its packed bytes lie in the file.

    `info` is its entry in the directory, None where the directory is lost.
    """

    name: str
    offset: int
    length: int
    info: zipfile.ZipInfo | None
    packed: bool = True


@dataclass(frozen=True, slots=True)
class Package:
    """The parts that can be read by name, and what is wrong with the others."""

    path: Path
    archive: zipfile.ZipFile | None
    parts: dict[str, Part]
    flaws: tuple[tuple[str, str], ...]

    def chunks(self, part: Part) -> Generator[bytes | str, None, None]:
        """Yield the bytes of a part; at the end a defect in words where there is one."""
        out = 0
        try:
            with self._opened(part) as file:
                while chunk := file.read(CHUNK):
                    out += len(chunk)
                    if out > PART_LIMIT or (out > FREE and out > part.length * RATIO):
                        yield f"unpacks to too much; stopped at {out} bytes"
                        return
                    yield chunk
        except BROKEN as error:
            yield f"damaged after {out} bytes: {error}"

    def close(self) -> None:
        """Close the file."""
        if self.archive is not None:
            self.archive.close()

    def _opened(self, part: Part) -> IO[bytes]:
        if self.archive is not None and part.info is not None:
            return self.archive.open(part.info)
        with self.path.open("rb") as file:
            file.seek(part.offset)
            raw = file.read(part.length)
        return BytesIO(_inflated(raw) if part.packed else raw)


def _inflated(raw: bytes) -> bytes:
    """Return what packed bytes hold as far as they go; more than the limits allow is cut."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    most = min(PART_LIMIT, max(FREE, len(raw) * RATIO)) + 1
    out = bytearray()
    with suppress(zlib.error):
        for start in range(0, len(raw), AT_A_TIME):
            out += unpacker.decompress(raw[start : start + AT_A_TIME], most - len(out))
            if len(out) >= most or unpacker.eof:
                break
    return bytes(out)


def opened(path: Path, size: int) -> Package | str:
    """Open a package for reading, or return in words why it is none; the caller closes it.

    Where the directory at its end is lost, parts are found by their own headers.
    """
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        found = {
            piece.name: Part(piece.name, piece.offset, piece.length, None, piece.deflated)
            for piece in pieces(path, size)
        }
        why = str(error) or "no directory of parts"
        return Package(path, None, found, (("", f"{why}; {FOUND}"),)) if found else why
    infos = archive.infolist()[:ENTRIES]
    crossed = overlapping(infos)
    parts: dict[str, Part] = {}
    flaws: list[tuple[str, str]] = []
    for info in infos:
        start = _data(path, info, size)
        flaw = _flaw(info, crossed, parts, start)
        if flaw:
            flaws.append((info.filename, flaw))
        elif start is not None and not info.filename.endswith("/"):
            parts[info.filename] = Part(info.filename, start, info.compress_size, info)
    if len(archive.infolist()) > ENTRIES:
        flaws.append(("", f"more than {ENTRIES} parts; the rest is not looked at"))
    return Package(path, archive, parts, tuple(flaws))


def around(evidence: str, size: int, taken: list[tuple[int, int]]) -> Iterator[Structure]:
    """Yield all bytes of the file but those taken, as structure."""
    end = 0
    for offset, length in sorted(set(taken)):
        if offset > end:
            yield Structure(Where(evidence, offset=end, length=offset - end))
        end = offset + length
    if end < size:
        yield Structure(Where(evidence, offset=end, length=size - end))


def note(evidence: str, part: str, what: str, hint: str) -> Problem:
    """Return a problem with a part; it stands for no bytes of its own."""
    return Problem(what, Where(evidence, part=part or "package"), hint)


def _flaw(
    info: zipfile.ZipInfo, crossed: set[int], parts: dict[str, Part], start: int | None
) -> str | None:
    if info.header_offset in crossed:
        return "overlaps another part, not read"
    if info.flag_bits & ENCRYPTED:
        return "encrypted, not read"
    if info.compress_type not in METHODS:
        return "packed in a way that the format does not allow, not read"
    if info.filename in parts:
        return "a second part of the same name, not read"
    return "lies outside of the file, not read" if start is None else None


def _data(path: Path, info: zipfile.ZipInfo, size: int) -> int | None:
    """Return where the packed bytes of a member begin; None where they do not lie in the file."""
    with path.open("rb") as file:
        file.seek(max(info.header_offset, 0))
        header = file.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER:
        return None
    mark, name, extra = LAID.unpack(header)
    start: int = info.header_offset + LOCAL_HEADER + name + extra
    inside = mark == b"PK\x03\x04" and info.compress_size >= 0
    return start if inside and start + info.compress_size <= size else None
