"""Findings and published indicators as lines of JSON in the Elastic Common Schema.

Spec: Elastic Common Schema 8.17 (event, rule, threat, host, user, file, log, observer)
Why: a finding is an alert with its rule and techniques; an indicator that a report publishes is
threat enrichment, never an alert: nobody saw it in this evidence.
Trap: `@timestamp` is mandatory, so a finding without a time is left out; `left_out` counts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from stopa.dossier import words
from stopa.dossier.exports import as_json
from stopa.dossier.exports._export import Export
from stopa.dossier.exports.provenance import NAME
from stopa.dossier.exports.stable import last_known
from stopa.dossier.index import Index, index
from stopa.model.dossier import Dossier
from stopa.model.rule import Finding, RuleCard
from stopa.model.statement import Indicator, IndicatorKind

ECS = {"version": "8.17.0"}
FRAMEWORK = "MITRE ATT&CK"
SEVERITY = {"informational": 1, "low": 21, "medium": 47, "high": 73, "critical": 99}

# Where ECS keeps the value of each kind of indicator, and what it calls the kind.
INDICATORS = {
    IndicatorKind.IPV4: ("ipv4-addr", "ip"),
    IndicatorKind.IPV6: ("ipv6-addr", "ip"),
    IndicatorKind.DOMAIN: ("domain-name", "url.domain"),
    IndicatorKind.URL: ("url", "url.full"),
    IndicatorKind.EMAIL: ("email-addr", "email.address"),
    IndicatorKind.MD5: ("file", "file.hash.md5"),
    IndicatorKind.SHA1: ("file", "file.hash.sha1"),
    IndicatorKind.SHA256: ("file", "file.hash.sha256"),
    IndicatorKind.FILE: ("file", "file.name"),
    IndicatorKind.REGISTRY: ("windows-registry-key", "registry.path"),
}

Object = dict[str, object]


def write(dossier: Dossier) -> bytes:
    """Return one JSON object a line: alerts in time order, then indicators by kind and value."""
    at = index(dossier)
    timed = [(f.time, f) for f in dossier.findings if f.time]
    timed.sort(key=lambda entry: (entry[0], entry[1].id))
    lines = [*(_alert(at, finding, moment) for moment, finding in timed), *_indicators(at)]
    producer = {"observer": {"product": NAME, "version": dossier.made.stopa}}
    return as_json.lines({**line, **producer} for line in lines)


def left_out(dossier: Dossier) -> int:
    """Return how many findings have no time and so are not in the export."""
    return sum(finding.time is None for finding in dossier.findings)


def _alert(at: Index, finding: Finding, moment: datetime) -> Object:
    card = at.rules.get(finding.rule)
    level = card.level if card else ""
    told: Object = {
        "@timestamp": _time(moment),
        "ecs": ECS,
        "message": f"{card.title if card else finding.rule}: {_matched(finding)}",
        "event": {
            "kind": "alert",
            "module": NAME,
            "dataset": f"{NAME}.finding",
            "id": finding.id,
            **({"severity": SEVERITY[level]} if level in SEVERITY else {}),
        },
        "rule": _rule(finding, card),
        "log": {"file": {"path": at.file(finding.where.evidence)}},
        "file": {"hash": {"sha256": finding.where.evidence}},
        "labels": {"tlp": at.dossier.tlp.value, "evidence_place": words.locator(finding.where)},
        "tags": list(card.tags) if card else [],
    }
    if card and card.techniques:
        told["threat"] = _threat(at, card)
    if finding.host:
        told["host"] = {"name": finding.host}
    if finding.user:
        told["user"] = {"name": finding.user}
    return told


def _matched(finding: Finding) -> str:
    return ", ".join(f"{match.field}={words.clipped(match.value)}" for match in finding.matched)


def _rule(finding: Finding, card: RuleCard | None) -> Object:
    if card is None:
        return {"id": finding.rule}
    told = {
        "id": card.id,
        "name": card.title,
        "description": card.description,
        "license": card.license,
        "reference": card.references[0] if card.references else "",
    }
    said: Object = {name: value for name, value in told.items() if value}
    return {**said, "author": [card.author]} if card.author else said


def _threat(at: Index, card: RuleCard) -> Object:
    """Return the techniques, a sub-technique beside the technique it belongs to."""
    names = {technique.id: technique for technique in at.dossier.techniques}
    parents = sorted({id_.partition(".")[0] for id_ in card.techniques})
    subs = sorted(id_ for id_ in card.techniques if "." in id_)
    tactics = {t for id_ in card.techniques if id_ in names for t in names[id_].tactics}
    told: Object = {"framework": FRAMEWORK, "technique": {"id": parents}}
    if subs:
        told["technique"] = {"id": parents, "subtechnique": {"id": subs}}
    if tactics:
        told["tactic"] = {"name": sorted(tactics)}
    return told


def _indicators(at: Index) -> Iterator[Object]:
    moment = _time(last_known(at.dossier))
    found = [indicator for reading in at.dossier.readings for indicator in reading.indicators]
    for indicator in sorted(found, key=lambda one: (one.kind.value, one.value, one.id)):
        if indicator.kind in INDICATORS:
            yield {
                "@timestamp": moment,
                "ecs": ECS,
                "message": f"published in {at.place(indicator.where)}, not observed here",
                "event": {
                    "kind": "enrichment",
                    "category": ["threat"],
                    "type": ["indicator"],
                    "module": NAME,
                    "dataset": f"{NAME}.indicator",
                    "id": indicator.id,
                },
                "threat": {"indicator": _indicator(at, indicator)},
                "labels": {"tlp": at.dossier.tlp.value},
            }


def _indicator(at: Index, indicator: Indicator) -> Object:
    kind, path = INDICATORS[indicator.kind]
    marking = at.dossier.tlp.value.removeprefix("TLP:")
    *around, name = path.split(".")
    told: Object = {name: indicator.value}
    for outer in reversed(around):
        told = {outer: told}
    provider = at.paper(indicator.where.evidence)
    return {"type": kind, "provider": provider, "marking": {"tlp": marking}, **told}


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


EXPORT = Export("ecs", "ecs.jsonl", "findings and indicators in Elastic's schema", write)
