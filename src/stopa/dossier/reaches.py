"""How far each rule came, for reading: counts that add up, then rules by name under each reason.

Why: thousands of names would bury the page. They are folded by reason and log source, where the
filter finds them.
"""

from __future__ import annotations

from dataclasses import dataclass

from stopa.model.applied import Applied, Reach
from stopa.model.dossier import Dossier

MOST = 6_000  # rules printed by name
RULE_BYTES = 150  # what one of them takes in the page, about
TOLD = {
    Reach.EVENT: "found no event of the kind that they look at",
    Reach.FIELD: "need fields that no event of their kind has",
    Reach.LOOKED: "looked and matched nothing",
    Reach.MATCHED: "matched",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Rules of one log source that came equally far; `shown` of them are printed by name."""

    source: str
    fields: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]
    shown: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """All rules that came so far. Those that could see nothing are listed first."""

    told: str
    rules: int
    groups: tuple[Group, ...]


def reaches(dossier: Dossier) -> tuple[Reached, ...]:
    """Return the rules by how far they came; empty where it was not recorded."""
    room = MOST
    made = []
    for reach, told in TOLD.items() if dossier.applied else ():
        groups = []
        for one in dossier.applied:
            if one.reach is reach:
                groups.append(_group(one, room))
                room -= len(groups[-1].shown)
        made.append(Reached(told, sum(len(group.rules) for group in groups), tuple(groups)))
    return tuple(made)


def printed(dossier: Dossier) -> int:
    """Return about how many bytes of the page the names take."""
    return RULE_BYTES * min(MOST, sum(len(one.rules) for one in dossier.applied))


def unsorted(dossier: Dossier) -> int:
    """Return how many of the rules that were loaded are in no group; 0 is the promise."""
    return dossier.rules_loaded - sum(len(one.rules) for one in dossier.applied)


def _group(one: Applied, room: int) -> Group:
    return Group(one.source, one.fields, one.rules, one.rules[: max(room, 0)])
