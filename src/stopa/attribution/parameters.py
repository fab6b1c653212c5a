"""The fitted numbers of the ranking, and the table that says how reliable they proved to be.

Why: they ship as data, with what they were fitted on and what they earned there, so that a reader
of a result can see what its probabilities are worth.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from stopa.model.assessment import ReliabilityBin


class Fit(msgspec.Struct, frozen=True):
    """Weights of the ranking for one kind of profile, and what they reached when tested.

    `weights` are by feature name; `calibration` are points, in rising order, from what the softmax
    says of its leader to what that proved to be worth, with straight lines between; `known` are
    the weights of the open-set score; `figures` are by measure; `reliability` is the table that the
    probabilities earned on cases left out.
    """

    weights: dict[str, float]
    known: dict[str, float]
    figures: dict[str, float]
    reliability: tuple[ReliabilityBin, ...]
    calibration: tuple[tuple[float, float], ...] = ()


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
