"""Dates as printed in prose, as precisely as they are printed.

Spec: EDTF (ISO 8601-2:2019) with `XXXX` for a year that the text does not give.
Trap: `last year`, `on Friday` and a month alone mean something only beside the date of the
document; without one they are not dates. A guess is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
DAYS = {
    day: number
    for number, day in enumerate(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    )
}
MONTH = (
    r"(?P<month{n}>January|February|March|April|May|June|July|August|September|October|November|"
    r"December|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|"
    r"DECEMBER"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
YEAR = r"(?P<year{n}>(?:19|20)\d\d)\b"
PATTERN = re.compile(
    "|".join(
        (
            r"\b(?P<iso>(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?)\b",
            r"\b(?:between|from) (?P<from>(?:19|20)\d\d) (?:and|to|until|through) (?P<to>(?:19|"
            r"20)\d\d)\b",
            r"\b(?P<range>(?:19|20)\d\d[-–](?:19|20)\d\d)\b",
            r"\b(?P<day1>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? " + MONTH.format(n=1)
            + r"(?:,? " + YEAR.format(n=1) + r")?",
            r"\b" + MONTH.format(n=2) + r" (?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\d|:)"
            + r"(?:,? " + YEAR.format(n=2) + r")?",
            r"\b" + MONTH.format(n=3) + r"(?: of)?,? " + YEAR.format(n=3),
            r"\b(?P<that>[Ll]ast|[Tt]his|[Tt]hat|[Ii]n|[Ss]ince|[Uu]ntil|[Ii]n late|[Ii]n early) "
            + MONTH.format(n=4) + r"(?!,? (?:of )?(?:\d|the \d))(?P<ago> last year| this year)?",
            r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Oo]f|[Bb]y|[Ff]rom|[Uu]ntil|[Ee]arly|[Ll]ate|"
            r"[Aa]round|[Tt]he|[Ii]n late|[Bb]ack to|[Ii]n mid-|mid-) ?"
            + YEAR.format(n=5),
            r"\b(?P<relative>[Ll]ast year|[Yy]esterday|[Tt]oday|[Tt]his year|[Ll]ast month)\b",
            r"\b(?P<lead>[Oo]n|[Ll]ast|[Tt]his|[Ss]ince last) (?P<weekday>Monday|Tuesday|"
            r"Wednesday|Thursday|Friday|Saturday|Sunday)\b",
        )
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at the characters [start, end). `stated` when the text itself gives all of it."""

    start: int
    end: int
    edtf: str
    stated: bool = True

    @property
    def day(self) -> bool:
        """Whether it names a day."""
        return len(self.edtf) == 10

    @property
    def full(self) -> bool:
        """Whether the year is known."""
        return not self.edtf.startswith("X")


def dates(text: str, anchor: date | None, start: int = 0, end: int | None = None) -> list[Dated]:
    """Return the dates in text[start:end]; `anchor` is the document's date, where it has one."""
    return list(_found(text, anchor, start, len(text) if end is None else end))


def _found(text: str, anchor: date | None, start: int, end: int) -> Iterator[Dated]:
    year: int | None = None
    for match in PATTERN.finditer(text, start, end):
        got = match.groupdict()
        edtf, stated = _edtf(got, anchor, year)
        if edtf is None:
            continue
        if edtf[:4].isdigit():
            year = int(edtf[:4])
        yield Dated(match.start(), match.end(), edtf, stated)


def _edtf(
    got: dict[str, str | None], anchor: date | None, year: int | None
) -> tuple[str | None, bool]:
    if got["iso"]:
        return _valid(got["iso"]), True
    if got["from"]:
        return f"{got['from']}/{got['to']}", True
    if got["range"]:
        return f"{got['range'][:4]}/{got['range'][-4:]}", True
    for n in ("1", "2"):
        if got[f"month{n}"]:
            return _day(got[f"year{n}"], got[f"month{n}"], got[f"day{n}"], anchor)
    if got["month3"]:
        return f"{got['year3']}-{_month(got['month3']):02}", True
    if got["month4"]:
        return _month_alone(got, anchor, year), False
    if got["year5"]:
        return got["year5"], True
    return _relative(got, anchor), False


def _valid(text: str) -> str | None:
    try:
        date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    except ValueError:
        return None
    return text


def _month(name: str | None) -> int:
    return MONTHS[(name or "").lower()]


def _day(
    year: str | None, month: str | None, day: str | None, anchor: date | None
) -> tuple[str | None, bool]:
    number = int(day or 0)
    if not 1 <= number <= 31:
        return None, True
    if year:
        return _valid(f"{year}-{_month(month):02}-{number:02}"), True
    if anchor is None:
        return f"XXXX-{_month(month):02}-{number:02}", True
    return _valid(f"{anchor.year}-{_month(month):02}-{number:02}"), False


def _month_alone(got: dict[str, str | None], anchor: date | None, year: int | None) -> str | None:
    month = _month(got["month4"])
    if got["that"] == "that" and year:
        return f"{year}-{month:02}"
    if anchor is None:
        return None
    if got["ago"] == " last year":
        return f"{anchor.year - 1}-{month:02}"
    return f"{anchor.year if month <= anchor.month else anchor.year - 1}-{month:02}"


def _relative(got: dict[str, str | None], anchor: date | None) -> str | None:
    if anchor is None:
        return None
    word = (got["relative"] or "").lower()
    if word == "last year":
        return str(anchor.year - 1)
    if word == "this year":
        return str(anchor.year)
    if word == "last month":
        before = anchor.replace(day=1) - timedelta(days=1)
        return f"{before.year}-{before.month:02}"
    if word in {"yesterday", "today"}:
        return (anchor - timedelta(days=word == "yesterday")).isoformat()
    if got["weekday"]:
        return _weekday(got["weekday"].lower(), anchor, strictly="ast" in (got["lead"] or ""))
    return None


def _weekday(name: str, anchor: date, *, strictly: bool) -> str:
    """Return the latest such weekday up to the document's date."""
    back = (anchor.weekday() - DAYS[name]) % 7
    if strictly and back == 0:
        back = 7
    return (anchor - timedelta(days=back)).isoformat()


def anchor_of(edtf: str | None) -> date | None:
    """Return the document's date for working out others; None unless it has year, month, day."""
    if edtf is None or len(edtf) != 10 or not edtf[:4].isdigit():
        return None
    return date.fromisoformat(edtf)
