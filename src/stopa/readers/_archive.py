"""Archives as streams of members, with limits on how much may come out of how little.

Spec: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (zip), RFC 1952 (gzip),
https://tukaani.org/xz/xz-file-format.txt, POSIX.1-2017 pax (tar)
Trap: a zip whose members overlap unpacks the same bytes many times; Python before 3.11.8 does not
refuse it. A tar header may send a seeking reader backwards for ever; a streaming one cannot.
Trap: Office documents are zips, and stay whole.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import partial
from io import BufferedIOBase
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from stopa.readers._zip_pieces import ENCRYPTED, LOCAL_HEADER, Piece, pieces, unpack

HEAD = 512
CHUNK = 1024 * 1024
PIECE = 4096  # of a tar's member: the library withholds a piece that is not there whole
GZIP = b"\x1f\x8b\x08"
XZ = b"\xfd7zXZ\x00"
BZIP2 = re.compile(rb"BZh[1-9]1AY&SY")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
DOCUMENTS = (
    b"[Content_Types].xml", b"mimetype", b"_rels/.rels", b"docProps/", b"word/document.xml",
    b"word/numbering.xml", b"word/styles.xml", b"word/settings.xml",
)  # fmt: skip
TAR_MAGIC = slice(257, 262)
EXTENSION = 2**20  # bytes of names and attributes that a tar header may add to a member
EXTENSIONS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
UNPACK = "unpack it with another tool and hand in what comes out"
DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    lzma.LZMAError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold. `ratio` is bytes out for a byte in, past the first `free`.

    Deflate cannot exceed 1032; logs stay far below 250 with it. xz and bzip2 have no such bound.
    """

    entries: int = 200_000
    depth: int = 4
    total: int = 64 * 2**30
    member: int = 16 * 2**30
    free: int = 64 * 2**20
    ratio: int = 250
    ratio_of_xz: int = 2500


class Budget:
    """What may still come out of one file that was handed in, archives inside it included."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.total = 0
        self.entries = 0


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its name as the archive has it, and its bytes, at the end a defect in words."""

    name: str
    chunks: Callable[[], Iterator[bytes | str]]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something about a member, or about the archive, that the analyst must know."""

    member: str
    what: str
    hint: str


Found = Member | Flaw
Opened = Callable[[], IO[bytes] | BufferedIOBase]
Unpacker = Callable[[BinaryIO], BufferedIOBase]


@dataclass(frozen=True, slots=True)
class Archive:
    """A format that holds files: `members` takes its path, its name and the budget."""

    name: str
    members: Callable[[Path, str, Budget], Iterator[Found]]


def archive_of(path: Path) -> Archive | None:
    """Return how to walk a file, by its first bytes; None where it is no archive."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(GZIP):
        return Archive("gzip", _gzip)
    if head.startswith(XZ):
        return Archive("xz", _xz)
    if BZIP2.match(head):
        return Archive("bzip2", _bzip2)
    if head[TAR_MAGIC] == b"ustar":
        return Archive("tar", _tar)
    if head.startswith(ZIP) and not head[LOCAL_HEADER:].startswith(DOCUMENTS):
        return Archive("zip", _zip)
    return None


def _gzip(path: Path, name: str, budget: Budget) -> Iterator[Found]:
    return _one(
        path, name, budget, lambda packed: gzip.GzipFile(fileobj=packed), budget.limits.ratio
    )


def _xz(path: Path, name: str, budget: Budget) -> Iterator[Found]:
    return _one(path, name, budget, lzma.LZMAFile, budget.limits.ratio_of_xz)


def _bzip2(path: Path, name: str, budget: Budget) -> Iterator[Found]:
    return _one(path, name, budget, bz2.BZ2File, budget.limits.ratio_of_xz)


def _one(path: Path, name: str, budget: Budget, opened: Unpacker, ratio: int) -> Iterator[Found]:
    """Yield the one member of a compressed file, named like the file less its last suffix."""
    inner = PurePosixPath(name)

    def chunks() -> Iterator[bytes | str]:
        with path.open("rb") as packed:
            yield from _chunks(lambda: opened(packed), packed.tell, ratio, budget)

    yield Member(inner.stem if inner.suffix else inner.name, chunks)


def _zip(path: Path, name: str, budget: Budget) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(path) as archive:
            crossed = overlapping(archive.infolist())
            seen: set[str] = set()
            for info in archive.infolist():
                yield from _flaws(info.filename, seen)
                if info.is_dir():
                    continue
                if info.header_offset in crossed:
                    yield Flaw(info.filename, "overlaps another member, not unpacked", UNPACK)
                elif info.flag_bits & ENCRYPTED:
                    yield Flaw(info.filename, "encrypted, not unpacked", "decrypt it first")
                elif over(budget):
                    yield Flaw(info.filename, too_many(budget), UNPACK)
                    return
                else:
                    yield _zip_member(archive, info, budget)
    except DAMAGE as error:
        yield Flaw(name, f"the archive is damaged: {error}", UNPACK)
        yield from _remains(path, budget)


def _remains(path: Path, budget: Budget) -> Iterator[Found]:
    """Yield the members of a zip whose directory is lost, by their own headers."""
    seen: set[str] = set()
    for piece in pieces(path, path.stat().st_size):
        yield from _flaws(piece.name, seen)
        if over(budget):
            yield Flaw(piece.name, too_many(budget), UNPACK)
            return
        if not piece.name.endswith("/"):
            yield _remaining(path, piece, budget)


