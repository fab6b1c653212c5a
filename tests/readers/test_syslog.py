"""Lines of syslog: who said it, when as far as anybody knows, and what tables draw from it."""

# ruff: noqa: E501 (a line of a log stays on one line)

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from stopa.model.event import EventBatch, LogSource
from stopa.model.evidence import Problem
from stopa.readers import Found, Source, divided, recognise
from stopa.readers._patterned import Table, words_of
from stopa.readers._programs import TABLES, table_of
from stopa.readers._timekeeping import NO_TIME
from stopa.readers._years import Years, told
from stopa.readers.syslog import READER, header
from tests.readers.found import plain, source_of, stretches_of
from tests.readers.test_conformance import assert_covers


def read(path: Path, log: str, zone: str | None = None) -> list[Found]:
    path.write_text(log, encoding="utf-8", newline="")
    asked = source_of(path)
    found = list(
        READER.read(Source(asked.sha256, path, asked.size, zone=ZoneInfo(zone) if zone else None))
    )
    assert_covers(found, asked.size)
    return found


def events(found: list[Found]) -> list[dict[str, object]]:
    rows = [row["event"] for one in found if isinstance(one, EventBatch) for row in plain(one)]
    return sorted(rows, key=lambda row: row["_line"])


@pytest.mark.parametrize(
    ("line", "program", "host"),
    [
        ("Oct  1 22:14:15 h sshd[1]: m", "sshd", "h"),
        ("Oct  1 22:14:15 h CRON[1]: m", "CRON", "h"),
        ("Oct  1 2025 22:14:15 h su: m", "su", "h"),
        ("Oct  1 22:14:15 2001:db8::1 su: m", "su", "2001:db8::1"),
        ("Oct  1 22:14:15 h postfix/smtpd[1]: m", "postfix/smtpd", "h"),
        ("Oct  1 22:14:15 secd[1] <Error> m", "secd", None),
        ("Oct  1 22:14:15 [sshd]: m", "sshd", None),
        ("<13>Oct  1 22:14:15 h %ASA-6-302013: m", "%ASA-6-302013", "h"),
        (
            "Oct  1 22:14:15 h 9: *Oct  1 22:14:15.123 CET: %SYS-5-CONFIG_I: m",
            "%SYS-5-CONFIG_I",
            "h",
        ),
        ("2025-05-28T06:15:00.003Z h app[1]: m", "app", "h"),
        ("<34>1 2025-05-28T06:15:00Z h app 1 - - m", "app", "h"),
    ],
)
def test_the_header_tells_program_and_host(line: str, program: str, host: str | None) -> None:
    parts = header(line)
    assert parts is not None
    assert (parts["program"], parts.get("host"), parts["message"].split(">")[-1].strip()) == (
        program,
        host,
        "m",
    )


@pytest.mark.parametrize(
    "line",
    [
        "",
        "no header",
        "2025-05-28 08:15:30 something: happened",
        "Oct  1 22:14:15",
        "28/May/2025 x: y",
    ],
)
def test_other_lines_have_no_header(line: str) -> None:
    assert header(line) is None


def test_a_line_without_year_or_zone_has_no_time_and_a_problem_says_so(tmp_path: Path) -> None:
    found = read(tmp_path / "log", "Oct  1 22:14:15 h su: m\n")
    assert "_time" not in events(found)[0]
    assert [one.what for one in found if isinstance(one, Problem)] == [
        "times carry no zone and none is stated"
    ]


def test_a_zone_alone_makes_no_time_of_a_stamp_without_year(tmp_path: Path) -> None:
    found = read(tmp_path / "log", "Oct  1 22:14:15 h su: m\n", "Europe/Prague")
    assert "_time" not in events(found)[0]
    assert ["no year" in one.what for one in found if isinstance(one, Problem)] == [True]


