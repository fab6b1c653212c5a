"""Events that no rule can match are passed over, and none that a rule matches is."""

from __future__ import annotations

from pathlib import Path

import pytest

from stopa import detect
from stopa.detect import columns, plan
from stopa.detect.columns import Columns
from stopa.model.event import LogSource
from tests.detect.batches import batch
from tests.detect.rule_text import rule, rule_id

SOURCE = {"product": "stopa", "service": "test"}
LONG = "x" * 2 * columns.LONG
RULES = {
    "anything but": rule(
        "anything but", SOURCE, s={"f": "*"}, x={"f|contains": ["kiwi", "PEAR"]},
        y={"f|contains|cased": "Fig", "g": "1"}, condition="s and not (x or y)",
    ),
    "nothing at all": rule("nothing at all", SOURCE, s={"g|contains": "z"}, condition="not s"),
    "starts": rule("starts", SOURCE, s={"f|startswith": "apple", "g": ["1", "3"]}),
    "ends": rule("ends", SOURCE, s={"f|endswith": "apple"}),
    "between": rule("between", SOURCE, s={"f": "*a?c*d*"}),
    "kelvin": rule("kelvin", SOURCE, s={"f|contains": "k\N{LATIN SMALL LETTER S WITH CARON}"}),
    "either": rule("either", SOURCE, s=[{"f|contains": "lemon"}, {"g": "2"}]),
}  # fmt: skip
VALUES = [
    "a kiwi", "a \N{KELVIN SIGN}iwi", "pear", "FIG", "a Fig", "APPLE and", "and Apple", "abcxd",
    "abxd", "\N{KELVIN SIGN}\N{LATIN CAPITAL LETTER S WITH CARON}", "Lemon", "", "ſtart", "é",
]  # fmt: skip
MANY = "\N{KELVIN SIGN}" * 40_000  # more places to look at than are noted
EVENTS = [
    {"f": value and f"{before}{value}{after}", "g": number}
    for value in [*VALUES, None]
    for before in ("", LONG)
    for after in ("", LONG)
    for number in ("1", "2", "3", "Z", None)
] + [{"f": f"{MANY}{value}", "g": "1"} for value in VALUES]


@pytest.fixture
def program(tmp_path: Path) -> detect.Program:
    for title, text in RULES.items():
        (tmp_path / f"{title}.yml").write_text(text)
    return detect.compile(detect.load([tmp_path]))


def test_long_texts_are_judged_as_short_ones(program: detect.Program) -> None:
    source = LogSource("stopa", service="test")
    together = program.scan(batch(EVENTS, source))
    assert [program.scan(batch(EVENTS, source)) for _ in range(3)] == [together] * 3
    other = detect.Program(program.image)
    alone = [
        (row, found)
        for row, event in enumerate(EVENTS)
        for found in other.scan(batch([event], source)).rules
    ]
    assert list(zip(together.rows, together.rules, strict=True)) == alone
    assert {found for _, found in alone} == {rule_id(title) for title in RULES}


def test_exceptions_count_wherever_they_stand(program: detect.Program) -> None:
    found = program.scan(batch(EVENTS, LogSource("stopa", service="test")))
    broad = {row for row, _, name in found.each() if name == rule_id("anything but")}
    for row, event in enumerate(EVENTS):
        text = event["f"]
        folded = (text or "").lower()  # the Kelvin sign is a k in lower case
        excepted = "kiwi" in folded or "pear" in folded
        excepted |= "Fig" in (text or "") and event["g"] == "1"
        assert (row in broad) is (text is not None and not excepted)


def test_what_the_first_events_have_is_no_witness_in_later_ones(tmp_path: Path) -> None:
    said = {"f|contains": "a long text", "g|contains": "odd"}
    (tmp_path / "rule.yml").write_text(rule("both", SOURCE, s=said))
    program = detect.compile(detect.load([tmp_path]))
    source = LogSource("stopa", service="test")
    usual = [{"f": "this is a long text", "g": "usual"}] * plan.FIRST
    odd = {"f": "a long text again", "g": "an odd one"}
    (kind,) = (event for event, _ in Columns(batch([odd], source)).kinds())
    for events, field in (([odd], "f"), (usual, "g"), ([odd], "g")):
        assert len(program.scan(batch(events, source))) == events.count(odd)
        (ready,) = program.plan(kind).rules.values()
        assert {program.image.tests[test].field for test in ready.witness or ()} == {field}


@pytest.mark.parametrize("text", [None, "", "a lemon"])
def test_columns_that_are_nearly_or_quite_empty_are_looked_at(
    program: detect.Program, text: str | None
) -> None:
    events = [{"f": None, "g": "1"}] * 40 + [{"f": text, "g": "3"}] + [{"f": None, "g": "2"}] * 40
    found = program.scan(batch(events, LogSource("stopa", service="test")))
    either = {row for row, _, name in found.each() if name == rule_id("either")}
    assert either == {*range(41, 81), *([40] if text == "a lemon" else [])}
