"""One event looked at by itself: which tests its fields fulfil, and the values that people see."""

from __future__ import annotations

from itertools import product

from stopa.detect.columns import Columns
from stopa.detect.fold import fold
from stopa.detect.predicate import Same
from stopa.detect.tree import RECORD, Test
from stopa.detect.value import holds, present, same
from stopa.model.event import CHANNEL, EVENT_ID, HOST, PROVIDER

SHOWN = 4096  # characters of a matched value that a finding repeats; the event has all of it
# Envelope columns under the names that Windows gives them.
NAMES = {EVENT_ID: "EventID", PROVIDER: "Provider_Name", CHANNEL: "Channel", HOST: "Computer"}


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
    """Return the field's name and the value that fulfils the test, cut where it is very long."""
    one = (test.field, columns.cell(test.field, row))
    for name, cell in columns.searched(row) if test.field == RECORD else [one]:
        for value in cell or ():
            if isinstance(test.predicate, Same) or present(test.predicate, value, fold(value)):
                return NAMES.get(name, name), value[:SHOWN] + "…" * (len(value) > SHOWN)
    return NAMES.get(test.field, test.field), ""
