"""Find in one piece of evidence where its logs were cleared, stopped, have gaps or go back in time.

Spec: https://learn.microsoft.com/windows/security/threat-protection/auditing/event-1102
Why: a log's own rhythm tells which silence is odd: nights come again and again, a gap does not.
Trap: what sensors write when a connection ends is not in order of its beginning, and exports may
run from the newest on: where many steps go back, none of them is told. A selection of records
(an export by filter) lacks numbers everywhere; that is one line, not one for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stopa.model.event import CHANNEL, EVENT_ID, HOST, OFFSET, RECORD, TIME, EventBatch
from stopa.model.evidence import Where
from stopa.model.log_order import Irregularity, Oddity

# Windows events with which a log says of itself that something is missing: channel, id, words.
SELF_TOLD = (
    ("Security", "1102", Oddity.CLEARED, "the log was cleared"),
    ("Security", "517", Oddity.CLEARED, "the log was cleared"),
    ("System", "104", Oddity.CLEARED, "a log was cleared"),
    ("Security", "1100", Oddity.STOPPED, "the service that logs was shut down"),
    ("Security", "1101", Oddity.STOPPED, "events were dropped before they were logged"),
    ("Security", "1104", Oddity.STOPPED, "the log is full"),
)
EVENTS = 4_000_000  # of one piece of evidence that are looked at
TOLD = 5  # oddities of one kind in one log that are told, the largest
RHYTHM = 100  # events from which on a log has a rhythm
SILENT = 600 * 1_000_000  # microseconds: no shorter silence is odd
BEYOND = 20  # times what USUAL of a hundred intervals stay under
USUAL = 90
APART = 3  # times what the largest intervals are like
LARGEST = 10  # of them
BACK = 60 * 1_000_000  # microseconds: threads write within a minute of each other
OFTEN = 0.01  # of the steps go back: the log is not kept in order of time
FEW = 20  # records from which on numbers that are missing tell something
SELECTED = 0.5  # of the numbers are there: else it is a selection
UNORDERED = ("zeek", "suricata")  # write what ends, with the time of its beginning
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Numbers = NDArray[np.int64]


@dataclass(slots=True)
class Series:
    """The events of one log of one host: times in microseconds, record numbers, byte offsets.

    A number of -1 is none.
    """

    times: list[Numbers] = field(default_factory=list)
    records: list[Numbers] = field(default_factory=list)
    offsets: list[Numbers] = field(default_factory=list)


Key = tuple[str, str | None, str | None, str | None]  # source, product, channel, host


class Order:
    """Takes note of when events were, batch by batch, and tells in the end what is odd."""

    def __init__(self, evidence: str) -> None:
        self._evidence = evidence
        self._series: defaultdict[Key, Series] = defaultdict(Series)
        self._told: list[Irregularity] = []
        self._events = 0

    def add(self, batch: EventBatch) -> None:
        """Take note of a batch; batches of one log come in the order of the evidence."""
        self._told += list(_self_told(batch))
        self._events += batch.table.num_rows
        if self._events > EVENTS:
            return
        table = batch.table
        columns = [_numbers(table.column(name)) for name in (TIME, RECORD, OFFSET)]
        for key, rows in _logs(batch):
            series = self._series[key]
            lists = (series.times, series.records, series.offsets)
            for numbers, column in zip(lists, columns, strict=True):
                numbers.append(column[rows])

    def irregularities(self) -> tuple[Irregularity, ...]:
        """Return what is odd, by place."""
        found = [*self._told]
        for key, series in self._series.items():
            found += _of_series(self._evidence, key, series)
        return tuple(sorted(found, key=lambda o: (o.where.offset or 0, o.kind, o.source)))


def _self_told(batch: EventBatch) -> Iterator[Irregularity]:
    table = batch.table
    ids = table.column(EVENT_ID)
    if ids.null_count == len(ids):
        return
    some = pc.is_in(ids, pa.array([number for _, number, _, _ in SELF_TOLD]))
    for row in np.flatnonzero(np.asarray(some)).tolist():
        channel, number = table.column(CHANNEL)[row].as_py(), ids[row].as_py()
        for log, event_id, kind, what in SELF_TOLD:
            if (channel, number) == (log, event_id):
                host, time = table.column(HOST)[row].as_py(), table.column(TIME)[row].as_py()
                source = _called((str(batch.source), None, channel, host))
                yield Irregularity(kind, what, batch.where(row), source, time, time)


def _logs(batch: EventBatch) -> Iterator[tuple[Key, Numbers]]:
    """Yield the rows of each log: events of one channel and one host."""
    codes = np.zeros(batch.table.num_rows, np.int64)
    words: list[list[str | None]] = []
    for name in (CHANNEL, HOST):
        coded: Any = batch.table.column(name).combine_chunks().dictionary_encode("encode")
        words.append(coded.dictionary.to_pylist())
        codes = codes * max(1, len(words[-1])) + np.asarray(coded.indices)
    for code in np.unique(codes).tolist():
        channel, host = divmod(code, max(1, len(words[1])))
        source = batch.source
        key = (str(source), source.product, words[0][channel], words[1][host])
        yield key, np.flatnonzero(codes == code)


def _numbers(column: pa.ChunkedArray[Any]) -> Numbers:
    known: Any = column.cast(pa.int64())
    return np.asarray(known.fill_null(-1), np.int64)


def _called(key: Key) -> str:
    source, _, channel, host = key
    return " ".join(filter(None, (source, channel, f"of {host}" if host else None)))


@dataclass(frozen=True, slots=True)
class _Log:
    """One log in its own order: by record number where it has them, else as it stands."""

    evidence: str
    name: str
    times: Numbers
    records: Numbers
    offsets: Numbers

    def told(self, kind: Oddity, what: str, row: int, before: int | None = None) -> Irregularity:
        record, offset = int(self.records[row]), int(self.offsets[row])
        where = Where(self.evidence, record=record if record >= 0 else None, offset=offset)
        first = None if before is None else _time(int(self.times[before]))
        return Irregularity(kind, what, where, self.name, first, _time(int(self.times[row])))


def _of_series(evidence: str, key: Key, series: Series) -> Iterator[Irregularity]:
    times, records, offsets = map(np.concatenate, (series.times, series.records, series.offsets))
    is_numbered = key[2] is not None and bool((records >= 0).all())
    order = np.argsort(records if is_numbered else offsets, kind="stable")
    log = _Log(evidence, _called(key), times[order], records[order], offsets[order])
    if is_numbered:
        yield from _missing(log)
    if is_numbered or key[1] not in UNORDERED:
        yield from _reversals(log)
    yield from _gaps(log)


def _missing(log: _Log) -> Iterator[Irregularity]:
    """Tell of record numbers that are not there."""
    if len(log.records) < FEW:
        return
    steps = np.diff(log.records)
    jumps = np.flatnonzero(steps > 1)
    numbers = int(log.records[-1] - log.records[0]) + 1
    there = len(np.unique(log.records))
    if there < SELECTED * numbers:
        what = f"{there:,} of the {numbers:,} record numbers from {log.records[0]} to "
        yield log.told(Oddity.SELECTION, f"{what}{log.records[-1]} are here", 0, 0)
        return
    for jump in _largest(jumps, steps):
        first, last = int(log.records[jump]) + 1, int(log.records[jump + 1]) - 1
        what = f"record {first} is missing" if first == last else f"records {first} to {last} are"
        what = what if first == last else f"{what} missing"
        yield log.told(Oddity.MISSING, _of(what, len(jumps)), jump + 1, jump)


def _reversals(log: _Log) -> Iterator[Irregularity]:
    """Tell where an event is earlier than the one before it, in a log that keeps its order."""
    rows = np.flatnonzero(log.times >= 0)
    steps = np.diff(log.times[rows])
    back = np.flatnonzero(steps < -BACK)
    if len(back) > max(1, OFTEN * len(steps)):
        return
    for step in _largest(back, -steps):
        what = f"time goes back by {_long(-int(steps[step]))}"
        yield log.told(Oddity.REVERSAL, _of(what, len(back)), int(rows[step + 1]), int(rows[step]))


def _gaps(log: _Log) -> Iterator[Irregularity]:
    """Tell of silences that are longer than the log's own rhythm suggests."""
    known = np.flatnonzero(log.times >= 0)
    if len(known) < RHYTHM:
        return
    rows = known[np.argsort(log.times[known], kind="stable")]
    steps = np.diff(log.times[rows])
    usual = float(np.percentile(steps, USUAL))
    largest = float(np.median(np.sort(steps)[-LARGEST:]))
    gaps = np.flatnonzero(steps > max(SILENT, BEYOND * usual, APART * largest))
    for gap in _largest(gaps, steps):
        what = f"nothing for {_long(int(steps[gap]))}; {USUAL} of 100 events follow within "
        what = _of(f"{what}{_long(int(usual))}", len(gaps))
        yield log.told(Oddity.GAP, what, int(rows[gap + 1]), int(rows[gap]))


def _largest(rows: Numbers, sizes: Numbers) -> list[int]:
    """Return those of the rows that have the largest sizes, in the order of the log."""
    ranked = rows[np.argsort(-sizes[rows], kind="stable")][:TOLD]
    return sorted(int(row) for row in ranked)


def _of(what: str, count: int) -> str:
    return f"{what} (one of the {TOLD} largest of {count:,})" if count > TOLD else what


def _long(microseconds: int) -> str:
    return str(timedelta(seconds=max(1, round(microseconds / 1_000_000))))


def _time(microseconds: int) -> datetime | None:
    return EPOCH + timedelta(microseconds=microseconds) if microseconds >= 0 else None
