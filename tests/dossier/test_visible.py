import html
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stopa.dossier.visible import HIDDEN, block, escaped, line, mark_line, mark_prose

STEERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@pytest.mark.parametrize("char", STEERING)
def test_a_character_that_reorders_text_is_shown_by_its_name(char: str) -> None:
    assert line(f"a{char}b") == f"a<U+{ord(char):04X}>b"
    assert f"U+{ord(char):04X}</i>" in mark_line(char)


@given(st.text(st.characters(codec=None), max_size=60))
def test_nothing_hidden_is_left_in_any_text(text: str) -> None:
    for shown in (line(text), block(text), html.unescape(str(mark_line(text)))):
        for char in shown.replace("\n", "").replace("\t", ""):
            assert not any(first <= ord(char) <= last for first, last in HIDDEN)
            assert unicodedata.category(char) not in {"Cc", "Cs"}


@given(st.text())
def test_markup_in_a_text_is_text(text: str) -> None:
    shown = re.sub(r'</?bdi>|<i class="cc">[^<]*</i>', "", str(mark_prose(text)))
    assert "<" not in shown
    assert '"' not in shown


def test_one_line_stays_one_line_and_a_block_keeps_its_breaks() -> None:
    assert line("a\nb\tc") == "a<↵>b<⇥>c"
    assert block("a\nb\tc") == "a\nb\tc"


@pytest.mark.parametrize("text", ["Příliš žluťoučký kůň", "北京", "😀", "שלום", "naïve café", ""])
def test_what_people_write_is_left_as_it_is(text: str) -> None:
    assert line(text) == text
    assert mark_line(text) == f"<bdi>{text}</bdi>"


@given(st.text())
def test_json_with_hidden_characters_as_escapes_reads_the_same(text: str) -> None:
    whole = json.dumps({text: [text]}, ensure_ascii=False)
    shown = escaped(whole)
    assert json.loads(shown) == json.loads(whole)
    assert block(shown) == shown


def test_a_character_beyond_the_basic_plane_is_escaped_by_two_halves() -> None:
    assert escaped('"\U000e0041"') == '"\\udb40\\udc41"'
