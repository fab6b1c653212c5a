"""One event looked at by itself: which tests its fields fulfil, and the values that people see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from itertools import product
from typing import NamedTuple

import numpy as np

from stopa.detect.columns import Cell, Columns
from stopa.detect.fold import fold
from stopa.detect.predicate import Same
from stopa.detect.tree import RECORD, Test
from stopa.detect.value import holds, present, same
from stopa.model.event import (
    BASIS,
    CHANNEL,
    EVENT_ID,
    HOST,
    LENGTH,
    LINE,
    OFFSET,
    PROVIDER,
    TIME,
    USER,
)
from stopa.model.event import RECORD as RECORD_ID
from stopa.model.evidence import Where

SHOWN = 4096  # characters of a matched value that a finding repeats; the event has all of it
# Envelope columns under the names that Windows gives them.
NAMES = {EVENT_ID: "EventID", PROVIDER: "Provider_Name", CHANNEL: "Channel", HOST: "Computer"}


class Cited(NamedTuple):
    """Where an event stands in the evidence, when it was, on which machine and by whom.

    `basis` is the number of how the time's zone is known.
    """

    where: Where
    time: datetime | None
    basis: int | None
    host: str | None
    user: str | None


class Events:
    """Some events of a batch, by their row: few, so that each is looked at by itself."""

    def __init__(self, columns: Columns, rows: Iterable[int]) -> None:
        chosen = sorted(set(rows))
        self.place = {row: n for n, row in enumerate(chosen)}
        self.columns = columns.only(np.array(chosen, np.int64))
        self.cells: dict[str, list[Cell | None]] = {}
        self.told: dict[int, list[tuple[str, Cell | None]]] = {}

    @cached_property
    def cited(self) -> dict[int, Cited]:
        """How findings cite the events, by row."""
        names = (RECORD_ID, LINE, OFFSET, LENGTH, TIME, BASIS, HOST, USER)
        cells = zip(*(self.columns.array(name).to_pylist() for name in names), strict=True)
        batch = self.columns.batch
        return {
            row: Cited(Where(batch.evidence_of(row), record, line, offset, length), *rest)
            for row, (record, line, offset, length, *rest) in zip(self.place, cells, strict=True)
        }

    def cell(self, field: str, row: int) -> Cell | None:
        """Return the values of a field of an event; None where it is absent."""
        if field not in self.columns.names:
            return None
        if field not in self.cells:
            self.cells[field] = self.columns.cells(field)
        return self.cells[field][self.place[row]]

    def values(self, row: int) -> list[str]:
        """Return the values that keywords search of an event."""
        return [value for _, cell in self._searched(row) for value in cell or ()]

    def fulfil(self, test: Test, row: int) -> bool:
        """Tell whether the event in this row fulfils the test."""
        if isinstance(test.predicate, Same):
            pairs = product(
                self.cell(test.field, row) or (), self.cell(test.predicate.field, row) or ()
            )
            return any(same(test.predicate, value, other) for value, other in pairs)
        if test.field == RECORD:
            cells = (cell for _, cell in self._searched(row))
            return any(cell is not None and holds(test.predicate, cell) for cell in cells)
        return holds(test.predicate, self.cell(test.field, row))

    def shown(self, test: Test, row: int) -> tuple[str, str]:
        """Return the field's name and the value that fulfils the test, cut where it is very long.

        The event must fulfil it, so a value that stands alone does.
        """
        one = (test.field, self.cell(test.field, row))
        for name, cell in self._searched(row) if test.field == RECORD else [one]:
            for value in cell or ():
                if (
                    (cell == (value,) and test.field != RECORD)
                    or isinstance(test.predicate, Same)
                    or present(test.predicate, value, fold(value))
                ):
                    return NAMES.get(name, name), value[:SHOWN] + "…" * (len(value) > SHOWN)
        return NAMES.get(test.field, test.field), ""

    def _searched(self, row: int) -> list[tuple[str, Cell | None]]:
        if row not in self.told:
            self.told[row] = list(self.columns.searched(self.place[row]))
        return self.told[row]


def joined(cell: tuple[str, ...] | None) -> str | None:
    """Return the values of a cell as one text; None where the field is absent."""
    return ", ".join(cell) if cell else None
