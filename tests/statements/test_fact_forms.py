"""Ways in which reports tell facts of an incident; sentences of our own writing."""

from __future__ import annotations

import pytest

from tests.statements.sample import reading

HEAD = "Bay Courier, 3 May 2024\n\nThe raid on the port of Velden\n\n"
TOLD = (
    ("It remained in the network of the Harbour Research Centre from 2 March 2024.", "victim",
     "Harbour Research Centre"),
    ("It remained in the network of the Harbour Centre from 2 March to 4 April 2024.", "start",
     "2024-03-02"),
    ("The attack, on 13 March 2024, was first claimed by a channel.", "start", "2024-03-13"),
    ("The group approached at least seven engineers of the port with malware.", "extent",
     "seven engineers"),
    ("It came with fabricated offers of employment over LinkedIn.", "vector",
     "offers of employment"),
    ("The lure: a ZIP with a trojanised PDF reader.", "vector", "ZIP"),
    ("A note has been conveyed through the embassy in Oslo.", "response", "note"),
    ("The servers were replaced in the same spring.", "response", "replaced"),
    ("But 212 of 260 servers had to be built anew.", "impact", "212"),
)  # fmt: skip
NOT_VICTIMS = (
    "Finland regards the act as a serious breach of the trust of its partners.",
    "He was charged with intrusions on behalf of the group AMBER HERON.",
    '"We noticed the intrusion," said Foreign Minister Ona Brisk.',
)


@pytest.mark.parametrize(("sentence", "slot", "value"), TOLD)
def test_a_fact_is_found_by_plain_words(sentence: str, slot: str, value: str) -> None:
    facts = reading(HEAD + sentence + "\n").facts
    assert any(fact.slot == slot and value in fact.value for fact in facts)


@pytest.mark.parametrize("sentence", NOT_VICTIMS)
def test_what_is_broken_in_words_only_is_no_victim(sentence: str) -> None:
    facts = reading("Bay Courier, 3 May 2024\n\nA title\n\n" + sentence + "\n").facts
    assert [fact.value for fact in facts if fact.slot == "victim"] == []


def test_a_long_intrusion_that_ended_lately_is_this_one() -> None:
    text = "Bay Courier, 3 May 2019\n\nA title\n\nFrom 2014 to 2018 its data was sent abroad.\n"
    assert "prior_incident" not in {fact.slot for fact in reading(text).facts}
