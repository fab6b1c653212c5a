"""Times as logs write them, turned into UTC microseconds a whole column at a time.

Spec: https://www.rfc-editor.org/rfc/rfc3339
Trap: a time without a zone is no time unless the format's own specification says which zone it is
in (`utc`) or the analyst does (`source.zone`): it is null otherwise, and its text stays a field.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stopa.readers._flatten import Column

INSTANT = pa.timestamp("us", tz="UTC")
NAIVE = pa.timestamp("us")
MICROSECOND = timedelta(microseconds=1)
MINUTE = 60 * 1_000_000  # microseconds
MILLION = Decimal(1_000_000)
PLAIN_SECONDS = r"^\d{1,12}(?:\.\d{1,6})?$"
FIRST = (datetime.min - datetime(1970, 1, 1)) // MICROSECOND  # noqa: DTZ001, DTZ901
LAST = (datetime.max - datetime(1970, 1, 1)) // MICROSECOND  # noqa: DTZ001, DTZ901


def stated(texts: Column, zone: tzinfo | None) -> Column:
    """Read ISO 8601 times; the zone is in the text, or is the one the analyst gave."""
    try:
        if _says_zone(texts.drop_null()[:1]):
            return _bounded(pc.cast(texts, INSTANT))
        naive = _bounded(pc.cast(texts, NAIVE))
        return pa.nulls(len(texts), INSTANT) if zone is None else _in_zone(naive, zone)
    except pa.ArrowInvalid:
        return by_value(texts, lambda text: _instant(text, zone))


def _says_zone(texts: Column) -> bool:
    try:
        pc.cast(texts, INSTANT)
    except pa.ArrowInvalid:
        return False
    return True


def _in_zone(naive: Column, zone: tzinfo) -> Column:
    """Return the instants of times by the clocks of a zone: what they show, minute by minute."""
    told = naive.cast(pa.int64())
    shown = told.fill_null(0).to_numpy()
    minutes, places = np.unique(shown // MINUTE, return_inverse=True)
    clocks = (datetime.fromtimestamp(minute * 60, UTC) for minute in minutes.tolist())
    ahead = [clock.replace(tzinfo=zone).utcoffset() or timedelta() for clock in clocks]
    micros = shown - np.array([by // MICROSECOND for by in ahead], np.int64)[places]
    missing = naive.is_null().to_numpy(zero_copy_only=False)
    return _bounded(pa.array(micros, mask=missing).cast(INSTANT))


def utc(texts: Column, zone: tzinfo | None) -> Column:
    """Read ISO 8601 times that are UTC by their format's specification where they say no zone."""
    try:
        return _bounded(pc.cast(texts, NAIVE).cast(INSTANT))
    except pa.ArrowInvalid:
        return by_value(texts, lambda text: _instant(text, UTC))


def epoch(texts: Column, zone: tzinfo | None) -> Column:
    """Read seconds since 1970-01-01 UTC, with or without a fraction."""
    try:
        if pc.all(pc.match_substring_regex(texts, PLAIN_SECONDS)).as_py():
            seconds: Any = pc.cast(texts, pa.decimal128(18, 6))
            return _bounded(pc.multiply(seconds, MILLION).cast(pa.int64()).cast(INSTANT))
    except pa.ArrowInvalid:
        pass
    return by_value(texts, _seconds)


def epoch_millis(texts: Column, zone: tzinfo | None) -> Column:
    """Read milliseconds since 1970-01-01 UTC."""
    return by_value(texts, lambda text: _seconds(text, per_second=1000))


def by_value(texts: Column, read: Callable[[str], datetime | None]) -> Column:
    """Read each distinct text once; what `read` returns None for becomes null."""
    coded = texts.dictionary_encode()
    values = [_utc(read(str(text))) for text in coded.dictionary.to_pylist()]
    return pa.array(values, INSTANT).take(coded.indices)


def _bounded(times: Column) -> Column:
    """Return the times; raise `ArrowInvalid` where a year is one that no calendar here can hold."""
    span = pc.min_max(times.cast(pa.int64()))
    low, high = (span[end].as_py() for end in ("min", "max"))
    if low is not None and not FIRST <= low <= high <= LAST:
        raise pa.ArrowInvalid("year out of range")
    return times


def _instant(text: str, zone: tzinfo | None) -> datetime | None:
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=zone) if zone else None


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


def _utc(time: datetime | None) -> datetime | None:
    """Return the time in UTC; None where that lies outside the years 1 to 9999."""
    try:
        return time.astimezone(UTC) if time else None
    except (ValueError, OverflowError):
        return None
