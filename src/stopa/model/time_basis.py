"""How it is known in which zone an event's time was written.

Why: a time is only as good as its zone. What the record itself says is one thing, what the format's
specification says another, and what the analyst said with `--zone` a third.
"""

from __future__ import annotations

from enum import StrEnum


class Basis(StrEnum):
    """How the zone of a time is known."""

    STATED = "stated"
    FORMAT = "by the format"
    OPTION = "from --zone"
    ASSUMED = "assumed"
    NONE = "no time"


# What a time looks like that says its zone, or counts from a known instant.
ZONED = r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d)[)\]]?$|^\d{9,19}(?:\.\d+)?$"
# Fields that hold times, in the order in which they are asked.
FIELDS = (
    *("TimeCreated", "SystemTime", "TimeGenerated", "UtcTime", "ts", "eventTime", "eventtime"),
    *("time_generated", "published", "id.time", "activityDateTime", "createdDateTime"),
    *("properties.createdDateTime", "properties.activityDateTime", "CreationTime", "EventTime"),
    *("__REALTIME_TIMESTAMP", "@timestamp", "timestamp", "date-time", "DateTime", "created_at"),
    *("Timestamp", "Date and Time", "sTime", "Start time", "isotimestamp", "Date", "time"),
)
TAKEN = "time_basis"  # a field in which readers say what of a time they took from elsewhere
