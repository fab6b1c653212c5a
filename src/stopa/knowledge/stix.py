"""MITRE's own ATT&CK bundle: actors, software, campaigns, and the reports each use is cited to.

Spec: STIX 2.0 and 2.1 bundles of https://github.com/mitre-attack/attack-stix-data
Why: only the bundle says which report documents which use, and when that report came out; without
that, nothing can be tested against reports left out, and old habits weigh as much as new ones.
Trap: a bundle is a file from somewhere: too large, damaged or of another kind is an error that says
so, and objects that are revoked or deprecated are no knowledge.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from stopa.errors import KnowledgeError
from stopa.knowledge import shelf
from stopa.knowledge.cluster import plain_text
from stopa.knowledge.commodity import is_public
from stopa.knowledge.loading import IMPORTED
from stopa.knowledge.origin import country_of_text, sponsor_of_text
from stopa.knowledge.record import Record
from stopa.model.actor import (
    Actor,
    Alias,
    Campaign,
    Citation,
    Profile,
    Software,
    Stamp,
    Technique,
    Use,
)
from stopa.model.when import When

LIMIT = 512 * 1024 * 1024  # bytes unpacked; ATT&CK Enterprise 18.1 has 34 million
GZIP = b"\x1f\x8b"
MITRE = "MITRE ATT&CK"
HINT = "take enterprise-attack.json as MITRE publishes it"
CITED = re.compile(r"\(Citation: ([^)]*)\)")
# "Surname, A. (2021, February 28). Title." Dates stand in the first brackets with a year.
DATED = re.compile(r"\(((?:19|20)\d\d)(?:,? ([A-Z][a-z]+)(?: (\d{1,2}))?)?\)")
MONTHS = {
    month: number
    for number, month in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}


class _Reference(msgspec.Struct):
    source_name: str = ""
    external_id: str = ""
    description: str = ""
    url: str = ""


class _Phase(msgspec.Struct):
    kill_chain_name: str = ""
    phase_name: str = ""


class _Object(msgspec.Struct):
    type: str
    id: str
    name: str = ""
    description: str = ""
    aliases: list[str] = []
    x_mitre_aliases: list[str] = []
    external_references: list[_Reference] = []
    kill_chain_phases: list[_Phase] = []
    relationship_type: str = ""
    source_ref: str = ""
    target_ref: str = ""
    modified: str = ""
    first_seen: str = ""
    last_seen: str = ""
    revoked: bool = False
    x_mitre_deprecated: bool = False
    x_mitre_version: str = ""


class _Bundle(msgspec.Struct):
    objects: list[_Object]


@dataclass(frozen=True, slots=True)
class _Link:
    source: str
    target: str
    citations: tuple[str, ...]


def import_stix(bundle: Path, folder: Path) -> Stamp:
    """Read a bundle (.json or .json.gz) and keep it in `folder`, where `load` will find it.

    Raises KnowledgeError where the file cannot be read or is no ATT&CK bundle.
    """
    record = read_stix(bundle)
    try:
        shelf.save(folder / IMPORTED, record)
    except OSError as failed:
        raise KnowledgeError(
            f"{folder} cannot be written to: {failed.strerror}", hint="name a folder you own"
        ) from failed
    return record.stamp


def read_stix(bundle: Path) -> Record:
    """Return what a bundle (.json or .json.gz) says, and keep nothing. Raises KnowledgeError."""
    return read(_unpacked(bundle))


def read(body: bytes) -> Record:
    """Return what the bundle says, sorted. Raises KnowledgeError where it is no ATT&CK bundle."""
    try:
        objects = msgspec.json.decode(body, type=_Bundle).objects
    except (msgspec.DecodeError, UnicodeDecodeError) as damage:
        raise KnowledgeError(f"not a STIX bundle: {damage}", hint=HINT) from damage
    live = {o.id: o for o in objects if not (o.revoked or o.x_mitre_deprecated)}
    named = {id_: _attack_id(o) for id_, o in live.items() if _attack_id(o)}
    if not any(o.type == "intrusion-set" for o in live.values()):
        raise KnowledgeError("the bundle describes no actor", hint=HINT)
    links = tuple(_links(live.values(), named))
    return _record(live, named, links, _stamp(objects, body))


def _unpacked(bundle: Path) -> bytes:
    try:
        with bundle.open("rb") as file:
            packed = file.read(2) == GZIP
        with gzip.open(bundle) if packed else bundle.open("rb") as stream:
            body = stream.read(LIMIT + 1)
    except (OSError, EOFError, zlib.error) as damage:
        raise KnowledgeError(f"{bundle.name} cannot be read: {damage}", hint=HINT) from damage
    if len(body) > LIMIT:
        raise KnowledgeError(f"{bundle.name} is larger than {LIMIT} bytes", hint=HINT)
    return body


def _links(objects: Iterable[_Object], named: dict[str, str]) -> Iterable[_Link]:
    for one in objects:
        if one.relationship_type == "uses" and {one.source_ref, one.target_ref} <= named.keys():
            cited = {r.source_name for r in one.external_references if r.source_name}
            cited |= set(CITED.findall(one.description))
            yield _Link(named[one.source_ref], named[one.target_ref], tuple(sorted(cited)))


def _record(
    live: dict[str, _Object], named: dict[str, str], links: tuple[_Link, ...], stamp: Stamp
) -> Record:
    used: dict[str, dict[str, set[str]]] = {}
    for link in links:
        used.setdefault(link.source, {}).setdefault(link.target, set()).update(link.citations)
    of = {kind: [live[i] for i in named if live[i].type == kind] for kind in _KINDS}
    software = [_software(o, used) for kind in ("malware", "tool") for o in of[kind]]
    owners = {_attack_id(o) for kind in ("intrusion-set", "campaign") for o in of[kind]}
    attributed = _attributed(live.values(), named)
    return Record(
        stamp=stamp,
        actors=tuple(sorted((_actor(o, used) for o in of["intrusion-set"]), key=lambda a: a.id)),
        software=tuple(sorted(software, key=lambda s: s.id)),
        techniques=tuple(sorted(map(_technique, of["attack-pattern"]), key=lambda t: t.id)),
        profiles=tuple(
            Profile(owner, tuple(Use(i, tuple(sorted(c))) for i, c in sorted(used[owner].items())))
            for owner in sorted(owners & used.keys())
        ),
        campaigns=tuple(
            sorted((_campaign(o, attributed) for o in of["campaign"]), key=lambda c: c.id)
        ),
        citations=_citations(live.values(), {name for link in links for name in link.citations}),
    )


_KINDS = ("intrusion-set", "campaign", "malware", "tool", "attack-pattern")


def _actor(one: _Object, used: dict[str, dict[str, set[str]]]) -> Actor:
    attack_id, items = _attack_id(one), sorted(used.get(_attack_id(one), ()))
    country = country_of_text(one.description)
    return Actor(
        id=attack_id,
        name=one.name,
        source=MITRE,
        aliases=_aliases(one, one.aliases),
        country=country,
        sponsor=sponsor_of_text(one.description, country),
        techniques=tuple(i for i in items if i.startswith("T")),
        software=tuple(i for i in items if i.startswith("S")),
        description=plain_text(one.description),
        references=tuple(r.url for r in one.external_references if r.url),
        notes=(f"country: {MITRE}",) if country else (),
    )


def _software(one: _Object, used: dict[str, dict[str, set[str]]]) -> Software:
    return Software(
        id=_attack_id(one),
        name=one.name,
        source=MITRE,
        aliases=_aliases(one, one.x_mitre_aliases),
        techniques=tuple(sorted(used.get(_attack_id(one), ()))),
        public=one.type == "tool" or is_public((one.name, *one.x_mitre_aliases)),
    )


def _technique(one: _Object) -> Technique:
    phases = {p.phase_name for p in one.kill_chain_phases if p.phase_name}
    return Technique(_attack_id(one), one.name, tuple(sorted(phases)))


def _campaign(one: _Object, attributed: dict[str, set[str]]) -> Campaign:
    first, last = one.first_seen[:10], one.last_seen[:10]
    return Campaign(
        id=_attack_id(one),
        name=one.name,
        source=MITRE,
        aliases=_aliases(one, one.aliases),
        seen=When.stated(f"{first}/{last}"),
        actors=tuple(sorted(attributed.get(one.id, ()))),
        description=plain_text(one.description),
    )


def _attributed(objects: Iterable[_Object], named: dict[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in objects:
        if one.relationship_type == "attributed-to" and one.target_ref in named:
            found.setdefault(one.source_ref, set()).add(named[one.target_ref])
    return found


def _citations(objects: Iterable[_Object], cited: set[str]) -> tuple[Citation, ...]:
    found: dict[str, Citation] = {}
    for one in objects:
        for reference in one.external_references:
            name = reference.source_name
            if name in cited and (name not in found or found[name].date is None):
                found[name] = Citation(name, _date(reference.description), reference.url)
    return tuple(found.get(name, Citation(name)) for name in sorted(cited))


def _date(reference: str) -> When | None:
    found = DATED.search(reference)
    if found is None:
        return None
    year, month, day = found.groups()
    number = MONTHS.get((month or "")[:3])
    if number is None:
        return When(year)
    stated = f"{year}-{number:02}-{int(day):02}" if day else f"{year}-{number:02}"
    return When.stated(stated) or When(year)


def _aliases(one: _Object, spelt: list[str]) -> tuple[Alias, ...]:
    return tuple(Alias(name, MITRE) for name in sorted(set(spelt) - {one.name, ""}))


def _attack_id(one: _Object) -> str:
    return next(
        (r.external_id for r in one.external_references if r.source_name == "mitre-attack"), ""
    )


def _stamp(objects: list[_Object], body: bytes) -> Stamp:
    stated = next((o.x_mitre_version for o in objects if o.type == "x-mitre-collection"), "")
    latest = max((o.modified for o in objects), default="")[:10]
    return Stamp(MITRE, stated or f"as of {latest}", hashlib.sha256(body).hexdigest())
