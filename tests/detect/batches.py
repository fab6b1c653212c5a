"""Events written as plain maps, made into a batch as readers make them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from stopa.model.event import ENVELOPE, LENGTH, LINE, OFFSET, RECORD, TIME, EventBatch, LogSource

LISTED: pa.DataType = pa.list_(pa.string())
KINDS: dict[str, pa.DataType] = {
    TIME: pa.timestamp("us", tz="UTC"),
    RECORD: pa.int64(),
    LINE: pa.int64(),
    OFFSET: pa.int64(),
    LENGTH: pa.int64(),
}


def batch(
    events: Sequence[Mapping[str, Any]], source: LogSource, *, evidence: str = "e" * 64
) -> EventBatch:
    """Return the events as one batch; `_line` is the place in the sequence, from 1."""
    columns = {
        name: pa.array([event.get(name) for event in events], KINDS.get(name, pa.string()))
        for name in ENVELOPE
    }
    columns[LINE] = pa.array(range(1, len(events) + 1), pa.int64())
    fields = {field for event in events for field in event if field not in ENVELOPE}
    for field in sorted(fields):
        cells = [_cell(event.get(field)) for event in events]
        if any(isinstance(cell, list) for cell in cells):
            listed = [[cell] if isinstance(cell, str) else cell for cell in cells]
            columns[field] = pa.array(listed, LISTED)
        else:
            columns[field] = pa.array(cells, pa.string())
    return EventBatch(evidence, source, pa.table(columns))


def _cell(value: Any) -> str | list[str] | None:
    if isinstance(value, list):
        return [cell for item in value if isinstance(cell := _cell(item), str)]
    return value if value is None or isinstance(value, str) else json.dumps(value)
