"""What became of every file of a case, and the totals."""

from __future__ import annotations

from pathlib import Path

from stopa.case.assembly import coverage as rows_of
from stopa.model.dossier import Coverage
from stopa.store.case_store import CaseStore


def coverage(folder: Path) -> tuple[tuple[Coverage, ...], dict[str, int]]:
    """Return a row a file, and totals in which one content counts once."""
    with CaseStore.existing(folder) as store:
        rows = rows_of(store)
    once = {row.sha256: row for row in rows}.values()
    totals = {
        "files": len(rows),
        "bytes": sum(row.size for row in once),
        "events": sum(row.events for row in once),
        "documents": sum(row.documents for row in once),
        "findings": sum(row.findings for row in once),
        "problems": sum(len(row.problems) for row in rows),
        "unread": sum(row.kind is None for row in rows),
    }
    return rows, totals
