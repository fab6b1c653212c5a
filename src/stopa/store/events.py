"""Event batches on disk: Parquet segments, at most so many rows each, one log source each.

Spec: https://parquet.apache.org/docs/file-format/
Why: columns that nobody asks for are never read again, and each is dictionary-encoded already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stopa.model.event import ENVELOPE, OFFSET, EventBatch, LogSource
from stopa.store import durable

ROWS = 200_000  # rows of one segment
BYTES = 256 * 1024 * 1024  # Arrow bytes held before a segment is written
SOURCE_KEYS = ("product", "category", "service")


@dataclass(frozen=True, slots=True)
class Segment:
    """One Parquet file of events: its name in the events folder, its hash, what is in it."""

    file: str
    sha256: str
    rows: int
    evidence: str
    source: LogSource


class EventWriter:
    """Collects the batches of one piece of evidence into segments."""

    def __init__(self, folder: Path, evidence: str) -> None:
        self._folder = folder
        self._evidence = evidence
        self._waiting: dict[LogSource, list[pa.Table]] = {}
        self._rows = 0
        self._bytes = 0
        self._segments: list[Segment] = []

    def add(self, batch: EventBatch) -> None:
        """Keep a batch; write segments when enough is waiting."""
        self._waiting.setdefault(batch.source, []).append(batch.table)
        self._rows += batch.table.num_rows
        self._bytes += batch.table.nbytes
        if self._rows >= ROWS or self._bytes >= BYTES:
            self._flush()

    def close(self) -> tuple[Segment, ...]:
        """Write what is waiting; return all segments in the order they were written."""
        self._flush()
        return tuple(self._segments)

    def _flush(self) -> None:
        for source, tables in self._waiting.items():
            name = f"{self._evidence[:32]}-{len(self._segments):05d}.parquet"
            self._segments.append(self._write(name, source, unite(tables)))
        self._waiting.clear()
        self._rows = self._bytes = 0

    def _write(self, name: str, source: LogSource, table: pa.Table) -> Segment:
        words = {key: getattr(source, key) or "" for key in SOURCE_KEYS}
        labelled = table.replace_schema_metadata({**words, "evidence": self._evidence})
        with durable.appearing(self._folder / name) as draft:
            pq.write_table(labelled, draft, compression="zstd")
            with draft.open("rb") as written:
                digest = hashlib.file_digest(written, "sha256").hexdigest()
        return Segment(name, digest, table.num_rows, self._evidence, source)


def read(
    folder: Path, segment: Segment, fields: Iterable[str] | None = None
) -> Iterator[EventBatch]:
    """Yield the events of a segment with the envelope and, of the fields, only those asked for."""
    file = pq.ParquetFile(folder / segment.file)
    present = set(file.schema_arrow.names)
    wanted = present if fields is None else {*ENVELOPE, *fields} & present
    columns = [name for name in file.schema_arrow.names if name in wanted]
    for group in range(file.num_row_groups):
        table = file.read_row_group(group, columns=columns)
        yield EventBatch(segment.evidence, segment.source, table.replace_schema_metadata(None))


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
