"""Text that an attacker wrote: it may be wrong, it may not hang, crash or be lost in silence."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stopa.statements.reading import PROSE_LIMIT
from tests.statements.sample import reading

SIZE = 6000
SLOW = 20.0  # seconds of processor time; a pattern that backtracks would need hours
PIECES = [
    "a ", "Abc ", '"', "“", ",", "China, ", "China and ", "the head of ", ".", "U.S. ", "1.1.1.",
    "ab1", "http://", "a@a.", "[.]", "aa:", "\n", "said ", "The ministry warned ", "CVE-2021-",
    "HKLM\\", "\u202e\u0627\u0644", "a.exe.", "_", "thousands of ", "China, which ", "'s ",
    "1 March ", "broke into ", "was hacked ", "flaw in ",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_repetition_never_hangs(piece: str) -> None:
    started = time.process_time()
    reading(piece * (SIZE // len(piece)))
    assert time.process_time() - started < SLOW


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_noise_never_raises(text: str) -> None:
    found = reading(text)
    for statement in found.statements:
        assert statement.where.span is not None
        start, end = statement.where.span
        assert text[start:end] == statement.sentence


def test_what_lies_beyond_the_limit_is_said_not_to_be_read() -> None:
    found = reading("x\n" * (PROSE_LIMIT // 2 + 10))
    assert any("first" in problem.what for problem in found.problems)


def test_a_text_too_long_to_search_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stopa.statements.reading.TEXT_LIMIT", 40)
    (problem,) = reading("The ministry said that nothing was lost on Monday.\n").problems
    assert "indicators and names" in problem.what
    assert problem.hint
    assert problem.where.span == (40, 51)


def test_a_place_in_a_long_text_is_found_without_reading_it_all() -> None:
    line = "The ministry of Estonia accused Russia of the theft. „Ärger“ and «ясно», it said.\n\n"
    text = line * 700
    for statement in reading(text).statements[-3:]:
        where = statement.where
        assert where.offset is not None
        assert where.length is not None
        cited = text.encode()[where.offset : where.offset + where.length]
        assert cited.decode() == statement.sentence


@pytest.mark.parametrize(
    "text",
    [
        "\u202bقالت الوزارة إن الهجوم جاء من الخارج.\u202c The ministry of Estonia accused Russia.",
        "The ministry said \u202e.dewollof gnihton taht\u202c Estonia accused Russia.",
        "Estonia accused Russia.\x00\ufffd\ufffe Ã©tÃ© \u2028 The embassy denied it.",
    ],
)
def test_other_scripts_and_broken_encodings_are_read_around(text: str) -> None:
    assert any(s.act.value == "accuse" for s in reading(text).statements)
