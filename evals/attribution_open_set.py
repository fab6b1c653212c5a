"""How well an actor that nobody lists is told from a known one, and how far chance and evidence go.

Why: one figure over some hundred cases of forty actors hides what it rests on. The interval draws
actors, not cases; the split shows which evidence the figure comes from.
Trap: at 80 % precision over known and unknown, unknown actors named = right names / 4 less wrong
ones, whatever the method: a better ranking names more of both.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from stopa.attribution.profiles import Array

PRECISION = 0.8  # of the names said aloud, where the threshold is set
DRAWS = 1000
INNER = (5, 95)  # percentiles between which the interval lies


@dataclass(frozen=True)
class Told:
    """A case's probability that the actor is known, and the leader's; with the actor and without.

    `known` and `leader` are None where the actor was never among the candidates. `documented` says
    whether a candidate is documented with malware of the case.
    """

    actor: str
    known: float | None
    leader: float | None
    known_out: float
    leader_out: float
    right: bool
    documented: bool


def open_set(told: list[Told]) -> dict[str, float]:
    """Return the AUROC, and what is named at the threshold of 80 % precision over both kinds."""
    among = [one for one in told if one.known is not None]
    says = _values(one.known * one.leader for one in among)
    says_out = _values(one.known_out * one.leader_out for one in told)
    right = _values(one.right for one in among)
    threshold = _threshold(
        np.concatenate([says, says_out]), np.concatenate([right, np.zeros(len(told))])
    )
    return {
        "auroc": area(told),
        "auroc_of_says": auroc(says, says_out),
        "threshold": threshold,
        "named_known": _share(says >= threshold),
        "named_unknown": _share(says_out >= threshold),
    }


def rests_on(told: list[Told]) -> dict[str, float]:
    """Return the interval of the AUROC, and the AUROC of the parts that it is made of.

    `with_malware` and `without` compare cases of one kind with each other; `leader_right` and
    `leader_wrong` compare cases that the ranking gets right, or wrong, with all unknown ones.
    """
    low, high = interval(told)
    sure = [one for one in told if one.known is not None and one.right]
    unsure = [one for one in told if one.known is not None and not one.right]
    return {
        "low": low,
        "high": high,
        "with_malware": area([one for one in told if one.documented]),
        "without": area([one for one in told if not one.documented]),
        "leader_right": area(told, sure),
        "leader_wrong": area(told, unsure),
    }


def interval(told: list[Told]) -> tuple[float, float]:
    """Return between what the AUROC lies in nine of ten draws of as many actors, with repeats."""
    by_actor: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_actor[one.actor].append(one)
    actors = sorted(by_actor)
    draw = np.random.default_rng(0)
    drawn = (draw.integers(0, len(actors), len(actors)) for _ in range(DRAWS))
    areas = (area([one for at in some for one in by_actor[actors[at]]]) for some in drawn)
    found = [value for value in areas if not math.isnan(value)]
    low, high = np.percentile(found, INNER) if found else (math.nan, math.nan)
    return float(low), float(high)


def area(told: list[Told], against: list[Told] | None = None) -> float:
    """Return how often a known actor's case scores above an unknown one's; NaN without cases.

    `against` are the cases whose known side is compared with the unknown side of all; all by
    default.
    """
    among = _values(
        one.known for one in (told if against is None else against) if one.known is not None
    )
    return auroc(among, _values(one.known_out for one in told))


def auroc(known: Array, unknown: Array) -> float:
    """Return how often a value of the first is above one of the second; NaN where one is empty."""
    if not len(known) or not len(unknown):
        return math.nan
    above = (known[:, None] > unknown[None, :]).mean()
    level = (known[:, None] == unknown[None, :]).mean()
    return float(above + level / 2)


def _threshold(says: Array, right: Array) -> float:
    order = np.argsort(-says, kind="stable")
    running = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(running >= PRECISION)
    return float(says[order][good.max()]) if len(good) else 1.0


def _values(found: Iterable[float | bool | None]) -> Array:
    return np.array(list(found), dtype=float)


def _share(named: Array) -> float:
    return float(named.mean()) if len(named) else 0.0
