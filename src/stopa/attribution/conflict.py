"""Whether what is cheap to plant and what is hard to plant point at different actors.

Why: a decoy is made of names: three names of malware make a decoy the first answer of every method
that compares names. Ways of working over a whole intrusion are planted less easily.
Trap: the threshold costs something. Of honest cases with malware, about three in ten are flagged as
well, because the report tells too little of the way of working (docs/attribution.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from stopa.attribution.features import OF_ACTORS, names_of, table
from stopa.attribution.parameters import Fit
from stopa.attribution.profiles import Array, Profiles
from stopa.attribution.ranking import DIGITS, softmax

SUPPORT = 1.5  # nats: techniques alone must make the malware's actor 4.5 times as probable
STEEPNESS = 0.5  # nats over which the score goes from mostly conflict to mostly none
TOLD = 0.5  # how far names alone must single one actor out for a conflict to be one
OTHER, LESS = 0.5, 1 / 3  # techniques alone single out another, and this one has a third of that
FLAG = 0.5


@dataclass(frozen=True, slots=True)
class Clash:
    """What names of malware and ways of working say of each other.

    `actor` is the one that the names point at, `support` what the techniques alone do to it
    (natural log of the ratio), at most 0 where they single out another. `owners` are the actors
    whose exclusive malware is in the set. `score` is 0 (agree) to 1.
    """

    actor: str | None
    support: float
    owners: tuple[str, ...]
    score: float

    @property
    def supported(self) -> bool:
        """Whether ways of working bear out the names, and the names agree among themselves."""
        return self.support >= SUPPORT and len(self.owners) <= 1

    @property
    def flagged(self) -> bool:
        """Whether the two point at different actors."""
        return self.score >= FLAG


AGREED = Clash(None, 0.0, (), 0.0)


def clash(items: Mapping[str, float], profiles: Profiles, fit: Fit, at: float | None) -> Clash:
    """Compare what the names of malware say with what the techniques say."""
    known = {i: w for i, w in items.items() if i in profiles.counts}
    software = {i: w for i, w in known.items() if i.startswith("S")}
    technique = {i: w for i, w in known.items() if i.startswith("T")}
    if not software:
        return AGREED
    prior = _belief({}, profiles, fit, at)
    by_name = _belief(software, profiles, fit, at)
    leader = int(by_name.argmax())
    by_way = _belief(technique, profiles, fit, at) if technique else prior
    support = math.log(by_way[leader] / prior[leader])
    if by_way.max() >= OTHER and by_way[leader] < LESS * by_way.max():
        support = min(support, 0.0)
    owners = _exclusive_owners(software, profiles)
    told = float(np.abs(by_name - prior).sum() / 2)
    score = _score(support, told, several=len(owners) > 1) if technique else 0.0
    return Clash(profiles.owners[leader], round(support, DIGITS), owners, round(score, DIGITS))


def _belief(items: Mapping[str, float], profiles: Profiles, fit: Fit, at: float | None) -> Array:
    names = names_of(profiles)
    asked = names if items else tuple(name for name in names if name in OF_ACTORS)
    weights = np.array([fit.weights[name] if name in asked else 0.0 for name in names])
    return softmax(table(items, profiles, at) @ weights)


def _exclusive_owners(software: Mapping[str, float], profiles: Profiles) -> tuple[str, ...]:
    alone = (profiles.counts[item][0] for item in software)
    return tuple(sorted({profiles.owners[int(index[0])] for index in alone if len(index) == 1}))


def _score(support: float, told: float, *, several: bool) -> float:
    if several:
        return 1.0
    if told < TOLD:
        return 0.0
    return 1 / (1 + math.exp((support - SUPPORT) / STEEPNESS))
