"""A sliding window over hits in time, and the bursts in which a condition held.

Why: a window is never cut at a full hour, and is as full as it can be: hits belong to it as long as
the first and the last lie within the timespan. Conditions are judged on such windows alone, so that
"fewer than five" is not met by the first hit of a hundred.
Trap: windows that share a hit tell of one burst: no hit stands in two findings of one correlation.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from stopa.detect.correlation_measure import Entry, Gauge


@dataclass(frozen=True, slots=True)
class Window:
    """Entries [first, end) as they stand when the last of them has come.

    `full` when neither an earlier nor a later entry would fit within the timespan.
    """

    first: int
    end: int
    measure: Fraction
    full: bool


@dataclass(frozen=True, slots=True)
class Burst:
    """Full windows that satisfy the condition and hang together by shared entries.

    `met` is the first window inside at which the condition was satisfied.
    """

    first: int
    end: int
    met: Window
    measures: tuple[Fraction, ...]


def windows(entries: Sequence[Entry], timespan: int, gauge: Gauge) -> Iterator[Window]:
    """Slide over entries in order of time, with one window for each instant that has any."""
    first = 0
    for at, entry in enumerate(entries):
        gauge.enter(entry)
        later = entries[at + 1].time if at + 1 < len(entries) else None
        if later == entry.time:
            continue
        while entry.time - entries[first].time > timespan:
            gauge.leave(entries[first])
            first += 1
        full = later is None or later - entries[first].time > timespan
        yield Window(first, at + 1, gauge.read(entry.time - timespan), full)


def bursts(slid: Sequence[Window], holds: Callable[[Fraction], bool]) -> Iterator[Burst]:
    """Join the full windows in which the condition holds, where they share entries."""
    held = [window for window in slid if holds(window.measure)]
    run: list[Window] = []
    for window in held:
        if not window.full:
            continue
        if run and window.first >= run[-1].end:
            yield _burst(run, held)
            run = []
        run.append(window)
    if run:
        yield _burst(run, held)


def _burst(run: Sequence[Window], held: Sequence[Window]) -> Burst:
    met = held[bisect_left(held, run[0].first, key=lambda window: window.first)]
    return Burst(run[0].first, run[-1].end, met, tuple(window.measure for window in run))
