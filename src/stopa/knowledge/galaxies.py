"""Actors, software and techniques out of the MISP galaxies that the package pymispgalaxies ships.

Spec: https://github.com/MISP/misp-galaxy (clusters; MITRE's, Tidal's, MISP's own, Microsoft's)
Why: it is the one source of this knowledge that installs with pip and works off the net.
Trap: clusters of different houses that share a name stay different actors here. Only an explicit
equal ATT&CK id lets one house's entry lend a country or victims to another's, and a note says so.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec

from stopa.errors import KnowledgeError
from stopa.knowledge.cluster import Cluster, Galaxy, plain_text, values
from stopa.knowledge.commodity import is_public
from stopa.knowledge.gazetteer import places
from stopa.knowledge.origin import country_of_text, sponsor_of_text
from stopa.knowledge.record import Record
from stopa.knowledge.spelling import key
from stopa.model.actor import Actor, Alias, Profile, Software, Stamp, Technique, Use

PACKAGE = "pymispgalaxies"
MITRE, MISP, TIDAL, MICROSOFT = "MITRE ATT&CK", "MISP", "Tidal Cyber", "Microsoft"
MALPEDIA = "Malpedia"
# Clusters read, in the order in which candidates are listed.
GROUPS = ("mitre-intrusion-set", "threat-actor", "tidal-groups", "microsoft-activity-group")
MALWARE = ("mitre-malware", "mitre-tool", "tidal-software", "malpedia", "tool", "rat", "backdoor")
PATTERNS = "mitre-attack-pattern"
COUNTRIES = "country"
FILES = (*GROUPS, *MALWARE, PATTERNS, COUNTRIES)
ENTERPRISE = "attack-"
REFERENCES = 25  # per actor: enough to start reading from, small enough to load in a moment


def version() -> str:
    """Return the version of the installed package."""
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError as gone:
        raise KnowledgeError(f"{PACKAGE} is not installed", hint=f"pip install {PACKAGE}") from gone


def read() -> Record:
    """Read the clusters and return all they hold that stopa uses, sorted."""
    folder = _folder()
    bodies = {name: (folder / f"{name}.json").read_bytes() for name in FILES}
    galaxy = {name: msgspec.json.decode(body, type=Galaxy) for name, body in bodies.items()}
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(hashlib.sha256(bodies[name]).digest())
    stamp = Stamp(PACKAGE, version(), digest.hexdigest())
    return _Reading({name: galaxy[name].values for name in FILES}).record(stamp)


def _folder() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise KnowledgeError(f"{PACKAGE} is not installed", hint=f"pip install {PACKAGE}")
    return Path(found.submodule_search_locations[0]) / "data" / "misp-galaxy" / "clusters"


class _Reading:
    """The clusters while they are joined by their UUIDs."""

    def __init__(self, clusters: dict[str, list[Cluster]]) -> None:
        self.clusters = clusters
        self.alpha3 = {values(c, "ISO")[0]: values(c, "ISO3")[0] for c in clusters[COUNTRIES]}
        self.codes = {key(n): c.code for c in places().countries for n in c.names}
        self.threat_actors = [(c, key(c.value)) for c in clusters["threat-actor"]]
        self.patterns = {
            c.uuid: c
            for c in clusters[PATTERNS]
            if not c.revoked and any(k.startswith(ENTERPRISE) for k in values(c, "kill_chain"))
        }
        self.software = {
            c.uuid: c
            for name in ("mitre-malware", "mitre-tool")
            for c in clusters[name]
            if not c.revoked
        }
        self.tidal = {
            _first(c, "group_attack_id"): c
            for c in clusters["tidal-groups"]
            if _first(c, "source") == "MITRE"
        }

    def record(self, stamp: Stamp) -> Record:
        actors = [*self._mitre(), *self._misp(), *self._tidal(), *self._microsoft()]
        return Record(
            stamp=stamp,
            actors=tuple(sorted(actors, key=lambda a: a.id)),
            software=tuple(sorted(self._all_software(), key=lambda s: s.id)),
            techniques=tuple(sorted(map(_technique, self.patterns.values()), key=lambda t: t.id)),
            profiles=tuple(
                Profile(a.id, tuple(Use(item) for item in (*a.techniques, *a.software)))
                for a in sorted(actors, key=lambda a: a.id)
                if a.techniques or a.software
            ),
        )

    def _mitre(self) -> Iterable[Actor]:
        for cluster in self.clusters["mitre-intrusion-set"]:
            if cluster.revoked:
                continue
            attack_id, name = _first(cluster, "external_id"), cluster.value.rsplit(" - G", 1)[0]
            country, notes = self._country(attack_id, name, cluster.description)
            tidal = self.tidal.get(attack_id)
            victims = self._codes(values(tidal, "observed_countries")) if tidal else ()
            sectors = values(tidal, "target_categories") if tidal else ()
            if victims or sectors:
                notes = (*notes, f"victims and sectors: {TIDAL} entry of {attack_id}")
            yield Actor(
                id=attack_id,
                name=name,
                source=MITRE,
                aliases=_aliases(cluster, MITRE, name),
                country=country,
                sponsor=sponsor_of_text(cluster.description, country),
                victims=victims,
                sectors=tuple(sorted(sectors)),
                techniques=self._used(cluster, self.patterns),
                software=self._used(cluster, self.software),
                description=plain_text(cluster.description),
                references=values(cluster, "refs")[:REFERENCES],
                notes=notes,
            )

    def _misp(self) -> Iterable[Actor]:
        for cluster in self.clusters["threat-actor"]:
            country = next(iter(self._codes(values(cluster, "country"))), None)
            unit = _first(cluster, "GRU")
            yield Actor(
                id=f"MISP-{cluster.uuid[:8]}",
                name=cluster.value,
                source=MISP,
                aliases=_aliases(cluster, MISP, cluster.value),
                country=country,
                sponsor=f"GRU, {unit}" if unit else sponsor_of_text(cluster.description, country),
                victims=self._named(values(cluster, "cfr-suspected-victims")),
                sectors=tuple(
                    sorted(
                        {
                            *values(cluster, "cfr-target-category"),
                            *values(cluster, "targeted-sector"),
                        }
                    )
                ),
                description=plain_text(cluster.description),
                references=values(cluster, "refs")[:REFERENCES],
            )

    def _tidal(self) -> Iterable[Actor]:
        users: dict[str, set[str]] = {}
        for cluster in self.clusters["tidal-software"]:
            for link in cluster.related:
                if link.type == "used-by":
                    users.setdefault(link.dest, set()).add(_tidal_id(cluster, "software_attack_id"))
        for cluster in self.clusters["tidal-groups"]:
            yield Actor(
                id=_tidal_id(cluster, "group_attack_id"),
                name=cluster.value,
                source=TIDAL,
                country=next(iter(self._codes(values(cluster, "country"))), None),
                victims=self._codes(values(cluster, "observed_countries")),
                sectors=tuple(sorted(values(cluster, "target_categories"))),
                software=tuple(sorted(users.get(cluster.uuid, ()))),
                description=plain_text(cluster.description),
            )

    def _microsoft(self) -> Iterable[Actor]:
        for cluster in self.clusters["microsoft-activity-group"]:
            yield Actor(
                id=f"MS-{cluster.uuid[:8]}",
                name=cluster.value,
                source=MICROSOFT,
                aliases=_aliases(cluster, MICROSOFT, cluster.value),
                country=next(iter(self._codes(values(cluster, "country"))), None),
                description=plain_text(cluster.description),
                references=values(cluster, "refs")[:REFERENCES],
            )

    def _all_software(self) -> Iterable[Software]:
        for file, source, field in (
            ("mitre-malware", MITRE, "external_id"),
            ("mitre-tool", MITRE, "external_id"),
            ("tidal-software", TIDAL, "software_attack_id"),
            ("malpedia", MALPEDIA, ""),
            ("tool", MISP, ""),
            ("rat", MISP, ""),
            ("backdoor", MISP, ""),
        ):
            for cluster in self.clusters[file]:
                if not cluster.revoked:
                    yield self._one(cluster, file, source=source, field=field)

    def _one(self, cluster: Cluster, file: str, *, source: str, field: str) -> Software:
        stated = _first(cluster, field) if field else ""
        name = cluster.value.rsplit(f" - {stated}", 1)[0] if stated else cluster.value
        aliases = _aliases(cluster, source, name)
        mark = f"{source.upper()}-{cluster.uuid[:8]}"
        if source == MITRE:
            mark = stated
        if source == TIDAL:
            mark = _tidal_id(cluster, field)
        named = (name, *(a.name for a in aliases))
        return Software(
            id=mark,
            name=name,
            source=source,
            aliases=aliases,
            techniques=self._used(cluster, self.patterns),
            public=file == "mitre-tool" or is_public(named),
        )

    def _used(self, cluster: Cluster, wanted: dict[str, Cluster]) -> tuple[str, ...]:
        return tuple(
            sorted(
                {
                    _first(wanted[link.dest], "external_id")
                    for link in cluster.related
                    if link.type == "uses" and link.dest in wanted
                }
            )
        )

    def _country(
        self, attack_id: str, name: str, description: str
    ) -> tuple[str | None, tuple[str, ...]]:
        said: list[tuple[str, str]] = []
        wanted = key(name)
        for cluster, spelt in self.threat_actors:
            if spelt == wanted or attack_id in values(cluster, "synonyms"):
                said += [(code, MISP) for code in self._codes(values(cluster, "country"))]
        tidal = self.tidal.get(attack_id)
        if tidal:
            said += [(code, TIDAL) for code in self._codes(values(tidal, "country"))]
        own = country_of_text(description)
        if own:
            said.append((own, MITRE))
        return _agreed(said)

    def _codes(self, codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({self.alpha3[c.upper()] for c in codes if c.upper() in self.alpha3}))

    def _named(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({self.codes[key(n)] for n in names if key(n) in self.codes}))


def _agreed(said: list[tuple[str, str]]) -> tuple[str | None, tuple[str, ...]]:
    if not said:
        return None, ()
    counts = Counter(code for code, _ in said).most_common()
    if len(counts) > 1 and counts[0][1] == counts[1][1]:
        claims = "; ".join(f"{code} ({source})" for code, source in sorted(set(said)))
        return None, (f"country: sources disagree: {claims}",)
    sources = ", ".join(sorted({source for code, source in said if code == counts[0][0]}))
    return counts[0][0], (f"country: {sources}",)


def _technique(cluster: Cluster) -> Technique:
    attack_id = _first(cluster, "external_id")
    tactics = {k.split(":", 1)[1] for k in values(cluster, "kill_chain") if ":" in k}
    return Technique(
        attack_id, cluster.value.rsplit(f" - {attack_id}", 1)[0], tuple(sorted(tactics))
    )


def _aliases(cluster: Cluster, source: str, name: str) -> tuple[Alias, ...]:
    spelt = {a.strip() for a in values(cluster, "synonyms")} - {"", name}
    return tuple(Alias(a, source) for a in sorted(spelt))


def _tidal_id(cluster: Cluster, field: str) -> str:
    """Tidal's own numbers are given twice; only those it took over from ATT&CK are unique."""
    taken_over = _first(cluster, "source") == "MITRE"
    return f"TIDAL-{_first(cluster, field) if taken_over else cluster.uuid[:8]}"


def _first(cluster: Cluster, field: str) -> str:
    return next(iter(values(cluster, field)), "")
