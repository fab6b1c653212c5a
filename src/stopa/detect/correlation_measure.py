"""What a sliding window of hits amounts to: a count, a sum, an average, a percentile.

Why: exact fractions, so that the order in which hits come and go never shows in a result.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from stopa.detect.correlation_hit import BaseHit, Place
from stopa.detect.correlation_rule import Correlation, Kind
from stopa.model.evidence import Where

Folded = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A hit (or the finding of an inner correlation) in one group of one correlation.

    `time` is in microseconds since 1970; `key` is equal for the same event; `rules` are positions
    in the correlation's `rules`: one event may match several. `leaves` are the base hits below.
    """

    time: int
    key: tuple[str, str] | tuple[str, Place]
    where: Where
    rules: frozenset[int]
    leaves: tuple[BaseHit, ...]
    texts: tuple[Folded, ...] = ()
    numbers: tuple[Fraction, ...] = ()


class Gauge(Protocol):
    """Reads a window that entries enter in order of time and leave in the same order."""

    def enter(self, entry: Entry) -> None:
        """Take an entry in, at the late end."""

    def leave(self, entry: Entry) -> None:
        """Let an entry go, at the early end."""

    def read(self, start: int) -> Fraction:
        """Return the measure of the window that begins at `start` (microseconds)."""


def gauge(correlation: Correlation, entries: Sequence[Entry]) -> Gauge:
    """Return the gauge of a counting or calculating correlation."""
    if correlation.kind is Kind.EVENT_COUNT:
        return _Events()
    if correlation.kind is Kind.VALUE_COUNT:
        return _Distinct()
    if correlation.kind is Kind.VALUE_SUM:
        return _Sum()
    if correlation.kind is Kind.VALUE_AVG:
        return _Average()
    return _Percentile(entries, correlation.percentile / 100)


class _Events:
    def __init__(self) -> None:
        self.count = 0

    def enter(self, entry: Entry) -> None:
        self.count += 1

    def leave(self, entry: Entry) -> None:
        self.count -= 1

    def read(self, start: int) -> Fraction:
        return Fraction(self.count)


class _Distinct:
    def __init__(self) -> None:
        self.seen: Counter[Folded] = Counter()

    def enter(self, entry: Entry) -> None:
        self.seen.update(entry.texts)

    def leave(self, entry: Entry) -> None:
        for text in entry.texts:
            self.seen[text] -= 1
            if not self.seen[text]:
                del self.seen[text]

    def read(self, start: int) -> Fraction:
        return Fraction(len(self.seen))


class _Sum:
    def __init__(self) -> None:
        self.total = Fraction(0)
        self.count = 0

    def enter(self, entry: Entry) -> None:
        self.total += sum(entry.numbers)
        self.count += len(entry.numbers)

    def leave(self, entry: Entry) -> None:
        self.total -= sum(entry.numbers)
        self.count -= len(entry.numbers)

    def read(self, start: int) -> Fraction:
        return self.total


class _Average(_Sum):
    def read(self, start: int) -> Fraction:
        return self.total / self.count


class _Percentile:
    """Counts in a Fenwick tree over all values of the group: each step takes log n."""

    def __init__(self, entries: Sequence[Entry], share: Fraction) -> None:
        self.values = sorted({value for entry in entries for value in entry.numbers})
        self.share = share
        self.tree = [0] * (len(self.values) + 1)
        self.count = 0

    def enter(self, entry: Entry) -> None:
        for value in entry.numbers:
            self._change(value, 1)

    def leave(self, entry: Entry) -> None:
        for value in entry.numbers:
            self._change(value, -1)

    def read(self, start: int) -> Fraction:
        """Interpolate between the two nearest ranks, so that 50 is the median."""
        place = self.share * (self.count - 1)
        below = place.numerator // place.denominator
        low = self._ranked(below)
        if place == below:
            return low
        return low + (place - below) * (self._ranked(below + 1) - low)

    def _change(self, value: Fraction, by: int) -> None:
        self.count += by
        at = bisect_left(self.values, value) + 1
        while at < len(self.tree):
            self.tree[at] += by
            at += at & -at

    def _ranked(self, rank: int) -> Fraction:
        at, left = 0, rank
        for step in reversed(range(len(self.tree).bit_length())):
            ahead = at + (1 << step)
            if ahead < len(self.tree) and self.tree[ahead] <= left:
                at = ahead
                left -= self.tree[ahead]
        return self.values[at]
