"""The words of many texts at once, each as a number that is the same wherever the word stands.

Why: millions of indicators are looked up in millions of values without an object for either. Of a
stretch of bytes the number follows from two sums, so every end of a host name costs as little as
the name itself.
Spec: polynomial hashing modulo 2^64; an odd base has an inverse, so that place does not matter.
Trap: numbers may be equal where words are not, and on purpose too. Whoever finds one looks at the
word itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Strings: TypeAlias = Any  # an Arrow array of strings; its stubs know too little of it
Places = NDArray[np.int64]
Numbers = NDArray[np.uint64]
BYTES = 2**17  # of texts that are looked at together, so that they stay near the processor
LONGEST = 2**22  # bytes; of a longer text its first so many are looked at
BASE = 0x9E3779B97F4A7C15
INVERSE = pow(BASE, -1, 2**64)
DOT = ord(".")

LETTERS = b"abcdefghijklmnopqrstuvwxyz0123456789"
LOWER = np.array([b + 32 if 65 <= b <= 90 else b for b in range(256)], np.uint8)


def _class(more: bytes) -> NDArray[np.bool_]:
    """Return which bytes a word may hold; letters outside ASCII always."""
    return np.array([b in LETTERS or b in more or b >= 0x80 for b in range(256)])


WORD = _class(b"._-")
MAIL = _class(b"._-+%@'")
# What an address of the web may hold; what stands behind it ends the sentence, not the address.
WEB = np.array([b > 32 and b not in b"\"'<>|`^{}#" for b in range(256)])
AFTER = np.array([b in b"/.,;:!?)]" for b in range(256)])
EDGE = np.array([b in b".-" for b in range(256)])
NUMERIC = np.array([b in b"0123456789." for b in range(256)])


def _mixed() -> Numbers:
    """Return a number for each byte (splitmix64)."""
    numbers = []
    for byte in range(256):
        x = (byte + 1) * BASE % 2**64
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB % 2**64
        numbers.append(x ^ (x >> 31))
    return np.array(numbers, np.uint64)


@cache
def _powers(base: int) -> Numbers:
    """Return the powers of an odd number, as many as a text can have bytes: 32 MB, made once."""
    steps = np.full(LONGEST + 1, base, np.uint64)
    steps[0] = 1
    return np.cumprod(steps, dtype=np.uint64)


BYTE = _mixed()


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches [start, end) of the bytes of a `Texts`."""

    starts: Places
    ends: Places

    def only(self, kept: NDArray[Any]) -> Spans:
        """Return those at these places, or for which this is true."""
        return Spans(self.starts[kept], self.ends[kept])


@dataclass(frozen=True, slots=True)
class Texts:
    """Some texts one after another, in small letters. `first` is the number of the first one."""

    first: int
    data: NDArray[np.uint8]
    offsets: Places
    sums: Numbers

    def numbers(self, spans: Spans) -> Numbers:
        """Return the number of each stretch."""
        return (self.sums[spans.ends] - self.sums[spans.starts]) * _powers(INVERSE)[spans.starts]

    def owner(self, start: int) -> int:
        """Return the number of the text in which a stretch begins that is not empty."""
        return self.first + int(np.searchsorted(self.offsets, start, "right")) - 1

    def word(self, start: int, end: int) -> str:
        """Return what stands there."""
        return self.data[start:end].tobytes().decode("utf-8", "replace")

    def whole(self) -> Spans:
        """Return each text as it is."""
        return Spans(self.offsets[:-1], self.offsets[1:])

    def names(self) -> Spans:
        """Return of each text what stands behind its last slash or backslash."""
        slashes = np.flatnonzero((self.data == ord("/")) | (self.data == ord("\\")))
        whole = self.whole()
        last = np.searchsorted(slashes, whole.ends) - 1
        known = last >= 0
        starts = whole.starts.copy()
        starts[known] = np.maximum(starts[known], slashes[last[known]] + 1)
        return Spans(starts, whole.ends)

    def words(self, letters: NDArray[np.bool_] = WORD) -> Spans:
        """Return the words of all texts, without dots and dashes at either end."""
        inside = letters[self.data]
        breaks = np.zeros(len(self.data) + 1, bool)
        breaks[self.offsets] = True
        before = np.concatenate(([False], inside[:-1]))
        after = np.concatenate((inside[1:], [False]))
        starts = np.flatnonzero(inside & (~before | breaks[:-1]))
        ends = np.flatnonzero(inside & (~after | breaks[1:])) + 1
        last = len(self.data) - 1
        for _ in range(2):
            starts = starts + ((starts < ends) & EDGE[self.data[np.minimum(starts, last)]])
            ends = ends - ((starts < ends) & EDGE[self.data[ends - 1]])
        return Spans(starts, ends).only(starts < ends)

    def addresses(self) -> Spans:
        """Return the addresses of the web, without scheme, fragment and last slash."""
        data = self.data
        colons = np.flatnonzero(data[:-2] == ord(":"))
        slashes = (data[colons + 1] == ord("/")) & (data[colons + 2] == ord("/"))
        starts = colons[slashes] + 3
        if not len(starts):
            return Spans(starts, starts)
        is_stop = np.ones(len(data) + 1, bool)
        is_stop[:-1] = ~WEB[data]
        is_stop[self.offsets] = True
        stops = np.flatnonzero(is_stop)
        ends = stops[np.searchsorted(stops, starts)]
        for _ in range(3):
            ends = ends - ((ends > starts) & AFTER[data[ends - 1]])
        return Spans(starts, ends).only(ends > starts)

    def suffixes(self, words: Spans) -> Spans:
        """Return of each word what stands behind its dots, the last one excepted."""
        if not len(words.starts):
            return words
        dots = np.flatnonzero(self.data == DOT)
        of = np.searchsorted(words.starts, dots, "right") - 1
        inside = (of >= 0) & (dots < words.ends[np.maximum(of, 0)])
        dots, of = dots[inside], of[inside]
        is_last = np.concatenate((of[1:] != of[:-1], [True])) if len(of) else np.zeros(0, bool)
        dots, of = dots[~is_last], of[~is_last]
        return Spans(dots + 1, words.ends[of])


def texts(values: Strings) -> Iterator[Texts]:
    """Yield an array of strings (nulls are empty) as groups of bounded size."""
    array: Strings = values.cast(pa.large_string()).fill_null("")
    if array.offset:
        array = pa.concat_arrays([array])
    buffers = array.buffers()
    offsets = np.frombuffer(buffers[1], np.int64)[array.offset : array.offset + len(array) + 1]
    data = np.frombuffer(buffers[2], np.uint8) if buffers[2] else np.zeros(0, np.uint8)
    at = 0
    while at < len(array):
        stop = int(np.searchsorted(offsets, offsets[at] + BYTES, "right")) - 1
        stop = max(stop, at + 1)
        begin = int(offsets[at])
        places = np.minimum(offsets[at : stop + 1] - begin, LONGEST)
        some = LOWER[data[begin : begin + int(places[-1])]]
        sums = np.zeros(len(some) + 1, np.uint64)
        np.cumsum(BYTE[some] * _powers(BASE)[: len(some)], out=sums[1:])
        yield Texts(at, some, places, sums)
        at = stop
