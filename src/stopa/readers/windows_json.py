"""Windows events as JSON: evtx_dump, Winlogbeat, NXLog and the Windows tables of Sentinel.

Spec: https://www.elastic.co/docs/reference/beats/winlogbeat/exported-fields-winlog
Spec: https://docs.nxlog.co/refman/current/im/msvistalog.html
Spec: https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/securityevent
Why: whatever tool wrote an event down, its own data has the names it has in EVTX, and the envelope
is the same, so one rule matches all. Exports of Elasticsearch keep the event in `_source`.
Trap: NXLog's `EventTime` is local time without a zone, and `@timestamp` beside it is when the
collector got the event. The time is the first of `TimeCreated`, Sysmon's `UtcTime` (UTC by its
documentation), `EventTime` and `TimeGenerated` where they say their zone or the analyst does; else
the collector's time. `host` is the collector too; the machine is `Hostname`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeAlias, cast

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from stopa.model.evidence import Problem, Structure
from stopa.readers._columns import Item, tabulate
from stopa.readers._json import (
    Values,
    block_values,
    first_object,
    holds_an_object_a_line,
    line_value,
    object_lines,
    value_blocks,
)
from stopa.readers._json_value import Value, decode
from stopa.readers._layout import Layout
from stopa.readers._lines import Block, Line
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._rows import Row, Rows
from stopa.readers._search_answers import stored
from stopa.readers._windows_event import event_fields, layout_of, merged
from stopa.readers._windows_flat import as_rules_say, flat_layout, record_number
from stopa.readers._windows_lines import FlatGlance

EXPECTED = "one JSON object a record is expected: was the export changed?"
Event: TypeAlias = "dict[str, object]"

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


def recognises(head: bytes) -> bool:
    """Recognise one of the shapes by the first object."""
    first = first_object(head)
    return first is not None and _is_windows(first)


def read(source: Source) -> Iterator[Found]:
    """Yield every object as an event; other values are problems."""
    return tabulate(source, _found(source))


def _is_windows(event: dict[str, object]) -> bool:
    event = stored(event)
    inner = event.get("Event", event)
    if isinstance(inner, dict) and isinstance(inner.get("System"), dict):
        return True
    if isinstance(winlog := event.get("winlog", event), dict) and "event_id" in winlog:
        return "provider_name" in winlog or "source_name" in winlog or "log_name" in winlog
    sources = {"SourceName", "Provider_Name", "EventSourceName", "ProviderGuid", "Provider"}
    return "EventID" in event and "Channel" in event and not sources.isdisjoint(event)


def _found(source: Source) -> Iterator[Item]:
    lines = None if source.wanted is None else object_lines(source)
    if source.wanted is None or lines is None:
        return _whole(source)
    return _glanced(source, lines, FlatGlance(source.wanted))


def _glanced(
    source: Source, lines: Iterator[Block | Line | Problem | Structure], glance: FlatGlance
) -> Iterator[Item]:
    """Yield what is wanted of flat events, and all of others."""
    for item in lines:
        for found in glance.found(item) if isinstance(item, Block) else (item,):
            if isinstance(found, Block):
                yield from _told_in(source, block_values(source, found))
            elif isinstance(found, Line):
                yield _row(source, line_value(source, found))
            else:
                yield found


def _whole(source: Source) -> Iterator[Item]:
    return _told_in(source, value_blocks(source))


def _told_in(
    source: Source, told: Iterable[Values | Value | Problem | Structure]
) -> Iterator[Item]:
    for found in told:
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
    both = [as_rules_say(data[n], found.raws[n]) for n in places]
    fields = [event for event, _ in both]
    return Rows(
        fields,
        flat_layout(fields[0]),
        [found.offsets[n] for n in places],
        [found.lengths[n] for n in places],
        [found.lines[n] for n in places],
        list(map(record_number, fields)),
        [raw for _, raw in both],
    )


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
    return Row(fields, layout, offset, length, line, record_number(fields))


def _told(event: dict[str, object]) -> tuple[dict[str, object], Layout]:
    """Return the native fields of an event of any shape, and how they are laid out."""
    event = stored(event)
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
    event, _ = as_rules_say(event, b"")
    return event, flat_layout(event)


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
