"""Events of a log on their way to become a batch: those of one kind come to stand together.

Why: a log mixes its kinds line by line, and a batch of few events costs as much as one of many. So
events wait until a block is full. Where a reader decoded but some fields of plain lines, lists of
their values wait (`Cells`); other events wait as dictionaries.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol

from stopa.model.event import Search
from stopa.readers._layout import Layout
from stopa.readers._reader import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK_ROWS = 8192  # events held as Python objects at a time
BLOCK_BYTES = 32 * 2**20  # bytes of evidence held at a time
FEW = 16  # a group of fewer events than this in a block is not worth a batch of its own


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

    def containing(self, search: Search, lines: NDArray[np.int64]) -> Sequence[int]:
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
class Block:
    """The rows that wait to become batches."""

    groups: dict[Hashable, Group] = field(default_factory=dict)
    cells: dict[Hashable, list[Cells]] = field(default_factory=dict)
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

    def parts(self) -> Iterator[Group | list[Cells]]:
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


def _by_layout(rows: Iterable[Row]) -> Iterator[Group]:
    found: dict[Hashable, list[Row]] = {}
    for row in sorted(rows, key=attrgetter("offset")):
        found.setdefault((id(row.layout), row.raw is None), []).append(row)
    return map(group, found.values())
