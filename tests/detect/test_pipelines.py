"""The user's pipelines change what a rule asks, as pySigma says they do."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from stopa import detect
from stopa.detect import Program
from stopa.errors import InputError
from stopa.model.event import LogSource
from tests.detect.batches import batch
from tests.detect.rule_text import rule

PIPELINE = """
name: ours
priority: 20
transformations:
  - id: names
    type: field_name_mapping
    mapping: {CommandLine: cmd, Image: [exe, program]}
  - id: source
    type: change_logsource
    product: ours
    service: edr
  - id: only
    type: add_condition
    conditions: {kind: start}
"""
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "a renamed field": ({"CommandLine|contains": "x"}, {"kind": "start", "cmd": "AXB"}, True),
    "the old name": ({"CommandLine|contains": "x"}, {"kind": "start", "CommandLine": "x"}, False),
    "one name for two": ({"Image|endswith": "x"}, {"kind": "START", "program": "a.x"}, True),
    "the added condition": ({"CommandLine|contains": "x"}, {"kind": "stop", "cmd": "x"}, False),
    "a pattern": ({"CommandLine|re|i": "^A.C$"}, {"kind": "start", "cmd": "abc"}, True),
    "a network": ({"a|cidr": "10.0.0.0/8"}, {"kind": "start", "a": "10.1.1.1"}, True),
    "a number": ({"a": 5}, {"kind": "start", "a": "5.0"}, True),
    "a comparison": ({"a|gte": 5}, {"kind": "start", "a": "4"}, False),
    "null": ({"a": None}, {"kind": "start"}, True),
    "exists": ({"a|exists": True}, {"kind": "start", "a": ""}, True),
    "another field": ({"a|fieldref|startswith": "b"}, {"kind": "start", "a": "xy", "b": "X"}, True),
    "cased": ({"a|cased": "x"}, {"kind": "start", "a": "X"}, False),
    "dashes": ({"a|windash|contains": " -x"}, {"kind": "start", "a": "p /x"}, True),
    "not equal": ({"a|neq": "x"}, {"kind": "start", "a": "x"}, False),
}


@pytest.mark.parametrize("case", CASES)
def test_a_pipeline_changes_what_a_rule_asks(case: str, tmp_path: Path) -> None:
    selection, event, fires = CASES[case]
    source = {"product": "windows", "category": "process_creation"}
    (tmp_path / "rule.yml").write_text(rule(case, source, s=selection))
    (tmp_path / "pipeline.yaml").write_text(PIPELINE)
    program = detect.prepare(
        [tmp_path / "rule.yml"],
        cache=tmp_path / "cache",
        pipelines=[tmp_path / "pipeline.yaml"],
    )
    assert not program.refusals
    assert len(program.scan(batch([event], LogSource("ours", service="edr")))) == fires
    assert len(program.scan(batch([event], LogSource("windows")))) == 0


FIELDS = """
name: names
priority: 1
transformations:
  - id: names
    type: field_name_mapping
    mapping: {CommandLine: cmd, Image: exe, User: usr}
    rule_conditions: [{type: logsource, product: windows}]
  - {id: source, type: change_logsource, product: ours, service: edr}
"""
RULES = """
title: base
id: base
name: any_base
logsource: {product: windows, category: process_creation}
detection: {s: {CommandLine|contains: x}, condition: s}
---
title: not root
id: filter
logsource: {product: windows}
filter: {rules: [base], f: {User: root}, condition: not f}
---
title: placeholders
id: placeholders
logsource: {product: windows}
detection: {s: {CommandLine|expand|endswith: '%a%-%b%'}, condition: s}
---
title: many
id: many
name: any_many
correlation:
  type: value_count
  rules: [any_base]
  group-by: [Image, who]
  aliases: {who: {any_base: User}}
  timespan: 1h
  condition: {gte: 2, lte: 5, field: CommandLine}
---
title: outer
id: outer
correlation:
  {type: event_count, rules: [any_many], group-by: [Image], timespan: 1h, condition: {gte: 1}}
"""


def _program(folder: Path) -> Program:
    (folder / "rules.yml").write_text(RULES)
    (folder / "pipeline.yaml").write_text(FIELDS)
    (folder / "names.yaml").write_text("a: ['u*', v]\nb: [w]\n")
    return detect.compile(
        detect.load(
            [folder / "rules.yml"],
            pipelines=[folder / "pipeline.yaml"],
            placeholders=folder / "names.yaml",
        )
    )


def test_a_pipeline_changes_filters_placeholders_and_correlations_too(tmp_path: Path) -> None:
    program = _program(tmp_path)
    assert not program.refusals
    event = {"exe": "e", "usr": "anna", "_time": datetime(2025, 5, 28, tzinfo=UTC)}
    commands = ["x1", "x2", "x3", "a-W", "uu-w", "v-w"]
    events = [event | {"cmd": cmd} for cmd in commands]
    events[2]["usr"] = "ROOT"
    log = batch(events, LogSource("ours", service="edr"))
    hits = program.scan(log)
    assert list(zip(hits.rows, hits.rules, strict=True)) == [
        (0, "base"), (1, "base"), (4, "placeholders"), (5, "placeholders"),
    ]  # fmt: skip
    found = {f.rule: f.matched for f in program.correlate(program.base_hits(log))}
    assert [(m.field, m.value) for m in found["outer"]] == [("exe", "e"), ("event_count", "1")]


def test_a_rule_that_pysigma_cannot_read_is_refused_and_spoils_no_other(tmp_path: Path) -> None:
    source = {"product": "windows"}
    bad = [
        rule("map", source, s={"a": {"b": "c"}}),
        rule("number", source, s={"a|re": 5, "b|cidr": "x"}),
        rule("deep", source, s={"a": "b"}, condition="(" * 45 + "s" + ")" * 45),
        rule("none", source, s={"a|all": "b"}),
    ]
    (tmp_path / "rule.yml").write_text("\n---\n".join([*bad, rule("good", source, s={"a": "b"})]))
    (tmp_path / "pipeline.yaml").write_text(FIELDS)
    program = detect.compile(
        detect.load([tmp_path / "rule.yml"], pipelines=[tmp_path / "pipeline.yaml"])
    )
    titles = {card.title for card in program.cards.values()}
    assert "good" in titles
    assert len(titles) + len(program.refusals) == 5


def test_what_is_no_pipeline_is_an_error_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "rule.yml").write_text(rule("r", {"product": "x"}, s={"a": "b"}))
    (tmp_path / "bad.yaml").write_text("transformations: 5")
    with pytest.raises(InputError) as raised:
        detect.compile(detect.load([tmp_path / "rule.yml"], pipelines=[tmp_path / "bad.yaml"]))
    assert "pipeline" in raised.value.hint
