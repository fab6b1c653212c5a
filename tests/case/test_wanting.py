"""Coverage says how times are known, what is odd about a log, and what rules asked for in vain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from stopa.case.plan import Plan, Quiet
from stopa.case.work import investigate
from stopa.cli.group import cli

RULE = """
title: A program by its hash
id: 5f1abf38-0000-4000-8000-000000000001
status: test
logsource: {product: windows, category: process_creation}
detection:
  selection: {Hashes|contains: 'aa', CommandLine|contains: 'never there'}
  condition: selection
level: low
"""
PROVIDER = "Microsoft-Windows-Security-Auditing"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("wanting")
    evidence = home / "evidence"
    evidence.mkdir()
    (home / "rule.yml").write_text(RULE)
    events = [
        {"EventID": number, "Provider": PROVIDER, "SourceName": PROVIDER, "Channel": "Security",
         "Hostname": "WS1", "RecordNumber": 5 + n, "@timestamp": f"2025-05-28T06:15:{n:02}.000Z",
         "NewProcessName": "C:\\Windows\\cmd.exe", "CommandLine": "cmd", "SubjectUserName": "eva"}
        for n, number in enumerate([4688, 1102, 4688])
    ]  # fmt: skip
    (evidence / "events.json").write_text("".join(f"{json.dumps(one)}\n" for one in events))
    investigate([evidence], home / "case", Plan(rules=(home / "rule.yml",)), Quiet())
    return home / "case"


def _run(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words], standalone_mode=False)
    assert result.exception is None, result.exception
    return result.stdout


def test_fields_that_rules_ask_for_and_no_event_has_are_named(case: Path) -> None:
    (file,) = json.loads(_run("coverage", case, "--json"))["files"]
    (unmet,) = file["unmet"]
    assert "Hashes" in unmet["fields"]
    assert "CommandLine" not in unmet["fields"]
    assert "Hashes" in _run("coverage", case)


def test_how_times_are_known_adds_up_to_the_events(case: Path) -> None:
    (file,) = json.loads(_run("coverage", case, "--json"))["files"]
    assert sum(file["times"].values()) == file["events"] == 3
    assert set(file["times"]) <= {"stated", "by the format"}


def test_a_cleared_log_is_told_in_table_json_and_dossier(case: Path) -> None:
    (file,) = json.loads(_run("coverage", case, "--json"))["files"]
    assert [odd["kind"] for odd in file["irregular"]] == ["cleared"]
    assert "the log was cleared" in _run("coverage", case)
    made = json.loads((case / "dossier" / "dossier.json").read_bytes())
    (row,) = made["coverage"]
    assert [odd["kind"] for odd in row["irregular"]] == ["cleared"]
    assert row["unmet"]
    assert row["times"]
