"""Four methods that anyone would try first: Jaccard, TF-IDF, BM25, naive Bayes.

Each takes a set of items and the profiles and returns a score for each candidate.
"""

from __future__ import annotations

import math

import numpy as np

from stopa.attribution.features import bm25
from stopa.attribution.profiles import Array, Profiles
from stopa.attribution.ranking import softmax

SMOOTHING = 0.5


def jaccard(items: dict[str, float], profiles: Profiles) -> Array:
    """Shared items over all items of both."""
    shared = np.zeros(len(profiles.owners))
    for item in items:
        if item in profiles.counts:
            shared[profiles.counts[item][0]] += 1
    return shared / (profiles.items + len(items) - shared)


def tf_idf(items: dict[str, float], profiles: Profiles) -> Array:
    """Cosine of rarity-weighted vectors; term frequency is the log of reports."""
    dot = np.zeros(len(profiles.owners))
    square = np.zeros(len(profiles.owners))
    for item, (index, count) in profiles.counts.items():
        value = (1 + np.log(count)) * profiles.rarity[item]
        square[index] += value**2
        if item in items:
            dot[index] += value * profiles.rarity[item]
    size = math.sqrt(sum(profiles.rarity[i] ** 2 for i in items if i in profiles.rarity))
    return dot / (np.sqrt(square) * max(size, 1e-9))


def bm25_score(items: dict[str, float], profiles: Profiles) -> Array:
    """BM25 over profiles, k1 1.2, b 0.5: the measure's published baseline."""
    score = np.zeros(len(profiles.owners))
    for item in items:
        if item in profiles.counts:
            score += bm25(item, profiles, k1=1.2, b=0.5)
    return score


def naive_bayes(items: dict[str, float], profiles: Profiles) -> Array:
    """Log probability of the items, each drawn from the candidate's citations, smoothed."""
    vocabulary = len(profiles.counts)
    score = np.zeros(len(profiles.owners))
    for item in items:
        count = np.zeros(len(profiles.owners))
        if item in profiles.counts:
            index, found = profiles.counts[item]
            count[index] = found
        score += np.log((count + SMOOTHING) / (profiles.length + SMOOTHING * vocabulary))
    return score


BASELINES = {
    "Jaccard": jaccard,
    "TF-IDF": tf_idf,
    "BM25": bm25_score,
    "naive Bayes": naive_bayes,
}


def chances(score: Array) -> Array:
    """Turn a baseline's score into probabilities, as anyone would: softmax as it stands."""
    return softmax(score)
