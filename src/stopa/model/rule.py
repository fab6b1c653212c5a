"""A Sigma rule as a card, and a finding: the rule matched, where, on which fields.

Spec: https://github.com/SigmaHQ/sigma-specification (2.1.0)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stopa.model.evidence import Where


@dataclass(frozen=True, slots=True)
class RuleCard:
    """What a reader must know of a rule: whose it is, what it means, under which licence."""

    id: str
    title: str
    level: str
    status: str
    author: str
    license: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    falsepositives: tuple[str, ...] = ()
    file: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule that the engine does not evaluate, and why."""

    id: str | None
    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """One field that made the rule match: the value found, and the predicate it satisfied."""

    field: str
    value: str
    predicate: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that matched an event, or (a correlation) several. `rule` is the card's id.

    `time` is UTC; None when the event has none. `members` cites the events of a correlation.
    """

    id: str
    rule: str
    where: Where
    time: datetime | None
    host: str | None
    user: str | None
    matched: tuple[Match, ...]
    members: tuple[Where, ...] = ()
