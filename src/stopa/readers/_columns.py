"""Events on their way from rows as a log writes them to the columns of an event batch.

Why: no Python work per field. A block of rows becomes whole columns by one transposition, and
Arrow takes each column in one call; only columns that hold something else than text are looked at.
Trap: a list of objects becomes two things: the list, each element as canonical JSON, and one list
for each field of its elements (`target: [{"id": 1}]` gives `target` and `target.id`). Objects
nested deeper than `DEPTH` stay JSON text. Empty objects leave no column.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from itertools import chain
from operator import itemgetter
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
BLOCK_BYTES = 64 * 2**20  # bytes of evidence held at a time
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


def tabulate(source: Source, found: Iterable[Row | Problem | Structure]) -> Iterator[Found]:
    """Yield problems and structure as they come, and the rows as event batches, block by block.

    The events of a block are in one batch for each layout and `split` value; rows keep their order.
    """
    lists: set[str] = set()
    for block in _blocks(source, found):
        if isinstance(block, list):
            for rows in _groups(block):
                yield from _batches(source, rows, lists)
        else:
            yield block


def _blocks(
    source: Source, found: Iterable[Row | Problem | Structure]
) -> Iterator[list[Row] | Problem | Structure]:
    rows: list[Row] = []
    size = 0
    rest: Structure | None = None
    for item in found:
        if isinstance(item, Row):
            rows.append(item)
            size += item.length
            if len(rows) >= BLOCK_ROWS or size >= BLOCK_BYTES:
                yield rows
                rows, size = [], 0
        elif isinstance(item, Structure) and rest and _adjoins(rest.where, item.where):
            rest = _joined(source, rest.where, item.where)
        else:
            if rest:
                yield rest
            rest = item if isinstance(item, Structure) else None
            if isinstance(item, Problem):
                yield item
    yield from (item for item in (rest, rows) if item)


def _adjoins(first: Where, second: Where) -> bool:
    return first.part == second.part and second.offset == (first.offset or 0) + (first.length or 0)


def _joined(source: Source, first: Where, second: Where) -> Structure:
    length = (first.length or 0) + (second.length or 0)
    return Structure(Where(source.sha256, offset=first.offset, length=length, part=first.part))


def _groups(block: list[Row]) -> Iterator[list[Row]]:
    """Part the rows by layout and log source; groups of few rows of one layout stay together."""
    groups: dict[Hashable, list[Row]] = {}
    for row in block:
        layout = row.layout
        key = (id(layout), *[str(row.fields.get(name)) for name in layout.split])
        if (group := groups.get(key)) is None:
            group = groups[key] = []
        group.append(row)
    small: dict[int, list[Row]] = {}
    for group in groups.values():
        if len(group) >= FEW:
            yield group
        else:
            small.setdefault(id(group[0].layout), []).extend(group)
    for group in small.values():
        yield sorted(group, key=itemgetter(2))  # by offset


def _batches(
    source: Source, rows: Sequence[Row], lists: set[str]
) -> Iterator[EventBatch | Problem]:
    """Make one batch of the rows, or several where their fields differ too much for one table."""
    said, (layout, *_), offsets, lengths, numbers, records = zip(*rows, strict=True)
    try:
        native = flatten(said, _wanted(source.fields, layout), lists)
    except TooWideError as error:
        if len(rows) > 1:
            half = len(rows) // 2
            yield from chain(
                _batches(source, rows[:half], lists), _batches(source, rows[half:], lists)
            )
        else:
            place = Where(source.sha256, rows[0].record, numbers[0], offsets[0], lengths[0])
            yield Problem(str(error), place)
        return
    cited: Columns = {
        RECORD: pa.array(records, pa.int64()),
        LINE: pa.array(numbers, pa.int64()),
        OFFSET: pa.array(offsets, pa.int64()),
        LENGTH: pa.array(lengths, pa.int64()),
    }
    yield _batch(source, layout, native, cited)


@cache
def _wanted(fields: frozenset[str] | None, layout: Layout) -> frozenset[str] | None:
    """Return the fields that have to be built: those asked for and those the envelope needs."""
    if fields is None:
        return None
    known_as = {old for new, old in layout.aliases if new in fields}
    return fields | layout.picked | known_as


def _batch(source: Source, layout: Layout, native: Columns, cited: dict[str, Column]) -> EventBatch:
    rows = len(cited[OFFSET])
    picks = dict(layout.envelope)
    made = {
        name: cited[name]
        if name in cited
        else _picked(native, picks.get(name, ()), EMPTY_TYPES.get(name, pa.string()), rows, source)
        for name in ENVELOPE
    }
    for name, column in _aliased(native, layout).items():
        if source.fields is None or name in source.fields:
            made[native_name(name)] = column
    return EventBatch(source.sha256, layout.log, pa.table(made))


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
