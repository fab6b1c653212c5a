import csv
import io
from dataclasses import replace

import pytest

from stopa.dossier.exports.spreadsheet import FORMULA
from stopa.dossier.exports.super_timeline import HEADINGS, write
from stopa.model.dossier import Dossier
from tests.dossier.hostile import PORTIONS, hostile
from tests.dossier.sample import sample

ID = HEADINGS.index("id")


def rows(dossier: Dossier) -> list[list[str]]:
    return list(csv.reader(io.StringIO(write(dossier).decode("utf-8-sig"), newline="")))


def test_every_finding_has_its_row_in_time_order() -> None:
    table = rows(sample())
    assert tuple(table[0]) == (*HEADINGS, "producer", "tlp")
    found = [row for row in table[1:] if row[3] == "finding"]
    assert {row[ID] for row in found} == {finding.id for finding in sample().findings}
    assert [row[0] for row in table[1:]] == sorted(row[0] for row in table[1:])
    assert all(len(row) == len(table[0]) for row in table)


@pytest.mark.parametrize("portion", range(len(PORTIONS)))
def test_no_cell_of_a_hostile_case_is_a_formula(portion: int) -> None:
    for row in rows(hostile(sample(), portion)):
        assert not [text for text in row if text.lstrip().startswith(FORMULA)]


def test_a_finding_without_a_time_comes_last() -> None:
    timeless = replace(sample().findings[0], time=None)
    table = rows(replace(sample(), findings=(timeless, *sample().findings[1:])))
    assert table[-1][ID] == timeless.id
    assert table[-1][0] == ""
