"""Rules written in a line or two, for tests: the parts that every rule needs are filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

SYSMON = {
    "_provider": "Microsoft-Windows-Sysmon",
    "_channel": "Microsoft-Windows-Sysmon/Operational",
}
PROCESS: Mapping[str, Any] = {**SYSMON, "_event_id": "1"}
AUDITED: Mapping[str, Any] = {
    "_provider": "Microsoft-Windows-Security-Auditing",
    "_channel": "Security",
    "_event_id": "4688",
}


def rule_id(title: str) -> str:
    """Return the id of the rule with that title."""
    return str(uuid5(NAMESPACE_URL, title))


def rule(title: str, source: Mapping[str, str], **detection: Any) -> str:
    """Return a rule as YAML (JSON is YAML); `condition` is the search `s` unless given."""
    parts = {
        "title": title,
        "id": rule_id(title),
        "logsource": source,
        "detection": {"condition": "s"} | detection,
        "level": "high",
    }
    return json.dumps(parts)
