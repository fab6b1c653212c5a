"""Records of Microsoft 365 are the same events however an export wraps them."""

import json
from pathlib import Path

import pytest

from stopa.model.event import EventBatch, LogSource
from stopa.model.evidence import Problem
from stopa.readers import Found, _csv, recognise
from stopa.readers._csv import Record, records
from stopa.readers.m365_audit import READER
from tests.readers.found import plain, source_of
from tests.readers.test_conformance import assert_covers
from tests.shared import SHARED, needs_shared

RECORD = {
    "CreationTime": "2021-05-04T09:12:41",
    "Operation": "New-InboxRule",
    "Workload": "Exchange",
    "UserId": "ola@exercise.invalid",
    "Parameters": [{"Name": "ForwardTo", "Value": "x@exercise.invalid"}],
}
AUDIT = json.dumps(RECORD)
QUOTED = '"' + AUDIT.replace('"', '""') + '"'

WRAPPED = {
    "a line": AUDIT + "\n",
    "an array": f"[{AUDIT}]",
    "PowerShell": json.dumps([{"Operations": "x", "UserIds": "y", "AuditData": AUDIT}], indent=1),
    "Graph": json.dumps({"id": "1", "operation": "x", "auditData": RECORD}),
    "a page of Graph": json.dumps(
        {
            "@odata.context": "https://graph.exercise.invalid/$metadata",
            "value": [{"id": "1", "operation": "x", "auditData": RECORD}],
        }
    ),
    "a spreadsheet's": f"CreationDate;UserIds;Operations;AuditData\r\n2021;y;x;{QUOTED}\r\n",
    "Export-Csv": "#TYPE System.Management.Automation.PSObject\r\n"
    f'"CreationDate","UserIds","Operations","AuditData"\r\n"2021","y","x",{QUOTED}\r\n',
    "the portal": f"CreationDate,UserIds,Operations,AuditData\r\n2021,y,x,{QUOTED}\r\n",
    "the portal, UTF-16": f"CreationDate,UserIds,Operations,AuditData\r\n2021,y,x,{QUOTED}\r\n",
}


def read(path: Path, log: bytes) -> list[Found]:
    path.write_bytes(log)
    found = list(READER.read(source_of(path)))
    assert_covers(found, len(log))
    return found


def events(found: list[Found]) -> list[dict[str, object]]:
    return [row["event"] for one in found if isinstance(one, EventBatch) for row in plain(one)]


@pytest.mark.parametrize("shape", WRAPPED)
def test_a_record_is_the_same_event_in_every_wrapping(tmp_path: Path, shape: str) -> None:
    log = WRAPPED[shape].encode("utf-16" if "UTF-16" in shape else "utf-8")
    assert [reader.name for reader in recognise(log)] == ["m365_audit"]
    found = read(tmp_path / "log", log)
    (event,) = events(found)
    assert event["_time"] == "2021-05-04T09:12:41+00:00"
    assert event["_user"] == "ola@exercise.invalid"
    assert event["Operation"] == "New-InboxRule"
    assert event["Parameters.ForwardTo"] == "x@exercise.invalid"
    assert "ForwardTo" in str(event["Parameters"])
    assert [b.source for b in found if isinstance(b, EventBatch)] == [
        LogSource("m365", None, "audit")
    ]


@pytest.mark.parametrize(
    "head",
    [
        '{"CreationTime":"2021-05-04T09:12:41","message":"another log"}',
        '{"AuditData":"no operation beside it"}',
        "CreationDate,Operation,UserId\n2021,x,y\n",
        "name,kind\na,b\n",
    ],
)
def test_other_logs_are_not_claimed(head: str) -> None:
    assert not READER.recognises(head.encode())


def fields(path: Path, text: str) -> list[list[str] | str]:
    path.write_bytes(text.encode())
    return [
        found.fields if isinstance(found, Record) else found.what
        for found in records(source_of(path))
        if isinstance(found, Record | Problem)
    ]


BAD = "not a record of CSV"
TABLES = {
    "plain": ("a,b\r\nc,\r\n", [["a", "b"], ["c", ""]]),
    "quoted": ('"a ""b"", c",d\n', [['a "b", c', "d"]]),
    "over lines": ('"a\n\nb",c\nd,e\n', [["a\n\nb", "c"], ["d", "e"]]),
    "a stray mark": ('"a" b,c\nd,e\n', [BAD, ["d", "e"]]),
    "a mark that opens and never closes": ('a,"b\nc,d\n', [BAD, ["c", "d"]]),
    "a mark in a bare field": ('a"b"c,d\n', [['a"b"c', "d"]]),
    "a stray mark before a quoted field": ('x,"y" z"\n"a",b\n', [BAD, ["a", "b"]]),
}


@pytest.mark.parametrize(("text", "expected"), TABLES.values(), ids=TABLES)
def test_one_bad_record_costs_no_other(
    tmp_path: Path, text: str, expected: list[list[str] | str]
) -> None:
    assert fields(tmp_path / "t.csv", text) == expected


def test_a_record_beyond_the_limit_is_a_problem_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_csv, "RECORD_LIMIT", 100)
    text = 'a,"' + "x\n" * 200 + '"\nc,d\n'
    assert fields(tmp_path / "t.csv", text)[0] == BAD


@needs_shared
def test_real_exports_are_read_whole() -> None:
    folder = SHARED / "data" / "cloud" / "m365"
    for name, count in (
        ("msticpy_exchange_admin_ual.csv", 1334),
        ("plaso_microsoft_audit_log.jsonl", 4),
        ("panther_Microsoft365.Audit.SharePoint.jsonl", 5),
    ):
        found = list(READER.read(source_of(folder / name)))
        assert_covers(found, (folder / name).stat().st_size)
        assert not [one for one in found if isinstance(one, Problem)]
        assert len([event for event in events(found) if "_time" in event]) == count
