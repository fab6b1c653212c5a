"""Event batches on disk: Parquet segments of one log source, and mostly of one kind of event.

Spec: https://parquet.apache.org/docs/file-format/
Why: columns that nobody asks for are never read again. What rules ask depends on an event's kind,
so kinds lie apart: a segment of one kind has its own columns only, and says which kind it is.
Columns that repeat themselves are kept, and come back, as distinct values and numbers of them.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stopa.model.event import (
    CHANNEL,
    ENVELOPE,
    EVENT_ID,
    HOST,
    OFFSET,
    PROVIDER,
    EventBatch,
    LogSource,
)
from stopa.store import durable

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS = 200_000  # rows of one segment
BYTES = 96 * 2**20  # Arrow bytes of one kind that are held before a segment is written
HELD = 256 * 2**20  # Arrow bytes of all kinds together
GROUP = 48 * 2**20  # Arrow bytes of a row group: what is read at a time
FEW = 1000  # events of a kind that are not worth a segment of their own
PLAIN = 2**16  # Arrow bytes of a table that is written as it is: packing costs more than it saves
REPEATED = 2  # a value stands so many times on average in a column of distinct values
KEYED = (PROVIDER, CHANNEL, EVENT_ID)
SOURCE_KEYS = ("product", "category", "service")
# Windows' names of what the envelope holds: they are compared with it, and so are of its type.
TOLD = {
    "Channel": CHANNEL,
    "Computer": HOST,
    "ComputerName": HOST,
    "EventID": EVENT_ID,
    "Provider_Name": PROVIDER,
}

Kind = tuple[str | None, str | None, str | None]  # provider, channel, event id
Key = tuple[LogSource, Kind | None]


@dataclass(frozen=True, slots=True)
class Segment:
    """One Parquet file of events: its name in the events folder, its hash, what is in it.

    `kind` is provider, channel and event id of all of its events; None where they have several, or
    data of their own that is called so.
    """

    file: str
    sha256: str
    rows: int
    evidence: str
    source: LogSource
    kind: Kind | None = None


class EventWriter:
    """Collects the batches of one piece of evidence into segments."""

    def __init__(self, folder: Path, evidence: str) -> None:
        self._folder = folder
        self._evidence = evidence
        self._waiting: defaultdict[Key, list[pa.Table]] = defaultdict(list)
        self._bytes: Counter[Key] = Counter()
        self._segments: list[Segment] = []

    def add(self, batch: EventBatch) -> None:
        """Keep a batch; write segments when enough is waiting."""
        key = (batch.source, _kind(batch.table))
        self._waiting[key].append(batch.table)
        self._bytes[key] += batch.table.nbytes
        if self._bytes[key] >= BYTES or _rows(self._waiting[key]) >= ROWS:
            self._flush(key)
        while self._bytes.total() >= HELD:
            self._flush(max(self._waiting, key=self._bytes.__getitem__))

    def close(self) -> tuple[Segment, ...]:
        """Write what is waiting; return all segments in the order they were written."""
        kinds = Counter(source for source, _ in self._waiting)
        for key in list(self._waiting):
            source, kind = key
            if kind is not None and kinds[source] > 1 and _rows(self._waiting[key]) < FEW:
                self._waiting[source, None] += self._waiting.pop(key)
        for key in list(self._waiting):
            self._flush(key)
        return tuple(self._segments)

    def _flush(self, key: Key) -> None:
        name = f"{self._evidence[:32]}-{len(self._segments):05d}.parquet"
        self._segments.append(self._write(name, key, unite(self._waiting.pop(key))))
        del self._bytes[key]

    def _write(self, name: str, key: Key, table: pa.Table) -> Segment:
        source, kind = key
        words = {word: getattr(source, word) or "" for word in SOURCE_KEYS}
        labelled = table.replace_schema_metadata({**words, "evidence": self._evidence})
        if kind is not None and table.num_rows >= FEW:
            labelled = _repeating(labelled)
        with durable.appearing(self._folder / name) as draft:
            if labelled.nbytes <= PLAIN:
                digest = _write_plain(labelled, draft)
            else:
                digest = _write_packed(labelled, draft)
        return Segment(name, digest, table.num_rows, self._evidence, source, kind)


def _write_plain(table: pa.Table, path: Path) -> str:
    """Write a table as it is; return the SHA-256 of the file."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="none", use_dictionary=False, write_statistics=False)
    body = sink.getvalue()
    path.write_bytes(body)
    return hashlib.sha256(body).hexdigest()


