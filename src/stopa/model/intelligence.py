"""Indicators as a list publishes them: events of a log source of their own, each with its place.

Why: a list may hold ten million. They are evidence like any other, so they are rows of batches:
kept as segments, cited by line and byte, counted by the coverage. What a text says in passing stays
an `Indicator` of its reading.
"""

from __future__ import annotations

from stopa.model.event import LogSource

LISTED = "indicator"  # the category of the log source of all such rows
KIND = "indicator.kind"  # the value of an `IndicatorKind`
VALUE = "indicator.value"  # as machines write it; of networks an address, `/`, bits of the prefix
LABEL = "indicator.label"  # what the list says of it, if anything
LEVEL = "indicator.level"  # how grave a match is, as Sigma names levels; null where nobody says
FIRST = "indicator.first_seen"  # as the list writes it
LAST = "indicator.last_seen"
LEVELS = ("informational", "low", "medium", "high", "critical")
DEFAULT_LEVEL = "medium"


def listed_by(service: str) -> LogSource:
    """Return the log source of indicators in that format."""
    return LogSource(category=LISTED, service=service)
