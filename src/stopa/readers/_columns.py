"""Events on their way from rows as a log writes them to the columns of an event batch.

Why: no Python work per field. A block of rows becomes whole columns by one transposition, and
Arrow takes each column in one call; only columns that hold something else than text are looked at.
Trap: a list of objects becomes two things: the list, each element as canonical JSON, and one list
for each field of its elements (`target: [{"id": 1}]` gives `target` and `target.id`). Objects
nested deeper than `DEPTH` stay JSON text. Empty objects leave no column.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from stopa.model.event import (
    ENVELOPE,
    LENGTH,
    LINE,
    OFFSET,
    RECORD,
    TIME,
    EventBatch,
    LogSource,
    native_name,
)
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._flatten import Column, Columns, TooWideError, flatten
from stopa.readers._reader import Found, Source
from stopa.readers._times import INSTANT

BLOCK_ROWS = 8192  # events held as Python objects at a time
BLOCK_BYTES = 32 * 2**20  # bytes of evidence held at a time
FEW = 16  # a group of fewer events than this in a block is not worth a batch of its own
EMPTY_TYPES = {TIME: INSTANT}
NONE = pa.array(["", "-"])


@dataclass(frozen=True, slots=True)
class Pick:
    r"""A native field that can fill an envelope column, and how its text is read.

    `read` takes a string array and the analyst's zone; None keeps the text as it is. `within` names
    the field of the domain that an account name belongs to (`DOMAIN\name`). An empty text and the
    `-` of Windows mean that there is none.
    """

    field: str
    read: Callable[[Column, tzinfo | None], Column] | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of log becomes columns: its log source, and what fills its envelope.

    `envelope` has for each envelope column the picks in order of preference. Events that differ in
    the values of the fields in `split` go into batches of their own where there are enough of them.
    `aliases` gives fields a second name, by which the rules of this log source know them.
    """

    log: LogSource
    envelope: tuple[tuple[str, tuple[Pick, ...]], ...] = ()
    split: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()

    @property
    def picked(self) -> frozenset[str]:
        """The native fields that the envelope is made of."""
        picks = [pick for _, picks in self.envelope for pick in picks]
        names = chain.from_iterable((pick.field, pick.within) for pick in picks)
        return frozenset(name for name in names if name)


class Row(NamedTuple):
    """One event as its log writes it: native fields, where it stands, how it is laid out."""

    fields: dict[str, object]
    layout: Layout
    offset: int
    length: int
    line: int | None = None
    record: int | None = None
    raw: bytes | None = None


class Rows(NamedTuple):
    """Events of one layout that agree in its `split` fields, as lists side by side.

    `raws` are the events as JSON writes them.
    """

    fields: list[dict[str, object]]
    layout: Layout
    offsets: list[int]
    lengths: list[int]
    lines: list[int]
    records: list[int | None]
    raws: list[bytes]


@dataclass(slots=True)
class _Group:
    """Rows of one layout and log source, as lists side by side (a list holds no row alive)."""

    layout: Layout
    fields: list[dict[str, object]] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    lines: list[int | None] = field(default_factory=list)
    records: list[int | None] = field(default_factory=list)
    raws: list[bytes | None] = field(default_factory=list)

    def only(self, rows: Sequence[int]) -> _Group:
        """Return a group of just these rows."""
        return _Group(
            self.layout,
            [self.fields[row] for row in rows],
            [self.offsets[row] for row in rows],
            [self.lengths[row] for row in rows],
            [self.lines[row] for row in rows],
            [self.records[row] for row in rows],
            [self.raws[row] for row in rows],
        )

    def rows(self) -> Iterator[Row]:
        """Yield the rows again."""
        places = (self.offsets, self.lengths, self.lines, self.records, self.raws)
        for fields, *cells in zip(self.fields, *places, strict=True):
            yield Row(fields, self.layout, *cells)


