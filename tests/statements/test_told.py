"""What reports of eight kinds tell of an intrusion lands in its slot, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.statements.sample import reading

HEAD = "Baltic Wire\n\n3 May 2024\n\nThe affair\n\n"
FILES = ("told.tsv", "wide.tsv")
LINES = [
    line
    for name in FILES
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines()
]
ROWS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]
KEPT_APART = frozenset({"not told", "missed", "wrongly told"})
TOLD = [row[1:] for row in ROWS if row[0] not in KEPT_APART]
MISSED = [row[1:] for row in ROWS if row[0] == "missed"]
WRONGLY_TOLD = [row[1:] for row in ROWS if row[0] == "wrongly told"]
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


@pytest.mark.parametrize(("slot", "sentence", "words"), MISSED)
def test_what_is_known_to_be_missed_is_listed_as_such(slot: str, sentence: str, words: str) -> None:
    values = [f.value for f in reading(HEAD + sentence + "\n").facts if f.slot == slot]
    assert not any(words.lower() in value.lower() for value in values)


@pytest.mark.parametrize(("slot", "sentence", "words"), WRONGLY_TOLD)
def test_what_is_known_to_be_wrong_is_listed_as_such(slot: str, sentence: str, words: str) -> None:
    assert [f for f in reading(HEAD + sentence + "\n").facts if f.slot == slot and words in f.value]
