"""Follow one entity through all events of a case, whatever log they are from, in order of time.

Why: an intrusion is told by several logs, each with words of its own. Of the stored events only the
columns are read that can name an entity, and each distinct value of a column is judged once.
Trap: names that may mean one thing and may not are followed too, and each says by which rule it was
taken (`Link`), or which hop led to it (`hops`); `exact` leaves them out.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stopa.case.entities import Named, Numbers, columns_of, named_in, rows_with
from stopa.case.hops import DEPTH, Followed, followed
from stopa.errors import InputError
from stopa.model.entity import Drawn, Entity, EntityKind, Link, drawn, link, readings
from stopa.model.entity_fields import Drawing, drawing
from stopa.model.event import BASIS, CHANNEL, ENVELOPE, EVENT_ID, TIME, EventBatch
from stopa.model.evidence import Evidence, Where
from stopa.model.time_basis import Basis, basis_of
from stopa.store.case_reader import CaseReader
from stopa.store.events import Segment

MANY = 500  # events that are shown unless more are asked for
TOGETHER = 20  # other entities that are shown
TELLS = 6  # fields that tell what happened
LONGEST = 160  # characters of one of them


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a trail. `limit` is how many events are shown, None is all of them.

    `hops` is how many hops in a row are followed to other names.
    """

    kind: EntityKind | None = None
    since: datetime | None = None
    until: datetime | None = None
    exact: bool = False
    limit: int | None = MANY
    hops: int = DEPTH


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a trail: when, how the zone is known, where, as what, and what happened.

    `as_` are what the event names that was taken for the entity; `tells` are native fields.
    """

    time: datetime | None
    basis: Basis
    evidence: str
    source: str
    where: Where
    event_id: str | None
    as_: tuple[tuple[Named, Link], ...]
    tells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One log source in one piece of evidence: how many events, when, and how that is known."""

    evidence: str
    sha256: str
    source: str
    events: int
    first: datetime | None
    last: datetime | None
    bases: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name that was taken for the entity, by which rule, and in how many events."""

    entity: Entity
    link: Link
    events: int


@dataclass(frozen=True, slots=True)
class Companion:
    """Another entity in events of the trail: in how many of them, and of how many log sources."""

    entity: Entity
    events: int
    sources: int


@dataclass(frozen=True, slots=True)
class Trail:
    """The trail of what was asked for. `steps` may be fewer than `events`: then the limit was met.

    `steps` are in order of time, those without one last. `hops` are the names that what was asked
    for led to, `more` when there were too many of them.
    """

    asked: str
    events: int
    steps: tuple[Step, ...]
    spellings: tuple[Spelling, ...]
    sources: tuple[Source, ...]
    together: tuple[Companion, ...]
    hops: tuple[Followed, ...] = ()
    more: bool = False


def trail(folder: Path, text: str, asked: Asked = Asked()) -> Trail:
    """Return the trail of an entity through a case; raise InputError where the text names none."""
    wanted = readings(text, asked.kind)
    if not wanted:
        kind = f" of the kind {asked.kind}" if asked.kind else ""
        raise InputError(f"{text!r} names nothing{kind}", hint="leave out --kind, or spell it out")
    with CaseReader(folder) as store:
        return _Search(store, wanted, asked).result(text)


@dataclass(slots=True)
class _Span:
    events: int = 0
    first: datetime | None = None
    last: datetime | None = None
    bases: dict[Basis, None] = field(default_factory=dict)

    def add(self, step: Step) -> None:
        self.events += 1
        self.bases[step.basis] = None
        if step.time is not None:
            self.first = min(self.first or step.time, step.time)
            self.last = max(self.last or step.time, step.time)


class _Search:
    """Goes through the stored events once, and counts as it goes."""

    def __init__(self, store: CaseReader, wanted: frozenset[Entity], asked: Asked) -> None:
        self._store = store
        self._wanted = sorted(wanted)
        self._asked = asked
        depth = 0 if asked.exact else asked.hops
        self._hops, self._more = followed(store, self._is_asked, depth=depth)
        self._led = {hop.entity: hop for hop in reversed(self._hops)}
        self._names = {item.sha256: item.name for item in store.records("evidence", Evidence)}
        self._spans: defaultdict[tuple[str, str, str], _Span] = defaultdict(_Span)
        self._spellings: Counter[tuple[Entity, Link]] = Counter()
        self._with: Counter[Entity] = Counter()
        self._sources: defaultdict[Entity, set[str]] = defaultdict(set)

    def result(self, text: str) -> Trail:
        """Return all of it."""
        steps = self._steps()
        limit = self._asked.limit
        first = (
            sorted(steps, key=_order) if limit is None else heapq.nsmallest(limit, steps, _order)
        )
        return Trail(
            text,
            sum(span.events for span in self._spans.values()),
            tuple(first),
            tuple(Spelling(e, rule, n) for (e, rule), n in _ranked(self._spellings)),
            tuple(
                Source(*key, span.events, span.first, span.last, tuple(span.bases))
                for key, span in sorted(self._spans.items())
            ),
            tuple(
                Companion(entity, events, len(self._sources[entity]))
                for entity, events in _ranked(self._with)[:TOGETHER]
            ),
            self._hops,
            self._more,
        )

    def _steps(self) -> Iterator[Step]:
        for segment in self._store.records("segment", Segment):
            plan = drawing(segment.source)
            with pq.ParquetFile(self._store.events / segment.file) as file:
                present = file.schema_arrow.names
                named = columns_of(plan, set(present))
                shown = {*ENVELOPE, *named, *plan.tells}
                for group in range(file.num_row_groups):
                    table = file.read_row_group(group, columns=[TIME, *named])
                    rows = self._rows(table, plan)
                    if len(rows):
                        wide = [name for name in present if name in shown]
                        found = file.read_row_group(group, columns=wide).take(rows)
                        yield from self._told(segment, found, plan)

    def _rows(self, table: pa.Table, plan: Drawing) -> Numbers:
        rows = rows_with(table, plan, self._judge)
        for end, out in ((self._asked.since, pc.less), (self._asked.until, pc.greater_equal)):
            if end is not None and len(rows):
                times = table.column(TIME).take(rows)
                outside = out(times, pa.scalar(end, times.type)).to_pylist()
                rows = rows[[is_out is not True for is_out in outside]]
        return rows

    def _is_asked(self, entity: Entity) -> bool:
        return self._named(entity) is not None

    def _judge(self, what: Drawn, text: str) -> Link | None:
        entity = drawn(what, text)
        if entity is None:
            return None
        return self._named(entity) or (Link.HOP if self._leading(entity) else None)

    def _link(self, entity: Entity, time: datetime | None) -> Link | None:
        """Return the strongest reason to take an entity for what is wanted at a time."""
        if named := self._named(entity):
            return named
        return Link.HOP if any(hop.at(time) for hop in self._leading(entity)) else None

    def _named(self, entity: Entity) -> Link | None:
        links = [found for wanted in self._wanted if (found := link(wanted, entity))]
        best = Link.SAME if Link.SAME in links else links[0] if links else None
        return None if self._asked.exact and best is not Link.SAME else best

    def _leading(self, entity: Entity) -> list[Followed]:
        """Return the hops to a name, or to one that only differs in how its domain is written."""
        if entity in self._led:
            return [hop for hop in self._hops if hop.entity == entity]
        return [
            hop
            for led, hop in self._led.items()
            if link(led, entity) in (Link.SAME, Link.ORDER, Link.LABEL, Link.SHORT)
        ]

    def _told(self, segment: Segment, table: pa.Table, plan: Drawing) -> Iterator[Step]:
        batch = EventBatch(segment.evidence, segment.source, table)
        cells = {name: table.column(name).to_pylist() for name in table.column_names}
        for row, named in enumerate(named_in(table, plan)):
            time = cells[TIME][row]
            links = [(each, found) for each in named if (found := self._link(each.entity, time))]
            if not links:
                continue  # named at another time than the hop to it holds
            step = Step(
                time,
                basis_of(cells[BASIS][row]),
                segment.evidence,
                str(segment.source),
                batch.where(row),
                _event_id(cells, row),
                tuple(links),
                tuple(_tells(cells, plan, row)),
            )
            self._count(step, named)
            yield step

    def _count(self, step: Step, named: list[Named]) -> None:
        taken = {(each.entity, rule) for each, rule in step.as_}
        name = self._names.get(step.evidence, step.evidence)
        self._spans[name, step.evidence, step.source].add(step)
        self._spellings.update(taken)
        others = {each.entity for each in named} - {entity for entity, _ in taken}
        self._with.update(others)
        for other in others:
            self._sources[other].add(step.source)


def _order(step: Step) -> tuple[bool, str, str, tuple[int, ...]]:
    where = step.where
    place = tuple(-1 if n is None else n for n in (where.offset, where.record, where.line))
    return step.time is None, f"{step.time}" if step.time else "", step.evidence, place


def _ranked(counts: Counter) -> list:  # type: ignore[type-arg]
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def _event_id(cells: dict[str, list[object]], row: int) -> str | None:
    """Return a Windows event's id, behind the last word of its channel."""
    number, channel = cells[EVENT_ID][row], cells[CHANNEL][row]
    if number is None:
        return None
    log = str(channel or "").removeprefix("Microsoft-Windows-").partition("/")[0]
    return f"{log} {number}".strip()


def _tells(cells: dict[str, list[object]], plan: Drawing, row: int) -> Iterator[tuple[str, str]]:
    left = TELLS
    for name in plan.tells:
        value = cells[name][row] if name in cells else None
        if value in (None, "", "-", []) or not left:
            continue
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        yield name, text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        left -= 1