def test_a_full_date_of_the_same_day_tells_the_year_of_all_lines_and_is_named(
    tmp_path: Path,
) -> None:
    log = (
        "Dec 31 23:59:00 h su: a\n"
        'Jan  1 00:10:00 h nginx: 192.0.2.1 - - [01/Jan/2025:00:10:00 +0100] "GET / HTTP/1.1" 200 1\n'
        "Feb  3 10:00:00 h su: b\n"
    )
    found = read(tmp_path / "log", log, "Europe/Prague")
    rows = events(found)
    assert [row["_time"] for row in rows] == [
        "2024-12-31T22:59:00+00:00", "2024-12-31T23:10:00+00:00", "2025-02-03T09:00:00+00:00",
    ]  # fmt: skip
    assert {row["time_basis"] for row in rows} == {"year: line 2"}
    assert ["line 2" in one.what for one in found if isinstance(one, Problem)] == [True]


def test_a_date_of_another_day_tells_no_year() -> None:
    lines = ["Jan  9 00:10:00 h app: certificate expires 2031-05-05", "Jan  9 00:10:01 h app: m"]
    assert told(enumerate(lines, 1)).year is None


def test_a_day_that_the_year_lacks_is_no_time(tmp_path: Path) -> None:
    log = "Feb 29 10:00:00 h a: x\nMar  1 10:00:00 h a: 2025-03-01 10:00:00 x\n"
    first, second = events(read(tmp_path / "log", log, "UTC"))
    assert "_time" not in first
    assert second["_time"] == "2025-03-01T10:00:00+00:00"


