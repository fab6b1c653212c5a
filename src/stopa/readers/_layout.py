"""How one kind of log becomes columns: its log source, and what fills the envelope.

Why: every format says when, where and who in words of its own; said once as data, the columns are
filled by one piece of code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stopa.model.event import BASIS, CHANNEL, EVENT_ID, HOST, PROVIDER, TIME, LogSource
from stopa.model.time_basis import NUMBER, Basis
from stopa.readers._flatten import Column, Columns, as_list
from stopa.readers._times import INSTANT, KNOWN, Read, Times

KEYED = (PROVIDER, CHANNEL, EVENT_ID)  # what tells kinds of event apart
LEAN = (HOST, *KEYED)  # the envelope of batches that are only looked through
TIMED = (TIME, BASIS)  # made together
NONE = pa.array(["", "-"])


@dataclass(frozen=True, slots=True)
class Pick:
    r"""A native field that can fill an envelope column, and how its text is read.

    `read` makes times of texts; None keeps the text as it is. `within` names the field of the
    domain that an account name belongs to (`DOMAIN\name`), `assumed` the field that is there where
    something of a time was taken from elsewhere in the log. An empty text and the `-` of Windows
    mean that there is none.
    """

    field: str
    read: Read | None = None
    within: str | None = None
    assumed: str | None = None


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

    def picks(self, column: str) -> tuple[Pick, ...]:
        """Return what can fill a column of the envelope."""
        return dict(self.envelope).get(column, ())


@cache
def needed(fields: frozenset[str], layout: Layout, columns: tuple[str, ...]) -> frozenset[str]:
    """Return the fields that have to be read: those asked for, and those the envelope is made of.

    `columns` are the columns of the envelope that will be built.
    """
    picks = chain.from_iterable(layout.picks(column) for column in columns)
    made_of = chain.from_iterable((pick.field, pick.within, pick.assumed) for pick in picks)
    known_as = {old for new, old in layout.aliases if new in fields}
    return fields | known_as | {name for name in made_of if name}


def envelope(
    native: Columns, layout: Layout, rows: int, *, columns: Iterable[str], zone: tzinfo | None
) -> Columns:
    """Return these columns of the envelope: for each row the first pick that the event has."""
    made = {
        name: _picked(native, layout.picks(name), rows) for name in columns if name not in TIMED
    }
    if TIME in columns:
        times = _times(native, layout.picks(TIME), rows, zone)
        made |= {TIME: times.instants, BASIS: times.known}
    return made


def aliased(native: Columns, layout: Layout) -> Columns:
    """Return the columns, some of them under a second name as well."""
    both = dict(native)
    for new, old in layout.aliases:
        if old in native:
            known, other = both.get(new, native[old]), native[old]
            if known.null_count and known.type != other.type:
                known, other = as_list(known), as_list(other)
            both[new] = pc.coalesce(known, other) if known.null_count else known
    return both


def _picked(native: Columns, picks: tuple[Pick, ...], rows: int) -> Column:
    made: Column | None = None
    for pick in picks:
        if (column := native.get(pick.field)) is not None:
            text = _told(column)
            if pick.within and pick.within in native:
                parts: Any = (_told(native[pick.within]), text, "\\")
                text = pc.coalesce(pc.binary_join_element_wise(*parts), text)
            made = text if made is None else pc.coalesce(made, text)
            if not made.null_count:
                break
    return pa.nulls(rows, pa.string()) if made is None else made


def _times(native: Columns, picks: tuple[Pick, ...], rows: int, zone: tzinfo | None) -> Times:
    made: Times | None = None
    for pick in picks:
        if pick.read is not None and (column := native.get(pick.field)) is not None:
            times = pick.read(_told(column), zone)
            if pick.assumed in native:
                times = _assumed(times, native[pick.assumed])
            made = times if made is None else made.otherwise(times)
            if not made.instants.null_count:
                break
    return made or Times(pa.nulls(rows, INSTANT), pa.nulls(rows, KNOWN))


def _assumed(times: Times, sign: Column) -> Times:
    """Return the same times, those of the analyst's zone as assumed where the sign stands."""
    told = pc.equal(times.known, pa.scalar(NUMBER[Basis.OPTION], KNOWN))
    assumed = pc.and_(told, pc.is_valid(sign))
    number = pa.scalar(NUMBER[Basis.ASSUMED], KNOWN)
    return Times(times.instants, pc.if_else(assumed, number, times.known))


def _told(column: Column) -> Column:
    """Return a column as text, of a list the first element, null where the log says "none"."""
    if pa.types.is_list(column.type):
        column = pa.array([item[0] if item else None for item in column.to_pylist()], pa.string())
    none = pc.is_in(column, NONE)
    return pc.if_else(none, None, column) if pc.any(none).as_py() else column
