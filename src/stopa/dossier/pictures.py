"""Small pieces of the page made beforehand: pictures as SVG, dates for the filter."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from stopa.dossier import timeline, words
from stopa.model.dossier import Coverage
from stopa.model.when import When

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
                Markup('<rect x="{}%" width="{}%" height="6" class="{}"/>').format(
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
        '<svg class="share" width="100%" height="6" aria-hidden="true">{}</svg><small>{}</small>'
    ).format(Markup("").join(drawn), told or "0 bytes")


def spanned(first: datetime, last: datetime) -> Markup:
    """Return the attributes by which the script filters an element by time."""
    return Markup('data-first="{}" data-last="{}"').format(
        timeline.microseconds(first), timeline.microseconds(last)
    )


def published(when: When | None) -> Markup:
    """Return these attributes for what was said on a date: "as known on" hides it before."""
    ends = timeline.ends_of(when) if when else None
    return Markup("{} data-said").format(spanned(*ends)) if ends else Markup("")
