"""Lines of Amazon's flow logs are whole, or a problem."""

from __future__ import annotations

from pathlib import Path

from stopa.model.event import EventBatch
from stopa.model.evidence import Problem
from stopa.readers import readers
from tests.readers.found import source_of

WHOLE = (
    "2 123456789010 eni-1235b8ca 172.31.16.139 172.31.16.21 20641 22 6 20 4249 "
    "1418530010 1418530070 ACCEPT OK"
)


def test_a_line_that_was_cut_is_a_problem_and_no_event(tmp_path: Path) -> None:
    log = tmp_path / "flows"
    log.write_text(f"{WHOLE}\n2 123456789010 eni-1235b8ca 17\n")
    found = list(readers()["netflow"].read(source_of(log)))
    assert sum(each.table.num_rows for each in found if isinstance(each, EventBatch)) == 1
    (problem,) = [each for each in found if isinstance(each, Problem)]
    assert problem.where.line == 2
