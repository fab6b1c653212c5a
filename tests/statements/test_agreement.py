"""What is one root, and what is no disagreement, on texts of our own writing."""

from __future__ import annotations

import pytest

from stopa.model.statement import Comparison, Disagreement, Severity
from stopa.statements import compare
from stopa.statements.conflicts_facts import network_kinds
from tests.statements.sample import document, reading

OFFICIAL = """Statement by the Government of Estonia

Tallinn, 3 May 2024

The Government of Estonia attributes the attack on the unclassified network of the registry
to Russia.
"We saw the intruders while they copied the registers," said Foreign Minister Anna Kask.
In March 2023 a court in Riga charged two hackers over the attack on the Latvian registry.
The Minister summoned the ambassador of Russia. The intruders read 12 mailboxes.
"""
PAPER = """Baltic Wire

4 May 2024

Estonia accused Russia of the attack on the unclassified network of its land registry.
"We saw the intruders while they copied the registers," interior minister Juhan Tamm said.
In March, a court in Riga charged two hackers over an attack on the Latvian registry.
Estonia summoned the Russian ambassador. The intruders read 12 mailboxes.
"""
COPY = """Harbour Post

5 May 2024

As Baltic Wire reported, the intruders were found on a server of the registry.
"We saw the intruders while they copied the registers," Latvian minister Ilze Berga said.

Source: Baltic Wire
"""


def compared(*texts: str) -> Comparison:
    return compare([reading(text) for text in texts], [document(text) for text in texts])


def slot(found: Comparison, name: str) -> list[Disagreement]:
    return [item for item in found.disagreements if item.slot == name]


def test_one_sentence_in_three_mouths_is_one_root_and_a_disagreement() -> None:
    found = compared(OFFICIAL, PAPER, COPY)
    assert [(root.country, len(root.documents)) for root in found.roots] == [("EST", 3)]
    (speaker,) = slot(found, "speaker")
    assert len({position.value for position in speaker.positions}) == 3


def test_a_report_that_names_its_source_adds_no_root() -> None:
    assert not any(root.speaker == "Baltic Wire" for root in compared(PAPER, COPY).roots)


@pytest.mark.parametrize("name", ["network", "response", "extent", "start", "name"])
def test_the_same_in_other_words_is_no_disagreement(name: str) -> None:
    assert slot(compared(OFFICIAL, PAPER), name) == []


def test_another_classification_is_a_disagreement() -> None:
    other = PAPER.replace("unclassified network", "classified network")
    (found,) = slot(compared(OFFICIAL, other), "network")
    assert found.severity is Severity.HIGH
    assert len(found.positions) == len({p.document for p in found.positions}) == 2


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("They read an unclassified network.", {"unclassified"}),
        ("No classified network was touched.", set()),
        ("They read classified and unclassified networks.", {"classified", "unclassified"}),
    ],
)
def test_a_network_is_of_the_kinds_that_its_sentence_says(sentence: str, kinds: set[str]) -> None:
    at = sentence.lower().find("classified")
    value = sentence[at - 2 if "unclassified" in sentence[at - 2 :][:12] else at :]
    assert network_kinds(value, sentence) == kinds


def test_a_year_that_one_report_drops_is_named() -> None:
    (found,) = [d for d in compared(OFFICIAL, PAPER).disagreements if d.type == "dropped_year"]
    assert [position.value for position in found.positions] == ["March 2023", "In March"]
    assert "2024-03" in found.note


@pytest.mark.parametrize(
    "telling",
    [
        "In March 2023, a court in Riga charged two hackers over the attack on the registry.",
        "In March, the ports of Narva and Riga opened for the timber trade.",
        "In May, a court in Riga charged two hackers over an attack on the Latvian registry.",
    ],
)
def test_no_year_is_dropped_where_it_stands_or_something_else_is_told(telling: str) -> None:
    told = "In March, a court in Riga charged two hackers over an attack on the Latvian registry."
    assert told in PAPER
    found = compared(OFFICIAL, PAPER.replace(told, telling))
    assert [d for d in found.disagreements if d.type == "dropped_year"] == []
