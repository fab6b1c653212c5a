"""Findings as lines: JSON for programs, CSV for spreadsheets, Timesketch, a table for people.

Spec: docs/sigma.md, "What is printed"
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from stopa.case.hunt import Hunt
from stopa.cli import screen
from stopa.dossier.exports import spreadsheet
from stopa.dossier.visible import line as visible
from stopa.dossier.words import count
from stopa.model.evidence import Where
from stopa.model.rule import Finding
from stopa.model.time_basis import Basis

COLUMNS = (
    "time",
    "level",
    "rule",
    "author",
    "host",
    "user",
    "evidence",
    "place",
    "matched",
    "rule_id",
    "license",
    "time_basis",
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def jsonl(found: Hunt) -> Iterator[str]:
    """Yield one JSON object a finding."""
    hashes = {entry.path: entry.sha256 for entry in found.searched}
    for path, finding in found.findings:
        card = found.card(finding)
        line: dict[str, object] = {
            "rule": {
                "id": card.id,
                "title": card.title,
                "level": card.level,
                "author": card.author,
                "techniques": card.techniques,
            },
            "evidence": {"path": path, "sha256": hashes.get(path, finding.where.evidence)},
            "where": place(finding.where),
            "time": stamp(finding.time),
            "host": finding.host,
            "matched": {match.field: match.value for match in finding.matched},
        }
        if finding.members:
            line["members"] = [
                {"evidence": member.evidence, "where": place(member)} for member in finding.members
            ]
        yield screen.json(line)


def rows(found: Hunt) -> Iterator[str]:
    """Yield a CSV header and one row a finding, safe to open in a spreadsheet."""
    yield spreadsheet.line(COLUMNS)
    for path, finding in found.findings:
        yield spreadsheet.line(_cells(found, path, finding))


def timesketch(found: Hunt) -> Iterator[str]:
    """Yield Timesketch JSONL; a finding without a time has no place on a line of time."""
    for path, finding in found.findings:
        if finding.time is not None:
            card = found.card(finding)
            yield screen.json(
                {
                    "message": f"{card.title} ({card.level})",
                    "timestamp": (finding.time - EPOCH) // MICROSECOND,
                    "datetime": stamp(finding.time),
                    "timestamp_desc": "Sigma finding",
                    "data_type": "stopa:finding",
                    "rule_id": card.id,
                    "rule_author": card.author,
                    "rule_license": card.license,
                    "hostname": finding.host or "",
                    "username": finding.user or "",
                    "source": path,
                    "tag": list(card.techniques),
                    **{f"field_{match.field}": match.value for match in finding.matched},
                }
            )


def table(found: Hunt) -> Iterator[str]:
    """Yield lines for people, evidence made visible."""
    for path, finding in found.findings:
        card = found.card(finding)
        matched = "; ".join(f"{match.field}={match.value}" for match in finding.matched)
        when = finding.time.strftime("%Y-%m-%d %H:%M:%S") if finding.time else "no time"
        when += _how_known(finding.basis)
        whose = f"  (by {card.author})" if card.author else ""
        yield visible(f"{when:19}  {card.level:8}  {card.title}  [{finding.host or '-'}]{whose}")
        yield visible(f"{'':19}  {path} {_place(finding.where)}  {matched[:200]}")
    rules = {finding.rule for _, finding in found.findings}
    yield f"{count(len(found.findings), 'finding')} by {count(len(rules), 'rule')}"


def place(where: Where) -> dict[str, object]:
    """Return the parts of a locator that there are."""
    keys = ("record", "line", "offset", "length", "span", "page", "part")
    return {key: getattr(where, key) for key in keys if getattr(where, key) is not None}


def stamp(time: datetime | None) -> str | None:
    """Return a UTC time with its microseconds and a Z."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if time else None


def _cells(found: Hunt, path: str, finding: Finding) -> list[str]:
    card = found.card(finding)
    matched = "; ".join(f"{match.field}={match.value}" for match in finding.matched)
    host, user = finding.host or "", finding.user or ""
    when, where = stamp(finding.time) or "", _place(finding.where)
    shown = [when, card.level, card.title, card.author, host, user, path, where, matched]
    return [*shown, card.id, card.license, finding.basis or ""]


def _how_known(basis: Basis | None) -> str:
    """Return what a reader must know of a time whose zone its log does not tell."""
    return "" if basis in (None, Basis.STATED, Basis.FORMAT) else f" ({basis})"


def _place(where: Where) -> str:
    return " ".join(f"{key}={value}" for key, value in place(where).items())


FORMATS: dict[str, Callable[[Hunt], Iterator[str]]] = {
    "table": table,
    "jsonl": jsonl,
    "csv": rows,
    "timesketch": timesketch,
}
