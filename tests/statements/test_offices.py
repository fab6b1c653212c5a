"""Offices that go together and offices that do not, steps counted and denied; our own texts."""

from __future__ import annotations

import pytest

from stopa.model.statement import Disagreement, Severity
from stopa.statements import compare
from tests.statements.sample import document, reading

FIRST = "Baltic Wire\n\n3 May 2024\n\nBrenn blamed Russia for the attack on its registry.\n\n"
OTHER = "Harbour Post\n\n4 May 2024\n\nBrenn blamed Russia for the attack on its registry.\n\n"


def found(one: str, other: str, slot: str) -> list[Disagreement]:
    texts = [FIRST + one + "\n", OTHER + other + "\n"]
    made = compare([reading(text) for text in texts], [document(text) for text in texts])
    return [item for item in made.disagreements if item.slot == slot]


APART = (
    ("Foreign Minister Ona Brisk spoke.", "Interior Minister Ona Brisk spoke."),
    ("The Minister of Government, Pal Orm, spoke.", "Finance Minister Pal Orm spoke."),
    ("Undersecretary Eva Tarn spoke.", "Defence Minister Eva Tarn spoke."),
    ("Pal Orm, Director General of the Registry, spoke.", "Interior Minister Pal Orm spoke."),
    ("Pal Orm, who heads the Cyber Office, spoke.", "Public Safety Minister Pal Orm spoke."),
    ("The foreign minister, Ona Brisk, spoke.", "Prime Minister Ona Brisk spoke."),
    ("Brenn's justice minister, Ona Brisk, spoke.", "Ambassador Ona Brisk spoke."),
)
TOGETHER = (
    ("Foreign Minister Ona Brisk spoke.", "Ona Brisk, the foreign minister, spoke."),
    ("Minister of Public Safety Eva Tarn spoke.", "Public Safety Minister Eva Tarn spoke."),
    ("General Pal Orm spoke.", "Pal Orm, director of the Registry, spoke."),
    ("Former Interior Minister Ona Brisk spoke.", "Foreign Minister Ona Brisk spoke."),
    ("Foreign Minister Ona Brisk spoke.", "Interior Minister Eva Tarn spoke."),
    ("Embassy spokesman Pal Orm spoke.", "Pal Orm, a spokesman, spoke."),
    ("Pal Orm, director of the Registry, spoke.", "Pal Orm, head of the Registry, spoke."),
)


@pytest.mark.parametrize(("one", "other"), APART)
def test_one_person_has_no_two_such_offices(one: str, other: str) -> None:
    (item,) = found(one, other, "officeholder")
    assert item.severity is Severity.HIGH
    assert len({position.document for position in item.positions}) == 2


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_offices_that_one_person_can_hold_are_no_conflict(one: str, other: str) -> None:
    assert found(one, other, "officeholder") == []


UNLIKE = (
    ("Brenn expelled two diplomats.", "The expulsion of four diplomats was unfriendly, he said."),
    ("Brenn gave three embassy staff a week to leave.", "Brenn expelled five officials."),
    ("Prosecutors charged four men.", "Seven officers were charged."),
    ("Brenn summoned the ambassador.", "The ambassador had not been summoned, he said."),
    ("Brenn handed the ambassador a note.", "No note had reached him, he said."),
)
ALIKE = (
    ("Brenn expelled two diplomats.", "Two diplomats must leave."),
    ("Brenn expelled two diplomats.", "Russia condemned the step."),
    ("Brenn summoned the ambassador.", "The ambassador was summoned on Monday."),
)


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_steps_that_texts_tell_apart_are_a_conflict(one: str, other: str) -> None:
    assert any(item.severity is Severity.HIGH for item in found(one, other, "response"))


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_steps_that_texts_tell_alike_are_none(one: str, other: str) -> None:
    assert not [d for d in found(one, other, "response") if d.type != "factual_conflict"]


def test_an_earlier_incident_is_named_as_mixed_in() -> None:
    told = found("An earlier attack, in 2016, hit the port.", "It rained.", "prior_incident")
    assert [(item.type, item.severity) for item in told] == [("prior_incident_mixed", Severity.LOW)]


def test_a_body_that_accuses_in_one_text_and_warns_in_another_is_named() -> None:
    one = "Reef Press Watch warned that Russia was no stranger to it."
    other = "Reef Press Watch blamed the government in Brenn for the theft."
    (item,) = found(one, other, "reaction_strength")
    assert item.severity is Severity.HIGH


def test_hackers_of_a_country_contradict_no_named_group() -> None:
    one, other = "APT28 did it, Brenn said.", "Russian hackers broke in, Brenn said."
    assert [d for d in found(one, other, "actor") if d.type == "actor_conflict"] == []


def test_a_persons_own_words_are_known_again_by_few() -> None:
    one = '"Not one crown was paid, nor will one be paid," Ona Brisk said.'
    other = '"Not one crown has been paid and not one will be," Ona Brisk said.'
    assert [d.type for d in found(one, other, "quote_text")] == ["quote_drift"]


def test_who_blamed_nobody_for_an_earlier_attack_does_not_contradict_itself() -> None:
    one = "A previous attack in 2017 hit the registry, though Brenn did not blame anybody then."
    assert found(one, "Brenn blamed Russia on Friday.", "attributor") == []


def test_who_accuses_in_one_text_and_expressly_not_in_another_is_named() -> None:
    one = "Germany has not blamed Russia for the attack."
    other = "Germany blamed Russia for the attack."
    assert [d.type for d in found(one, other, "attributor")] == ["attributor_conflict"]
