"""The argument as STIX 2.1 with what it rests on: the incident, evidence files, events, statements.

Spec: STIX 2.1, 4.6 (incident), 4.14 (observed data), 6.7 (file); OASIS Incident Core extension
Why: who takes the argument on trust needs CORE; who checks it needs each match with its place.
Trap: a match without a time cannot be observed data, which must have one; `left_out` counts them.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator

from stopa.dossier.exports._export import Export
from stopa.dossier.exports.stix import argument, report, written
from stopa.dossier.exports.stix_objects import Bundle, Object, bundle, text
from stopa.dossier.index import Index, deed, index
from stopa.dossier.words import locator
from stopa.model.dossier import Dossier
from stopa.model.evidence import Evidence, Where
from stopa.model.record import canonical
from stopa.model.rule import Finding
from stopa.model.statement import Disagreement, Statement

INCIDENT_EXTENSION = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
OBSERVABLES = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  # STIX 2.1, 2.9
MOST_EVENTS = 999_999_999  # STIX 2.1, 4.14: the largest number of times observed


def write(dossier: Dossier) -> bytes:
    """Return the bundle as JSON, objects in a fixed order."""
    at = index(dossier)
    out = bundle(at)
    refs = argument(at, out)
    campaign = refs[0]
    files = {item.sha256: out.add(_file(out, item)) for item in dossier.evidence}
    observed = _observed(at, out, files)
    _tie_to_sightings(at, out, observed)
    said = [out.add(_statement(at, out, one, campaign)) for one in _statements(at)]
    apart = [out.add(_disagreement(at, out, d, campaign)) for d in dossier.comparison.disagreements]
    incident = out.add(_incident(at, out, observed))
    out.relate(incident, "related-to", campaign)
    report(at, out, [*refs, incident, *files.values(), *observed.values(), *said, *apart])
    return written(out)


def left_out(dossier: Dossier) -> int:
    """Return how many findings have no time and so are not in the export."""
    return sum(finding.time is None for finding in dossier.findings)


def _file(out: Bundle, item: Evidence) -> Object:
    """Return an evidence file; its id is made the way that the specification prescribes."""
    named = {"hashes": {"SHA-256": item.sha256}, "name": text(item.name)}
    id_ = uuid.uuid5(OBSERVABLES, canonical(named).decode())
    return {
        "type": "file",
        "spec_version": "2.1",
        "id": f"file--{id_}",
        "object_marking_refs": list(out.markings),
        "size": item.size,
        **named,
    }


def _observed(at: Index, out: Bundle, files: dict[str, str]) -> dict[str, str]:
    """Add what each finding with a time found; return the ids by that of the finding."""
    return {
        finding.id: out.add(_observation(at, out, finding, files[finding.where.evidence]))
        for finding in at.dossier.findings
        if finding.time and finding.where.evidence in files
    }


def _observation(at: Index, out: Bundle, finding: Finding, file: str) -> Object:
    seen = {"first_observed": finding.time, "last_observed": finding.time}
    places = [finding.where, *finding.members]
    return out.new(
        "observed-data",
        finding.id,
        **{name: out.time(moment) for name, moment in seen.items() if moment},
        number_observed=min(max(1, len(finding.members)), MOST_EVENTS),
        object_refs=[file],
        external_references=[_place(at, where) for where in dict.fromkeys(places)],
    )


def _place(at: Index, where: Where) -> Object:
    """Return the citation of a place in the evidence.

    The id says the place as well, because OpenCTI's import tells references apart by it and drops
    those that have none.
    """
    return {
        "source_name": text(at.file(where.evidence)),
        "external_id": text(f"sha256:{where.evidence}, {locator(where)}"),
    }


def _tie_to_sightings(at: Index, out: Bundle, observed: dict[str, str]) -> None:
    """Name in each sighting of a technique the matches that it sums up."""
    matches = defaultdict(list)
    for finding in at.dossier.findings:
        card = at.rules.get(finding.rule)
        for technique in card.techniques if card and finding.id in observed else ():
            matches[out.id("sighting", technique)].append(observed[finding.id])
    for sighting, refs in matches.items():
        if sighting in out.objects:
            out.objects[sighting]["observed_data_refs"] = sorted(set(refs))


def _statements(at: Index) -> Iterator[Statement]:
    for reading in at.dossier.readings:
        yield from (said for said in reading.statements if said.core)


def _statement(at: Index, out: Bundle, said: Statement, campaign: str) -> Object:
    return out.new(
        "note",
        said.id,
        abstract=text(deed(said)),
        content=text(said.sentence),
        object_refs=[campaign, out.report],
        external_references=[_place(at, said.where)],
        **({"authors": [text(said.speaker.name)]} if said.speaker else {}),
    )


def _disagreement(at: Index, out: Bundle, apart: Disagreement, campaign: str) -> Object:
    sides = (f"{at.paper(side.document)}: {side.sentence}" for side in apart.positions)
    return out.new(
        "note",
        apart.id,
        abstract=text(f"Reports disagree ({apart.severity.value}): {apart.slot}, {apart.type}"),
        content=text(" | ".join(sides)),
        object_refs=[campaign, out.report],
        external_references=_places(at, (side.where for side in apart.positions)),
    )


def _places(at: Index, places: Iterable[Where]) -> list[Object]:
    return [_place(at, where) for where in dict.fromkeys(places)]


def _incident(at: Index, out: Bundle, observed: dict[str, str]) -> Object:
    """Return the incident; that it succeeded is not said: rules that match do not show it."""
    extension: Object = {
        "extension_type": "property-extension",
        "determination": "suspected",
        "investigation_status": "open",
    }
    if observed:
        extension["detection_methods"] = ["automated-tool"]
        extension["other_object_refs"] = sorted(set(observed.values()))
    return out.new(
        "incident",
        "incident",
        name=text(at.dossier.title),
        description=text(at.dossier.assessment.verdict),
        extensions={INCIDENT_EXTENSION: extension},
    )


EXPORT = Export(
    "stix-full", "stix-full.json", "a STIX 2.1 bundle with incident, evidence and statements", write
)
