"""What is left of a zip without its directory: members by their own headers, as far as they go.

Spec: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7 (local file header)
Why: a zip keeps its directory at the end, so a copy that was cut off has none, and most of its
members are whole.
Trap: a header need not say how long its member is; each reaches to the next header at most.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ENCRYPTED = 0x1  # general purpose flag, bit 0
LOCAL_HEADER = 30  # bytes before a member's name
ENTRIES = 20_000
HEADER = re.compile(rb"PK\x03\x04(?=.{22}[^\x00]\x00)", re.DOTALL)  # a name of 1 to 255 bytes
HEADERS = 64 * 2**20  # bytes in which headers are looked for
AT_A_TIME = 512  # packed bytes, so that what comes before damage is kept
MOST = 2**20  # bytes unpacked at a time
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
FLAGS = struct.Struct("<HH")  # flags and method
LAID = struct.Struct("<4s22xHH")  # mark, lengths of name and extra


@dataclass(frozen=True, slots=True)
class Piece:
    """A member: its name, and where its bytes lie in the file at most; deflated or as they are."""

    name: str
    offset: int
    length: int
    deflated: bool


def pieces(path: Path, size: int) -> Iterator[Piece]:
    """Yield the members of a zip without directory: each reaches to the next header."""
    with path.open("rb") as file:
        raw = file.read(min(size, HEADERS))
    last = len(raw) - LOCAL_HEADER
    starts = [at for found in HEADER.finditer(raw) if (at := found.start()) <= last][:ENTRIES]
    for start, end in pairwise([*starts, len(raw)]):
        flags, method = FLAGS.unpack_from(raw, start + 6)
        _, name, extra = LAID.unpack_from(raw, start)
        data = start + LOCAL_HEADER + name + extra
        if data < end and not flags & ENCRYPTED and method in METHODS:
            named = raw[start + LOCAL_HEADER : start + LOCAL_HEADER + name]
            deflated = method == zipfile.ZIP_DEFLATED
            yield Piece(named.decode("utf-8", "replace"), data, end - data, deflated)


def unpack(path: Path, piece: Piece) -> Iterator[bytes]:
    """Yield a member's bytes. Raises `zlib.error` where they are damaged, `EOFError` at a cut."""
    with path.open("rb") as file:
        file.seek(piece.offset)
        if not piece.deflated:
            left = piece.length
            while left and (chunk := file.read(min(MOST, left))):
                left -= len(chunk)
                yield chunk
            return
        inflating = zlib.decompressobj(-zlib.MAX_WBITS)
        left = piece.length
        while not inflating.eof:
            packed = inflating.unconsumed_tail or file.read(min(AT_A_TIME, left))
            left -= 0 if inflating.unconsumed_tail else len(packed)
            if not packed:
                raise EOFError("cut off")
            if chunk := inflating.decompress(packed, MOST):
                yield chunk
