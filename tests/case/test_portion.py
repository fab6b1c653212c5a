"""Work that a process does not come back from is a problem, and cites what was searched."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stopa import detect
from stopa.case.portion import LOST, Portion, in_processes
from stopa.detect import Program
from stopa.model.event import EventBatch
from stopa.readers import Stretch


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
