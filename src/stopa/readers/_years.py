"""The years of times that are written without one, where the log itself tells them.

Spec: https://www.rfc-editor.org/rfc/rfc3164#section-4.1.2
Why: `Jun 21 16:47:48` has neither year nor zone. A message may hold a full date of the same day
(`Jul  8 11:07:07 web nginx: ... [08/Jul/2021:11:07:07 +0000]`): that tells the year of the line,
and, because a log runs forward, of all its lines. Without such a line nobody knows.
Trap: the file's own dates on disk are no evidence: copying changes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
STAMP = re.compile(r"([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)")
FULL = re.compile(
    r"(?<!\d)(?:(?P<y>(?:19|20)\d\d)([-/])(?P<m>[01]\d)\2(?P<d>[0-3]\d)(?=[T \]_,]|$)"
    r"|(?P<day>[0-3]?\d)[-/ ](?P<month>[A-Z][a-z]{2})[-/ ](?P<year>(?:19|20)\d\d)(?!\d))"
)
LOOKED_AT = 4_096  # characters of a line
FIRST, LAST = 1, 12
LATE, EARLY = 10, 3  # a log that goes from October or later to March or before has a new year


@dataclass(slots=True)
class Years:
    """Counts the years of stamps in the order of a log. `year` is that of the stamp seen last.

    `line` is the line that told the year; None where none did, and the analyst may have.
    """

    year: int | None = None
    line: int | None = None
    month: int = 0
    known: dict[str, str | None] = field(default_factory=dict)

    @property
    def basis(self) -> str | None:
        """Who says which year it is; None where nobody does."""
        if self.line is not None:
            return f"year: line {self.line}"
        return "year: --year" if self.year is not None else None

    def when(self, stamp: str) -> str | None:
        """Return a stamp as ISO 8601 without zone; None where its year is not known."""
        if stamp in self.known:
            return self.known[stamp]
        found = STAMP.fullmatch(stamp)
        month = MONTHS.get(found[1]) if found else None
        if found is None or month is None:
            return None
        self.turn(month)
        if len(self.known) > 4096:
            self.known.clear()
        year = self.year - self._late(month) if self.year else None
        said = f"{year}-{month:02}-{int(found[2]):02} {found[3]}" if year else None
        self.known[stamp] = said
        return said

    def turn(self, month: int) -> bool:
        """Take note of a stamp's month; return whether a new year has begun."""
        begun = self.month >= LATE and month <= EARLY
        if begun:
            self.year = self.year + 1 if self.year else None
        if month != self.month and not self._late(month):
            self.known.clear()
            self.month = month
        return begun

    def _late(self, month: int) -> bool:
        """Tell whether a line is of last year, and late: it does not bring that year back."""
        return month == LAST and self.month == FIRST


def told(lines: Iterable[tuple[int, str]]) -> Years:
    """Return what these numbered lines tell of the year of the first of them."""
    seen, turns = Years(), 0
    for number, text in lines:
        stamp = STAMP.search(text, 0, 40)
        month = MONTHS.get(stamp[1]) if stamp else None
        if stamp is None or month is None:
            continue
        turns += seen.turn(month)
        year = _same_day(text, stamp.end(), month, int(stamp[2]))
        if year is not None:
            return Years(year - turns, number)
    return Years()


def _same_day(text: str, start: int, month: int, day: int) -> int | None:
    for found in FULL.finditer(text, start, LOOKED_AT):
        year = int(found["y"] or found["year"])
        said = int(found["m"]) if found["m"] else MONTHS.get(found["month"])
        if said == month and abs(int(found["d"] or found["day"]) - day) <= 1:
            return year
    return None
