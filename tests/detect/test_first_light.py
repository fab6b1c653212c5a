"""A rule fires on the event that it describes, and on no other."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from stopa import detect
from stopa.model.event import ENVELOPE, TIME, EventBatch, LogSource

RULE = """
title: Shell started by an office program
id: 11111111-1111-4111-8111-111111111111
logsource: {product: windows, category: process_creation}
detection:
    selection:
        Image|endswith: '\\cmd.exe'
        ParentImage|endswith: ['\\winword.exe', '\\excel.exe']
    filter:
        CommandLine|contains: benign
    condition: selection and not filter
level: high
"""


def test_a_rule_fires_on_the_event_it_describes(tmp_path: Path) -> None:
    (tmp_path / "rule.yml").write_text(RULE)
    program = detect.compile(detect.load([tmp_path]))
    kinds = {TIME: pa.timestamp("us", tz="UTC")}
    numbers = ("_record", "_line", "_offset", "_length")
    columns = {
        name: pa.array([None] * 3, kinds.get(name, pa.int64() if name in numbers else pa.string()))
        for name in ENVELOPE
    }
    columns["_channel"] = pa.array(["Microsoft-Windows-Sysmon/Operational"] * 3)
    columns["_event_id"] = pa.array(["1"] * 3)
    columns["Image"] = pa.array(["C:\\Windows\\CMD.exe", "C:\\cmd.exe", "C:\\cmd.exe"])
    columns["ParentImage"] = pa.array(["C:\\WINWORD.EXE", "C:\\EXCEL.EXE", None])
    columns["CommandLine"] = pa.array(["cmd /c", "cmd Benign", "cmd"])
    batch = EventBatch("0" * 64, LogSource("windows"), pa.table(columns))
    assert [(f.rule[:2], f.matched[0].value) for f in program.findings(batch)] == [
        ("11", "C:\\Windows\\CMD.exe")
    ]
