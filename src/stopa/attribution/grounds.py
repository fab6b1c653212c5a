"""What the observations together can carry: how much there is, how hard to plant, how independent.

Why: a ranking always has a first place. Whether that may be said aloud depends on the ground under
it, and the ground is measured before the ranking is looked at.
Trap: very many techniques are not very much evidence. No single documented intrusion shows more
than some eighty; more means several intrusions, or a collection of attack samples.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from stopa.knowledge import Knowledge
from stopa.model.assessment import (
    Aspect,
    Credibility,
    Observation,
    ObservationKind,
)
from stopa.model.evidence import Reliability

TECHNICAL = frozenset({ObservationKind.TECHNIQUE, ObservationKind.SOFTWARE})
# Observations of this kind bear on a ranking by how surely they were seen (Admiralty, second sign),
SEEN = {
    Credibility.CONFIRMED: 1.0,
    Credibility.PROBABLY_TRUE: 0.9,
    Credibility.POSSIBLY_TRUE: 0.7,
    Credibility.CANNOT_BE_JUDGED: 0.5,
    Credibility.DOUBTFUL: 0.1,
    Credibility.IMPROBABLE: 0.02,
}
# and by who says so (first sign). F is what evidence has until somebody judges it.
TRUST = {
    Reliability.COMPLETELY: 1.0,
    Reliability.USUALLY: 0.95,
    Reliability.FAIRLY: 0.85,
    Reliability.CANNOT_BE_JUDGED: 0.8,
    Reliability.NOT_USUALLY: 0.5,
    Reliability.UNRELIABLE: 0.2,
}
WEIGHTS = {(c, r): round(SEEN[c] * TRUST[r], 6) for c in Credibility for r in Reliability}
ENOUGH = 1.2  # sum of squared weights at which a set has shown two thirds of what it can
BROADEST = 80.0  # techniques of the broadest single report cited in ATT&CK 18.1 (78)
# How far a set may move belief at most, by the best thing in it.
REACH_TECHNIQUES = 0.4  # also what names reach that the way of working does not bear out
REACH_PUBLIC = 0.5
REACH_SHARED = 0.8
REACH_EXCLUSIVE = 0.95
REACH_CORROBORATED = 0.98  # exclusive malware, and more than one source root
PUBLIC = 0.25  # how much of a sighting public software is: its users on record are not all of them
SHARED_BY = 1  # users up to which malware counts as exclusive


@dataclass(frozen=True, slots=True)
class Grounds:
    """The measure of the observations.

    `items` are ATT&CK ids with a weight in (0, 1]; `reach` in [0, 1] is how much of the belief the
    technical evidence may move: the rest stays with "cannot be told".
    """

    items: dict[str, float]
    exclusive: tuple[str, ...]
    shared: tuple[str, ...]
    public: tuple[str, ...]
    roots: tuple[str, ...]
    aspects: tuple[Aspect, ...]
    breadth: float
    reach: float


def grounds(observations: Iterable[Observation], knowledge: Knowledge) -> Grounds:
    """Measure the observations. Without technical ones the reach is 0.

    The reach assumes that names and ways of working agree; `unsupported` is for when they do not.
    """
    items: dict[str, float] = {}
    roots: set[str] = set()
    aspects: set[Aspect] = set()
    for one in observations:
        if one.kind in TECHNICAL:
            items[one.value] = max(items.get(one.value, 0.0), weight(one))
            roots.add(one.root)
            aspects.add(one.aspect)
    exclusive, shared, public = _software(items, knowledge)
    breadth = sum(w for item, w in items.items() if item.startswith("T"))
    return Grounds(
        items=dict(sorted(items.items())),
        exclusive=exclusive,
        shared=shared,
        public=public,
        roots=tuple(sorted(roots)),
        aspects=tuple(sorted(aspects)),
        breadth=breadth,
        reach=_reach(items, breadth, len(roots), exclusive=exclusive, shared=shared, public=public),
    )


def unsupported(ground: Grounds) -> Grounds:
    """Return the grounds where names of malware reach no further than techniques do."""
    most = REACH_TECHNIQUES * _amount(ground.items, ground.public) * _single(ground.breadth)
    return replace(ground, reach=round(min(ground.reach, most), 6))


def telling(ground: Grounds) -> dict[str, float]:
    """Return the items without public software, which points at nobody."""
    public = frozenset(ground.public)
    return {item: w for item, w in ground.items.items() if item not in public}


def weight(observation: Observation) -> float:
    """Return how much the observation counts, from its two Admiralty signs and its share."""
    counts = WEIGHTS[observation.credibility, observation.reliability]
    return round(counts * observation.share, 6)


def _software(
    items: dict[str, float], knowledge: Knowledge
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    exclusive, shared, public = [], [], []
    for item in sorted(i for i in items if i.startswith("S")):
        known = knowledge.software_by_id(item)
        users = [u for u in knowledge.users(item) if u.startswith("G")]
        if known is None or known.public or not users:
            public.append(item)
        elif len(users) <= SHARED_BY:
            exclusive.append(item)
        else:
            shared.append(item)
    return tuple(exclusive), tuple(shared), tuple(public)


def _reach(
    items: dict[str, float],
    breadth: float,
    roots: int,
    *,
    exclusive: tuple[str, ...],
    shared: tuple[str, ...],
    public: tuple[str, ...],
) -> float:
    if not items:
        return 0.0
    most = REACH_TECHNIQUES
    if public:
        most = REACH_PUBLIC
    if shared:
        most = REACH_SHARED
    if exclusive:
        most = REACH_CORROBORATED if roots > 1 else REACH_EXCLUSIVE
    return round(most * _amount(items, public) * _single(breadth), 6)


def _amount(items: dict[str, float], public: tuple[str, ...]) -> float:
    """Return how much there is. Squares: a hundred doubtful things are not ten sure ones."""
    discounted = frozenset(public)
    shown = (w * (PUBLIC if item in discounted else 1.0) for item, w in items.items())
    return 1 - math.exp(-sum(w * w for w in shown) / ENOUGH)


def _single(breadth: float) -> float:
    """Return how far so many techniques can still be one intrusion."""
    return min(1.0, BROADEST / breadth) ** 2 if breadth else 1.0
