"""What several reports together show, on texts of our own writing."""

from __future__ import annotations

from stopa.model.statement import Act, Comparison, Severity
from stopa.statements import compare, read
from tests.statements.sample import document, knowledge

WIRE = """Baltic Wire
3 May 2024

Estonia on Friday accused Russia of breaking into its land register in March 2022.
"A register is a promise, and nobody may break it," Interior Minister Anna Kask said.
The Russian embassy in Tallinn rejected the charge as "groundless".
NATO expressed solidarity with Estonia but did not accuse Russia.
"""
DAILY = """Tallinn Courier
4 May 2024

Estonia accused Russia of breaking into its land register in May 2023.
"A register is a promise, and no one may break it," a NATO spokesman said.
The Russian embassy called the accusation "a fairy tale".
NATO accused Russia of the attack. Foreign Minister Anna Kask summoned the ambassador.
"""


def compared(*texts: str) -> Comparison:
    documents = [document(text) for text in texts]
    return compare([read(each, knowledge()) for each in documents], documents)


def test_reports_of_one_statement_share_a_root() -> None:
    roots = compared(WIRE, DAILY).roots
    accuser = next(root for root in roots if root.country == "EST")
    assert accuser.act is Act.ACCUSE
    assert len(accuser.documents) == 2
    assert len([root for root in roots if root.country == "RUS"]) == 1


def test_the_accused_is_one_root_whatever_it_says() -> None:
    said = "Estonia accused Russia. Russia denied it. Russia accused Estonia."
    text = f"Baltic Wire\n4 May 2024\n\n{said}\n"
    roots = compared(text).roots
    assert [(root.country, root.act) for root in roots if root.country == "RUS"] == [
        ("RUS", Act.DENY)
    ]


def test_supporting_is_no_root_of_its_own() -> None:
    roots = compared(WIRE).roots
    assert not any(root.speaker == "NATO" for root in roots)


def test_disagreements_name_slot_and_both_sentences() -> None:
    found = compared(WIRE, DAILY).disagreements
    slots = {item.slot: item for item in found}
    assert {"speaker", "start", "denial_wording", "reaction_strength", "officeholder"} <= set(slots)
    speaker = slots["speaker"]
    assert speaker.severity is Severity.HIGH
    assert len({position.document for position in speaker.positions}) == 2


def test_one_report_does_not_disagree_with_itself_for_nothing() -> None:
    assert compared(WIRE).disagreements == ()


def test_an_administration_out_of_office_is_named() -> None:
    text = "Baltic Wire\n3 May 2024\n\nThe Trump administration condemned the attack on Friday.\n"
    (found,) = compared(text).disagreements
    assert found.slot == "officeholder"


def test_comparing_twice_gives_the_same() -> None:
    assert compared(WIRE, DAILY) == compared(WIRE, DAILY)
