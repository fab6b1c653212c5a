"""Tables of Azure's Log Analytics as JSON: the syslog of machines that agents sent on, and others.

Spec: https://learn.microsoft.com/azure/azure-monitor/reference/tables/syslog
Spec: https://learn.microsoft.com/azure/azure-monitor/reference/tables/vmconnection
Why: a row of `Syslog` is a line of a daemon, so it answers the same rules as the file would; audit
events and Sysmon's that stand in the message are read as such. Columns keep their names; any other
table is a log named after it.
Trap: `EventTime` is the machine's clock, `TimeGenerated` the agent's: the first counts for syslog,
and what the message itself says before both. Sentinel's Windows tables have a reader of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from stopa.model.event import HOST, TIME, USER, LogSource
from stopa.model.evidence import Problem, Structure
from stopa.readers._audit_pairs import joined_record
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._json_value import Value
from stopa.readers._programs import table_of
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._sysmon_messages import KIND, SYSMON
from stopa.readers._times import epoch, stated
from stopa.readers._wrapped_json import first_record, records

EXPECTED = "one JSON object a record is expected: was the export changed?"
FROM_AZURE = frozenset({"TenantId", "_ResourceId", "SourceSystem", "_WorkspaceId", "_ItemId"})
NAMES = 64  # characters of a table's name; longer is no name
COMPUTER = (HOST, (Pick("HostName"), Pick("Computer")))
AUDIT = Layout(
    LogSource("linux", None, "auditd"),
    ((TIME, (Pick("time", epoch),)), COMPUTER, (USER, (Pick("audit_user"), Pick("user")))),
    aliases=(("AUID", "audit_user"), ("UID", "user")),
)
MACHINE_EVENT = Layout(
    SYSMON,
    ((TIME, (Pick("TimeCreated", stated),)), COMPUTER, *KIND, (USER, (Pick("User"),))),
)
CONNECTION = Layout(
    LogSource("azure", "network_connection", "vmconnection"),
    ((TIME, (Pick("TimeGenerated", stated),)), COMPUTER),
    aliases=(("Image", "ProcessName"),),
)


def recognises(head: bytes) -> bool:
    """Recognise a row that names its table and says when it was made, and what only Azure adds."""
    first = first_record(head)
    return first is not None and _is_row(first)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each row."""
    return tabulate(source, (_found(source, found) for found in records(source)))


def _is_row(record: dict[str, object]) -> bool:
    named = isinstance(record.get("Type"), str) and isinstance(record.get("TimeGenerated"), str)
    return named and not FROM_AZURE.isdisjoint(record)


def _found(source: Source, found: Value | Problem | Structure) -> Row | Problem | Structure:
    if not isinstance(found, Value):
        return found
    data, offset, length, line = found
    if not isinstance(data, dict):
        return Problem("not a row: no JSON object", found.where(source.sha256), EXPECTED)
    fields, layout = _row(data)
    return Row(fields, layout, offset, length, line)


def _row(row: dict[str, object]) -> tuple[dict[str, object], Layout]:
    message, table = row.get("SyslogMessage"), row.get("Type")
    if isinstance(message, str):
        return _line(row, message)
    if table == "VMConnection":
        return row, CONNECTION
    return row, _table(table[:NAMES].lower() if isinstance(table, str) else None)


def _line(row: dict[str, object], message: str) -> tuple[dict[str, object], Layout]:
    """Return the fields of a line of syslog, and what is drawn from its message."""
    if (record := joined_record(message)) is not None:
        return {**row, **record}, AUDIT
    table = table_of(str(row.get("ProcessName") or ""), message)
    drawn = table.draw(message)
    if table.log == SYSMON and "EventID" in drawn:
        return {**row, **drawn}, MACHINE_EVENT
    log = table.log_of(drawn) if table.log_of else table.log
    return {**drawn, **row}, _syslog(log, (*table.aliases, ("message", "SyslogMessage")))


@lru_cache(maxsize=512)
def _syslog(log: LogSource, aliases: tuple[tuple[str, str], ...]) -> Layout:
    times = (Pick("EventTime", stated), Pick("TimeGenerated", stated))
    return Layout(log, ((TIME, times), COMPUTER, (USER, (Pick("user"),))), aliases=aliases)


@lru_cache(maxsize=256)
def _table(name: str | None) -> Layout:
    """Return how rows of any other table are laid out."""
    return Layout(
        LogSource("azure", None, name), ((TIME, (Pick("TimeGenerated", stated),)), COMPUTER)
    )


READER = Reader(
    "log_analytics",
    "Azure Log Analytics table",
    recognises,
    read,
    last=True,
)
