"""What one edition of ATT&CK says that another does not: entries gained, lost, and changed.

Why: an assessment is only as current as its knowledge. Before an import, an analyst wants to know
which actors gained techniques or software, because their ranking will move.
Trap: an id that ATT&CK renumbered is one technique, not one lost and one gained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stopa.knowledge.edition import RENUMBERED
from stopa.knowledge.galaxies import MITRE
from stopa.knowledge.record import Record
from stopa.model.actor import Actor, Campaign, Software, Stamp, Technique

Entry = Actor | Software | Technique | Campaign
KINDS = ("actors", "software", "techniques", "campaigns")


@dataclass(frozen=True, slots=True)
class Named:
    """An entry that only one of the editions has."""

    kind: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry gained and lost in one field (`techniques`, `software`, `names`, ...)."""

    kind: str
    id: str
    name: str
    field: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """From the older edition to the newer one, each tuple sorted by kind, id and field."""

    older: Stamp
    newer: Stamp
    gained: tuple[Named, ...]
    lost: tuple[Named, ...]
    renumbered: tuple[tuple[str, str], ...]
    changed: tuple[Change, ...]


def difference(older: Record, newer: Record) -> Difference:
    """Compare ATT&CK's own entries of two records; what other sources say is left out."""
    gained: list[Named] = []
    lost: list[Named] = []
    changed: list[Change] = []
    moved = _renumbered(older, newer)
    for kind in KINDS:
        before, after = _entries(older, kind), _entries(newer, kind)
        if kind == "techniques":
            before = {moved.get(id_, id_): entry for id_, entry in before.items()}
        gained += [Named(kind, id_, after[id_].name) for id_ in sorted(after.keys() - before)]
        lost += [Named(kind, id_, before[id_].name) for id_ in sorted(before.keys() - after)]
        for id_ in sorted(before.keys() & after):
            changed += _changes(kind, before[id_], after[id_], moved)
    return Difference(
        older.stamp,
        newer.stamp,
        tuple(gained),
        tuple(lost),
        tuple(sorted(moved.items())),
        tuple(changed),
    )


def _renumbered(older: Record, newer: Record) -> dict[str, str]:
    """Return the ids that the newer edition has under another number."""
    before = {technique.id for technique in older.techniques}
    after = {technique.id for technique in newer.techniques}
    return {
        old: new
        for old, new in RENUMBERED.items()
        if old in before - after and new in after - before
    }


def _entries(record: Record, kind: str) -> dict[str, Entry]:
    found: Iterable[Entry] = getattr(record, kind)
    return {entry.id: entry for entry in found if getattr(entry, "source", MITRE) == MITRE}


def _changes(kind: str, before: Entry, after: Entry, moved: Mapping[str, str]) -> Iterable[Change]:
    told, now = _fields(before, moved), _fields(after, moved)
    for field in told:
        gained, lost = sorted(now[field] - told[field]), sorted(told[field] - now[field])
        if gained or lost:
            yield Change(kind, after.id, after.name, field, tuple(gained), tuple(lost))


def _fields(entry: Entry, moved: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return what is compared of an entry; the country and victims are not ATT&CK's."""
    names = frozenset({entry.name})
    if isinstance(entry, Technique):
        return {"names": names, "tactics": frozenset(entry.tactics)}
    fields = {"names": names | {alias.name for alias in entry.aliases}}
    if isinstance(entry, Campaign):
        return {**fields, "actors": frozenset(entry.actors)}
    fields["techniques"] = frozenset(moved.get(id_, id_) for id_ in entry.techniques)
    if isinstance(entry, Actor):
        fields["software"] = frozenset(entry.software)
    return fields