def _remaining(path: Path, piece: Piece, budget: Budget) -> Member:
    unpacked = partial(unpack, path, piece)
    ratio = budget.limits.ratio
    return Member(piece.name, lambda: _limited(unpacked, lambda: piece.length, ratio, budget))


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Found:
    ratio = budget.limits.ratio
    if info.compress_type in (zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2):
        ratio = budget.limits.ratio_of_xz
    if info.file_size > budget.limits.free and info.file_size > info.compress_size * ratio:
        what = f"says it unpacks to {info.file_size} bytes, over {ratio} times its size"
        return Flaw(info.filename, f"{what}; not unpacked", UNPACK)
    return Member(info.filename, lambda: _checked(archive, info, ratio, budget))


def _checked(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, ratio: int, budget: Budget
) -> Iterator[bytes | str]:
    """Yield a member's bytes; its checksum is compared at the end, so that nothing is held back."""
    bare = copy(info)
    del bare.CRC
    checksum = 0
    for chunk in _chunks(lambda: archive.open(bare), lambda: info.compress_size, ratio, budget):
        yield chunk
        if isinstance(chunk, str):
            return
        checksum = zlib.crc32(chunk, checksum)
    if checksum != info.CRC:
        yield "damaged: its checksum does not fit"


def overlapping(infos: list[zipfile.ZipInfo]) -> set[int]:
    """Return the header offsets of members that begin before the one in front of them ends."""
    found: set[int] = set()
    end, last = -1, -1
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            found |= {info.header_offset, last}
        last = info.header_offset
        name = info.orig_filename.encode("utf-8", "replace")
        end = max(end, last + LOCAL_HEADER + len(name) + info.compress_size)
    return found


class _Header(tarfile.TarInfo):
    """A tar header; the library takes what names and attributes follow it into memory whole."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in EXTENSIONS and self.size > EXTENSION:
            raise tarfile.ReadError(f"a header of {self.size} bytes")
        member: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
        return member


def _tar(path: Path, name: str, budget: Budget) -> Iterator[Found]:
    size = path.stat().st_size
    seen: set[str] = set()
    try:
        with tarfile.open(path, "r|", tarinfo=_Header) as archive:
            for info in archive:
                yield from _flaws(info.name, seen)
                if info.isdir():
                    continue
                if not info.isfile():
                    yield Flaw(info.name, "a link or device, not followed", "hand in its content")
                elif over(budget):
                    yield Flaw(info.name, too_many(budget), UNPACK)
                    return
                else:
                    yield _tar_member(archive, info, size, budget)
    except DAMAGE as error:
        yield Flaw(name, f"the archive is damaged: {error}", UNPACK)


def _tar_member(
    archive: tarfile.TarFile, info: tarfile.TarInfo, size: int, budget: Budget
) -> Member:
    def read() -> Iterator[bytes]:
        file = archive.extractfile(info)
        if file is None:
            raise tarfile.ReadError("no content")
        with file:
            while chunk := file.raw.read(PIECE):  # type: ignore[attr-defined]
                yield chunk

    return Member(info.name, lambda: _limited(read, lambda: size, budget.limits.ratio, budget))


def leading_out(name: str) -> Iterator[Flaw]:
    """Yield that a member's name leads out of what holds it, where it does."""
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
        what = "its name leads out of the archive; it is read under a name of ours"
        yield Flaw(name, what, "ask who made the archive: a usual tool writes no such name")


def _flaws(name: str, seen: set[str]) -> Iterator[Flaw]:
    yield from leading_out(name)
    if name in seen:
        what = "a second member of the same name; both are read"
        yield Flaw(name, what, "ask who made the archive")
    seen.add(name)


def _chunks(
    opened: Opened, packed: Callable[[], int], ratio: int, budget: Budget
) -> Iterator[bytes | str]:
    """Yield the bytes of a member as they come, so that what stands before damage is kept."""

    def read() -> Iterator[bytes]:
        with opened() as file:
            while chunk := file.read1(CHUNK):  # type: ignore[union-attr]
                yield chunk

    return _limited(read, packed, ratio, budget)


def _limited(
    read: Callable[[], Iterator[bytes]], packed: Callable[[], int], ratio: int, budget: Budget
) -> Iterator[bytes | str]:
    """Yield the bytes of a member; end in words where it is damaged or passes a limit.

    `packed` tells how many bytes were taken in so far, as far as that is known.
    """
    limits, out = budget.limits, 0
    try:
        for chunk in read():
            out += len(chunk)
            budget.total += len(chunk)
            if out > limits.free and out > packed() * ratio:
                yield f"unpacks to more than {ratio} times its size; stopped at {out} bytes"
                return
            if out > limits.member or budget.total > limits.total:
                yield f"unpacks to more than the limit; stopped at {out} bytes"
                return
            yield chunk
    except DAMAGE as error:
        yield f"damaged after {out} bytes: {error}"


def over(budget: Budget) -> bool:
    """Count one member more; tell whether that is too many."""
    budget.entries += 1
    return budget.entries > budget.limits.entries or budget.total > budget.limits.total


def too_many(budget: Budget) -> str:
    """Say why no further member is taken out."""
    return (
        f"more than {budget.limits.entries} members or {budget.limits.total} bytes; not walked on"
    )
