"""A Sigma rule as a card, and a finding: the rule matched, where, on which fields.

Spec: https://github.com/SigmaHQ/sigma-specification (2.1.0)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from stopa.model.evidence import Where
from stopa.model.record import name
from stopa.model.time_basis import Basis


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


class Join(StrEnum):
    """What a part of a condition is: a test, or how the parts beneath it are joined."""

    TEST = "test"
    ALL = "all of"
    ANY = "any of"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a condition, as deep as `depth` says under the nearest part above that is less.

    `what` is what a test asks of `field` (`*`: of any field), else the search identifier or
    selection that the rule's author wrote there, if any.
    """

    depth: int
    join: Join
    what: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule's condition as it reads in one log source: its parts, each before those beneath it.

    `source` says which events it looks at.
    """

    id: str
    rule: str
    source: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Ticks:
    """Which parts of a condition (by id) hold: pairs of a part's place and of its value's.

    Values are counted from 1: first the finding's `matched`, then `others`; 0 is no value.
    """

    condition: str
    held: tuple[tuple[int, int], ...]
    others: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """When an event was that a correlation counts, UTC, and the titles of the rules it matched."""

    time: datetime | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """One field that made the rule match: the value found, and the predicate it satisfied."""

    field: str
    value: str
    predicate: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that matched an event, or (a correlation) several. `rule` is the card's id.

    `time` is UTC, `basis` how its zone is known; None when the event has none. `members` cites the
    events of a correlation, and `counted` tells of each of them, in the same order; of these no
    `basis` is told. `ticks` is None where no condition is kept.
    """

    id: str
    rule: str
    where: Where
    time: datetime | None
    host: str | None
    user: str | None
    matched: tuple[Match, ...]
    members: tuple[Where, ...] = ()
    counted: tuple[Counted, ...] = ()
    ticks: Ticks | None = None
    basis: Basis | None = None

    def at(self, where: Where) -> Finding:
        """Return the same finding, of one event, in another place."""
        return replace(self, id=finding_id(self.rule, where), where=where)


def finding_id(rule: str, where: Where) -> str:
    """Return the id of what a rule found in one event."""
    return name("F", rule, where)
