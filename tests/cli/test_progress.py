"""What the bar on the error stream says while work goes on."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from stopa.case import hunt as hunting
from stopa.case.hunt import hunt
from stopa.case.plan import STARTER, Plan, Unit
from stopa.cli.progress import Bar, drawn


@pytest.mark.parametrize(
    ("unit", "rate"),
    [(Unit.BYTES, "2.0 MB/s"), (Unit.EVENTS, "2,000,000 events/s"), (Unit.STEPS, "%  0:00:03")],
)
def test_a_stage_shows_its_rate_and_the_time_left(unit: Unit, rate: str) -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=100, color_system=None)
    bar = drawn(screen)
    now = 0.0
    bar.get_time = lambda: now
    told = Bar(bar, screen)
    told.stage("searching", 10_000_000, unit)
    for now in (1.0, 2.0):  # noqa: B007 (the clock of the bar)
        told.advance(2_000_000)
    screen.print(bar.get_renderable())
    shown = screen.file.getvalue()  # type: ignore[attr-defined]
    assert "40 %" in shown
    assert rate in shown
    assert "0:00:03" in shown


class Noted:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.stages: list[tuple[int | None, Unit]] = []
        self.done: list[int] = []

    def stage(self, what: str, total: int | None, unit: Unit = Unit.STEPS) -> None:
        self.stages.append((total, unit))
        self.done.append(0)

    def advance(self, amount: int) -> None:
        self.done[-1] += amount

    def say(self, note: str) -> None:
        raise AssertionError(note)


@pytest.mark.parametrize("stretch", [hunting.STRETCH, 1000])
def test_a_hunt_tells_of_every_byte_that_it_searches(
    stretch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hunting, "STRETCH", stretch)
    event = {"EventID": 1, "Channel": "C", "SourceName": "S", "@timestamp": "2025-05-28T10:00:00Z"}
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(f"{json.dumps(event)}\n" * 200)
    noted = Noted()
    found = hunt([tmp_path], Plan(rules=(STARTER,)), noted)
    assert sum(entry.events for entry in found.searched) == 400
    assert noted.stages[-1] == (2 * 200 * (len(json.dumps(event)) + 1), Unit.BYTES)
    assert noted.done[-1] == noted.stages[-1][0]