@dataclass(slots=True)
class _Block:
    """The rows that wait to become batches."""

    groups: dict[Hashable, _Group] = field(default_factory=dict)
    rows: int = 0
    size: int = 0

    def add(self, row: Row) -> bool:
        """Put a row to those of its layout and log source; return whether the block is full."""
        fields, layout, offset, length, line, record, raw = row
        group = self._group(fields, layout, raw)
        group.fields.append(fields)
        group.offsets.append(offset)
        group.lengths.append(length)
        group.lines.append(line)
        group.records.append(record)
        group.raws.append(raw)
        self.rows += 1
        self.size += length
        return self._is_full()

    def extend(self, rows: Rows) -> bool:
        """Put rows to those of their layout and log source; return whether the block is full."""
        group = self._group(rows.fields[0], rows.layout, rows.raws[0])
        group.fields += rows.fields
        group.offsets += rows.offsets
        group.lengths += rows.lengths
        group.lines += rows.lines
        group.records += rows.records
        group.raws += rows.raws
        self.rows += len(rows.fields)
        self.size += sum(rows.lengths)
        return self._is_full()

    def parts(self) -> Iterator[_Group]:
        """Yield the groups; those of few rows in one for each layout, in the order of evidence."""
        few: dict[Hashable, list[Row]] = {}
        for group in self.groups.values():
            if len(group.fields) >= FEW:
                yield group
            else:
                few.setdefault((id(group.layout), group.raws[0] is None), []).extend(group.rows())
        for rows in few.values():
            yield _group(sorted(rows, key=attrgetter("offset")))

    def _group(self, fields: dict[str, object], layout: Layout, raw: bytes | None) -> _Group:
        key: Hashable = (id(layout), raw is None, *map(fields.get, layout.split))
        try:
            group = self.groups.get(key)
        except TypeError:  # an object or a list where a name should be
            key = str(key)
            group = self.groups.get(key)
        if group is None:
            group = self.groups[key] = _Group(layout)
        return group

    def _is_full(self) -> bool:
        return self.rows >= BLOCK_ROWS or self.size >= BLOCK_BYTES


def tabulate(source: Source, found: Iterable[Row | Rows | Problem | Structure]) -> Iterator[Found]:
    """Yield problems and structure as they come, and the rows as event batches, block by block.

    The events of a block are in one batch for each layout and `split` value; rows keep their order.
    """
    lists: set[str] = set()
    block = _Block()
    for item in _joined(source, found):
        if isinstance(item, (Problem, Structure)):
            yield item
        elif block.extend(item) if isinstance(item, Rows) else block.add(item):
            yield from _batches(source, block.parts(), lists)
            block = _Block()
    yield from _batches(source, block.parts(), lists)


def _joined(
    source: Source, found: Iterable[Row | Rows | Problem | Structure]
) -> Iterator[Row | Rows | Problem | Structure]:
    """Make one of structure that adjoins."""
    rest: Structure | None = None
    for item in found:
        if isinstance(item, Structure):
            if rest and _adjoins(rest.where, item.where):
                rest = Structure(_both(source, rest.where, item.where))
            else:
                if rest:
                    yield rest
                rest = item
        else:
            yield item
    if rest:
        yield rest


def _adjoins(first: Where, second: Where) -> bool:
    return first.part == second.part and second.offset == (first.offset or 0) + (first.length or 0)


def _both(source: Source, first: Where, second: Where) -> Where:
    length = (first.length or 0) + (second.length or 0)
    return Where(source.sha256, offset=first.offset, length=length, part=first.part)


def _group(rows: Sequence[Row]) -> _Group:
    fields, layouts, *places = map(list, zip(*rows, strict=True))
    return _Group(layouts[0], fields, *places)


