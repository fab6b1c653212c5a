"""Windows events as JSON: evtx_dump, Winlogbeat, NXLog and the Windows tables of Sentinel.

Spec: https://www.elastic.co/docs/reference/beats/winlogbeat/exported-fields-winlog
Spec: https://docs.nxlog.co/refman/current/im/msvistalog.html
Spec: https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/securityevent
Why: whatever tool wrote an event down, its own data has the names it has in EVTX, and the envelope
is the same, so one rule matches all.
Trap: NXLog's `EventTime` is local time without a zone, and `@timestamp` beside it is when the
collector got the event. The time is the first of `TimeCreated`, Sysmon's `UtcTime` (UTC by its
documentation), `EventTime` and `TimeGenerated` where they say their zone or the analyst does; else
the collector's time. `host` is the collector too; the machine is `Hostname`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias, cast

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from stopa.model.event import CHANNEL, EVENT_ID, HOST, PROVIDER, TIME, USER
from stopa.model.evidence import Problem, Structure
from stopa.readers._columns import Layout, Pick, Row, Rows, tabulate
from stopa.readers._json import Values, first_object, holds_an_object_a_line, value_blocks
from stopa.readers._json_value import Value, decode
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import stated, utc
from stopa.readers._windows_event import (
    LOGONS,
    SID,
    SUBJECT,
    TARGET,
    WINDOWS,
    event_fields,
    layout_of,
    merged,
)

EXPECTED = "one JSON object a record is expected: was the export changed?"
Event: TypeAlias = "dict[str, object]"

SECURITY = "Microsoft-Windows-Security-Auditing"
TIMES = (
    Pick("TimeCreated", stated),
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
ALIASES = (  # what rules call it, what NXLog calls it
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

# Winlogbeat 7 and 8, under `winlog`; 5 and 6, at the top.
WINLOG = {
    "event_id": "EventID",
    "provider_name": "Provider_Name",
    "provider_guid": "Provider_Guid",
    "channel": "Channel",
    "computer_name": "Computer",
    "record_id": "EventRecordID",
    "version": "Version",
    "opcode": "Opcode",
    "task": "Task",
    "keywords": "Keywords",
    "activity_id": "Correlation_ActivityID",
    "related_activity_id": "Correlation_RelatedActivityID",
}
OLD_WINLOG = {
    "source_name": "Provider_Name",
    "log_name": "Channel",
    "record_number": "EventRecordID",
    "process_id": "Execution_ProcessID",
    "thread_id": "Execution_ThreadID",
    **WINLOG,
}
DATA = ("event_data", "user_data")
KNOWN = frozenset({*WINLOG, *DATA, "process"})
OLD_KNOWN = frozenset({*OLD_WINLOG, *DATA, "message"})
LARGEST = 2**63 - 1


def recognises(head: bytes) -> bool:
    """Recognise one of the shapes by the first object."""
    first = first_object(head)
    return first is not None and _is_windows(first)


def read(source: Source) -> Iterator[Found]:
    """Yield every object as an event; other values are problems."""
    return tabulate(source, _found(source))


def _is_windows(event: Mapping[str, object]) -> bool:
    inner = event.get("Event", event)
    if isinstance(inner, dict) and isinstance(inner.get("System"), dict):
        return True
    if isinstance(winlog := event.get("winlog", event), dict) and "event_id" in winlog:
        return "provider_name" in winlog or "source_name" in winlog or "log_name" in winlog
    sources = {"SourceName", "Provider_Name", "EventSourceName", "ProviderGuid", "Provider"}
    return "EventID" in event and "Channel" in event and not sources.isdisjoint(event)


def _found(source: Source) -> Iterator[Row | Rows | Problem | Structure]:
    for found in value_blocks(source):
        if not isinstance(found, Values):
            yield _row(source, found)
        elif (kinds := _kinds(found.data)) is None:
            yield from (_row(source, value) for value in found.each())
        else:
            yield from (_rows(found, places) for places in kinds.values())


def _kinds(data: list[object]) -> dict[Hashable, list[int]] | None:
    """Return the places of each kind of event; None unless all are flat, in ways easily told."""
    kinds: dict[Hashable, list[int]] = {}
    for place, event in enumerate(data):
        if type(event) is not dict or "EventID" not in event:
            return None
        get = event.get
        if type(get("EventData")) is str:
            return None
        key = (get("Channel"), get("SourceName"), get("EventID"))
        try:
            kinds[key].append(place)
        except KeyError:
            kinds[key] = [place]
        except TypeError:  # an object or a list where a name should be
            return None
    return kinds


def _rows(found: Values, places: list[int]) -> Rows:
    data = cast("list[Event]", found.data)
    both = [_flat_event(data[n], found.raws[n]) for n in places]
    fields = [event for event, _ in both]
    return Rows(
        fields,
        _layout(fields[0]),
        [found.offsets[n] for n in places],
        [found.lengths[n] for n in places],
        [found.lines[n] for n in places],
        list(map(_record, fields)),
        [raw for _, raw in both],
    )


def _flat_event(event: dict[str, object], raw: bytes) -> tuple[dict[str, object], bytes]:
    """Write keywords as Windows and rules write them, in the event and behind its text."""
    keywords = event.get("Keywords")
    if type(keywords) is int:
        event["Keywords"] = text = _hexadecimal(keywords)
        raw = b"%b %b" % (raw, text.encode())
    return event, raw


@lru_cache(1024)
def _hexadecimal(keywords: int) -> str:
    return f"{keywords & 0xFFFFFFFFFFFFFFFF:#x}"


def _row(source: Source, found: Value | Problem | Structure) -> Row | Problem | Structure:
    if not isinstance(found, Value):
        return found
    data, offset, length, line = found
    if not isinstance(data, dict):
        return Problem("not an event: no JSON object", found.where(source.sha256), EXPECTED)
    try:
        fields, layout = _told(data)
    except RecursionError:
        return Problem("nested too deep", found.where(source.sha256), EXPECTED)
    return Row(fields, layout, offset, length, line, _record(fields))


def _told(event: dict[str, object]) -> tuple[dict[str, object], Layout]:
    """Return the native fields of an event of any shape, and how they are laid out."""
    told = event.get("EventData")
    if "EventID" in event and not isinstance(told, str):
        return _flat(event)
    inner = event.get("Event", event)
    if isinstance(inner, dict) and isinstance(inner.get("System"), dict):
        fields = event_fields(inner)
    elif isinstance(winlog := event.get("winlog"), dict) and "event_id" in winlog:
        fields = _beat(event, winlog)
    elif "event_id" in event and ("source_name" in event or "log_name" in event):
        fields = _old_beat(event)
    elif isinstance(told, str):
        fields = _sentinel(event, told)
    else:
        return _flat(event)
    return fields, layout_of(fields)


def _flat(event: dict[str, object]) -> tuple[dict[str, object], Layout]:
    event, _ = _flat_event(event, b"")
    return event, _layout(event)


def _layout(event: Mapping[str, object]) -> Layout:
    logon = event.get("SourceName") == SECURITY and str(event.get("EventID")) in LOGONS
    return FLAT_LOGON if logon else FLAT


def _record(fields: Mapping[str, object]) -> int | None:
    told = fields.get("EventRecordID", fields.get("RecordNumber"))
    if type(told) is int and 0 <= told <= LARGEST:
        return told
    number = int(told) if isinstance(told, str) and told.isdecimal() and len(told) < 20 else told
    return number if type(number) is int and 0 <= number <= LARGEST else None


def _beat(event: Mapping[str, object], winlog: dict[str, object]) -> dict[str, object]:
    """Winlogbeat 7 and 8: what is not understood keeps its place (`winlog.api`, `host.name`)."""
    system = {name: winlog[key] for key, name in WINLOG.items() if key in winlog}
    process, user = _inner(winlog, "process"), _inner(winlog, "user")
    system["Execution_ProcessID"] = process.get("pid")
    system["Execution_ThreadID"] = _inner(process, "thread").get("id")
    system["Security_UserID"] = user.get("identifier")
    rest = {key: value for key, value in winlog.items() if key not in KNOWN}
    around = {key: value for key, value in event.items() if key not in ("winlog", "message")}
    return merged(_dated(system, event), _data(winlog)) | {**around, "winlog": rest}


def _old_beat(event: Mapping[str, object]) -> dict[str, object]:
    """Winlogbeat 5 and 6."""
    system = {name: event[key] for key, name in OLD_WINLOG.items() if key in event}
    system["Security_UserID"] = _inner(event, "user").get("identifier")
    around = {key: value for key, value in event.items() if key not in OLD_KNOWN}
    return merged(_dated(system, event), _data(event)) | around


def _data(event: Mapping[str, object]) -> dict[str, object]:
    return {**_inner(event, "user_data"), **_inner(event, "event_data")}


def _dated(system: dict[str, object], event: Mapping[str, object]) -> dict[str, object]:
    """Add the time, which Winlogbeat keeps outside, and the text that Windows shows."""
    system["TimeCreated"] = event.get("@timestamp")
    if "message" in event:
        system["Message"] = event["message"]
    return system


def _inner(event: Mapping[str, object], name: str) -> dict[str, object]:
    inner = event.get(name)
    return inner if isinstance(inner, dict) else {}


def _sentinel(event: Mapping[str, object], told: str) -> dict[str, object]:
    """Sentinel's SecurityEvent and WindowsEvent: the event's data is XML or JSON in a string."""
    data = _json_data(told) or _xml_data(told)
    system = {key: value for key, value in event.items() if key != "EventData"}
    system["Provider_Name"] = event.get("EventSourceName", event.get("Provider"))
    system["TimeCreated"] = event.get("TimeGenerated")
    return merged(system, data or {"EventData": told})


def _json_data(told: str) -> Mapping[str, object] | None:
    if not told.startswith("{"):
        return None
    try:
        data = decode(told.encode("utf-8", "backslashreplace"))
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def _xml_data(told: str) -> Mapping[str, object] | None:
    try:
        root = fromstring(told)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    named = {str(item.get("Name")): item.text for item in root if item.get("Name")}
    rest = [item.text for item in root if not item.get("Name") and item.text]
    return {**named, **({"Data": rest} if rest else {})}


READER = Reader(
    "windows_json", "Windows events as JSON", recognises, read, divides=holds_an_object_a_line
)
