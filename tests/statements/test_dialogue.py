"""Interviews, transcripts and questions put to a spokesman; texts of our own writing."""

from __future__ import annotations

import pytest

from stopa.statements.dialogue import MOST, turns
from tests.statements.sample import reading

ANSWERS = """Embassy of the Republic of Belarus in the Republic of Estonia
Remarks by the press attaché
4 May 2024

Question: Estonia has accused Belarus of the break-in. Is it true?

Answer: The accusation is pure invention. We urge the Estonian side to stop.

Question: Will you publish the note?

Pavel Lukash: We reject such insinuations. Not a single fact has been presented.
"""
TRANSCRIPT = """Channel Nine
Nine at Night, 4 May 2024

ANNA REED: Good evening. Estonia says it knows who read its mail.

TOM LONG: The interior minister has accused Belarus of the break-in.

KARL OTS, PORT DIRECTOR: "Nobody was in danger, and no ship was late."

LONG: Belarus rejected the charge. Tom Long reports from Tallinn.
"""
HEADINGS = (
    "Summary: four servers were hit.\n\nImpact: mail was read.\n\nTimeline: it began in May.\n"
)


def told(text: str) -> list[tuple[str, str]]:
    return [(s.act.value, s.speaker.name if s.speaker else "") for s in reading(text).statements]


def test_questions_state_nothing_but_what_others_said_and_answers_are_the_answerers_own() -> None:
    issuer = "Embassy of the Republic of Belarus in the Republic of Estonia"
    assert told(ANSWERS) == [
        ("accuse", "Estonia"),
        ("deny", issuer),
        ("call-on", issuer),
        ("deny", "Pavel Lukash"),
        ("deny", "Pavel Lukash"),
    ]


def test_a_named_answerer_speaks_for_the_state_of_the_text() -> None:
    last = reading(ANSWERS).statements[-1]
    assert last.speaker is not None
    assert last.speaker.country == "BLR"


def test_correspondents_report_and_guests_speak() -> None:
    assert told(TRANSCRIPT) == [
        ("other", "Estonia"),
        ("accuse", "The interior minister"),
        ("other", "Karl Ots"),
        ("deny", "Belarus"),
    ]


def test_a_statement_cites_the_words_behind_the_label() -> None:
    guest = reading(TRANSCRIPT).statements[2]
    assert guest.sentence.startswith('"Nobody')


@pytest.mark.parametrize("text", [HEADINGS, "C2: 1.2.3.4\nURL: x\nURL: y\n", "", ":::\n: a\n"])
def test_headings_are_no_speakers(text: str) -> None:
    assert turns(text) == []


DEBATE = """Committee on Digital Affairs
Minutes of 4 May 2024

Anna Reed: Who was behind the break-in?

Karl Ots: We accuse Belarus. We condemn the attack.

Anna Reed: And what will you do?

Karl Ots: We call on Belarus to stop.
"""


def test_where_nobody_has_a_title_those_who_do_not_ask_speak_for_themselves() -> None:
    assert told(DEBATE) == [
        ("accuse", "Karl Ots"),
        ("condemn", "Karl Ots"),
        ("call-on", "Karl Ots"),
    ]


RADIO = """Radio Velden, Friday 3 May 2024

HOST: Who read the mail? With me is Professor Anna Rau. The ambassador says it is "a fairy tale".

RAU: The evidence is thin. We call on the ministry to publish it.

HOST: Let us hear the minister.

LONG (recording): "We condemn this attack, and we will find who did it."

RAU: The ministry must answer.
"""
PRESS = """Embassy of the Republic of Belarus in the Republic of Estonia
Transcript of Ambassador Mei Lukash's Meeting with the Press
(4 May 2024)

VELDEN NEWS AGENCY: Is it true?

AMBASSADOR MEI: It is an absurd story.

THE BAY STAR: Will you help?

AMBASSADOR MEI: We urge the Estonian side to stop.
"""


def test_a_single_name_in_capitals_speaks_under_the_name_that_the_text_gives_it() -> None:
    assert told(RADIO) == [
        ("deny", "The ambassador"),
        ("deny", "Anna Rau"),
        ("call-on", "Anna Rau"),
        ("condemn", "Long"),
        ("call-on", "Anna Rau"),
    ]


def test_outlets_in_capitals_ask_and_an_office_before_the_name_is_a_title() -> None:
    assert told(PRESS) == [("deny", "Mei Lukash"), ("call-on", "Mei Lukash")]


def test_of_thousands_of_labels_only_so_many_are_people() -> None:
    names = (f"{a}{b}{c}" for a in "ABCDEFGH" for b in "aeiou" for c in "bcdfghklmn")
    text = "Q: Who?\n" + "".join(f"{name}: We heard it.\n" for name in names) * 2
    assert len(turns(text)) <= 2 * MOST + 1


def test_a_minister_who_answers_alone_has_the_word() -> None:
    text = (
        "Written answers, Tuesday, 7 May 2024\n\n41. Deputy Ida Moss asked the Minister for Ports "
        "whether the mail was read.\n\nMinister for Ports, Rivers and Canals (Deputy Ivo Kell): "
        "I am informed that eleven accounts were read. I would urge all members to be careful.\n"
    )
    said = [s for s in reading(text).statements if s.speaker and s.speaker.name == "Ivo Kell"]
    assert [s.act.value for s in said] == ["other", "call-on"]
