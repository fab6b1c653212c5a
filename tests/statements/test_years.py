"""Years that a report drops, and steps that answer another incident; texts of our own writing."""

from __future__ import annotations

import pytest

from stopa.model.statement import Comparison, Severity
from stopa.statements import compare, read
from tests.statements.sample import document, knowledge

LEAD = "Baltic Wire\n\n28 May 2025\n\nEstonia on Wednesday accused APT31 of reading its mail.\n\n"
STAMPED = "Tallinn Courier\n\n28 May 2025\n\nEstonia accused APT31 of reading its mail.\n\n"


def compared(*texts: str) -> Comparison:
    documents = [document(text) for text in texts]
    return compare([read(each, knowledge()) for each in documents], documents)


def dropped(*texts: str) -> list[str]:
    found = [d for d in compared(*texts).disagreements if d.type == "dropped_year"]
    assert all(d.severity is Severity.HIGH for d in found)
    return [d.note for d in found]


def test_a_year_that_one_report_gives_and_another_drops_is_named() -> None:
    full = "In March 2024 the United States indicted six nationals over hacking for the ministry."
    bare = "In March, the US indicted six nationals over hacking for the ministry."
    (note,) = dropped(LEAD + full, STAMPED + bare)
    assert "2025-03" in note
    assert "2024-03" in note


def test_a_charge_on_record_shows_the_year_that_no_report_gives() -> None:
    (note,) = dropped(LEAD + "In late March, seven nationals were charged over the group.")
    assert "2025-03" in note
    assert "2024-03-25" in note


@pytest.mark.parametrize(
    "told",
    [
        "In late March 2024, seven nationals were charged over the group.",
        "In late March, four nationals were charged over the group.",
        "In late April, seven nationals were charged over the group.",
        "In late March, seven nationals were praised over the group.",
    ],
)
def test_another_month_number_or_act_is_no_dropped_year(told: str) -> None:
    assert dropped(LEAD + told) == []


def test_a_summons_of_another_year_and_state_is_no_conflict() -> None:
    one = LEAD + "China denied it. Estonia accused China. Estonia summoned the Chinese ambassador."
    other = (
        STAMPED + "Estonia accused China. Estonia summoned the Chinese ambassador.\n\n"
        "In May 2024, Estonia summoned the Russian ambassador over another attack.\n"
    )
    assert not [d for d in compared(one, other).disagreements if d.slot == "response"]


def test_summonses_of_two_states_in_one_affair_are_a_conflict() -> None:
    one = LEAD + "Estonia accused China. Estonia summoned the Chinese ambassador."
    other = STAMPED + "Estonia accused China. Estonia summoned the Russian ambassador."
    assert [d for d in compared(one, other).disagreements if d.slot == "response"]


def test_non_classified_is_unclassified() -> None:
    one = LEAD + "The attackers broke into the unclassified network of the ministry."
    other = STAMPED + "The attackers broke into a non-classified network of the ministry."
    assert not [d for d in compared(one, other).disagreements if d.slot == "network"]
