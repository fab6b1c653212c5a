"""What reports of eight kinds tell of an intrusion lands in its slot, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.statements.sample import reading

HEAD = "Baltic Wire\n\n3 May 2024\n\nThe affair\n\n"
LINES = Path(__file__).with_name("told.tsv").read_text("utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]
TOLD = [row[1:] for row in ROWS if row[0] != "not told"]
NOT_TOLD = [row[1:] for row in ROWS if row[0] == "not told"]


@pytest.mark.parametrize(("slot", "sentence", "words"), TOLD)
def test_a_sentence_tells_its_slot(slot: str, sentence: str, words: str) -> None:
    facts = reading(HEAD + sentence + "\n").facts
    values = [fact.value for fact in facts if fact.slot == slot]
    assert any(words.lower() in value.lower() for value in values), values


@pytest.mark.parametrize(("slot", "sentence", "words"), NOT_TOLD)
def test_what_only_looks_like_it_does_not(slot: str, sentence: str, words: str) -> None:
    facts = reading(HEAD + sentence + "\n").facts
    assert not [f.value for f in facts if f.slot == slot and words in f.value]
