"""What observations come to on the scales of a case: explanations and their matrix.

Why: an assessment comes to it once, with everything; whoever asks what it would be with less comes
to it again, on the same scales.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stopa.attribution.ach import matrix
from stopa.attribution.hypotheses import hypotheses
from stopa.attribution.ranking import Ratios, explain_items
from stopa.attribution.weighing import Scales, Weighed, weigh
from stopa.model.assessment import Hypothesis, Matrix, Observation


@dataclass(frozen=True, slots=True)
class Outcome:
    """The weighing, what each item does to each actor, the explanations, and the matrix."""

    weighed: Weighed
    ratios: Ratios
    hypotheses: tuple[Hypothesis, ...]
    matrix: Matrix


def outcome(observations: tuple[Observation, ...], on: Scales, named: Mapping[str, str]) -> Outcome:
    """Weigh the observations; actors `named` (id and printed name) are listed whatever they fit."""
    weighed = weigh(observations, on)
    ground = weighed.ground
    ratios = explain_items(ground.items, on.profiles, on.fit, on.at)
    rivals = hypotheses(observations, weighed.ranking, ratios, weighed.shares, on.knowledge, named)
    return Outcome(
        weighed, ratios, rivals, matrix(observations, rivals, ground, ratios, on.knowledge)
    )
