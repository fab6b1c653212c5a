"""The columns of one event batch as numbers of verdicts, each column encoded once.

Why: a column is dictionary-encoded, its distinct values are judged, and the rows take the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stopa.detect import records
from stopa.detect.judge import Judge
from stopa.detect.pairs import PairJudge
from stopa.detect.scope import ENVELOPE_FIELDS, WINDOWS, Event, words
from stopa.model.event import CHANNEL, ENVELOPE, EVENT_ID, HOST, PROVIDER, EventBatch, Originals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

KEYED = (PROVIDER, CHANNEL, EVENT_ID)
SEARCHED = (HOST, PROVIDER, CHANNEL, EVENT_ID)  # the envelope's part of what keywords search
WIDEST = 2**40  # product of distinct numbers beyond which keys are numbered anew

Cell = tuple[str, ...]
Column = Any  # pyarrow.Array; its stubs do not know buffers and dictionaries


class Columns:
    """One batch's table, and what was encoded of it so far."""

    def __init__(self, batch: EventBatch) -> None:
        self.batch = batch
        self.table = batch.table
        self.stand_ins = ENVELOPE_FIELDS if words(batch.source)[0] == WINDOWS else {}
        self.names = frozenset(self.table.column_names) | self.stand_ins.keys()
        self.encoded: dict[str, tuple[list[str | None], Numbers]] = {}
        self.told: dict[tuple[str, int], Numbers | None] = {}
        self.whole: dict[str, Column] = {}

    def numbers(self, field: str, judge: Judge) -> Numbers | None:
        """Return for each row the number of the verdict on its field; None without that column."""
        if field not in self.names:
            return None
        key = (field, id(judge))
        if key not in self.told:
            self.told[key] = self._numbers(field, judge)
        return self.told[key]

    def record_numbers(self, judge: Judge) -> Numbers | None:
        """Return for each row the number of the verdict on all its values together."""
        key = ("", id(judge))
        if key not in self.told:
            self.told[key] = self._record_numbers(judge)
        return self.told[key]

    def pair_numbers(self, judge: PairJudge) -> Numbers | None:
        """Return for each row the number of the verdict on two of its fields."""
        if judge.field not in self.names or judge.other not in self.names:
            return None
        rows = zip(self.cells(judge.field), self.cells(judge.other), strict=True)
        return np.fromiter((judge.number(pair) for pair in rows), np.int64, self.table.num_rows)

    def searched(self, row: int) -> Iterator[tuple[str, Cell | None]]:
        """Yield what keywords search of one event: names of columns, and the values there."""
        if (originals := self.batch.originals) is not None:
            yield from self._built(originals, [row]).searched(0)
            return
        for name in self._searched():
            yield name, self.cell(name, row)

    def kinds(self) -> Iterator[tuple[Event, Numbers | None]]:
        """Yield the kinds of event in the batch and the rows of each; None means all rows."""
        said = words(self.batch.source)
        own = frozenset(name for name in self.stand_ins if self._is_own(name))
        encoded = [self.codes(name) for name in KEYED]
        codes, firsts = distinct([numbers for _, numbers in encoded])
        for kind, first in enumerate(firsts.tolist()):
            provider, channel, event_id = (values[numbers[first]] for values, numbers in encoded)
            rows = None if len(firsts) == 1 else np.flatnonzero(codes == kind)
            yield Event(*said, provider, channel, event_id, own), rows

    def cells(self, name: str) -> list[Cell | None]:
        """Return the values in each cell of a column; None where the field is absent."""
        if self.is_list(name):
            return [_listed(cell) for cell in self.array(name).to_pylist()]
        return [None if v is None else (v,) for v in self.array(name).to_pylist()]

    def cell(self, name: str, row: int) -> Cell | None:
        """Return the values in one cell; None where the field is absent."""
        if name not in self.names:
            return None
        value = self.array(name)[row].as_py()
        return _listed(value) if value is None or isinstance(value, list) else (value,)

    def codes(self, name: str) -> tuple[list[str | None], Numbers]:
        """Return the distinct values of a text column and for each row the place of its value."""
        if name not in self.encoded:
            self.encoded[name] = _encode(self.array(name))
        return self.encoded[name]

    def array(self, name: str) -> Column:
        """Return a column in one piece; where Windows' events lack the field, their envelope."""
        if name not in self.whole:
            self.whole[name] = self._whole(name)
        return self.whole[name]

    def is_list(self, name: str) -> bool:
        """Tell whether the column holds lists."""
        kind = self.array(name).type
        return pa.types.is_list(kind) or pa.types.is_large_list(kind)

    def _whole(self, name: str) -> Column:
        if name not in self.stand_ins:
            return self._native(name)
        envelope = self._native(self.stand_ins[name])
        if name not in self.table.column_names:
            return envelope
        native = self._native(name)
        is_text = pa.types.is_string(native.type) and native.null_count
        return pc.coalesce(native, envelope) if is_text else native

    def _is_own(self, name: str) -> bool:
        if name not in self.table.column_names:
            return False
        return not self.array(name).equals(self._native(self.stand_ins[name]))

    def _native(self, name: str) -> Column:
        column = self.table.column(name)
        return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()

    def _record_numbers(self, judge: Judge) -> Numbers | None:
        if (originals := self.batch.originals) is None:
            searched = (self.array(name) for name in self._searched())
            return records.numbers(searched, judge, self.table.num_rows)
        rows = judge.pieces.suspects(originals)
        told = self._built(originals, rows).record_numbers(judge) if rows else None
        if told is None:
            return None
        made = np.full(self.table.num_rows, judge.nothing, np.int64)
        made[list(rows)] = told
        return made

    def _searched(self) -> list[str]:
        return [
            name for name in self.table.column_names if name in SEARCHED or name not in ENVELOPE
        ]

    def _built(self, originals: Originals, rows: Sequence[int]) -> Columns:
        table = originals.table(rows)
        return Columns(EventBatch(self.batch.evidence, self.batch.source, table))

    def _numbers(self, field: str, judge: Judge) -> Numbers:
        if self.is_list(field):
            return self._of_lists(field, judge)
        values, codes = self.codes(field)
        return np.array(judge.numbered(values), np.int64)[codes]

    def _of_lists(self, field: str, judge: Judge) -> Numbers:
        cells = self.cells(field)
        told = (judge.together(tuple(judge.numbered(cell or ()))) for cell in cells)
        return np.fromiter(told, np.int64, len(cells))


