"""Harm told differently, accusers who accuse here and refrain there; texts of our own."""

from __future__ import annotations

import pytest

from stopa.model.statement import Disagreement, Severity
from stopa.statements import compare, read
from tests.statements.sample import document, knowledge

HEADS = ("Baltic Wire\n\n3 May 2024\n\n", "Tallinn Courier\n\n4 May 2024\n\n")
LEAD = "Estonia accused Russia of hacking the port of Tallinn. "


def between(*told: str) -> list[Disagreement]:
    documents = [document(h + LEAD + text + "\n") for h, text in zip(HEADS, told, strict=True)]
    return list(compare([read(d, knowledge()) for d in documents], documents).disagreements)


CONFLICTS = (
    ("impact", "The attack stopped the cranes for 11 hours.",
     "The attack stopped all work for three days."),
    ("network", "The attackers switched off the cranes.", "The cranes were not affected."),
    ("data", "The hackers copied the register.",
     "She denied that the register had been stolen."),
    ("loss", "The damage is put at 4.2 million pesos.", "It cost four million dollars, it said."),
    ("attributor", "Harrowgate blamed Russia.",
     "Harrowgate does not attribute the attack to Russia."),
    ("response", "Estonia summoned the Russian ambassador.",
     "Estonia has not summoned the Russian ambassador."),
    ("actor", "The group known as UNC1151 broke in.",
     "UNC1151 broke in. The group known as Winter Vivern helped."),
)  # fmt: skip


@pytest.mark.parametrize(("slot", "one", "other"), CONFLICTS)
def test_two_tellings_that_do_not_fit_are_a_disagreement(slot: str, one: str, other: str) -> None:
    assert slot in {d.slot for d in between(one, other)}


AGREED = (
    ("impact", "The attack stopped the cranes for 11 hours.", "The cranes stood for 11 hours."),
    ("network", "The cranes were not affected.", "The cranes were unaffected."),
    ("data", "The hackers copied the register.", "The hackers stole the register."),
    ("attributor", "Harrowgate blamed Russia.", "Harrowgate blamed Russia on Friday."),
)


@pytest.mark.parametrize(("slot", "one", "other"), AGREED)
def test_two_tellings_that_fit_are_none(slot: str, one: str, other: str) -> None:
    high = [d for d in between(one, other) if d.severity is Severity.HIGH]
    assert slot not in {d.slot for d in high}
