"""What the ranking's probabilities earned: stated against observed share, drawn and as figures.

Spec: reliability diagram (Wilks, Statistical Methods in the Atmospheric Sciences, chapter 8);
Wilson score interval (1927), 95 %
Why: a probability means something only where such probabilities came true before.
Trap: a share of three cases is no share; each point carries its count and its interval.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from stopa.model.assessment import ReliabilityBin

SIDE, LEFT, TOP = 260, 46, 26  # of the square that is drawn, and what is left free beside it
WIDE, TALL = LEFT + SIDE + 26, TOP + SIDE + 44
NORMAL_95 = 1.959964  # two-sided, standard normal
SMALLEST, LARGEST = 3.0, 11.0  # radius of a point
CLOSE = 0.1  # of the width: two figures beside each other would touch
LINES = (0, 25, 50, 75, 100)  # per cent


def diagram(bins: Sequence[ReliabilityBin], here: float | None = None) -> Markup:
    """Return the diagram as SVG: points on the diagonal came true as often as was stated.

    `here` is what was stated in this case.
    """
    most = max((one.cases for one in bins), default=1)
    told = "; ".join(f"{_cases(b)} stated {b.stated:.0%}, right {b.correct:.0%}" for b in bins)
    return Markup(
        '<svg class="calibration" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>'
    ).format(
        WIDE,
        TALL,
        f"Stated probability against the share that was right: {told}",
        Markup("").join(_frame()),
        _here(here) if here is not None else "",
        Markup("").join(_points([one for one in bins if one.cases], most)),
    )


def tested(bins: Sequence[ReliabilityBin], stated: float) -> ReliabilityBin | None:
    """Return the bin of tested cases in which so much was stated; None where there was none."""
    return next((b for b in bins if b.low <= stated < b.high and b.cases), None)


def interval(one: ReliabilityBin) -> tuple[float, float]:
    """Return between which shares the true one lies, 95 %, by the count of cases."""
    if not one.cases:
        return 0.0, 1.0
    square = NORMAL_95**2 / one.cases
    centre = (one.correct + square / 2) / (1 + square)
    spread = one.correct * (1 - one.correct) / one.cases + square / (4 * one.cases)
    half = NORMAL_95 * math.sqrt(spread) / (1 + square)
    return max(centre - half, 0.0), min(centre + half, 1.0)


def _frame() -> Iterator[Markup]:
    for line in LINES:
        x, y = _x(line / 100), _y(line / 100)
        yield Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
            LEFT, LEFT + SIDE, y, y
        )
        yield Markup('<text class="scale" x="{}" y="{}" text-anchor="end">{} %</text>').format(
            LEFT - 6, y + 4, line
        )
        yield Markup('<text class="scale" x="{}" y="{}" text-anchor="middle">{} %</text>').format(
            x, TOP + SIDE + 17, line
        )
    yield Markup('<line class="even" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(
        _x(0), _y(0), _x(1), _y(1)
    )
    yield Markup('<text class="scale" x="{}" y="{}" text-anchor="middle">{}</text>').format(
        LEFT + SIDE / 2, TALL - 6, "stated probability of the actor ranked first"
    )


def _here(stated: float) -> Markup:
    return Markup(
        '<line class="here" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<text class="here" x="{0}" y="{3}" text-anchor="middle">this case</text>'
    ).format(_x(stated), _y(0), _y(1), TOP - 12)


def _points(bins: Sequence[ReliabilityBin], most: int) -> Iterator[Markup]:
    """Yield the points; the figure of one that is close to that before it stands below it."""
    before, below = -math.inf, False
    for one in bins:
        below = one.stated - before < CLOSE and not below
        before = one.stated
        yield _point(one, most, below=below)


def _point(one: ReliabilityBin, most: int, *, below: bool) -> Markup:
    low, high = interval(one)
    x, y = _x(one.stated), _y(one.correct)
    radius = round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(one.cases / most), 1)
    figure = max(_y(low), y + radius) + 13 if below else min(_y(high), y - radius) - 4
    return Markup(
        '<line class="within95" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<circle class="earned" cx="{0}" cy="{3}" r="{4}"/>'
        '<text x="{0}" y="{5}" text-anchor="middle">{6}</text>'
    ).format(x, _y(high), _y(low), y, radius, figure, one.cases)


def _x(share: float) -> float:
    return round(LEFT + SIDE * share, 1)


def _y(share: float) -> float:
    return round(TOP + SIDE * (1 - share), 1)


def _cases(one: ReliabilityBin) -> str:
    return f"{one.cases} {'case' if one.cases == 1 else 'cases'}"
