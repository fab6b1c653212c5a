"""What traces of hours and scripts promise: told where they stand out, and not where chance is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from stopa.attribution.traces import traces
from stopa.model.assessment import Observation, ObservationKind
from stopa.model.evidence import Reliability, Where
from stopa.model.rule import Finding, Match, RuleCard

MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
CARDS = {
    "seen": RuleCard("seen", "Seen", "high", "stable", "us"),
    "noise": RuleCard("noise", "Noise", "low", "stable", "us"),
}


def found(time: datetime | None, *, rule: str = "seen", value: str = "x") -> Finding:
    where = Where("e" * 64, offset=int(time.timestamp()) if time else 0)
    return Finding(f"F-{time}-{value}", rule, where, time, "host", None, (Match("f", value),))


def at_work(days: int, hours: range, *, rule: str = "seen") -> list[Finding]:
    week = [day for day in range(days * 7 // 5 + 7) if day % 7 < 5][:days]
    return [
        found(MONDAY + timedelta(days=day, hours=hour % 24), rule=rule)
        for day in week
        for hour in hours
    ]


def look(findings: list[Finding]) -> tuple[Observation, ...]:
    return traces(findings, CARDS, {"e" * 64: Reliability.USUALLY}, "telemetry")


@pytest.mark.parametrize(
    ("hours", "window", "zones"),
    [
        (range(1, 10), "01-10 UTC", "UTC+6 to UTC+8"),
        (range(6, 15), "06-15 UTC", "UTC+1 to UTC+3"),
        (range(14, 23), "14-23 UTC", "UTC-7 to UTC-5"),
        (range(23, 32), "23-08 UTC", "UTC+8 to UTC+10"),
    ],
)
def test_office_hours_are_told_with_the_zones_they_fit(
    hours: range, window: str, zones: str
) -> None:
    (hours_kept,) = look(at_work(20, hours))
    assert hours_kept.kind is ObservationKind.TIMING
    assert hours_kept.value == window
    assert zones in hours_kept.label
    assert hours_kept.when is not None
    assert hours_kept.reliability is Reliability.USUALLY


@pytest.mark.parametrize(
    "findings",
    [
        at_work(20, range(24)),
        at_work(8, range(1, 10)),
        at_work(20, range(1, 10), rule="noise"),
        [found(None)] * 300,
        [],
    ],
    ids=["round the clock", "few days", "rules that fire on daily work", "no times", "nothing"],
)
def test_chance_is_not_told(findings: list[Finding]) -> None:
    assert look(findings) == ()


def test_an_hour_counts_once_however_often_a_rule_fired_in_it() -> None:
    night = [found(MONDAY + timedelta(hours=20), value=f"{n}") for n in range(1000)]
    (hours_kept,) = look(at_work(20, range(6, 15)) + night)
    assert hours_kept.value == "06-15 UTC"


@pytest.mark.parametrize(
    ("value", "script"),
    [("C:\\Temp\\отчёт.docx", "Cyrillic"), ("名单.zip", "Han"), ("일정.hwp", "Hangul")],
)
def test_a_script_is_a_trace(value: str, script: str) -> None:
    (trace,) = look([found(MONDAY, value=value)])
    assert (trace.kind, trace.value) == (ObservationKind.LANGUAGE, script)
    assert trace.basis == (found(MONDAY, value=value).id,)


@pytest.mark.parametrize("value", ["résumé.docx", "naïve", "µTorrent", "Ω", "C:\\Windows"])
def test_latin_and_single_signs_are_none(value: str) -> None:
    assert look([found(MONDAY, value=value)]) == ()
