"""What reports of eight kinds tell of an intrusion lands in its slot, and nothing else does."""

from __future__ import annotations

import pytest

from tests.statements.sample import reading
from tests.statements.told import NOT_TOLD, TOLD

HEAD = "Baltic Wire\n\n3 May 2024\n\nThe affair\n\n"


@pytest.mark.parametrize(("slot", "sentence", "words"), TOLD)
def test_a_sentence_tells_its_slot(slot: str, sentence: str, words: str) -> None:
    facts = reading(HEAD + sentence + "\n").facts
    values = [fact.value for fact in facts if fact.slot == slot]
    assert any(words.lower() in value.lower() for value in values), values


@pytest.mark.parametrize(("slot", "sentence", "words"), NOT_TOLD)
def test_what_only_looks_like_it_does_not(slot: str, sentence: str, words: str) -> None:
    facts = reading(HEAD + sentence + "\n").facts
    assert not [f.value for f in facts if f.slot == slot and words in f.value]
