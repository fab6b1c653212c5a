from dataclasses import replace

import pytest

from stopa.attribution.words import lint
from stopa.dossier.brief import Brief, brief
from stopa.dossier.index import index
from stopa.model.dossier import Dossier
from stopa.model.statement import Act
from tests.dossier.sample import empty, sample, without_technical_evidence

ALL = pytest.mark.parametrize(
    "dossier", [sample(), without_technical_evidence(), empty()], ids=["whole", "reports", "empty"]
)


def front(dossier: Dossier) -> Brief:
    return brief(index(dossier))


def text(dossier: Dossier) -> str:
    return " ".join(sentence.text for sentence in front(dossier).sentences)


@ALL
def test_the_verdict_is_the_assessments_own_words(dossier: Dossier) -> None:
    assert front(dossier).verdict.text == dossier.assessment.verdict


@ALL
def test_likelihood_and_confidence_are_never_in_one_sentence(dossier: Dossier) -> None:
    made = front(dossier)
    said = [made.confidence, *(sentence.text for sentence in made.sentences)]
    assert lint(tuple(said)) == ()


def test_there_are_about_eight_sentences_and_each_says_what_it_rests_on() -> None:
    made = front(sample())
    assert 7 <= len(made.sentences) <= 10
    assert all(sentence.cites for sentence in made.sentences)


def test_reports_are_counted_beside_their_roots() -> None:
    assert "Five documents say, on the word of Government of Velden and Institute" in text(sample())
    assert "that is two source roots" in text(sample())


def test_a_citation_leads_to_something_in_the_dossier() -> None:
    at = index(sample())
    known = {*at.findings, *at.statements, *at.observations, "coverage", "attack", "hypotheses"}
    known |= {apart.id for apart in sample().comparison.disagreements}
    known |= {hypothesis.id for hypothesis in sample().assessment.hypotheses}
    made = brief(at)
    cited = [cite.id for sentence in (made.verdict, *made.sentences) for cite in sentence.cites]
    assert set(cited) <= known


def test_a_denial_is_told_beside_the_claim() -> None:
    assert "and denied by Embassy of the Karst Federation." in text(sample())
    denying = next(s for s in front(sample()).sentences if s.topic == "answers")
    acts = {index(sample()).statements[cite.id].act for cite in denying.cites}
    assert acts <= {Act.DENY, Act.SUPPORT}


def test_no_match_is_not_told_as_no_intrusion() -> None:
    silent = replace(sample(), findings=(), rules=())
    assert "None of 214 rules matched: that shows nothing but the reach of" in text(silent)


def test_without_a_leader_no_explanation_is_put_first_as_a_rival() -> None:
    told = text(without_technical_evidence())
    assert "rival" not in told
    assert front(without_technical_evidence()).leader is None


def test_the_checks_can_be_done_by_hand() -> None:
    commands = [check.command for check in front(sample()).checks]
    assert commands[-1] == "stopa verify CASE"
    assert len(commands) <= 5
    assert any(command.startswith("stopa explain CASE F-") for command in commands)
    assert any(command.startswith("stopa explain CASE S-") for command in commands)
    assert any(command.startswith("sha256sum") for command in commands)


def test_words_from_evidence_are_marked_as_given() -> None:
    made = front(sample())
    claim = next(sentence for sentence in made.sentences if sentence.topic == "claim")
    assert [word.text for word in claim.words if word.given] == [
        "Government of Velden and Institute for Northern Security",
        "Glass Heron",
        "Karst Federation",
    ]


def test_matches_of_one_day_are_dated_once() -> None:
    one = sample().findings[:2]
    made = replace(sample(), findings=(one[0], replace(one[1], time=one[0].time)))
    assert ", all on 12 October 2023." in text(made)
    assert "first on" not in text(made)
