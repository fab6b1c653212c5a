"""How far the clocks of two sources lie apart, by events that both of them saw."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skew:
    """How far `other` is ahead of `one`, in seconds: median, and the quartiles around it.

    `events` is how many happenings both saw. It is shown, and never applied to any time.
    """

    one: str
    other: str
    events: int
    median: float
    low: float
    high: float
