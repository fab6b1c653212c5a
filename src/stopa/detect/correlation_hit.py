"""The hit of one rule on one event, as far as correlations need to know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stopa.model.evidence import Where

Place = tuple[str, int, int, int, str]


@dataclass(frozen=True, slots=True)
class BaseHit:
    """An event that a rule matched. `rule` is the rule's id.

    `values` holds the fields that correlations ask for (see `wanted_fields`), under the names
    they use; None or a missing key means "not in this event". `time` is None where the event
    states none: such a hit takes part in no correlation.
    """

    rule: str
    time: datetime | None
    where: Where
    values: Mapping[str, str | None]
    host: str | None = None
    user: str | None = None


def place(where: Where) -> Place:
    """Return a sortable form of the citation: equal for the same event, whatever matched it."""
    return (
        where.evidence,
        -1 if where.record is None else where.record,
        -1 if where.line is None else where.line,
        -1 if where.offset is None else where.offset,
        where.part or "",
    )
