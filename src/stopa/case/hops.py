"""From one name to the next: what else the events of a case call what is asked for.

Why: a SID, a session and an address are names that change from log to log. Where one event gives
two of them to one thing, the trail goes on under the second, with the reason and the place.
Trap: each hop is exact; only the name that was asked for may be written otherwise. An address holds
for its lease alone. Popular names lead everywhere, so hops are bounded in number and in depth.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stopa.case.entities import Numbers, columns_of, distinct
from stopa.model.entity import Entity, EntityKind, drawn
from stopa.model.entity_fields import Drawing
from stopa.model.entity_hops import LEASE, PROCESS, Holds, Hop, hops
from stopa.model.event import LENGTH, LINE, OFFSET, RECORD, TIME, EventBatch
from stopa.model.evidence import Where
from stopa.store.case_reader import CaseReader
from stopa.store.events import Segment

DEPTH = 3  # hops in a row
MOST = 500  # names that are followed
HOUR = 3_600_000_000  # microseconds
NOBODY = frozenset(
    ("system", "local service", "network service", "anonymous logon", "root", "localhost", "-")
)
Between = tuple[datetime | None, datetime | None]  # from, until; None is unbounded
FOREVER: Between = (None, None)


@dataclass(frozen=True, slots=True)
class Followed:
    """A name that a hop led to: from which, why, by which event, and when it holds."""

    entity: Entity
    before: Entity
    reason: str
    where: Where
    holds: Between
    depth: int

    def at(self, time: datetime | None) -> bool:
        """Tell whether it holds at a time; of what holds for a time, None is never part."""
        return _within(self.holds, time)


@dataclass(frozen=True, slots=True)
class _Pair:
    """That an event gives two names to one thing, or leads from one to the other."""

    one: Entity
    other: Entity
    hop: Hop
    time: datetime | None
    where: Where


def followed(
    store: CaseReader, known: Callable[[Entity], bool], *, depth: int = DEPTH
) -> tuple[tuple[Followed, ...], bool]:
    """Return what the wanted names lead to, nearest first, and whether there was more.

    `known` tells whether an entity is one that was asked for.
    """
    pairs = list(_pairs(store)) if depth else []
    ends, leads = _ends(pairs), _leads(pairs)
    asked = [
        entity
        for entity in dict.fromkeys(e for p in pairs for e in (p.one, p.other))
        if known(entity)
    ]
    found: dict[Entity, list[Followed]] = defaultdict(list, {entity: [] for entity in asked})
    edge: deque[tuple[Entity, Between, int]] = deque((entity, FOREVER, 0) for entity in asked)
    told: list[Followed] = []
    while edge:
        entity, holds, so_far = edge.popleft()
        for pair, other in leads[entity] if so_far < depth else ():
            if other in asked or _is_nobody(other) or not _within(holds, pair.time):
                continue
            if any(before.at(pair.time) for before in found[other]):
                continue
            if len(told) == MOST:
                return tuple(told), True
            span = _span(pair, ends)
            hop = Followed(other, entity, pair.hop.reason, pair.where, span, so_far + 1)
            found[other].append(hop)
            told.append(hop)
            edge.append((other, span, so_far + 1))
    return tuple(told), False


def _leads(pairs: Iterable[_Pair]) -> dict[Entity, list[tuple[_Pair, Entity]]]:
    """Return for each name the pairs that lead on from it, and to what."""
    leads: defaultdict[Entity, list[tuple[_Pair, Entity]]] = defaultdict(list)
    for pair in pairs:
        leads[pair.one].append((pair, pair.other))
        if pair.hop.back:
            leads[pair.other].append((pair, pair.one))
    return leads


def _pairs(store: CaseReader) -> Iterator[_Pair]:
    """Yield what events tell of two names, each two of them once for each time of a lease."""
    seen: set[tuple[object, ...]] = set()
    for segment in store.records("segment", Segment):
        for hop in hops(segment.source):
            with pq.ParquetFile(store.events / segment.file) as file:
                yield from _of_hop(file, segment, hop, seen)


def _of_hop(
    file: pq.ParquetFile, segment: Segment, hop: Hop, seen: set[tuple[object, ...]]
) -> Iterator[_Pair]:
    present = set(file.schema_arrow.names)
    if not {hop.one.field, hop.other.field} <= present:
        return
    named = columns_of(Drawing((hop.one, hop.other), (), ()), present)
    for group in range(file.num_row_groups):
        columns = dict.fromkeys((TIME, RECORD, LINE, OFFSET, LENGTH, *named))
        table = file.read_row_group(group, columns=list(columns))
        yield from _of_table(table, segment, hop, seen)


def _of_table(
    table: pa.Table, segment: Segment, hop: Hop, seen: set[tuple[object, ...]]
) -> Iterator[_Pair]:
    """Yield the pairs of a table: each once, or once an hour where it holds for a time."""
    batch = EventBatch(segment.evidence, segment.source, table)
    (ones, one), (others, other) = distinct(table, hop.one), distinct(table, hop.other)
    timed = hop.holds is not Holds.ALWAYS
    hours = _hours(table) if timed else np.zeros(table.num_rows, np.int64)
    rows = np.flatnonzero((one >= 0) & (other >= 0) & (hours >= 0))
    if not len(rows):
        return
    keys = np.stack((one[rows], other[rows], hours[rows]))
    firsts = np.sort(np.unique(keys, axis=1, return_index=True)[1])
    for row in rows[firsts].tolist():
        first = drawn(hop.one.what, ones[one[row]])
        second = drawn(hop.other.what, others[other[row]])
        key = (hop.reason, first, second, int(hours[row]))
        if first is not None and second is not None and first != second and key not in seen:
            seen.add(key)
            time = table.column(TIME)[row].as_py()
            yield _Pair(first, second, hop, time, batch.where(row))


def _hours(table: pa.Table) -> Numbers:
    """Return the hour of each event, counted from 1970; less than 0 where it has no time."""
    instants: Any = pc.cast(table.column(TIME), pa.int64())
    return np.asarray(pc.fill_null(instants, -HOUR)).astype(np.int64) // HOUR


def _ends(pairs: Iterable[_Pair]) -> dict[Entity, list[tuple[datetime, Entity]]]:
    """Return to whom each address was given, in order of time."""
    given: defaultdict[Entity, list[tuple[datetime, Entity]]] = defaultdict(list)
    for pair in pairs:
        if pair.hop.holds is Holds.LEASED and pair.time is not None:
            given[pair.one].append((pair.time, pair.other))
    return {address: sorted(leases) for address, leases in given.items()}


def _span(pair: _Pair, ends: dict[Entity, list[tuple[datetime, Entity]]]) -> Between:
    if pair.hop.holds is Holds.ALWAYS:
        return FOREVER
    assert pair.time is not None  # noqa: S101 - hops that hold for a time are told with one
    if pair.hop.holds is Holds.NEAR:
        return pair.time - PROCESS, pair.time + PROCESS
    mine = ends[pair.one]
    last = max(time for time, host in _unbroken(mine, pair))
    until = min((t for t, host in mine if t > pair.time and host != pair.other), default=None)
    bound: timedelta = LEASE
    return pair.time, min(filter(None, (until, last + bound)))


def _unbroken(
    leases: list[tuple[datetime, Entity]], pair: _Pair
) -> Iterator[tuple[datetime, Entity]]:
    """Yield the lease and its renewals, up to where the address went to another or lay unused."""
    assert pair.time is not None  # noqa: S101 - a lease without a time is not among them
    last = pair.time
    for time, host in leases:
        if time < pair.time:
            continue
        if host != pair.other or time - last > LEASE:
            return
        last = time
        yield time, host


def _within(holds: Between, time: datetime | None) -> bool:
    since, until = holds
    if since is None or until is None:
        return True
    return time is not None and since <= time < until


def _is_nobody(entity: Entity) -> bool:
    """Tell whether a name is everybody's: a machine's own account leads to all that it does."""
    bare = entity.name.rpartition("\\")[2]
    return entity.kind is not EntityKind.SESSION and (bare in NOBODY or bare.endswith("$"))
