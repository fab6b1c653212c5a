"""How long it went on, and whether secrets were taken, where reports part ways; our own writing."""

from __future__ import annotations

import pytest

from stopa.model.statement import Severity
from stopa.statements import compare, read
from tests.statements.sample import document, knowledge

BASE = "{}\n\n28 May 2025\n\nEstonia on Wednesday accused APT31 of reading its mail.\n\n"


def told(first: str, second: str) -> set[str]:
    texts = [BASE.format("Baltic Wire") + first, BASE.format("Tallinn Courier") + second]
    documents = [document(text + "\n") for text in texts]
    found = compare([read(each, knowledge()) for each in documents], documents).disagreements
    new = [d for d in found if d.type in {"length_conflict", "secrecy_conflict"}]
    assert all(d.severity is Severity.HIGH for d in new)
    return {d.type for d in new}


@pytest.mark.parametrize(
    ("first", "second", "conflict"),
    [
        (
            "The hackers were inside the ministry's servers for six years.",
            "The hackers read the ministry's mail between 2021 and 2023.",
            {"length_conflict"},
        ),
        (
            "The hackers were inside the ministry's servers for two years.",
            "The hackers read the ministry's mail between 2021 and 2023.",
            set(),
        ),
        (
            "The hackers stole secrets of the alliance from the ministry.",
            "No classified system was entered, the ministry said.",
            {"secrecy_conflict"},
        ),
        (
            "The hackers copied 400 letters of the ministry.",
            "No classified system was entered, the ministry said.",
            set(),
        ),
    ],
)
def test_lengths_and_secrets_are_set_against_each_other(
    first: str, second: str, conflict: set[str]
) -> None:
    assert told(first, second) == conflict
