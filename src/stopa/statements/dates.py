"""Dates as printed in prose, as precisely as they are printed.

Spec: EDTF (ISO 8601-2:2019) with `XXXX` for a year that the text does not give.
Trap: `last year`, `on Friday` and a month alone mean something only beside the date of the
document; without one they are not dates. A guess is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from stopa.statements.lexicon.calendar import AHEAD, COUNTS, DAYS, MONTHS

LONG_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
SHORT_MONTHS = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
MONTH = rf"(?:{LONG_MONTHS}|{LONG_MONTHS.upper()}|{SHORT_MONTHS})"
YEAR = r"(?:19|20)\d\d\b"
PART = r"(?:[Ee]arly|[Ll]ate|[Mm]id|[Tt]he (?:start|beginning|middle|end) of)[ -]"
DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
COUNT = r"(?:\d{1,2}|" + "|".join(COUNTS) + ")"
LEAD = (
    r"(?:[Ii]n|[Ss]ince|[Dd]uring|[Oo]f|[Bb]y|[Ff]rom|[Uu]ntil|[Tt]ill|[Aa]round|[Tt]he|[Bb]ack "
    r"to|"
    r"[Bb]efore|[Aa]fter|[Tt]hrough|[Tt]hroughout|[Tt]o|[Aa]n?|[Ii]ts|[Tt]heir|[Aa]s of|[Yy]ear|"
    r"[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter|[Ll]east|[Ee]arly|[Ll]ate|[Mm]id|[Aa]s|"
    r"[Oo]r)"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
# One alternative for each way to print a date; the name of its group says which one it is.
FORMS = (
    rf"\b(?P<iso>{YEAR[:-2]}-[01]\d(?:-[0-3]\d)?)\b",
    rf"(?<![\d.])(?P<dotted>(?P<dotted_d>[0-3]?\d)\. ?(?P<dotted_m>[01]?\d)\. ?"
    rf"(?P<dotted_y>{YEAR}))",
    rf"\b(?P<days>(?:between |from )?(?P<days_m1>{MONTH}) (?P<days_a1>{DAY})"
    rf"(?: ?[-–] ?| (?:and|to) )(?P<days_b1>{DAY}),? (?P<days_y1>{YEAR}))",
    rf"\b(?P<dayz>(?:between |from )?(?P<dayz_a>{DAY})(?: ?[-–] ?| (?:and|to) )(?P<dayz_b>{DAY}) "
    rf"(?P<dayz_m>{MONTH})\b(?:,? (?P<dayz_y>{YEAR}))?)",
    rf"\b(?P<months>(?:[Bb]etween |[Ff]rom )?(?:in or (?:about|"
    rf"around) )?(?:{PART})?(?P<months_a>{MONTH})(?: (?P<months_z>"
    rf"{YEAR}))?(?: ?[–] ?| (?:and|to|until|through) )(?:in or (?:about|around) "
    rf")?(?:{PART})?(?P<months_b>{MONTH})(?: of)?,? "
    rf"(?P<months_y>{YEAR}))",
    rf"\b(?P<years>(?:[Bb]etween |[Ff]rom )(?:{PART})?(?P<years_a>{YEAR}) (?:and|to|until|"
    rf"through) "
    rf"(?:{PART})?(?P<years_b>{YEAR}))",
    rf"\b(?P<range>(?P<range_a>{YEAR})[-–](?P<range_b>{YEAR}))",
    rf"\b(?P<dmy>(?P<dmy_d>{DAY})(?: of)? (?P<dmy_m>{MONTH})\b(?:,? (?P<dmy_y>{YEAR}))?)",
    rf"\b(?P<mdy>(?P<mdy_m>{MONTH}) (?P<mdy_d>{DAY})\b(?!\d|:)(?:,? (?P<mdy_y>{YEAR}))?)",
    rf"\b(?P<my>(?:{PART})?(?P<my_m>{MONTH})(?: of)?,? (?P<my_y>{YEAR}))",
    rf"\b(?P<ago>(?P<ago_n>{COUNT}) (?P<ago_u>years?|months?|days?|decades?) ago\b)",
    rf"\b(?P<span>(?:[Oo]ver|[Ff]or|[Ii]n|[Dd]uring|[Ww]ithin|[Tt]hroughout)"
    r"(?: at least| more than| nearly| almost| about| some| over)? (?:the |these )?"
    r"(?:past|last|previous) "
    rf"(?:(?P<span_n>{COUNT}) )?(?P<span_u>years?|months?|decades?)\b)",
    rf"\b(?P<lone>(?P<lone_l>[Ll]ast|[Tt]his|[Tt]hat|[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring|[Ff]rom|"
    rf"[Bb]y|[Bb]etween|[Tt]hroughout|[Bb]efore|[Aa]fter|[Aa]round|[Oo]f|[Aa]nd|[Tt]o|[Aa]s "
    rf"early "
    rf"as|"
    rf"[Aa]s far back as|[Aa]s of|[Bb]ack to|[Aa]s recently as)(?: {PART}| )"
    rf"(?P<lone_m>{LONG_MONTHS})\b(?!['’]s|,? (?:of )?(?:\d|the \d)| [A-Z][a-z])"
    rf"(?:,? (?:of )?(?P<lone_y>last year|this year|the previous year|that year))?)",
    rf"\b(?P<late>(?:[Ee]arly|[Ll]ate|[Mm]id)[ -](?P<late_m>{LONG_MONTHS})\b(?!,? \d))",
    rf"(?P<year>(?:\b{LEAD}[ -]|\(|(?<=\d\d\d\d )and )(?P<year_y>{YEAR})(?!\.\d|,\d{{3}}))",
    r"\b(?P<relative>[Ll]ast year|[Yy]esterday|[Tt]oday|[Tt]his year|[Ll]ast month|[Tt]his month|"
    r"[Tt]his morning|[Ll]ast night|[Tt]onight|[Tt]he year before last)\b",
    rf"\b(?P<weekday>(?P<weekday_l>[Oo]n|[Ll]ast|[Tt]his|[Ss]ince last|[Ss]ince|[Ee]arly|"
    rf"[Ll]ate) "
    rf"(?P<weekday_d>{WEEKDAY}))",
    rf"(?<=[a-z] )(?P<bare>(?P<bare_d>{WEEKDAY}))(?! [A-Z])",
)  # fmt: skip
PATTERN = re.compile("|".join(FORMS))
BESIDE_DAY = re.compile(rf"\b(?P<weekday>{WEEKDAY}),? (?:{DAY} {MONTH}|{MONTH} {DAY})\b")
LEAP_YEAR = 2024  # stands for a year that is not known
FEBRUARY = 2
# A stretch without any of these holds no date; most sentences are spared the long pattern.
HINT = re.compile(
    rf"\d|day\b|{MONTH}|\b(?:[Ll]ast|[Tt]his|[Tt]hat|ago|past|previous|yesterday|[Tt]onight)\b"
)
Read = Callable[["_Told"], str | None]


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


@dataclass(frozen=True, slots=True)
class _Told:
    """What one match says; `year` is the last year printed before it, `before` the text there."""

    match: re.Match[str]
    anchor: date | None
    year: int | None
    before: str

    def got(self, name: str) -> str:
        """Return what a part of the form matched, empty when it is not printed."""
        return self.match.group(f"{self.match.lastgroup}_{name}") or ""

    @property
    def ahead(self) -> bool:
        """Whether the words around say that the date had not come when this was written."""
        words = self.before.lower().split()[-8:] + self.match.group().lower().split()[:1]
        return any(word in AHEAD for word in words)


def dates(text: str, anchor: date | None, start: int = 0, end: int | None = None) -> list[Dated]:
    """Return the dates in text[start:end]; `anchor` is the document's date, where it has one."""
    return list(_found(text, anchor, start, len(text) if end is None else end))


