"""How the times of a table of events are known: a whole column judged at once."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stopa.model.event import TIME
from stopa.model.time_basis import FIELDS, TAKEN, ZONED, Basis

ALSO = (*FIELDS, TAKEN)  # the columns that are looked at, besides the time


def bases(table: pa.Table, *, zoned: bool) -> list[Basis]:
    """Return for each event how the zone of its time is known.

    `zoned` says that the analyst gave a zone. A time that shows the clock of UTC was then read by
    its format, any other by the analyst's word.
    """
    times = table.column(TIME)
    texts = _texts(table)
    known = pc.is_valid(times).to_pylist()
    stated = pc.match_substring_regex(pc.fill_null(texts, ""), ZONED).to_pylist()
    taken = _taken(table)
    unstated = Basis.FORMAT
    found = [
        Basis.NONE if not k else Basis.ASSUMED if t else Basis.STATED if s else unstated
        for k, t, s in zip(known, taken, stated, strict=True)
    ]
    return _told(found, times, texts) if zoned else found


def _texts(table: pa.Table) -> Any:  # noqa: ANN401 - an Arrow column
    """Return the text of each event's time, from the first field that has one."""
    columns: list[Any] = []
    for name in sorted(set(FIELDS).intersection(table.column_names), key=FIELDS.index):
        column = table.column(name)
        if not pa.types.is_list(column.type):
            columns.append(pc.cast(column, pa.string()))
            if not column.null_count:
                break
    return pc.coalesce(*columns) if columns else pa.nulls(table.num_rows, pa.string())


def _taken(table: pa.Table) -> list[bool]:
    if TAKEN not in table.column_names:
        return [False] * table.num_rows
    return [flag is not None for flag in table.column(TAKEN).to_pylist()]


def _told(found: list[Basis], times: Any, texts: Any) -> list[Basis]:  # noqa: ANN401
    told = zip(found, times.to_pylist(), texts.to_pylist(), strict=True)
    return [
        Basis.OPTION if b is Basis.FORMAT and f"{time:%H:%M:%S}" not in (text or "") else b
        for b, time, text in told
    ]
