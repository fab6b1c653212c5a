"""States that no gazetteer knows are learned from the texts; texts of our own writing."""

from __future__ import annotations

import pytest

from stopa.model.statement import Act, Party, Reading
from stopa.statements.gazetteer import gazetteer
from stopa.statements.settling import settled
from stopa.statements.states import MOST, adjectives, states
from tests.statements.sample import document, knowledge, reading

STATEMENT = """FOR TRAINING USE ONLY.

Statement by the Government of the Republic of Velland

Orsk Haven, 3 June 2024

The Government of the Republic of Velland attributes the attack
on its tax office to the group QUIET HERON.

Foreign Minister Ane Holt summoned the ambassador of Karsovia.
"""
WIRE = """Coastal Wire

4 June 2024

Hackers from Karsovia broke into the tax office, the government in Orsk Haven said on Tuesday.

Karsovia denied the accusation.
"""


def found(text: str) -> set[tuple[str, str]]:
    known = gazetteer(knowledge())
    return {(place.name, place.canonical) for place in states(text, known)}


def parties(read: Reading) -> list[Party]:
    return [p for s in read.statements for p in (s.speaker, s.target) if p is not None]


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("The embassy of Karsovia declined to answer.", "Karsovia", "Karsovia"),
        ("The Principality of Ostmark thanked them.", "Principality of Ostmark", "Ostmark"),
        ("Velland's foreign ministry denied it.", "Velland", "Velland"),
        ("The government of Velland denied it. In Velland it rained.", "Velland", "Velland"),
        ("The Karsovian embassy denied it. Karsovia is far.", "Karsovian", "Karsovia"),
        ("Two Karsovians left. The ambassador of Karsovia stayed.", "Karsovians", "Karsovia"),
    ],
)
def test_the_words_of_a_text_show_its_states(text: str, name: str, state: str) -> None:
    assert (name, state) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The International Federation of Journalists protested.",
        "Boris Trent's government fell. Trent's foreign secretary resigned.",
        "The government of Trent denied it. Prime Minister Trent fell.",
        "The embassy of France declined to answer.",
        "Karsovia is a brand of shoes.",
    ],
)
def test_leagues_people_and_known_states_are_no_new_states(text: str) -> None:
    assert found(text) == set()


def test_an_adjective_is_made_as_english_makes_them() -> None:
    assert {"Karsovian"} <= adjectives("Karsovia")
    assert {"Velland", "Vellandish", "Vellandese"} & adjectives("Velland") == {
        "Vellandish",
        "Vellandese",
    }


def test_offices_and_people_of_a_new_state_belong_to_it() -> None:
    read = reading(STATEMENT)
    by_act = {s.act: s for s in read.statements}
    assert by_act[Act.SUMMON].target is not None
    assert [p.country for p in parties(read) if p.name == "Ane Holt"] == ["Velland"]
    assert {p.country for p in parties(read) if "ambassador" in p.stated} == {"Karsovia"}


def test_a_group_is_named_without_what_it_is_called() -> None:
    accused = [s.target for s in reading(STATEMENT).statements if s.act is Act.ACCUSE]
    assert [t.name for t in accused if t] == ["QUIET HERON"]


def test_a_marking_above_the_title_hides_neither_date_nor_issuer() -> None:
    masthead = reading(STATEMENT).masthead
    assert masthead.date is not None
    assert masthead.date.edtf == "2024-06-03"
    assert masthead.outlet == "Government of the Republic of Velland"


def test_one_text_explains_the_state_that_another_only_names() -> None:
    documents = [document(STATEMENT), document(WIRE)]
    alone = reading(WIRE)
    assert "Karsovia" not in {p.country for p in parties(alone)}
    _, wire = settled([reading(STATEMENT), alone], documents)
    assert {p.stated: p.country for p in parties(wire)} == {
        "the government in Orsk Haven": "Velland",
        "Karsovia": "Karsovia",
    } | {p.stated: "Karsovia" for p in parties(wire) if "Hackers" in p.stated}


def test_texts_of_known_states_are_left_as_they_were_read() -> None:
    read = reading("Baltic Wire\n3 May 2024\n\nEstonia accused Russia of the attack.\n")
    assert settled([read], [document(read.document)]) == (read,)


def test_a_text_that_names_thousands_of_states_adds_only_a_few() -> None:
    letters = [a + b + c for a in "aeiou" for b in "bdfglmnr" for c in "aeiou"]
    names = [f"Xo{one}{two}" for one in letters for two in letters[:20]]
    text = " ".join(f"The embassy of {name} spoke. {name}'s government fell." for name in names)
    assert len({state for _, state in found(text)}) == MOST
