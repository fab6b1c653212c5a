"""Which rules hit in a window, and how many of them in the order that the correlation gives.

Spec: Sigma Correlation Rules 2.1.0, "Temporal Proximity", "Ordered Temporal Proximity"
Why: for each number of rules, remember the latest moment at which an ordered run of so many began;
a window holds the run when it began inside. One pass, no search through the window.
Trap: events of one instant have no order among them, so any order is granted; but one event that
matches two rules is one step, never two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from stopa.detect.correlation_condition import Term
from stopa.detect.correlation_measure import Entry, Gauge
from stopa.detect.correlation_rule import Correlation, Kind

NEVER = -(1 << 62)  # before any time there is, in microseconds


def gauge(correlation: Correlation) -> Gauge:
    """Return the gauge of a temporal correlation.

    It reads the number of different rules (in order), or of fulfilled terms where the condition is
    extended.
    """
    ordered = correlation.kind is Kind.TEMPORAL_ORDERED
    if correlation.terms:
        return _Terms(
            [_way(term, correlation.rules, ordered=ordered) for term in correlation.terms]
        )
    return _Order(range(len(correlation.rules))) if ordered else _Kinds()


def _way(term: Term, rules: Sequence[str], *, ordered: bool) -> _Way:
    present = sorted(rules.index(name) for name in term.present)
    absent = frozenset(rules.index(name) for name in term.absent)
    return _Way(present, absent, ordered=ordered)


class _Kinds:
    def __init__(self) -> None:
        self.hits: Counter[int] = Counter()

    def enter(self, entry: Entry) -> None:
        self.hits.update(entry.rules)

    def leave(self, entry: Entry) -> None:
        for rule in entry.rules:
            self.hits[rule] -= 1
            if not self.hits[rule]:
                del self.hits[rule]

    def read(self, start: int) -> Fraction:
        return Fraction(len(self.hits))


class _Way:
    """One alternative of an extended condition."""

    def __init__(self, present: Sequence[int], absent: frozenset[int], *, ordered: bool) -> None:
        self.present = frozenset(present)
        self.absent = absent
        self.order = _Order(present) if ordered else None

    def holds(self, hits: Counter[int], start: int) -> bool:
        if not self.present <= hits.keys() or not self.absent.isdisjoint(hits.keys()):
            return False
        return self.order is None or self.order.read(start) == len(self.present)


class _Terms(_Kinds):
    def __init__(self, ways: Sequence[_Way]) -> None:
        super().__init__()
        self.ways = ways

    def enter(self, entry: Entry) -> None:
        super().enter(entry)
        for way in self.ways:
            if way.order is not None:
                way.order.enter(entry)

    def read(self, start: int) -> Fraction:
        return Fraction(sum(way.holds(self.hits, start) for way in self.ways))


class _Order:
    """`began[k][m]`: when the latest run of m rules began that ends with one of the first k."""

    def __init__(self, rules: Sequence[int]) -> None:
        self.position = {rule: at for at, rule in enumerate(rules)}
        size = len(rules)
        self.began = [[NEVER] * (size + 1) for _ in range(size + 1)]
        self.now = NEVER
        self.instant: Counter[tuple[int, ...]] = Counter()

    def enter(self, entry: Entry) -> None:
        if entry.time != self.now:
            self._close()
            self.now = entry.time
        steps = sorted(self.position[rule] for rule in entry.rules if rule in self.position)
        if steps:
            self.instant[tuple(steps)] += 1

    def leave(self, entry: Entry) -> None:
        """Nothing to do: what began too early is seen by its beginning."""

    def read(self, start: int) -> Fraction:
        self._close()
        best = self.began[-1]
        return Fraction(max((m for m in range(1, len(best)) if best[m] >= start), default=0))

    def _close(self) -> None:
        """Let the events of the present instant extend the runs that ended before it."""
        if not self.instant:
            return
        # No more events of one kind are needed than there are steps.
        events = [steps for steps, n in self.instant.items() for _ in range(min(n, len(steps)))]
        present = sorted({step for steps in events for step in steps})
        before = [row[:] for row in self.began]
        for last in present:
            for first in present:
                if first <= last:
                    self._extend(before[first], last, _steps(events, first, last))
        self.instant.clear()

    def _extend(self, before: list[int], last: int, most: int) -> None:
        for done, began in enumerate(before[:-1]):
            begins = self.now if done == 0 else began
            for total in range(done + 1, min(done + most, len(before) - 1) + 1):
                self._raise(last, total, begins)

    def _raise(self, last: int, total: int, begins: int) -> None:
        for row in self.began[last + 1 :]:
            if row[total] >= begins:
                return
            row[total] = begins


def _steps(instant: Sequence[Sequence[int]], first: int, last: int) -> int:
    """Count the most steps in [first, last] that different events can stand for (matching)."""
    taken: dict[int, int] = {}
    for step in range(first, last + 1):
        _place(step, instant, taken, set())
    return len(taken)


def _place(
    step: int, instant: Sequence[Sequence[int]], taken: dict[int, int], tried: set[int]
) -> bool:
    for event, steps in enumerate(instant):
        if step in steps and event not in tried:
            tried.add(event)
            if event not in taken or _place(taken[event], instant, taken, tried):
                taken[event] = step
                return True
    return False