def anchor_of(edtf: str | None) -> date | None:
    """Return the document's date for working out others; None unless it has year, month, day."""
    if edtf is None or len(edtf) != 10 or not edtf[:4].isdigit():
        return None
    return date.fromisoformat(edtf)


def same_weekday(printed: str, month_day: str, years: tuple[int, ...]) -> bool:
    """Whether in exactly one of these years the day `MM-DD` is the weekday that is printed."""
    named = next((number for day, number in DAYS.items() if day in printed.lower()), -1)
    fitting = [y for y in years if (d := _date(f"{y}-{month_day}")) and d.weekday() == named]
    return len(fitting) == 1


def printed_weekday(text: str) -> str | None:
    """Return the weekday that stands beside the first day and month: `Wednesday 23 October`."""
    found = BESIDE_DAY.search(text)
    return found.group("weekday") if found else None


def days_before(month_day: str, own: str | None, named: str) -> str | None:
    """Return the latest such weekday up to the day `MM-DD`, whose own weekday is known."""
    if own is None:
        return None
    back = (DAYS[own.lower()] - DAYS[named.lower()]) % 7
    day = _date(f"{LEAP_YEAR}-{month_day}")
    then = day - timedelta(days=back) if day else None
    if then is None or then.month == FEBRUARY < int(month_day[:2]):  # its length is not known
        return None
    return then.isoformat()[5:]


