"""The user's pipelines change what a rule asks, as pySigma says they do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stopa import detect
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


def test_what_is_no_pipeline_is_an_error_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "rule.yml").write_text(rule("r", {"product": "x"}, s={"a": "b"}))
    (tmp_path / "bad.yaml").write_text("transformations: 5")
    with pytest.raises(InputError) as raised:
        detect.compile(detect.load([tmp_path / "rule.yml"], pipelines=[tmp_path / "bad.yaml"]))
    assert "pipeline" in raised.value.hint
