"""Fitting for the attribution measure: the weights, then what they are worth on cases left out.

Why: weights praise the cases that they were fitted on. The calibration and the open-set score are
fitted on what weights of other actors' cases say: five folds inside the cases that may be seen.
Trap: weights carry over from one collection of cases to another, how often the leader is right does
not. The calibration looks at the given cases alone, not at those added for the weights.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from attribution_cases import Laid

from stopa.attribution.features import names_of
from stopa.attribution.fitting import fit_calibration, fit_choice, fit_known, folds
from stopa.attribution.parameters import Fit
from stopa.attribution.profiles import Array
from stopa.attribution.ranking import calibrated, open_set, softmax, unknown, weights_of


def fit(cases: Sequence[Laid], given: Set[str]) -> Fit:
    """Return everything that is fitted, from these cases alone.

    `given` are the ids of those that are like the ones to be judged; where none is, all count.
    Cases whose actor is no candidate teach nothing here and are left out.
    """
    cases = [one for one in cases if one.truth is not None]
    place = folds([one.case.truth for one in cases])
    inner = [_bare([c for c, p in zip(cases, place, strict=True) if p != n]) for n in range(5)]
    judged = [(one, inner[number]) for one, number in zip(cases, place, strict=True)]
    raw = [softmax(score(one, bare)) for one, bare in judged]
    every = list(zip(raw, cases, strict=True))
    alike = [(c, one) for c, one in every if one.case.id in given] or every
    rows = [seen(one, bare) for one, bare in judged]
    rows += [seen_out(one, bare) for one, bare in judged]
    return Fit(
        _bare(cases).weights,
        fit_known(rows, [True] * len(cases) + [False] * len(cases)),
        {},
        (),
        fit_calibration(
            [float(chance.max()) for chance, _ in alike],
            [int(chance.argmax()) == one.truth for chance, one in alike],
        ),
    )


def score(one: Laid, made: Fit) -> Array:
    """Return what each known actor scores."""
    return one.table @ weights_of(one.known, made)


def score_out(one: Laid, made: Fit) -> Array:
    """Return what each actor but the true one scores."""
    return one.table_out @ weights_of(one.out, made)


def chance(one: Laid, made: Fit) -> Array:
    """Return the calibrated probabilities."""
    return calibrated(score(one, made), made)


def chance_out(one: Laid, made: Fit) -> Array:
    """Return the calibrated probabilities among all but the true actor."""
    return calibrated(score_out(one, made), made)


def seen(one: Laid, made: Fit) -> dict[str, float]:
    """Return what the open-set score looks at."""
    return open_set(one.case.items, one.known, one.table, softmax(score(one, made)))


def seen_out(one: Laid, made: Fit) -> dict[str, float]:
    """Return the same with the true actor taken out."""
    return open_set(one.case.items, one.out, one.table_out, softmax(score_out(one, made)))


def known(one: Laid, made: Fit) -> float:
    """Return the probability that the actor is among the candidates."""
    return 1 - unknown(seen(one, made), made)


def known_out(one: Laid, made: Fit) -> float:
    """Return the same with the true actor taken out."""
    return 1 - unknown(seen_out(one, made), made)


def _bare(cases: Sequence[Laid]) -> Fit:
    names = names_of(cases[0].known)
    return Fit(fit_choice([c.table for c in cases], [c.truth for c in cases], names), {}, {}, ())
