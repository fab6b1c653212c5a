"""What became of every file of a case, and the totals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stopa.case.assembly import coverage as rows_of
from stopa.model.dossier import Coverage
from stopa.store.case_reader import CaseReader


def coverage(folder: Path) -> tuple[tuple[Coverage, ...], dict[str, int]]:
    """Return a row a file, and totals in which one content counts once."""
    with CaseReader(folder) as store:
        rows = rows_of(store)
    return rows, totals(rows)


def totals(rows: Sequence[Coverage]) -> dict[str, int]:
    """Add up: one content handed in twice counts once, what never became evidence each time."""
    once = {row.sha256: row for row in rows if row.sha256}.values()
    never = [row for row in rows if not row.sha256]
    return {
        "files": len(rows),
        "bytes": sum(row.size for row in once),
        "events": sum(row.events for row in once),
        "documents": sum(row.documents for row in once),
        "findings": sum(row.findings for row in once),
        "problems": sum(len(row.problems) for row in (*once, *never)),
        "unread": sum(row.kind is None for row in rows),
    }
