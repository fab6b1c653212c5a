"""What is odd about a log as a log: it was cleared, has gaps, lacks records, or its time goes back.

Why: whoever was in may have been in the logs too. None of this is lost by reading: no byte is
missing. It is what the log itself shows, and an analyst has to explain it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stopa.model.evidence import Where


class Oddity(StrEnum):
    """What can be odd about a log."""

    CLEARED = "cleared"
    STOPPED = "stopped"
    GAP = "gap"
    MISSING = "records missing"
    SELECTION = "a selection"
    REVERSAL = "time goes back"


@dataclass(frozen=True, slots=True)
class Irregularity:
    """One oddity of one log: what in words, where, and the times on both sides of it, UTC.

    `source` is the log source, with channel and host where the log has them.
    """

    kind: Oddity
    what: str
    where: Where
    source: str
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unmet:
    """Native fields that rules ask of events of a log source and that none of them has."""

    source: str
    events: int
    fields: tuple[str, ...]
