"""Events of many small pieces of evidence, put under one another to be searched as one table.

Why: to search a table costs milliseconds however few events it has, and a folder may hold a hundred
thousand small files. Rules see one event at a time, so it makes no difference to what they find;
each row keeps whose it is.
Trap: fields of many logs side by side make a wide table; so many are joined as have few fields.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from stopa.model.event import EventBatch, LogSource
from stopa.store import events
from stopa.store.events import FEW, Segment

TOGETHER = 400  # tables that are joined
COLUMNS = 2_000  # different fields of them
OWNER = "\0number of the table"  # a name that no field has

Tables = list[tuple[Segment, pa.Table]]


def is_small(segments: Sequence[Segment]) -> bool:
    """Tell whether the events of an evidence are few enough to be searched beside others'."""
    return len(segments) == 1 and segments[0].rows < FEW


def joined(
    folder: Path, segments: Sequence[Segment], fields: frozenset[str] | None
) -> Iterator[EventBatch]:
    """Yield the events of small segments with these fields, of many in one batch of one kind."""
    of_source: defaultdict[LogSource, list[Segment]] = defaultdict(list)
    for segment in segments:
        of_source[segment.source].append(segment)
    for source, mine in of_source.items():
        for group in _groups(folder, mine, fields):
            yield from _one(source, group)


def _groups(folder: Path, mine: list[Segment], fields: frozenset[str] | None) -> Iterator[Tables]:
    group: Tables = []
    names: set[str] = set()
    for segment in mine:
        for batch in events.read(folder, segment, fields):
            group.append((segment, batch.table))
            names.update(batch.table.column_names)
        if len(group) >= TOGETHER or len(names) >= COLUMNS:
            yield group
            group, names = [], set()
    if group:
        yield group


def _one(source: LogSource, group: Tables) -> Iterator[EventBatch]:
    numbers = np.repeat(np.arange(len(group)), [table.num_rows for _, table in group])
    table = events.unite([table for _, table in group])
    whole = EventBatch("", source, table.append_column(OWNER, pa.array(numbers)))
    for _, part in events.by_kind(whole):
        mine = part.table.column(OWNER).to_numpy().tolist()
        owners = tuple(group[number][0].evidence for number in mine)
        yield replace(part, table=part.table.drop_columns([OWNER]), owners=owners)
