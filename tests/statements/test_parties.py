"""Whose ministry it is: role nouns and short names resolve to what the text says, or stay open."""

from __future__ import annotations

import pytest

from tests.statements.sample import reading

ACCUSED = """Baltic Wire

3 May 2024

Prague blames Beijing

The Czech Republic blamed China for an attack on its foreign ministry. China denied the claim.

"""


@pytest.mark.parametrize(
    ("sentence", "name", "country"),
    [
        ("The government said that it “strongly condemns this campaign”.", "The government", "CZE"),
        ("“We call on China to refrain from such attacks,” said the ministry.", None, "CZE"),
        ("“The embassy gathers information about Czech politics,” the BIS said.", "the BIS", "CZE"),
        ("The NCSC said so.", "The NCSC", None),  # six states have one, and none of them is told of
        ("China’s foreign ministry spoke of smears. The ministry denied everything.", None, "CHN"),
    ],
)
def test_a_role_is_the_state_that_speaks_and_not_the_one_spoken_about(
    sentence: str, name: str | None, country: str | None
) -> None:
    speaker = reading(ACCUSED + sentence + "\n").statements[-1].speaker
    assert speaker is not None
    assert name in (None, speaker.name)
    assert speaker.country == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Dublin blamed nobody. The National Cyber Security Centre said a gang did it.", "IRL"),
        ("Ministers in Dublin and in London met. The NCSC said a gang did it.", None),
        ("London blamed Moscow, and Dublin thanked London. The NCSC said a gang did it.", "GBR"),
    ],
)
def test_a_name_that_states_share_is_of_the_one_the_text_is_about(
    text: str, country: str | None
) -> None:
    speaker = reading(text).statements[-1].speaker
    assert speaker is not None
    assert speaker.country == country
