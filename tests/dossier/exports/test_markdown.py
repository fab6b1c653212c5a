from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from stopa.dossier.brief import brief
from stopa.dossier.exports.markdown import inline, write
from stopa.dossier.index import index
from tests.dossier.hostile import PAYLOADS, PORTIONS, hostile
from tests.dossier.sample import sample

PLAIN = {"text", "code_inline"}
OURS = {"strong_open", "strong_close"}
BLOCKS = {"heading", "paragraph", "bullet_list", "ordered_list", "list_item"}


def tokens(text: str) -> set[str]:
    parsed = MarkdownIt("commonmark", {"html": True}).parseInline(text)
    return {child.type for token in parsed for child in token.children or ()}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_word_is_text_or_code(payload: str) -> None:
    assert tokens(inline(payload)) <= PLAIN


@given(st.text(min_size=1))
def test_any_word_is_text_or_code_and_nothing_of_it_is_lost(word: str) -> None:
    assert tokens(f"before {inline(word)} after") <= PLAIN


@pytest.mark.parametrize(
    "text",
    ["https://evil.example/x", "www.evil.example", "a@b.example", "javascript:alert(1)", "[x](y)"],
)
def test_what_could_become_a_link_stands_in_a_code_span(text: str) -> None:
    assert inline(text) == f"`{text}`"


@pytest.mark.parametrize(
    "text", ["Glass Heron", "Government of Velden", "dc01-security.evtx", "EXERCISE: not real."]
)
def test_a_harmless_name_stands_plain(text: str) -> None:
    assert inline(text) == text


def test_it_says_the_sentences_of_the_page() -> None:
    said = write(sample()).decode()
    for sentence in brief(index(sample())).sentences[:3]:
        assert sentence.text in said
    assert sample().assessment.verdict in said
    assert "Confidence in this assessment is low." in said


def test_a_backtick_in_evidence_cannot_end_the_code_span() -> None:
    titled = write(replace(sample(), title="`</code><b>``x")).decode()
    assert titled.startswith("# ``` `</code><b>``x ```\n")


@pytest.mark.parametrize("portion", range(len(PORTIONS)))
def test_a_hostile_case_has_no_structure_but_ours(portion: int) -> None:
    made = write(hostile(sample(), portion)).decode()
    blocks = MarkdownIt("commonmark", {"html": True}).parse(made)
    assert {block.type.rpartition("_")[0] for block in blocks} <= {*BLOCKS, ""}
    assert {child.type for block in blocks for child in block.children or ()} <= PLAIN | OURS
    assert sum(block.type == "heading_open" for block in blocks) == 4
