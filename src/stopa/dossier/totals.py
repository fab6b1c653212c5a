"""Whether the bytes of every file are accounted for: read, structure, or a stated problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stopa.model.dossier import Coverage


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over files, in bytes but for the counts."""

    files: int
    size: int
    events: int
    documents: int
    findings: int
    problems: int
    event_bytes: int
    document_bytes: int
    structure_bytes: int
    problem_bytes: int

    @property
    def unaccounted(self) -> int:
        """Bytes that no reader accounted for; 0 is the promise, below 0 means counted twice."""
        accounted = self.event_bytes + self.document_bytes
        return self.size - accounted - self.structure_bytes - self.problem_bytes


def totals(files: Sequence[Coverage]) -> Totals:
    """Return the sums over all files."""
    return Totals(
        len(files),
        sum(file.size for file in files),
        sum(file.events for file in files),
        sum(file.documents for file in files),
        sum(file.findings for file in files),
        sum(len(file.problems) for file in files),
        sum(file.event_bytes for file in files),
        sum(file.document_bytes for file in files),
        sum(file.structure_bytes for file in files),
        sum(file.problem_bytes for file in files),
    )
