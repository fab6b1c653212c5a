"""Which techniques rules could have shown: by what they look at, before anything matched."""

from __future__ import annotations

from pathlib import Path

import pytest

from stopa.detect import compile, load, watching
from stopa.model.event import LogSource

RULES = {
    "process": ("category: process_creation\n  product: windows", "t1059.001"),
    "security": ("product: windows\n  service: security", "t1110"),
    "query": ("category: dns\n", "t1071.004"),
}
RULE = """title: {name}
id: 00000000-0000-4000-8000-00000000000{number}
level: low
tags: [attack.{technique}]
logsource:
  {source}
detection:
  wanted:
    Anything: evil
  condition: wanted
"""
SECURITY = ("microsoft-windows-security-auditing", "security", "4688")
SYSMON = ("Microsoft-Windows-Sysmon", "Microsoft-Windows-Sysmon/Operational", "1")


@pytest.mark.parametrize(
    ("source", "envelope", "seen"),
    [
        (LogSource("windows"), SECURITY, {"T1059.001", "T1110"}),
        (LogSource("windows"), SYSMON, {"T1059.001"}),
        (LogSource("windows"), ("other", "other", "7"), set()),
        (LogSource("zeek", "dns"), (None, None, None), {"T1071.004"}),
        (LogSource("linux"), (None, None, None), set()),
    ],
)
def test_a_rule_watches_the_events_it_looks_at(
    tmp_path: Path,
    source: LogSource,
    envelope: tuple[str | None, str | None, str | None],
    seen: set[str],
) -> None:
    for number, (name, (words, technique)) in enumerate(RULES.items()):
        text = RULE.format(name=name, number=number, technique=technique, source=words)
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    program = compile(load([tmp_path]))
    assert set(watching.techniques(program, [watching.kind(source, *envelope)])) == seen
    assert watching.techniques(program, []) == ()
