"""One event looked at by itself: which tests its fields fulfil, and the values that people see."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import product
from typing import NamedTuple

from stopa.detect.columns import Columns
from stopa.detect.fold import fold
from stopa.detect.predicate import Same
from stopa.detect.tree import RECORD, Test
from stopa.detect.value import holds, present, same
from stopa.model.event import (
    CHANNEL,
    EVENT_ID,
    HOST,
    LENGTH,
    LINE,
    OFFSET,
    PROVIDER,
    TIME,
    USER,
    EventBatch,
)
from stopa.model.event import RECORD as RECORD_ID
from stopa.model.evidence import Where

SHOWN = 4096  # characters of a matched value that a finding repeats; the event has all of it
# Envelope columns under the names that Windows gives them.
NAMES = {EVENT_ID: "EventID", PROVIDER: "Provider_Name", CHANNEL: "Channel", HOST: "Computer"}


class Cited(NamedTuple):
    """Where an event stands in the evidence, when it was, on which machine and by whom."""

    where: Where
    time: datetime | None
    host: str | None
    user: str | None


def cited_by(batch: EventBatch, rows: Collection[int]) -> dict[int, Cited]:
    """Return how findings cite these events of a batch, by row."""
    if not rows:
        return {}
    names = (RECORD_ID, LINE, OFFSET, LENGTH, TIME, HOST, USER)
    columns = [batch.table.column(name) for name in names]
    if len(rows) < len(batch.table):
        columns = [column.take(list(rows)) for column in columns]
    cells = zip(*(column.to_pylist() for column in columns), strict=True)
    return {
        row: Cited(Where(batch.evidence, record, line, offset, length), *rest)
        for row, (record, line, offset, length, *rest) in zip(rows, cells, strict=True)
    }


def fulfilled(test: Test, columns: Columns, row: int) -> bool:
    """Tell whether the event in this row fulfils the test."""
    if isinstance(test.predicate, Same):
        pairs = product(
            columns.cell(test.field, row) or (), columns.cell(test.predicate.field, row) or ()
        )
        return any(same(test.predicate, value, other) for value, other in pairs)
    if test.field == RECORD:
        cells = (cell for _, cell in columns.searched(row))
        return any(cell is not None and holds(test.predicate, cell) for cell in cells)
    return holds(test.predicate, columns.cell(test.field, row))


def joined(cell: tuple[str, ...] | None) -> str | None:
    """Return the values of a cell as one text; None where the field is absent."""
    return ", ".join(cell) if cell else None


def shown(test: Test, columns: Columns, row: int) -> tuple[str, str]:
    """Return the field's name and the value that fulfils the test, cut where it is very long.

    The event must fulfil it, so a value that stands alone does.
    """
    one = (test.field, columns.cell(test.field, row))
    for name, cell in columns.searched(row) if test.field == RECORD else [one]:
        for value in cell or ():
            if (
                (cell == (value,) and test.field != RECORD)
                or isinstance(test.predicate, Same)
                or present(test.predicate, value, fold(value))
            ):
                return NAMES.get(name, name), value[:SHOWN] + "…" * (len(value) > SHOWN)
    return NAMES.get(test.field, test.field), ""
