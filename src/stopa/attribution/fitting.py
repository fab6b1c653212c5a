"""Fitting the weights on cases whose answer is known, never on a case that is then judged.

Spec: conditional logit and logistic regression by Newton's method with a ridge; a feature that may
not speak against an actor and would, is dropped (active set); isotonic regression by pooling
adjacent violators (Ayer et al., 1955)
Why: a dozen weights and some hundred cases need no library, and the result is the same everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from stopa.attribution.features import SIGNED
from stopa.attribution.profiles import Array

RIDGE = 3.0
FIRM = 3.0  # for the open set
HALF = 0.5  # case of each kind that a step of the calibration is given, so that none says 0 or 1
STEPS = 60
HALVINGS = 30
DONE = 1e-8


def fit_choice(
    tables: Sequence[Array], truths: Sequence[int], names: tuple[str, ...]
) -> dict[str, float]:
    """Return the weights by which each table's row `truth` would best have been chosen."""
    scale = np.concatenate([t - t.mean(axis=0) for t in tables]).std(axis=0) + DONE
    scaled = [t / scale for t in tables]
    active = np.ones(len(names), dtype=bool)
    weights = np.zeros(len(names))
    while active.any():
        weights = np.zeros(len(names))
        weights[active] = _newton_choice([t[:, active] for t in scaled], truths)
        wrong = [i for i, n in enumerate(names) if n not in SIGNED and weights[i] < 0]
        if not wrong:
            break
        active[min(wrong, key=lambda i: weights[i])] = False
    return dict(zip(names, (weights / scale).tolist(), strict=True))


def fit_known(
    rows: Sequence[dict[str, float]], known: Sequence[bool], *, ridge: float = FIRM
) -> dict[str, float]:
    """Return the weights that tell the rows of known actors from those of unknown ones."""
    names = tuple(sorted(rows[0]))
    table = np.array([[row[name] for name in names] for row in rows])
    middle, scale = table.mean(axis=0), table.std(axis=0) + DONE
    design = np.column_stack([np.ones(len(rows)), (table - middle) / scale])
    target = np.array(known, dtype=float)
    weights = np.zeros(design.shape[1])
    keep = np.diag([DONE, *[ridge] * len(names)])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -50, 50)))
        slope = design.T @ (target - chance) - keep @ weights
        bend = design.T @ (design * (chance * (1 - chance))[:, None]) + keep
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < DONE:
            break
    raw = weights[1:] / scale
    constant = float(weights[0] - raw @ middle)
    return {"constant": constant, **dict(zip(names, raw.tolist(), strict=True))}


def fit_calibration(
    stated: Sequence[float], right: Sequence[bool]
) -> tuple[tuple[float, float], ...]:
    """Return the rising steps from a stated probability to the share that was right.

    Each step is given by its two ends; equal ones are given once.
    """
    steps: list[tuple[float, float, float, float]] = []  # right, cases, lowest, highest stated
    for value, hit in sorted(zip(stated, right, strict=True), key=lambda one: (one[0], not one[1])):
        steps.append((float(hit), 1.0, value, value))
        while len(steps) > 1 and _worth(steps[-2]) >= _worth(steps[-1]):
            later, before = steps.pop(), steps.pop()
            steps.append((before[0] + later[0], before[1] + later[1], before[2], later[3]))
    points: list[tuple[float, float]] = []
    for step in steps:
        points += [(end, _worth(step)) for end in sorted({step[2], step[3]})]
    return tuple(points)


def folds(truths: Sequence[str], count: int = 5) -> list[int]:
    """Return a fold for each case: all cases of one actor in one fold, folds of like size."""
    load = [0] * count
    place: dict[str, int] = {}
    for actor, cases in sorted(Counter(truths).items(), key=lambda pair: (-pair[1], pair[0])):
        place[actor] = load.index(min(load))
        load[place[actor]] += cases
    return [place[actor] for actor in truths]


def _worth(step: tuple[float, float, float, float]) -> float:
    return (step[0] + HALF) / (step[1] + 2 * HALF)


def _newton_choice(tables: Sequence[Array], truths: Sequence[int]) -> Array:
    weights: Array = np.zeros(tables[0].shape[1])
    reached = _likelihood(tables, truths, weights)
    for _ in range(STEPS):
        slope, bend = _derivatives(tables, truths, weights)
        step = np.linalg.solve(bend, slope)
        for _ in range(HALVINGS):
            now = _likelihood(tables, truths, weights + step)
            if now >= reached:
                break
            step = step / 2
        gained, reached = now - reached, max(now, reached)
        weights = weights + step
        if gained < DONE:
            break
    return weights


def _likelihood(tables: Sequence[Array], truths: Sequence[int], weights: Array) -> float:
    total = -0.5 * RIDGE * float(weights @ weights)
    for table, truth in zip(tables, truths, strict=True):
        score = table @ weights
        top = score.max()
        total += float(score[truth] - top - np.log(np.exp(score - top).sum()))
    return total


def _derivatives(
    tables: Sequence[Array], truths: Sequence[int], weights: Array
) -> tuple[Array, Array]:
    slope = -RIDGE * weights
    bend = RIDGE * np.eye(len(weights))
    for table, truth in zip(tables, truths, strict=True):
        score = table @ weights
        chance = np.exp(score - score.max())
        chance /= chance.sum()
        mean = chance @ table
        slope += table[truth] - mean
        bend += (table * chance[:, None]).T @ table - np.outer(mean, mean)
    return slope, bend
