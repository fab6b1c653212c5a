"""What a measurement took: time by the clock, processor time, and the peak of memory."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """What one measurement took: seconds, and the peak of memory in MB, with a count of its own."""

    wall: float
    cpu: float
    peak: float
    count: int
    note: str = ""


def measured(count: int, started: tuple[float, float], note: str = "") -> Measure:
    """Return what was taken since a `now`, child processes that ended included."""
    wall, cpu = (end - begin for end, begin in zip(now(), started, strict=True))
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(one).ru_maxrss for one in who) / 1024
    return Measure(wall, cpu, peak, count, note)


def now() -> tuple[float, float]:
    """Return the clock, and the processor time of this process and those it waited for, in s."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), time.process_time() + children.ru_utime + children.ru_stime
