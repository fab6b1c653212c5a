"""Findings and reports as Timesketch JSON lines.

Spec: Timesketch user guide, "Import from JSON or CSV": message, datetime, timestamp_desc are
mandatory; timestamp is integer microseconds since 1970
Why: what has no time is left out, because Timesketch refuses it; `left_out` counts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from stopa.dossier import timeline, words
from stopa.dossier.exports import as_json, provenance
from stopa.dossier.exports._export import Export
from stopa.dossier.index import Index, index
from stopa.model.dossier import Dossier
from stopa.model.rule import Finding


def write(dossier: Dossier) -> bytes:
    """Return one JSON object a line, in time order."""
    at = index(dossier)
    marking = provenance.columns(dossier)
    rows = [{**row, **marking} for row in (*_findings(at), *_said(at))]
    rows.sort(key=lambda row: (row["timestamp"], row["stopa_id"]))
    return as_json.lines(rows)


def left_out(dossier: Dossier) -> int:
    """Return how many findings have no time and so are not in the export."""
    return sum(finding.time is None for finding in dossier.findings)


def _findings(at: Index) -> Iterator[dict[str, object]]:
    for finding in at.dossier.findings:
        if finding.time is not None:
            yield _finding(at, finding, finding.time)


def _finding(at: Index, finding: Finding, moment: datetime) -> dict[str, object]:
    card = at.rules.get(finding.rule)
    fields = ", ".join(f"{match.field}={words.clipped(match.value)}" for match in finding.matched)
    return {
        "message": f"{card.title if card else finding.rule}: {fields}",
        "datetime": moment.isoformat(timespec="microseconds"),
        "timestamp": timeline.microseconds(moment),
        "timestamp_desc": "Event recorded",
        "data_type": "stopa:finding",
        "hostname": finding.host or "",
        "username": finding.user or "",
        "rule_id": finding.rule,
        "rule_level": card.level if card else "",
        "rule_author": card.author if card else "",
        "tag": list(card.techniques) if card else [],
        "evidence_sha256": finding.where.evidence,
        "evidence_place": at.place(finding.where),
        "stopa_id": finding.id,
    }


def _said(at: Index) -> Iterator[dict[str, object]]:
    drawn = timeline.timeline(at)
    for mark in drawn.said if drawn else ():
        published = mark.kind == "report"
        yield {
            "message": f"{mark.label} ({words.date(mark.when)})",
            "datetime": mark.first.isoformat(timespec="microseconds"),
            "timestamp": timeline.microseconds(mark.first),
            "timestamp_desc": "Report published" if published else "Date that a report gives",
            "data_type": "stopa:report" if published else "stopa:stated_date",
            "date_edtf": mark.when.edtf,
            "stopa_id": mark.id,
        }


EXPORT = Export("timesketch", "timesketch.jsonl", "findings and reports, for Timesketch", write)
