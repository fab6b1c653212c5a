"""The columns of one event batch as numbers of verdicts, each column encoded once.

Why: a column is dictionary-encoded, its distinct values are judged, and the rows take the numbers.
Few events are worth a close look: of these alone the other columns are encoded. Of few rows every
value is judged as it stands, which takes less than encoding; a batch of few rows but many kinds of
event becomes values once, for all its kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stopa.detect import records
from stopa.detect.judge import Judge
from stopa.detect.pairs import PairJudge
from stopa.detect.scope import ENVELOPE_FIELDS, WINDOWS, Event, words
from stopa.detect.tree import RECORD
from stopa.model.event import (
    BASIS,
    CHANNEL,
    ENVELOPE,
    EVENT_ID,
    HOST,
    LENGTH,
    LINE,
    OFFSET,
    PROVIDER,
    TIME,
    EventBatch,
    Originals,
)
from stopa.model.event import RECORD as NUMBER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

KEYED = (PROVIDER, CHANNEL, EVENT_ID)
SEARCHED = (HOST, PROVIDER, CHANNEL, EVENT_ID)  # the envelope's part of what keywords search
NO_TEXT = frozenset({TIME, BASIS, NUMBER, LINE, OFFSET, LENGTH})  # no field that a rule can ask
WIDEST = 2**40  # product of distinct numbers beyond which keys are numbered anew
LONG = 512  # bytes of a column's values, on average, from which on they are searched as they lie
SEVERAL = 16  # long values from which on that pays
SMALL = 1024  # rows up to which values are judged one by one (measured)

Cell = tuple[str, ...]
Column = Any  # pyarrow.Array; its stubs do not know buffers and dictionaries


class Told(NamedTuple):
    """Numbers of verdicts, and for each row the place of its number; None: a number a row.

    `seen` are the numbers that some row has, and perhaps a few more.
    """

    numbers: Numbers
    seen: frozenset[int]
    codes: Numbers | None = None

    def only(self, rows: Numbers) -> Told:
        """Return the same for some of the rows."""
        if self.codes is None:
            return _told(self.numbers[rows].tolist())
        return Told(self.numbers, self.seen, self.codes[rows])


class Columns:
    """One batch's table, or some rows of it, and what was encoded of it so far.

    `places` are the rows' places in the batch, `chosen` those in the columns that they were chosen
    of; None where they are all of it.
    """

    def __init__(
        self,
        batch: EventBatch,
        places: Numbers | None = None,
        parent: Columns | None = None,
        chosen: Numbers | None = None,
    ) -> None:
        self.batch = batch
        self.table = batch.table
        self.places = places
        self.parent = parent
        self.chosen = chosen
        self.rows: int = self.table.num_rows if places is None else len(places)
        self.stand_ins = ENVELOPE_FIELDS if words(batch.source)[0] == WINDOWS else {}
        self.native: frozenset[str] = (
            frozenset(self.table.column_names) if parent is None else parent.native
        )
        self.names = (self.native - NO_TEXT) | self.stand_ins.keys()
        self.encoded: dict[str, tuple[list[str | None], Numbers]] = {}
        self.told: dict[tuple[str, int], Told | None] = {}
        self.whole: dict[str, Column] = {}
        self.listed: dict[str, list[Any]] = {}

    @property
    def root(self) -> Columns:
        """The columns of all rows. Not kept: what refers to itself is not freed at once."""
        return self if self.parent is None else self.parent.root

    def only(self, rows: Numbers) -> Columns:
        """Return the columns of some of the rows."""
        places = rows if self.places is None else self.places[rows]
        return Columns(self.batch, places, self, rows)

    def verdicts(self, field: str, judge: Judge) -> Told | None:
        """Return the numbers of the verdicts on a field; None without that column."""
        if field not in self.names:
            return None
        key = (field, id(judge))
        if key not in self.told and not self._inherits(key):
            self.told[key] = self._verdicts(field, judge)
        return self.told[key]

    def record_verdicts(self, judge: Judge) -> Told | None:
        """Return the numbers of the verdicts on all values of each row; None if none is told."""
        key = ("", id(judge))
        if key not in self.told and not self._inherits(key):
            self.told[key] = self._record_verdicts(judge)
        return self.told[key]

    def pair_verdicts(self, judge: PairJudge) -> Told | None:
        """Return the numbers of the verdicts on two fields of each row."""
        if judge.field not in self.names or judge.other not in self.names:
            return None
        rows = zip(self.cells(judge.field), self.cells(judge.other), strict=True)
        return _told([judge.number(pair) for pair in rows])

    def is_long(self, field: str) -> bool:
        """Tell whether a field has texts so long that few of them are worth a close look."""
        if field == RECORD or self.rows < SEVERAL:
            return False
        if field not in self.native or field in self.encoded:
            return False
        column = self.root.array(field)
        if not pa.types.is_string(column.type):
            return False
        return bool(records.size_of(column) > LONG * (len(column) - column.null_count))

    def suspects(self, field: str, judge: Judge) -> Sequence[int]:
        """Return the rows of a long column in which a text of the judge may stand."""
        return records.suspects(self.array(field), judge)

    def without(self, field: str, judge: Judge) -> Numbers:
        """Return the rows of a long column in which no text of the judge stands."""
        return records.without(self.array(field), judge)

    def searched(self, row: int) -> Iterator[tuple[str, Cell | None]]:
        """Yield what keywords search of one event: names of columns, and the values there."""
        if (originals := self.batch.originals) is not None:
            place = row if self.places is None else int(self.places[row])
            yield from self._built(originals, [place]).searched(0)
            return
        for name in sorted(self._searched()):
            value = self.array(name)[row].as_py()
            yield name, _listed(value) if value is None or isinstance(value, list) else (value,)

    def kinds(self) -> Iterator[tuple[Event, Numbers | None]]:
        """Yield the kinds of event in the batch and the rows of each; None means all rows."""
        said = words(self.batch.source)
        own = frozenset(name for name in self.stand_ins if self._is_own(name))
        arrays = list(map(self.array, KEYED))
        if all(map(_is_sole, arrays)):
            provider, channel, event_id = (array[0].as_py() for array in arrays)
            yield Event(*said, provider, channel, event_id, own), None
            return
        encoded = [self.codes(name) for name in KEYED]
        codes, firsts = distinct([numbers for _, numbers in encoded])
        for kind, first in enumerate(firsts.tolist()):
            provider, channel, event_id = (values[numbers[first]] for values, numbers in encoded)
            rows = None if len(firsts) == 1 else np.flatnonzero(codes == kind)
            yield Event(*said, provider, channel, event_id, own), rows

    def cells(self, name: str) -> list[Cell | None]:
        """Return the values in each cell of a column; None where the field is absent."""
        if self.is_list(name):
            return [_listed(cell) for cell in self.values(name)]
        return [None if v is None else (v,) for v in self.values(name)]

    def values(self, name: str) -> list[Any]:
        """Return what stands in each cell of a column: a text, a list of them, or None."""
        if name not in self.listed:
            if self.parent is None or self.root.rows > SMALL or self.places is None:
                self.listed[name] = self.array(name).to_pylist()
            else:
                whole = self.root.values(name)
                self.listed[name] = [whole[place] for place in self.places.tolist()]
        return self.listed[name]

    def codes(self, name: str) -> tuple[list[str | None], Numbers]:
        """Return the distinct values of a text column and for each row the place of its value."""
        if name not in self.encoded:
            self.encoded[name] = _encode(self.array(name))
        return self.encoded[name]

    def array(self, name: str) -> Column:
        """Return a column in one piece; where Windows' events lack the field, their envelope."""
        if name not in self.whole:
            if self.parent is not None and self.places is not None:
                self.whole[name] = self.parent.taken(name, self.places)
            else:
                self.whole[name] = self._whole(name)
        return self.whole[name]

    def taken(self, name: str, places: Numbers) -> Column:
        """Return some cells of a column by their places in the batch."""
        if self.parent is not None:
            return self.parent.taken(name, places)
        return self.array(name).take(pa.array(places))

    def is_list(self, name: str) -> bool:
        """Tell whether the column holds lists."""
        kind = self.root.array(name).type
        return pa.types.is_list(kind) or pa.types.is_large_list(kind)

    def _inherits(self, key: tuple[str, int]) -> bool:
        """Take over what was told of the columns that these rows were chosen of."""
        if self.parent is None or self.chosen is None or key not in self.parent.told:
            return False
        known = self.parent.told[key]
        self.told[key] = None if known is None else known.only(self.chosen)
        return True

    def _whole(self, name: str) -> Column:
        if name not in self.stand_ins:
            return self._native(name)
        envelope = _plain(self._native(self.stand_ins[name]))
        if name not in self.native:
            return envelope
        native = _plain(self._native(name))
        is_text = pa.types.is_string(native.type) and native.null_count
        return pc.coalesce(native, envelope) if is_text else native

    def _is_own(self, name: str) -> bool:
        if name not in self.native:
            return False
        return not self.array(name).equals(_plain(self._native(self.stand_ins[name])))

    def _native(self, name: str) -> Column:
        return _in_one(self.table.column(name))

    def _record_verdicts(self, judge: Judge) -> Told | None:
        if self.places is not None and self.root.rows <= SMALL:
            whole = self.root.record_verdicts(judge)
            return None if whole is None else whole.only(self.places)
        found = self._record_numbers(judge)
        return None if found is None else _told(found.tolist())

    def _record_numbers(self, judge: Judge) -> Numbers | None:
        if (originals := self.batch.originals) is None:
            table = self.table.select(self._searched())
            if self.places is not None:
                table = table.take(self.places)
            return records.numbers(map(_in_one, table.columns), judge, self.rows)
        places = None if self.places is None else self.places.tolist()
        if judge.pieces.are_telling:
            built = originals.containing(judge.pieces, places)
        else:
            built = range(self.rows) if places is None else places
        told = self._built(originals, built)._record_numbers(judge) if built else None
        if told is None:
            return None
        made = np.full(self.rows, judge.nothing, np.int64)
        made[built if self.places is None else np.searchsorted(self.places, built)] = told
        return made

    def _searched(self) -> list[str]:
        return [
            name for name in self.table.column_names if name in SEARCHED or name not in ENVELOPE
        ]

    def _built(self, originals: Originals, places: Sequence[int]) -> Columns:
        table = originals.table(places)
        return Columns(EventBatch(self.batch.evidence, self.batch.source, table))

    def _verdicts(self, field: str, judge: Judge) -> Told:
        if self.is_list(field):
            cells = self.cells(field)
            return _told([judge.together(tuple(judge.numbered(cell or ()))) for cell in cells])
        if self.rows <= SMALL and field not in self.encoded:
            return _told(judge.numbered(self.values(field)))
        values, codes = self.codes(field)
        return _told(judge.numbered(values))._replace(codes=codes)