def test_the_analyst_says_the_year_of_the_first_stamp(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text(
        "Dec 31 23:59:59 h a: m\nJan  1 00:00:01 h a: m\nDec 31 23:59:59 h late: m\nFeb 30 01:02:03 h a: m\n"
    )
    asked = source_of(log)
    found = list(READER.read(Source(asked.sha256, log, asked.size, zone=UTC, year=2024)))
    first, second, late, no_day = events(found)
    assert first["_time"] == "2024-12-31T23:59:59+00:00"
    assert second["_time"] == "2025-01-01T00:00:01+00:00"
    assert first["time_basis"] == second["time_basis"] == "year: --year"
    assert late["_time"] == "2024-12-31T23:59:59+00:00"
    assert "_time" not in no_day
    (problem,) = [one for one in found if isinstance(one, Problem)]
    assert (problem.what, problem.where.line) == (NO_TIME, 4)


def test_what_the_log_tells_of_its_year_counts_before_the_analyst(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("Jul  8 11:07:07 h web: [08/Jul/2021:11:07:07 +0000] GET\n")
    asked = source_of(log)
    (event,) = events(list(READER.read(Source(asked.sha256, log, asked.size, zone=UTC, year=1999))))
    assert event["_time"] == "2021-07-08T11:07:07+00:00"
    assert event["time_basis"] == "year: line 1"


def test_a_year_without_a_zone_gives_no_time(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("Jul  8 11:07:07 h a: m\n")
    asked = source_of(log)
    found = list(READER.read(Source(asked.sha256, log, asked.size, year=2021)))
    assert "_time" not in events(found)[0]
    assert [one.what for one in found if isinstance(one, Problem)] == [
        "times carry no zone and none is stated"
    ]


def test_a_late_line_of_the_old_year_does_not_begin_another() -> None:
    years = Years(2024)
    stamps = ("Dec 31 23:59:59", "Jan  1 00:00:01", "Dec 31 23:59:59", "Jan  1 00:00:02")
    said = [years.when(stamp) for stamp in stamps]
    assert [text[:4] for text in said if text] == ["2024", "2025", "2024", "2025"]


def test_a_quiet_log_turns_the_year_again() -> None:
    years = Years(2024)
    stamps = ("Mar  1 00:00:00", "Nov 30 00:00:00", "Dec  1 00:00:00", "Mar  1 00:00:00")
    said = [years.when(stamp) for stamp in stamps]
    assert [text[:4] for text in said if text] == ["2024", "2024", "2024", "2025"]


def test_a_year_in_the_stamp_needs_only_a_zone(tmp_path: Path) -> None:
    (event,) = events(
        read(
            tmp_path / "log",
            "May 28 2025 08:14:03: %ASA-5-111008: User 'x' executed the 'y' command.\n",
            "UTC",
        )
    )
    assert event["_time"] == "2025-05-28T08:14:03+00:00"
    assert "time_basis" not in event


@pytest.mark.parametrize(
    ("program", "message", "drawn"),
    [
        ("sshd", "Failed password for invalid user a from 192.0.2.1 port 1 from 203.0.113.9 port 22 ssh2", {"src_ip": "203.0.113.9"}),
        ("sshd", "Failed password for root from 203.0.113.9 port 22 ssh1: ruser from 192.0.2.1", {"src_ip": "203.0.113.9", "user": "root"}),
        ("sshd", "error: maximum authentication attempts exceeded for invalid user x from 203.0.113.9 port 9 ssh2 [preauth]", {"event": "too many tries", "user": "x"}),
        ("sshd-session", "Connection closed by authenticating user root 203.0.113.9 port 9 [preauth]", {"user": "root"}),
        ("sudo", "jana : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh", {"event": "command refused", "reason": "3 incorrect password attempts"}),
        ("sudo", "eva : user NOT in sudoers ; TTY=pts/1 ; PWD=/home/eva ; USER=root ; COMMAND=/bin/cat /etc/shadow", {"event": "command refused", "user": "eva"}),
        ("sudo", "eva : TTY=pts/1 ; PWD=/home/eva ; USER=root ; COMMAND=/bin/ls", {"event": "command run", "reason": None}),
        ("%ASA-6-302013", "Built outbound TCP connection 7 for outside:198.51.100.7/443 (198.51.100.7/443) to inside:192.0.2.7/51000 (203.0.113.1/51000)", {"src_ip": "192.0.2.7", "dst_ip": "198.51.100.7", "dst_port": "443"}),
        ("%ASA-6-302013", "Built inbound TCP connection 8 for outside:198.51.100.7/51000 (198.51.100.7/51000) to dmz:192.0.2.9/25 (203.0.113.9/25)", {"src_ip": "198.51.100.7", "dst_ip": "192.0.2.9"}),
        ("%ASA-6-302014", "Teardown TCP connection 7 for outside:198.51.100.7/443 to inside:192.0.2.7/51000 duration 0:00:30 bytes 4010 TCP FINs", {"src_ip": None, "foreign_ip": "198.51.100.7", "local_ip": "192.0.2.7", "bytes": "4010"}),
        ("vsftpd", "pam_unix(vsftpd:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser=x rhost=203.0.113.9", {"src_ip": "203.0.113.9"}),
        ("crontab", "(root) REPLACE (root)", {"action": "REPLACE", "user": "root"}),
        ("asterisk", "NOTICE[1][C-1] chan_sip.c: Call from 'x' (192.0.2.1:5) to extension 'y' rejected because z' (203.0.113.9:5060) to extension '00' rejected because extension not found.", {"event": "call rejected", "src_ip": "203.0.113.9"}),
        ("asterisk", 'SECURITY[1] res_security_log.c: SecurityEvent="InvalidPassword",LocalAddress="IPV4/UDP/192.0.2.1/5060",RemoteAddress="IPV4/UDP/203.0.113.9/5084",Challenge="4"', {"src_ip": "203.0.113.9", "security_event": "InvalidPassword"}),
        ("asterisk", "NOTICE[1] manager.c: 203.0.113.9 failed to authenticate as 'admin'", {"src_ip": "203.0.113.9", "user": "admin"}),
        ("asterisk", "NOTICE[1] chan_sip.c: Call from 'x' (203.0.113.9:5060) to extension '00' accepted", {"user": None}),
        ("some-daemon", "request denied from 203.0.113.9", {"src_ip": "203.0.113.9"}),
        ("some-daemon", "version 1.2.3.4.5 from yesterday", {}),
    ],
)  # fmt: skip
def test_tables_draw_the_fields_of_a_message(
    program: str, message: str, drawn: dict[str, str]
) -> None:
    found = table_of(program, message).draw(message)
    assert {name: found.get(name) for name in drawn} == drawn
    assert drawn or "src_ip" not in found


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Oct  1 22:14:15 h sshd[1]: m", LogSource("linux", None, "sshd")),
        ("Oct  1 22:14:15 h sudo: m", LogSource("linux", None, "sudo")),
        ("Oct  1 22:14:15 h CRON[1]: m", LogSource("linux", None, "cron")),
        ("Oct  1 22:14:15 h unheard-of[1]: m", LogSource("linux", None, "syslog")),
        ("Oct  1 22:14:15 h kernel: IN=a OUT= SRC=1.2.3.4 DST=1.2.3.5 ", LogSource("linux", "firewall", "iptables")),
        ("Oct  1 22:14:15 h kernel: usb 1-1: new device", LogSource("linux", None, "syslog")),
    ],
)  # fmt: skip
def test_the_program_tells_the_log_source(tmp_path: Path, line: str, source: LogSource) -> None:
    found = read(tmp_path / "log", f"{line}\n")
    assert [one.source for one in found if isinstance(one, EventBatch)] == [source]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"Failed password for (?P<u>.*) from x\.y+z", "Failed password for "),
        (r".{0,80}?denied for '(?P<u>[^']*)'@'(?P<i>[^']*)'(?: to)?.*", "denied for '"),
        (r"a|b", ""),
        (r"(?:x|y)foo bar?", "foo ba"),
        (r"[^\]a]bc{2}d", "d"),
        (r"(?i:abc)de", "de"),
        (r"\[pid \d+\] \[(?P<u>[^\]]*)\] OK: \"(?P<i>[^\"]*)\".*", '] OK: "'),
        (r"(?=abc)d(?<!x)y*", "d"),
        (r"\bab\d", "ab"),
    ],
)
def test_words_that_a_sentence_holds_whatever_its_gaps(pattern: str, words: str) -> None:
    assert words_of(pattern) == words


