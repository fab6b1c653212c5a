"""Estimate how far the clocks of a case's sources lie apart, by what two of them saw.

Why: a connection has two ends and two ports, a question of DNS a client, a port and a name. Where
two sources write the same, their times should be the same, but for how long each takes to notice.
Trap: a port is used again. The first time that a source saw something is compared with the first
time that the other did; what is more than a day apart is another happening. The median bears with
many that are wrong, and the quartiles say how far to trust it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from statistics import quantiles

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

Happening = tuple[str, tuple[str, ...]]
Seen = dict[Happening, float]  # the first time of each, in seconds since 1970


def skews(folder: Path) -> tuple[Skew, ...]:
    """Return each two clocks that saw enough of the same, by name."""
    clocks: defaultdict[str, Seen] = defaultdict(dict)
    with CaseReader(folder) as store:
        names = {item.sha256: item.name for item in store.records("evidence", Evidence)}
        for segment in store.records("segment", Segment):
            home = names.get(segment.evidence, "").rpartition("/")[0]
            for clock, happening, time in _seen(store.events, segment, home):
                first = clocks[clock].setdefault(happening, time)
                if time < first:
                    clocks[clock][happening] = time
    pairs = combinations(sorted(clocks), 2)
    found = (_skew(one, other, clocks[one], clocks[other]) for one, other in pairs)
    return tuple(skew for skew in found if skew is not None)


def _seen(folder: Path, segment: Segment, home: str) -> Iterator[tuple[str, Happening, float]]:
    keys = drawing(segment.source).keys
    with pq.ParquetFile(folder / segment.file) as file:
        present = set(file.schema_arrow.names)
        keys = tuple(key for key in keys if present.issuperset(key.fields))
        if not keys:
            return
        wanted = {TIME, HOST, SENSOR, *(name for key in keys for name in key.fields)}
        table = file.read(columns=sorted(wanted & present)).slice(0, ROWS)
    product = segment.source.product or segment.source.category or "log"
    for row in table.to_pylist():
        if row[TIME] is None:
            continue
        place = row.get(HOST) or row.get(SENSOR) or home
        for key in keys:
            if happening := _happening(key, [row[name] for name in key.fields]):
                yield f"{product} ({str(place).lower()})", happening, row[TIME].timestamp()


def _happening(key: Key, values: list[object]) -> Happening | None:
    """Return what happened so that two logs say it alike; None where something is not said."""
    if not all(isinstance(value, str) and value not in ("", "-") for value in values):
        return None
    texts = [str(value) for value in values]
    ends = [_end(texts[n], texts[n + 1]) for n in range(0, len(texts) - 1, 2)]
    rest = [] if len(texts) == CONNECTION else [texts[-1].lower().rstrip(".")]
    return key.name, (*sorted(ends), *rest)


def _end(address: str, port: str) -> str:
    entity = drawn(Drawn.ADDRESS, address)
    return f"{entity.name if entity else address} {port}"


def _skew(one: str, other: str, mine: Seen, its: Seen) -> Skew | None:
    apart = [its[happening] - mine[happening] for happening in mine.keys() & its.keys()]
    apart = [seconds for seconds in apart if abs(seconds) <= DAY]
    if len(apart) < FEWEST:
        return None
    low, median, high = (round(part, 3) for part in quantiles(sorted(apart), n=4))
    return Skew(one, other, len(apart), median, low, high)
