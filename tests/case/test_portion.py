"""Work that a process does not come back from is a problem, and cites what was searched."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from stopa import detect
from stopa.case.portion import LOST, Asked, Portion, in_processes, search
from stopa.detect import Program
from stopa.model.event import EventBatch
from stopa.readers import Passed, Source, Stretch, reader
from tests.detect.rule_text import rule
from tests.readers.evtx_writer import chunk, damaged, log, logon, process

WINDOWS = {"product": "windows"}
SECURITY = {**WINDOWS, "service": "security"}
# Keywords of all events, of which none, some or all have one; and what is no keyword.
RULES = {
    "words": rule("words", WINDOWS, s=["calc", "user 1", "\N{LATIN SMALL LETTER LONG S}ecret"]),
    "short": rule("short", SECURITY, s=["a" * 2]),
    "without": rule("without", SECURITY, s=["calc"], condition="not s"),
    "number": rule("number", SECURITY, s={"EventID": 4624}),
    "field": rule("field", SECURITY, s={"TargetUserName": "user 2"}),
}
FLAT = [
    {"SourceName": "s", "Channel": c, "EventID": n % 3, "Other": {"deep": f"user {n}"}}
    for c in ("Security", "Application")
    for n in range(60)
]


@dataclass(frozen=True, slots=True)
class Fatal(Portion):
    """A piece of work that no process survives."""

    def found(self, program: Program) -> Iterator[EventBatch]:
        """End the process."""
        os._exit(1)


def test_a_process_that_dies_is_a_problem_of_its_evidence(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("{}\n" * 10)
    rules = detect.prepare([detect.starter_rules()], cache=None)
    whole = Fatal("e" * 64, log, 30, "json_lines")
    part = Fatal("e" * 64, log, 30, "json_lines", stretch=Stretch(6, 15, 30))
    with in_processes(rules, [whole, part], 2) as each:
        problems = [problem for some in each for problem in some.problems]
    assert [problem.what for problem in problems] == [LOST, LOST]
    assert [(p.where.offset, p.where.length) for p in problems] == [(0, 30), (15, 15)]


def test_evidence_that_is_gone_is_a_problem_and_the_rest_is_searched(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("{}\n" * 10)
    rules = detect.prepare([detect.starter_rules()], cache=None)
    gone = Portion("a" * 64, tmp_path / "gone", 30, "json_lines")
    with in_processes(rules, [gone, Portion("b" * 64, log, 30, "json_lines")], 2) as each:
        first, second = each
    assert [problem.what for problem in first.problems] == [
        "cannot be read: No such file or directory"
    ]
    assert (first.events, second.events) == (0, 10)


@pytest.mark.parametrize("chosen", [["words"], ["words", "short"], ["words", "without"], [*RULES]])
def test_events_that_are_passed_over_are_counted_and_match_no_rule(
    chosen: list[str], tmp_path: Path
) -> None:
    for title in chosen:
        (tmp_path / f"{title}.yml").write_text(RULES[title])
    program = detect.compile(detect.load([tmp_path]))
    events = [process(n, f"calc {n}" if n % 9 == 0 else "x") for n in range(1, 40)]
    logs = {
        "evtx": [
            log(chunk(1, *events).closed(), chunk(40, logon(40, "user 2")).closed()),
            damaged(),
        ],
        "windows_json": [b"\n".join(json.dumps(event).encode() for event in FLAT)],
    }
    for name, contents in logs.items():
        for content in contents:
            (tmp_path / "log").write_bytes(content)
            source = Source("0" * 64, tmp_path / "log", len(content))
            lean = Source("0" * 64, tmp_path / "log", len(content), wanted=Asked(program))
            batches = [b for b in reader(name).read(source) if isinstance(b, EventBatch)]
            expected = {(f.where, f.rule, f.matched) for b in batches for f in program.findings(b)}
            told = list(search(program, reader(name).read(lean)))
            found = [(f.where, f.rule, f.matched) for part in told for f in part.findings]
            assert set(found) == expected
            assert len(found) == len(expected)
            assert sum(p.events for p in told) == sum(b.table.num_rows for b in batches)
            passed = [p for p in reader(name).read(lean) if isinstance(p, Passed)]
            assert 0 < max(part.reached for part in told) <= len(content)
            assert all(0 < p.reached <= len(content) for p in passed)
            assert bool(passed) == (name == "windows_json" or chosen == ["words"])
