"""Traces that intruders leave without meaning to: the hours they keep, the scripts they write in.

Spec: MICTIC, telemetry and malware aspects (Steffens, Attribution of APTs, 2020, chapters 4 and 7)
Why: over months, office hours show where an office may be. They are shown as what they are, and
weigh nothing in the ranking: whoever wants to be taken for another moves a clock or a keyboard.
Trap: few days show chance, and a program that runs by itself shows its timer. Only days with work
count, each hour of a day once, and a pattern is told only where it stands out from all hours alike.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from stopa.attribution.forging import forgeability_of
from stopa.model.assessment import Aspect, Credibility, Observation, ObservationKind
from stopa.model.evidence import Reliability, Where
from stopa.model.record import name
from stopa.model.rule import Finding, RuleCard
from stopa.model.when import When

TELLING = frozenset({"medium", "high", "critical"})  # levels of rules that show somebody at work
DAYS = 15  # days with work below which hours are chance
OFFICE = 9  # hours of a working day
INSIDE = 0.8  # share of the hours worked that has to lie within an office's
BEGINS = 8  # when offices open, by their own clock; zones are told with an hour to either side
BASIS = 20
DAY = 24

# Scripts that show a keyboard, by Unicode block; Latin shows nothing.
SCRIPTS = (
    ("Cyrillic", "\u0400-\u052f"),
    ("Greek", "\u0370-\u03ff"),
    ("Hebrew", "\u0590-\u05ff"),
    ("Arabic", "\u0600-\u06ff\u0750-\u077f"),
    ("Devanagari", "\u0900-\u097f"),
    ("Thai", "\u0e00-\u0e7f"),
    ("Hangul", "\uac00-\ud7a3"),
    ("Kana", "\u3040-\u30ff"),
    ("Han", "\u4e00-\u9fff"),
)
WRITTEN = tuple((script, re.compile(f"[{block}]{{2,}}")) for script, block in SCRIPTS)


def traces(
    findings: Iterable[Finding],
    cards: Mapping[str, RuleCard],
    trust: Mapping[str, Reliability],
    root: str,
) -> tuple[Observation, ...]:
    """Return what working hours and scripts the findings show, if any."""
    shown = [f for f in findings if f.rule in cards and cards[f.rule].level in TELLING]
    return (*_hours(shown, trust, root), *_scripts(shown, trust, root))


def _hours(
    findings: list[Finding], trust: Mapping[str, Reliability], root: str
) -> Iterable[Observation]:
    """Yield the office hours that the times keep to, where they keep to any."""
    worked: dict[tuple[str, int], Finding] = {}
    for finding in findings:
        if finding.time is not None:
            worked.setdefault((finding.time.date().isoformat(), finding.time.hour), finding)
    days = sorted({day for day, _ in worked})
    if len(days) < DAYS:
        return
    counts = Counter(hour for _, hour in worked)
    start = max(range(DAY), key=lambda hour: (_within(counts, hour), -hour))
    share = _within(counts, start) / len(worked)
    if share < INSIDE:
        return
    weekdays = sum(datetime.fromisoformat(day).weekday() < 5 for day in days)
    zones = " to ".join(_zone(BEGINS + shift - start) for shift in (-1, 1))
    yield _observation(
        ObservationKind.TIMING,
        f"{start:02d}-{(start + OFFICE) % DAY:02d} UTC",
        f"{share:.0%} of the hours worked lie between {start:02d} and "
        f"{(start + OFFICE) % DAY:02d} UTC, {weekdays} of {len(days)} days from Monday to Friday: "
        f"office hours in {zones}",
        list(worked.values()),
        trust,
        root,
        When(f"{days[0]}/{days[-1]}"),
    )


def _within(counts: Counter[int], start: int) -> int:
    return sum(counts[(start + hour) % DAY] for hour in range(OFFICE))


def _zone(offset: int) -> str:
    """Return an offset between -11 and +12 as a zone is written."""
    hours = (offset + 11) % DAY - 11
    return f"UTC{hours:+d}"


def _scripts(
    findings: list[Finding], trust: Mapping[str, Reliability], root: str
) -> Iterable[Observation]:
    """Yield each script that values were written in which made a rule match."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        text = "\n".join(match.value for match in finding.matched)
        for script, written in WRITTEN:
            if not text.isascii() and written.search(text):
                found[script].append(finding)
    for script, mine in sorted(found.items()):
        label = f"{script} letters in {len(mine)} findings"
        yield _observation(ObservationKind.LANGUAGE, script, label, mine, trust, root, None)


def _observation(
    kind: ObservationKind,
    value: str,
    label: str,
    findings: list[Finding],
    trust: Mapping[str, Reliability],
    root: str,
    when: When | None,
) -> Observation:
    cites: list[Where] = [finding.where for finding in findings[:BASIS]]
    unjudged = Reliability.CANNOT_BE_JUDGED
    letters = {trust.get(finding.where.evidence, unjudged) for finding in findings}
    return Observation(
        id=name("O", kind, value, root),
        kind=kind,
        value=value,
        label=label,
        aspect=Aspect.TELEMETRY,
        reliability=max(letters, default=unjudged),
        credibility=Credibility.POSSIBLY_TRUE,
        forgeability=forgeability_of(kind, value, None),
        root=root,
        basis=tuple(finding.id for finding in findings[:BASIS]),
        cites=tuple(cites),
        when=when,
    )
