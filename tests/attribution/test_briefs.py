"""A thousand generated briefs: whatever the evidence, every sentence keeps to the scale."""

from __future__ import annotations

import random

import pytest

from stopa.attribution import assess, observe, summary
from stopa.attribution.words import CONFIDENCE, TERM, lint
from stopa.knowledge import Knowledge
from stopa.model.assessment import (
    UNTOLD,
    Assessment,
    Credibility,
    HypothesisKind,
    Observation,
)
from stopa.model.evidence import Reliability
from stopa.model.statement import Act, Comparison, Reading
from tests.attribution.made import party, reading, root, said, seen

BRIEFS = 1000
STATES = (("China", "CHN"), ("Russia", "RUS"), ("Iran", "IRN"), ("Czechia", "CZE"), ("EU", "EUR"))


@pytest.mark.slow
def test_no_brief_claims_more_than_its_numbers(knowledge: Knowledge) -> None:
    draw = random.Random(20250528)  # noqa: S311 (the same thousand each time)
    named = 0
    for _ in range(BRIEFS):
        made = _brief(draw, knowledge)
        sentences = summary(made)
        assert lint(sentences) == ()
        assert not any(TERM.search(s) and CONFIDENCE.search(s) for s in sentences)
        _never_more_certain_than_the_evidence(made)
        named += made.leader is not None
    assert 0 < named < BRIEFS / 2, "some may be named, most may not"


def _never_more_certain_than_the_evidence(made: Assessment) -> None:
    kinds = {h.kind for h in made.hypotheses}
    assert kinds >= set(HypothesisKind) - {HypothesisKind.ACTOR}
    undecided = next(h for h in made.hypotheses if h.kind is HypothesisKind.UNDETERMINED)
    if undecided.posterior > 0.5:
        assert made.leader is None
        assert {h.likelihood for h in made.hypotheses} == {UNTOLD}
    if made.leader is not None:
        leader = next(h for h in made.hypotheses if h.id == made.leader)
        assert leader.posterior >= leader.likelihood.low
        assert leader.label in made.verdict


def _brief(draw: random.Random, knowledge: Knowledge) -> Assessment:
    observations = _observations(draw, knowledge)
    readings, comparison = _reports(draw)
    told = observe((), {}, readings, comparison, (), knowledge)
    return assess((*observations, *told), readings, comparison, knowledge)


def _observations(draw: random.Random, knowledge: Knowledge) -> tuple[Observation, ...]:
    """Draw from one actor's profile, from all of ATT&CK, or nothing at all."""
    profiles = [p for p in knowledge.record.profiles if p.owner.startswith("G")]
    own = [use.item for use in draw.choice(profiles).uses]
    every = [t.id for t in knowledge.techniques]
    items = {
        *draw.sample(own, min(len(own), draw.choice((0, 3, 12, 40)))),
        *draw.sample(every, draw.choice((0, 0, 2, 8))),
    }
    sure = draw.choice(tuple(Credibility))
    return tuple(
        seen(item, root=draw.choice(("telemetry", "report")), credibility=sure)
        if draw.random() < 0.9
        else _reliable(seen(item, credibility=Credibility.CONFIRMED))
        for item in sorted(items)
    )


def _reliable(observation: Observation) -> Observation:
    fields = {name: getattr(observation, name) for name in observation.__slots__}
    return Observation(**{**fields, "reliability": Reliability.COMPLETELY})


def _reports(draw: random.Random) -> tuple[tuple[Reading, ...], Comparison]:
    acts = (Act.ACCUSE, Act.ACCUSE, Act.DENY, Act.SUPPORT, Act.CONDEMN)
    made = []
    for number in range(draw.choice((0, 0, 1, 4))):
        statements = tuple(
            said(
                f"report {number}",
                draw.choice(acts),
                party(*draw.choice(STATES)),
                party(*draw.choice(STATES)),
                sentence="It was probably the Ministry of State Security, experts believed.",
                span=(100 * n, 100 * n + 99),
            )
            for n in range(draw.randint(1, 4))
        )
        made.append(reading(f"report {number}", statements))
    accusing = tuple(s for r in made for s in r.statements if s.act is Act.ACCUSE)
    roots = (root("one", Act.ACCUSE, accusing),) if accusing and draw.random() < 0.5 else ()
    return tuple(made), Comparison(roots, ())
