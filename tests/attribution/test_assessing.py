"""What an assessment promises: rivals always, names rarely, the same words for the same bytes."""

from __future__ import annotations

import time

import pytest

from stopa.attribution import assess, summary
from stopa.attribution.words import lint
from stopa.knowledge import Knowledge
from stopa.model.assessment import (
    UNTOLD,
    Assessment,
    Credibility,
    HypothesisKind,
    Observation,
)
from stopa.model.record import canonical
from stopa.model.statement import Act, Comparison, MentionKind
from tests.attribution.made import NOBODY, mention, party, reading, root, said, seen

CHINA, CZECHIA = party("China", "CHN"), party("Czech government", "CZE")
# APT28's own malware (several families with no other known user in ATT&CK) and ways of working.
HARD = ("S0251", "S0023", "S0243", "T1092", "T1137.002", "T1557.004", "T1596", "T1550.001")
# What any intruder does: found in most profiles.
COMMON = ("T1059.001", "T1059.003", "T1105", "T1071.001", "T1566.001", "T1204.002", "S0154")


def _assess(observations: tuple[Observation, ...], knowledge: Knowledge) -> Assessment:
    return assess(observations, (), NOBODY, knowledge)


@pytest.mark.parametrize("items", [(), COMMON, HARD, ("T9999",), ("S9999", "T1059")])
def test_rivals_are_always_there_and_add_up(items: tuple[str, ...], knowledge: Knowledge) -> None:
    made = _assess(tuple(seen(item) for item in items), knowledge)
    assert {h.kind for h in made.hypotheses} >= set(HypothesisKind) - {HypothesisKind.ACTOR}
    assert sum(h.posterior for h in made.hypotheses) == pytest.approx(1, abs=1e-4)
    assert sum(h.prior for h in made.hypotheses) == pytest.approx(1, abs=1e-4)
    assert [h.id for h in made.hypotheses] == [f"H{n + 1}" for n in range(len(made.hypotheses))]


def test_without_technical_evidence_nobody_is_named_and_nothing_is_unlikely(
    knowledge: Knowledge,
) -> None:
    made = _assess((), knowledge)
    assert made.leader is None
    assert made.verdict.startswith("Who did it cannot be told from this evidence")
    assert {h.likelihood for h in made.hypotheses} == {UNTOLD}


def test_common_techniques_name_nobody(knowledge: Knowledge) -> None:
    made = _assess(tuple(seen(item) for item in COMMON), knowledge)
    assert made.leader is None


def test_a_collection_of_attack_samples_names_nobody(knowledge: Knowledge) -> None:
    every = tuple(seen(t.id, credibility=Credibility.PROBABLY_TRUE) for t in knowledge.techniques)
    made = _assess(every, knowledge)
    assert made.leader is None
    assert any("more than any one documented intrusion shows" in gap for gap in made.gaps)


def test_what_only_noisy_rules_show_moves_next_to_nothing(knowledge: Knowledge) -> None:
    noisy = _assess(
        tuple(seen(item, credibility=Credibility.IMPROBABLE) for item in HARD), knowledge
    )
    solid = _assess(tuple(seen(item) for item in HARD), knowledge)
    undecided = {
        name: next(h.posterior for h in made.hypotheses if h.kind is HypothesisKind.UNDETERMINED)
        for name, made in (("noisy", noisy), ("solid", solid))
    }
    assert undecided["noisy"] > 0.9 > undecided["solid"]


def test_what_an_observation_does_is_said_for_and_against(knowledge: Knowledge) -> None:
    made = _assess(tuple(seen(item) for item in HARD), knowledge)
    first = next(h for h in made.hypotheses if h.kind is HypothesisKind.ACTOR)
    assert first.actor == "G0007"
    assert all(weight.log_ratio > 0 for weight in first.speaks_for)
    assert all(weight.log_ratio < 0 for weight in first.speaks_against)
    assert {w.observation for w in first.speaks_for} <= {seen(item).id for item in HARD}


def test_claims_are_reported_and_lend_no_probability(knowledge: Knowledge) -> None:
    accusing = tuple(
        said(d, Act.ACCUSE, CZECHIA, CHINA, sentence="China is behind APT31.") for d in "ab"
    )
    readings = tuple(
        reading(s.document, (s,), (mention(s.document, MentionKind.ACTOR, "APT31", ("G0128",)),))
        for s in accusing
    )
    comparison = Comparison((root("Czech government", Act.ACCUSE, accusing),), ())
    claimed = assess((), readings, comparison, knowledge)
    silent = _assess((), knowledge)
    told = "2 reports accuse APT31 (China), on the word of 1 party, and go back to 1 source root"
    assert told in claimed.verdict
    assert "no published technical basis" in claimed.verdict
    assert claimed.leader is None
    actor = next(h for h in claimed.hypotheses if h.actor == "G0128")
    assert actor.likelihood == UNTOLD
    assert actor.posterior == actor.prior
    for kind in (HypothesisKind.UNDETERMINED, HypothesisKind.FALSE_FLAG):
        assert [h.posterior for h in claimed.hypotheses if h.kind is kind] == [
            h.posterior for h in silent.hypotheses if h.kind is kind
        ]


def test_the_same_evidence_gives_the_same_bytes_in_any_order(knowledge: Knowledge) -> None:
    observations = tuple(seen(item) for item in HARD)
    assert canonical(_assess(observations, knowledge)) == canonical(
        _assess(tuple(reversed(observations)), knowledge)
    )


def test_every_sentence_keeps_to_the_scale(knowledge: Knowledge) -> None:
    for items in ((), COMMON, HARD):
        assert lint(summary(_assess(tuple(seen(i) for i in items), knowledge))) == ()


def test_ten_thousand_observations_take_less_than_three_seconds(knowledge: Knowledge) -> None:
    techniques = [t.id for t in knowledge.techniques]
    many = tuple(
        seen(techniques[n % len(techniques)], root=f"root {n // len(techniques)}")
        for n in range(10_000)
    )
    start = time.process_time()  # other programs on the machine do not count
    _assess(many, knowledge)
    assert time.process_time() - start < 3


def test_the_assessment_carries_what_its_probabilities_earned(knowledge: Knowledge) -> None:
    table = _assess(tuple(seen(item) for item in HARD), knowledge).reliability
    assert sum(row.cases for row in table) > 100
    assert [row.low for row in table] == sorted(row.low for row in table)
    for row in table:
        assert row.low <= row.stated <= row.high
        assert 0 <= row.correct <= 1