def distinct(columns: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """Return for each row the number of its combination, and where each combination comes first.

    Combinations are numbered in order of appearance.
    """
    key = columns[0]
    span = int(key.max(initial=0)) + 1
    for column in columns[1:]:
        wide = int(column.max(initial=0)) + 1
        if span * wide > WIDEST:
            key = _renumbered(key)
            span = int(key.max(initial=0)) + 1
        key = key * wide + column
        span *= wide
    codes = _renumbered(key)
    count = int(codes.max(initial=-1)) + 1
    firsts = np.zeros(count, np.int64)
    firsts[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return codes, firsts


def _renumbered(key: Numbers) -> Numbers:
    return pa.array(key).dictionary_encode().indices.to_numpy().astype(np.int64)


def _encode(array: Column) -> tuple[list[str | None], Numbers]:
    if not pa.types.is_dictionary(array.type):
        array = pc.dictionary_encode(array, null_encoding="encode")
    indices = array.indices
    values = array.dictionary.to_pylist()
    if indices.null_count:
        indices = indices.fill_null(len(values))
        values.append(None)
    return values, indices.to_numpy(zero_copy_only=False).astype(np.int64, copy=False)


def _listed(values: list[str | None] | None) -> Cell | None:
    return tuple(v for v in values or () if v is not None) or None
