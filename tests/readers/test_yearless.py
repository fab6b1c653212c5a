"""Logs whose times state no year: the analyst or a full date tells it, and a new year is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from stopa.model.event import EventBatch
from stopa.model.evidence import Problem
from stopa.readers import Found, readers
from stopa.readers._dated_lines import spelled
from stopa.readers._timekeeping import NO_TIME, NO_YEAR, NO_ZONE
from tests.readers.found import source_of

# For each format without years: a line before the turn of the year, one behind it.
TURNS = {
    "RFC 3164": ("syslog", "Dec 31 23:59:59 h d[1]: a\n", "Jan  1 00:00:01 h d[1]: b\n"),
    "Cisco": (
        "syslog",
        "<189>44: *Dec 31 23:59:59.123: %SYS-5-CONFIG_I: Configured from console\n",
        "<189>45: *Jan  1 00:00:01.001: %SYS-5-CONFIG_I: Configured from console\n",
    ),
    "iptables": (
        "syslog",
        "Dec 31 23:59:59 gw kernel: IN=eth0 OUT= SRC=203.0.113.9 DST=192.0.2.1 PROTO=TCP\n",
        "Jan  1 00:00:01 gw kernel: IN=eth0 OUT= SRC=203.0.113.9 DST=192.0.2.1 PROTO=TCP\n",
    ),
    "Postfix": (
        "syslog",
        "Dec 31 23:59:59 mx postfix/smtpd[1]: connect from unknown[203.0.113.9]\n",
        "Jan  1 00:00:01 mx postfix/smtpd[1]: disconnect from unknown[203.0.113.9]\n",
    ),
    "Dovecot's own": (
        "stamped",
        "Dec 31 23:59:59 imap-login: Info: Login: user=<eva>, rip=203.0.113.9\n",
        "Jan 01 00:00:01 imap-login: Info: Login: user=<eva>, rip=203.0.113.9\n",
    ),
    "Asterisk": ("stamped", "[Dec 31 23:59:59] NOTICE[1]: a\n", "[Jan  1 00:00:01] NOTICE[1]: b\n"),
    "Snort": (
        "ids_alerts",
        "12/31-23:59:59.0 [**] [1:1:1] a [**] [Priority: 3] {TCP} 192.0.2.1:5 -> 203.0.113.9:80\n",
        "01/01-00:00:01.0 [**] [1:1:1] a [**] [Priority: 3] {TCP} 192.0.2.1:5 -> 203.0.113.9:80\n",
    ),
}


def found(reader: str, path: Path, *, zoned: bool, year: int | None) -> list[Found]:
    source = replace(source_of(path), zone=UTC if zoned else None, year=year)
    return list(readers()[reader].read(source))


def rows(all_of: list[Found]) -> list[dict[str, object]]:
    batches = (each.table for each in all_of if isinstance(each, EventBatch))
    return [row for table in batches for row in table.to_pylist()]


def problems(all_of: list[Found]) -> list[str]:
    return [each.what for each in all_of if isinstance(each, Problem)]


@pytest.mark.parametrize("name", TURNS)
def test_the_analysts_year_is_that_of_the_first_stamp_in_every_format(
    name: str, tmp_path: Path
) -> None:
    reader, before, after = TURNS[name]
    log = tmp_path / "log"
    log.write_text(before + after)
    told = found(reader, log, zoned=True, year=2024)
    years = [str(row["_time"])[:4] for row in rows(told)]
    assert years == ["2024", "2025"]
    assert {row["time_basis"] for row in rows(told)} == {"year: --year"}
    assert problems(told) == []


@pytest.mark.parametrize("name", TURNS)
def test_without_a_year_there_is_no_time_and_one_problem(name: str, tmp_path: Path) -> None:
    reader, before, after = TURNS[name]
    log = tmp_path / "log"
    log.write_text(before + after)
    told = found(reader, log, zoned=True, year=None)
    assert [row.get("_time") for row in rows(told)] == [None, None]
    assert problems(told) == [NO_YEAR]
    assert problems(found(reader, log, zoned=False, year=2024)) == [NO_ZONE]


@pytest.mark.parametrize("name", TURNS)
def test_a_log_without_years_is_not_divided(name: str) -> None:
    reader, before, after = TURNS[name]
    divides = readers()[reader].divides
    assert divides is not None
    assert not divides((before + after).encode() * 8)


def test_an_ambiguous_date_is_not_said_to_lack_its_year(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("05/06/2025 08:15:37 something\n")
    assert problems(found("stamped", log, zoned=True, year=None)) == [NO_TIME]


@pytest.mark.parametrize(
    ("stamp", "meant"),
    [
        ("05/28/2025 08:15:37", "2025-05-28T08:15:37"),
        ("28/05/2025 08:15:37", "2025-05-28T08:15:37"),
        ("06/06/2025 08:15:37", "2025-06-06T08:15:37"),
        ("05/06/2025 08:15:37", None),
        ("28/28/2025 08:15:37", "2025-28-28T08:15:37"),
    ],
)
def test_a_date_with_slashes_is_read_where_it_can_only_be_one_day(
    stamp: str, meant: str | None
) -> None:
    assert spelled(stamp) == meant
