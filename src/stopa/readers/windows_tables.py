"""Windows logs as comma-separated tables: exported events, DHCP, Exchange, and findings of others.

Spec: https://github.com/EricZimmerman/evtx (EvtxECmd, its CSV)
Spec: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/dd183591(v=ws.10)
Spec: https://learn.microsoft.com/exchange/mail-flow/transport-logs/message-tracking
Spec: https://github.com/Yamato-Security/hayabusa#output-profiles
Why: as data; the first table whose columns are all there is it. What Hayabusa found stays an
event of its product: it is evidence of what another tool said, not a finding of ours.
Trap: DHCP and Event Viewer write local time without a zone. Exchange names its columns behind
`#Fields:`, and its proxy names them twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import tzinfo

import pyarrow.compute as pc

from stopa.model.event import CHANNEL, EVENT_ID, HOST, PROVIDER, TIME, USER, LogSource
from stopa.model.evidence import Problem, Structure
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._csv import Record, records
from stopa.readers._event_viewer import titles, viewed
from stopa.readers._flatten import Column
from stopa.readers._json_value import decode
from stopa.readers._lines import decoded
from stopa.readers._local_dates import local, month_first
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import Times, stated, utc
from stopa.readers._titles import distinct
from stopa.readers._windows_event import event_fields, layout_of, merged

Fields = dict[str, object]
FIELDS = "#fields:"
PREAMBLE = 60  # lines that may stand before the names of the columns
MESSAGE = "Message"  # Event Viewer gives the last column no name
EXPECTED = "cut off, or does a comma stand in a value without quotation marks?"
SYSTEM = {  # what EvtxECmd calls the fields of every event
    "EventId": "EventID",
    "EventRecordId": "EventRecordID",
    "TimeCreated": "TimeCreated",
    "Level": "Level",
    "Provider": "Provider_Name",
    "Channel": "Channel",
    "ProcessId": "Execution_ProcessID",
    "ThreadId": "Execution_ThreadID",
    "Computer": "Computer",
    "UserId": "Security_UserID",
    "Keywords": "Keywords",
}


@dataclass(frozen=True)
class Table:
    """A table: the columns that it must have, its layout, and how its rows become fields."""

    columns: frozenset[str]
    layout: Layout
    fields: Callable[[Fields], Fields] = dict


def _windows(row: Fields) -> Fields:
    """Return the event that a row of EvtxECmd is, its payload as fields of their own."""
    system = {native: row[name] for name, native in SYSTEM.items() if row.get(name)}
    if isinstance(time := system.get("TimeCreated"), str) and not time.endswith("Z"):
        system["TimeCreated"] = f"{time}Z"
    rest = {name: value for name, value in row.items() if name not in SYSTEM}
    payload = _json(rest.pop("Payload", None))
    if payload is None:
        return system | {"Payload": row.get("Payload")} | rest
    return merged(system, event_fields(_payload(payload))) | {
        name: value for name, value in rest.items() if name.startswith(("Map", "Source", "Hidden"))
    }


def _payload(payload: Fields) -> Fields:
    """Write `{"@Name": ..., "#text": ...}` as a field of that name."""
    data = payload.get("EventData")
    items = data.get("Data") if isinstance(data, dict) else None
    if isinstance(items, dict):
        items = [items]
    if not isinstance(items, list):
        return payload
    named = [
        item for item in items if isinstance(item, dict) and isinstance(item.get("@Name"), str)
    ]
    bare = [item for item in items if item not in named]
    told: Fields = {str(item["@Name"]): item.get("#text") for item in named}
    return {**payload, "EventData": told | ({"Data": bare} if bare else {})}


def _json(text: object) -> Fields | None:
    try:
        told = decode(text.encode("utf-8", "backslashreplace")) if isinstance(text, str) else None
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _leased(row: Fields) -> Fields:
    return {**row, "DateTime": f"{row.get('Date')} {row.get('Time')}"}


def _offset(texts: Column, zone: tzinfo | None) -> Times:
    """Read ISO 8601 times whose zone stands behind a space."""
    return stated(pc.replace_substring_regex(texts, r" ([+-]\d\d:\d\d)$", r"\1"), zone)


WINDOWS = LogSource("windows")
VIEWED = (
    (TIME, (Pick("Date and Time", local),)),
    (PROVIDER, (Pick("Provider_Name"),)),
    (EVENT_ID, (Pick("EventID"),)),
)
HAYABUSA = (
    (TIME, (Pick("Timestamp", _offset),)),
    (HOST, (Pick("Computer"),)),
    (CHANNEL, (Pick("Channel"),)),
    (EVENT_ID, (Pick("EventID"),)),
)
TRACKED = (
    (TIME, (Pick("date-time", utc),)),
    (HOST, (Pick("server-hostname"),)),
    (USER, (Pick("sender-address"),)),
)
PROXIED = (
    (TIME, (Pick("DateTime", utc),)),
    (HOST, (Pick("ServerHostName"),)),
    (USER, (Pick("AuthenticatedUser"),)),
)
WEB = (
    ("cs-uri-stem", "UrlStem"),
    ("cs-uri-query", "UrlQuery"),
    ("cs-method", "Method"),
    ("cs-user-agent", "UserAgent"),
    ("c-ip", "ClientIpAddress"),
    ("sc-status", "HttpStatus"),
    ("cs-host", "UrlHost"),
)
LEASED = ((TIME, (Pick("DateTime", month_first),)), (HOST, (Pick("Host Name"),)))

TABLES = (
    Table(frozenset(("EventId", "Provider", "Channel", "Payload")), Layout(WINDOWS), _windows),
    Table(
        frozenset(("Date and Time", "Source", "Event ID", "Task Category")),
        Layout(WINDOWS, VIEWED),
        viewed,
    ),
    Table(
        frozenset(("Timestamp", "RuleTitle", "Level", "Computer")),
        Layout(LogSource("hayabusa"), HAYABUSA),
    ),
    Table(
        frozenset(("date-time", "event-id", "message-id", "recipient-address")),
        Layout(LogSource("exchange", None, "message_tracking"), TRACKED),
    ),
    Table(
        frozenset(("DateTime", "RequestId", "UrlStem", "ClientIpAddress")),
        Layout(LogSource("exchange", "webserver", "http_proxy"), PROXIED, aliases=WEB),
    ),
    Table(
        frozenset(("ID", "Date", "Time", "Description", "IP Address")),
        Layout(LogSource("windows", None, "dhcp_server"), LEASED),
        _leased,
    ),
)


def recognises(head: bytes) -> bool:
    """Recognise the names of the columns in one of the first lines."""
    text = decoded(head).decode("utf-8", "replace")
    return any(_table(_names(line.split(","))) for line in text.splitlines()[:PREAMBLE])


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each row; what stands before the names of the columns is structure."""
    return tabulate(source, _rows(source))


