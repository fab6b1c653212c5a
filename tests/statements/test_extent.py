"""How many were hit is a number, and a number of machines is no network; our own sentences."""

from __future__ import annotations

import pytest

from tests.statements.sample import reading


def values(sentence: str, slot: str) -> list[str]:
    text = f"Baltic Wire\n\n3 May 2024\n\n{sentence}\n"
    return [fact.value for fact in reading(text).facts if fact.slot == slot]


@pytest.mark.parametrize(
    ("sentence", "extent"),
    [
        ("The hackers broke into 14 mailboxes.", "14 mailboxes"),
        ("The hackers read 30 encrypted mailboxes.", "30 encrypted mailboxes"),
        ("Some 60 members of staff were hit by the attack.", "Some 60 members of staff"),
    ],
)
def test_a_number_of_machines_or_people_is_the_extent(sentence: str, extent: str) -> None:
    assert values(sentence, "extent") == [extent]
    assert values(sentence, "network") == []


def test_a_network_is_told_once_in_a_sentence() -> None:
    sentence = "The hackers broke into the unclassified network of the ministry."
    assert values(sentence, "network") == ["unclassified network of the ministry"]


@pytest.mark.parametrize(
    ("sentence", "start"),
    [
        ("The campaign began in May 2022 and lasted until March 2023.", ["2022-05"]),
        ("The attackers were inside since 2022, the ministry said on Monday.", ["2022"]),
    ],
)
def test_an_end_or_a_day_of_telling_is_no_start(sentence: str, start: list[str]) -> None:
    assert values(sentence, "start") == start
