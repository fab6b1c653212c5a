"""Logs of Linux, web servers, proxies and network devices: known by content, read as their programs mean."""

# ruff: noqa: E501 (a line of a log stays on one line)

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

import stopa.detect
from stopa.model.event import EventBatch, LogSource
from stopa.model.evidence import Structure
from stopa.readers import Source, readers, recognise
from stopa.readers._access_lines import access, error, requested
from stopa.readers._audit_fields import arguments, decoded_text
from stopa.readers._dated_lines import spelled
from stopa.readers._rows import BLOCK_BYTES
from stopa.readers._stamps import by_digits
from stopa.readers.auditd import OPEN, PART_BYTES
from tests.readers.found import DATA, input_of, plain, source_of, stretches_of
from tests.readers.test_conformance import assert_covers
from tests.shared import SHARED, needs_shared


def batches(reader: str, path: Path, zone: str | None = None) -> list[EventBatch]:
    asked = source_of(path)
    source = Source(asked.sha256, path, asked.size, zone=ZoneInfo(zone) if zone else None)
    return [one for one in readers()[reader].read(source) if isinstance(one, EventBatch)]


def events(reader: str, path: Path, log: str, zone: str | None = None) -> list[dict[str, Any]]:
    path.write_text(log, encoding="utf-8", newline="")
    rows = [row["event"] for one in batches(reader, path, zone) for row in plain(one)]
    return sorted(rows, key=lambda row: row["_offset"])


def test_records_of_one_serial_are_one_event(tmp_path: Path) -> None:
    log = (
        'type=SYSCALL msg=audit(1748412930.155:7): arch=c000003e syscall=59 a0=1f a1=2f pid=5 exe="/bin/ls" key=(null)\n'
        'type=EXECVE msg=audit(1748412930.155:7): argc=2 a0="ls" a1=2D6C\n'
        'type=PATH msg=audit(1748412930.155:7): item=0 name="/bin/ls"\n'
    )
    (event,) = events("auditd", tmp_path / "log", log)
    assert event["type"] == ["SYSCALL", "EXECVE", "PATH"]
    assert (event["a0"], event["a1"], event["SYSCALL.a0"]) == ("ls", "-l", "1f")
    assert (event["cmdline"], event["SYSCALL"], event["name"]) == ("ls -l", "execve", ["/bin/ls"])
    assert "key" not in event
    assert event["_length"] == len(log)


def test_records_of_events_that_stand_mixed_are_joined_and_all_bytes_are_told(
    tmp_path: Path,
) -> None:
    log = (
        'type=SYSCALL msg=audit(1.0:1): syscall=59 a0=1f a1=2f a2=3f a3=4 exe="/bin/nc"\n'
        'type=SYSCALL msg=audit(1.0:2): syscall=42 exe="/bin/b"\n'
        'type=EXECVE msg=audit(1.0:1): argc=2 a0="nc" a1="-e"\n'
        "no record\n"
        "type=SOCKADDR msg=audit(1.0:2): saddr=0200\n"
        'type=SYSCALL msg=audit(2.0:1): syscall=59 exe="/bin/after-boot"\n'
    )
    called, connected, line, later = events("auditd", tmp_path / "log", log)
    assert (called["type"], called["cmdline"], called["exe"]) == (
        ["SYSCALL", "EXECVE"],
        "nc -e",
        "/bin/nc",
    )
    assert (called["a0"], called.get("a2"), called["SYSCALL.a2"]) == ("nc", None, "3f")
    assert (connected["type"], connected["saddr"]) == (["SYSCALL", "SOCKADDR"], "0200")
    assert (line["message"], later["exe"]) == ("no record", "/bin/after-boot")
    found = list(readers()["auditd"].read(source_of(tmp_path / "log")))
    assert_covers(found, len(log))
    told = {one.where.line: one.where.record for one in found if isinstance(one, Structure)}
    assert told == {3: 1, 5: 2}


def test_an_event_waits_for_its_records_only_so_long(tmp_path: Path) -> None:
    record = 'type=SYSCALL msg=audit(1.0:{}): syscall=59 exe="/bin/{}"\n'
    between = "".join(record.format(n, n) for n in range(1, OPEN + 2))
    log = f"{record.format(0, 'a')}{between}type=CWD msg=audit(1.0:0): cwd=x\n"
    found = events("auditd", tmp_path / "log", log)
    assert [one["type"] for one in (found[0], found[-1])] == [["SYSCALL"], ["CWD"]]


