"""The matrix of competing hypotheses beside the posterior: what is consistent with what.

Spec: Heuer, Psychology of Intelligence Analysis (1999), chapter 8: look for what speaks against
Why: a posterior can be moved by much weak support; the matrix counts only what does not fit, and
where the two disagree a reader should look twice.
Trap: a claim is no evidence for what it claims: its cells are NA throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

from stopa.attribution.grounds import TECHNICAL, Grounds, weight
from stopa.attribution.ranking import Ratios
from stopa.knowledge import Knowledge
from stopa.model.assessment import (
    Consistency,
    Forgeability,
    Hypothesis,
    HypothesisKind,
    Matrix,
    MatrixRow,
    Observation,
    ObservationKind,
)

ROWS = 100  # observations shown, the most diagnostic; the rest is counted
STRONG, WEAK = 1.5, 0.3  # nats: what counts as very consistent, and as consistent at all
AGAINST = {Consistency.INCONSISTENT: 1.0, Consistency.VERY_INCONSISTENT: 2.0}


@dataclass(frozen=True, slots=True)
class _Case:
    leader: str | None
    ground: Grounds
    ratios: Ratios
    knowledge: Knowledge


def matrix(
    observations: tuple[Observation, ...],
    hypotheses: tuple[Hypothesis, ...],
    ground: Grounds,
    ratios: Ratios,
    knowledge: Knowledge,
) -> Matrix:
    """Return the matrix of all observations against all hypotheses of the assessment."""
    leader = next((h.actor for h in hypotheses if h.kind is HypothesisKind.ACTOR), None)
    case = _Case(leader, ground, ratios, knowledge)
    rows = [_row(o, hypotheses, case) for o in observations]
    against = tuple(
        round(
            sum(
                AGAINST.get(row.marks[column], 0.0) * weight(o)
                for o, row in zip(observations, rows, strict=True)
            ),
            6,
        )
        for column in range(len(hypotheses))
    )
    ids = tuple(h.id for h in hypotheses)
    least = tuple(sorted(ids, key=lambda i: (against[ids.index(i)], ids.index(i))))
    rows.sort(key=lambda row: (-row.diagnosticity, row.observation))
    return Matrix(
        hypotheses=ids,
        rows=tuple(rows[:ROWS]),
        inconsistency=against,
        least=least,
        omitted=max(0, len(rows) - ROWS),
        warning=_warning(hypotheses, against),
    )


def _row(observation: Observation, hypotheses: tuple[Hypothesis, ...], case: _Case) -> MatrixRow:
    values = [_value(observation, h, case) for h in hypotheses]
    told = [value for value in values if value is not None]
    return MatrixRow(
        observation.id,
        tuple(_mark(value) for value in values),
        round(max(told, default=0.0) - min(told, default=0.0), 6),
    )


def _value(observation: Observation, hypothesis: Hypothesis, case: _Case) -> float | None:
    """Return the log of the likelihood ratio under the hypothesis; None where it does not bear."""
    if hypothesis.kind is HypothesisKind.UNDETERMINED:
        return None
    if observation.kind is ObservationKind.VICTIM:
        return _of_victim(observation, hypothesis, case)
    if observation.kind is ObservationKind.INDICATOR:
        return WEAK if hypothesis.kind is HypothesisKind.COMPROMISED_INFRASTRUCTURE else 0.0
    if observation.kind not in TECHNICAL:
        return None
    if hypothesis.actor is not None:
        return case.ratios.of(observation.value, hypothesis.actor)
    return _of_rival(observation, hypothesis.kind, case)


def _of_rival(observation: Observation, kind: HypothesisKind, case: _Case) -> float:
    """Return what the observation does to a rival of the leading actor.

    An imitator shows what is cheap to plant and not what is dear; whoever shares the tools shows
    the tools and not the way of working; a contractor shows what the leader shows; an unlisted
    actor shows nothing that is one known actor's own.
    """
    points = case.ratios.of(observation.value, case.leader) if case.leader else 0.0
    own = observation.value in case.ground.exclusive
    if kind is HypothesisKind.CONTRACTOR:
        return points
    if kind is HypothesisKind.FALSE_FLAG:
        return min(points, STRONG) if observation.forgeability is Forgeability.HIGH else -points
    if kind is HypothesisKind.SHARED_TOOLING:
        if observation.kind is ObservationKind.SOFTWARE:
            return -points if own else max(points, WEAK)
        return -points / 2
    if kind is HypothesisKind.UNLISTED:
        return -STRONG if own else -points / 2
    return 0.0


def _of_victim(observation: Observation, hypothesis: Hypothesis, case: _Case) -> float:
    actor = case.knowledge.actor(hypothesis.actor) if hypothesis.actor else None
    return WEAK if actor is not None and observation.value in actor.victims else 0.0


def _mark(value: float | None) -> Consistency:
    if value is None:
        return Consistency.NOT_APPLICABLE
    if value >= STRONG:
        return Consistency.VERY_CONSISTENT
    if value >= WEAK:
        return Consistency.CONSISTENT
    if value <= -STRONG:
        return Consistency.VERY_INCONSISTENT
    return Consistency.INCONSISTENT if value <= -WEAK else Consistency.NEUTRAL


def _warning(hypotheses: tuple[Hypothesis, ...], against: tuple[float, ...]) -> str:
    """Say where the best-placed actor of the posterior is not the matrix's."""
    actors = [
        (against[n], n, h) for n, h in enumerate(hypotheses) if h.kind is HypothesisKind.ACTOR
    ]
    if not actors or len({score for score, _, _ in actors}) == 1:
        return ""
    first = min(actors, key=lambda entry: entry[1])[2]
    least = min(actors, key=lambda entry: (entry[0], entry[1]))[2]
    if first.id == least.id:
        return ""
    return (
        f"The posterior puts {first.label} first among the actors, the matrix {least.label}: "
        "the support for the one is wide, and less speaks against the other."
    )
