"""The case as a CASE/UCO graph: evidence with hashes and provenance, what was done, what was found.

Spec: CASE 1.4 and UCO 1.4 ontologies, as JSON-LD
Why: a forensic laboratory keeps the chain of custody in this form: exhibits, the tool, its results.
Trap: an assertion in UCO is "declared to be true"; what others claim is written as their claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from stopa.dossier import visible, words
from stopa.dossier.exports import as_json, provenance
from stopa.dossier.exports._export import Export
from stopa.dossier.exports.stable import case_of, uuid_of
from stopa.dossier.index import Index, index
from stopa.model.dossier import Dossier
from stopa.model.evidence import Evidence
from stopa.model.rule import Finding

Object = dict[str, object]

SPACE = "stopa/case-uco/1"  # sets these ids apart; a change of it changes every id
UCO = "https://ontology.unifiedcyberontology.org/uco"
CONTEXT = {
    "kb": "urn:uuid:",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "uco-action": f"{UCO}/action/",
    "uco-core": f"{UCO}/core/",
    "uco-identity": f"{UCO}/identity/",
    "uco-marking": f"{UCO}/marking/",
    "uco-observable": f"{UCO}/observable/",
    "uco-tool": f"{UCO}/tool/",
    "uco-types": f"{UCO}/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EVENT, SAID = "uco-observable:EventRecord", "uco-core:Annotation"
FILE, PROVENANCE = "uco-observable:File", "case-investigation:ProvenanceRecord"
MARKING, IDENTITY = "uco-marking:MarkingDefinition", "uco-identity:Identity"
RESULTS = (EVENT, SAID)


@dataclass(frozen=True, slots=True)
class _Graph:
    """Makes the nodes of one case: ids that follow from it, producer and marking on each object."""

    at: Index

    def id(self, *what: str) -> str:
        return f"kb:{uuid_of(SPACE, case_of(self.at.dossier), *what)}"

    def ref(self, *what: str) -> Object:
        return {"@id": self.id(*what)}

    def part(self, kind: str, what: tuple[str, ...], told: Object) -> Object:
        """Return a node that belongs to an object; `what` says what it stands for."""
        return {"@id": self.id(*what), "@type": kind, **told}

    def node(self, kind: str, what: tuple[str, ...], told: Object) -> Object:
        """Return an object of its own, with its producer and marking."""
        about = {
            "uco-core:createdBy": self.ref("producer"),
            "uco-core:objectMarking": self.ref("marking"),
        }
        return {**self.part(kind, what, told), **about}


def write(dossier: Dossier) -> bytes:
    """Return the graph as JSON-LD, its nodes in a fixed order."""
    made = _Graph(index(dossier))
    nodes = [_marking(made), _producer(made), *_exhibits(made), *_events(made), *_said(made)]
    results = [node for node in nodes if node["@type"] in RESULTS]
    nodes += _action(made, results)
    nodes.append(_investigation(made, nodes))
    nodes.sort(key=lambda node: str(node["@id"]))
    return as_json.marked({"@context": CONTEXT, "@graph": nodes})


def _marking(made: _Graph) -> Object:
    dossier = made.at.dossier
    statement = _line(" ".join(filter(None, (dossier.tlp.value, dossier.notice))))
    kind: Object = {"uco-marking:definitionType": "statement"}
    model = made.part(
        "uco-marking:StatementMarking",
        ("marking", "statement"),
        {**kind, "uco-marking:statement": statement},
    )
    by = {"uco-core:createdBy": made.ref("producer")}
    return made.part(MARKING, ("marking",), {**kind, **by, "uco-marking:definition": model})


def _producer(made: _Graph) -> Object:
    name: Object = {"uco-core:name": _line(provenance.producer(made.at.dossier))}
    return made.node(IDENTITY, ("producer",), name)


def _exhibits(made: _Graph) -> Iterator[Object]:
    for place, item in enumerate(made.at.dossier.evidence, 1):
        what = ("file", item.sha256, item.name)
        yield made.node(FILE, what, {"uco-core:hasFacet": _facets(made, item, what)})
        yield made.node(
            PROVENANCE,
            ("provenance", item.sha256, item.name),
            {
                "case-investigation:exhibitNumber": str(place),
                "uco-core:description": _line(f"As handed in: {item.name}"),
                "uco-core:object": [made.ref(*what)],
            },
        )


def _facets(made: _Graph, item: Evidence, what: tuple[str, ...]) -> list[Object]:
    size: Object = {"uco-observable:sizeInBytes": item.size}
    digest = made.part(
        "uco-types:Hash",
        (*what, "sha256"),
        {
            "uco-types:hashMethod": "SHA256",
            "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": item.sha256},
        },
    )
    name: Object = {"uco-observable:fileName": _line(item.name)}
    return [
        made.part("uco-observable:FileFacet", (*what, "file"), {**name, **size}),
        made.part(
            "uco-observable:ContentDataFacet",
            (*what, "content"),
            {**size, "uco-observable:hash": [digest]},
        ),
    ]


def _events(made: _Graph) -> Iterator[Object]:
    """Yield what each finding found: the event, by its place in the evidence."""
    for finding in made.at.dossier.findings:
        told = {"uco-observable:eventRecordText": _text(made.at, finding), **_place(finding)}
        kind = "uco-observable:EventRecordFacet"
        facet = made.part(kind, ("event", finding.id, "record"), told)
        yield made.node(EVENT, ("event", finding.id), {"uco-core:hasFacet": [facet]})


def _text(at: Index, finding: Finding) -> str:
    card = at.rules.get(finding.rule)
    matched = "; ".join(f"{m.field}: {words.clipped(m.value)}" for m in finding.matched)
    title = card.title if card else finding.rule
    return _line(f"{title} ({at.place(finding.where)}). {matched}")


def _place(finding: Finding) -> Object:
    told: Object = {}
    if finding.where.record is not None:
        told["uco-observable:eventRecordID"] = str(finding.where.record)
    if finding.time is not None:
        told["uco-observable:startTime"] = _time(finding.time)
    return told


def _said(made: _Graph) -> Iterator[Object]:
    """Yield the verdict and the claims of others, about the exhibits they rest on."""
    weighed = made.at.dossier.assessment
    confidence = f"Confidence is {weighed.confidence.level.value}."
    yield _annotation(made, "verdict", f"{weighed.verdict} {confidence}")
    for claim in weighed.claims:
        parties = ", ".join(claim.claimed_by) or "somebody not named"
        told = f"Claimed by {parties}, not established here: {claim.actor}"
        answers = (
            ("supported, without blame,", claim.supported_by),
            ("denied", claim.denied_by),
        )
        text = told + "".join(f"; {verb} by {', '.join(by)}" for verb, by in answers if by) + "."
        yield _annotation(made, f"claim {claim.actor}", text)


def _annotation(made: _Graph, what: str, text: str) -> Object:
    about = [made.ref("investigation")]
    told: Object = {"uco-core:statement": [_line(text)], "uco-core:object": about}
    return made.node(SAID, (what,), told)


def _action(made: _Graph, results: list[Object]) -> Iterator[Object]:
    """Yield the tool, and the action that used it on the exhibits."""
    dossier = made.at.dossier
    version = _line(dossier.made.stopa)
    tool: Object = {"uco-core:name": provenance.NAME, "uco-tool:version": version}
    yield made.node("uco-tool:Tool", ("tool",), tool)
    files = [made.ref("file", item.sha256, item.name) for item in dossier.evidence]
    yield made.node(
        "case-investigation:InvestigativeAction",
        ("action",),
        {
            "uco-core:name": "examination of the evidence",
            "uco-action:instrument": [made.ref("tool")],
            "uco-action:object": files,
            "uco-action:result": [{"@id": node["@id"]} for node in results],
        },
    )


def _investigation(made: _Graph, nodes: list[Object]) -> Object:
    about = (MARKING, IDENTITY)
    within = [{"@id": node["@id"]} for node in nodes if node["@type"] not in about]
    name = _line(made.at.dossier.title)
    told: Object = {"uco-core:name": name, "uco-core:object": within}
    return made.node("case-investigation:Investigation", ("investigation",), told)


def _time(moment: datetime) -> Object:
    text = moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return {"@type": "xsd:dateTime", "@value": text}


def _line(text: str) -> str:
    return visible.line(" ".join(words.clipped(text).split()))


EXPORT = Export("case-uco", "case-uco.jsonld", "exhibits, tool and results as a CASE graph", write)
