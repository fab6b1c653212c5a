"""Knowledge, from the cache or made anew: the package's, or a folder that was imported into.

Why: `stopa knowledge import` lets a user put MITRE's own bundle, with its citations and campaigns,
in the place of ATT&CK as the package has it; the other sources stay.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import replace
from pathlib import Path

from stopa.errors import KnowledgeError
from stopa.knowledge import galaxies, shelf
from stopa.knowledge.knowledge import Knowledge
from stopa.knowledge.record import Record
from stopa.model.actor import Actor, Stamp

IMPORTED = "attack.knowledge"  # the file that an import writes


def load(folder: Path | None = None) -> Knowledge:
    """Return the knowledge; where the folder holds imported ATT&CK, that is used.

    `folder` is where the compact copy is kept and imports go, by default the user's cache folder.
    Raises KnowledgeError where the package is missing or the import is damaged.
    """
    at = folder or shelf.default_folder()
    packaged = _packaged(at)
    return Knowledge(_joined(packaged, _imported(at)) if (at / IMPORTED).exists() else packaged)


def _packaged(folder: Path) -> Record:
    file = folder / f"{galaxies.PACKAGE}-{galaxies.version()}.knowledge"
    kept = shelf.load(file)
    if kept is not None:
        return kept
    made = galaxies.read()
    with contextlib.suppress(OSError):
        shelf.save(file, made)
    return made


def _imported(folder: Path) -> Record:
    record = shelf.load(folder / IMPORTED)
    if record is None:
        raise KnowledgeError(
            f"the knowledge imported into {folder} is damaged or of an older form",
            hint="import it again: stopa knowledge import enterprise-attack.json",
        )
    return record


def _joined(packaged: Record, imported: Record) -> Record:
    known = {a.id: a for a in packaged.actors}
    others = [a for a in packaged.actors if a.source != galaxies.MITRE]
    theirs = [s for s in packaged.software if s.source != galaxies.MITRE]
    kept = {a.id for a in others}
    actors = (*(_with_origin(a, known.get(a.id)) for a in imported.actors), *others)
    return Record(
        stamp=_stamp(packaged.stamp, imported.stamp),
        actors=tuple(sorted(actors, key=lambda a: a.id)),
        software=tuple(sorted((*imported.software, *theirs), key=lambda s: s.id)),
        techniques=imported.techniques,
        profiles=tuple(
            sorted(
                (*imported.profiles, *(p for p in packaged.profiles if p.owner in kept)),
                key=lambda p: p.owner,
            )
        ),
        campaigns=imported.campaigns,
        citations=imported.citations,
    )


def _with_origin(actor: Actor, packaged: Actor | None) -> Actor:
    """ATT&CK's bundle has no field for a country or victims: the packaged entry's are kept."""
    if packaged is None:
        return actor
    return replace(
        actor,
        country=packaged.country or actor.country,
        sponsor=packaged.sponsor or actor.sponsor,
        victims=packaged.victims,
        sectors=packaged.sectors,
        notes=packaged.notes,
    )


def _stamp(packaged: Stamp, imported: Stamp) -> Stamp:
    both = hashlib.sha256(f"{packaged.sha256}\n{imported.sha256}".encode()).hexdigest()
    return Stamp(
        f"{imported.name} with {packaged.name}", f"{imported.version}; {packaged.version}", both
    )
