"""Events of a log on their way to become a batch: those of one kind come to stand together.

Why: a log mixes its kinds line by line, and a batch of few events costs as much as one of many. So
events wait until a block is full. Where a reader decoded but some fields of plain lines, lists of
their values wait (`Cells`). Lines of text that are alike have the same fields, whose names stand
there once (`Shapes`). Other events wait as dictionaries.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import pyarrow as pa

from stopa.model.event import Search
from stopa.model.evidence import Problem
from stopa.readers._flatten import CELLS, FIELDS, Columns, TooWideError, flatten, spread
from stopa.readers._layout import Layout
from stopa.readers._reader import Kind, Passed

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK_ROWS = 8192  # events held as Python objects at a time
BLOCK_BYTES = 32 * 2**20  # bytes of evidence held at a time
FEW = 16  # a group of fewer events than this in a block is not worth a batch of its own


Names = tuple[str, ...]
Values = tuple[object, ...]


def fields_of(names: Names, values: Values) -> dict[str, object]:
    """Return what an event says by name; of equal names the later counts that has a value."""
    pairs = zip(names, values, strict=True)
    return {name: value for name, value in pairs if value is not None}


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

    `raws` are the events as JSON writes them, None where they are no JSON.
    """

    fields: list[dict[str, object]]
    layout: Layout
    offsets: list[int]
    lengths: list[int]
    lines: list[int]
    records: list[int | None]
    raws: list[bytes | None]


