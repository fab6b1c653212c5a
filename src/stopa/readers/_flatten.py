"""Rows of native fields as text columns: objects flattened with dots, lists kept as lists.

Spec: https://www.rfc-editor.org/rfc/rfc8259 (how numbers and booleans are written)
Why: see `_columns`. A column is looked at value by value only when Arrow cannot take it as text.
Trap: keys come from hostile hands too: their number is bounded, and `{"a.b": 1, "a": {"b": 2}}`
gives `a.b` both values, as a list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Column: TypeAlias = "pa.Array[Any]"
Columns: TypeAlias = dict[str, Column]
Values = Sequence[object]
Items = Sequence[list[object] | None]
if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.int64]  # of rows; a column may have values in some only, in any order
    Part = tuple[str, Column, Places | None]

DEPTH = 24  # objects within objects; what is deeper stays JSON text
CELLS = 8 * 2**20  # rows times columns of one table
FIELDS = 10_000  # fields of one event

FEW = 256  # values for which a Python loop is quicker than a cast

TEXT = pa.string()
TEXTS = pa.list_(pa.string())


class TooWideError(Exception):
    """The rows have more fields, or are nested deeper, than one table can hold."""


@dataclass(slots=True)
class Sheet:
    """A table in the making. `lists` are the fields that ever held a list; they stay lists."""

    rows: int
    wanted: frozenset[str] | None
    lists: set[str]
    fields: int = 0
    laid: dict[int, tuple[Places, Column]] = field(default_factory=dict)

    def lay(self, column: Column, places: Places | None) -> Column:
        """Return a column of all rows, given the places of its values; None is all, in order."""
        if places is None:
            return column
        known = self.laid.get(id(places))
        if known is None:
            sources = np.full(self.rows, -1)
            sources[places] = np.arange(len(places))
            taken: Column = pa.array(sources, mask=sources < 0)
            known = self.laid[id(places)] = places, taken  # holds the places, so that ids last
        return column.take(known[1])


def flatten(
    said: Sequence[Mapping[str, object]], wanted: frozenset[str] | None, lists: set[str]
) -> Columns:
    """Return one column for each field of the rows, `string` or `list<string>`.

    Only fields in `wanted` are built when it is not None. `lists` remembers from block to block
    which fields hold lists. Raises `TooWideError`.
    """
    sheet = Sheet(len(said), None if wanted is None else with_parents(wanted), lists)
    return _joined(sheet, _spread(sheet, said, None, prefix="", depth=0))


def spread(
    values: Mapping[str, Values], rows: int, wanted: frozenset[str] | None, lists: set[str]
) -> Columns:
    """Return the same of fields whose values stand side by side already, None where there is none.

    Columns without any value are left out.
    """
    sheet = Sheet(rows, None if wanted is None else with_parents(wanted), lists)
    made = chain.from_iterable(_column(sheet, name, told, None, 0) for name, told in values.items())
    return _joined(sheet, (part for part in made if part[1].null_count < len(part[1])))


def json_text(value: object) -> str:
    """Return a value as canonical JSON."""
    try:
        return msgspec.json.encode(value, order="sorted").decode()
    except RecursionError:
        raise TooWideError("event is nested too deep to be written as text") from None


@cache
def with_parents(wanted: frozenset[str]) -> frozenset[str]:
    """Return the fields and every object that they lie in (`a.b.c` gives `a`, `a.b`, `a.b.c`)."""
    return frozenset(
        path for name in wanted for path in accumulate(name.split("."), lambda a, b: f"{a}.{b}")
    )


def as_list(column: Column) -> Column:
    """Return a column as one of lists."""
    return column if pa.types.is_list(column.type) else pa.array(_as_lists(column), TEXTS)


def _joined(sheet: Sheet, made: Iterable[Part]) -> Columns:
    columns: Columns = {}
    for name, some, places in made:
        column = sheet.lay(some, places)
        if name in columns:
            sheet.lists.add(name)
            column = _both(columns[name], column)
        columns[name] = column
    return columns


def _spread(
    sheet: Sheet,
    said: Sequence[Mapping[str, object]],
    places: Places | None,
    *,
    prefix: str,
    depth: int,
) -> Iterator[Part]:
    """Yield the fields of objects that stand in these places, those with equal names at once."""
    shapes = _shapes(said)
    having = _having(shapes)
    kept = [n for n in having if sheet.wanted is None or prefix + n in sheet.wanted]
    sheet.fields += len(kept)
    if sheet.fields > FIELDS or sheet.fields * sheet.rows > CELLS:
        raise TooWideError(f"event has more than {FIELDS} fields")
    told = [_transposed([said[row] for row in rows], names) for names, rows in shapes]
    shared: dict[tuple[int, ...], Places | None] = {}
    for name in kept:
        some = tuple(having[name])
        if some not in shared:
            shared[some] = _within(places, [shapes[n][1] for n in some], len(said))
        parts = [told[n][name] for n in some]
        values = parts[0] if len(parts) == 1 else list(chain.from_iterable(parts))
        yield from _column(sheet, prefix + name, values, shared[some], depth)


def _shapes(said: Sequence[Mapping[str, object]]) -> list[tuple[tuple[str, ...], list[int]]]:
    """Return the names that some objects share and which objects these are, the widest first."""
    shapes: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, names in enumerate(map(tuple, said)):
        shapes[names].append(row)
    return sorted(shapes.items(), key=lambda shape: len(shape[0]), reverse=True)


def _having(shapes: Iterable[tuple[tuple[str, ...], list[int]]]) -> dict[str, list[int]]:
    """Return the names in all shapes, and the numbers of the shapes that have them."""
    having: dict[str, list[int]] = {}
    for number, (names, _) in enumerate(shapes):
        for name in names:
            having.setdefault(name, []).append(number)
    return having


def _transposed(
    rows: Sequence[Mapping[str, object]], names: tuple[str, ...]
) -> dict[str, tuple[object, ...]]:
    """Return the values of objects that have these names, in this order."""
    values = zip(*(row.values() for row in rows), strict=True)
    return dict(zip(names, values, strict=True))


def _within(places: Places | None, parts: list[list[int]], total: int) -> Places | None:
    """Return the places of objects, one part behind the other, given those of all objects."""
    if len(parts) == 1 and len(parts[0]) == total:
        return places
    some = np.concatenate(parts)
    return some if places is None else places[some]


def _column(
    sheet: Sheet, name: str, values: Values, places: Places | None, depth: int
) -> Iterator[Part]:
    if name not in sheet.lists:
        try:
            yield name, pa.array(values, TEXT), places
            return
        except (pa.ArrowTypeError, UnicodeEncodeError):
            pass
    kinds = set(map(type, values))
    if dict in kinds and depth < DEPTH:
        kinds.discard(dict)
        are = np.fromiter((type(value) is dict for value in values), np.bool_, len(values))
        inner: list[Any] = [value for value in values if type(value) is dict]
        at = _where(places, are) if kinds else places
        yield from _spread(sheet, inner, at, prefix=f"{name}.", depth=depth + 1)
        values, places = (
            [value for value in values if type(value) is not dict],
            _where(places, ~are),
        )
    if list in kinds or (name in sheet.lists and values):
        yield from _list_columns(sheet, name, _in_lists(values, kinds), places, depth)
    elif kinds - {type(None)}:
        yield name, _scalars(values, kinds), places


def _where(places: Places | None, are: NDArray[np.bool_]) -> Places:
    return np.flatnonzero(are) if places is None else places[are]


def _scalars(values: Values, kinds: set[type]) -> Column:
    if kinds <= {int, type(None)} and len(values) > FEW:
        try:
            return pa.array(values, pa.int64()).cast(TEXT)
        except (OverflowError, pa.ArrowInvalid):
            pass
    if kinds <= {bool, type(None)}:
        return pa.array(values, pa.bool_()).cast(TEXT)
    return pa.array([None if value is None else _text(value) for value in values], TEXT)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return str(value) if type(value) is int else json_text(value)


def _in_lists(values: Values, kinds: set[type]) -> Items:
    """Return values as lists, each of a list that is there or of the value alone."""
    if kinds <= {list, type(None)}:
        return cast("Items", values)
    return [
        value if isinstance(value, list) else None if value is None else [value] for value in values
    ]


def _list_columns(
    sheet: Sheet, name: str, items: Items, places: Places | None, depth: int
) -> Iterator[Part]:
    """Yield the list itself, and a list for each field of the objects in it."""
    sheet.lists.add(name)
    if (plain := _texts(items)) is not None:
        yield name, plain, places
        return
    yield name, _lists(items), places
    objects = [(n, e) for n, item in enumerate(items) for e in item or () if type(e) is dict]
    if not objects or depth >= DEPTH:
        return
    owners = np.fromiter((n for n, _ in objects), np.int64, len(objects))
    elements = [e for _, e in objects]
    for inner, column, at in _spread(sheet, elements, None, prefix=f"{name}.", depth=depth + 1):
        sheet.lists.add(inner)
        yield inner, _regrouped(column, owners, at, len(items)), places


def _texts(items: Items) -> Column | None:
    """Return lists of nothing but text as a column; None where something else is in one."""
    try:
        made: Any = pa.array(items, TEXTS)
    except (pa.ArrowTypeError, pa.ArrowInvalid, UnicodeEncodeError):
        return None
    return None if made.values.null_count else cast(Column, made)


def _lists(items: Items) -> Column:
    texts = [
        None if item is None else [_text(element) for element in item if element is not None]
        for item in items
    ]
    return pa.array(texts, TEXTS)


def _regrouped(column: Column, owners: Places, at: Places | None, rows: int) -> Column:
    """Gather a column over list elements into one list for each row that owns some of them.

    `at` are the elements that it has values of; None is all, in order.
    """
    if at is not None:
        order = np.argsort(at)
        taken: Any = pa.array(order)
        column, owners = column.take(taken), owners[at[order]]
    if isinstance(column, pa.ListArray):
        owners = owners[pc.list_parent_indices(column).to_numpy()]
        values = column.flatten()
    else:
        owners = owners[column.is_valid().to_numpy(zero_copy_only=False)]
        values = column.drop_null()
    counts = np.bincount(owners, minlength=rows)
    ends: Any = pa.array(np.concatenate(([0], np.cumsum(counts))), pa.int32())
    made: Column = pa.ListArray.from_arrays(ends, values, mask=pa.array(counts == 0))
    return made


def _both(first: Column, second: Column) -> Column:
    """Keep what two spellings of one field name say: the values of both, as a list."""
    pairs = zip(_as_lists(first), _as_lists(second), strict=True)
    none = (None, None)
    return pa.array(
        [None if pair == none else [*(pair[0] or []), *(pair[1] or [])] for pair in pairs], TEXTS
    )


def _as_lists(column: Column) -> list[list[str] | None]:
    values = column.to_pylist()
    if pa.types.is_list(column.type):
        return values
    return [None if value is None else [value] for value in values]
