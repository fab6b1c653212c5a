"""Which known actors fit a set of techniques and software, how well, and whether any does.

Spec: conditional logit (McFadden, 1974) over candidates; the features are in `features.py`, the
weights in `parameters.json`
Trap: the probabilities are among known candidates. Whether the actor is known at all is asked
separately (`unknown`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from stopa.attribution import features
from stopa.attribution.features import OF_ACTORS
from stopa.attribution.parameters import Fit
from stopa.attribution.profiles import Array, Profiles

DIGITS = 6
LEAST = 1e-9  # probability below which a logarithm is not taken


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known actor, its probability among the known ones, and the one before any evidence."""

    actor: str
    probability: float
    prior: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates by probability, then id. `unknown` is the probability that it is none of them."""

    candidates: tuple[Candidate, ...]
    unknown: float


@dataclass(frozen=True, slots=True)
class Ratios:
    """What each item does to each candidate: natural log of its likelihood ratio against all.

    Arrays are in the order of `owners`.
    """

    owners: dict[str, int]
    values: dict[str, Array]

    def of(self, item: str, actor: str) -> float:
        """Return the ratio; 0 where the item or the actor is not in the profiles."""
        if item not in self.values or actor not in self.owners:
            return 0.0
        return round(float(self.values[item][self.owners[actor]]), DIGITS)


def rank_items(
    items: Mapping[str, float], profiles: Profiles, fit: Fit, at: float | None = None
) -> Ranking:
    """Rank the candidates for ATT&CK ids, each with a weight in (0, 1]: how surely it was seen.

    `at` is the year of the intrusion with decimals, where it is known.
    """
    table = features.table(items, profiles, at)
    prior = _prior(table, profiles, fit)
    seen = any(item in profiles.counts for item in items)
    chance = softmax(table @ _weights(profiles, fit)) if seen else prior
    order = sorted(range(len(chance)), key=lambda i: (-chance[i], profiles.owners[i]))
    return Ranking(
        candidates=tuple(
            Candidate(
                profiles.owners[i], round(float(chance[i]), DIGITS), round(float(prior[i]), DIGITS)
            )
            for i in order
        ),
        unknown=round(unknown(open_set(items, profiles, table, chance), fit), DIGITS),
    )


def explain_items(
    items: Mapping[str, float], profiles: Profiles, fit: Fit, at: float | None = None
) -> Ratios:
    """Return what each item does to each candidate: the score with it less the score without."""
    met = features.meet(items, profiles, at)
    weights = _weights(profiles, fit)
    prior = _prior(met.table, profiles, fit)
    score = met.table @ weights
    change = {item: score - table @ weights for item, table in met.without.items()}
    return Ratios(
        {owner: index for index, owner in enumerate(profiles.owners)},
        {item: c - math.log(float(prior @ np.exp(c))) for item, c in change.items()},
    )


def _weights(profiles: Profiles, fit: Fit) -> Array:
    return np.array([fit.weights[name] for name in features.names_of(profiles)])


def _prior(table: Array, profiles: Profiles, fit: Fit) -> Array:
    own = np.array([name in OF_ACTORS for name in features.names_of(profiles)])
    return softmax(table @ (_weights(profiles, fit) * own))


def softmax(score: Array) -> Array:
    """Return probabilities that add up to one."""
    powers = np.exp(score - score.max())
    chance: Array = powers / powers.sum()
    return chance


def open_set(
    items: Mapping[str, float], profiles: Profiles, table: Array, chance: Array
) -> dict[str, float]:
    """Return what tells a set that fits a known actor from one that fits none."""
    ordered = np.sort(chance)[::-1]
    leader = int(chance.argmax())
    column = dict(zip(features.names_of(profiles), table[leader], strict=True))
    second = float(ordered[1]) if len(ordered) > 1 else LEAST
    software = {i: w for i, w in items.items() if i.startswith("S")}
    return {
        "top": math.log(max(float(ordered[0]), LEAST)),
        "margin": math.log(max(float(ordered[0]), LEAST) / max(second, LEAST)),
        "nearest": float(column["nearest"]),
        "exclusive": float(column["exclusive"]),
        "cover": _cover(items, profiles, leader),
        "malware": _cover(software, profiles, leader) if software else 0.5,
        "size": math.log1p(sum(items.values())),
    }


def _cover(items: Mapping[str, float], profiles: Profiles, leader: int) -> float:
    """Return the share of the items, by weight and rarity, that the leader is documented with."""
    whole = shared = 0.0
    for item, weight in sorted(items.items()):
        value = weight * profiles.rarity.get(item, features.never(profiles))
        whole += value
        if item in profiles.counts and leader in profiles.counts[item][0]:
            shared += value
    return shared / whole if whole else 0.0


def unknown(found: Mapping[str, float], fit: Fit) -> float:
    """Return the probability that the actor is none of the candidates."""
    score = fit.known["constant"] + sum(fit.known[n] * v for n, v in sorted(found.items()))
    return 1 / (1 + math.exp(max(-50.0, min(50.0, score))))
