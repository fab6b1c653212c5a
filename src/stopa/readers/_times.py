"""Times as logs write them, turned into UTC microseconds a whole column at a time.

Spec: https://www.rfc-editor.org/rfc/rfc3339
Why: who reads a time knows how its zone is known, so each reading says both.
Trap: a time without a zone is no time unless the format's own specification says which zone it is
in (`utc`) or the analyst does (`source.zone`): it is null otherwise, and its text stays a field.
Trap: in autumn an hour comes twice. It is read as the first; what the order of the file tells of it
is known only there (`_timekeeping`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stopa.model.time_basis import NUMBER, Basis
from stopa.readers._flatten import Column

INSTANT = pa.timestamp("us", tz="UTC")
NAIVE = pa.timestamp("us")
KNOWN = pa.int8()
MICROSECOND = timedelta(microseconds=1)
MINUTE = 60 * 1_000_000  # microseconds
MILLION = Decimal(1_000_000)
PLAIN_SECONDS = r"^\d{1,12}(?:\.\d{1,6})?$"
NAMED = re.compile(r" ?(?:UTC|GMT)$")
FIRST = (datetime.min - datetime(1970, 1, 1)) // MICROSECOND  # noqa: DTZ001, DTZ901
LAST = (datetime.max - datetime(1970, 1, 1)) // MICROSECOND  # noqa: DTZ001, DTZ901


@dataclass(frozen=True, slots=True)
class Times:
    """A column of times: the instants, and for each the number of its `Basis`.

    Where a text was no time the instant is null, and the number says why; both are null where there
    was no text.
    """

    instants: Column
    known: Column

    def take(self, places: Column) -> Times:
        """Return the times at these places, in this order."""
        return Times(self.instants.take(places), self.known.take(places))

    def otherwise(self, other: Times) -> Times:
        """Return these times, and the other's where there are none."""
        known = pc.if_else(
            pc.is_valid(other.instants), other.known, pc.max_element_wise(self.known, other.known)
        )
        return Times(
            pc.coalesce(self.instants, other.instants),
            pc.if_else(pc.is_valid(self.instants), self.known, known),
        )


Read = Callable[[Column, tzinfo | None], Times]


def stated(texts: Column, zone: tzinfo | None) -> Times:
    """Read ISO 8601 times; the zone is in the text, or is the one the analyst gave."""
    try:
        if _says_zone(texts.drop_null()[:1]):
            return known_by(Basis.STATED, _bounded(pc.cast(texts, INSTANT)))
        return _by_clock(_bounded(pc.cast(texts, NAIVE)), zone)
    except pa.ArrowInvalid:
        return by_value(texts, _iso, zone)


def utc(texts: Column, zone: tzinfo | None) -> Times:
    """Read ISO 8601 times that are UTC by their format's specification where they say no zone."""
    try:
        if _says_zone(texts.drop_null()[:1]):
            return known_by(Basis.STATED, _bounded(pc.cast(texts, INSTANT)))
        return known_by(Basis.FORMAT, _bounded(pc.cast(texts, NAIVE).cast(INSTANT)))
    except pa.ArrowInvalid:
        return by_value(texts, _iso, UTC, Basis.FORMAT)


def epoch(texts: Column, zone: tzinfo | None) -> Times:
    """Read seconds since 1970-01-01 UTC, with or without a fraction."""
    try:
        if pc.all(pc.match_substring_regex(texts, PLAIN_SECONDS)).as_py():
            seconds: Any = pc.cast(texts, pa.decimal128(18, 6))
            micros = pc.multiply(seconds, MILLION).cast(pa.int64())
            return known_by(Basis.STATED, _bounded(micros.cast(INSTANT)))
    except pa.ArrowInvalid:
        pass
    return by_value(texts, _seconds, zone)


def epoch_millis(texts: Column, zone: tzinfo | None) -> Times:
    """Read milliseconds since 1970-01-01 UTC."""
    return by_value(texts, lambda text: _seconds(text, per_second=1000), zone)


