"""Figures of a ranking: how often right, how honest its probabilities, what may be said aloud."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stopa.attribution.profiles import Array

BINS = 10
PRECISION = 0.9
DRAWS = 400


@dataclass(frozen=True)
class Judged:
    """A case's ranking: candidates' probabilities, the place of the truth (None when it is out)."""

    chance: Array
    truth: int | None
    owners: tuple[str, ...]


def figures(judged: list[Judged]) -> dict[str, float]:
    """Return top-1, top-5, MRR, ECE, Brier of the leader, and coverage at 90 % precision."""
    ranks = np.array([_rank(one) for one in judged], dtype=float)
    stated, right = confidences(judged)
    return {
        "top1": float((ranks == 1).mean()),
        "top5": float((ranks <= 5).mean()),
        "mrr": float((1 / ranks).mean()),
        "ece": ece(stated, right),
        "ece_if_calibrated": expected_ece(stated),
        "brier": float(((stated - right) ** 2).mean()),
        "coverage90": coverage(stated, right),
    }


def confidences(judged: list[Judged]) -> tuple[Array, Array]:
    """Return the leader's probability and whether it was right, for each case."""
    stated = np.array([float(one.chance.max()) for one in judged])
    right = np.array([float(int(one.chance.argmax()) == one.truth) for one in judged])
    return stated, right


def ece(stated: Array, right: Array) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    place = np.minimum((stated * BINS).astype(int), BINS - 1)
    total = 0.0
    for number in range(BINS):
        inside = place == number
        if inside.any():
            total += inside.mean() * abs(stated[inside].mean() - right[inside].mean())
    return float(total)


def expected_ece(stated: Array) -> float:
    """Return the ECE that probabilities which are exactly right would show on so few cases."""
    draw = np.random.default_rng(0)
    found = [ece(stated, (draw.random(len(stated)) < stated).astype(float)) for _ in range(DRAWS)]
    return float(np.mean(found))


def coverage(stated: Array, right: Array, precision: float = PRECISION) -> float:
    """Return the largest share of cases, surest first, of which `precision` are right."""
    order = np.argsort(-stated, kind="stable")
    running = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(running >= precision)
    return float((good.max() + 1) / len(order)) if len(good) else 0.0


def reliability(judged: list[Judged]) -> list[dict[str, float]]:
    """Return the reliability table: per bin the cases, what was stated, what was right."""
    stated, right = confidences(judged)
    place = np.minimum((stated * BINS).astype(int), BINS - 1)
    return [
        {
            "low": number / BINS,
            "high": (number + 1) / BINS,
            "cases": int((place == number).sum()),
            "stated": round(float(stated[place == number].mean()), 4),
            "correct": round(float(right[place == number].mean()), 4),
        }
        for number in range(BINS)
        if (place == number).any()
    ]


def _rank(one: Judged) -> float:
    if one.truth is None:
        return float(len(one.chance) + 1)
    mine = one.chance[one.truth]
    before = (one.chance > mine).sum() + (one.chance[: one.truth] == mine).sum()
    return 1.0 + float(before)