def test_no_more_audit_records_wait_than_memory_has_room_for(tmp_path: Path) -> None:
    log = tmp_path / "log"
    record = 'type=USER_CMD msg=audit(1.0:{}): pid=1 cmd="{}"\n'
    log.write_text("".join(record.format(n, "x" * 500_000) for n in range(90)))
    read = batches("auditd", log)
    assert sum(one.table.num_rows for one in read) == 90
    lengths: list[list[Any]] = [one.table.column("_length").to_pylist() for one in read]
    assert max(map(sum, lengths)) <= BLOCK_BYTES + PART_BYTES + 2**20


def test_one_serial_for_ever_is_cut_into_events(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text('type=PATH msg=audit(1.0:1): item=0 name="x"\n' * 10_000)
    start = process_time()
    assert sum(one.table.num_rows for one in batches("auditd", log)) == 3
    assert process_time() - start < 5


@pytest.mark.parametrize(
    ("kind", "name", "written", "meant"),
    [
        ("EXECVE", "a1", "6C73202D6C", "ls -l"),
        ("SYSCALL", "a1", "6C73202D6C", "6C73202D6C"),
        ("PROCTITLE", "proctitle", "6C73002D6C00", "ls -l"),
        ("USER_LOGIN", "acct", "28756E6B6E6F776E207573657229", "(unknown user)"),
        ("SYSCALL", "comm", "ABC", "ABC"),
        ("SYSCALL", "pid", "1234", "1234"),
        ("PATH", "name", "FF41", "\\xffA"),
    ],
)
def test_hexadecimal_is_text_where_text_may_stand(
    kind: str, name: str, written: str, meant: str
) -> None:
    assert decoded_text(kind, name, written) == meant


def test_a_long_argument_is_put_together() -> None:
    places = {"argc": 0, "a0": 1, "a2": 2, "a1[1]": 3, "a1[0]": 4, "a1_len": 5}
    assert arguments(places) == ((1,), (4, 3), (2,))


def test_a_long_argument_that_the_kernel_cut_stands_whole_in_the_command_line(
    tmp_path: Path,
) -> None:
    log = 'type=EXECVE msg=audit(1.0:1): argc=2 a0="sh" a1_len=8 a1[0]=6C73202D a1[1]=6C61\n'
    (event,) = events("auditd", tmp_path / "log", log)
    assert event["cmdline"] == "sh ls -la"


@pytest.mark.parametrize(
    ("line", "client", "host", "user"),
    [
        ('192.0.2.1 - - [28/May/2025:08:15:30 +0200] "GET / HTTP/1.1" 200 1', "192.0.2.1", None, None),
        ('192.0.2.1 - John Doe [28/May/2025:08:15:30 +0200] "GET / HTTP/1.1" 200 1', "192.0.2.1", None, "John Doe"),
        ('www.a.example 192.0.2.1 - - [28/May/2025:08:15:30 +0200] "GET / HTTP/1.1" 200 1 "-" "x"', "192.0.2.1", "www.a.example", None),
        ('2001:db8::1 - x [28/May/2025:08:15:30 +0200] "\\x16\\x03" 400 0 "-" "a \\" b"', "2001:db8::1", None, "x"),
    ],
)  # fmt: skip
def test_access_lines_of_every_shape(
    line: str, client: str, host: str | None, user: str | None
) -> None:
    fields = access(line)
    assert fields is not None
    assert (fields["c-ip"], fields.get("cs-host"), fields["cs-username"]) == (client, host, user)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "text",
        '192.0.2.1 - - [28/May/2025] "GET / HTTP/1.1" 200 1',
        '192.0.2.1 - - [28/May/2025:08:15:30 +0200] "GET /',
    ],
)
def test_other_lines_are_no_access_lines(line: str) -> None:
    assert access(line) is None


def test_a_request_that_is_no_http_is_kept_whole() -> None:
    assert requested("\\x16\\x03\\x01") == {"cs-request": "\\x16\\x03\\x01"}
    assert requested("GET /a?b=c?d HTTP/1.1")["cs-uri-query"] == "b=c?d"


def test_a_user_cannot_name_another_client() -> None:
    line = '2025/05/28 08:15:31 [error] 1#1: *9 user "x", client: 192.0.2.1, y": password mismatch, client: 203.0.113.10, server: s'
    assert (error(line) or {})["c-ip"] == "203.0.113.10"


