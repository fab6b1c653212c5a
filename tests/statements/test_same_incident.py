"""Texts on one incident are put together, texts on two are kept apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from stopa.model.document import Document, Piece
from stopa.statements import compare, read
from stopa.statements.same_incident import incidents
from tests.shared import SHARED, needs_shared
from tests.statements.sample import document, knowledge

HARBOUR = """Velden Courier, 3 May 2024

The government of the Republic of Velden on Friday accused the Kingdom of Karst of breaking into
the harbour ministry. Foreign Minister Ona Brisk called the raid "a deliberate and patient theft of
negotiating papers". The embassy of Karst denied the accusation.
"""
HARBOUR_AGAIN = """Bay Gazette, 5 May 2024

The Kingdom of Karst denied that it was behind the theft at the harbour ministry of Velden. Foreign
Minister Ona Brisk spoke of "a deliberate and patient theft of negotiating papers" on Friday.
"""
YEARS_LATER = """Velden Courier, 9 October 2026

The government of the Republic of Velden on Thursday accused the Kingdom of Karst of breaking into
the railway operator Nordbahn. The embassy of Karst denied the accusation.
"""
OTHER_STATE = """Bay Gazette, 4 May 2024

The government of the Republic of Velden accused the Kingdom of Tarn of breaking into the central
bank. The embassy of Tarn denied the accusation.
"""
ALL = (HARBOUR, HARBOUR_AGAIN, YEARS_LATER, OTHER_STATE)


def grouped(texts: tuple[str, ...]) -> list[set[int]]:
    documents = [document(text) for text in texts]
    readings = [read(one, knowledge()) for one in documents]
    at = {one.evidence: n for n, one in enumerate(documents)}
    found = incidents(readings, documents)
    return sorted(({at[d] for d in one.documents} for one in found), key=min)


VELDEN = """Statement by the Government of the Republic of Velden

Velden, 3 May 2024

The Government attributes the raid on the harbour ministry to the group AMBER HERON.
"""
TARN = """Bay Gazette, 4 May 2024

The Federation of Tarn denied the raid. The Republic of Velden had blamed the group AMBER HERON.
"""
KARST = """Hill Post, 5 May 2024

The Kingdom of Karst was accused by the Republic of Velden. The group AMBER HERON was behind it.
"""


def test_one_group_blamed_in_the_same_weeks_makes_one_incident_whatever_state_is_named() -> None:
    assert grouped((VELDEN, TARN, KARST)) == [{0, 1, 2}]
    assert len(grouped((VELDEN, TARN.replace("2024", "2026"), KARST))) == 2


def test_texts_on_one_incident_are_put_together_and_others_kept_apart() -> None:
    assert grouped(ALL) == [{0, 1}, {2}, {3}]


@pytest.mark.parametrize("order", [(3, 2, 1, 0), (1, 3, 0, 2)])
def test_the_order_of_the_texts_changes_nothing(order: tuple[int, ...]) -> None:
    groups = grouped(tuple(ALL[n] for n in order))
    assert sorted(({order[n] for n in group} for group in groups), key=min) == [{0, 1}, {2}, {3}]


def test_roots_and_disagreements_lie_within_an_incident() -> None:
    documents = [document(text) for text in ALL]
    readings = [read(one, knowledge()) for one in documents]
    made = compare(readings, documents)
    members = [set(one.documents) for one in made.incidents]
    assert len(members) == 3
    for found in (*made.roots,):
        assert any(set(found.documents) <= group for group in members)
    for item in made.disagreements:
        assert any({p.document for p in item.positions} <= group for group in members)
    assert len({root.id for root in made.roots}) == len(made.roots)


def test_a_text_that_tells_of_nothing_belongs_to_no_incident() -> None:
    assert (
        grouped(("The weather in the bay was fine all day, and nobody said a word of it.",)) == []
    )


def test_the_grounds_say_what_the_texts_share() -> None:
    documents = [document(text) for text in ALL[:2]]
    (found,) = incidents([read(one, knowledge()) for one in documents], documents)
    assert any("Brisk" in ground for ground in found.grounds)
    assert not any("names: brisk" in ground for ground in found.grounds)
    assert "accused" in found.label


def test_a_thousand_texts_are_grouped_in_seconds() -> None:
    one = read(document(HARBOUR), knowledge())
    body = Document("0", "text", HARBOUR, (Piece(0, len(HARBOUR)),))
    readings = [replace(one, document=f"{n:064}") for n in range(1_000)]
    documents = [replace(body, evidence=f"{n:064}") for n in range(1_000)]
    assert len(incidents(readings, documents)) == 1


@needs_shared
def test_events_mixed_together_come_apart_again() -> None:
    folders = [SHARED / "reports" / "czech-mfa-2025", *(SHARED / "evals/reading/dev").glob("*/")]
    of: dict[str, str] = {}
    documents = []
    for folder in sorted(folders):
        for path in sorted(Path(folder).glob("*.txt")):
            documents.append(document(path.read_text("utf-8")))
            of[documents[-1].evidence] = folder.name
    found = incidents([read(one, knowledge()) for one in documents], documents)
    assert [{of[d] for d in one.documents} for one in found if len(one.documents) > 1] == [
        {name} for name in [next(iter({of[d] for d in one.documents})) for one in found]
    ]


def test_the_six_reports_of_the_exercise_tell_one_incident_of_two_roots() -> None:
    folder = Path(__file__).parents[2] / "examples/exercise/evidence/reports"
    documents = [document(path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))]
    readings = [read(one, knowledge()) for one in documents]
    found = compare(readings, documents)
    assert [len(one.documents) for one in found.incidents] == [6]
    assert [root.country for root in found.roots] == ["Sundmark", "Drovia"]
    assert not any("EXERCISE" in s.sentence for one in readings for s in one.statements)
