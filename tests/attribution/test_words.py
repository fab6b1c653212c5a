"""What the words promise: ICD 203's seven terms with their ranges, and nothing outside them."""

from __future__ import annotations

import pytest

from stopa.attribution.words import likelihood, lint, spoken, verdict_sentence
from stopa.model.assessment import LIKELIHOODS


@pytest.mark.parametrize(
    ("probability", "term"),
    [
        (0.0, "almost no chance"),
        (0.049, "almost no chance"),
        (0.05, "very unlikely"),
        (0.2, "unlikely"),
        (0.45, "roughly even chance"),
        (0.549, "roughly even chance"),
        (0.55, "likely"),
        (0.8, "very likely"),
        (0.95, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_each_probability_has_one_term(probability: float, term: str) -> None:
    assert likelihood(probability).term == term


@pytest.mark.parametrize("term", LIKELIHOODS, ids=lambda term: term.term)
def test_a_verdict_in_every_term_passes_the_linter(term: object) -> None:
    found = next(one for one in LIKELIHOODS if one == term)
    assert lint((verdict_sentence("APT31", found),)) == ()
    assert spoken(found) in verdict_sentence("APT31", found)


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("It is likely that APT31 did it.", "without its range"),
        ("It is likely (50–80 %) that APT31 did it.", "without its range"),
        ("It is likely (55–80 %), with high confidence, that it was.", "in one sentence"),
        ("It is likely (55–80 %) and not unlikely (20–45 %).", "two likelihoods"),
        ("It was probably APT31.", "outside the scale"),
        ("This proves that APT31 did it.", "outside the scale"),
        ("It is highly likely (80–95 %) that it was.", "outside the scale"),
        ("Confirmed by three sources.", "outside the scale"),
        ("APT31", "not a sentence"),
    ],
)
def test_a_sentence_off_the_scale_is_caught(sentence: str, fault: str) -> None:
    assert any(fault in found for found in lint((sentence,)))


@pytest.mark.parametrize(
    "sentence",
    [
        "Who did it cannot be told from this evidence.",
        "It is very unlikely (5–20 %) that this is the work of APT31.",
        "The ministry said that it was “almost certainly” APT31.",
        "Confidence in this assessment is low.",
    ],
)
def test_a_sentence_on_the_scale_passes(sentence: str) -> None:
    assert lint((sentence,)) == ()
