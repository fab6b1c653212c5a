"""A rule looks at the logs it names, however they were written, and at no others."""

# ruff: noqa: E501 (tables of cases read better a case a line)
from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from stopa import detect
from stopa.model.event import LogSource
from tests.detect.batches import batch
from tests.detect.rule_text import AUDITED, PROCESS, SYSMON, rule

CREATION = {"product": "windows", "category": "process_creation"}
WINDOWS = LogSource("windows")
ZEEK_DNS = LogSource("zeek", service="dns")

# rule's log source and selection, batch's log source, event, whether the rule fires
CASES: dict[str, tuple[dict[str, str], dict[str, Any], LogSource, Mapping[str, Any], bool]] = {
    "sysmon 1": (CREATION, {"Image": "x"}, WINDOWS, {**PROCESS, "Image": "x"}, True),
    "security 4688": (CREATION, {"Image": "x"}, WINDOWS, {**AUDITED, "NewProcessName": "X"}, True),
    "4688 says the parent": (
        CREATION, {"ParentImage": "p"}, WINDOWS, {**AUDITED, "ParentProcessName": "p"}, True,
    ),
    "4688 has no Image of its own": (CREATION, {"Image": "x"}, WINDOWS, {**AUDITED, "Image": "x"}, False),
    "1 of another provider": (
        CREATION, {"Image": "x"}, WINDOWS,
        {"_provider": "Microsoft-Windows-Kernel-General", "_channel": "System", "_event_id": "1", "Image": "x"},
        False,
    ),
    "sysmon's channel, another provider": (
        CREATION, {"Image": "x"}, WINDOWS, {**PROCESS, "_provider": "Impostor", "Image": "x"}, False,
    ),
    "sysmon 1 without its channel": (
        CREATION, {"Image": "x"}, WINDOWS, {**PROCESS, "_channel": None, "Image": "x"}, True,
    ),
    "sysmon 1 in a collector's channel": (
        CREATION, {"Image": "x"}, WINDOWS, {**PROCESS, "_channel": "ForwardedEvents", "Image": "x"}, True,
    ),
    "sysmon 3 is no process": (CREATION, {"Image": "x"}, WINDOWS, {**SYSMON, "_event_id": "3", "Image": "x"}, False),
    "case of the channel": (
        CREATION, {"Image": "x"}, WINDOWS,
        {**PROCESS, "_channel": "MICROSOFT-WINDOWS-SYSMON/OPERATIONAL", "Image": "x"}, True,
    ),
    "linux rule on windows": (
        {"product": "linux", "category": "process_creation"}, {"Image": "x"}, WINDOWS,
        {**PROCESS, "Image": "x"}, False,
    ),
    "macos rule on windows": (
        {"product": "macos", "category": "process_creation"}, {"Image": "x"}, WINDOWS,
        {**PROCESS, "Image": "x"}, False,
    ),
    "windows rule on linux": (
        CREATION, {"Image": "x"}, LogSource("linux", "process_creation"), {"Image": "x"}, False,
    ),
    "sysmon for linux": (
        {"product": "linux", "category": "process_creation"}, {"Image": "x"}, LogSource("linux", service="sysmon"),
        {"_provider": "Linux-Sysmon", "_channel": "Linux-Sysmon/Operational", "_event_id": "1", "Image": "x"}, True,
    ),
    "process creation of no product": (
        {"category": "process_creation"}, {"Image": "x"}, WINDOWS, {**PROCESS, "Image": "x"}, True,
    ),
    "any windows event": ({"product": "windows"}, {"a": "x"}, WINDOWS, {"_channel": "Odd", "a": "x"}, True),
    "a service": (
        {"product": "windows", "service": "security"}, {"EventID": 4720}, WINDOWS,
        {"_channel": "Security", "_event_id": "4720"}, True,
    ),
    "a service, the id elsewhere": (
        {"product": "windows", "service": "security"}, {"EventID": 4720}, WINDOWS,
        {"_channel": "System", "_event_id": "4720"}, False,
    ),
    "registry value set": (
        {"product": "windows", "category": "registry_set"}, {"TargetObject|endswith": "run"}, WINDOWS,
        {**SYSMON, "_event_id": "13", "TargetObject": "HKLM\\Run"}, True,
    ),
    "registry audited": (
        {"product": "windows", "category": "registry_set"}, {"TargetObject|endswith": "run", "Details": "v"}, WINDOWS,
        {**AUDITED, "_event_id": "4657", "OperationType": "Existing registry value modified",
         "ObjectName": "\\REGISTRY\\Run", "NewValue": "v"}, True,
    ),
    "registry audited, another operation": (
        {"product": "windows", "category": "registry_set"}, {"TargetObject|endswith": "run"}, WINDOWS,
        {**AUDITED, "_event_id": "4657", "OperationType": "Registry value deleted",
         "ObjectName": "\\REGISTRY\\Run"}, False,
    ),
    "script block": (
        {"product": "windows", "category": "ps_script"}, {"ScriptBlockText|contains": "iex"}, WINDOWS,
        {"_channel": "PowerShellCore/Operational", "_event_id": "4104", "ScriptBlockText": "IEX 1"}, True,
    ),
    "words of the batch, where events state nothing": (
        CREATION, {"Image": "x"}, LogSource("windows", "process_creation"), {"Image": "x"}, True,
    ),
    "dns by zeek": (
        {"category": "dns"}, {"query": "a.b", "record_type": "TXT"}, ZEEK_DNS, {"query": "A.b", "qtype_name": "TXT"}, True,
    ),
    "zeek's own": (
        {"product": "zeek", "service": "dns"}, {"qtype_name": "TXT"}, ZEEK_DNS, {"qtype_name": "TXT"}, True,
    ),
    "zeek's other log": (
        {"product": "zeek", "service": "http"}, {"qtype_name": "TXT"}, ZEEK_DNS, {"qtype_name": "TXT"}, False,
    ),
    "proxy of any product": (
        {"category": "proxy"}, {"c-uri": "x"}, LogSource("squid", "proxy"), {"c-uri": "x"}, True,
    ),
    "proxy by zeek": (
        {"category": "proxy"}, {"c-useragent": "x"}, LogSource("zeek", service="http"), {"user_agent": "x"}, True,
    ),
    "sshd in auth.log": (
        {"product": "linux", "service": "sshd"}, {"message|contains": "x"}, LogSource("linux", service="auth"),
        {"message": "axb"}, True,
    ),
    "a batch that says less than the rule": (
        {"product": "aws", "service": "cloudtrail"}, {"a": "x"}, LogSource("aws"), {"a": "x"}, False,
    ),
    "data called like the envelope wins": (
        {"product": "windows", "service": "system"}, {"EventID": 104, "Channel": "Application"}, WINDOWS,
        {"_channel": "System", "_event_id": "104", "Channel": "Application"}, True,
    ),
    "the envelope where there is no such data": (
        {"product": "windows", "service": "system"}, {"EventID": 104, "Channel": "Application"}, WINDOWS,
        {"_channel": "System", "_event_id": "104"}, False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_rule_looks_at_the_logs_it_names(case: str, tmp_path: Path) -> None:
    source, selection, of_batch, event, fires = CASES[case]
    (tmp_path / "rule.yml").write_text(rule(case, source, s=selection))
    program = detect.compile(detect.load([tmp_path]))
    assert not program.refusals
    assert len(program.scan(batch([event], of_batch))) == fires
