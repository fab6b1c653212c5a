"""The hypotheses beside each other: ranges, what speaks for and against, which evidence tells.

Spec: ICD 203 (likelihood terms); R. Heuer, Psychology of Intelligence Analysis (1999), chapter 8
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from stopa.dossier import words
from stopa.dossier.index import Index
from stopa.model.assessment import (
    LIKELIHOODS,
    Consistency,
    Hypothesis,
    HypothesisKind,
    Observation,
)

WEIGHTS = 5  # weights printed on each side of a hypothesis; the rest is folded
ROWS = 60  # observations in the printed matrix
COLUMNS = 12  # hypotheses in the printed matrix
LEAST = 0.01  # a smaller probability is not written as a figure
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

# What the share of an explanation rests on that no observation weighs for or against.
RESTS_ON = {
    HypothesisKind.ACTOR: "Nothing in this evidence speaks for it or against it.",
    HypothesisKind.UNLISTED: "It has what fits no known actor, and what known actors have that "
    "are not listed here.",
    HypothesisKind.FALSE_FLAG: "A base rate, raised where names of malware and ways of working "
    "point at different actors.",
    HypothesisKind.SHARED_TOOLING: "A base rate, raised by how much of the software others have "
    "as well.",
    HypothesisKind.COMPROMISED_INFRASTRUCTURE: "A base rate, raised where addresses or names of "
    "hosts were observed.",
    HypothesisKind.CONTRACTOR: "A base rate: nothing technical tells an organ from who works for "
    "it.",
    HypothesisKind.UNDETERMINED: "It has all that the evidence cannot move, by how much there is, "
    "how hard it is to plant and how many roots bear it out.",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """How a hypothesis is drawn: the range from `low` to `high`, its place in it, and in words.

    `open` where no likelihood is given: then the range goes from the belief that is with it to
    what it would have if all that is undecided went to it.
    """

    low: float
    high: float
    at: float
    open: bool
    told: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A mark of the matrix: the code that the page's style knows, the sign, the meaning."""

    code: str
    sign: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Row:
    """An observation against every hypothesis that has a column, and how far it tells them apart.

    `apart` is the factor between the hypothesis that it fits best and the one that it fits worst.
    """

    observation: Observation
    cells: tuple[Cell, ...]
    apart: str

    @property
    def tells(self) -> bool:
        """Whether it fits one hypothesis better than another."""
        return any(cell.code not in ("N", "NA") for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Column:
    """A hypothesis at the head of a column: its id, and what to call it in few words."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """The matrix as printed. `against` is each column's weighted sum of marks against it.

    `total` counts all rows that the assessment weighed, `warning` is the assessment's own.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    against: tuple[float, ...]
    total: int
    warning: str


def bar(at: Index, weighed: Hypothesis) -> Bar:
    """Return how a hypothesis is drawn."""
    posterior = weighed.posterior
    if words.told(weighed.likelihood):
        low, high = weighed.likelihood.low, weighed.likelihood.high
        return Bar(low, high, posterior, open=False, told=words.span(low, high))
    if weighed.kind is HypothesisKind.UNDETERMINED:
        told = f"{words.percent(posterior)} undecided"
        return Bar(0.0, posterior, posterior, open=True, told=told)
    rivals = at.dossier.assessment.hypotheses
    undecided = sum(h.posterior for h in rivals if h.kind is HypothesisKind.UNDETERMINED)
    high = min(posterior + undecided, 1.0)
    told = f"up to {words.percent(high)}"
    if posterior >= LEAST:
        told = f"between {words.percent(posterior)} and {words.percent(high)}"
    return Bar(posterior, high, posterior, open=True, told=told)


def matrix(at: Index) -> Table | None:
    """Return the matrix of competing hypotheses; None where the assessment has none."""
    weighed = at.dossier.assessment.matrix
    if weighed is None or not weighed.rows:
        return None
    named = {h.id: brief_label(h) for h in at.dossier.assessment.hypotheses}
    rows = [
        Row(
            at.observations[row.observation],
            tuple(Cell(mark.value, *MARKS[mark]) for mark in row.marks[:COLUMNS]),
            factor(row.diagnosticity),
        )
        for row in weighed.rows[:ROWS]
        if row.observation in at.observations
    ]
    return Table(
        tuple(Column(id_, named.get(id_, id_)) for id_ in weighed.hypotheses[:COLUMNS]),
        tuple(rows),
        weighed.inconsistency[:COLUMNS],
        len(weighed.rows) + weighed.omitted,
        weighed.warning,
    )


def brief_label(weighed: Hypothesis) -> str:
    """Return what to call a hypothesis where there is little room."""
    return weighed.label if weighed.actor else weighed.kind.value


def times(ratio: float) -> str:
    """Return what all evidence together does to the odds, as `factor` does."""
    return factor(math.log(ratio))


def factor(log_ratio: float) -> str:
    """Return what a weight does to the odds: `×3.7`, or `÷1.9`."""
    ratio = math.exp(min(abs(log_ratio), 20.0))
    shown = f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}"
    return f"{'×' if log_ratio >= 0 else '÷'}{shown}"
