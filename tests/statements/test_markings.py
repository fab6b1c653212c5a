"""Banners, handling and copyright lines are nobody's words; lines of our own writing."""

from __future__ import annotations

import pytest

from stopa.statements.markings import marking
from tests.statements.sample import reading

STATEMENT = (
    "Statement by the Government of Estonia\n\nTallinn, 4 May 2024\n\nWe condemn the attack.\n"
)
BANNERS = (
    "EXERCISE - EVERYTHING IN THIS FILE IS INVENTED.",
    "THIS IS A DRILL!",
    "TLP:AMBER+STRICT",
    "EMBARGOED UNTIL 12:00 UTC, 4 MAY",
    "© 2024 Velden Courier. All rights reserved.",
    "NOT FOR PUBLICATION",
)
SPEECH = (
    "WE HACKED THEM AND WE WILL COME BACK!",
    "We reject this.",
    "TALLINN BLAMES MINSK FOR RAID ON HARBOUR",
    "Exercise caution, the ministry said.",
    "Copyright law was broken, she said.",
)


@pytest.mark.parametrize("line", BANNERS)
def test_a_marking_is_nobodys_words(line: str) -> None:
    assert marking(line)
    read = reading(f"{line}\n\n{STATEMENT}\n{line}\n")
    assert [s.act.value for s in read.statements] == ["condemn"]


@pytest.mark.parametrize("line", SPEECH)
def test_what_is_said_is_no_marking(line: str) -> None:
    assert not marking(line)
