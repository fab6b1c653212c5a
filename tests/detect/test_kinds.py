"""A kind of event is asked for the fields that its rules can look at, and for no others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stopa import detect
from stopa.detect import Program
from stopa.detect.columns import Columns
from stopa.detect.scope import ENVELOPE_FIELDS, Event
from stopa.model.event import EventBatch, LogSource
from tests.detect.batches import batch
from tests.detect.rule_text import rule, rule_id

WINDOWS = {"product": "windows"}
SECURITY = {**WINDOWS, "service": "security"}
CREATION = {**WINDOWS, "category": "process_creation"}
SYSMON = "Microsoft-Windows-Sysmon"
AUDIT = "Microsoft-Windows-Security-Auditing"
RULES = {
    "shell": rule("shell", CREATION, s={"Image|endswith": "\\cmd.exe", "Hashes": "x"}),
    "logon": rule("logon", SECURITY, s={"EventID": 4624, "LogonType": 3}),
    "logoff": rule("logoff", SECURITY, s={"EventID": 4634, "TargetUserName": "x"}),
    "both": rule(
        "both",
        SECURITY,
        s={"EventID": 4625, "Status": "1"},
        t={"EventID": [4625, 4776], "Workstation": "w"},
        u={"EventID": 4625},
        f={"EventID": 4776, "PackageName": "p"},
        condition="(s or t or u) and not f",
    ),
    "words": rule("words", SECURITY, s={"EventID": 4688}, k=["mimikatz"], condition="s and k"),
    "cleared": rule("cleared", WINDOWS, s={"Channel": "Odd", "Other": "x"}),
}
COUNT = f"""
title: count
id: count
correlation:
    type: event_count
    rules: [{rule_id("logon")}]
    group-by: [IpAddress]
    timespan: 5m
    condition: {{gte: 3}}
"""


def _program(folder: Path) -> Program:
    for name, text in {**RULES, "count": COUNT}.items():
        (folder / f"{name}.yml").write_text(text)
    return detect.compile(detect.load([folder]))


def _event(provider: str, channel: str, event_id: str, *own: str) -> Event:
    return Event("windows", None, None, provider, channel, event_id, frozenset(own))


def test_a_kind_is_asked_for_what_its_rules_name(tmp_path: Path) -> None:
    program = _program(tmp_path)
    asked = {
        event: program.fields_of(_event(AUDIT, "Security", event))
        for event in ("4624", "4634", "4625", "4776", "4688", "1")
    }
    assert asked["4624"] == {"LogonType", "IpAddress"}
    assert asked["4634"] == {"TargetUserName"}
    assert asked["4625"] == {"Status", "Workstation"}
    assert asked["4776"] == {"Workstation", "PackageName"}
    assert asked["4688"] == {"NewProcessName", "Hashes"}
    assert asked["1"] == frozenset()
    sysmon = _event(SYSMON, f"{SYSMON}/Operational", "1")
    assert program.fields_of(sysmon) == {"Image", "Hashes"}


def test_only_kinds_with_keywords_left_are_searched(tmp_path: Path) -> None:
    program = _program(tmp_path)
    assert program.searches(_event(AUDIT, "Security", "4688"))
    assert not program.searches(_event(AUDIT, "Security", "4624"))
    assert not program.searches(_event(SYSMON, f"{SYSMON}/Operational", "1"))


def test_what_an_event_has_of_its_own_is_not_decided(tmp_path: Path) -> None:
    program = _program(tmp_path)
    known = _event("Other", "System", "104")
    assert program.fields_of(known) == frozenset()
    assert program.fields_of(known._replace(own=frozenset({"Channel"}))) == {"Channel", "Other"}
    every = known._replace(own=frozenset(ENVELOPE_FIELDS))
    assert program.fields_of(every) >= {"Channel", "Other"}


def test_fewer_columns_change_no_finding(tmp_path: Path) -> None:
    program = _program(tmp_path)
    events: dict[str, dict[str, Any]] = {
        "4624": {"LogonType": 3, "IpAddress": "10.0.0.1", "Workstation": "w"},
        "4625": {"Status": "1", "Workstation": "w", "TargetUserName": "x"},
        "4776": {"Workstation": "w", "PackageName": "q"},
        "4688": {"NewProcessName": "C:\\cmd.exe", "Hashes": "x", "Other": "mimikatz"},
    }
    for event, fields in events.items():
        kind = _event(AUDIT, "Security", event)
        envelope = {"_provider": AUDIT, "_channel": "Security", "_event_id": event}
        whole = batch([{**envelope, **fields}], LogSource("windows"))
        asked = program.fields_of(kind)
        if not program.searches(kind):
            left_out = [name for name in whole.fields if name not in asked]
            narrow = EventBatch(whole.evidence, whole.source, whole.table.drop_columns(left_out))
            assert list(program.base_hits(narrow)) == list(program.base_hits(whole))
            assert list(program.findings(narrow)) == list(program.findings(whole))
        assert list(program.findings(whole))


@pytest.mark.parametrize(
    "channels",
    [["a", "", "aa"], ["", ""], ["ab", "ab"], ["ab", "ba"], ["", None], [None, None], ["aa", "a"]],
)
def test_kinds_are_told_apart_by_all_of_their_names(channels: list[str | None]) -> None:
    events = [{"_channel": channel, "_event_id": "1"} for channel in channels]
    table = batch(events, LogSource("windows")).table
    for part in (table, table.slice(1)):
        columns = Columns(EventBatch("e" * 64, LogSource("windows"), part))
        told = {
            kind.channel: range(part.num_rows) if rows is None else rows.tolist()
            for kind, rows in columns.kinds()
        }
        mine = channels[-part.num_rows :]
        assert {row: name for name, rows in told.items() for row in rows} == dict(enumerate(mine))
