"""How far clocks lie apart, in words: told beside the times, which stay as each log wrote them."""

from __future__ import annotations

from dataclasses import dataclass

from stopa.dossier import words
from stopa.dossier.index import Index
from stopa.model.clock import Skew

SHOWN = 3  # told above the timeline; all are under Coverage


@dataclass(frozen=True, slots=True)
class Apart:
    """Two clocks: which of them is ahead, by how much, and how surely (durations in words)."""

    ahead: str
    behind: str
    by: str
    low: str
    high: str
    events: int
    agree: bool


def apart(at: Index) -> tuple[Apart, ...]:
    """Return the clocks of a case that could be compared, those furthest apart first."""
    ranked = sorted(at.dossier.skews, key=lambda skew: (-abs(skew.median), skew.one, skew.other))
    return tuple(map(_apart, ranked))


def comparable(at: Index) -> bool:
    """Return whether there are two logs whose clocks could be compared at all."""
    return len({active.source for active in at.dossier.activity}) > 1


def _apart(skew: Skew) -> Apart:
    sign = 1 if skew.median >= 0 else -1
    ahead, behind = (skew.other, skew.one)[::sign]
    low, high = sorted((sign * skew.low, sign * skew.high))
    return Apart(
        ahead,
        behind,
        words.duration(abs(skew.median)),
        words.duration(low),
        words.duration(high),
        skew.events,
        low <= 0 <= high,
    )