def _batches(
    source: Source, groups: Iterable[_Group], lists: set[str]
) -> Iterator[EventBatch | Problem]:
    """Make one batch of a group, or several where its fields differ too much for one table."""
    for group in groups:
        try:
            yield _batch(source, group, lists)
        except TooWideError as error:
            rows = list(group.rows())
            half = len(rows) // 2
            if half:
                halves = map(_group, (rows[:half], rows[half:]))
                yield from _batches(source, halves, lists)
            else:
                _, _, offset, length, line, record, _ = rows[0]
                place = Where(source.sha256, record, line, offset, length)
                yield Problem(str(error), place, "look at the record itself: no log writes so")


@cache
def _wanted(fields: frozenset[str] | None, layout: Layout) -> frozenset[str] | None:
    """Return the fields that have to be built: those asked for and those the envelope needs."""
    if fields is None:
        return None
    known_as = {old for new, old in layout.aliases if new in fields}
    return fields | layout.picked | known_as


def _batch(source: Source, group: _Group, lists: set[str]) -> EventBatch:
    raws = [raw for raw in group.raws if raw is not None] if source.searched else []
    if source.fields is None or (source.searched and not raws):
        return EventBatch(source.sha256, group.layout.log, _table(source, group, None, lists))
    table = _table(source, group, source.fields, lists)
    originals = _Written(source, group, lists, raws) if raws else None
    return EventBatch(source.sha256, group.layout.log, table, originals)


@dataclass(frozen=True, slots=True)
class _Written:
    """The events of a batch as they stand in the log, for those who search all of them."""

    source: Source
    group: _Group
    lists: set[str]
    raw: list[bytes]

    def table(self, rows: Sequence[int]) -> pa.Table:
        """Return these rows as a table of all columns."""
        return _table(self.source, self.group.only(rows), None, self.lists)


def _table(
    source: Source, group: _Group, fields: frozenset[str] | None, lists: set[str]
) -> pa.Table:
    layout, rows = group.layout, len(group.fields)
    native = flatten(group.fields, _wanted(fields, layout), lists)
    cited: Columns = {
        RECORD: pa.array(group.records, pa.int64()),
        LINE: pa.array(group.lines, pa.int64()),
        OFFSET: pa.array(group.offsets, pa.int64()),
        LENGTH: pa.array(group.lengths, pa.int64()),
    }
    picks = dict(layout.envelope)
    made = {
        name: cited[name]
        if name in cited
        else _picked(native, picks.get(name, ()), EMPTY_TYPES.get(name, pa.string()), rows, source)
        for name in ENVELOPE
    }
    for name, column in _aliased(native, layout).items():
        if fields is None or name in fields:
            made[native_name(name)] = column
    return pa.table(made)


def _aliased(native: Columns, layout: Layout) -> Columns:
    """Return the columns, some of them under a second name as well."""
    both = dict(native)
    for new, old in layout.aliases:
        if old in native:
            known = native.get(new, native[old])
            if known.type == native[old].type and known.null_count:
                known = pc.coalesce(known, native[old])
            both[new] = known
    return both


def _picked(
    native: Columns, picks: tuple[Pick, ...], kind: pa.DataType, rows: int, source: Source
) -> Column:
    """Return an envelope column: for each row the first pick that the event has."""
    made: Column | None = None
    for pick in picks:
        if (column := native.get(pick.field)) is not None:
            text = _told(column)
            if pick.within and pick.within in native:
                parts: Any = (_told(native[pick.within]), text, "\\")
                text = pc.coalesce(pc.binary_join_element_wise(*parts), text)
            read = pick.read(text, source.zone) if pick.read else text
            made = read if made is None else pc.coalesce(made, read)
            if not made.null_count:
                break
    return pa.array([None] * rows, kind) if made is None else made


def _told(column: Column) -> Column:
    """Return a column as text, of a list the first element, null where the log says "none"."""
    if pa.types.is_list(column.type):
        column = pa.array([item[0] if item else None for item in column.to_pylist()], pa.string())
    none = pc.is_in(column, NONE)
    return pc.if_else(none, None, column) if pc.any(none).as_py() else column
