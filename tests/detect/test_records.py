"""Keywords are found wherever a record has them, whatever letters stand around them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from stopa import detect
from stopa.model.event import LogSource
from tests.detect.batches import batch
from tests.detect.rule_text import rule

SOURCE = {"product": "stopa", "service": "test"}
CASES: dict[str, tuple[str, list[Any], list[int]]] = {
    "another case": ("sekurlsa::", ["x SEKURLSA::y"], [0]),
    "the long s": ("sekurlsa", ["ſekurlSa"], [0]),
    "the kelvin sign": ("kiwi", ["ok", "\N{KELVIN SIGN}iwi", "é \N{KELVIN SIGN}"], [1]),
    "letters beyond ASCII": ("Škoda", ["žšKODA", "skoda", "ŠKODA"], [0, 2]),
    "across two values": ("ab", [["a", "b"], ["ab"], None], [1]),
    "in a list": ("ab", [["x", "AB"], [], ["b", "a"], ["cabd"]], [0, 3]),
    "a wildcard": ("a*c", ["abc", "cba", "A\nC"], [0, 2]),
    "a NUL in it": ("a\0b", ["xa\0bx", "ab"], [0]),
    "only a NUL": ("\0", ["a\0b", "ab"], [0]),
    "longer than is looked for": ("x" * 300, ["x" * 299, "y" + "X" * 301], [1]),
    "anything": ("*", ["", None, "x"], [0, 2]),
}


@pytest.mark.parametrize("case", CASES)
def test_keywords_are_found_in_any_value(case: str, tmp_path: Path) -> None:
    keyword, values, rows = CASES[case]
    (tmp_path / "rule.yml").write_text(rule(case, SOURCE, s=[keyword]))
    program = detect.compile(detect.load([tmp_path]))
    events = batch([{"f": value} for value in values], LogSource("stopa", service="test"))
    assert list(program.scan(events).rows) == rows
    assert [f.matched[0].field for f in program.findings(events)] == ["f"] * len(rows)
    whole = events.table
    if whole.schema.field("f").type == pa.string():
        column = whole.column_names.index("f")
        coded = whole.set_column(column, "f", whole.column("f").dictionary_encode())
        assert list(program.scan(type(events)(events.evidence, events.source, coded)).rows) == rows
    for row in range(len(values)):
        part = type(events)(events.evidence, events.source, whole.slice(row, 1))
        assert len(program.scan(part)) == (row in rows)
