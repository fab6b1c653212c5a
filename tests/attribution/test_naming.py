"""A party has one name in a dossier, however reports spell it."""

from __future__ import annotations

import pytest

from stopa.attribution.naming import called, named
from stopa.model.statement import Party, Resolution


def party(name: str, country: str | None = None) -> Party:
    return Party(name, name, country, Resolution.NAMED)


@pytest.mark.parametrize(
    ("spellings", "names"),
    [
        (("The EU", "the European Union"), ("European Union",)),
        (("Both NATO and the European Union", "NATO"), ("European Union", "NATO")),
        (("Jan Novak", "Jan Novák"), ("Jan Novák",)),
        (("the U.S.", "United States"), ("United States",)),
        (("officials", "the Security Service"), ("Security Service",)),
        (("Anna Holm", "Anna Holt"), ("Anna Holm", "Anna Holt")),
    ],
)
def test_a_party_is_named_once(spellings: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert named(party(one) for one in spellings) == names


def test_who_is_only_described_is_called_by_the_state_or_the_words() -> None:
    assert named([party("the government", "NOR")]) == ("Norway",)
    assert called(party("the government", "NOR")) == "the government"
    assert called(party("the EU", "EUR")) == "European Union"
