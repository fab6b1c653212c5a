"""What the ranking looks at: how a set of techniques and software meets each actor's reports.

Spec: BM25 (Robertson and Zaragoza, 2009); likelihood ratio with Dirichlet smoothing (Zhai and
Lafferty, 2001); cosine of sets weighted by rarity
Why: whole profiles tell who used a thing at all; single reports tell who used these things
together, and lately. Malware with one known user says more than its rarity alone; a tool that
anyone can obtain says less, whatever the number of its users on record.
Trap: an actor's latest reports may describe the very intrusion at hand. A test leaves them out, so
what is nearer than half a year counts apart and can never speak against an actor.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from stopa.attribution.profiles import Array, Profiles

K1, B = 1.2, 0.75  # saturation and length of BM25, the usual values
SMOOTHING = 30.0  # citations of the average actor that each actor's own are mixed with
DAMPING = 0.5  # a set of n items counts as n**0.5 independent ones
SHARPNESS = 10.0  # how much more a report that fits counts than one that fits half
FADES = 2.0  # years in which a similar report's weight falls to 1/e
SPREAD = 3.0  # years over which an actor's reports count as activity
NEAR = 0.5  # years; see the trap
UNDATED = 6.0  # years ascribed to a report without a date
FARTHEST = 10.0  # years of silence that count as the longest
TYPICAL = 10.0  # items that a report documents: the median of those cited in ATT&CK 18.1
TINY = 1e-9  # keeps an empty set or report from being divided by

OF_ITEMS = ("technique", "malware", "tool", "exclusive", "nearest", "similar", "breadth")
OF_ACTORS = ("items", "spread", "close", "gap")
CITED = (*OF_ITEMS, *OF_ACTORS)
PLAIN = ("technique", "malware", "tool", "exclusive", "nearest", "breadth", "items")
# What may count against an actor: a long profile meets everything, and a long set all the more.
# All else may only speak for one.
SIGNED = frozenset({"items", "breadth"})


@dataclass(frozen=True, slots=True)
class Meeting:
    """How a set meets the profiles: `table` is candidates by features, in the order of `names`.

    `without[item]` is the same table for the set without that item; the actor's own features,
    which no item changes, stay.
    """

    names: tuple[str, ...]
    table: Array
    without: dict[str, Array]


@dataclass(frozen=True, slots=True)
class OfActors:
    """What no item changes. `faded` is over reports: how much their age leaves of them."""

    items: Array
    spread: Array
    close: Array
    gap: Array
    faded: Array


def names_of(profiles: Profiles) -> tuple[str, ...]:
    """Return the features that this kind of profile has."""
    return CITED if profiles.cited else PLAIN


def meet(items: Mapping[str, float], profiles: Profiles, at: float | None) -> Meeting:
    """Compare the items, each with a weight in (0, 1], to every candidate's reports.

    `at` is the year of the intrusion, as a decimal number; None takes the newest report's.
    """
    known = {i: w for i, w in sorted(items.items()) if i in profiles.counts}
    own = of_actors(profiles, at)
    whole, length = _sum(items, profiles, _damping(items)), _length(items)
    return Meeting(
        names_of(profiles),
        _table(whole, own, length, profiles),
        {
            item: _table(
                whole.minus(_part(item, w, profiles, _damping(items))), own, length, profiles
            )
            for item, w in known.items()
        },
    )


def table(items: Mapping[str, float], profiles: Profiles, at: float | None) -> Array:
    """Return only the table of `meet`, for fitting."""
    whole = _sum(items, profiles, _damping(items))
    return _table(whole, of_actors(profiles, at), _length(items), profiles)


def of_actors(profiles: Profiles, at: float | None) -> OfActors:
    """Return what no item changes; `at` as in `meet`."""
    ages = _ages(profiles, at)
    near = ages < NEAR
    active = np.where(near, 0.0, np.exp(-(ages - NEAR) / SPREAD))
    return OfActors(
        items=np.log(profiles.items),
        spread=np.log1p(np.add.reduceat(active, profiles.start)),
        close=np.log1p(np.add.reduceat(near.astype(float), profiles.start)),
        gap=-np.log1p(
            np.minimum.reduceat(
                np.where(near, FARTHEST, np.minimum(ages, FARTHEST)), profiles.start
            )
        ),
        faded=(np.maximum(ages, NEAR) - NEAR) / FADES,
    )


def bm25(item: str, profiles: Profiles, *, k1: float = K1, b: float = B) -> Array:
    """Return the BM25 score of one item for each candidate; term frequency is reports."""
    known = profiles.scores.get((item, k1, b))
    if known is not None:
        return known
    index, count = profiles.counts[item]
    length = profiles.length[index] / profiles.length.mean()
    score = np.zeros(len(profiles.owners))
    score[index] = profiles.rarity[item] * count * (k1 + 1) / (count + k1 * (1 - b + b * length))
    profiles.scores[item, k1, b] = score
    return score


def preference(item: str, profiles: Profiles) -> Array:
    """Return how much likelier each candidate is to use the item than the average actor.

    Natural log of the ratio of two shares of citations. Where many use a tool, an actor with a
    long record and without it is a little less likely.
    """
    index, count = profiles.counts[item]
    share = count.sum() / profiles.length.sum()
    own = np.zeros(len(profiles.owners))
    own[index] = count
    ratio: Array = np.log((own / share + SMOOTHING) / (profiles.length + SMOOTHING))
    return ratio


def never(profiles: Profiles) -> float:
    """Return the rarity of an item that no candidate is documented with."""
    return math.log(1 + (len(profiles.owners) + 0.5) / 0.5)


@dataclass(frozen=True, slots=True)
class _Sum:
    """What items add up to: over candidates, over reports (`dot`), and in the set's own size."""

    technique: Array
    malware: Array
    tool: Array
    exclusive: Array
    dot: Array
    size: float

    def minus(self, other: _Sum) -> _Sum:
        return _Sum(
            self.technique - other.technique,
            self.malware - other.malware,
            self.tool - other.tool,
            self.exclusive - other.exclusive,
            self.dot - other.dot,
            self.size - other.size,
        )


