"""The rival explanations, each with what it had before the evidence and what it has after.

Spec: the rivals of Heuer's analysis of competing hypotheses, as attribution needs them (Rid and
Buchanan, Attributing Cyber Attacks, 2015; Steffens, 2020)
Why: an assessment of one hypothesis is no assessment. What the evidence cannot decide stays with
"cannot be told", by design the largest share until hard evidence takes from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from stopa.attribution.grounds import Grounds
from stopa.attribution.ranking import DIGITS, Candidate, Ranking, Ratios
from stopa.attribution.words import likelihood
from stopa.knowledge import Knowledge, places
from stopa.knowledge.spelling import key
from stopa.model.actor import Actor
from stopa.model.assessment import (
    UNTOLD,
    Hypothesis,
    HypothesisKind,
    Likelihood,
    Observation,
    ObservationKind,
    Weight,
)

SHOWN = 5  # best-fitting actors that an assessment lists
# Before any evidence: what is left undecided, and of the rest, how much an unlisted actor has. The
# rivals of the leader are rates per case, of a documented intrusion with a public attribution.
UNDECIDED = 0.95
UNLISTED = 0.3
FALSE_FLAG = 0.02  # documented false flags are rare: Olympic Destroyer, CyberCaliphate, a few more
SHARED_TOOLING = 0.04
COMPROMISED = 0.02
CONTRACTOR = 0.03
RAISED = 0.2  # what each rival's share may rise to when all the evidence is of its kind
BORROWED = 0.05  # by which "another's infrastructure" rises when an address was observed
COMMON_IF_SHARED = 0.5  # how far malware of several actors counts as shared tooling
MOOT = 0.5  # of belief left undecided, beyond which no likelihood is given

# The explanations beside any known actor: the share of `Shares` of each, and what would settle it.
RIVALS: tuple[tuple[HypothesisKind, str, str, tuple[str, ...]], ...] = (
    (
        HypothesisKind.UNLISTED,
        "unlisted",
        "an actor that is not listed above, known or not",
        ("malware or infrastructure that no known actor has used",),
    ),
    (
        HypothesisKind.FALSE_FLAG,
        "false_flag",
        "another actor imitating {name}",
        ("traces that are hard to plant and point elsewhere",),
    ),
    (
        HypothesisKind.SHARED_TOOLING,
        "shared_tooling",
        "an actor that shares or bought the tools of {name}",
        ("who else had the malware at the time",),
    ),
    (
        HypothesisKind.COMPROMISED_INFRASTRUCTURE,
        "compromised",
        "an actor that works through another's infrastructure",
        ("who controlled the infrastructure at the time, from its providers",),
    ),
    (
        HypothesisKind.CONTRACTOR,
        "contractor",
        "{of_state}, with the tools of {name}",
        ("tasking, payment or staff records, which technical evidence does not hold",),
    ),
    (
        HypothesisKind.UNDETERMINED,
        "undetermined",
        "who did it cannot be told from this evidence",
        (),
    ),
)


@dataclass(frozen=True, slots=True)
class Shares:
    """The mass of each kind of explanation; the actors share `actors`. All add up to 1."""

    actors: float
    unlisted: float
    false_flag: float
    shared_tooling: float
    compromised: float
    contractor: float
    undetermined: float


def prior_shares() -> Shares:
    """Return the shares before any evidence."""
    return _shares(1 - UNDECIDED, UNLISTED, FALSE_FLAG, SHARED_TOOLING, COMPROMISED)


def posterior_shares(
    ground: Grounds, ranking: Ranking, *, conflict: float, indicators: int
) -> Shares:
    """Return the shares after the evidence. Without technical evidence they are the prior's."""
    if not ground.items:
        return prior_shares()
    software = len(ground.public) + len(ground.shared) + len(ground.exclusive)
    common = (
        (len(ground.public) + COMMON_IF_SHARED * len(ground.shared)) / software if software else 0.0
    )
    return _shares(
        max(1 - UNDECIDED, ground.reach),
        ranking.unknown,
        FALSE_FLAG + (RAISED - FALSE_FLAG) * conflict,
        SHARED_TOOLING + (RAISED - SHARED_TOOLING) * common,
        COMPROMISED + (BORROWED if indicators else 0.0),
    )


def hypotheses(
    observations: tuple[Observation, ...],
    ranking: Ranking,
    ratios: Ratios,
    shares: Shares,
    knowledge: Knowledge,
    claimed: Mapping[str, str],
) -> tuple[Hypothesis, ...]:
    """Return all explanations by posterior, then kind and label, numbered H1, H2, ..."""
    before = prior_shares()
    shown = _shown(ranking, ratios, claimed)
    leader = knowledge.actor(shown[0].actor) if shown and ratios.values else None
    made = [_of_actor(c, ratios, shares, before, observations, knowledge, claimed) for c in shown]
    made += _rivals(_with_rest(shares, shown), _with_rest_prior(before, shown), leader)
    order = list(HypothesisKind)
    made.sort(key=lambda h: (-h.posterior, order.index(h.kind), h.label))
    return tuple(replace(h, id=f"H{n}") for n, h in enumerate(made, 1))


