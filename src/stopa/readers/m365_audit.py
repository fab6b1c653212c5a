"""The Microsoft 365 unified audit log: JSON records, as Graph and PowerShell wrap them, and CSV.

Spec: https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema
Spec: https://learn.microsoft.com/en-us/purview/audit-log-export-records
Why: the record is the same everywhere, but exports wrap it: it stands as JSON in the column
or field `AuditData`. Lists of names and values (`Parameters`) become fields beside the list itself
(`Parameters.ForwardTo`).
Trap: `CreationTime` is UTC by its documentation but says no zone. Spreadsheets cut `AuditData` off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from stopa.model.event import TIME, USER, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._csv import Record, columns, records, separator_of
from stopa.readers._flatten import TooWideError, json_text
from stopa.readers._json_value import Value, decode
from stopa.readers._lines import decoded
from stopa.readers._reader import HEAD, Found, Reader, Source
from stopa.readers._times import stated, utc
from stopa.readers._titles import distinct
from stopa.readers._wrapped_json import first_record
from stopa.readers._wrapped_json import records as json_records

EXPECTED = "one JSON object a record is expected: was the export changed?"
LAYOUT = Layout(
    LogSource("m365", None, "audit"),
    (
        (
            TIME,
            (Pick("CreationTime", utc), Pick("CreationDate", utc), Pick("TimeGenerated", stated)),
        ),
        (USER, (Pick("UserId"), Pick("UserIds"), Pick("UserKey"))),
    ),
)
RECORDS = ("AuditData", "auditData")
OF_RECORD = frozenset(("Workload", "RecordType", "OrganizationId", "UserKey", "UserType"))
# Columns that only exports of this log have together: the portal's, then Sentinel's OfficeActivity.
COLUMNS = (
    frozenset(("CreationDate", "AuditData")),
    frozenset(("TimeGenerated", "Operation", "UserId", "Parameters")),
    frozenset(("TimeGenerated", "Operation", "UserId", "OfficeWorkload")),
)


def recognises(head: bytes) -> bool:
    """Recognise the first record, or the names of the columns."""
    first = first_record(head)
    if first is not None:
        return _is_record(first) or any(
            isinstance(first.get(name), dict | str) and _has_operation(first) for name in RECORDS
        )
    names = frozenset(name.strip(' "\r') for name in columns(head)[1])
    return any(some <= names for some in COLUMNS)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each record."""
    with source.path.open("rb") as file:
        head = decoded(file.read(HEAD)).lstrip()
    if head.startswith((b"{", b"[")):
        return tabulate(source, (_object(source, found) for found in json_records(source)))
    return tabulate(source, _table(source))


def _is_record(event: Mapping[str, object]) -> bool:
    return {"CreationTime", "Operation"} <= event.keys() and not OF_RECORD.isdisjoint(event)


def _has_operation(event: Mapping[str, object]) -> bool:
    return not {"Operation", "Operations", "operation"}.isdisjoint(event)


def _object(source: Source, found: Value | Problem | Structure) -> Row | Problem | Structure:
    if not isinstance(found, Value):
        return found
    data, offset, length, line = found
    if not isinstance(data, dict):
        return Problem("not a record: no JSON object", found.where(source.sha256), EXPECTED)
    try:
        return Row(_fields(_unwrapped(data)), LAYOUT, offset, length, line)
    except TooWideError as error:
        return Problem(str(error), found.where(source.sha256), EXPECTED)


def _table(source: Source) -> Iterator[Row | Problem | Structure]:
    names: tuple[str, ...] | None = None
    for found in records(source, separator_of(source)):
        if not isinstance(found, Record):
            yield found
        elif names is None:
            names = distinct(name.strip() for name in found.fields)
            yield Structure(found.where(source.sha256))
        elif len(found.fields) != len(names):
            what = f"{len(found.fields)} values for {len(names)} columns"
            yield Problem(what, found.where(source.sha256), EXPECTED)
        else:
            yield from _table_row(source, names, found)


def _table_row(
    source: Source, names: tuple[str, ...], found: Record
) -> Iterator[Row | Problem | Structure]:
    """Yield the event of a record, and a note where the record in it cannot be read."""
    said: dict[str, object] = {
        name: value for name, value in zip(names, found.fields, strict=True) if value
    }
    fields = _unwrapped({name: _told(value) for name, value in said.items()})
    if isinstance(fields.get("AuditData"), str):
        where = found.where(source.sha256)
        yield Problem("AuditData is no JSON: cut off?", _note(where), "export as JSON instead")
    try:
        yield Row(_fields(fields), LAYOUT, found.offset, found.length, found.line)
    except TooWideError as error:
        yield Problem(str(error), found.where(source.sha256), EXPECTED)


def _note(where: Where) -> Where:
    """Return the same place as one that takes no bytes: the event stands for them."""
    return replace(where, length=0)


def _told(value: object) -> object:
    """Return a cell as what its JSON says; as text where it is none."""
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return value
    try:
        return decode(value.encode("utf-8", "backslashreplace"))
    except ValueError:
        return value


def _unwrapped(data: dict[str, object]) -> dict[str, object]:
    """Return the record, with what the export says around it where the record does not say it."""
    for name in RECORDS:
        inner = _told(data.get(name))
        if isinstance(inner, dict):
            around = {key: value for key, value in data.items() if key != name}
            return around | inner
    return data


def _fields(record: Mapping[str, object]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name, value in record.items():
        if isinstance(value, list) and value and all(map(_is_named, value)):
            fields[name] = [json_text(element) for element in value]
            for key, inner in _named(name, value):
                known = fields.get(key)
                fields[key] = inner if known is None else [*_listed(known), inner]
        else:
            fields[name] = value
    return fields


def _is_named(element: object) -> bool:
    return isinstance(element, dict) and isinstance(element.get("Name"), str) and len(element) > 1


def _named(name: str, elements: list[dict[str, object]]) -> Iterator[tuple[str, object]]:
    """Yield `Parameters.ForwardTo` for each value, and `ModifiedProperties.Role.NewValue`."""
    for element in elements:
        path = f"{name}.{element['Name']}"
        for key, value in element.items():
            if key != "Name" and value is not None:
                yield path if key == "Value" else f"{path}.{key}", value


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


READER = Reader("m365_audit", "Microsoft 365 unified audit log", recognises, read)
