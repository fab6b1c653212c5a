"""Events on their way from rows as a log writes them to the columns of an event batch.

Why: no Python work per field. A block of rows becomes whole columns by one transposition, and
Arrow takes each column in one call; only columns that hold something else than text are looked at.
Where rules are run, an event's kind tells what they ask of it: the rest of the event is built only
if one of them matches, or if a keyword may stand in it.
Trap: a list of objects becomes two things: the list, each element as canonical JSON, and one list
for each field of its elements (`target: [{"id": 1}]` gives `target` and `target.id`). Objects
nested deeper than `DEPTH` stay JSON text. Empty objects leave no column.
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import pyarrow as pa

from stopa.model.event import (
    ENVELOPE,
    HOST,
    LENGTH,
    LINE,
    OFFSET,
    RECORD,
    EventBatch,
    Search,
    native_name,
)
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._flatten import Columns, TooWideError, spread
from stopa.readers._layout import KEYED, LEAN, Layout, Pick, aliased, envelope, needed
from stopa.readers._reader import Found, Kind, Passed, Source
from stopa.readers._rows import FEW, Block, Cells, Group, Row, Rows, Shapes, Span, group
from stopa.readers._search import events_with
from stopa.readers._timekeeping import Timekeeping
from stopa.store.events import unite

__all__ = ["FEW", "Cells", "Item", "Layout", "Pick", "Row", "Rows", "Shapes", "tabulate"]

SWEPT = 200_000  # new objects after which garbage is looked for, while events are read

Part = Group | Shapes
Item = Row | Rows | Cells | Shapes | Problem | Structure | Passed


def tabulate(source: Source, found: Iterable[Item]) -> Iterator[Found]:
    """Yield problems and structure as they come, and the rows as event batches, block by block.

    The events of a block are in one batch for each layout and `split` value; rows keep their order.
    Problems of the times come last.
    """
    lists: set[str] = set()
    block, times = Block(), Timekeeping(source)
    with _swept_rarely():
        for item in _joined(source, found):
            if isinstance(item, (Problem, Structure)):
                yield item
                continue
            if isinstance(item, Passed):
                yield item
            if _put(block, item):
                yield from times.settled(_batches(source, block.parts(), lists))
                block = Block()
        yield from times.settled(_batches(source, block.parts(), lists))
        yield from times.problems()


@contextmanager
def _swept_rarely() -> Iterator[None]:
    """Look for garbage in cycles less often: a block is many objects, and none is in a cycle."""
    before = gc.get_threshold()
    gc.set_threshold(SWEPT, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _put(block: Block, item: Row | Rows | Cells | Shapes | Passed) -> bool:
    """Let an item wait in the block; return whether the block is full."""
    match item:
        case Row():
            return block.add(item)
        case Rows():
            return block.extend(item)
        case Cells():
            return block.keep(item)
        case Shapes():
            return block.join(item)
        case Passed():
            return block.pass_over(item)


def _joined(source: Source, found: Iterable[Item]) -> Iterator[Item]:
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


def _batches(
    source: Source, parts: Iterable[Part | list[Cells]], lists: set[str]
) -> Iterator[EventBatch | Problem]:
    """Make one batch of a part, or several where its fields differ too much for one table."""
    for part in parts:
        try:
            if isinstance(part, list):
                yield _batch_of_cells(source, part, lists)
            else:
                yield _batch(source, part, lists)
        except TooWideError as error:
            rows = list(_rows(part))
            half = len(rows) // 2
            if half:
                halves = map(group, (rows[:half], rows[half:]))
                yield from _batches(source, halves, lists)
            else:
                _, _, offset, length, line, record, _ = rows[0]
                place = Where(source.sha256, record, line, offset, length)
                yield Problem(str(error), place, "look at the record itself: no log writes so")


def _rows(part: Part | list[Cells]) -> Iterator[Row]:
    if isinstance(part, list):
        for cells in part:
            yield from cells.rows()
    else:
        yield from part.rows()


def _batch(source: Source, part: Part, lists: set[str]) -> EventBatch:
    """Make a batch with what is asked for."""
    raws = [raw for raw in part.raws if raw is not None]
    fields, searched = _asked(source, part, lists)
    if fields is None or (searched and not raws):
        return EventBatch(source.sha256, part.layout.log, _table(source, part, lists))
    is_lean = bool(raws) and source.wanted is not None
    table = _table(source, part, lists, fields, names=LEAN if is_lean else ENVELOPE)
    originals = None
    if isinstance(part, Group) and (is_lean or (searched and raws)):
        originals = _Written(source, part, lists, fields, raws)
    return EventBatch(source.sha256, part.layout.log, table, originals)


def _asked(source: Source, part: Part, lists: set[str]) -> tuple[frozenset[str] | None, bool]:
    """Return the fields that are wanted of these rows, and whether they will be searched.

    All fields (None) where data of an event has the name of what tells its kind, and another value.
    """
    if source.wanted is None:
        return source.fields, source.searched
    layout, rows = part.layout, len(part)
    native = part.native(needed(frozenset(), layout, KEYED), lists)
    said = envelope(native, layout, rows, columns=KEYED, zone=source.zone)
    for column in KEYED:
        known = (native.get(pick.field) for pick in layout.picks(column))
        if any(one is not None and not one.equals(said[column]) for one in known):
            return None, True
    told = zip(*(said[column].to_pylist() for column in KEYED), strict=True)
    kinds = [Kind(layout.log, *one) for one in dict.fromkeys(told)]
    fields = frozenset[str]().union(*map(source.wanted.fields, kinds))
    return fields, any(map(source.wanted.searched, kinds))


@dataclass(frozen=True, slots=True)
class _Written:
    """The events of a batch as they stand in the log, for those who search all of them."""

    source: Source
    part: Group
    lists: set[str]
    fields: frozenset[str]
    raws: list[bytes]

    def containing(self, search: Search, rows: Sequence[int] | None = None) -> Sequence[int]:
        """Return those of the rows (None is all) in whose UTF-8 JSON something is found."""
        raws = self.raws if rows is None else [self.raws[row] for row in rows]
        found: list[int] = events_with(search, raws).tolist()
        return found if rows is None else [rows[n] for n in found]

    def table(self, rows: Sequence[int]) -> pa.Table:
        """Return these rows as a table of all columns."""
        return _whole(self.source, self.part.only(rows), self.lists, self.fields)

    @property
    def reached(self) -> int:
        """How far in the evidence, in bytes, the last of these events was read."""
        return self.part.offsets[-1] + self.part.lengths[-1]


def _batch_of_cells(source: Source, parts: list[Cells], lists: set[str]) -> EventBatch:
    """Make a batch of what was read of the events; all else stays in the lines."""
    kind, layout, fields = parts[0].kind, parts[0].layout, parts[0].fields
    rows = sum(len(cells.lines) for cells in parts)
    names = dict.fromkeys(name for cells in parts for name in cells.columns)
    columns = {name: _column(parts, name) for name in names}
    native = spread(columns, rows, needed(fields, layout, (HOST,)), lists)
    stated = dict(zip(KEYED, (kind.provider, kind.channel, kind.event_id), strict=True))
    made = envelope(native, layout, rows, columns=(HOST,), zone=source.zone)
    made |= {name: pa.repeat(pa.scalar(value, pa.string()), rows) for name, value in stated.items()}
    for name, column in aliased(native, layout).items():
        if name in fields:
            made[native_name(name)] = column
    originals = _Lines(source, parts, lists, fields)
    return EventBatch(source.sha256, layout.log, pa.table(made), originals)


def _column(parts: list[Cells], name: str) -> list[object]:
    if len(parts) == 1:
        return parts[0].columns[name]
    found: list[object] = []
    for cells in parts:
        column = cells.columns.get(name)
        found += [None] * len(cells.lines) if column is None else column
    return found


@dataclass(frozen=True)
class _Lines:
    """The lines that the events of a batch were read from."""

    source: Source
    parts: list[Cells]
    lists: set[str]
    fields: frozenset[str]

    def containing(self, search: Search, rows: Sequence[int] | None = None) -> Sequence[int]:
        """Return those of the rows (None is all) in whose UTF-8 JSON something is found."""
        if rows is None:
            found = (cells.span.containing(search, cells.lines).tolist() for cells in self.parts)
            starts = (0, *self._ends)
            return [first + n for first, some in zip(starts, found, strict=False) for n in some]
        return [rows[n] for n in events_with(search, list(map(self._raw, rows))).tolist()]

    def table(self, rows: Sequence[int]) -> pa.Table:
        """Return these rows as a table of all columns."""
        read = list(map(self._row, rows))
        return _whole(self.source, group(read), self.lists, self.fields)

    @property
    def reached(self) -> int:
        """How far in the evidence, in bytes, the last of these events was read."""
        return self.parts[-1].span.reached

    def _raw(self, row: int) -> bytes:
        span, line = self._place(row)
        return span.raw(line)

    def _row(self, row: int) -> Row:
        span, line = self._place(row)
        return span.row(line)

    def _place(self, row: int) -> tuple[Span, int]:
        part = bisect_right(self._ends, row)
        cells = self.parts[part]
        return cells.span, int(cells.lines[row - (self._ends[part - 1] if part else 0)])

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(len(cells.lines) for cells in self.parts))


def _whole(source: Source, part: Group, lists: set[str], fields: frozenset[str]) -> pa.Table:
    """Return rows with all columns; of a row too wide for any table those that were asked for."""
    try:
        return _table(source, part, lists)
    except TooWideError:
        rows = list(part.rows())
    half = len(rows) // 2
    if not half:
        return _table(source, part, lists, fields)
    halves = map(group, (rows[:half], rows[half:]))
    return unite([_whole(source, some, lists, fields) for some in halves])


def _table(
    source: Source,
    part: Part,
    lists: set[str],
    fields: frozenset[str] | None = None,
    *,
    names: tuple[str, ...] = ENVELOPE,
) -> pa.Table:
    layout, rows = part.layout, len(part)
    wanted = None if fields is None else needed(fields, layout, names)
    native = part.native(wanted, lists)
    cited: Columns = {
        RECORD: pa.array(part.records, pa.int64()),
        LINE: pa.array(part.lines, pa.int64()),
        OFFSET: pa.array(part.offsets, pa.int64()),
        LENGTH: pa.array(part.lengths, pa.int64()),
    }
    stated = [name for name in names if name not in cited]
    told = envelope(native, layout, rows, columns=stated, zone=source.zone) | cited
    made: dict[str, Any] = {name: told[name] for name in names}
    for name, column in aliased(native, layout).items():
        if fields is None or name in fields:
            made[native_name(name)] = column
    return pa.table(made)