def _found(text: str, anchor: date | None, start: int, end: int) -> Iterator[Dated]:
    if not HINT.search(text, start, end):
        return
    year: int | None = None
    for match in PATTERN.finditer(text, start, end):
        told = _Told(match, anchor, year, text[max(start, match.start() - 80) : match.start()])
        read, stated = READERS[match.lastgroup or ""]
        edtf = read(told)
        if edtf is None:
            continue
        if edtf[:4].isdigit():
            year = int(edtf[:4])
        known = stated or bool(match.lastgroup in {"dmy", "mdy"} and told.got("y"))
        unknown_year = edtf.startswith("X")
        yield Dated(match.start(), match.end(), edtf, known or unknown_year)


def _iso(told: _Told) -> str | None:
    printed = told.match.group("iso")
    return printed if _date(printed if len(printed) == 10 else f"{printed}-01") else None


def _dotted(told: _Told) -> str | None:
    return _valid(f"{told.got('y')}-{int(told.got('m')):02}-{int(told.got('d')):02}")


def _days(told: _Told) -> str | None:
    return _day_range(told.got("y1"), told.got("m1"), told.got("a1"), told.got("b1"))


def _dayz(told: _Told) -> str | None:
    given = told.got("y")
    year = given or (str(told.anchor.year) if told.anchor else "")
    if not year:
        return f"XXXX-{_month(told.got('m')):02}-{_number(told.got('a')):02}"
    span = _day_range(year, told.got("m"), told.got("a"), told.got("b"))
    if (
        span
        and told.anchor
        and not given
        and span[:10] > told.anchor.isoformat()
        and not told.ahead
    ):
        return _day_range(str(told.anchor.year - 1), told.got("m"), told.got("a"), told.got("b"))
    return span


def _day_range(year: str, month: str, first: str, last: str) -> str | None:
    ends = [f"{year}-{_month(month):02}-{_number(day):02}" for day in (first, last)]
    return "/".join(ends) if all(_date(end) for end in ends) and ends[0] < ends[1] else None


def _months(told: _Told) -> str | None:
    last = f"{told.got('y')}-{_month(told.got('b')):02}"
    first = f"{told.got('z') or told.got('y')}-{_month(told.got('a')):02}"
    if first > last and not told.got("z"):
        first = f"{int(told.got('y')) - 1}{first[4:]}"
    return f"{first}/{last}" if first < last else None


def _years(told: _Told) -> str | None:
    first, last = told.got("a"), told.got("b")
    return f"{first}/{last}" if first < last else None


def _full_day(told: _Told) -> str | None:
    number, month = _number(told.got("d")), _month(told.got("m"))
    if not 1 <= number <= 31:
        return None
    if told.got("y"):
        return _valid(f"{told.got('y')}-{month:02}-{number:02}")
    if told.anchor is None:
        return f"XXXX-{month:02}-{number:02}"
    found = _date(f"{told.anchor.year}-{month:02}-{number:02}")
    if found and found > told.anchor + timedelta(days=1) and not told.ahead:
        return _valid(f"{told.anchor.year - 1}-{month:02}-{number:02}")
    return found.isoformat() if found else None


def _month_year(told: _Told) -> str | None:
    return f"{told.got('y')}-{_month(told.got('m')):02}"


