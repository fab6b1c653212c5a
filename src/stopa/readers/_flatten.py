"""Rows of native fields as text columns: objects flattened with dots, lists kept as lists.

Spec: https://www.rfc-editor.org/rfc/rfc8259 (how numbers and booleans are written)
Why: see `_columns`. A column is looked at value by value only when Arrow cannot take it as text.
Trap: keys come from hostile hands too: their number is bounded, and `{"a.b": 1, "a": {"b": 2}}`
gives `a.b` both values, as a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain
from typing import Any, TypeAlias, cast

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Column: TypeAlias = "pa.Array[Any]"
Columns: TypeAlias = dict[str, Column]
Values = Sequence[object]
Items = Sequence[list[object] | None]

DEPTH = 24  # objects within objects; what is deeper stays JSON text
CELLS = 8 * 2**20  # rows times columns of one table
FIELDS = 10_000  # fields of one event

FEW = 256  # values for which a Python loop is quicker than a cast

TEXT = pa.string()
TEXTS = pa.list_(pa.string())
NOTHING: dict[str, object] = {}


class TooWideError(Exception):
    """The rows have more fields, or are nested deeper, than one table can hold."""


@dataclass(slots=True)
class Sheet:
    """A table in the making. `lists` are the fields that ever held a list; they stay lists."""

    rows: int
    wanted: frozenset[str] | None
    lists: set[str]
    fields: int = 0


def flatten(
    said: Sequence[Mapping[str, object]], wanted: frozenset[str] | None, lists: set[str]
) -> Columns:
    """Return one column for each field of the rows, `string` or `list<string>`.

    Only fields in `wanted` are built when it is not None. `lists` remembers from block to block
    which fields hold lists. Raises `TooWideError`.
    """
    sheet = Sheet(len(said), None if wanted is None else with_parents(wanted), lists)
    return _joined(sheet, _spread(sheet, said, "", 0))


def spread(
    values: Mapping[str, Values], rows: int, wanted: frozenset[str] | None, lists: set[str]
) -> Columns:
    """Return the same of fields whose values stand side by side already, None where there is none.

    Columns without any value are left out.
    """
    sheet = Sheet(rows, None if wanted is None else with_parents(wanted), lists)
    made = chain.from_iterable(_column(sheet, name, told, 0) for name, told in values.items())
    return _joined(sheet, ((name, column) for name, column in made if column.null_count < rows))


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


def _joined(sheet: Sheet, made: Iterable[tuple[str, Column]]) -> Columns:
    columns: Columns = {}
    for name, column in made:
        if name in columns:
            sheet.lists.add(name)
            column = _both(columns[name], column)
        columns[name] = column
    return columns


def _spread(
    sheet: Sheet, said: Sequence[Mapping[str, object]], prefix: str, depth: int
) -> Iterator[tuple[str, Column]]:
    for key, values in _transposed(sheet, said, prefix):
        yield from _column(sheet, prefix + key, values, depth)


def _transposed(
    sheet: Sheet, said: Sequence[Mapping[str, object]], prefix: str
) -> Iterator[tuple[str, Values]]:
    """Yield each field with its values over all rows; None where a row lacks it."""
    shapes = list(map(tuple, said))
    widest_first = sorted(dict.fromkeys(shapes), key=len, reverse=True)
    names = list(dict.fromkeys(chain.from_iterable(widest_first)))
    kept = names
    if sheet.wanted is not None:
        kept = [name for name in names if prefix + name in sheet.wanted]
    sheet.fields += len(kept)
    if sheet.fields > FIELDS or sheet.fields * sheet.rows > CELLS:
        raise TooWideError(f"event has more than {FIELDS} fields")
    everywhere = set(names).intersection(*widest_first)
    if len(widest_first) == 1 and kept is names and names:
        yield from zip(names, zip(*(row.values() for row in said), strict=True), strict=True)
        return
    for name in kept:
        if name in everywhere:
            yield name, [row[name] for row in said]
        else:
            yield name, [row.get(name) for row in said]


def _column(sheet: Sheet, name: str, values: Values, depth: int) -> Iterator[tuple[str, Column]]:
    if name not in sheet.lists:
        try:
            yield name, pa.array(values, TEXT)
            return
        except (pa.ArrowTypeError, UnicodeEncodeError):
            pass
    kinds = set(map(type, values))
    if dict in kinds and depth < DEPTH:
        inner = [value if type(value) is dict else NOTHING for value in values]
        yield from _spread(sheet, inner, f"{name}.", depth + 1)
        values = [None if type(value) is dict else value for value in values]
        kinds.discard(dict)
    if list in kinds or name in sheet.lists:
        yield from _list_columns(sheet, name, _in_lists(values, kinds), depth)
    elif kinds != {type(None)}:
        yield name, _scalars(values, kinds)


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
    sheet: Sheet, name: str, items: Items, depth: int
) -> Iterator[tuple[str, Column]]:
    """Yield the list itself, and a list for each field of the objects in it."""
    sheet.lists.add(name)
    if (plain := _texts(items)) is not None:
        yield name, plain
        return
    yield name, _lists(items)
    objects = [(n, e) for n, item in enumerate(items) for e in item or () if type(e) is dict]
    if not objects or depth >= DEPTH:
        return
    owners = np.fromiter((n for n, _ in objects), np.int64, len(objects))
    for inner, column in _spread(sheet, [e for _, e in objects], f"{name}.", depth + 1):
        sheet.lists.add(inner)
        yield inner, _regrouped(column, owners, len(items))


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


def _regrouped(column: Column, owners: np.ndarray, rows: int) -> Column:
    """Gather a column over list elements into one list for each row that owns some of them."""
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
