"""The super-timeline: findings, reports and the dates they give, one row each, in time order, CSV.

Spec: RFC 4180
Trap: a spreadsheet runs a cell that begins like a formula. Such a cell gets an apostrophe in front
(OWASP, "CSV injection"); an apostrophe there, or before one after a semicolon, is never part of the
evidence.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from stopa.dossier import timeline, visible, words
from stopa.dossier.exports._export import Export
from stopa.dossier.index import Index, index
from stopa.model.dossier import Dossier
from stopa.model.rule import Finding

HEADINGS = (
    "time_utc", "until_utc", "lane", "kind", "level", "title", "host", "account", "detail",
    "techniques", "author", "file", "place", "sha256", "id", "tlp",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
AFTER_SEMICOLON = re.compile(rf"(;\s*)(?=[{re.escape(''.join(FORMULA))}])")
NO_TIME = "9999"  # rows without a time come last


def write(dossier: Dossier) -> bytes:
    """Return the table as UTF-8 CSV with a byte order mark, which spreadsheets look for."""
    at = index(dossier)
    rows = [*_findings(at), *_said(at)]
    out = io.StringIO(newline="")
    table = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(HEADINGS)
    for row in sorted(rows, key=lambda row: (row[0] or NO_TIME, row[-2])):
        table.writerow([cell(text) for text in (*row, dossier.tlp.value)])
    return out.getvalue().encode("utf-8-sig", "backslashreplace")


def cell(text: str) -> str:
    """Return the text such that a spreadsheet shows it: one line, no formula.

    Where a semicolon parts cells, as in much of Europe, quotation marks do not hold one together.
    """
    line = AFTER_SEMICOLON.sub(r"\1'", visible.line(text))
    return f"'{line}" if line.lstrip().startswith(FORMULA) else line


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
