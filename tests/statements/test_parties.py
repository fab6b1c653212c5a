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
        ("“The embassy gathers information about Czech politics,” the BIS said.", "the BIS", None),
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
