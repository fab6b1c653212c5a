"""Estimate how far the clocks of a case's sources lie apart, by what two of them saw.

Why: a connection has two ends and two ports, a question of DNS a client, a port and a name. Where
two sources write the same, their times should be the same, but for how long each takes to notice.
Trap: a port is used again. The first time that a source saw something is compared with the first
time that the other did; what is more than a day apart is another happening. The median bears with
many that are wrong, and the quartiles say how far to trust it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from itertools import combinations
from pathlib import Path
from statistics import quantiles
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stopa.model.clock import Skew
from stopa.model.entity import Drawn, drawn
from stopa.model.entity_fields import Key, drawing
from stopa.model.event import HOST, TIME
from stopa.model.evidence import Evidence
from stopa.store.case_reader import CaseReader
from stopa.store.events import Segment

SENSOR = "@system"  # the sensor that a stream of Zeek came from
ROWS = 200_000  # of one table that are looked at
FEWEST = 5  # happenings that both saw: of fewer nothing is said
DAY = 86_400.0  # seconds
CONNECTION = 4  # fields: an address and a port on either side

MICROSECONDS = 1_000_000

Seen = dict[str, float]  # happenings, and the first time of each in seconds since 1970


def skews(folder: Path) -> tuple[Skew, ...]:
    """Return each two clocks of a case that saw enough of the same, by name."""
    with CaseReader(folder) as store:
        return skews_of(store, {item.sha256 for item in store.records("evidence", Evidence)})


def skews_of(store: CaseReader, shown: Container[str]) -> tuple[Skew, ...]:
    """Return the same of the events of some of the evidence, by SHA-256."""
    clocks: defaultdict[str, Seen] = defaultdict(dict)
    names = {item.sha256: item.name for item in store.records("evidence", Evidence)}
    for segment in store.records("segment", Segment):
        if segment.evidence not in shown:
            continue
        home = names.get(segment.evidence, "").rpartition("/")[0]
        for place, happening, time in _seen(store.events, segment):
            clock = clocks[_called(segment, place or home)]
            clock[happening] = min(time, clock.get(happening, time))
    pairs = combinations(sorted(clocks), 2)
    found = (_skew(one, other, clocks[one], clocks[other]) for one, other in pairs)
    return tuple(skew for skew in found if skew is not None)


def _called(segment: Segment, place: str) -> str:
    product = segment.source.product or segment.source.category or "log"
    return f"{product} ({place.lower()})"


def _seen(folder: Path, segment: Segment) -> Iterator[tuple[str | None, str, float]]:
    """Yield each happening once: the place that saw it, and when it was first seen."""
    keys = drawing(segment.source).keys
    with pq.ParquetFile(folder / segment.file) as file:
        present = set(file.schema_arrow.names)
        keys = tuple(key for key in keys if present.issuperset(key.fields))
        if not keys:
            return
        wanted = {TIME, HOST, SENSOR, *(name for key in keys for name in key.fields)}
        table = file.read(columns=sorted(wanted & present)).slice(0, ROWS)
    places = [_text(table, name) for name in (HOST, SENSOR) if name in table.column_names]
    for key in keys:
        told = {
            "place": pc.coalesce(*places),
            "happening": _happenings(table, key),
            "time": table.column(TIME).cast(pa.int64()),
        }
        first = pa.table(told).group_by(["place", "happening"]).aggregate([("time", "min")])
        for row in first.to_pylist():
            if row["happening"] is not None and row["time_min"] is not None:
                yield row["place"], row["happening"], row["time_min"] / MICROSECONDS


def _happenings(table: pa.Table, key: Key) -> Any:  # noqa: ANN401 - an Arrow column
    """Return what happened, so that two logs say it alike; null where something is not said."""
    columns = [_text(table, name) for name in key.fields]
    ends: list[Any] = [
        pc.binary_join_element_wise(_addresses(columns[n]), columns[n + 1], " ")
        for n in range(0, len(columns) - 1, 2)
    ]
    rest = [] if len(columns) == CONNECTION else [pc.utf8_rtrim(pc.utf8_lower(columns[-1]), ".")]
    if len(ends) > 1:
        sides = (pc.min_element_wise(*ends, skip_nulls=False),)
        ends = [*sides, pc.max_element_wise(*ends, skip_nulls=False)]
    parts: list[Any] = [pa.scalar(key.name), *ends, *rest, pa.scalar(" ")]
    return pc.binary_join_element_wise(*parts)


def _text(table: pa.Table, name: str) -> Any:  # noqa: ANN401 - an Arrow column
    """Return a column as texts; null where the log says none."""
    column: Any = table.column(name)
    if pa.types.is_list(column.type):
        return pa.nulls(len(column), pa.string())
    texts = column.cast(pa.string())
    return pc.if_else(pc.is_in(texts, pa.array(["", "-"])), pa.scalar(None, pa.string()), texts)


def _addresses(column: Any) -> Any:  # noqa: ANN401 - an Arrow column
    """Return addresses in their normal form, each distinct one judged once."""
    whole = pa.chunked_array([column]) if isinstance(column, pa.Array) else column
    coded: Any = whole.combine_chunks().dictionary_encode()
    named = [drawn(Drawn.ADDRESS, text) for text in coded.dictionary.to_pylist()]
    return pa.array([entity and entity.name for entity in named], pa.string()).take(coded.indices)


def _skew(one: str, other: str, mine: Seen, its: Seen) -> Skew | None:
    apart = [its[happening] - mine[happening] for happening in mine.keys() & its.keys()]
    apart = [seconds for seconds in apart if abs(seconds) <= DAY]
    if len(apart) < FEWEST:
        return None
    low, median, high = (round(part, 3) for part in quantiles(sorted(apart), n=4))
    return Skew(one, other, len(apart), median, low, high)
