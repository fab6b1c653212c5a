"""Times in the spellings of log formats, read a column at a time: each distinct text once.

Spec: https://www.rfc-editor.org/rfc/rfc3339
Trap: a spelling that states no zone is a time only if the analyst gives one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from stopa.readers._flatten import Column
from stopa.readers._times import by_value

LATEST_SECOND = 10**10  # seconds up to the year 2286; a greater number counts smaller units
SMALLEST = 10**9  # of a second

Read = Callable[[Column, tzinfo | None], Column]


def written(spelled: Callable[[str], str | None]) -> Read:
    """Return what reads times of a spelling; `spelled` returns one as ISO 8601, None if none."""

    def read(texts: Column, zone: tzinfo | None) -> Column:
        return by_value(texts, lambda text: _instant(spelled(text), zone))

    return read


def _instant(text: str | None, zone: tzinfo | None) -> datetime | None:
    try:
        time = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    if time is None or time.tzinfo:
        return time
    return time.replace(tzinfo=zone) if zone else None


def instant_of_digits(text: str) -> datetime | None:
    """Return the instant that a count since 1970 is: seconds, or a power of a thousand of it."""
    try:
        number, unit = int(text), 1
    except ValueError:
        return None
    while number >= LATEST_SECOND * unit and unit < SMALLEST:
        unit *= 1000
    try:
        return datetime.fromtimestamp(number // unit, UTC).replace(
            microsecond=number % unit * 1_000_000 // unit
        )
    except (ValueError, OverflowError, OSError):
        return None


def by_digits(texts: Column, zone: tzinfo | None) -> Column:
    """Read counts since 1970 UTC."""
    return by_value(texts, instant_of_digits)