def _damping(items: Mapping[str, float]) -> float:
    return math.pow(max(1.0, sum(items.values())), DAMPING)


def _length(items: Mapping[str, float]) -> float:
    """Return how long the set is beside a typical report, as a natural log."""
    return math.log(max(1.0, sum(items.values())) / TYPICAL)


def _sum(items: Mapping[str, float], profiles: Profiles, damping: float) -> _Sum:
    known, reports = len(profiles.owners), len(profiles.years)
    technique, malware, tool, exclusive = (np.zeros(known) for _ in range(4))
    dot, size = np.zeros(reports), 0.0
    for item, weight in sorted(items.items()):
        if item not in profiles.counts:
            size += (weight * never(profiles)) ** 2
            continue
        part = _part(item, weight, profiles, damping)
        technique += part.technique
        malware += part.malware
        tool += part.tool
        exclusive += part.exclusive
        dot += part.dot
        size += part.size
    return _Sum(technique, malware, tool, exclusive, dot, size)


def _part(item: str, weight: float, profiles: Profiles, damping: float) -> _Sum:
    """Return one item's part. Malware with one known user counts for that one by name."""
    nothing = np.zeros(len(profiles.owners))
    index, _ = profiles.counts[item]
    dot = np.zeros(len(profiles.years))
    dot[profiles.rows[item]] = weight * profiles.rarity[item] ** 2
    size = (weight * profiles.rarity[item]) ** 2
    if item in profiles.public:
        tool = weight * preference(item, profiles) / damping
        return _Sum(nothing, nothing, tool, nothing, dot, size)
    score = weight * bm25(item, profiles) / damping
    if not item.startswith("S"):
        return _Sum(score, nothing, nothing, nothing, dot, size)
    exclusive = nothing.copy()
    if len(index) == 1:
        exclusive[index] = weight
    return _Sum(nothing, score, nothing, exclusive, dot, size)


def _table(whole: _Sum, own: OfActors, longer: float, profiles: Profiles) -> Array:
    """Return candidates by features. The cosine is of the set with every report."""
    length = np.maximum(profiles.norm, TINY) * math.sqrt(max(whole.size, TINY))
    similarity = np.maximum(whole.dot, 0.0) / length
    column = {
        "technique": whole.technique,
        "malware": whole.malware,
        "tool": whole.tool,
        "exclusive": np.log1p(np.maximum(whole.exclusive, 0.0)),
        "nearest": np.maximum.reduceat(similarity, profiles.start),
        "breadth": own.items * longer,
        "items": own.items,
    }
    if profiles.cited:
        fits = np.exp(SHARPNESS * similarity - own.faded)
        column |= {
            "similar": np.log(np.add.reduceat(fits, profiles.start)),
            "spread": own.spread,
            "close": own.close,
            "gap": own.gap,
        }
    return np.stack([column[name] for name in names_of(profiles)], axis=1)


def _ages(profiles: Profiles, at: float | None) -> Array:
    """Return the reports' distance from the intrusion in years, either way."""
    now = at if at is not None else profiles.newest
    if now is None:
        return np.full(len(profiles.years), UNDATED)
    ages = np.abs(now - profiles.years)
    filled: Array = np.where(np.isnan(ages), UNDATED, ages)
    return filled
