"""A date as precisely as it is known, never more.

Spec: EDTF (ISO 8601-2:2019): `2022`, `2022-03`, `2022-03-15`, `2022/2024`, `2022/..`
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)Z)?)?)?")

OPEN = ("..", "")  # how EDTF writes an end that is open, and one that is unknown


@dataclass(frozen=True, slots=True, order=True)
class When:
    """One date or interval in EDTF. Times, where there are any, are UTC.

    Raises ValueError where the text is not a date that the calendar has.
    """

    edtf: str

    def __post_init__(self) -> None:
        ends = self.edtf.split("/")
        if len(ends) > 2 or not any(_span(end) for end in ends):
            raise ValueError(f"not an EDTF date: {self.edtf!r}")
        if any(_span(end) is None and end not in OPEN for end in ends):
            raise ValueError(f"not an EDTF date: {self.edtf!r}")

    @classmethod
    def stated(cls, text: str) -> When | None:
        """Return the date that a text is, None where it is none."""
        try:
            return cls(text)
        except ValueError:
            return None

    def earliest(self) -> datetime | None:
        """Return the first instant it can mean; None where the interval is open."""
        span = _span(self.edtf.split("/")[0])
        return span[0] if span else None

    def latest(self) -> datetime | None:
        """Return the first instant after all it can mean; None where the interval is open."""
        span = _span(self.edtf.split("/")[-1])
        return span[1] if span else None


def _span(text: str) -> tuple[datetime, datetime] | None:
    found = DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day, clock = found.groups()
    if clock:
        instant = datetime.fromisoformat(f"{text[:-1]}+00:00")
        return instant, instant + timedelta(microseconds=1)
    first = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
    last_month = int(month or 12)
    last_day = int(day or monthrange(int(year), last_month)[1])
    return first, datetime(int(year), last_month, last_day, tzinfo=UTC) + timedelta(days=1)