def test_a_table_looks_for_words_before_sentences() -> None:
    tables = {id(table): table for table in TABLES.values()}.values()
    assert [p for table in tables for _, p in table.patterns if not words_of(p)] == []


HOSTILE = (
    "Failed password for invalid user {} port",
    "Disconnecting invalid user {}",
    "x : TTY=a ; PWD={} ; USER=",
    "client @0x1 1.2.3.4#5 ({}): query: ",
    "H={} rejected RCPT <",
    "Auth: [SMB2,(null)] user [{}",
    "imap-login: Disconnected ({}",
    'GET {} HTTP/1.1" 200',
    "Built inbound TCP connection 1 for {}",
    "IN=eth0 SRC= DST= {}",
)
FILLINGS = (
    " from 1.2.3.4",
    "a",
    " ",
    "=",
    "a=b ",
    "((",
    "<>",
    "\"'",
    "x:y/z ",
    "from from ",
    ", client: ",
)


@pytest.mark.parametrize(
    "table", {id(one): one for one in TABLES.values()}.values(), ids=lambda t: str(t.log)
)
def test_a_hostile_line_of_a_megabyte_takes_no_time(table: Table) -> None:
    start = process_time()
    for shape in HOSTILE:
        for filling in FILLINGS:
            table.draw(shape.format(filling * (2**20 // len(filling))))
    assert process_time() - start < 10  # 110 lines


def test_a_hostile_header_of_a_megabyte_takes_no_time(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for filling in FILLINGS:
        start = process_time()
        read(log, f"Oct  1 22:14:15 {filling * (2**20 // len(filling))}\n" * 2)
        assert process_time() - start < 2


def test_only_a_log_that_states_its_years_is_divided(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("2025-05-28T06:15:00Z h app[1]: m\n" * 100)
    assert len(divided(READER, source_of(log), 2)) == 2
    log.write_text("May 28 06:15:00 h app[1]: m\n" * 100)
    assert divided(READER, source_of(log), 2) == []


def test_stretches_give_what_the_whole_gives(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("".join(f"2025-05-28T06:15:{n:02}Z h app[{n}]: m\n" for n in range(60)))
    whole = source_of(log)
    parts = [
        row
        for stretch in stretches_of(READER, whole, 3)
        for row in events(
            list(READER.read(Source(whole.sha256, log, whole.size, stretch=stretch, zone=UTC)))
        )
    ]
    assert parts == events(list(READER.read(whole)))


@pytest.mark.parametrize(
    "head",
    [
        b"28.05.2025 08:15:34 Dienst gestartet\n",
        b"From: a@example.org\nTo: b\n\ntext\n",
        b'{"a": 1}\n',
    ],
)
def test_other_files_are_no_syslog(head: bytes) -> None:
    assert READER not in recognise(head)