class Span(Protocol):
    """Some lines of a log that hold an event each, by number."""

    def raw(self, line: int) -> bytes:
        """Return an event as JSON writes it."""

    def containing(self, search: Search, lines: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places among the lines of those in whose JSON something is found."""

    def row(self, line: int) -> Row:
        """Return an event with all its fields."""

    @property
    def reached(self) -> int:
        """Where the lines end in the evidence, in bytes."""


class Cells(NamedTuple):
    """Events of one kind, of which only some fields were read: their values, as lists by field.

    `fields` were asked for. `lines` are the events' numbers in the span, `size` their bytes. None
    is where an event lacks the field.
    """

    kind: Kind
    layout: Layout
    fields: frozenset[str]
    columns: dict[str, list[object]]
    span: Span
    lines: NDArray[np.int64]
    size: int

    def rows(self) -> Iterator[Row]:
        """Yield the events with all their fields."""
        return map(self.span.row, self.lines.tolist())


@dataclass(slots=True)
class Group:
    """Rows of one layout and log source, as lists side by side (a list holds no row alive)."""

    layout: Layout
    fields: list[dict[str, object]] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    lines: list[int | None] = field(default_factory=list)
    records: list[int | None] = field(default_factory=list)
    raws: list[bytes | None] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.offsets)

    def native(self, wanted: frozenset[str] | None, lists: set[str]) -> Columns:
        """Return the columns of the fields that are wanted (None is all); raise TooWideError."""
        return flatten(self.fields, wanted, lists)

    def only(self, rows: Sequence[int]) -> Group:
        """Return a group of just these rows."""
        return Group(
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
class Shapes:
    """Events of one layout, in the order of the evidence.

    `shapes` has for the names that some of them share the places of these among all, and the values
    of each. None is where an event lacks the field. A name may stand twice: the later value counts
    where there is one.
    """

    layout: Layout
    shapes: dict[Names, tuple[list[int], list[Values]]] = field(default_factory=dict)
    offsets: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    records: list[int | None] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def raws(self) -> list[bytes | None]:
        """Lines are no JSON."""
        return []

    def add(
        self,
        names: Names,
        values: Values,
        *,
        offset: int,
        length: int,
        line: int,
        record: int | None,
    ) -> None:
        """Put an event behind the others."""
        places, some = self.shapes.setdefault(names, ([], []))
        places.append(len(self.lines))
        some.append(values)
        self.offsets.append(offset)
        self.lengths.append(length)
        self.lines.append(line)
        self.records.append(record)

    def placed(self, first: int, offsets: Sequence[int], lengths: Sequence[int]) -> Shapes:
        """Put the events in order by the places of their lines in a block, whose first is given.

        `shapes` has places in the block, and places among the events from then on.
        """
        parts = [places for places, _ in self.shapes.values()]
        lines = sorted(chain.from_iterable(parts))
        if len(parts) == 1:
            parts[0][:] = range(len(lines))
        else:
            among = {line: place for place, line in enumerate(lines)}
            for places in parts:
                places[:] = [among[line] for line in places]
        self.offsets = [offsets[line] for line in lines]
        self.lengths = [lengths[line] for line in lines]
        self.lines = [first + line for line in lines]
        self.records = [None] * len(lines)
        return self

    def extend(self, others: Shapes) -> None:
        """Put others behind these."""
        before = len(self)
        for names, (places, values) in others.shapes.items():
            shape = self.shapes.setdefault(names, ([], []))
            shape[0].extend([before + place for place in places])
            shape[1].extend(values)
        self.offsets += others.offsets
        self.lengths += others.lengths
        self.lines += others.lines
        self.records += others.records

    def native(self, wanted: frozenset[str] | None, lists: set[str]) -> Columns:
        """Return the columns of the fields that are wanted (None is all); raise TooWideError."""
        columns = spread(self._columns(wanted), len(self), wanted, lists)
        if len(self.shapes) == 1:
            return columns
        places = np.concatenate([places for _, (places, _) in self._widest_first()])
        order: Any = pa.array(np.argsort(places))
        return {name: column.take(order) for name, column in columns.items()}

    def rows(self) -> Iterator[Row]:
        """Yield the events one by one."""
        fields: list[dict[str, object]] = [{} for _ in self.offsets]
        for names, (places, values) in self.shapes.items():
            for place, told in zip(places, values, strict=True):
                fields[place] = fields_of(names, told)
        layouts = repeat(self.layout)
        return map(Row, fields, layouts, self.offsets, self.lengths, self.lines, self.records)

    def _columns(self, wanted: frozenset[str] | None) -> dict[str, Sequence[object]]:
        """Return the values by name, those of one shape behind those of another."""
        kept = {n for names in self.shapes for n in names if wanted is None or n in wanted}
        if len(kept) > FIELDS or len(kept) * len(self) > CELLS:
            raise TooWideError(f"event has more than {FIELDS} fields")
        columns: dict[str, list[object]] = {}
        before = 0
        for names, (places, values) in self._widest_first():
            for name, told in zip(names, zip(*values, strict=True), strict=True):
                if name in kept:
                    _put(columns.setdefault(name, []), before, told)
            before += len(places)
        for column in columns.values():
            column += repeat(None, before - len(column))
        return dict(columns)

    def _widest_first(self) -> list[tuple[Names, tuple[list[int], list[Values]]]]:
        return sorted(self.shapes.items(), key=lambda shape: len(shape[0]), reverse=True)


@dataclass(slots=True)
class Block:
    """The rows that wait to become batches."""

    groups: dict[Hashable, Group] = field(default_factory=dict)
    cells: dict[Hashable, list[Cells]] = field(default_factory=dict)
    shapes: dict[int, Shapes] = field(default_factory=dict)
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

    def keep(self, cells: Cells) -> bool:
        """Put cells to those of their kind; return whether the block is full."""
        self.cells.setdefault((cells.kind, id(cells.layout)), []).append(cells)
        self.size += cells.size
        return self._is_full()

    def join(self, shapes: Shapes) -> bool:
        """Put events to those of their layout; return whether the block is full."""
        mine = self.shapes.get(id(shapes.layout))
        if mine is None:
            self.shapes[id(shapes.layout)] = shapes
        else:
            mine.extend(shapes)
        self.rows += len(shapes)
        self.size += sum(shapes.lengths)
        return self._is_full()

    def pass_over(self, passed: Passed) -> bool:
        """Count what cells hold on to beside their own events; return whether the block is full."""
        self.size += passed.size
        return self._is_full()

    def parts(self) -> Iterator[Group | Shapes | list[Cells]]:
        """Yield the groups; those of few rows in one for each layout, in the order of evidence."""
        few: list[Row] = []
        for group in self.groups.values():
            if len(group.fields) >= FEW:
                yield group
            else:
                few.extend(group.rows())
        for parts in self.cells.values():
            if sum(len(cells.lines) for cells in parts) >= FEW:
                yield parts
            else:
                few.extend(row for cells in parts for row in cells.rows())
        yield from _by_layout(few)
        yield from sorted(self.shapes.values(), key=lambda shapes: len(shapes) < FEW)

    def _group(self, fields: dict[str, object], layout: Layout, raw: bytes | None) -> Group:
        key: Hashable = (id(layout), raw is None, *map(fields.get, layout.split))
        try:
            group = self.groups.get(key)
        except TypeError:  # an object or a list where a name should be
            key = str(key)
            group = self.groups.get(key)
        if group is None:
            group = self.groups[key] = Group(layout)
        return group

    def _is_full(self) -> bool:
        return self.rows >= BLOCK_ROWS or self.size >= BLOCK_BYTES


def group(rows: Sequence[Row]) -> Group:
    """Return the rows, of one layout, side by side."""
    fields, layouts, *places = map(list, zip(*rows, strict=True))
    return Group(layouts[0], fields, *places)


def side_by_side(rows: Iterable[Row | Problem]) -> Iterator[Rows | Problem]:
    """Yield rows that are no JSON, those of one layout side by side; problems as they come."""
    laid: dict[int, list[Row]] = {}
    for row in rows:
        if isinstance(row, Problem):
            yield row
        elif (some := laid.get(id(row.layout))) is None:
            laid[id(row.layout)] = [row]
        else:
            some.append(row)
    for some in laid.values():
        fields, layouts, *places = map(list, zip(*some, strict=True))
        yield Rows(fields, layouts[0], *places)


def _by_layout(rows: Iterable[Row]) -> Iterator[Group]:
    found: dict[Hashable, list[Row]] = {}
    for row in sorted(rows, key=attrgetter("offset")):
        found.setdefault((id(row.layout), row.raw is None), []).append(row)
    return map(group, found.values())


def _put(column: list[object], before: int, values: Sequence[object]) -> None:
    """Put values behind so many; where some stand there already, those that there are count."""
    if len(column) > before:
        both = zip(column[before:], values, strict=True)
        column[before:] = [first if other is None else other for first, other in both]
    else:
        column += repeat(None, before - len(column))
        column += values
