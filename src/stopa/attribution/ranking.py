"""Which known actors fit a set of techniques and software, how well, and whether any does.

Spec: conditional logit over candidates; BM25 terms (Robertson and Zaragoza, 2009), damped by the
size of the set; fitted by `evals/attribution.py` on reports left out of the profiles
Why: every term belongs to one item or to the candidate alone, so what an item does to a candidate
can be told exactly, and asked again without it.
Trap: the probabilities are among known candidates. Whether the actor is known at all is asked
separately (`unknown`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from stopa.attribution.parameters import Fit
from stopa.attribution.profiles import Array, Profiles

K1, B = 1.2, 0.5  # saturation and length of BM25, as in the measure's baseline
DAMPING = 0.5  # a set of n items counts as n**0.5 independent ones
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known actor and its probability among the known ones."""

    actor: str
    probability: float
    prior: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates by probability, then id. `unknown` is the probability that it is none of them.

    `ratios[item]` are natural logs of the likelihood ratio of the item for each candidate against
    all, in the order of `owners`.
    """

    candidates: tuple[Candidate, ...]
    unknown: float
    owners: tuple[str, ...]
    ratios: dict[str, Array]

    def ratio(self, item: str, actor: str) -> float:
        """Return what the item does to that candidate; 0 where either is not in the profiles."""
        if item not in self.ratios or actor not in self.owners:
            return 0.0
        return round(float(self.ratios[item][self.owners.index(actor)]), DIGITS)


def rank_items(items: Mapping[str, float], profiles: Profiles, fit: Fit) -> Ranking:
    """Rank the candidates for ATT&CK ids, each with a weight in (0, 1]: how surely it was seen."""
    prior = softmax(prior_score(profiles, fit))
    terms = item_scores(items, profiles, fit)
    score = prior_score(profiles, fit) + sum(terms.values(), np.zeros(len(profiles.owners)))
    chance = softmax(score)
    order = sorted(range(len(chance)), key=lambda i: (-chance[i], profiles.owners[i]))
    return Ranking(
        candidates=tuple(
            Candidate(
                profiles.owners[i], round(float(chance[i]), DIGITS), round(float(prior[i]), DIGITS)
            )
            for i in order
        ),
        unknown=round(_unknown(items, terms, chance, fit), DIGITS),
        owners=profiles.owners,
        ratios={i: t - math.log(float(prior @ np.exp(t))) for i, t in terms.items()},
    )


def prior_score(profiles: Profiles, fit: Fit) -> Array:
    """Return what speaks for each candidate before anything is seen: how often it is reported."""
    weight = fit.weights
    score: Array = weight.get("items", 0.0) * np.log(profiles.items)
    if profiles.cited:
        score = (
            score
            + weight.get("reports", 0.0) * np.log(profiles.reports)
            + weight.get("gap", 0.0) * np.log1p(profiles.gap)
            + weight.get("fresh", 0.0) * np.log1p(profiles.fresh)
        )
    return score


def item_scores(items: Mapping[str, float], profiles: Profiles, fit: Fit) -> dict[str, Array]:
    """Return the term of each item that some candidate used, over all candidates."""
    size = sum(items.values())
    damping = max(1.0, size) ** DAMPING
    return {
        item: fit.weights[_kind(item)] * weight * bm25(item, profiles) / damping
        for item, weight in sorted(items.items())
        if item in profiles.counts
    }


def bm25(item: str, profiles: Profiles) -> Array:
    """Return the BM25 score of one item for each candidate; term frequency is reports."""
    index, count = profiles.counts[item]
    known = len(profiles.owners)
    rarity = math.log(1 + (known - len(index) + 0.5) / (len(index) + 0.5))
    length = profiles.length[index] / profiles.length.mean()
    score = np.zeros(known)
    score[index] = rarity * count * (K1 + 1) / (count + K1 * (1 - B + B * length))
    return score


def softmax(score: Array) -> Array:
    """Return probabilities that add up to one."""
    powers = np.exp(score - score.max())
    chance: Array = powers / powers.sum()
    return chance


def _kind(item: str) -> str:
    return "software" if item.startswith("S") else "technique"


def _unknown(
    items: Mapping[str, float], terms: Mapping[str, Array], chance: Array, fit: Fit
) -> float:
    features = open_set_features(items, terms, chance)
    score = sum(fit.known[name] * value for name, value in sorted(features.items()))
    return 1 / (1 + math.exp(score + fit.known["constant"]))


def open_set_features(
    items: Mapping[str, float], terms: Mapping[str, Array], chance: Array
) -> dict[str, float]:
    """Return what tells a set that fits a known actor from one that fits none."""
    ordered = np.sort(chance)[::-1]
    leader = int(chance.argmax())
    software = [t for i, t in terms.items() if i.startswith("S")]
    return {
        "top": math.log(max(float(ordered[0]), 1e-9)),
        "margin": float(ordered[0] - ordered[1]) if len(ordered) > 1 else 1.0,
        "fit": sum(float(t[leader]) for t in terms.values()),
        "exclusive": sum(1.0 for t in software if t[leader] > 0 and int((t > 0).sum()) == 1),
        "size": math.log1p(sum(items.values())),
    }
