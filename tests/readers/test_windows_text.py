"""Text logs of Windows: local times need a zone, and rules find the events that were exported."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from stopa.detect import compile as compiled
from stopa.detect import load
from stopa.model.event import TIME, EventBatch
from stopa.model.evidence import Problem
from stopa.readers import readers
from tests.readers.found import DATA, input_of, source_of

PRAGUE_WINTER = timezone(timedelta(hours=1))
LOCAL = {  # reader and case -> the first time, in UTC, where the machine stood in Prague
    ("windows_tables", "dhcp"): datetime(2026, 3, 2, 7, 15, tzinfo=UTC),
    ("powershell_transcript", "session"): datetime(2026, 3, 2, 7, 15, tzinfo=UTC),
    ("powershell_transcript", "with_times"): datetime(2026, 3, 2, 7, 16, 30, tzinfo=UTC),
    ("windows_dns_debug", "packets"): datetime(2026, 3, 2, 7, 15, tzinfo=UTC),
    ("windows_tables", "event_viewer"): datetime(2026, 3, 2, 7, 15, tzinfo=UTC),
}
RULE = """title: asked
id: 8f3d5ac1-0000-4000-8000-000000000001
status: test
logsource:
    product: windows
    {source}
detection:
    selection:
        {field}
    condition: selection
level: low
"""
ANSWERED = (
    ("windows_xml", "event_viewer", "service: security", "NewProcessName|endswith: whoami.exe"),
    ("windows_xml", "event_viewer", "category: process_creation", "Image|endswith: whoami.exe"),
    ("windows_xml", "wide", "service: system", "EventID: 7036"),
    (
        "powershell_transcript",
        "session",
        "category: ps_script",
        "ScriptBlockText|contains: DownloadString",
    ),
    ("windows_dns_debug", "other_country", "category: dns", "query|endswith: .d.example"),
    ("windows_defender", "old", "category: antivirus", "Signature|startswith: Trojan"),
    ("windows_tables", "evtxecmd", "service: security", "TargetUserName: marta"),
)


@pytest.mark.parametrize("told", LOCAL, ids="-".join)
def test_a_local_time_is_read_with_the_zone_of_the_analyst_alone(told: tuple[str, str]) -> None:
    reader, case = told
    source = source_of(input_of(DATA / reader / case))
    without = list(readers()[reader].read(source))
    assert any(isinstance(f, Problem) and "zone" in f.what for f in without)
    times = [f.table.column(TIME).null_count for f in without if isinstance(f, EventBatch)]
    assert times == [f.table.num_rows for f in without if isinstance(f, EventBatch)]
    zoned = list(readers()[reader].read(replace(source, zone=PRAGUE_WINTER)))
    first = next(f for f in zoned if isinstance(f, EventBatch)).table.column(TIME)[0].as_py()
    assert first == LOCAL[told]
    assert not any(isinstance(f, Problem) and "zone" in f.what for f in zoned)


@pytest.mark.parametrize("asked", ANSWERED, ids=" ".join)
def test_a_rule_finds_an_exported_event(asked: tuple[str, str, str, str], tmp_path: Path) -> None:
    reader, case, source, field = asked
    (tmp_path / "asked.yml").write_text(RULE.format(source=source, field=field))
    program = compiled(load([tmp_path]))
    read = readers()[reader].read(source_of(input_of(DATA / reader / case)))
    batches = [found for found in read if isinstance(found, EventBatch)]
    assert sum(len(list(program.findings(batch))) for batch in batches) == 1
