"""What the times of a file say together: which are lost, and which of two equal hours is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from stopa.model.event import EventBatch
from stopa.model.evidence import Problem
from stopa.model.time_basis import Basis, basis_of
from stopa.readers import Found, readers
from stopa.readers._rows import BLOCK_ROWS
from tests.readers.found import source_of

PRAGUE = ZoneInfo("Europe/Prague")
AUTUMN, SPRING = "2025-10-26", "2025-03-30"


def exim(folder: Path, clocks: Iterable[str], day: str = AUTUMN) -> list[Found]:
    """Return what is read of a log with a line for each of these clock times of a day."""
    log = folder / "mainlog"
    log.write_text("".join(f"{day} {clock} 1tXxYz-0000Dq-8i Completed\n" for clock in clocks))
    return list(readers()["exim"].read(replace(source_of(log), zone=PRAGUE)))


def told(found: list[Found]) -> list[tuple[str, str]]:
    """Return the time in UTC and how it is known, of each event in the order of the file."""
    batches = (each.table for each in found if isinstance(each, EventBatch))
    rows = sorted((row for table in batches for row in table.to_pylist()), key=_offset)
    return [(f"{row['_time']:%H:%M}", basis_of(row["_basis"]).value) for row in rows]


def _offset(row: dict[str, int]) -> int:
    return row["_offset"]


def problems(found: list[Found]) -> list[Problem]:
    return [each for each in found if isinstance(each, Problem)]


# What the clock of Prague shows on the day that it is set back, and what that is in UTC.
NIGHTS = {
    "goes back within the hour": (
        ["01:59", "02:10", "02:50", "02:05", "02:55", "03:01"],
        ["23:59", "00:10", "00:50", "01:05", "01:55", "02:01"],
        True,
    ),
    "begins in the hour": (
        ["02:10", "02:50", "02:05", "03:01"],
        ["00:10", "00:50", "01:05", "02:01"],
        True,
    ),
    "never goes back": (
        ["01:59", "02:10", "02:50", "03:01"],
        ["23:59", "00:10", "00:50", "02:01"],
        False,
    ),
    "runs from the newest on": (
        ["03:01", "02:50", "02:05", "02:40", "01:59"],
        ["02:01", "00:50", "00:05", "00:40", "23:59"],
        False,
    ),
    "begins in the hour, from the newest on": (
        ["02:50", "02:05", "01:59"],
        ["00:50", "00:05", "23:59"],
        False,
    ),
    "keeps no order": (
        ["01:59", "02:10", "02:50", "02:05", "02:55", "02:01", "03:01"],
        ["23:59", "00:10", "00:50", "00:05", "00:55", "00:01", "02:01"],
        False,
    ),
}


@pytest.mark.parametrize("name", NIGHTS)
def test_the_hour_that_comes_twice_is_told_by_the_order_of_the_file(
    name: str, tmp_path: Path
) -> None:
    clocks, instants, shows = NIGHTS[name]
    found = exim(tmp_path, [f"{clock}:00" for clock in clocks])
    twice = [
        (instant, (Basis.TWICE if clock.startswith("02") else Basis.OPTION).value)
        for clock, instant in zip(clocks, instants, strict=True)
    ]
    assert told(found) == twice
    (problem,) = problems(found)
    assert problem.what.startswith("the hour from 2025-10-26 02:00 comes twice in Europe/Prague")
    assert problem.what.endswith("it is the second time") is shows
    assert problem.where.line == (
        clocks.index("02:05") + 1 if shows else None or problem.where.line
    )


def test_the_second_hour_is_found_in_a_log_of_several_blocks(tmp_path: Path) -> None:
    seconds = [f"02:{n * 60 // BLOCK_ROWS:02}:00" for n in range(BLOCK_ROWS)]
    found = told(exim(tmp_path, ["01:59:00", *seconds, *seconds, "03:00:00"]))
    instants = [time for time, _ in found]
    assert instants == sorted(instants, key=lambda time: (time < "12", time))
    assert instants[1 : BLOCK_ROWS + 1] == [f"00{clock[2:5]}" for clock in seconds]
    assert instants[BLOCK_ROWS + 1 : -1] == [f"01{clock[2:5]}" for clock in seconds]


def test_a_log_that_goes_back_again_in_a_later_block_is_not_sure(tmp_path: Path) -> None:
    seconds = [f"02:{n * 60 // BLOCK_ROWS:02}:00" for n in range(BLOCK_ROWS)]
    (problem,) = problems(exim(tmp_path, [*seconds, *seconds, *seconds]))
    assert "more than once" in problem.what


def test_a_time_that_clocks_skip_is_a_problem(tmp_path: Path) -> None:
    found = exim(tmp_path, ["01:59:00", "02:30:00", "03:00:00"], SPRING)
    assert [known for _, known in told(found)] == [
        Basis.OPTION.value,
        Basis.SKIPPED.value,
        Basis.OPTION.value,
    ]
    (problem,) = problems(found)
    assert problem.what == "times in an hour that the clocks of Europe/Prague skip"
    assert problem.where.line == 2


def test_a_day_without_change_is_no_problem(tmp_path: Path) -> None:
    assert problems(exim(tmp_path, ["02:50:00", "02:10:00"], "2025-05-28")) == []
