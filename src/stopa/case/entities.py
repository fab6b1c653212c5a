"""Draw the entities out of a table of events, each distinct value of a column judged once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stopa.model.entity import Drawn, Entity, drawn
from stopa.model.entity_fields import Drawing, Slot

T = TypeVar("T")
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Named:
    """That an event names an entity: in which field, as what, and how it is written there."""

    entity: Entity
    role: str
    field: str
    stated: str


def columns_of(drawing: Drawing, present: set[str]) -> list[str]:
    """Return the columns that entities are drawn from, of those that are there."""
    wanted = (name for slot in drawing.slots for name in (slot.field, slot.within) if name)
    return [name for name in dict.fromkeys(wanted) if name in present]


def rows_with(
    table: pa.Table, drawing: Drawing, judge: Callable[[Drawn, str], T | None]
) -> Numbers:
    """Return the rows of which some value of some slot is judged to be something, in order."""
    found = [
        rows[np.isin(codes, [n for n, text in enumerate(values) if judge(slot.what, text)])]
        for slot in drawing.slots
        for values, codes, rows in _coded(table, slot)
    ]
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)


def named_in(table: pa.Table, drawing: Drawing) -> list[list[Named]]:
    """Return for each row what it names; a field that says the same twice counts once."""
    named: list[dict[Named, None]] = [{} for _ in range(table.num_rows)]
    for slot in drawing.slots:
        for values, codes, rows in _coded(table, slot):
            entities = [drawn(slot.what, text) for text in values]
            for code, row in zip(codes.tolist(), rows.tolist(), strict=True):
                entity = entities[code]
                if entity is not None:
                    named[row][Named(entity, slot.role, slot.field, values[code])] = None
    return [list(row) for row in named]


def distinct(table: pa.Table, slot: Slot) -> tuple[list[str], Numbers]:
    """Return a column's distinct texts, and for each row the number of its first; -1 is none."""
    numbers = np.full(table.num_rows, -1, np.int64)
    texts: list[str] = []
    for values, codes, rows in _coded(table, slot):
        texts = values
        numbers[rows[::-1]] = codes[::-1]
    return texts, numbers


def _coded(table: pa.Table, slot: Slot) -> Iterator[tuple[list[str], Numbers, Numbers]]:
    """Yield a column's distinct texts, the numbers of those that it holds, and their rows."""
    if slot.field not in table.column_names:
        return
    column, rows = _flat(table.column(slot.field))
    if slot.within and slot.within in table.column_names:
        domain, _ = _flat(table.column(slot.within))
        if len(domain) == len(column):
            column = _joined(_plain(domain), _plain(column))
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    valid = np.asarray(pc.is_valid(coded.indices))
    codes = np.asarray(coded.indices.fill_null(0)).astype(np.int64)
    yield coded.dictionary.to_pylist(), codes[valid], rows[valid]


def _joined(domain: Any, name: Any) -> Any:  # noqa: ANN401
    """Return names behind their domains, where these are said."""
    parts: Any = (pc.if_else(pc.equal(domain, pa.scalar("-")), None, domain), name, "\\")
    return pc.coalesce(pc.binary_join_element_wise(*parts), name)


def _plain(column: Any) -> Any:  # noqa: ANN401
    return pc.cast(column, pa.string()) if pa.types.is_dictionary(column.type) else column


def _flat(column: Any) -> tuple[Any, Numbers]:  # noqa: ANN401 - an Arrow column
    """Return single values and their rows; of lists, their elements."""
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], whole.type)
    if pa.types.is_list(whole.type):
        rows = np.asarray(pc.list_parent_indices(whole)).astype(np.int64)
        return pc.list_flatten(whole), rows
    return whole, np.arange(len(whole), dtype=np.int64)
