"""The weighing itself: from observations to how the belief is shared out, with no words yet.

Why: an assessment weighs once; asking how firmly it stands weighs many times over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from stopa.attribution.conflict import Clash, clash
from stopa.attribution.features import OF_ACTORS
from stopa.attribution.grounds import TECHNICAL, Grounds, grounds, telling, unsupported
from stopa.attribution.hypotheses import Shares, posterior_shares
from stopa.attribution.parameters import Fit, parameters
from stopa.attribution.profiles import Profiles, from_knowledge, year_of
from stopa.attribution.ranking import Ranking, rank_items
from stopa.knowledge import Knowledge
from stopa.model.assessment import Observation, ObservationKind


@dataclass(frozen=True, slots=True)
class Scales:
    """What all weighings of one case share: the knowledge, laid out, and the fitted weights."""

    knowledge: Knowledge
    profiles: Profiles
    fit: Fit
    at: float | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """The grounds, the clash of names and ways, the ranking, and the shares of belief."""

    ground: Grounds
    clash: Clash
    ranking: Ranking
    shares: Shares

    @property
    def best(self) -> str | None:
        """The actor that fits best; None where nothing technical was weighed."""
        return self.ranking.candidates[0].actor if self.ground.items else None

    def posterior(self, actor: str | None) -> float:
        """Return the probability of that actor among all explanations."""
        found = (c.probability for c in self.ranking.candidates if c.actor == actor)
        return round(self.shares.actors * next(found, 0.0), 6)


def scales(observations: Iterable[Observation], knowledge: Knowledge) -> Scales:
    """Set up for a case; its year is that of the latest technical observation with a date."""
    profiles = from_knowledge(knowledge)
    fit = parameters().of(cited=profiles.cited)
    return Scales(knowledge, profiles, fit, _year(observations))


def weigh(observations: tuple[Observation, ...], on: Scales) -> Weighed:
    """Weigh the observations."""
    ground = grounds(observations, on.knowledge)
    met = clash(telling(ground), on.profiles, on.fit, on.at)
    if met.actor is not None and not met.supported:
        ground = unsupported(ground)
    ranking = rank_items(ground.items, on.profiles, on.fit, on.at)
    indicators = sum(o.kind is ObservationKind.INDICATOR for o in observations)
    shares = posterior_shares(ground, ranking, conflict=met.score, indicators=indicators)
    return Weighed(ground, met, ranking, shares)


def level(on: Scales) -> Scales:
    """Return the scales with every known actor equally probable beforehand."""
    weights = {n: 0.0 if n in OF_ACTORS else w for n, w in on.fit.weights.items()}
    return replace(on, fit=msgspec.structs.replace(on.fit, weights=weights))


def _year(observations: Iterable[Observation]) -> float | None:
    dates = [o.when.edtf.split("/")[-1] for o in observations if o.when and o.kind in TECHNICAL]
    return max((year_of(date[:10]) for date in dates if date[:4].isdigit()), default=None)
