"""Small pictures drawn beforehand as SVG, so that they print and need no script."""

from __future__ import annotations

from markupsafe import Markup

from stopa.dossier import words
from stopa.model.dossier import Coverage

PARTS = ("events", "documents", "structure", "problems", "missing")


def share(row: Coverage) -> Markup:
    """Return how the bytes of a file were accounted for, as a bar with the figures beside it."""
    accounted = (row.event_bytes, row.document_bytes, row.structure_bytes, row.problem_bytes)
    figures = (*accounted, max(row.size - sum(accounted), 0))
    whole = max(sum(figures), 1)
    left, drawn = 0.0, []
    for part, figure in zip(PARTS, figures, strict=True):
        width = figure / whole * 100
        if figure:
            drawn.append(
                Markup('<rect x="{}%" width="{}%" height="8" class="{}"/>').format(
                    round(left, 2), round(max(width, 0.5), 2), part
                )
            )
        left += width
    told = ", ".join(
        f"{part} {words.number(figure)}"
        for part, figure in zip(PARTS, figures, strict=True)
        if figure
    )
    return Markup(
        '<svg class="share" width="100%" height="8" aria-hidden="true">{}</svg><small>{}</small>'
    ).format(Markup("").join(drawn), told or "0 bytes")
