"""Audit logs of cloud platforms, identity providers and bought services, as JSON.

Spec: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference.html
Spec: https://learn.microsoft.com/graph/api/resources/azure-ad-auditlog-overview
Spec: https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry
Why: fields keep the names the service gives them, with dots, because Sigma's rules speak them. Add
a log by adding its shape to `_cloud_platforms` or `_cloud_services`.
Trap: the file is recognised by its first record; a later record that looks like no log that we know
is read as one of the log before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from stopa.model.evidence import Problem, Structure
from stopa.readers._cloud_platforms import PLATFORMS
from stopa.readers._cloud_services import SERVICES
from stopa.readers._cloud_shape import Record, Shape, at, has, respelled
from stopa.readers._columns import Layout, Row, tabulate
from stopa.readers._flatten import TooWideError, json_text
from stopa.readers._json_value import Value
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._wrapped_json import first_record, records

EXPECTED = "one JSON object a record is expected: was the export changed?"
SHAPES: tuple[Shape, ...] = (*PLATFORMS, *SERVICES)
NAMES = 64  # characters of a service's name; longer is no name


def recognises(head: bytes) -> bool:
    """Recognise the first record by its marks."""
    first = first_record(head)
    return first is not None and _told(first) is not None


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each record."""
    return tabulate(source, _rows(source))


def _rows(source: Source) -> Iterator[Row | Problem | Structure]:
    before: Shape | None = None
    for found in records(source):
        if not isinstance(found, Value):
            yield found
            continue
        told = _told(found.data) if isinstance(found.data, dict) else None
        if told is None and isinstance(found.data, dict) and before:
            told = before, _native(before, found.data)
        if told is None:
            where = found.where(source.sha256)
            yield Problem("not a record of a log that is known", where, EXPECTED)
        else:
            before = told[0]
            yield _row(source, *told, found)


def _told(record: Record) -> tuple[Shape, Record] | None:
    """Return what a record is, and the record with its names as the service spells them."""
    if shape := next((s for s in SHAPES if all(has(record, m) for m in s.marks)), None):
        return shape, _native(shape, record)
    for shape in SHAPES:
        native = _native(shape, record)
        if native is not record and all(has(native, mark) for mark in shape.marks):
            return shape, native
    return None


def _native(shape: Shape, record: Record) -> Record:
    """Return the record with its names as the service spells them."""
    known = shape.spelling.keys().isdisjoint(record)
    return record if known else respelled(record, shape.spelling)


def _row(source: Source, shape: Shape, record: Record, found: Value) -> Row | Problem:
    fields = shape.unpack(record) if shape.unpack else record
    try:
        fields = _with_text(fields, shape.whole)
    except TooWideError as error:
        return Problem(str(error), found.where(source.sha256), EXPECTED)
    return Row(fields, _layout(shape, fields), found.offset, found.length, found.line)


def _with_text(fields: Record, whole: tuple[str, ...]) -> Record:
    """Return the fields, some objects as their text as well: rules search it."""
    made: Record = {}
    for name, value in fields.items():
        if name in whole and isinstance(value, dict) and value:
            made[name] = json_text(value)
            made |= {f"{name}.{key}": inner for key, inner in value.items()}
        else:
            made[name] = value
    return made


def _layout(shape: Shape, record: Record) -> Layout:
    if not shape.service_of:
        return shape.layout
    service = at(record, shape.service_of)
    return _of_service(shape, service[:NAMES] if isinstance(service, str) else "unknown")


@cache
def _of_service(shape: Shape, service: str) -> Layout:
    return shape.layout_of(service)


READER = Reader("cloud_audit", "Cloud, identity and service audit logs", recognises, read)
