"""When it happened and when it was said: lanes of activity over the years, reports below a line.

Why: a day without events inside a log is drawn as a gap: no events is not no activity.
Trap: broken clocks write 1601 and 1970; what lies outside of `words.YEARS` is counted, not drawn.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from stopa.dossier import words
from stopa.dossier.index import Index
from stopa.model.rule import Finding
from stopa.model.when import When

REACH = timedelta(days=3 * 366)  # how far stated dates may widen the drawing; the table has all
BINS = 160  # columns of the printed overview
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE_DAY = timedelta(days=1)

# Lane, its heading, and the words of a log source that put it there; the first lane that fits wins.
LANES = (
    ("mail", "Mail", {"mail", "smtp", "exchange", "postfix", "dovecot", "mbox"}),
    ("malware", "Malware", {"antivirus", "malware", "sandbox", "yara", "edr"}),
    ("host", "Host", {"windows", "linux", "macos", "host", "auditd", "process_creation"}),
    ("identity", "Identity and cloud", {
        "aws", "azure", "gcp", "cloud", "cloudtrail", "identity", "okta", "onelogin", "m365",
        "entra", "github", "duo", "auth0", "kubernetes", "audit", "slack", "google_workspace",
    }),
    ("network", "Network", {
        "network", "dns", "proxy", "firewall", "zeek", "suricata", "webserver", "netflow", "vpn",
        "apache", "nginx", "cisco", "ids", "http", "connection",
    }),
)  # fmt: skip
ORDER = ("host", "identity", "network", "mail", "malware")
HEADINGS = {id_: heading for id_, heading, _ in LANES}


@dataclass(frozen=True, slots=True)
class Gap:
    """Days [first, last] inside the case for which a lane holds no event."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Lane:
    """One side of the house. `days` counts events, `findings` ids in time order."""

    id: str
    heading: str
    days: Mapping[date, int]
    gaps: tuple[Gap, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A report, or a date that a report gives: as precise as the text, so mostly a span."""

    id: str
    label: str
    kind: str
    when: When
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything with a date, drawn from `first` to `last`; `outside` counts what is not.

    `silent` are the headings of lanes that no event of this case falls into.
    """

    first: date
    last: date
    lanes: tuple[Lane, ...]
    silent: tuple[str, ...]
    said: tuple[Said, ...]
    outside: int


def timeline(at: Index) -> Timeline | None:
    """Return the lanes and marks of a dossier; None where nothing in it has a date."""
    said = tuple(sorted(_said(at), key=lambda mark: (mark.first, mark.last, mark.id)))
    days = _days(at)
    lane_of = lanes_of_evidence(at)
    dated = [f for f in at.dossier.findings if f.time and _drawable(f.time.year)]
    instants = [day for lane in days.values() for day in lane]
    instants += [f.time.date() for f in dated if f.time]
    instants += [mark.first.date() for mark in said if mark.kind == "report"]
    instants += _near(
        [day for mark in said for day in (mark.first.date(), mark.last.date())], instants
    )
    if not instants:
        return None
    first, last = min(instants), max(instants) + ONE_DAY
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in dated:
        found[lane_of.get(finding.where.evidence, "host")].append(finding)
    heard = [id_ for id_ in ORDER if days[id_] or found[id_]]
    lanes = tuple(_lane(id_, days[id_], found[id_], (first, last)) for id_ in heard)
    silent = tuple(HEADINGS[id_] for id_ in ORDER if id_ not in heard)
    outside = sum(1 for f in at.dossier.findings if not f.time or not _drawable(f.time.year))
    return Timeline(first, last, lanes, silent, said, outside)


def lane_of(source: str) -> str:
    """Return the lane of a log source such as `windows/process_creation`; host if in doubt."""
    named = set(source.lower().replace("/", " ").replace("-", "_").split())
    return next((id_ for id_, _, known in LANES if named & known), "host")


def lanes_of_evidence(at: Index) -> dict[str, str]:
    """Return for each evidence the lane that most of its events are in."""
    events: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for active in at.dossier.activity:
        events[active.evidence][lane_of(active.source)] += active.events
    return {evidence: lanes.most_common(1)[0][0] for evidence, lanes in events.items()}


def ends_of(when: When) -> tuple[datetime, datetime] | None:
    """Return the first and last instant of a date; an open end counts as the other end.

    None where it lies outside of `words.YEARS`.
    """
    first, last = when.earliest(), when.latest()
    ends = [moment for moment in (first, last) if moment]
    if not ends or not all(_drawable(moment.year) for moment in ends):
        return None
    return first or ends[0], last or ends[0]


def percent(moment: datetime | date, drawn: Timeline) -> float:
    """Return how far along the drawing a moment lies, 0 to 100."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    start = datetime(drawn.first.year, drawn.first.month, drawn.first.day, tzinfo=UTC)
    whole = (drawn.last - drawn.first) / ONE_DAY
    part = (moment - start) / ONE_DAY
    return round(min(max(part / whole, 0), 1) * 100, 2)


def microseconds(moment: datetime) -> int:
    """Return microseconds since 1970-01-01 UTC."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def bars(lane: Lane, drawn: Timeline) -> list[tuple[float, float]]:
    """Return the overview of a lane: (left in percent, height 0 to 1), at most `BINS` of them."""
    whole = max((drawn.last - drawn.first).days, 1)
    binned: Counter[int] = Counter()
    for day, events in lane.days.items():
        binned[(day - drawn.first).days * BINS // whole] += events
    most = max(binned.values(), default=1)
    return [
        (round(place * 100 / BINS, 2), round((events / most) ** 0.5, 2))
        for place, events in sorted(binned.items())
    ]


def dots(lane: Lane, drawn: Timeline) -> list[float]:
    """Return where the overview marks findings, in percent, each place once."""
    return sorted(
        {round(percent(f.time, drawn) * BINS / 50) * 50 / BINS for f in lane.findings if f.time}
    )


def hatched(lane: Lane, drawn: Timeline) -> list[tuple[float, float]]:
    """Return the gaps that are wide enough to see: (left, width) in percent."""
    edges = [(percent(gap.first, drawn), percent(gap.last + ONE_DAY, drawn)) for gap in lane.gaps]
    return [
        (left, round(right - left, 2)) for left, right in edges if right - left >= 100 / BINS / 2
    ]


def ticks(drawn: Timeline) -> list[tuple[float, str]]:
    """Return years, or months in a case shorter than two years: (left in percent, label)."""
    step = (
        12 if (drawn.last - drawn.first).days > 730 else 1 + (drawn.last - drawn.first).days // 240
    )
    month = drawn.first.year * 12 + drawn.first.month
    marks = []
    while (start := date(month // 12, month % 12 + 1, 1)) < drawn.last:
        if step < 12 or start.month == 1:
            name = words.MONTHS[start.month - 1][:3]
            label = str(start.year) if start.month == 1 else name
            marks.append((percent(start, drawn), label))
        month += step if step < 12 else 1
    return marks if len(marks) <= 40 else marks[:: len(marks) // 20]


def _near(stated: list[date], solid: list[date]) -> list[date]:
    """Return the dates that reports give, but for those far from all logs and reports."""
    if not solid:
        return stated
    return [day for day in stated if min(solid) - REACH <= day <= max(solid) + REACH]


def _days(at: Index) -> dict[str, dict[date, int]]:
    days: dict[str, dict[date, int]] = {id_: {} for id_ in ORDER}
    for active in at.dossier.activity:
        day = _iso(active.day)
        if day and _drawable(day.year):
            lane = days[lane_of(active.source)]
            lane[day] = lane.get(day, 0) + active.events
    return days


def _lane(
    id_: str, days: Mapping[date, int], found: Iterable[Finding], drawn: tuple[date, date]
) -> Lane:
    findings = tuple(sorted(found, key=lambda f: (f.time, f.id)))
    return Lane(id_, HEADINGS[id_], days, tuple(_gaps(sorted(days), drawn)), findings)


def _gaps(days: list[date], drawn: tuple[date, date]) -> Iterator[Gap]:
    """Yield the runs of days without an event, from the start of the case to its end."""
    before = drawn[0] - ONE_DAY
    for day in [*days, drawn[1]]:
        if day - before > ONE_DAY:
            yield Gap(before + ONE_DAY, day - ONE_DAY)
        before = day


def _said(at: Index) -> Iterator[Said]:
    for reading in at.dossier.readings:
        paper = at.paper(reading.document)
        if reading.masthead.date:
            yield from _mark(f"D-{reading.document}", paper, "report", reading.masthead.date)
        for fact in reading.facts:
            yield from _mark(
                fact.id,
                f"{paper}: {fact.slot.replace('_', ' ')}",
                "stated",
                When.stated(fact.value),
            )


def _mark(id_: str, label: str, kind: str, when: When | None) -> Iterator[Said]:
    if when and (ends := ends_of(when)):
        yield Said(id_, label, kind, when, *ends)


def _drawable(year: int) -> bool:
    return words.YEARS[0] <= year < words.YEARS[1]


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