HOSTILE = ("[Wed May 28 08:15:30 2025] [error] [client {}", '192.0.2.1 - {} [28/May/2025:08:15:30 +0200] "GET / HTTP/1.1" 200 1', '{} "GET', "2025/05/28 08:15:31 [error] 1#1: *9 {}", "1748412930.512 4 {}", "date=1 {}", "1,2025/05/28 08:14:06,1,TRAFFIC,{}", "28-May-2025 08:15:30.425 client {}", "2025-05-28 08:15:30 H={}", "type=SYSCALL msg=audit(1.0:1): {}", "2025-05-28 08:15:30 {}")  # fmt: skip
FILLINGS = ("a", " ", '"', "a=b ", "[", "(", '"a" ', "\\", ", client: ", "a=\"", "' ", "x:", ",")  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "access_log",
        "error_log",
        "squid",
        "fortinet",
        "paloalto",
        "bind",
        "exim",
        "auditd",
        "stamped",
        "netflow",
    ],
)
def test_a_hostile_line_of_a_megabyte_takes_no_time(name: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    for shape in HOSTILE:
        for filling in FILLINGS:
            log.write_text(shape.format(filling * (2**20 // len(filling))) + "\n")
            start = process_time()
            readers()[name].recognises(log.read_bytes()[:65_536])
            list(readers()[name].read(source_of(log)))
            assert process_time() - start < 3, (shape, filling)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025-05-28 08:15:30,123", "2025-05-28T08:15:30.123"),
        ("2025-05-28 05:34:01 UTC", "2025-05-28T05:34:01+00:00"),
        ("Mon Jun  6 18:43:28 2016", "2016-06-06T18:43:28"),
        ("20220407-12:11:06", "2022-04-07T12:11:06"),
        ("28.05.2025 08:15:34", "2025-05-28T08:15:34"),
        ("05/06/2025 08:15:34", None),
    ],
)
def test_spellings_of_times(written: str, meant: str | None) -> None:
    assert spelled(written) == meant


@pytest.mark.parametrize(
    "digits", ["1748412930", "1748412930000", "1748412930000000", "1748412930000000000"]
)
def test_counts_since_1970_in_any_unit(digits: str) -> None:
    for others in ([], [None], ["-1"], ["no number", "9" * 30]):
        told = by_digits(pa.array([digits, *others]), None).instants.to_pylist()
        assert told[0] is not None
        assert told[0].isoformat() == "2025-05-28T06:15:30+00:00"
        assert [time and time.year for time in told[1:]] == [
            1969 if o == "-1" else None for o in others
        ]


def test_times_without_zone_wait_for_the_analyst(tmp_path: Path) -> None:
    log = "2025-05-28 08:15:30 something happened\n"
    assert "_time" not in events("stamped", tmp_path / "log", log)[0]
    assert (
        events("stamped", tmp_path / "log", log, "Europe/Prague")[0]["_time"]
        == "2025-05-28T06:15:30+00:00"
    )


def test_lines_with_a_time_are_only_read_so_where_nothing_else_knows_them() -> None:
    head = input_of(DATA / "exim" / "main").read_bytes()
    assert readers()["stamped"].recognises(head)
    assert [reader.name for reader in recognise(head)] == ["exim"]


def test_a_rule_for_linux_processes_looks_at_executed_programs_of_the_audit_log(
    tmp_path: Path,
) -> None:
    rule = tmp_path / "rule.yml"
    rule.write_text(
        "title: x\nid: 5f0f3c1e-6f5f-4c2f-8a51-3f6a2b0f2d11\nlogsource:\n    product: linux\n    category: process_creation\n"
        "detection:\n    s:\n        Image|endswith: '/dash'\n        CommandLine|contains: 'curl'\n    condition: s\nlevel: low\n"
    )
    program = stopa.detect.compile(stopa.detect.load([rule]))
    log = input_of(DATA / "auditd" / "execve")
    found = [finding for one in batches("auditd", log) for finding in program.findings(one)]
    assert [finding.where.line for finding in found] == [1]


@pytest.mark.parametrize(
    ("asked", "reader", "case", "field"),
    [
        ("category: firewall", "syslog", "auth", "dst_port: 3306"),
        ("category: firewall", "fortinet", "forward", "dst_port: 445"),
        ("category: firewall", "paloalto", "traffic", "dst_port: 443"),
        ("category: firewall", "netflow", "nfdump", "dst_port: 443"),
        ("category: dns", "bind", "queries", "record_type: TXT"),
        ("category: proxy", "squid", "native", "c-uri|endswith: 'zip?x=1'"),
        ("category: proxy", "access_log", "proxy", "c-useragent|startswith: 'python-requests'"),
        ("category: webserver", "access_log", "combined", "cs-user-agent|contains: sqlmap"),
        ("product: linux\n    service: auditd", "auditd", "execve", "type: EXECVE"),
        ("product: linux\n    service: sshd", "syslog", "auth", "message|contains: 'Failed password'"),
        ("product: linux\n    service: cron", "journal", "json", "MESSAGE: nothing"),
        ("product: linux\n    service: auth", "syslog", "auth", "event: user added"),
        ("product: linux\n    service: syslog", "syslog", "auth", "event: login accepted"),
        ("product: suricata\n    service: alert", "suricata", "eve", "alert.severity: 1"),
        ("product: fortigate\n    service: event", "fortinet", "forward", "status: failed"),
    ],
)  # fmt: skip
def test_rules_find_the_logs_by_their_source(
    asked: str, reader: str, case: str, field: str, tmp_path: Path
) -> None:
    rule = tmp_path / "rule.yml"
    rule.write_text(
        f"title: x\nid: 5f0f3c1e-6f5f-4c2f-8a51-3f6a2b0f2d11\nlogsource:\n    {asked}\n"
        f"detection:\n    s:\n        {field}\n    condition: s\nlevel: low\n"
    )
    program = stopa.detect.compile(stopa.detect.load([rule]))
    log = input_of(DATA / reader / case)
    found = [finding for one in batches(reader, log) for finding in program.findings(one)]
    assert bool(found) is (field != "MESSAGE: nothing")


@needs_shared
def test_real_logs_are_known_by_one_reader_each() -> None:
    folder = SHARED / "data"
    logs = [
        path
        for name in ("linux/fail2ban", "linux/auditd", "web/fail2ban", "suricata/verify")
        for path in sorted((folder / name).rglob("*.log"))
        + sorted((folder / name).rglob("eve.json"))
    ]
    known = {
        path.name: [reader.name for reader in recognise(path.read_bytes()[:65_536])]
        for path in logs
    }
    assert {name: found for name, found in known.items() if len(found) != 1} == {}
    assert LogSource("linux", None, "auditd") in {
        one.source for one in batches("auditd", folder / "linux/auditd/msticpy_auditd.log")
    }


def test_stretches_of_a_journal_give_what_the_whole_gives(tmp_path: Path) -> None:
    log = tmp_path / "log"
    entry = (
        '{{"__REALTIME_TIMESTAMP":"17409024{:02}000000","SYSLOG_IDENTIFIER":"a","MESSAGE":"m"}}\n'
    )
    log.write_text("".join(entry.format(n) for n in range(60)))
    whole = source_of(log)
    journal = readers()["journal"]
    stretches = stretches_of(journal, whole, 3)
    assert len(stretches) == 3
    parts = [
        row
        for stretch in stretches
        for one in journal.read(replace(whole, stretch=stretch))
        for row in plain(one)
    ]
    assert parts == [row for one in journal.read(whole) for row in plain(one)]


@pytest.mark.parametrize(
    ("line", "drawn"),
    [
        ('2025-07-20T21:28:50.530Z,000000000000000E,2,192.0.2.241:143,203.0.113.9:35070,eva,168,31,31,authenticate,PLAIN,"R=""2 NO"""', {"user": "eva", "src_ip": "203.0.113.9", "command": "authenticate"}),
        ("2025-07-20T21:12:06.270Z,EX\\Front,08DA4F7C11473A60,9,192.0.2.241:25,203.0.113.9:53722,>,535 5.7.3 No,", {"smtp_event": ">", "data": "535 5.7.3 No", "src_ip": "203.0.113.9"}),
        ('2025-03-12 11:17:28.425 UTC [539] eva@crm FATAL:  password authentication failed for user "eva"', {"user": "eva", "database": "crm", "auth_method": "password"}),
        ("2025-07-20T21:12:06.270Z,a,b,9,c,d,>,e,", {"smtp_event": None, "src_ip": None}),
    ],
)  # fmt: skip
def test_what_services_write_in_logs_of_their_own(
    tmp_path: Path, line: str, drawn: dict[str, str | None]
) -> None:
    log = tmp_path / "log"
    log.write_text(f"{line}\n")
    ((event,),) = (one.table.to_pylist() for one in batches("stamped", log))
    assert {name: event.get(name) for name in drawn} == drawn
