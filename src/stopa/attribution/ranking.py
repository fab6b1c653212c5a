"""Which known actors fit a set of techniques and software, how well, and whether any does.

Spec: conditional logit (McFadden, 1974) over candidates; the features are in `features.py`, the
weights in `parameters.json`
Why: what the logit says of its leader is put right by the calibration that it earned on cases left
out (isotonic regression); one temperature for all candidates of the case keeps their order.
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
COLDEST, HOTTEST = -6.0, 6.0  # natural logs of the temperatures that are looked at
HALVINGS = 30
FIELD = 5  # places behind the leader


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
    prior = softmax(own_score(table, profiles, fit))
    seen = any(item in profiles.counts for item in items)
    score = table @ weights_of(profiles, fit)
    raw = softmax(score) if seen else prior
    chance = calibrated(score, fit) if seen else prior
    order = sorted(range(len(chance)), key=lambda i: (-chance[i], profiles.owners[i]))
    return Ranking(
        candidates=tuple(
            Candidate(
                profiles.owners[i], round(float(chance[i]), DIGITS), round(float(prior[i]), DIGITS)
            )
            for i in order
        ),
        unknown=round(unknown(open_set(items, profiles, table, raw), fit), DIGITS),
    )


def explain_items(
    items: Mapping[str, float], profiles: Profiles, fit: Fit, at: float | None = None
) -> Ratios:
    """Return what each item does to each candidate: the score with it less the score without."""
    met = features.meet(items, profiles, at)
    weights = weights_of(profiles, fit)
    prior = softmax(own_score(met.table, profiles, fit))
    score = met.table @ weights
    change = {item: score - table @ weights for item, table in met.without.items()}
    return Ratios(
        {owner: index for index, owner in enumerate(profiles.owners)},
        {item: c - math.log(float(prior @ np.exp(c))) for item, c in change.items()},
    )


def weights_of(profiles: Profiles, fit: Fit) -> Array:
    """Return the fitted weights in the order of the features."""
    return np.array([fit.weights[name] for name in features.names_of(profiles)])


def own_score(table: Array, profiles: Profiles, fit: Fit) -> Array:
    """Return what each candidate's record alone gives it, before any evidence."""
    own = np.array([name in OF_ACTORS for name in features.names_of(profiles)])
    score: Array = table @ (weights_of(profiles, fit) * own)
    return score


def softmax(score: Array) -> Array:
    """Return probabilities that add up to one."""
    powers = np.exp(score - score.max())
    chance: Array = powers / powers.sum()
    return chance


def calibrated(score: Array, fit: Fit) -> Array:
    """Return probabilities whose largest is what such a largest one proved to be worth.

    Without a calibration they are the softmax of the score.
    """
    if not fit.calibration:
        return softmax(score)
    raw, worth = np.array(fit.calibration).T
    aim = float(np.interp(softmax(score).max(), raw, worth))
    behind = score - score.max()
    cold, hot = COLDEST, HOTTEST
    for _ in range(HALVINGS):
        middle = (cold + hot) / 2
        if aim * float(np.exp(behind * math.exp(-middle)).sum()) < 1:
            cold = middle
        else:
            hot = middle
    return softmax(score / math.exp(hot))


def open_set(
    items: Mapping[str, float], profiles: Profiles, table: Array, chance: Array
) -> dict[str, float]:
    """Return what tells a set that fits a known actor from one that fits none.

    `chance` is the softmax of the score, before calibration. `field` is the lead over the place
    after the next four, `others` how many other actors' exclusive malware is in the set, `unseen`
    malware that no candidate is documented with.
    """
    leader = int(chance.argmax())
    column = dict(zip(features.names_of(profiles), table.T, strict=True))
    ordered = np.log(np.maximum(np.sort(chance)[::-1], LEAST))
    second, sixth = (ordered[min(place, len(ordered) - 1)] for place in (1, FIELD))
    malware = {i: w for i, w in items.items() if i.startswith("S") and i not in profiles.public}
    unseen = sum(w for i, w in sorted(malware.items()) if i not in profiles.counts)
    alone = column["exclusive"] > 0
    return {
        "top": float(ordered[0]),
        "margin": float(ordered[0] - second),
        "field": float(ordered[0] - sixth),
        "nearest": float(column["nearest"][leader]),
        "exclusive": float(column["exclusive"][leader]),
        "technique": float(column["technique"][leader]),
        "cover": _cover(items, profiles, leader),
        "size": math.log1p(sum(items.values())),
        "others": float(alone.sum() - alone[leader]),
        "unseen": math.log1p(unseen),
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
