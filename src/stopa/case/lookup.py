"""Look things up in the knowledge base."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stopa import knowledge
from stopa.case.cache import cache_folder
from stopa.errors import KnowledgeError
from stopa.model.actor import Actor, Software, Stamp, Technique


@dataclass(frozen=True, slots=True)
class Shown:
    """Every entry that a name can mean, the names of who uses each software, and whose word."""

    entries: tuple[Actor | Software | Technique, ...]
    users: dict[str, tuple[str, ...]]
    knowledge: Stamp


def show(name: str) -> Shown:
    """Return every entry the name can mean; raise KnowledgeError when there is none."""
    known = knowledge.load(cache_folder())
    technique = known.technique(name.upper())
    software = known.software_named(name)
    entries: tuple[Actor | Software | Technique, ...] = (
        *known.actors_named(name),
        *software,
        *((technique,) if technique else ()),
    )
    if not entries:
        raise KnowledgeError(
            f"nothing is known by the name {name!r}",
            hint="list what is known: stopa knowledge list",
        )
    return Shown(entries, {s.id: _users(s.id, known) for s in software}, known.stamp)


def _users(software: str, known: knowledge.Knowledge) -> tuple[str, ...]:
    found = (known.actor(user) for user in known.users(software))
    return tuple(sorted(f"{actor.name} ({actor.id})" for actor in found if actor))


def actors() -> tuple[Actor, ...]:
    """Return all actors by name."""
    return tuple(sorted(knowledge.load(cache_folder()).actors, key=lambda a: (a.name, a.id)))


def take(bundle: Path) -> Stamp:
    """Import a STIX bundle into the knowledge folder; return its stamp."""
    return knowledge.import_stix(bundle, cache_folder())


def difference(bundle: Path, other: Path | None) -> knowledge.Difference:
    """Compare the knowledge in use with a bundle; given two bundles, the first with the second."""
    first = knowledge.read_stix(bundle)
    if other is None:
        return knowledge.difference(knowledge.load(cache_folder()).record, first)
    return knowledge.difference(first, knowledge.read_stix(other))