def _names(cells: list[str]) -> tuple[str, ...]:
    names = [cell.strip(' "\r\t\ufeff') for cell in cells]
    if names and names[0].lower().startswith(FIELDS):
        names[0] = names[0][len(FIELDS) :].strip()
    return distinct(titles(names))


def _table(names: tuple[str, ...]) -> Table | None:
    return next((table for table in TABLES if table.columns.issubset(names)), None)


def _rows(source: Source) -> Iterator[Row | Problem | Structure]:
    table: Table | None = None
    names: tuple[str, ...] = ()
    for found in records(source):
        if not isinstance(found, Record):
            yield found
        elif told := _table(_names(found.fields)):
            table, names = told, _names(found.fields)
            yield Structure(found.where(source.sha256))
        elif table is None or found.fields[0].startswith("#"):
            yield Structure(found.where(source.sha256))
        else:
            yield _row(source, table, names, found)


def _row(source: Source, table: Table, names: tuple[str, ...], found: Record) -> Row | Problem:
    cells = found.fields
    if len(cells) == len(names) + 1 and "Task Category" in table.columns:
        names = (*names, MESSAGE)
    while len(cells) > len(names) and not cells[-1]:
        cells = cells[:-1]
    if len(cells) != len(names):
        what = f"{len(cells)} values for {len(names)} columns"
        return Problem(what, found.where(source.sha256), EXPECTED)
    said = {name: cell for name, cell in zip(names, cells, strict=True) if cell}
    fields = table.fields(dict(said))
    layout = layout_of(fields) if table is TABLES[0] else table.layout
    return Row(fields, layout, found.offset, found.length, found.line)


READER = Reader("windows_tables", "Windows and Exchange logs as CSV", recognises, read)
