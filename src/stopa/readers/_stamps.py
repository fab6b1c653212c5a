"""Times in the spellings of log formats, read a column at a time: each distinct text once.

Spec: https://www.rfc-editor.org/rfc/rfc3339
Trap: a spelling that states no zone is a time only if the analyst gives one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stopa.model.time_basis import Basis
from stopa.readers._flatten import Column
from stopa.readers._times import INSTANT, Read, Times, by_value, known_by, stated, understood

UNITS = (1, 10**3, 10**6, 10**9)  # of a second
LONGEST = (10**10, 10**13, 10**16)  # counts of these units up to the year 2286
MILLION = 10**6


def written(spelled: Callable[[str], str | None]) -> Read:
    """Return what reads times of a spelling; `spelled` returns one as ISO 8601, None if none."""

    def read(texts: Column, zone: tzinfo | None) -> Times:
        coded = texts.dictionary_encode()
        told = [spelled(str(text)) or None for text in coded.dictionary.to_pylist()]
        return understood(stated(pa.array(told, pa.string()), zone)).take(coded.indices)

    return read


def by_digits(texts: Column, zone: tzinfo | None) -> Times:
    """Read counts since 1970 UTC: of seconds, or of a power of a thousand of them."""
    try:
        numbers = pc.cast(texts, pa.int64()).fill_null(0).to_numpy()
    except pa.ArrowInvalid:
        return by_value(texts, _instant_of_digits, zone)
    if (numbers < 0).any():
        return by_value(texts, _instant_of_digits, zone)
    units = np.array(UNITS)[np.searchsorted(LONGEST, numbers, "right")]
    micros = numbers // units * MILLION + numbers % units * MILLION // units
    missing = texts.is_null().to_numpy(zero_copy_only=False)
    return known_by(Basis.STATED, pa.array(micros, mask=missing).cast(INSTANT))


def _instant_of_digits(text: str) -> datetime | None:
    try:
        number = int(text)
    except ValueError:
        return None
    unit = UNITS[bisect_right(LONGEST, number)]
    try:
        return datetime.fromtimestamp(number // unit, UTC).replace(
            microsecond=number % unit * MILLION // unit
        )
    except (ValueError, OverflowError, OSError):
        return None
