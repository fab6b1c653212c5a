"""Indicators that reports publish, as STIX indicators: published by others, not seen here.

Spec: STIX 2.1, 4.7 (indicator), 9 (patterning)
"""

from __future__ import annotations

from collections.abc import Iterator

from stopa.dossier.exports.stix_objects import Bundle, Object, text
from stopa.dossier.index import Index
from stopa.model.statement import Indicator, IndicatorKind

PATHS = {
    IndicatorKind.IPV4: "ipv4-addr:value",
    IndicatorKind.IPV6: "ipv6-addr:value",
    IndicatorKind.DOMAIN: "domain-name:value",
    IndicatorKind.URL: "url:value",
    IndicatorKind.EMAIL: "email-addr:value",
    IndicatorKind.MD5: "file:hashes.MD5",
    IndicatorKind.SHA1: "file:hashes.'SHA-1'",
    IndicatorKind.SHA256: "file:hashes.'SHA-256'",
    IndicatorKind.FILE: "file:name",
    IndicatorKind.REGISTRY: "windows-registry-key:key",
}


def indicators(at: Index, out: Bundle, campaign: str) -> Iterator[str]:
    """Add indicators and vulnerabilities; yield the ids of what was added."""
    found = [indicator for reading in at.dossier.readings for indicator in reading.indicators]
    for indicator in sorted(found, key=lambda one: (one.kind.value, one.value, one.id)):
        made = _object(at, out, indicator)
        if made is None:
            continue
        id_ = out.add(made)
        yield id_
        if made["type"] == "indicator":
            yield out.relate(id_, "indicates", campaign)


def _object(at: Index, out: Bundle, indicator: Indicator) -> Object | None:
    key = f"{indicator.kind.value}:{indicator.value}"
    source = f"Published in {at.paper(indicator.where.evidence)}; not observed in this evidence."
    if indicator.kind is IndicatorKind.CVE:
        name = text(indicator.value)
        reference = {"source_name": "cve", "external_id": name}
        return out.new("vulnerability", key, name=name, external_references=[reference])
    if indicator.kind not in PATHS:
        return None
    return out.new(
        "indicator",
        key,
        name=text(indicator.value),
        description=text(source),
        pattern=f"[{PATHS[indicator.kind]} = '{_quoted(indicator.value)}']",
        pattern_type="stix",
        valid_from=out.moment,
    )


def _quoted(value: str) -> str:
    return text(value).replace("\\", "\\\\").replace("'", "\\'")
