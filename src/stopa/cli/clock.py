"""The clock at the rim: the only place that asks what time it is, and only where nobody said."""

from __future__ import annotations

from datetime import UTC, datetime


def seconds() -> int:
    """Return the POSIX time now."""
    return int(datetime.now(UTC).timestamp())  # noqa: TID251 - a cosignature says when


def today() -> str:
    """Return the date of today, UTC, as ISO writes it."""
    return datetime.now(UTC).date().isoformat()  # noqa: TID251 - a receipt says when


def now() -> str:
    """Return the time now, UTC, to the second, as ISO writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")  # noqa: TID251 - a judgement is dated
