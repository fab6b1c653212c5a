"""What only several reports together show: source roots and disagreements."""

from __future__ import annotations

from collections.abc import Sequence

from stopa.model.document import Document
from stopa.model.statement import Comparison, Reading
from stopa.statements.roots import roots


def compare(readings: Sequence[Reading], documents: Sequence[Document]) -> Comparison:
    """Compare readings of one case; `documents` are the texts they were read from."""
    return Comparison(roots(readings), ())
