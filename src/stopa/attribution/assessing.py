"""The assessment: rival explanations weighed, the verdict in a sentence, and what it rests on.

Spec: ICD 203 (2015)
Why: naming an actor is the exception. It takes a known actor that fits, evidence that is hard to
plant, and no better rival; everything short of that is said as "cannot be told".
"""

from __future__ import annotations

from collections.abc import Iterable

from stopa.attribution.claims import claimed_actors, claims
from stopa.attribution.conflict import Clash, clash
from stopa.attribution.grounds import BROADEST, TECHNICAL, Grounds, grounds, telling, unsupported
from stopa.attribution.hypotheses import hypotheses, posterior_shares
from stopa.attribution.parameters import parameters
from stopa.attribution.profiles import Profiles, from_knowledge, year_of
from stopa.attribution.ranking import Ranking, rank_items
from stopa.attribution.words import spoken, verdict_sentence
from stopa.knowledge import Knowledge
from stopa.model.assessment import (
    Assessment,
    ClaimedAttribution,
    Confidence,
    ConfidenceLevel,
    Hypothesis,
    HypothesisKind,
    Observation,
    ObservationKind,
)
from stopa.model.statement import Comparison, Reading

NAMED_FROM = 0.55  # "likely" begins here (ICD 203)


def assess(
    observations: tuple[Observation, ...],
    readings: tuple[Reading, ...],
    comparison: Comparison,
    knowledge: Knowledge,
) -> Assessment:
    """Weigh the observations. Pure: the same arguments give the same assessment."""
    profiles = from_knowledge(knowledge)
    fit = parameters().of(cited=profiles.cited)
    at = _year(observations)
    ground = grounds(observations, knowledge)
    met = clash(telling(ground), profiles, fit, at)
    ground = ground if met.supported or met.actor is None else unsupported(ground)
    ranking = rank_items(ground.items, profiles, fit, at)
    indicators = sum(o.kind is ObservationKind.INDICATOR for o in observations)
    shares = posterior_shares(ground, ranking, conflict=met.score, indicators=indicators)
    named = tuple(sorted({id_ for _, id_ in claimed_actors(readings, knowledge)}))
    rivals = hypotheses(observations, ranking, shares, knowledge, named)
    said = claims(readings, comparison, knowledge)
    leader = _leader(rivals)
    return Assessment(
        verdict=_verdict(leader, ground, said),
        leader=leader.id if leader else None,
        confidence=_confidence(ground, met, leader),
        hypotheses=rivals,
        claims=said,
        gaps=_gaps(observations, ground, profiles, ranking, met, knowledge),
        knowledge=f"{knowledge.stamp.name} {knowledge.stamp.version}",
    )


def _year(observations: Iterable[Observation]) -> float | None:
    """Return the year of the latest technical observation that has a date."""
    dates = [o.when.edtf.split("/")[-1] for o in observations if o.when and o.kind in TECHNICAL]
    return max((year_of(date[:10]) for date in dates if date[:4].isdigit()), default=None)


def _leader(rivals: tuple[Hypothesis, ...]) -> Hypothesis | None:
    first = rivals[0]
    named = first.kind is HypothesisKind.ACTOR and first.posterior >= NAMED_FROM
    return first if named else None


def _verdict(
    leader: Hypothesis | None, ground: Grounds, said: tuple[ClaimedAttribution, ...]
) -> str:
    if leader is not None:
        return verdict_sentence(leader.label, leader.likelihood)
    ending = "".join(f"; {_claim_words(claim)}" for claim in said)
    if not ground.items:
        return (
            f"Who did it cannot be told from this evidence, which holds nothing technical{ending}."
        )
    return f"Who did it cannot be told from this evidence{ending}."


def _claim_words(claim: ClaimedAttribution) -> str:
    sources = _plural(len(claim.claimed_by), "source claims", "sources claim")
    roots = _plural(claim.roots, "source root", "source roots")
    basis = "" if claim.published_basis else ", with no published technical basis"
    sponsor = f", for {claim.sponsor}" if claim.sponsor else ""
    return f"{sources} {claim.actor}{sponsor}, all from {roots}{basis}"


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _confidence(ground: Grounds, met: Clash, leader: Hypothesis | None) -> Confidence:
    reasons = [
        f"The technical observations come from {_plural(len(ground.roots), 'root', 'roots')}.",
        f"They show {_plural(len(ground.aspects), 'aspect', 'aspects')} of six.",
    ]
    if not ground.items:
        return Confidence(ConfidenceLevel.LOW, ("There is no technical observation.",))
    if ground.exclusive:
        reasons.append(
            "Malware with a single known user was seen: "
            f"{_plural(len(ground.exclusive), 'family', 'families')}."
        )
    else:
        reasons.append("Nothing was seen that only one known actor has used.")
    if met.flagged:
        reasons.append("The way of working does not bear out what the malware's names say.")
    solid = len(ground.roots) > 1 and len(ground.aspects) > 1 and bool(ground.exclusive)
    level = ConfidenceLevel.LOW
    if leader is not None and solid and not met.flagged:
        level = ConfidenceLevel.MODERATE
    return Confidence(level, tuple(reasons))


def _gaps(
    observations: Iterable[Observation],
    ground: Grounds,
    profiles: Profiles,
    ranking: Ranking,
    met: Clash,
    knowledge: Knowledge,
) -> tuple[str, ...]:
    kinds = {o.kind for o in observations}
    unseen = [item for item in ground.items if item not in profiles.counts]
    gaps = []
    if not kinds & {ObservationKind.TECHNIQUE, ObservationKind.SOFTWARE}:
        gaps.append("No technique or software was observed: no actor can be tested.")
    if ground.breadth > BROADEST:
        gaps.append(
            f"{round(ground.breadth)} techniques by weight are more than any one documented "
            "intrusion shows: this may be several intrusions or a collection of samples."
        )
    if met.flagged:
        pointed = knowledge.actor(met.actor or "")
        gaps.append(
            f"The malware named points at {pointed.name if pointed else 'one actor'}, and the way "
            "of working does not bear that out: names can be planted, and tools change hands."
        )
    if unseen:
        gaps.append(f"No known actor is documented with {len(unseen)} of the items observed.")
    if ranking.unknown >= 0.5 and ground.items:
        gaps.append("The set fits no known actor well.")
    if not profiles.cited:
        gaps.append(
            "The knowledge has no reports behind its profiles: import ATT&CK's bundle to weigh "
            "how often and how recently each use was reported."
        )
    return tuple(gaps)


def summary(assessment: Assessment) -> tuple[str, ...]:
    """Return every sentence that the assessment puts into words, for the linter and the page."""
    ranked = tuple(f"{h.id}, {h.label}: {spoken(h.likelihood)}." for h in assessment.hypotheses)
    return (
        assessment.verdict,
        f"Confidence in this assessment is {assessment.confidence.level.value}.",
        *assessment.confidence.reasons,
        *assessment.gaps,
        *ranked,
    )
