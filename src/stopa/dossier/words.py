"""How the dossier writes numbers, times, places and names in sentences, the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from stopa.model.assessment import (
    UNTOLD,
    ClaimedAttribution,
    Credibility,
    Forgeability,
    Likelihood,
)
from stopa.model.evidence import Reliability, Where
from stopa.model.when import When

YEARS = (1990, 2100)  # outside of these, a time is a broken clock's
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
MINUTE, HOUR, DAY = 60, 3_600, 86_400  # seconds
UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")
IMITATED = {
    Forgeability.LOW: "at high cost",
    Forgeability.MEDIUM: "at some cost",
    Forgeability.HIGH: "cheaply",
}
LONGEST = 2_000  # characters of one evidence string that the page shows
RELIABILITY = {
    Reliability.COMPLETELY: "completely reliable",
    Reliability.USUALLY: "usually reliable",
    Reliability.FAIRLY: "fairly reliable",
    Reliability.NOT_USUALLY: "not usually reliable",
    Reliability.UNRELIABLE: "unreliable",
    Reliability.CANNOT_BE_JUDGED: "reliability cannot be judged",
}
CREDIBILITY = {
    Credibility.CONFIRMED: "confirmed by other sources",
    Credibility.PROBABLY_TRUE: "probably true",
    Credibility.POSSIBLY_TRUE: "possibly true",
    Credibility.DOUBTFUL: "doubtful",
    Credibility.IMPROBABLE: "improbable",
    Credibility.CANNOT_BE_JUDGED: "truth cannot be judged",
}


def number(value: int) -> str:
    """Return 50000 as `50,000`."""
    return f"{value:,}"


def count(value: int, noun: str, plural: str = "") -> str:
    """Return `1 finding`, `50,000 findings`, `no findings`."""
    many = plural or f"{noun}s"
    return f"{number(value) if value else 'no'} {noun if value == 1 else many}"


def spelled(value: int, noun: str, plural: str = "") -> str:
    """Return `one source root`, `five reports`, `12 reports`."""
    many = plural or f"{noun}s"
    figure = NUMBERS[value] if 0 <= value < len(NUMBERS) else number(value)
    return f"{figure} {noun if value == 1 else many}"


def size(value: int) -> str:
    """Return 69206016 as `69.2 MB` (decimal units, as disks are sold)."""
    if value < 1_000:
        return count(value, "byte")
    power = min((len(str(value)) - 1) // 3, len(UNITS) - 1)
    return f"{value / 1_000**power:.1f} {UNITS[power]}"


def duration(seconds: float) -> str:
    """Return 7.25 as `7.3 s`, 7200.4 as `2 h 0 min`, 100000 as `1 d 3 h`; a minus stays."""
    sign, size = "−" if seconds < 0 else "", abs(seconds)
    if size < 59.95:
        return f"{sign}{size:.1f} s" if size >= 1 else f"{sign}{size:.2f} s"
    whole = round(size)
    if whole < HOUR:
        return f"{sign}{whole // MINUTE} min {whole % MINUTE} s"
    if whole < DAY:
        return f"{sign}{whole // HOUR} h {whole % HOUR // MINUTE} min"
    return f"{sign}{number(whole // DAY)} d {whole % DAY // HOUR} h"


def percent(value: float) -> str:
    """Return a probability as `61 %`; never `0 %` or `100 %`, which nobody can know."""
    if value < 0.01:
        return "under 1 %"
    return "over 99 %" if value > 0.99 else f"{round(value * 100)} %"


def span(low: float, high: float) -> str:
    """Return a range of probabilities as `55–80 %`."""
    return f"{round(low * 100)}–{round(high * 100)} %"


def odds(likelihood: Likelihood) -> str:
    """Return `likely (55–80 %)`; `cannot be told` has no range."""
    if likelihood == UNTOLD:
        return likelihood.term
    return f"{likelihood.term} ({span(likelihood.low, likelihood.high)})"


def told(likelihood: Likelihood) -> bool:
    """Return whether the likelihood says anything at all."""
    return likelihood != UNTOLD


def day(moment: datetime) -> str:
    """Return `28 May 2025`."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def sound(moment: datetime) -> bool:
    """Return whether a clock can have meant it: broken ones write 1601, 1970 or 9999."""
    return YEARS[0] <= moment.year < YEARS[1]


