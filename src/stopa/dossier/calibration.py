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

SIDE, LEFT, TOP = 260, 46, 12  # of the square that is drawn, and what is left free beside it
WIDE, TALL = LEFT + SIDE + 26, TOP + SIDE + 44
NORMAL_95 = 1.959964  # two-sided, standard normal
SMALLEST, LARGEST = 3.0, 11.0  # radius of a point
LINES = (0, 25, 50, 75, 100)  # per cent


def diagram(bins: Sequence[ReliabilityBin]) -> Markup:
    """Return the diagram as SVG: points on the diagonal came true as often as was stated."""
    most = max((one.cases for one in bins), default=1)
    told = "; ".join(f"{_cases(b)} stated {b.stated:.0%}, right {b.correct:.0%}" for b in bins)
    return Markup(
        '<svg class="calibration" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>'
    ).format(
        WIDE,
        TALL,
        f"Stated probability against the share that was right: {told}",
        Markup("").join(_frame()),
        Markup("").join(_point(one, most) for one in bins if one.cases),
    )


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


def _point(one: ReliabilityBin, most: int) -> Markup:
    low, high = interval(one)
    x, y = _x(one.stated), _y(one.correct)
    radius = round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(one.cases / most), 1)
    return Markup(
        '<line class="within95" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<circle class="earned" cx="{0}" cy="{3}" r="{4}"/>'
        '<text x="{0}" y="{5}" text-anchor="middle">{6}</text>'
    ).format(x, _y(high), _y(low), y, radius, min(_y(high), y - radius) - 4, one.cases)


def _x(share: float) -> float:
    return round(LEFT + SIDE * share, 1)


def _y(share: float) -> float:
    return round(TOP + SIDE * (1 - share), 1)


def _cases(one: ReliabilityBin) -> str:
    return f"{one.cases} {'case' if one.cases == 1 else 'cases'}"
