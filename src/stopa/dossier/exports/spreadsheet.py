"""A table as CSV that no spreadsheet runs anything of: the one writer of all tables.

Spec: RFC 4180; OWASP, "CSV injection"
Why: a byte order mark, because spreadsheets look for one before they take a file for UTF-8.
Trap: a cell that begins like a formula is run. It gets an apostrophe in front; one there, or behind
a semicolon, is never part of the evidence.
Trap: where a semicolon parts cells, as in much of Europe, a quotation mark inside of a cell holds
nothing together: what follows `;` is a cell of its own, even when quotation marks stand between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from stopa.dossier import visible

# Excel, Calc and Sheets run `=`, `+`, `-`, `@`; Excel in Japanese the wide and small forms as well.
FORMULA = (
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "|", "%",
)  # fmt: skip
QUOTE = '"'
AFTER_SEMICOLON = re.compile(rf"(;[\s\"]*)(?=[{re.escape(''.join(FORMULA))}])")


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], extra: Mapping[str, str]
) -> bytes:
    """Return the rows under their headings; `extra` is what every row says besides."""
    same = line(tuple(extra.values()))
    lines = (f"{line(row)},{same}" if extra else line(row) for row in rows)
    text = "".join(f"{one}\r\n" for one in (line((*headings, *extra)), *lines))
    return text.encode("utf-8-sig", "backslashreplace")


def line(cells: Iterable[str]) -> str:
    """Return one row, without the end of the line."""
    return ",".join(f'"{cell(text).replace(QUOTE, QUOTE * 2)}"' for text in cells)


def cell(text: str) -> str:
    """Return the text such that a spreadsheet shows it: one line, no formula."""
    shown = AFTER_SEMICOLON.sub(r"\1'", visible.line(text))
    return f"'{shown}" if shown.lstrip().startswith(FORMULA) else shown
