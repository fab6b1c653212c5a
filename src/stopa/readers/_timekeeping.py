"""What the times of a file say together: which were lost and why, and which hour is meant.

Why: clocks that are set back show an hour twice. In a log that keeps its order, time then seems to
go back: what stands behind that place is of the second hour. Where nothing goes back nobody knows,
and it stays read as the first; either way the events say that theirs is such an hour.
Trap: events of one block come in several batches; only together do they stand as in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stopa.model.event import BASIS, OFFSET, TIME, EventBatch
from stopa.model.evidence import Problem, Where
from stopa.model.time_basis import KINDS, LOST, NUMBER, Basis
from stopa.readers._reader import Source
from stopa.readers._times import INSTANT

NO_ZONE = "times carry no zone and none is stated"
NO_YEAR = "times carry no year, and nothing in the log tells it"
NO_TIME = "times that are not understood: these events have none"
SKIPPED = "times in an hour that the clocks of {zone} skip"
SECOND = "{hour} comes twice in {zone}: from here on, where time goes back, it is the second time"
EITHER = "{hour} comes twice in {zone}, and nothing here tells which: read as the first time"
ONCE_MORE = (
    "{hour} comes twice in {zone}; time goes back more than once, and the second only up to there"
)
TOLD = {
    Basis.UNZONED: (NO_ZONE, "say with --zone in which zone this evidence was written"),
    Basis.YEARLESS: (NO_YEAR, "say with --year in which year it begins"),
    Basis.UNREAD: (NO_TIME, "look at the event: a date that can be read in two ways, or none?"),
    Basis.SKIPPED: (SKIPPED, "is that the zone that this was written in?"),
}
OF_THE_FILE = (Basis.UNZONED, Basis.YEARLESS)
TWICE = NUMBER[Basis.TWICE]
BACK = 60 * 1_000_000  # microseconds: threads write within a minute of each other
APART = 12 * 3600 * 1_000_000  # microseconds; more lies between two hours that come twice
CHECK = "compare with a log that states its zone"

Numbers = NDArray[np.int64]


@dataclass(slots=True)
class Hour:
    """An hour that came twice: its first event as read, and where it came the second time.

    `ordered` until the log turns out not to keep its order.
    """

    begin: int
    place: Where
    again: Where | None = None
    ordered: bool = True


@dataclass(slots=True)
class Timekeeping:
    """Takes note of the times of a file, block by block."""

    source: Source
    places: dict[int, tuple[int, Where]] = field(default_factory=dict)
    hours: list[Hour] = field(default_factory=list)
    last: int | None = None

    def settled(self, batches: Iterable[EventBatch | Problem]) -> Iterator[EventBatch | Problem]:
        """Yield the batches of a block, hours that come twice told apart where that shows."""
        if self.source.zone is None or self.source.zone is UTC:
            for found in batches:
                self._note(found)
                yield found
            return
        block = list(batches)
        for found in block:
            self._note(found)
        timed = [one for one in block if isinstance(one, EventBatch) and _is_timed(one)]
        shifts = self._shifts(timed)
        for found in block:
            yield _later(found, shifts) if isinstance(found, EventBatch) and shifts else found

    def problems(self) -> Iterator[Problem]:
        """Yield what is to be said of the times of the whole file."""
        zone = self.source.zone
        for basis, (what, hint) in TOLD.items():
            if NUMBER[basis] in self.places:
                yield Problem(what.format(zone=zone), self.places[NUMBER[basis]][1], hint)
        for hour in self.hours:
            shown = datetime.fromtimestamp(hour.begin / 1_000_000, zone)
            told = {"hour": f"the hour from {shown:%Y-%m-%d %H}:00", "zone": zone}
            what = EITHER if hour.again is None else SECOND if hour.ordered else ONCE_MORE
            yield Problem(what.format(**told), hour.again or hour.place, CHECK)

    def _note(self, found: EventBatch | Problem) -> None:
        """Remember where a kind of time that has to be told is first."""
        if not isinstance(found, EventBatch) or BASIS not in found.table.column_names:
            return
        known = _numbers(found, BASIS)
        for basis in TOLD:
            rows = np.flatnonzero(known == NUMBER[basis])
            if len(rows):
                self._place(NUMBER[basis], found, int(rows[0]))

    def _place(self, number: int, batch: EventBatch, row: int) -> None:
        where = replace(batch.where(row), length=0)
        if KINDS[number] in OF_THE_FILE:
            where = Where(self.source.sha256, offset=0, length=0)
        offset = where.offset or 0
        if number not in self.places or offset < self.places[number][0]:
            self.places[number] = (offset, where)

    def _shifts(self, timed: list[EventBatch]) -> dict[int, Numbers]:
        """Return for batches (by identity) by how many microseconds their rows are later."""
        if not timed:
            return {}
        rows = _Rows.of(timed)
        later = np.zeros(len(rows.times), np.int64)
        for start, stop in rows.hours():
            begin = self._second(rows, start, stop)
            later[begin:stop] = self._apart(int(rows.times[start]))
        self.last = int(rows.times[-1]) if len(rows.times) else self.last
        return rows.of_batches(np.where(rows.twice, later, 0)) if later.any() else {}

    def _second(self, rows: _Rows, start: int, stop: int) -> int:
        """Return from which of these rows on the hour comes the second time; `stop` if none."""
        times, before = rows.times, int(rows.times[start - 1]) if start else self.last
        if not self.hours or abs(int(times[start]) - self.hours[-1].begin) > APART:
            ordered = before is None or before <= times[start]
            self.hours.append(Hour(int(times[start]), rows.where(start), ordered=ordered))
            before = None
        hour = self.hours[-1]
        steps = np.diff(times[start : stop + 1], prepend=times[start] if before is None else before)
        if hour.again is not None:
            hour.ordered = hour.ordered and not (steps < -BACK).any()
            return start if hour.ordered else stop
        back = np.flatnonzero(steps < -BACK)
        if len(back) > 1 or not hour.ordered:
            hour.ordered = False
            return stop
        if not len(back):
            return stop
        hour.again = rows.where(start + int(back[0]))
        return start + int(back[0])

    def _apart(self, first: int) -> int:
        """Return by how much the second hour is later than the first."""
        clock = datetime.fromtimestamp(first // 1_000_000, self.source.zone).replace(fold=0)
        once, again = clock.utcoffset(), clock.replace(fold=1).utcoffset()
        return ((once or timedelta()) - (again or timedelta())) // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The events of several batches that have a time, in the order of the file."""

    batches: list[EventBatch]
    places: Numbers  # of each event in all of the batches
    times: Numbers
    twice: NDArray[np.bool_]

    @classmethod
    def of(cls, batches: list[EventBatch]) -> _Rows:
        offsets, times, known = (
            np.concatenate([_numbers(batch, name) for batch in batches])
            for name in (OFFSET, TIME, BASIS)
        )
        order = np.argsort(offsets, kind="stable")
        order = order[(known[order] >= 0) & (known[order] < LOST)]
        return cls(batches, order, times[order], known[order] == TWICE)

    def hours(self) -> Iterator[tuple[int, int]]:
        """Yield the stretches of rows in an hour that comes twice, what lies between included."""
        found = np.flatnonzero(self.twice)
        if len(found):
            parts = np.split(found, np.flatnonzero(np.diff(self.times[found]) > APART) + 1)
            yield from ((int(part[0]), int(part[-1]) + 1) for part in parts)

    def where(self, row: int) -> Where:
        """Cite an event."""
        place = int(self.places[row])
        for batch in self.batches:
            if place < batch.table.num_rows:
                return replace(batch.where(place), length=0)
            place -= batch.table.num_rows
        raise IndexError(row)

    def of_batches(self, values: Numbers) -> dict[int, Numbers]:
        """Return these values of the events, by batch and row."""
        spread = np.zeros(sum(batch.table.num_rows for batch in self.batches), np.int64)
        spread[self.places] = values
        ends = np.cumsum([batch.table.num_rows for batch in self.batches])[:-1]
        return dict(zip(map(id, self.batches), np.split(spread, ends), strict=True))


def _is_timed(batch: EventBatch) -> bool:
    return BASIS in batch.table.column_names and TIME in batch.table.column_names


def _numbers(batch: EventBatch, name: str) -> Numbers:
    column: Any = batch.table.column(name).cast(pa.int64())
    return np.asarray(column.fill_null(-1), np.int64)


def _later(batch: EventBatch, shifts: dict[int, Numbers]) -> EventBatch:
    """Return the batch with the times of these rows so much later."""
    shift = shifts.get(id(batch))
    if shift is None or not shift.any():
        return batch
    times: Any = batch.table.column(TIME)
    moved = pa.array(_numbers(batch, TIME) + shift, mask=times.is_null().to_numpy())
    at = batch.table.column_names.index(TIME)
    return replace(batch, table=batch.table.set_column(at, TIME, moved.cast(INSTANT)))