def _told(numbers: list[int]) -> Told:
    return Told(np.array(numbers, np.int64), frozenset(numbers))


def distinct(columns: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """Return for each row the number of its combination, and where each combination comes first.

    Combinations are numbered in order of appearance.
    """
    key = columns[0].astype(np.int64, copy=False)
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


def _in_one(column: Column) -> Column:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _is_sole(array: Column) -> bool:
    """Tell whether all cells hold the same text, or none does; where that is not plain, deny it."""
    if array.null_count or not len(array) or not pa.types.is_string(array.type):
        return bool(array.null_count == len(array) > 0)
    offsets = records.offsets_of(array)
    first, last = int(offsets[0]), int(offsets[-1])
    width = int(offsets[1]) - first
    if not width or not (np.diff(offsets) == width).all():
        return first == last
    data = array.buffers()[2]
    return bool(data[first + width : last].equals(data[first : last - width]))


def _plain(array: Column) -> Column:
    """Return the column as a reader makes it, where it was stored as distinct values."""
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array


def _encode(array: Column) -> tuple[list[str | None], Numbers]:
    if not pa.types.is_dictionary(array.type):
        array = pc.dictionary_encode(array, null_encoding="encode")
    indices = array.indices
    values = array.dictionary.to_pylist()
    if indices.null_count:
        indices = indices.fill_null(len(values))
        values.append(None)
    return values, indices.to_numpy(zero_copy_only=False)


def _listed(values: list[str | None] | None) -> Cell | None:
    return tuple(v for v in values or () if v is not None) or None
