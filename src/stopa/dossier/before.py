"""Earlier incidents on one line of time: told by documents, or known of an actor of this case.

Why: a campaign of years is recognised by what came before. That an actor did something before says
nothing about this case, so the strip says whose knowledge each mark is and bears no weight.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from markupsafe import Markup

from stopa.dossier import timeline
from stopa.dossier.index import Index
from stopa.model.assessment import EarlierIncident

SHOWN = 200  # incidents in the table
ROWS = 12  # rows of marks in the strip
ROW = 14  # pixels of one
GAP = 1.2  # per cent that two marks of one row keep apart
YEARS_WIDE = 25  # years from which on only every fifth has a label


@dataclass(frozen=True, slots=True)
class Before:
    """One earlier incident. `link` is the id it leads to in the page, empty where there is none."""

    incident: EarlierIncident
    link: str
    is_told: bool


def earlier(at: Index) -> tuple[Before, ...]:
    """Return the earlier incidents, oldest first, undated ones last."""
    facts = {fact.id for reading in at.dossier.readings for fact in reading.facts}
    actors = {actor.name: actor.id for actor in at.dossier.actors}
    return tuple(
        Before(
            one,
            one.basis if one.basis in facts else actors.get(one.of, ""),
            one.basis in facts,
        )
        for one in at.dossier.assessment.earlier
    )


def strip(all_: Iterable[Before], case: tuple[date, date] | None) -> Markup:
    """Return them on a line of years as SVG, with the days of this case as a band."""
    spans = [
        (ends, one)
        for one in all_
        if one.incident.when and (ends := timeline.ends_of(one.incident.when))
    ]
    if not spans:
        return Markup("")
    years = [moment.year for ends, _ in spans for moment in ends]
    years += [day.year for day in case or ()]
    first, last = min(years), max(years) + 1
    drawn, rows = [], 0
    free = [-GAP] * ROWS
    for (start, end), one in spans:
        left, right = _share(start, first, last), _share(end, first, last)
        width = max(right - left, 0.6)
        row = next((n for n, edge in enumerate(free) if edge + GAP <= left), ROWS - 1)
        free[row] = max(left + width, free[row])
        rows = max(rows, row + 1)
        drawn.append(
            Markup(
                '<rect class="{}" x="{}%" width="{}%" y="{}" height="8"><title>{}</title></rect>'
            ).format(
                "told" if one.is_told else "known",
                round(left, 2),
                round(width, 2),
                20 + row * ROW,
                f"{one.incident.what} {one.incident.when.edtf if one.incident.when else ''}",
            )
        )
    tall = 20 + rows * ROW + 2
    band = _band(case, first, last, tall) if case else Markup("")
    return Markup(
        '<svg class="earlier" width="100%" height="{}" aria-hidden="true">{}{}{}</svg>'
    ).format(tall, band, _years(first, last, tall), Markup("").join(drawn))


def _band(case: tuple[date, date], first: int, last: int, tall: int) -> Markup:
    ends = [_share(datetime(d.year, d.month, d.day, tzinfo=UTC), first, last) for d in case]
    return Markup('<rect class="case" x="{}%" width="{}%" y="18" height="{}"/>').format(
        round(ends[0], 2), round(max(ends[1] - ends[0], 0.6), 2), tall - 18
    )


def _years(first: int, last: int, tall: int) -> Markup:
    step = 5 if last - first > YEARS_WIDE else max(1, (last - first) // 8)
    marks = (
        Markup(
            '<line x1="{0}%" x2="{0}%" y1="14" y2="{1}"/><text x="{0}%" dx="3" y="11">{2}</text>'
        ).format(round(_share(datetime(year, 1, 1, tzinfo=UTC), first, last), 2), tall, year)
        for year in range(first, last)
        if year % step == 0
    )
    return Markup("").join(marks)


def _share(moment: datetime, first: int, last: int) -> float:
    start, end = (datetime(year, 1, 1, tzinfo=UTC) for year in (first, last))
    return min(max((moment - start) / (end - start), 0.0), 1.0) * 100
