"""Cloud and identity logs as comma-separated tables: exports of portals, rows of a data lake.

Spec: https://learn.microsoft.com/entra/identity/monitoring-health/howto-download-logs
Spec: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-console.html
Spec: https://docs.aws.amazon.com/athena/latest/ug/cloudtrail-logs.html
Spec: https://learn.microsoft.com/powershell/module/exchange/search-adminauditlog
Why: the portals call fields otherwise than the records do, so aliases give them the names that
rules use. A data lake writes names in lower case and the caller as `{type=IAMUser, arn=...}`.
Trap: that text quotes nothing: a value with a comma or a brace in it ends there, and the text
itself stays a field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stopa.model.evidence import Problem, Structure
from stopa.readers._cloud_exchange import LAYOUT as COMMANDS
from stopa.readers._cloud_exchange import RULE_LAYOUT
from stopa.readers._cloud_platforms import AUDIT, SIGNIN, TRAIL, TRAIL_NAMES
from stopa.readers._cloud_unpack import parsed
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._csv import Record, columns, records, separator_of
from stopa.readers._portal_tables import PORTALS, layout
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import stated, utc
from stopa.readers._titles import distinct

Fields = dict[str, object]
EXPECTED = "cut off, or was the export changed?"
MEMBER = re.compile(r"\s*(\w{1,64})=([^,{}]*)")
DEEPEST = 8  # members within members
SPELLING = {name.lower(): name for name in TRAIL_NAMES.split()}


@dataclass(frozen=True)
class Table:
    """A table: the columns that it must have, its layout, and how its rows become fields."""

    columns: frozenset[str]
    layout: Layout
    fields: Callable[[Fields], Fields] = dict


def _of_lake(row: Fields) -> Fields:
    """Return a row with the names of the record, JSON and the caller's members as fields."""
    fields: Fields = {}
    for name, value in row.items():
        native = SPELLING.get(name.lower(), name)
        fields[native] = value
        told = parsed(value) if isinstance(value, str) and value.startswith("{") else None
        for key, inner in (told or {}).items():
            fields[f"{native}.{SPELLING.get(key.lower(), key)}"] = inner
    caller = fields.get("userIdentity")
    if isinstance(caller, str):
        for path, text in _members(caller):
            fields.setdefault(f"userIdentity.{path}", text)
    return fields


def _members(text: str) -> Iterator[tuple[str, str]]:
    """Yield the members of `{type=IAMUser, sessioncontext={...}}` with their dotted paths."""
    names: list[str] = []
    at = text.find("{") + 1
    while 0 < at < len(text) and (found := MEMBER.match(text, at)):
        name, value = SPELLING.get(found[1].lower(), found[1]), found[2].strip()
        at = found.end()
        if text[at : at + 1] == "{" and len(names) < DEEPEST:
            names.append(name)
            at += 1
            continue
        if value and value != "null":
            yield ".".join((*names, name)), value
        while text[at : at + 1] == "}" and names:
            names.pop()
            at += 1
        at += text[at : at + 1] == ","


DATE = (Pick("Date (UTC)", utc),)
SIGNINS = (
    ("ResultType", "Sign-in error code"),
    ("ResultDescription", "Failure reason"),
    ("userAgent", "User agent"),
    ("conditionalAccessStatus", "Conditional Access"),
    ("AuthenticationRequirement", "Authentication requirement"),
    ("ClientApp", "Client app"),
    ("properties.appId", "Application ID"),
    ("properties.resourceDisplayName", "Resource"),
    ("properties.ipAddress", "IP address"),
)
AUDITS = (
    ("OperationName", "Activity"),
    ("operationName", "Activity"),
    ("properties.message", "Activity"),
    ("ActivityDisplayName", "Activity"),
    ("LoggedByService", "Service"),
    ("Status", "Result"),
)
HISTORY = (
    ("eventName", "Event name"),
    ("eventSource", "Event source"),
    ("sourceIPAddress", "Source IP address"),
    ("userIdentity.userName", "User name"),
    ("errorCode", "Error code"),
    ("awsRegion", "AWS region"),
)
TABLES = (
    Table(
        frozenset(("Date (UTC)", "Request ID", "Username", "Sign-in error code")),
        layout(SIGNIN, DATE, ("Username", "User"), SIGNINS),
    ),
    Table(
        frozenset(("Date (UTC)", "CorrelationId", "Activity", "Category")),
        layout(AUDIT, DATE, ("ActorUserPrincipalName", "ActorDisplayName"), AUDITS),
    ),
    Table(
        frozenset(("Event name", "Event time", "Event source", "User name")),
        layout(TRAIL, (Pick("Event time", stated),), ("User name",), HISTORY),
    ),
    Table(
        frozenset(("eventtime", "eventsource", "eventname", "useridentity")),
        layout(
            TRAIL,
            (Pick("eventTime", utc),),
            ("userIdentity.userName", "userIdentity.arn", "userIdentity.principalId"),
            (("src_ip", "sourceIPAddress"),),
        ),
        _of_lake,
    ),
    Table(frozenset(("CmdletName", "Caller", "RunDate")), COMMANDS),
    Table(frozenset(("MailboxGuid", "Operation", "LogonType")), COMMANDS),
    Table(frozenset(("RuleIdentity", "MailboxOwnerId")), RULE_LAYOUT),
    *(Table(*told) for told in PORTALS),
)


def recognises(head: bytes) -> bool:
    """Recognise the names of the columns in the first line."""
    return _table(_names(columns(head)[1])) is not None


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each row."""
    return tabulate(source, _rows(source))


def _names(cells: list[str]) -> tuple[str, ...]:
    return distinct(cell.strip(' "\r\t\ufeff') for cell in cells)


def _table(names: tuple[str, ...]) -> Table | None:
    return next((table for table in TABLES if table.columns.issubset(names)), None)


def _rows(source: Source) -> Iterator[Row | Problem | Structure]:
    table: Table | None = None
    names: tuple[str, ...] = ()
    for found in records(source, separator_of(source)):
        if not isinstance(found, Record):
            yield found
        elif told := _table(_names(found.fields)):
            table, names = told, _names(found.fields)
            yield Structure(found.where(source.sha256))
        elif table is None or len(found.fields) != len(names):
            what = f"{len(found.fields)} values for {len(names)} columns"
            yield Problem(what, found.where(source.sha256), EXPECTED)
        else:
            said: Fields = {n: cell for n, cell in zip(names, found.fields, strict=True) if cell}
            fields = table.fields(said)
            yield Row(fields, table.layout, found.offset, found.length, found.line)


READER = Reader("cloud_tables", "Cloud and identity logs as CSV", recognises, read)
