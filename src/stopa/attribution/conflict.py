"""Whether what is cheap to plant and what is hard to plant point at different actors.

Why: a decoy is made of what is cheap: names of public malware, strings, addresses. Where the cheap
and the costly part ways, the cheap part has been planted, or two intrusions have been mixed.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from stopa.attribution.parameters import Fit
from stopa.attribution.profiles import Array, Profiles
from stopa.attribution.ranking import item_scores, prior_score, softmax


def conflict(items: Mapping[str, float], profiles: Profiles, fit: Fit) -> float:
    """Return how far names of software and ways of working disagree, 0 (agree) to 1.

    It is one minus the overlap of what each part alone says of the candidates, weakened where one
    part says little. With one part missing it is 0: nothing contradicts.
    """
    software = {i: w for i, w in items.items() if i.startswith("S") and i in profiles.counts}
    technique = {i: w for i, w in items.items() if i.startswith("T") and i in profiles.counts}
    if not software or not technique:
        return 0.0
    first, second = _belief(software, profiles, fit), _belief(technique, profiles, fit)
    prior = softmax(prior_score(profiles, fit))
    told = min(_told(first, prior), _told(second, prior))
    overlap = float(np.sqrt(first * second).sum())
    return round((1 - overlap) * told, 6)


def _belief(items: Mapping[str, float], profiles: Profiles, fit: Fit) -> Array:
    terms = item_scores(items, profiles, fit)
    return softmax(prior_score(profiles, fit) + sum(terms.values(), np.zeros(len(profiles.owners))))


def _told(belief: Array, prior: Array) -> float:
    """Return how far the part moves belief from the prior, 0 to 1 (total variation)."""
    return float(np.abs(belief - prior).sum() / 2)
