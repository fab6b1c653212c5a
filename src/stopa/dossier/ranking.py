"""The hypotheses beside each other: ranges, what speaks for and against, which evidence tells.

Spec: ICD 203 (likelihood terms); R. Heuer, Psychology of Intelligence Analysis (1999), chapter 8
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from stopa.dossier.index import Index
from stopa.model.assessment import LIKELIHOODS, Hypothesis, Observation

WEIGHTS = 5  # weights printed on each side of a hypothesis; the rest is folded
ROWS = 60  # observations in the printed matrix
COLUMNS = 8  # hypotheses in the printed matrix
RANKED = 25  # hypotheses printed in full
SCALE = tuple((term.term, term.low, term.high) for term in LIKELIHOODS)

# How a likelihood ratio is put in signs: below the first bound, below the second, and so on.
SIGNS = (
    (-1.0, "−−", "speaks strongly against"),
    (-0.2, "−", "speaks against"),
    (0.2, "·", "tells little"),
    (1.0, "+", "speaks for"),
    (math.inf, "++", "speaks strongly for"),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What one observation does to one hypothesis; `log_ratio` is None where it says nothing."""

    log_ratio: float | None
    sign: str
    meaning: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """An observation against every hypothesis. `spread` is how far it tells them apart."""

    observation: Observation
    cells: tuple[Judged, ...]
    spread: float


def matrix(at: Index) -> tuple[Row, ...]:
    """Return the matrix of competing hypotheses, the most telling observation first."""
    columns = at.dossier.assessment.hypotheses[:COLUMNS]
    weights = [_weights(hypothesis) for hypothesis in columns]
    rows = []
    for observation in at.dossier.observations:
        cells = tuple(_judged(*of.get(observation.id, (None, ""))) for of in weights)
        ratios = [cell.log_ratio or 0.0 for cell in cells]
        if any(cell.log_ratio is not None for cell in cells):
            rows.append(Row(observation, cells, max(ratios) - min(ratios)))
    return tuple(sorted(rows, key=lambda row: (-row.spread, row.observation.id)))


def factor(log_ratio: float) -> str:
    """Return what a weight does to the odds: `×3.7`, or `÷1.9`."""
    ratio = math.exp(min(abs(log_ratio), 20.0))
    shown = f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}"
    return f"{'×' if log_ratio >= 0 else '÷'}{shown}"


def sign(log_ratio: float) -> tuple[str, str]:
    """Return the sign for a weight, and what it means."""
    return next((mark, meaning) for bound, mark, meaning in SIGNS if log_ratio < bound)


def _weights(hypothesis: Hypothesis) -> dict[str, tuple[float, str]]:
    both = (*hypothesis.speaks_for, *hypothesis.speaks_against)
    return {weight.observation: (weight.log_ratio, weight.reason) for weight in both}


def _judged(log_ratio: float | None, reason: str) -> Judged:
    if log_ratio is None or math.isnan(log_ratio):
        return Judged(None, "", "no bearing recorded", "")
    return Judged(log_ratio, *sign(log_ratio), reason)
