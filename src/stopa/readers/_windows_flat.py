"""Windows events as flat JSON (NXLog and what is like it): what each field is called, and means.

Spec: https://docs.nxlog.co/refman/current/im/msvistalog.html
Trap: `EventTime` is local time without a zone; `@timestamp` is when the collector got the event,
and `host` is the collector. Keywords are written as a signed number.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from stopa.model.event import CHANNEL, EVENT_ID, HOST, PROVIDER, TIME, USER
from stopa.readers._layout import Layout, Pick
from stopa.readers._times import stated, utc
from stopa.readers._windows_event import AUDIT, LOGONS, SID, SUBJECT, TARGET, WINDOWS

TIMES = (
    Pick("TimeCreated", stated),
    Pick("TimeCreated_SystemTime", stated),
    Pick("SystemTime", stated),
    Pick("UtcTime", utc),
    Pick("EventTime", stated),
    Pick("TimeGenerated", stated),
    Pick("@timestamp", stated),
)
FLAT_FIELDS = (
    (TIME, TIMES),
    (HOST, (Pick("Hostname"), Pick("Computer"))),
    (PROVIDER, (Pick("Provider_Name"), Pick("SourceName"))),
    (CHANNEL, (Pick("Channel"),)),
    (EVENT_ID, (Pick("EventID"),)),
)
ACCOUNT = Pick("AccountName", within="Domain")
SPLIT = ("Channel", "SourceName", "EventID")
ALIASES = (  # what rules call it, what NXLog or a tool that flattens EVTX calls it
    ("TimeCreated", "TimeCreated_SystemTime"),
    ("TimeCreated", "SystemTime"),
    ("Provider_Name", "SourceName"),
    ("Provider_Guid", "ProviderGuid"),
    ("Computer", "Hostname"),
    ("EventRecordID", "RecordNumber"),
    ("Execution_ProcessID", "ExecutionProcessID"),
    ("Execution_ThreadID", "ThreadID"),
    ("Security_UserID", "UserID"),
    ("Correlation_ActivityID", "ActivityID"),
)
FLAT_USER = (Pick("User"), SUBJECT, TARGET, ACCOUNT, Pick("UserID"), SID)
FLAT = Layout(WINDOWS, (*FLAT_FIELDS, (USER, FLAT_USER)), SPLIT, ALIASES)
FLAT_LOGON = Layout(
    WINDOWS, (*FLAT_FIELDS, (USER, (TARGET, SUBJECT, ACCOUNT, SID))), SPLIT, ALIASES
)
LARGEST = 2**63 - 1  # number of a record


def flat_layout(event: Mapping[str, object]) -> Layout:
    """Return how a flat event is laid out."""
    logon = event.get("SourceName") == AUDIT and str(event.get("EventID")) in LOGONS
    return FLAT_LOGON if logon else FLAT


def as_rules_say(event: dict[str, object], raw: bytes) -> tuple[dict[str, object], bytes]:
    """Write keywords as Windows and rules write them, in the event and behind its text."""
    keywords = event.get("Keywords")
    if type(keywords) is int:
        event["Keywords"] = hexadecimal(keywords)
        raw = with_keywords(raw, keywords)
    return event, raw


def with_keywords(raw: bytes, keywords: object) -> bytes:
    """Return the event's text, and behind it the keywords as rules write them."""
    return b"%b %b" % (raw, hexadecimal(keywords).encode()) if type(keywords) is int else raw


@lru_cache(1024)
def hexadecimal(keywords: int) -> str:
    """Return the keywords as Windows writes them."""
    return f"{keywords & 0xFFFFFFFFFFFFFFFF:#x}"


def record_number(fields: Mapping[str, object]) -> int | None:
    """Return the number that the log gave the event."""
    told = fields.get("EventRecordID", fields.get("RecordNumber"))
    if type(told) is int and 0 <= told <= LARGEST:
        return told
    number = int(told) if isinstance(told, str) and told.isdecimal() and len(told) < 20 else told
    return number if type(number) is int and 0 <= number <= LARGEST else None
