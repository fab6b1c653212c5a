"""Dates as Windows writes them in text logs: in the machine's own order, without a zone.

Spec: https://learn.microsoft.com/windows/win32/intl/date-and-time-format-strings
Trap: `03/02/2026` is two days, according to the country. Month first is read only where AM or PM
stands behind it and no zero before month or day, as the United States write and Australia does not
(`5/06/2026 8:30:00 AM`), or where the format's own specification says so; day first where dots
part it. Without the analyst's zone there is no time at all.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from stopa.readers._flatten import Column
from stopa.readers._times import Times, by_value

CLOCK = r"(\d{1,2}):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?:\s*([AP])\.?M\.?)?"
MONTH_FIRST = re.compile(rf"(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}|\d\d)[ ,T]\s*{CLOCK}", re.IGNORECASE)
DAY_FIRST = re.compile(rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}})[ ,T]\s*{CLOCK}", re.IGNORECASE)
YEAR_FIRST = re.compile(rf"(\d{{4}})[-/](\d{{1,2}})[-/](\d{{1,2}})[ ,T]\s*{CLOCK}", re.IGNORECASE)


def local(texts: Column, zone: tzinfo | None) -> Times:
    """Read dates whose order can be told by how they look."""
    return by_value(texts, lambda text: _told(text, slashes=False), zone)


def month_first(texts: Column, zone: tzinfo | None) -> Times:
    """Read dates of a format that always writes the month first where slashes part them."""
    return by_value(texts, lambda text: _told(text, slashes=True), zone)


def _told(text: str, *, slashes: bool) -> datetime | None:
    text = text.replace("\u202f", " ").strip()
    if found := YEAR_FIRST.match(text):
        year, month, day = found[1], found[2], found[3]
    elif found := DAY_FIRST.match(text):
        day, month, year = found[1], found[2], found[3]
    elif (found := MONTH_FIRST.match(text)) and (slashes or _american(found)):
        month, day, year = found[1], found[2], found[3]
    else:
        return None
    return _date((year, month, day), (found[4], found[5], found[6]), (found[7], found[8]))


def _american(found: re.Match[str]) -> bool:
    return bool(found[8]) and not any(part.startswith("0") for part in found.group(1, 2))


def _date(
    date: tuple[str, str, str],
    clock: tuple[str, str, str],
    rest: tuple[str | None, str | None],
) -> datetime | None:
    year, month, day = map(int, date)
    hour, minute, second = map(int, clock)
    fraction, half = rest
    if half:
        hour = hour % 12 + (12 if half.upper() == "P" else 0)
    micros = int(f"{fraction or 0:0<6}")
    try:
        year = year if year > 99 else 2000 + year
        return datetime(year, month, day, hour, minute, second, micros)  # noqa: DTZ001 - the zone is the analyst's
    except ValueError:
        return None