def iso(moment: datetime) -> str:
    """Return `2025-05-28`, for narrow tables."""
    return f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}"


def instant(moment: datetime) -> str:
    """Return `28 May 2025, 08:15:03.127 UTC`, to the microsecond where there are any."""
    clock = f"{moment:%H:%M:%S}"
    if moment.microsecond:
        clock += f".{moment.microsecond:06d}".rstrip("0")
    return f"{day(moment)}, {clock} UTC"


def stamp(moment: datetime | None) -> str:
    """Return `2025-05-28 08:15:03.127` for a table whose heading says UTC; a dash for no time."""
    if moment is None:
        return "—"
    text = f"{moment:%H:%M:%S}.{moment.microsecond:06d}"
    return f"{iso(moment)} {text[:-3]}"


def date(when: When | None) -> str:
    """Return an imprecise date in words: `May 2025`, `2022 to 2024`, `2022 or later`."""
    if when is None:
        return "no date stated"
    first, slash, last = when.edtf.partition("/")
    if not slash:
        return _one_date(when.edtf)
    if last in {"", ".."}:
        return f"{_one_date(first)} or later"
    if first in {"", ".."}:
        return f"{_one_date(last)} or earlier"
    return f"{_one_date(first)} to {_one_date(last)}"


def month_day(month: str, day: str) -> str:
    """Return `28 May` for `05` and `28`; the digits themselves where no calendar has them."""
    known = month.isdecimal() and month.isascii() and 1 <= int(month) <= len(MONTHS)
    return f"{day.lstrip('0')} {MONTHS[int(month) - 1]}" if known else f"{month}-{day}"


def listed(names: Iterable[str], most: int = 4) -> str:
    """Return `a, b and c`, or `a, b, c and 5 more`."""
    every = list(names)
    shown = every if len(every) <= most + 1 else every[:most]
    rest = len(every) - len(shown)
    parts = [*shown, f"{number(rest)} more"] if rest else shown
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def claimed(claim: ClaimedAttribution) -> str:
    """Return what others claim, on what basis, and who supports the accuser without blaming."""
    sponsor = f", said to act for {claim.sponsor}" if claim.sponsor else ""
    told = (
        f"Claimed, not established here: {claim.actor}{sponsor}. {claim.documents} documents, "
        f"{claim.roots} source roots, {claim.published_basis} indicators or techniques published."
    )
    backers = ", ".join(claim.supported_by)
    return f"{told} Supported, without blame, by {backers}." if backers else told


def locator(where: Where) -> str:
    """Return the place inside the evidence: `record 1234, bytes 12–96`."""
    parts = []
    if where.part is not None:
        parts.append(f"part {where.part}")
    if where.page is not None:
        parts.append(f"page {where.page}")
    if where.record is not None:
        parts.append(f"record {where.record}")
    if where.line is not None:
        parts.append(f"line {number(where.line)}")
    if where.span is not None:
        parts.append(f"characters {number(where.span[0])}–{number(where.span[1])}")
    if where.offset is not None:
        parts.append(_bytes(where.offset, where.length))
    return ", ".join(parts) or "the whole file"


def clipped(text: str, most: int = LONGEST, mark: str = "") -> str:
    """Return the text, cut with `mark`, else with its true length, where it is over the limit."""
    if len(text) <= most:
        return text
    return f"{text[:most].rstrip()}{mark or f'… [cut here: {number(len(text))} characters]'}"


def _bytes(offset: int, length: int | None) -> str:
    if length is None:
        return f"byte {number(offset)}"
    return f"bytes {number(offset)}–{number(offset + length)}"


def _one_date(text: str) -> str:
    parts = text.split("T")[0].split("-")
    if not all(part.isdecimal() and part.isascii() for part in parts) or len(parts) > 3:
        return text
    if len(parts) == 1 or not 1 <= int(parts[1]) <= 12:
        return text
    month = f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    words = month if len(parts) == 2 else f"{int(parts[2])} {month}"
    return f"{words}, {text.partition('T')[2].rstrip('Z')} UTC" if "T" in text else words