def by_value(
    texts: Column,
    read: Callable[[str], datetime | None],
    zone: tzinfo | None,
    unsaid: Basis = Basis.OPTION,
) -> Times:
    """Read each distinct text once.

    `read` returns a time with its zone, or one without for which `zone` counts, as `unsaid` tells;
    None is no time.
    """
    coded = texts.dictionary_encode()
    told = [read(str(text)) for text in coded.dictionary.to_pylist()]
    aware = pa.array([_utc(time) if time and time.tzinfo else None for time in told], INSTANT)
    bare = pa.array([None if time and time.tzinfo else time for time in told], NAIVE)
    found = known_by(Basis.STATED, aware).otherwise(_by_clock(bare, zone, unsaid))
    return understood(found).take(coded.indices)


def known_by(basis: Basis, instants: Column) -> Times:
    """Return times whose zones are all known in one way."""
    number = pa.scalar(NUMBER[basis], KNOWN)
    if not instants.null_count:
        return Times(instants, pa.repeat(number, len(instants)))
    none = pa.scalar(None, KNOWN)
    return Times(instants, pc.if_else(pc.is_valid(instants), number, none))


def understood(times: Times) -> Times:
    """Return the times of texts that are all there: those without a time were not understood."""
    unread: Any = pa.scalar(NUMBER[Basis.UNREAD], KNOWN)
    return Times(times.instants, pc.coalesce(times.known, unread))


def _says_zone(texts: Column) -> bool:
    try:
        pc.cast(texts, INSTANT)
    except pa.ArrowInvalid:
        return False
    return True


def _by_clock(naive: Column, zone: tzinfo | None, unsaid: Basis = Basis.OPTION) -> Times:
    """Return the instants of times by the clocks of a zone, if there is one."""
    if zone is None:
        unzoned = known_by(Basis.UNZONED, naive)
        return Times(pa.nulls(len(naive), INSTANT), unzoned.known)
    told = naive.cast(pa.int64())
    shown = told.fill_null(0).to_numpy()
    minutes, places = np.unique(shown // MINUTE, return_inverse=True)
    told_of = [_offset(minute, zone, unsaid) for minute in minutes.tolist()]
    ahead, known = np.array(told_of, np.int64).reshape(-1, 2)[places].T
    micros = shown - ahead
    fits = (micros >= FIRST) & (micros <= LAST)
    known = np.where(fits, known, NUMBER[Basis.UNREAD]).astype(np.int8)
    missing = naive.is_null().to_numpy(zero_copy_only=False)
    instants = pa.array(micros, mask=missing | ~fits).cast(INSTANT)
    return Times(instants, pa.array(known, mask=missing))


def _offset(minute: int, zone: tzinfo, unsaid: Basis) -> tuple[int, int]:
    """Return by how many microseconds clocks that show this minute are ahead, and how known."""
    clock = datetime.fromtimestamp(minute * 60, UTC).replace(tzinfo=zone)
    first = clock.utcoffset() or timedelta()
    second = clock.replace(fold=1).utcoffset() or timedelta()
    if first != second:
        unsaid = Basis.TWICE if first > second else Basis.SKIPPED
    return first // MICROSECOND, NUMBER[unsaid]


def _bounded(times: Column) -> Column:
    """Return the times; raise `ArrowInvalid` where a year is one that no calendar here can hold."""
    span = pc.min_max(times.cast(pa.int64()))
    low, high = (span[end].as_py() for end in ("min", "max"))
    if low is not None and not FIRST <= low <= high <= LAST:
        raise pa.ArrowInvalid("year out of range")
    return times


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(NAMED.sub("+00:00", text.strip()))
    except ValueError:
        return None


def _seconds(text: str, *, per_second: int = 1) -> datetime | None:
    whole, _, fraction = text.strip().partition(".")
    try:
        micros = int(whole) * 1_000_000 // per_second
        if fraction:
            sign = -1 if whole.startswith("-") else 1
            micros += sign * int(f"{fraction:0<6.6}") // per_second
        return datetime.fromtimestamp(micros // 1_000_000, UTC).replace(
            microsecond=micros % 1_000_000
        )
    except (ValueError, OverflowError, OSError):
        return None


def _utc(time: datetime) -> datetime | None:
    """Return the time in UTC; None where that lies outside the years 1 to 9999."""
    try:
        return time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
