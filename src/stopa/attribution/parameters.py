"""The fitted numbers of the ranking, and the table that says how reliable they proved to be.

Why: they ship as data, with what they were fitted on and what they earned there, so that a reader
of a result can see what its probabilities are worth.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec


class Bin(msgspec.Struct, frozen=True):
    """Of the cases whose leader had a probability in [low, high), how many were right."""

    low: float
    high: float
    cases: int
    stated: float
    correct: float


class Fit(msgspec.Struct, frozen=True):
    """Weights of the ranking for one kind of profile, and what they reached when tested.

    `weights` are by feature name; `known` are the weights of the open-set score; `figures` are by
    measure; `reliability` is the table that the probabilities earned on cases left out.
    """

    weights: dict[str, float]
    known: dict[str, float]
    figures: dict[str, float]
    reliability: tuple[Bin, ...]


class Parameters(msgspec.Struct, frozen=True):
    """`cited` for profiles with reports, `plain` for those without."""

    provenance: str
    cited: Fit
    plain: Fit

    def of(self, *, cited: bool) -> Fit:
        """Return the fit for that kind of profile."""
        return self.cited if cited else self.plain


@cache
def parameters() -> Parameters:
    """Return the parameters that ship with stopa."""
    body = resources.files("stopa.attribution").joinpath("parameters.json").read_bytes()
    return msgspec.json.decode(body, type=Parameters)
