"""The correlation vectors once more, from YAML and event batches through the whole engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from stopa import detect
from stopa.model.event import HOST, TIME, USER, EventBatch, LogSource
from stopa.model.rule import Finding
from tests.detect.batches import batch

CASES = sorted(Path(__file__).parents[1].glob("data/detect/correlation/*.yml"))
START = datetime(2025, 5, 28, 8, 0, tzinfo=UTC)
SOURCE = {"product": "stopa", "service": "test"}


def _documents(case: Mapping[str, Any]) -> list[dict[str, Any]]:
    names = case.get("names", {})
    base = [
        {
            "title": str(rule),
            "id": str(rule),
            "name": names.get(rule, f"{rule}-name"),
            "logsource": SOURCE,
            "detection": {"s": selection, "condition": "s"},
        }
        for rule, selection in case.get("base", {}).items()
    ]
    meta = [{"title": "t", "id": c.get("id", c.get("name")), **c} for c in case["correlations"]]
    return [*base, *meta]


def _batch(case: Mapping[str, Any], *, first: int, step: int) -> EventBatch:
    events = [
        {
            **{name: value for name, value in event.items() if name != "at"},
            TIME: None if event["at"] is None else START + timedelta(seconds=event["at"]),
            HOST: event.get("_host"),
            USER: event.get("_user"),
            "number": str(number),
        }
        for number, event in enumerate(case["events"], 1)
    ]
    return batch(events[first::step], LogSource(**SOURCE), evidence=f"{first}" * 64)


def _seen(finding: Finding, numbers: Mapping[tuple[str, int | None], int]) -> dict[str, Any]:
    *group, measure = finding.matched
    return {
        "rule": finding.rule,
        "at": (finding.time - START).total_seconds() if finding.time else None,
        "group": {match.field: match.value for match in group},
        "measure": measure.value,
        "members": sorted(numbers[where.evidence, where.line] for where in finding.members),
        "host": finding.host,
        "user": finding.user,
    }


@pytest.mark.parametrize("pieces", [1, 2])
@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_the_engine_finds_what_the_vector_says(path: Path, pieces: int, tmp_path: Path) -> None:
    case = yaml.safe_load(path.read_text())
    (tmp_path / "rules.yml").write_text(yaml.safe_dump_all(_documents(case), allow_unicode=True))
    program = detect.compile(detect.load([tmp_path]))
    batches = [_batch(case, first=first, step=pieces) for first in range(pieces)]
    numbers = {
        (each.evidence, line): int(str(number))
        for each in batches
        for line, number in zip(
            each.table.column("_line").to_pylist(),
            each.table.column("number").to_pylist() if each.table.num_rows else [],
            strict=True,
        )
    }
    hits = [hit for each in batches for hit in program.base_hits(each)]
    found = [_seen(finding, numbers) for finding in program.correlate(hits)]
    found = [each for each in found if each["rule"] not in program.silenced]
    expected = [each for each in case.get("expected") or [] if each["rule"] not in program.silenced]
    assert [{k: f[k] for k in e} for f, e in zip(found, expected, strict=True)] == expected
    refused = {refusal.id: refusal.reason for refusal in program.refusals}
    told = case.get("refused") or {}
    assert refused.keys() == told.keys()
    assert [rule for rule, words in told.items() if words not in refused[rule]] == []
