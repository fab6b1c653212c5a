"""The records of a CSV file, one at a time, each with its bytes.

Spec: https://www.rfc-editor.org/rfc/rfc4180
Why: exported logs hold whole JSON texts in a quoted field, over many lines. Python's csv module
has one limit for the length of a field for all of a process, and says nothing of bytes.
Trap: where a comma divides whole numbers from parts, programs part columns by semicolons.
Trap: one stray quotation mark would join all that follows to one field. A record has to be well
formed to its end; where it is not, its first line is a problem and reading goes on behind it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._lines import Line, decoded, lines
from stopa.readers._reader import HEAD, Source

RECORD_LIMIT = 4 * 2**20  # bytes
SEPARATORS = (",", ";", "\t")
TYPED = "#TYPE "  # the line that Export-Csv of Windows PowerShell puts before the columns


class Record(NamedTuple):
    """The fields of a record, and where it stands; `line` is its first one."""

    fields: list[str]
    offset: int
    length: int
    line: int

    def where(self, evidence: str) -> Where:
        """Cite the record."""
        return Where(evidence, line=self.line, offset=self.offset, length=self.length)


def columns(head: bytes) -> tuple[str, list[str]]:
    """Return by what the head of a file parts its columns, and the cells of its first line."""
    first, *others = decoded(head).lstrip().decode("utf-8", "replace").split("\n", 2)
    line = others[0] if first.startswith(TYPED) and others else first
    separator = max(SEPARATORS, key=line.count)
    return separator, line.split(separator)


def separator_of(source: Source) -> str:
    """Return by what a file parts its columns."""
    with source.path.open("rb") as file:
        return columns(file.read(HEAD))[0]


def records(source: Source, separator: str = ",") -> Iterator[Record | Problem | Structure]:
    """Yield the records in order, the one with the names of the columns among them."""
    coming = lines(source)
    field = field_of(separator)
    waiting: deque[Line] = deque()
    while (line := _next(waiting, coming)) is not None:
        if not isinstance(line, Line):
            yield line
        elif not line.raw.strip() or (line.number == 1 and line.text.startswith(TYPED)):
            yield Structure(Where(source.sha256, offset=line.offset, length=line.length))
        else:
            whole, between = _whole(line, waiting, coming)
            yield from between
            if (record := _record(whole, field)) is None:
                waiting.extendleft(reversed(whole[1:]))
                yield Problem("not a record of CSV", line.where(source), "a stray quotation mark?")
            else:
                yield record


def _next(
    waiting: deque[Line], coming: Iterator[Line | Problem | Structure]
) -> Line | Problem | Structure | None:
    return waiting.popleft() if waiting else next(coming, None)


def _whole(
    first: Line, waiting: deque[Line], coming: Iterator[Line | Problem | Structure]
) -> tuple[list[Line], list[Problem | Structure]]:
    """Return the lines up to that on which every quotation mark has its fellow."""
    whole, open_marks, size = [first], first.raw.count(b'"') % 2, first.length
    while open_marks and size <= RECORD_LIMIT:
        line = _next(waiting, coming)
        if not isinstance(line, Line):
            return whole, [] if line is None else [line]
        whole.append(line)
        open_marks ^= line.raw.count(b'"') % 2
        size += line.length
    return whole, []


@cache
def field_of(separator: str) -> re.Pattern[str]:
    """Return the pattern of a field and what ends it."""
    return re.compile(rf"(?:\"((?:[^\"]|\"\")*)\"|(?!\")([^{separator}]*))({separator}|\Z)")


def _record(whole: list[Line], field: re.Pattern[str]) -> Record | None:
    text = "\n".join(line.text for line in whole)
    fields, at, more = [], 0, True
    while more:
        found = field.match(text, at)
        if found is None:
            return None
        fields.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        at, more = found.end(), bool(found[3])
    length = whole[-1].offset + whole[-1].length - whole[0].offset
    return Record(fields, whole[0].offset, length, whole[0].number)
