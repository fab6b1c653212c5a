"""An outlet carries the labels that somebody gave it, and loaded words are counted, not judged."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from stopa.knowledge import places
from stopa.model.document import Masthead
from stopa.model.statement import Loaded
from stopa.model.when import When
from stopa.statements.loaded_words import loaded_words
from stopa.statements.outlets import labels
from tests.statements.sample import document, reading


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("RT", ["RUS", "RUS"]),
        ("the Global Times", ["CHN"]),
        ("People’s Daily", ["CHN"]),
        ("RFE/RL", ["USA"]),
        ("BBC News", ["GBR"]),
        ("The Moscow Times", []),
        ("Sputnik Music Review", []),
        ("Smart", []),
        (None, []),
    ],
)
def test_an_outlet_is_labelled_by_its_whole_name(name: str | None, states: list[str]) -> None:
    assert [label.state for label in labels(Masthead(outlet=name))] == states


def test_the_source_that_a_text_names_is_labelled_as_that() -> None:
    (label,) = labels(Masthead(outlet="Bay Gazette", upstream="TASS"))
    assert (label.role, label.name, label.state) == ("upstream", "TASS", "RUS")


def test_every_label_says_who_gave_it_in_what_and_when() -> None:
    raw = (files("stopa.statements") / "lexicon" / "outlets.toml").read_text("utf-8")
    codes = {country.code for country in places().countries}
    seen: set[tuple[str, str]] = set()
    for row in tomllib.loads(raw)["label"]:
        assert row["by"]
        assert row["act"]
        assert row["state"] in codes
        assert When.stated(row["date"]) is not None
        names = [(row["act"] + row["date"], name) for names in row["outlets"] for name in names]
        assert not seen & set(names)
        seen |= set(names)


def test_loaded_words_in_quotations_are_counted_apart() -> None:
    text = 'The regime made a brazen claim. "A brazen smear," the embassy said.'
    assert loaded_words(document(text)) == (
        Loaded("brazen", 1, 1),
        Loaded("regime", 1, 0),
        Loaded("smear", 0, 1),
    )
    assert loaded_words(document("The minister said that regimens matter.")) == ()


def test_a_reading_holds_labels_and_words() -> None:
    found = reading(
        "Global Times, 29 May 2025\n\nThe so-called accusation by Prague is groundless, the "
        "embassy of China in Prague said on Wednesday."
    )
    assert [label.act for label in found.labels] == ["designation under the Foreign Missions Act"]
    assert [word.word for word in found.loaded] == ["groundless", "so-called"]
