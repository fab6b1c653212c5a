"""The knowledge, ready to be asked: by id, by name, by what an actor is said to have used.

Trap: names collide between vendors. A name gives every entry that carries it, each with its source;
nothing here picks one, and an alias of an alias is not followed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from stopa.knowledge import edition
from stopa.knowledge.record import Record
from stopa.knowledge.spelling import distinct, key
from stopa.model.actor import (
    Actor,
    Campaign,
    Citation,
    Profile,
    Software,
    Stamp,
    Technique,
)
from stopa.model.statement import MentionKind


@dataclass(frozen=True, slots=True)
class Name:
    """A name to look for in texts, and the knowledge ids it can mean.

    `distinct` is False for names that are also ordinary words ("Rover", "Net"): these need their
    exact spelling and a fitting word beside them.
    """

    text: str
    kind: MentionKind
    ids: tuple[str, ...]
    distinct: bool


@dataclass(frozen=True)
class Knowledge:
    """Everything known beforehand. All tuples are sorted by id, all look-ups are exact."""

    record: Record = field(repr=False)

    @property
    def stamp(self) -> Stamp:
        """Which source, which version, and the hash of what was read."""
        return self.record.stamp

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Every actor entry of every source."""
        return self.record.actors

    @property
    def software(self) -> tuple[Software, ...]:
        """Every entry for malware or a tool of every source."""
        return self.record.software

    @property
    def techniques(self) -> tuple[Technique, ...]:
        """ATT&CK Enterprise techniques that are neither revoked nor deprecated."""
        return self.record.techniques

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """Campaigns; only imported STIX has them."""
        return self.record.campaigns

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Reports that uses are cited to; only imported STIX has them."""
        return self.record.citations

    def actor(self, id_: str) -> Actor | None:
        """Return the actor of that knowledge id."""
        return self._actors.get(id_)

    def software_by_id(self, id_: str) -> Software | None:
        """Return the malware or tool of that knowledge id."""
        return self._software.get(id_)

    def technique(self, id_: str) -> Technique | None:
        """Return the technique of that ATT&CK id, of edition 17, 18 or 19; a parent at need."""
        found = edition.same_as(id_, self._techniques)
        return self._techniques[found] if found else None

    def profile(self, owner: str) -> Profile | None:
        """Return what an actor or campaign is said to have used."""
        return self._profiles.get(owner)

    def actors_named(self, name: str) -> tuple[Actor, ...]:
        """Return every actor that carries the name or the id, by id."""
        ids = self._by_name[MentionKind.ACTOR].get(key(name), ())
        return tuple(self._actors[i] for i in ids)

    def software_named(self, name: str) -> tuple[Software, ...]:
        """Return all malware and tools that carry the name or the id, by id."""
        ids = self._by_name[MentionKind.SOFTWARE].get(key(name), ())
        return tuple(self._software[i] for i in ids)

    def users(self, software: str) -> tuple[str, ...]:
        """Return the ids of the actors that are said to have used the software, by id."""
        return self._users.get(software, ())

    def names(self) -> tuple[Name, ...]:
        """Return every name of an actor or of software, for building matchers, by kind and text."""
        return self._names

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {a.id: a for a in self.actors}

    @cached_property
    def _software(self) -> dict[str, Software]:
        return {s.id: s for s in self.software}

    @cached_property
    def _techniques(self) -> dict[str, Technique]:
        return {t.id: t for t in self.techniques}

    @cached_property
    def _profiles(self) -> dict[str, Profile]:
        return {p.owner: p for p in self.record.profiles}

    @cached_property
    def _users(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for actor in self.actors:
            for item in actor.software:
                found.setdefault(item, []).append(actor.id)
        return {item: tuple(ids) for item, ids in found.items()}

    @cached_property
    def _names(self) -> tuple[Name, ...]:
        ids: dict[tuple[MentionKind, str], set[str]] = {}
        for kind, entries in self._entries().items():
            for entry in entries:
                for text in (entry.name, *(a.name for a in entry.aliases)):
                    ids.setdefault((kind, text), set()).add(entry.id)
        return tuple(
            Name(text, kind, tuple(sorted(found)), distinct(text))
            for (kind, text), found in sorted(ids.items())
        )

    @cached_property
    def _by_name(self) -> dict[MentionKind, dict[str, tuple[str, ...]]]:
        return {
            kind: _index((spelt, e.id) for e in entries for spelt in _spellings(e))
            for kind, entries in self._entries().items()
        }

    def _entries(self) -> dict[MentionKind, tuple[Actor | Software, ...]]:
        return {MentionKind.ACTOR: self.actors, MentionKind.SOFTWARE: self.software}


def _spellings(entry: Actor | Software) -> tuple[str, ...]:
    return (entry.id, entry.name, *(a.name for a in entry.aliases))


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for spelt, id_ in pairs:
        if key(spelt):
            found.setdefault(key(spelt), set()).add(id_)
    return {spelt: tuple(sorted(ids)) for spelt, ids in found.items()}
