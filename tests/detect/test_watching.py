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


MANY = """title: many
id: 00000000-0000-4000-8000-00000000000{number}
level: low
tags: [attack.t1110.001]
correlation:
  type: event_count
  rules: [{rule}]
  group-by: [User]
  timespan: 1h
  condition: {{gte: 5}}
"""


def test_a_correlation_watches_where_a_rule_that_it_rests_on_looks(tmp_path: Path) -> None:
    base = RULE.format(name="query", number=1, technique="t1071.004", source="category: dns")
    (tmp_path / "query.yml").write_text(base, encoding="utf-8")
    for number, below in ((2, 1), (3, 2)):  # the second counts what the first finds
        rule = f"00000000-0000-4000-8000-00000000000{below}"
        text = MANY.format(number=number, rule=rule).replace("t1110.001", f"t111{number}")
        (tmp_path / f"many{number}.yml").write_text(text, encoding="utf-8")
    program = compile(load([tmp_path]))
    assert not program.refusals
    query = watching.kind(LogSource("zeek", "dns"), None, None, None)
    other = watching.kind(LogSource("linux"), None, None, None)
    assert watching.techniques(program, [query]) == ("T1071.004", "T1112", "T1113")
    assert watching.techniques(program, [other]) == ()
