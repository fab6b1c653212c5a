"""What the gazetteer promises: states, bodies and organs by the words that mean them."""

from __future__ import annotations

import pytest

from stopa.knowledge import places


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Prague", "CZE"),
        ("Czech", "CZE"),
        ("Beijing", "CHN"),
        ("PRC", "CHN"),
        ("the kremlin"[4:], "RUS"),
        ("U.S.", "USA"),
        ("Dutch", "NLD"),
        ("Turkiye", "TUR"),
        ("Élysée", "FRA"),
        ("elysee", "FRA"),
    ],
)
def test_a_word_means_its_state(word: str, code: str) -> None:
    assert [country.code for country in places().countries_named(word)] == [code]


def test_a_word_that_means_two_states_gives_both() -> None:
    assert {c.code for c in places().countries_named("Congolese")} == {"COG", "COD"}


def test_an_abbreviation_of_several_organs_gives_them_all() -> None:
    assert {organ.country for organ in places().organs_named("NCSC")} >= {"GBR", "NLD", "CHE"}
    assert {organ.country for organ in places().organs_named("BIS")} == {"CZE", "USA"}


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("NÚKIB", "CZE"),
        ("NUKIB", "CZE"),
        ("MSS", "CHN"),
        ("GRU", "RUS"),
        ("ANSSI", "FRA"),
        ("CISA", "USA"),
        ("BfV", "DEU"),
        ("Wuhan XRZ", "CHN"),
    ],
)
def test_an_organ_belongs_to_its_state(name: str, country: str) -> None:
    assert [organ.country for organ in places().organs_named(name)] == [country]


def test_bodies_carry_the_codes_of_the_reading_measure() -> None:
    assert [body.code for body in places().bodies_named("EU")] == ["EUR"]
    assert [body.code for body in places().bodies_named("NATO")] == ["IGO"]


def test_every_member_and_every_organ_has_a_known_state() -> None:
    known = {country.code for country in places().countries}
    for body in places().bodies:
        assert set(body.members) <= known, body.name
    for organ in places().organs:
        assert organ.country in known, organ.name


def test_every_contractor_worked_for_a_listed_organ() -> None:
    organs = {organ.name for organ in places().organs}
    contractors = [organ for organ in places().organs if organ.kind == "contractor"]
    assert contractors
    assert all(organ.under in organs for organ in contractors)


def test_the_names_of_states_tell_them_apart() -> None:
    names = [name.casefold() for country in places().countries for name in country.names]
    assert len(names) == len(set(names))
