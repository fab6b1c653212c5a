"""What a record of a stream carries is evidence of its own, and read by whoever knows it."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path

from stopa.case.plan import Plan, Quiet
from stopa.case.work import investigate
from stopa.model.evidence import Evidence, Problem
from stopa.store.case_reader import CaseReader
from tests.readers.found import DATA, input_of

SAMPLE = input_of(DATA / "kinesis" / "lambda")


def test_packed_records_of_a_trail_are_read_as_such(tmp_path: Path) -> None:
    case = tmp_path / "case"
    found = investigate([SAMPLE], case, Plan(), Quiet())
    with CaseReader(case) as store:
        names = [item.name for item in store.records("evidence", Evidence)]
        problems = [problem.what for problem in store.records("problem", Problem)]
    assert sorted(len(name.split("/")) for name in names) == [1, 2, 3]  # record, gzip, batch
    assert found.events == 4
    assert problems == ["its data is not in Base64"]


def test_a_record_that_holds_itself_many_times_over_ends_at_the_limit(tmp_path: Path) -> None:
    inner = b"x" * 100
    for _ in range(8):
        packed = b64encode(inner).decode()
        inner = json.dumps({"Records": [{"kinesis": {"data": packed}}]}).encode()
    path = tmp_path / "deep.json"
    path.write_bytes(inner)
    investigate([path], tmp_path / "case", Plan(), Quiet())
    with CaseReader(tmp_path / "case") as store:
        problems = [problem.what for problem in store.records("problem", Problem)]
    assert any("inside 4 others" in what for what in problems)