def labelled(actor: Actor, claimed: Mapping[str, str]) -> str:
    """Return the name that reports print, the knowledge's, and the state it is said to be of."""
    printed = claimed.get(actor.id) or actor.name
    name = actor.name if key(printed) == key(actor.name) else f"{printed}, listed as {actor.name}"
    state = places().country(actor.country) if actor.country else None
    return f"{name} ({state.name})" if state else name


def _shares(
    decided: float, unlisted: float, false_flag: float, shared: float, compromised: float
) -> Shares:
    known = decided * (1 - unlisted)
    rivals = false_flag + shared + compromised + CONTRACTOR
    return Shares(
        actors=known * (1 - rivals),
        unlisted=decided * unlisted,
        false_flag=known * false_flag,
        shared_tooling=known * shared,
        compromised=known * compromised,
        contractor=known * CONTRACTOR,
        undetermined=1 - decided,
    )


def _shown(ranking: Ranking, ratios: Ratios, claimed: Mapping[str, str]) -> list[Candidate]:
    """Return the best-fitting actors, and those that somebody claims it was."""
    best = list(ranking.candidates[:SHOWN]) if ratios.values else []
    named = {c.actor for c in best}
    return best + [c for c in ranking.candidates if c.actor in claimed and c.actor not in named]


def _with_rest(shares: Shares, shown: list[Candidate]) -> Shares:
    """Give what the known actors that are not shown have to "not listed"."""
    rest = shares.actors * max(0.0, 1 - sum(c.probability for c in shown))
    return replace(shares, unlisted=shares.unlisted + rest)


def _with_rest_prior(before: Shares, shown: list[Candidate]) -> Shares:
    rest = before.actors * max(0.0, 1 - sum(c.prior for c in shown))
    return replace(before, unlisted=before.unlisted + rest)


def _of_actor(
    candidate: Candidate,
    ratios: Ratios,
    shares: Shares,
    before: Shares,
    observations: tuple[Observation, ...],
    knowledge: Knowledge,
    claimed: Mapping[str, str],
) -> Hypothesis:
    weights = [
        _weight(o, ratios.of(o.value, candidate.actor))
        for o in observations
        if o.value in ratios.values
    ]
    actor = knowledge.actor(candidate.actor)
    return Hypothesis(
        id="",
        kind=HypothesisKind.ACTOR,
        label=labelled(actor, claimed) if actor else candidate.actor,
        actor=candidate.actor,
        prior=round(before.actors * candidate.prior, DIGITS),
        posterior=round(shares.actors * candidate.probability, DIGITS),
        likelihood=_term(shares.actors * candidate.probability, shares),
        speaks_for=_ordered([w for w in weights if w.log_ratio > 0]),
        speaks_against=_ordered([w for w in weights if w.log_ratio < 0]),
        missing=_missing(actor, observations),
    )


def _rivals(shares: Shares, before: Shares, leader: Actor | None) -> list[Hypothesis]:
    """Return the explanations that are there whoever leads."""
    name = leader.name if leader else "a known actor"
    state = places().country(leader.country) if leader and leader.country else None
    of_state = f"a contractor or another organ of {state.name}" if state else "a contractor"
    return [
        Hypothesis(
            id="",
            kind=kind,
            label=label.format(name=name, of_state=of_state),
            actor=None,
            prior=round(getattr(before, share), DIGITS),
            posterior=round(getattr(shares, share), DIGITS),
            likelihood=_term(getattr(shares, share), shares),
            missing=missing,
        )
        for kind, share, label, missing in RIVALS
    ]


def _term(posterior: float, shares: Shares) -> Likelihood:
    return UNTOLD if shares.undetermined > MOOT else likelihood(posterior)


def _weight(observation: Observation, ratio: float) -> Weight:
    reason = "not documented for this actor, and documented for others"
    if ratio > 0:
        reason = "documented for this actor, and less for others"
    return Weight(observation.id, ratio, reason)


def _ordered(weights: list[Weight]) -> tuple[Weight, ...]:
    return tuple(sorted(weights, key=lambda w: (-abs(w.log_ratio), w.observation)))


def _missing(actor: Actor | None, observations: tuple[Observation, ...]) -> tuple[str, ...]:
    kinds = {o.kind for o in observations}
    wanted = []
    if actor is not None and not actor.software:
        wanted.append(f"the knowledge lists no malware of {actor.name}: none could have been found")
    elif ObservationKind.SOFTWARE not in kinds:
        wanted.append("malware that only this actor has used")
    if ObservationKind.INDICATOR not in kinds:
        wanted.append("infrastructure that can be tied to this actor")
    if ObservationKind.TIMING not in kinds:
        wanted.append("working hours over weeks")
    return tuple(wanted)
