import csv
import io
from dataclasses import replace

import pytest

from stopa.dossier.exports.super_timeline import FORMULA, HEADINGS, cell, write
from stopa.model.dossier import Dossier
from tests.dossier.hostile import FORMULAS, PORTIONS, hostile
from tests.dossier.sample import sample


def rows(dossier: Dossier) -> list[list[str]]:
    return list(csv.reader(io.StringIO(write(dossier).decode("utf-8-sig"), newline="")))


def test_every_finding_has_its_row_in_time_order() -> None:
    table = rows(sample())
    assert tuple(table[0]) == HEADINGS
    found = [row for row in table[1:] if row[3] == "finding"]
    assert {row[-2] for row in found} == {finding.id for finding in sample().findings}
    assert [row[0] for row in table[1:]] == sorted(row[0] for row in table[1:])
    assert all(len(row) == len(HEADINGS) for row in table)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_shown_not_run(text: str) -> None:
    assert cell(text).startswith(("'", "<"))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_after_a_semicolon_is_shown_not_run(text: str) -> None:
    """Where a semicolon parts cells, quotation marks hold none together that does not begin so."""
    for semicolon in (";", "; ", ";\t"):
        last = cell(f"whoami{semicolon}{text}").rpartition(";")[2].strip()
        assert last.startswith(("'", "<")), last


@pytest.mark.parametrize("text", ["powershell.exe -enc", "10.0.0.1", "", "a=b", "a; b; c"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize("portion", range(len(PORTIONS)))
def test_no_cell_of_a_hostile_case_is_a_formula(portion: int) -> None:
    for row in rows(hostile(sample(), portion)):
        assert not [text for text in row if text.startswith(FORMULA)]


def test_a_finding_without_a_time_comes_last() -> None:
    timeless = replace(sample().findings[0], time=None)
    table = rows(replace(sample(), findings=(timeless, *sample().findings[1:])))
    assert table[-1][-2] == timeless.id
    assert table[-1][0] == ""
