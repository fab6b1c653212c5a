"""Small pieces of the page made beforehand: pictures as SVG, dates for the filter."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from stopa.dossier import timeline, words
from stopa.model.dossier import Coverage
from stopa.model.when import When

Moment = datetime | When | None  # a time, a date as precisely as it is known, or none
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
    return dated(first, last, None)


def published(when: When | None) -> Markup:
    """Return these attributes for what was said on a date: "as known on" hides it before."""
    return dated(None, None, when)


def dated(first: Moment, last: Moment, said: Moment) -> Markup:
    """Return the attributes of what happened from `first` to `last` and was first said at `said`.

    In microseconds since 1970; an attribute that is not known is not there.
    """
    happened, heard = (*_ends(first), *_ends(last)), _ends(said)
    known = [("first", min(happened, default=None)), ("last", max(happened, default=None))]
    known += [("said", min(heard, default=None)), ("said-last", max(heard, default=None))]
    written = [
        Markup('data-{}="{}"').format(name, timeline.microseconds(moment))
        for name, moment in known
        if moment
    ]
    return Markup(" ").join(written)


def _ends(moment: Moment) -> tuple[datetime, ...]:
    if moment is None:
        return ()
    if isinstance(moment, When):
        return timeline.ends_of(moment) or ()
    return (moment,) if words.sound(moment) else ()
