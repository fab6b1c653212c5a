"""`The company` means the one that was named; where nothing was, the words weigh little."""

from __future__ import annotations

import pytest

from tests.statements.sample import reading

HEAD = "Baltic Wire\n\n3 May 2024\n\nThe affair\n\n"


def victims(text: str) -> list[str]:
    return [f.value for f in reading(HEAD + text + "\n").facts if f.slot == "victim" and f.core]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Arvid Freight AB was hacked in May. The company's servers were encrypted.", "Arvid"),
        ("Ostbank, a lender, was silent. Hackers had entered the lender's mail.", "Ostbank"),
        ("The Norden Tax Office was silent. Hackers had entered the office.", "Norden Tax Office"),
    ],
)
def test_a_bare_noun_leads_back_to_the_name(text: str, named: str) -> None:
    found = victims(text)
    assert found
    assert all(named in value for value in found)


def test_people_whose_data_were_taken_weigh_less_than_who_held_them() -> None:
    found = victims("Intruders hacked the Vardo School Board. The data of 900 pupils were copied.")
    assert found == ["the Vardo School Board"]


def test_people_lead_to_the_body_that_they_belong_to() -> None:
    found = victims("They read the mailboxes of nine executives of a Danish bank.")
    assert "a Danish bank" in found
