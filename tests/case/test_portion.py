"""Work that a process does not come back from is a problem, and cites what was searched."""

from pathlib import Path

from stopa.case.portion import LOST, Portion, Rules, in_processes
from stopa.readers import Stretch


def test_a_process_that_dies_is_a_problem_of_its_evidence(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("{}\n" * 10)
    rules = Rules((tmp_path / "no such rules",), tmp_path)  # so that no process can begin
    whole = Portion("e" * 64, log, 30, "json_lines")
    part = Portion("e" * 64, log, 30, "json_lines", stretch=Stretch(6, 15, 30))
    told = list(in_processes(rules, [whole, part], 2))
    problems = [problem for some in told for problem in some.problems]
    assert [problem.what for problem in problems] == [LOST, LOST]
    assert [(p.where.offset, p.where.length) for p in problems] == [(0, 30), (15, 15)]
