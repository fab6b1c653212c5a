"""Quotations that a line behind them gives to somebody; texts of our own writing."""

from __future__ import annotations

import pytest

from stopa.statements.credited import credited
from stopa.statements.quotations import quotations
from tests.statements.sample import reading

HEAD = (
    "Ministry of the Interior of Brenn\nPress release\n\n3 May 2024\n\nA note\n\n"
    "We attribute the attack to Belarus. We condemn it.\n\n"
)
BLOCKS = (
    ('"We have said so plainly to them."\n– The Honourable Ona Brisk, Minister\n', "Ona Brisk"),
    ("“This was patient work by us.”\n\n— Dr Pal Orm, head of the Cyber Office\n", "Pal Orm"),
    ("> We will not give in to this.\n>\n> — Prime Minister Eva Tarn\n", "Eva Tarn"),
    ("> We will not.\n> Not now, not ever.\n>\n> -- Eva Tarn, Prime Minister\n", "Eva Tarn"),
    ("«Nobody read the register but us.»\n- Jan van der Karr, registrar\n", "Jan van der Karr"),
)  # fmt: skip
NO_CREDIT = (
    '"We have said so plainly."\n\n- Servers were replaced\n- Passwords were reset\n',
    '"We have said so plainly," she said.\n\n- Brenn\n',
    "We have said so plainly.\n– Ona Brisk, Minister\n",
    '"We have said so."\n\nThe Ministry answered questions.\n\n– Ona Brisk, Minister\n',
)


@pytest.mark.parametrize(("block", "who"), BLOCKS)
def test_the_line_below_a_quotation_names_its_speaker(block: str, who: str) -> None:
    said = reading(HEAD + block + "\nWe call on Belarus to stop.\n").statements
    quoting = [s for s in said if s.quotations]
    assert {s.speaker.name for s in quoting if s.speaker} == {who}
    assert said[-1].speaker is not None
    assert said[-1].speaker.name == "Ministry of the Interior of Brenn"


@pytest.mark.parametrize("text", NO_CREDIT)
def test_a_line_with_a_dash_alone_names_nobody(text: str) -> None:
    assert credited(text, quotations(text)) == []


def test_a_quotation_set_off_without_marks_is_one() -> None:
    text = "> We will not give in.\n> Not now.\n>\n> — Eva Tarn\n"
    assert [q.words(text) for q in quotations(text)] == ["We will not give in.", "Not now."]


def test_mail_that_is_answered_line_by_line_quotes_nobody() -> None:
    text = "> When do you come?\n> I have to know.\n\nTomorrow.\n"
    assert quotations(text) == []
