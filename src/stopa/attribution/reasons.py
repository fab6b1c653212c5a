"""Why an explanation stands where it stands, in sentences, for whoever asks about that one alone.

Why: "cannot be told" rests on what is missing, which no list of observations shows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from stopa.attribution.words import spoken
from stopa.model.assessment import Assessment, Hypothesis, HypothesisKind, Observation, Weight

MOST = 8  # observations of each side, strongest first


def reasons(
    assessment: Assessment, hypothesis: Hypothesis, observations: Iterable[Observation]
) -> tuple[str, ...]:
    """Return what the evidence did to the hypothesis, by what, and what is missing."""
    labels = {one.id: one.label for one in observations}
    return tuple(_sentences(assessment, hypothesis, labels))


def _sentences(
    assessment: Assessment, hypothesis: Hypothesis, labels: Mapping[str, str]
) -> Iterator[str]:
    yield f"{hypothesis.id}, {hypothesis.label}: {spoken(hypothesis.likelihood)}."
    yield _moved(hypothesis)
    yield from _sides(hypothesis, labels)
    if hypothesis.kind is HypothesisKind.UNDETERMINED:
        yield from (assessment.verdict, *assessment.confidence.reasons, *assessment.gaps)
    if hypothesis.missing:
        yield f"Missing: {'; '.join(hypothesis.missing)}."
    matrix = assessment.matrix
    if matrix and matrix.rows:
        place = matrix.least.index(hypothesis.id) + 1
        yield f"In the matrix it is number {place} of {len(matrix.least)} by least inconsistency."


def _moved(hypothesis: Hypothesis) -> str:
    ratio = "" if hypothesis.ratio is None else f": a likelihood ratio of {hypothesis.ratio:.3g}"
    before, after = f"{hypothesis.prior:.2%}", f"{hypothesis.posterior:.2%}"
    return f"Its probability was {before} before the evidence and is {after} after it{ratio}."


def _sides(hypothesis: Hypothesis, labels: Mapping[str, str]) -> Iterator[str]:
    sides = (("for", hypothesis.speaks_for), ("against", hypothesis.speaks_against))
    for side, weights in sides:
        for weight in weights[:MOST]:
            yield _side(weight, side, labels)
        if weights[MOST:]:
            yield f"{len(weights) - MOST} more speak {side} it, each less than these."


def _side(weight: Weight, side: str, labels: Mapping[str, str]) -> str:
    label = labels.get(weight.observation, weight.observation)
    return f"{label} speaks {side} it (×{math.exp(weight.log_ratio):.3g}): {weight.reason}."
