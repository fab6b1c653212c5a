"""Thousands of texts looked for in one pass over a value.

Why: Hyperscan finds 9,000 literals at about 1 GB/s without regard to (ASCII) case; Rust's
Aho-Corasick does 0.3 GB/s on values that were lowered first.
Trap: what is found is only a suspicion: a very long literal is looked for by its beginning. A
scratch belongs to one scan at a time, hence the lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import hyperscan
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

FOLD_TO_ASCII = ("ſ".encode(), "\N{KELVIN SIGN}".encode())  # all that there are
LONGEST = 200  # bytes of a literal that are looked for
# Compiling takes longer than looking for the texts one by one in the first few values. The effort,
# about a nanosecond for a byte and `LOOK` for a text, may grow to what compiling costs (measured).
LOOK = 60
PATIENCE = 2_000_000
PATIENCE_PER_TEXT = 20_000
FEW, SPARSE = 10_000, 64  # places that are noted: so many, and one more for so many bytes
WORTH_KEEPING = 30  # texts that take longer to compile than to read back

Kept = Mapping[str, bytes]  # compiled texts by their field
NONE: Kept = {}


class Literals:
    """Folded texts, by their place in the sequence; `compiled` if they were compiled before."""

    def __init__(self, texts: Sequence[str], compiled: bytes | None = None) -> None:
        self.asked = texts
        self.patience = PATIENCE + PATIENCE_PER_TEXT * len(texts)
        self.once = _read(compiled)
        self.every: hyperscan.Database | None = None
        self.lock = Lock()

    @cached_property
    def texts(self) -> list[bytes]:
        """What is looked for in place of the texts."""
        return [beginning(text) for text in self.asked]

    def within(self, raw: bytes) -> list[int]:
        """Return which texts stand in the bytes, each once; the bytes must be folded."""
        if self.once is None:
            self.patience -= len(self.texts) * (len(raw) + LOOK)
            if self.patience > 0:
                return [n for n, text in enumerate(self.texts) if text in raw]
        found: list[int] = []
        with self.lock:
            self.once = self.once or _each_once(self.texts)
            self.once.scan(raw, lambda text, *_: found.append(text))
        return found

    def places(self, raw: bytes | memoryview) -> Numbers | None:
        """Return where texts end in the bytes, every time that one does, in any (ASCII) case.

        Where a character stands that folds to ASCII counts too: a text may be behind it. None where
        there are so many that the bytes are better looked at piece by piece.
        """
        found: list[int] = []
        most = FEW + len(raw) // SPARSE

        def note(_: int, __: int, end: int, *___: object) -> bool:
            found.append(end)
            return len(found) > most

        with self.lock:
            self.every = self.every or _database([*self.texts, *FOLD_TO_ASCII])
            try:
                self.every.scan(raw, note)  # type: ignore[type-var]
            except hyperscan.ScanTerminated:
                return None
        return np.array(found, np.int64)

    def any_in(self, raw: memoryview) -> bool:
        """Tell whether one of the texts stands in the bytes, in any (ASCII) case."""
        with self.lock:
            self.once = self.once or _each_once(self.texts)
            try:
                self.once.scan(raw, _stop)  # type: ignore[type-var]
            except hyperscan.ScanTerminated:
                return True
        return False

    def compiled(self) -> bytes:
        """Return the texts compiled, as this machine can read them back."""
        self.once = self.once or _each_once(self.texts)
        return hyperscan.dumpb(self.once)


def beginning(text: str) -> bytes:
    """Return the bytes that are looked for in place of the text; empty if it cannot be done."""
    raw = text.encode("utf-8", "surrogatepass").split(b"\0", 1)[0]
    return raw[:LONGEST]


def _stop(*_: object) -> bool:
    return True


def _read(compiled: bytes | None) -> hyperscan.Database | None:
    if compiled is None:
        return None
    try:
        found = hyperscan.loadb(compiled, hyperscan.HS_MODE_BLOCK)
        found.scratch = hyperscan.Scratch(found)
    except hyperscan.HyperscanError:  # made by another version, or on another machine
        return None
    return found


def _each_once(texts: Sequence[bytes]) -> hyperscan.Database:
    return _database(texts, hyperscan.HS_FLAG_SINGLEMATCH)


def _database(texts: Sequence[bytes], flag: int = 0) -> hyperscan.Database:
    made = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    made.compile(
        expressions=list(texts),
        ids=list(range(len(texts))),
        flags=[hyperscan.HS_FLAG_CASELESS | flag] * len(texts),
        literal=True,
    )
    return made
