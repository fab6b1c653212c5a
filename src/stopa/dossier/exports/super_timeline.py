"""The super-timeline: findings, reports and the dates they give, one row each, in time order, CSV.

Spec: RFC 4180
"""

from __future__ import annotations

from collections.abc import Iterator

from stopa.dossier import timeline, words
from stopa.dossier.exports import provenance, spreadsheet
from stopa.dossier.exports._export import Export
from stopa.dossier.index import Index, index
from stopa.model.dossier import Dossier
from stopa.model.rule import Finding

HEADINGS = (
    "time_utc", "until_utc", "lane", "kind", "level", "title", "host", "account", "detail",
    "techniques", "author", "file", "place", "sha256", "id",
)  # fmt: skip
NO_TIME = "9999"  # rows without a time come last


def write(dossier: Dossier) -> bytes:
    """Return the table, what has no time last."""
    at = index(dossier)
    rows = sorted((*_findings(at), *_said(at)), key=lambda row: (row[0] or NO_TIME, row[-1]))
    return spreadsheet.table(HEADINGS, rows, provenance.columns(dossier))


def _findings(at: Index) -> Iterator[list[str]]:
    lanes = timeline.lanes_of_evidence(at)
    for finding in at.dossier.findings:
        lane = timeline.HEADINGS[lanes.get(finding.where.evidence, "host")]
        yield [*_when(finding), lane, "finding", *_what(at, finding), finding.id]


def _when(finding: Finding) -> list[str]:
    return [words.stamp(finding.time), ""] if finding.time else ["", ""]


def _what(at: Index, finding: Finding) -> list[str]:
    card = at.rules.get(finding.rule)
    return [
        card.level if card else "",
        card.title if card else finding.rule,
        finding.host or "",
        finding.user or "",
        "; ".join(f"{match.field}: {words.clipped(match.value)}" for match in finding.matched),
        " ".join(card.techniques) if card else "",
        card.author if card else "",
        at.file(finding.where.evidence),
        words.locator(finding.where),
        finding.where.evidence,
    ]


def _said(at: Index) -> Iterator[list[str]]:
    drawn = timeline.timeline(at)
    for mark in drawn.said if drawn else ():
        kind = "report published" if mark.kind == "report" else "date that a report gives"
        yield [
            words.stamp(mark.first), words.stamp(mark.last), "Reports", kind, "", mark.label, "",
            "", words.date(mark.when), "", "", "", "", "", mark.id,
        ]  # fmt: skip


EXPORT = Export("csv", "timeline.csv", "the super-timeline, for a spreadsheet", write)
