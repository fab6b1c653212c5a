"""Keywords: tests on the whole record, found in the bytes of its columns.

Why: keywords look at every value of every event, and nearly none contains one. So the column's
bytes are searched as they lie in memory, and only values with a literal in them become text.
Trap: in bytes only ASCII has two cases. That is enough for ASCII literals, save where one of the
two other characters stands that fold to ASCII, which are looked for as well. With other literals
every value beyond ASCII is judged by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stopa.detect.judge import Judge

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

HEAD = 512  # bytes of a value's beginning

Text = Any  # pyarrow.StringArray; its stubs know no buffers


def numbers(columns: Iterable[Text], judge: Judge, rows: int) -> Numbers | None:
    """Return for each row the number of the verdict on all its values; None if none is told."""
    told: dict[int, set[int]] = defaultdict(set)
    for column in columns:
        for row, number in _told(column, judge):
            told[row].add(number)
    if not told:
        return None
    made = np.full(rows, judge.nothing, np.int64)
    for row, found in told.items():
        made[row] = judge.together(tuple(sorted(found)))
    return made


def _told(column: Text, judge: Judge) -> Iterator[tuple[int, int]]:
    """Yield the rows with the number of their verdict, where it says anything."""
    if column.null_count == len(column):
        return
    if pa.types.is_dictionary(column.type):
        yield from _told_of_codes(column.indices, dict(_told(column.dictionary, judge)))
        return
    if pa.types.is_list(column.type):
        parents: Any = pc.list_parent_indices(column)
        rows_of = parents.to_pylist()
        yield from ((rows_of[place], number) for place, number in _told(column.flatten(), judge))
        return
    if judge.has_needles and pa.types.is_string(column.type):
        rows: Iterable[int] = suspects(column, judge)
    else:
        rows = range(len(column))
    for row in rows:
        if number := _number(column[row].as_py(), judge):
            yield row, number


def _told_of_codes(codes: Text, told: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the rows of the values that say anything; values are given by number."""
    if told:
        numbers = codes.fill_null(-1).to_numpy(zero_copy_only=False)
        for row in np.flatnonzero(np.isin(numbers, list(told))).tolist():
            yield row, told[int(numbers[row])]


def _number(value: str | None, judge: Judge) -> int:
    return judge.number(value) if value is not None else judge.nothing


def suspects(column: Text, judge: Judge) -> list[int]:
    """Return the rows whose value may contain a literal: some characters beyond ASCII are cased."""
    offsets = offsets_of(column)
    raw = memoryview(column.buffers()[2])[offsets[0] : offsets[-1]]
    rows: set[int] = set()
    if judge.literals is not None:
        found = judge.literals.places(raw)
        if found is None:
            return list(range(len(column)))
        places = found - 1 + offsets[0]
        rows.update((np.searchsorted(offsets, places, "right") - 1).tolist())
    if not judge.is_ascii:
        ascii_alone: Any = pc.string_is_ascii(column)
        beyond = pc.invert(ascii_alone)
        rows.update(pc.indices_nonzero(beyond).to_pylist())
    return sorted(rows)


def without(column: Text, judge: Judge) -> Numbers:
    """Return the rows in whose value none of the judge's literals stands, which are all ASCII.

    Values begin alike, so their beginnings are looked at first, each once.
    """
    heads: Any = pc.binary_slice(column.cast(pa.binary()), 0, HEAD)
    begun = heads.fill_null(b"").dictionary_encode()
    is_free = [not judge.has_any(memoryview(head)) for head in begun.dictionary.to_pylist()]
    rows = np.flatnonzero(np.array(is_free, np.bool_)[begun.indices.to_numpy()])
    offsets, raw = offsets_of(column), memoryview(column.buffers()[2])
    spans = zip(offsets[rows].tolist(), offsets[rows + 1].tolist(), strict=True)
    return rows[[not judge.has_any(raw[start:stop]) for start, stop in spans]]


def offsets_of(column: Text) -> Numbers:
    """Return where the values of a text column begin in its bytes, and where the last one ends."""
    offsets = np.frombuffer(column.buffers()[1], np.int32)
    return offsets[column.offset : column.offset + len(column) + 1].astype(np.int64)


def size_of(column: Text) -> int:
    """Return how many bytes the values of a text column, not an empty one, take."""
    offsets = np.frombuffer(column.buffers()[1], np.int32)
    return int(offsets[column.offset + len(column)] - offsets[column.offset])