def _lone(told: _Told) -> str | None:
    month, given = _month(told.got("m")), told.got("y")
    if (told.got("l").lower() == "that" or given == "that year") and told.year:
        return f"{told.year}-{month:02}"
    if given == "the previous year" and told.year:
        return f"{told.year - 1}-{month:02}"
    if told.anchor is None:
        return (
            None
            if given or told.got("l").lower() in {"last", "this", "that"}
            else f"XXXX-{month:02}"
        )
    if given == "last year":
        return f"{told.anchor.year - 1}-{month:02}"
    return _latest(told, told.anchor, month)


def _late(told: _Told) -> str | None:
    return _latest(told, told.anchor, _month(told.got("m"))) if told.anchor else None


def _latest(told: _Told, anchor: date, month: int) -> str:
    """Return the last such month up to the document's date, or the next where it lies ahead."""
    past = month <= anchor.month or told.ahead
    return f"{anchor.year if past else anchor.year - 1}-{month:02}"


def _ago(told: _Told) -> str | None:
    count, unit = _count(told.got("n")), told.got("u").rstrip("s")
    if told.anchor is None:
        return None
    if unit == "day":
        return (told.anchor - timedelta(days=count)).isoformat()
    if unit == "month":
        return _months_before(told.anchor, count)
    return str(told.anchor.year - count * (10 if unit == "decade" else 1))


def _span(told: _Told) -> str | None:
    """`over the past 14 years`: from then to the date of the document."""
    if told.anchor is None or (not told.got("n") and not told.got("u").startswith("decade")):
        return None
    count = _count(told.got("n") or "one")
    if told.got("u").startswith("month"):
        now = f"{told.anchor.year}-{told.anchor.month:02}"
        return f"{_months_before(told.anchor, count)}/{now}"
    years = count * (10 if told.got("u").startswith("decade") else 1)
    return f"{told.anchor.year - years}/{told.anchor.year}"


def _year(told: _Told) -> str | None:
    return told.got("y")


def _relative(told: _Told) -> str | None:
    anchor, word = told.anchor, told.match.group().lower()
    if anchor is None:
        return None
    if word in {"last year", "this year", "the year before last"}:
        return str(anchor.year - {"last year": 1, "this year": 0}.get(word, 2))
    if word in {"last month", "this month"}:
        return _months_before(anchor, int(word == "last month"))
    return (anchor - timedelta(days=word in {"yesterday", "last night"})).isoformat()


def _weekday(told: _Told) -> str | None:
    return _last_weekday(told, told.got("d"), strictly="ast" in told.got("l"))


def _bare(told: _Told) -> str | None:
    return _last_weekday(told, told.got("d"), strictly=False)


def _last_weekday(told: _Told, name: str, *, strictly: bool) -> str | None:
    """Return the latest such weekday up to the document's date."""
    if told.anchor is None or told.ahead:
        return None
    back = (told.anchor.weekday() - DAYS[name.lower()]) % 7
    return (told.anchor - timedelta(days=back or (7 if strictly else 0))).isoformat()


def _months_before(anchor: date, count: int) -> str:
    months = anchor.year * 12 + anchor.month - 1 - count
    return f"{months // 12}-{months % 12 + 1:02}"


def _month(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _number(day: str) -> int:
    return int(day.rstrip("stndrh"))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else COUNTS[word.lower()]


def _valid(text: str) -> str | None:
    return text if _date(text) else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# Which function reads a form, and whether the form by itself gives all of the date.
READERS: dict[str, tuple[Read, bool]] = {
    "iso": (_iso, True),
    "dotted": (_dotted, True),
    "days": (_days, True),
    "dayz": (_dayz, True),
    "months": (_months, True),
    "years": (_years, True),
    "range": (_years, True),
    "dmy": (_full_day, False),
    "mdy": (_full_day, False),
    "my": (_month_year, True),
    "ago": (_ago, False),
    "span": (_span, False),
    "lone": (_lone, False),
    "late": (_late, False),
    "year": (_year, True),
    "relative": (_relative, False),
    "weekday": (_weekday, False),
    "bare": (_bare, False),
}
