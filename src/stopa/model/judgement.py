"""What analysts judge by hand: dated, reasoned, signed with a name, beside what was computed.

Why: a tool's weights are one opinion. An analyst's stands next to it and never in its place, so
that a reader sees who moved what, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

COMPUTED = "computed"  # who holds the values that no analyst gave


class JudgementKind(StrEnum):
    """What a judgement is about."""

    RELIABILITY = "reliability"
    CELL = "cell"
    HYPOTHESIS = "hypothesis"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement of one analyst.

    `subject` is the SHA-256 of the evidence, the id of the observation, or the words of the added
    hypothesis; `column` is for a cell what its hypothesis is known by (an actor's knowledge id or
    its kind), else empty; `value` is an Admiralty letter, an ACH mark, or one of ICD 203's terms.
    `at` is when the analyst says it was judged, ISO 8601 in UTC.
    """

    id: str
    analyst: str
    at: str
    kind: JudgementKind
    subject: str
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class View:
    """The matrix as one analyst judges it: inconsistency of each column, and the columns ranked.

    `columns` are what the hypotheses are known by; `own` counts the cells that the analyst judged.
    """

    analyst: str
    columns: tuple[str, ...]
    inconsistency: tuple[float, ...]
    least: tuple[str, ...]
    own: int


@dataclass(frozen=True, slots=True)
class Apart:
    """One thing on which analysts, or an analyst and the computation, do not agree.

    `held` are (who, value) pairs by name, `computed` among them where there is such a value.
    """

    kind: JudgementKind
    subject: str
    column: str
    held: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """All judgements of a case in order of time, each analyst's view, and where they part ways."""

    judgements: tuple[Judgement, ...]
    views: tuple[View, ...]
    apart: tuple[Apart, ...]
