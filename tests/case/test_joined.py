"""Small pieces of evidence searched together give what each gives by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from stopa.case import joined as joining
from stopa.case.plan import Plan, Quiet
from stopa.case.work import investigate
from stopa.model.dossier import Excerpt
from stopa.model.rule import Finding
from stopa.store.case_reader import CaseReader
from stopa.store.events import Segment

RULE = """title: r
id: 6a7bb8f6-9d04-4c38-8d16-3f0a3ac1a0f3
logsource: {product: linux, service: sshd}
detection: {a: {src_ip: 192.0.2.7}, condition: a}
level: high
---
title: many
name: many
id: 7a7bb8f6-9d04-4c38-8d16-3f0a3ac1a0f3
correlation:
    type: event_count
    rules: [6a7bb8f6-9d04-4c38-8d16-3f0a3ac1a0f3]
    group-by: [src_ip]
    timespan: 10d
    generate: true
    condition: {gte: 3}
level: high
"""


def evidence(folder: Path) -> None:
    """Forty small logs of two kinds; every fourth names the address that the rule is about."""
    folder.mkdir()
    for number in range(40):
        address = "192.0.2.7" if number % 4 == 0 else f"192.0.2.{number + 20}"
        stamp = f"2025-05-28T06:{number:02}:00+00:00 h{number}"
        line = f"Failed password for root from {address} port 22 ssh2"
        extra = f"{stamp} sudo[2]: eva : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/ls\n"
        (folder / f"{number}.log").write_text(f"{stamp} sshd[1]: {line}\n{extra * (number % 3)}")


def told(case: Path) -> list[object]:
    with CaseReader(case) as store:
        kinds = ((Finding, "finding"), (Excerpt, "excerpt"))
        return [sorted(map(repr, store.records(kind, shape))) for shape, kind in kinds]


@pytest.fixture
def rules(tmp_path: Path) -> Plan:
    rule = tmp_path / "rule.yml"
    rule.write_text(RULE)
    return Plan(rules=(rule,))


def test_joined_or_not_the_findings_are_the_same(
    tmp_path: Path, rules: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence(tmp_path / "in")
    found = investigate([tmp_path / "in"], tmp_path / "joined", rules, Quiet())
    monkeypatch.setattr("stopa.case.detection.is_small", lambda _: False)
    investigate([tmp_path / "in"], tmp_path / "apart", rules, Quiet())
    assert found.findings >= 11  # ten logs, and what they come to together
    assert told(tmp_path / "joined") == told(tmp_path / "apart")


def test_each_row_says_whose_it_is(tmp_path: Path, rules: Plan) -> None:
    evidence(tmp_path / "in")
    investigate([tmp_path / "in"], tmp_path / "case", rules, Quiet())
    with CaseReader(tmp_path / "case") as store:
        segments = [s for s in store.records("segment", Segment) if joining.is_small([s])]
        batches = list(joining.joined(store.events, segments, None))
        rows = {(b.evidence_of(n), str(b.source)) for b in batches for n in range(len(b.table))}
        assert rows == {(s.evidence, str(s.source)) for s in segments}
        assert sum(len(b.table) for b in batches) == sum(s.rows for s in segments)
        assert len(batches) < len(segments) / 4


def test_a_wide_group_is_parted(
    tmp_path: Path, rules: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence(tmp_path / "in")
    investigate([tmp_path / "in"], tmp_path / "case", rules, Quiet())
    monkeypatch.setattr(joining, "COLUMNS", 1)
    with CaseReader(tmp_path / "case") as store:
        segments = list(store.records("segment", Segment))
        assert len(list(joining.joined(store.events, segments, None))) == len(segments)
