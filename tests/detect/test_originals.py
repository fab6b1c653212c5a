r"""Keywords are found in the JSON of events just where they are found in all their columns.

Trap: one character can be written in several ways (`/`, `\/`, `\u002f`), and a list of objects is
text of our own writing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stopa import detect
from stopa.detect.originals import Pieces
from stopa.model.event import EventBatch
from stopa.readers import Source, readers
from tests.detect.rule_text import rule

WINDOWS = {"product": "windows"}
PLAIN = {"EventID": 1, "Channel": "Test", "SourceName": "Test", "Hostname": "PC1"}
# keyword -> values of a field, and whether an event with just this value has the keyword
CASES: dict[str, tuple[str, list[tuple[Any, bool]]]] = {
    "plain": ("lsadump::sam", [("x LSADUMP::sam", True), ("lsadump: :sam", False)]),
    "characters beyond ASCII": ("Škodalist", [("škodaLIST", True), ("skodalist", False)]),
    "characters that fold to ASCII": ("kiwi", [("\N{KELVIN SIGN}iwi", True), ("iwi", False)]),
    "a backslash": ("dir\\perfc.dat", [("C:\\DIR\\perfc.dat", True), ("dir/perfc.dat", False)]),
    "a quotation mark": ('say "hello"', [('I say "Hello" ', True), ("say hello", False)]),
    "punctuation": ("a,[b]", [("xA,[B]", True), (["a", "b"], False)]),
    "too short to be looked for": ("zq", [("xZQ", True), ("z", False)]),
    "a number": ("48151", [(1481516, True), (4815, False), (48151.5, True)]),
    "in an object": ("kiwi", [({"in": {"deep": "a kiwi"}}, True), ({"kiwi": "x"}, False)]),
    "in a list of objects": (":481516}", [([{"a": 481516}], True), ([{"a": 48151}], False)]),
    "after a colon": (":481", [([{"a": 481516}], True), ("481", False), ("x:481", True)]),
    "true": ("true", [(True, True), (False, False)]),
    "a line feed": ("one\ntwo", [("ONE\nTWO", True), ("one two", False)]),
    "a wildcard": ("kiw*lemon", [("kiwi and lemon", True), ("lemon and kiwi", False)]),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("ascii_only", [True, False])
def test_keywords_are_found_where_columns_are_left_out(
    case: str, ascii_only: bool, tmp_path: Path
) -> None:
    keyword, values = CASES[case]
    lines = [json.dumps({**PLAIN, "Other": v}, ensure_ascii=ascii_only) for v, _ in values]
    found = _found(tmp_path, keyword, [*lines, json.dumps(PLAIN)] * 20)
    expected = [holds for _, holds in values] + [False]
    assert found == {n + 1 for n, holds in enumerate(expected * 20) if holds}


def test_any_letter_may_be_written_as_an_escape(tmp_path: Path) -> None:
    head = json.dumps(PLAIN)[:-1]
    escaped = r"\u006bi\u0077i" + r"\/x"
    lines = [f'{head}, "Other": "{escaped}"}}', f'{head}, "Other": "ki\\\\u0077i/x"}}']
    assert _found(tmp_path, "kiwi/x", lines) == {1}


@pytest.mark.parametrize(
    ("text", "is_suspect"),
    [
        (rb"C:\\Users\\u0041", False),
        (rb"\u0001 \u00e9 \u2019", False),
        (rb"\\\\u0041", False),
        (rb"\u003ckiw\u003e", False),
        (rb"\\u006biwi", False),
        (rb"\u006biwi", True),
        (rb"\\\u006b\u0069\u0057i", True),
        (rb"\u212Aiwi", True),
        (rb"\u0069 kiw\u0069 \u0069", True),
        (b"a Kiwi", True),
        ("a \N{KELVIN SIGN}".encode(), True),
    ],
)
def test_only_events_that_may_hold_the_keyword_are_built(text: bytes, is_suspect: bool) -> None:
    assert bool(len(Pieces(["kiwi"])(b"nothing\n" + text + b"\nnothing"))) is is_suspect


def test_nothing_is_overlooked_where_there_is_too_much_to_look_at(tmp_path: Path) -> None:
    many = json.dumps({**PLAIN, "Other": "\N{KELVIN SIGN}" * 20_000}, ensure_ascii=False)
    lines = [json.dumps(PLAIN), many, json.dumps({**PLAIN, "Other": "a kiwi"}), many, many]
    assert _found(tmp_path, "kiwi", lines * 4) == {3, 8, 13, 18}


def test_keywords_of_windows_are_searched_as_rules_write_them(tmp_path: Path) -> None:
    marked = json.dumps({**PLAIN, "Keywords": -9214364837600034816})
    assert _found(tmp_path, "0x8020000000000000", [marked, json.dumps(PLAIN)]) == {1}


def _found(folder: Path, keyword: str, lines: list[str]) -> set[int]:
    """Return the numbers of the lines that have the keyword; both ways to read must agree."""
    (folder / "rule.yml").write_text(rule("keyword", WINDOWS, s=[keyword]), encoding="utf-8")
    log = folder / "log.jsonl"
    log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    program = detect.compile(detect.load([folder / "rule.yml"]))
    narrow = Source("e" * 64, log, log.stat().st_size, program.fields, searched=True)
    whole = Source("e" * 64, log, log.stat().st_size)
    batches = [_batches(source) for source in (narrow, whole)]
    assert all(batch.originals for batch in batches[0])
    assert not any(batch.originals for batch in batches[1])
    told = [[f for batch in some for f in program.findings(batch)] for some in batches]
    assert told[0] == told[1]
    return {found.where.line or 0 for found in told[0]}


def _batches(source: Source) -> list[EventBatch]:
    found = readers()["windows_json"].read(source)
    return [batch for batch in found if isinstance(batch, EventBatch)]
