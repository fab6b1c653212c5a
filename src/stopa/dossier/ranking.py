"""The hypotheses beside each other: ranges, what speaks for and against, which evidence tells.

Spec: ICD 203 (likelihood terms); R. Heuer, Psychology of Intelligence Analysis (1999), chapter 8
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from stopa.dossier.index import Index
from stopa.model.assessment import LIKELIHOODS, Consistency, Observation

WEIGHTS = 5  # weights printed on each side of a hypothesis; the rest is folded
ROWS = 60  # observations in the printed matrix
COLUMNS = 8  # hypotheses in the printed matrix
UNFOLDED = 5  # of which so many show what speaks for and against at once
RANKED = 25  # hypotheses printed in full
SCALE = tuple((term.term, term.low, term.high) for term in LIKELIHOODS)

# The marks of the matrix as a reader sees them: sign and meaning.
MARKS = {
    Consistency.VERY_CONSISTENT: ("++", "fits very well"),
    Consistency.CONSISTENT: ("+", "fits"),
    Consistency.NEUTRAL: ("·", "tells nothing"),
    Consistency.INCONSISTENT: ("−", "does not fit"),
    Consistency.VERY_INCONSISTENT: ("−−", "fits very badly"),
    Consistency.NOT_APPLICABLE: ("", "does not apply"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An observation against every hypothesis that has a column: (sign, meaning) each."""

    observation: Observation
    cells: tuple[tuple[str, str], ...]

    @property
    def tells(self) -> bool:
        """Whether it fits one hypothesis better than another."""
        return any(
            cell not in (MARKS[Consistency.NEUTRAL], ("", "does not apply")) for cell in self.cells
        )


@dataclass(frozen=True, slots=True)
class Table:
    """The matrix as printed. `against` is each column's weighted sum of marks against it.

    `total` counts all rows that the assessment weighed, `warning` is the assessment's own.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    against: tuple[float, ...]
    total: int
    warning: str


def matrix(at: Index) -> Table | None:
    """Return the matrix of competing hypotheses; None where the assessment has none."""
    weighed = at.dossier.assessment.matrix
    if weighed is None or not weighed.rows:
        return None
    rows = [
        Row(at.observations[row.observation], tuple(MARKS[mark] for mark in row.marks[:COLUMNS]))
        for row in weighed.rows[:ROWS]
        if row.observation in at.observations
    ]
    return Table(
        weighed.hypotheses[:COLUMNS],
        tuple(rows),
        weighed.inconsistency[:COLUMNS],
        len(weighed.rows) + weighed.omitted,
        weighed.warning,
    )


def times(ratio: float) -> str:
    """Return what all evidence together does to the odds, as `factor` does."""
    return factor(math.log(ratio))


def factor(log_ratio: float) -> str:
    """Return what a weight does to the odds: `×3.7`, or `÷1.9`."""
    ratio = math.exp(min(abs(log_ratio), 20.0))
    shown = f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}"
    return f"{'×' if log_ratio >= 0 else '÷'}{shown}"
