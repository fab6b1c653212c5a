"""Sentences, quotations, dates and mastheads of texts of our own writing."""

from __future__ import annotations

from datetime import date

import pytest

from stopa.statements.dates import dates
from stopa.statements.quotations import quotations
from stopa.statements.sentences import sentences
from tests.statements.sample import reading

QUOTED: tuple[tuple[str, list[str]], ...] = (
    ('He said "no" twice.', ["no"]),
    ("He said “no”, then «non».", ["no", "non"]),
    ("„Nein“, sagte er.", ["Nein"]),
    ("She called it 'a farce' again.", ["a farce"]),
    ("The allies' reply didn't come.", []),
    ("Outer “one ‘two’ three” end.", ["one ‘two’ three"]),
    ("“First part.\n\n“Second part.”", ["First part.", "Second part."]),
    ('An inch mark 5" alone', []),
)


@pytest.mark.parametrize(("text", "found"), QUOTED)
def test_quotations_are_found_in_all_styles(text: str, found: list[str]) -> None:
    assert [quote.words(text) for quote in quotations(text)] == found


SPLIT = (
    ("One. Two.", ["One.", "Two."]),
    ("Mr. J. Smith of the U.S. Army spoke. No.", ["Mr. J. Smith of the U.S. Army spoke.", "No."]),
    ('"Stop. Now," she said. He did.', ['"Stop. Now," she said.', "He did."]),
    ('"Why?" Minister Kask asked. Nobody knew.', ['"Why?" Minister Kask asked.', "Nobody knew."]),
    ("A heading\n\nText follows. It ends.", ["A heading", "Text follows.", "It ends."]),
    ("We urge\n  • all to act;\n  • a few.", ["We urge", "• all to act;", "• a few."]),
    ("See Art. 5 and No. 7. Then go.", ["See Art. 5 and No. 7.", "Then go."]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "found"), SPLIT)
def test_sentences_survive_quotations_and_abbreviations(text: str, found: list[str]) -> None:
    parts = sentences(text, quotations(text))
    assert [text[part.start : part.end] for part in parts] == found


ANCHOR = date(2024, 5, 8)  # a Wednesday
DATES: tuple[tuple[str, list[str]], ...] = (
    ("on 3 May 2024", ["2024-05-03"]),
    ("on May 3, 2024", ["2024-05-03"]),
    ("since March 2022", ["2022-03"]),
    ("between 2011 and 2018", ["2011/2018"]),
    ("in 2015", ["2015"]),
    ("last year", ["2023"]),
    ("on Friday", ["2024-05-03"]),
    ("in January", ["2024-01"]),
    ("in December", ["2023-12"]),
    ("on 31 February 2024", []),
    ("APT31 may march on", []),
    ("version 2.0.19", []),
)


@pytest.mark.parametrize(("text", "found"), DATES)
def test_dates_are_as_precise_as_printed(text: str, found: list[str]) -> None:
    assert [dated.edtf for dated in dates(text, ANCHOR)] == found


@pytest.mark.parametrize("text", ["last year", "on Friday", "last January", "yesterday"])
def test_a_relative_date_without_a_document_date_is_none(text: str) -> None:
    assert dates(text, None) == []


BODY = "\n\nEstonia accused Russia of the break-in. The ministry summoned the ambassador. " * 2


def test_a_masthead_gives_outlet_title_and_date_as_printed() -> None:
    found = reading("Tallinn blames Moscow for hack\n\nBaltic Herald\n7 May 2024" + BODY).masthead
    assert found.outlet == "Baltic Herald"
    assert found.title == "Tallinn blames Moscow for hack"
    assert found.date is not None
    assert found.date.edtf == "2024-05-07"


def test_a_date_without_a_year_is_not_given_one() -> None:
    found = reading("TALLINN, May 3 (Baltic Wire) — Estonia accused Russia." + BODY).masthead
    assert found.outlet == "Baltic Wire"
    assert found.date is None
    assert found.date_without_year == "05-03"


FOREIGN = (
    (
        "cs",
        "Ministerstvo uvedlo, že se útok na síť podařilo odhalit a že za ním stojí skupina, která "
        "je podle vlády spojena se státem a o které se v minulosti psalo.",
    ),
    (
        "de",
        "Die Regierung hat am Freitag den Angriff auf das Netz der Partei verurteilt und erklärt, "
        "dass die Gruppe mit dem Geheimdienst in Verbindung steht und nicht allein ist.",
    ),
    (
        "fr",
        "Le ministère a condamné les attaques contre le réseau et a déclaré que le groupe est lié "
        "aux services dans une note publiée par la présidence sur le site pour les médias.",
    ),
)


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_a_language_without_a_lexicon_is_listed_not_misread(code: str, text: str) -> None:
    found = reading(text)
    assert found.masthead.language == code
    assert found.statements == ()
    assert [problem.what for problem in found.problems] == [f"language not read: {code}"]
