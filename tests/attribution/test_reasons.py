"""What the reasons of one explanation promise: the number, what moved it, and clean sentences."""

from __future__ import annotations

import pytest

from stopa.attribution.query import rank
from stopa.attribution.reasons import reasons
from stopa.attribution.words import lint
from stopa.knowledge import Knowledge
from stopa.model.assessment import UNTOLD, Hypothesis, HypothesisKind


@pytest.mark.parametrize(
    ("techniques", "software"),
    [([], []), (["T1566.002"], []), (["T1566.002", "T1071.001"], ["S0154"]), ([], ["S0069"])],
)
def test_the_reasons_of_every_hypothesis_are_clean_sentences(
    techniques: list[str], software: list[str], knowledge: Knowledge
) -> None:
    observations, assessment = rank(techniques, software, knowledge)
    for hypothesis in assessment.hypotheses:
        found = reasons(assessment, hypothesis, observations)
        assert found[0].startswith(f"{hypothesis.id}, {hypothesis.label}")
        assert f"{hypothesis.posterior:.2%} after it" in found[1]
        assert lint(found) == ()


def test_cannot_be_told_rests_on_what_is_missing(knowledge: Knowledge) -> None:
    observations, assessment = rank([], [], knowledge)
    (untold,) = (h for h in assessment.hypotheses if h.kind is HypothesisKind.UNDETERMINED)
    found = reasons(assessment, untold, observations)
    assert set(assessment.gaps) <= set(found)
    assert assessment.verdict in found


def test_an_actor_is_told_with_what_speaks_for_and_against_it(knowledge: Knowledge) -> None:
    observations, assessment = rank(["T1566.002", "T1071.001"], ["S0154"], knowledge)
    actor = next(h for h in assessment.hypotheses if h.speaks_for and h.speaks_against)
    found = reasons(assessment, actor, observations)
    assert sum(" speaks for it (×" in s for s in found) == len(actor.speaks_for)
    assert sum(" speaks against it (×" in s for s in found) == len(actor.speaks_against)


@pytest.mark.parametrize(
    ("prior", "posterior", "ratio"),
    [(0.2, 0.5, 4.0), (0.5, 0.5, 1.0), (0.0, 0.5, None), (0.5, 1.0, None)],
)
def test_the_likelihood_ratio_is_of_odds(
    prior: float, posterior: float, ratio: float | None
) -> None:
    found = Hypothesis("H1", HypothesisKind.ACTOR, "A", None, prior, posterior, UNTOLD).ratio
    assert found == (None if ratio is None else pytest.approx(ratio))
