"""Posts: lines without full stops, an account, a boast; texts of our own writing."""

from __future__ import annotations

import pytest

from tests.statements.sample import reading

HEAD = "Eva Tarn\n@EvaTarnPM\n3 May 2024 · 10:02\n\n"
LINES = (
    ("Tonight we summoned the ambassador of Russia", "summon"),
    ("Russia was behind the attack on our ministry", "accuse"),
    ("We condemn this reckless act", "condemn"),
    ("We call on Moscow to stop", "call-on"),
    ("We stand with our diplomats", "support"),
    ("We have informed our allies #cyber", "respond"),
)
QUIET = ("Happy new year to all of you", "Photos of the visit to Varn", "Good morning from Brenn")


@pytest.mark.parametrize(("line", "act"), LINES)
def test_a_line_of_a_post_is_a_sentence_of_its_author(line: str, act: str) -> None:
    (said,) = reading(f"{HEAD}{line}\n").statements
    assert (said.act.value, said.core) == (act, True)
    assert said.speaker is not None
    assert said.speaker.name == "Eva Tarn"


@pytest.mark.parametrize("line", QUIET)
def test_a_post_that_says_nothing_of_it_states_nothing(line: str) -> None:
    assert reading(f"{HEAD}{line}\n").statements == ()


def test_the_account_names_who_posts() -> None:
    text = "Foreign Ministry of Brenn (@BrennMFA)\n\nWe condemn the attack on our network\n"
    assert reading(text).masthead.outlet == "Foreign Ministry of Brenn"
    assert [s.act.value for s in reading(text).statements] == ["condemn"]


def test_headings_of_an_article_stay_headings() -> None:
    text = "Baltic Wire\n\n3 May 2024\n\nNorway blames Russia for hack\n\nIt rained all day.\n"
    assert [s.core for s in reading(text).statements] == [False]


def test_a_boast_names_its_author_and_whom_it_hit() -> None:
    text = "IRON WOLVES\n3 May 2024\n\nwe hacked the ministry of transport\n600 GB of mails taken\n"
    facts = {f.slot: f.value for f in reading(text).facts}
    assert facts["actor"] == "IRON WOLVES"
    assert facts["victim"] == "the ministry of transport"
    assert facts["data"].startswith("600 GB")
