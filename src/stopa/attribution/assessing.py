"""The assessment: rival explanations weighed, the verdict in a sentence, and what it rests on.

Spec: ICD 203 (2015)
Why: naming an actor is the exception. It takes a known actor that fits, evidence that is hard to
plant, and no better rival; everything short of that is said as "cannot be told".
"""

from __future__ import annotations

from collections.abc import Iterable

from stopa.attribution.claims import accused, claims
from stopa.attribution.earlier import earlier
from stopa.attribution.grounds import BROADEST, TECHNICAL, Grounds
from stopa.attribution.observing import TELEMETRY
from stopa.attribution.outcome import outcome
from stopa.attribution.placing import placements
from stopa.attribution.promotion import depth, promotions
from stopa.attribution.sensitivity import sensitivity
from stopa.attribution.weighing import Scales, Weighed, scales
from stopa.attribution.words import spoken, verdict_sentence
from stopa.knowledge import Knowledge
from stopa.model.actor import Stamp
from stopa.model.assessment import (
    Assessment,
    ClaimedAttribution,
    Confidence,
    ConfidenceLevel,
    Hypothesis,
    HypothesisKind,
    Observation,
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
    observations = tuple(sorted(observations, key=lambda o: o.id))
    on = scales(observations, knowledge)
    named = accused(readings, knowledge)
    found = outcome(observations, on, named)
    weighed, rivals = found.weighed, found.hypotheses
    said = claims(readings, comparison, knowledge)
    leader = _leader(rivals)
    return Assessment(
        verdict=_verdict(leader, weighed.ground, said),
        leader=leader.id if leader else None,
        confidence=_confidence(observations, weighed, leader),
        hypotheses=rivals,
        claims=said,
        gaps=_gaps(observations, weighed, on),
        knowledge=_known_by(knowledge.stamp),
        matrix=found.matrix,
        sensitivity=sensitivity(observations, weighed, found.ratios, on),
        promotions=promotions(observations, weighed, leader, knowledge),
        depth=depth(observations, leader, said, knowledge),
        conflict=weighed.clash.score,
        reliability=on.fit.reliability,
        first=weighed.ranking.candidates[0].probability if weighed.ground.items else None,
        placements=placements(readings),
        earlier=earlier(readings, (*named, *_actors(leader)), knowledge),
    )


def _known_by(stamp: Stamp) -> str:
    return f"{stamp.name} {stamp.version}, SHA-256 {stamp.sha256[:12]}…"


def _leader(rivals: tuple[Hypothesis, ...]) -> Hypothesis | None:
    first = rivals[0]
    named = first.kind is HypothesisKind.ACTOR and first.posterior >= NAMED_FROM
    return first if named else None


def _actors(leader: Hypothesis | None) -> tuple[str, ...]:
    return (leader.actor,) if leader and leader.actor else ()


def _verdict(
    leader: Hypothesis | None, ground: Grounds, said: tuple[ClaimedAttribution, ...]
) -> str:
    if leader is not None:
        return verdict_sentence(leader.label, leader.likelihood)
    ending = f"; {_claim_words(said[0])}" if said else ""
    if said[1:]:
        ending += f"; {_plural(len(said) - 1, 'further accusation is', 'further accusations are')}"
        ending += " listed with the claims"
    if not ground.items:
        return (
            "Who did it cannot be told from this evidence, "
            f"which holds nothing that tells one actor from another{ending}."
        )
    return f"Who did it cannot be told from this evidence{ending}."


def _claim_words(claim: ClaimedAttribution) -> str:
    """Say who is accused by how many; reports that repeat one act are counted and then joined."""
    reports = _plural(claim.documents, "report accuses", "reports accuse")
    parties = _plural(claim.parties, "party", "parties")
    word = f", on the word of {parties}" if claim.parties else ""
    sponsor = f", for {claim.sponsor}" if claim.sponsor else ""
    goes = "goes" if claim.documents == 1 else "go"
    roots = (
        f"{goes} back to {_plural(claim.roots, 'source root', 'source roots')}"
        if claim.roots
        else f"{goes} back to no source root that could be told"
    )
    basis = "" if claim.published_basis else ", with no published technical basis"
    return f"{reports} {claim.actor}{sponsor}{word}, and {roots}{basis}"


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _confidence(
    observations: Iterable[Observation], weighed: Weighed, leader: Hypothesis | None
) -> Confidence:
    ground, met = weighed.ground, weighed.clash
    if not ground.items:
        return Confidence(ConfidenceLevel.LOW, ("It rests on no technique and on no software.",))
    reasons = [
        f"The technical observations come from {_plural(len(ground.roots), 'root', 'roots')}.",
        f"They show {_plural(len(ground.aspects), 'aspect', 'aspects')} of six.",
        _exclusive(observations, ground),
    ]
    if met.flagged:
        reasons.append("The way of working does not bear out what the malware's names say.")
    solid = len(ground.roots) > 1 and len(ground.aspects) > 1 and bool(ground.exclusive)
    level = ConfidenceLevel.LOW
    if leader is not None and solid and not met.flagged:
        level = ConfidenceLevel.MODERATE
    return Confidence(level, tuple(reasons))


def _exclusive(observations: Iterable[Observation], ground: Grounds) -> str:
    """Say of malware with one known user whether records hold it, or a text only names it."""
    if not ground.exclusive:
        return "Nothing was observed that only one known actor has used."
    recorded = {o.value for o in observations if o.root == TELEMETRY}
    families = _plural(len(ground.exclusive), "family", "families")
    if recorded.issuperset(ground.exclusive):
        return f"Malware with a single known user was seen: {families}."
    return f"Malware with a single known user was named, which is not the same as seen: {families}."


def _gaps(observations: Iterable[Observation], weighed: Weighed, on: Scales) -> tuple[str, ...]:
    ground, met = weighed.ground, weighed.clash
    kinds = {o.kind for o in observations}
    unseen = [item for item in ground.items if item not in on.profiles.counts]
    gaps = []
    if not kinds & TECHNICAL:
        gaps.append("No technique or software was observed: no actor can be tested.")
    if ground.breadth > BROADEST:
        gaps.append(
            f"{round(ground.breadth)} techniques by weight are more than any one documented "
            "intrusion shows: this may be several intrusions or a collection of samples."
        )
    if met.flagged:
        pointed = on.knowledge.actor(met.actor or "")
        gaps.append(
            f"The malware named points at {pointed.name if pointed else 'one actor'}, and the way "
            "of working does not bear that out: names can be planted, and tools change hands."
        )
    if unseen:
        gaps.append(f"No known actor is documented with {len(unseen)} of the items observed.")
    if weighed.ranking.unknown >= 0.5 and ground.items:
        gaps.append("The set fits no known actor well.")
    if not on.profiles.cited:
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
        *((assessment.matrix.warning,) if assessment.matrix and assessment.matrix.warning else ()),
    )