def _write_packed(table: pa.Table, path: Path) -> str:
    rows = max(1024, GROUP * table.num_rows // max(1, table.nbytes))
    pq.write_table(table, path, compression="zstd", row_group_size=rows)
    with path.open("rb") as written:
        return hashlib.file_digest(written, "sha256").hexdigest()


def read(
    folder: Path, segment: Segment, fields: Iterable[str] | None = None
) -> Iterator[EventBatch]:
    """Yield the events of a segment with the envelope and, of the fields, only those asked for.

    A column is of distinct values and their numbers where the segment keeps it so. No threads:
    who has much to read does it in several processes.
    """
    with pq.ParquetFile(folder / segment.file) as file:
        present = set(file.schema_arrow.names)
        wanted = present if fields is None else {*ENVELOPE, *fields} & present
        columns = [name for name in file.schema_arrow.names if name in wanted]
        for group in range(file.num_row_groups):
            table = file.read_row_group(group, columns=columns, use_threads=False)
            yield EventBatch(segment.evidence, segment.source, table.replace_schema_metadata(None))


def by_kind(batch: EventBatch) -> Iterator[tuple[Kind | None, EventBatch]]:
    """Yield the events of each kind, with the columns that they have; rows keep their order."""
    table = batch.table
    codes = np.zeros(table.num_rows, np.int64)
    for name in KEYED:
        coded: Any = table.column(name).combine_chunks().dictionary_encode("encode")
        codes = codes * (len(coded.dictionary) + 1) + coded.indices.to_numpy()
        codes = np.unique(codes, return_inverse=True)[1]
    order = np.argsort(codes, kind="stable").astype(np.int64)
    table = table.take(order)
    sizes = np.bincount(codes)
    starts = np.cumsum(sizes) - sizes
    told = {name: _told(table.column(name), starts) for name in table.column_names}
    for kind, (start, rows) in enumerate(zip(starts.tolist(), sizes.tolist(), strict=True)):
        names = [name for name in told if name in ENVELOPE or told[name][kind]]
        mine = table.select(names).slice(start, rows)
        yield _kind(mine), EventBatch(batch.evidence, batch.source, mine)


def _told(column: Any, starts: NDArray[np.int64]) -> NDArray[np.bool_]:  # noqa: ANN401
    """Return for each stretch of rows, given by their starts, whether a value is in it."""
    if not column.null_count:
        return np.ones(len(starts), np.bool_)
    return np.logical_or.reduceat(column.is_valid().to_numpy(), starts)


def at(folder: Path, segment: Segment, offsets: Iterable[int]) -> dict[int, dict[str, object]]:
    """Return the events that begin at these byte offsets: the native fields that each one has."""
    wanted = sorted(set(offsets))
    if not wanted:
        return {}
    rows = pq.read_table(folder / segment.file, filters=[(OFFSET, "in", wanted)]).to_pylist()
    return {
        row[OFFSET]: {
            field: value
            for field, value in row.items()
            if value is not None and field not in ENVELOPE
        }
        for row in rows
    }


def unite(tables: list[pa.Table]) -> pa.Table:
    """Put tables with different fields under one another; missing fields are null.

    A field that holds lists in one table and single values in another becomes lists in all.
    """
    lists = {
        field.name for table in tables for field in table.schema if pa.types.is_list(field.type)
    }
    return pa.concat_tables(
        [_with_lists(table, lists) for table in tables], promote_options="default"
    ).combine_chunks()


def _with_lists(table: pa.Table, lists: set[str]) -> pa.Table:
    for index, field in enumerate(table.schema):
        if field.name in lists and not pa.types.is_list(field.type):
            table = table.set_column(index, field.name, _listed(table.column(index)))
    return table


def _listed(column: pa.ChunkedArray[pa.StringScalar]) -> pa.Array[pa.Scalar[Any]]:
    values = [None if value is None else [value] for value in column.to_pylist()]
    return pa.array(values, pa.list_(pa.string()))


def _kind(table: pa.Table) -> Kind | None:
    """Return the provider, channel and event id of all the events; None if they have several."""
    firsts = []
    for name in KEYED:
        column = table.column(name)
        if column.null_count not in (0, len(column)):
            return None
        first = column[0].as_py()
        if first is not None and not pc.all(pc.equal(column, first)).as_py():
            return None
        firsts.append(first)
    return firsts[0], firsts[1], firsts[2]


def _rows(tables: Iterable[pa.Table]) -> int:
    return sum(table.num_rows for table in tables)


def _repeating(table: pa.Table) -> pa.Table:
    """Return the table, columns that repeat themselves as distinct values and numbers of them."""
    for index, field in enumerate(table.schema):
        if field.name in ENVELOPE or field.name in TOLD or field.type != pa.string():
            continue
        coded = table.column(index).combine_chunks().dictionary_encode()
        if len(coded.dictionary) * REPEATED <= len(coded):
            table = table.set_column(index, field.name, coded)
    return table
