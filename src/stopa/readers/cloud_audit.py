"""Audit logs of cloud platforms, identity providers and bought services, as JSON.

Spec: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference.html
Spec: https://learn.microsoft.com/graph/api/resources/azure-ad-auditlog-overview
Spec: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
Spec: https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry
Why: fields keep the names the service gives them, with dots, because Sigma's rules speak them. Add
a log by adding its shape to `_cloud_platforms` or `_cloud_services`.
Trap: the file is recognised by its first record; a later record that looks like no log that we know
is read as one of the log before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from stopa.model.evidence import Problem
from stopa.readers._cloud_exchange import EXCHANGE
from stopa.readers._cloud_platforms import PLATFORMS
from stopa.readers._cloud_services import SERVICES
from stopa.readers._cloud_shape import Record, Shape, at, has, mark_start, respelled
from stopa.readers._cloud_unpack import logged
from stopa.readers._columns import Item, Layout, Row, tabulate
from stopa.readers._flatten import TooWideError, json_text
from stopa.readers._json import Values
from stopa.readers._json_value import Value
from stopa.readers._layout import needed
from stopa.readers._reader import Found, Kind, Reader, Source
from stopa.readers._rows import side_by_side
from stopa.readers._wrapped_json import first_record, record_blocks

EXPECTED = "one JSON object a record is expected: was the export changed?"
SHAPES: tuple[Shape, ...] = (*PLATFORMS, *EXCHANGE, *SERVICES)
NAMES = 64  # characters of a service's name; longer is no name


def recognises(head: bytes) -> bool:
    """Recognise the first record by its marks."""
    first = first_record(head)
    return first is not None and _told(logged(first)) is not None


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each record."""
    return tabulate(source, _rows(source))


def _rows(source: Source) -> Iterator[Item]:
    reading = _Reading(source)
    for found in record_blocks(source):
        if isinstance(found, Values):
            yield from side_by_side(map(reading.row, found.each()))
        elif isinstance(found, Value):
            yield reading.row(found)
        else:
            yield found


class _Reading:
    """Reads records one after another; what none of them knows is taken for what stood before."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._before: Shape | None = None
        self._whole: dict[int, tuple[str, ...]] = {}  # by layout, which outlives this

    def row(self, found: Value) -> Row | Problem:
        """Return the event of a record, or a problem."""
        data = logged(found.data) if isinstance(found.data, dict) else None
        told = _told(data) if data is not None else None
        if told is None and data is not None and self._before:
            told = self._before, _native(self._before, data)
        if told is None:
            where = found.where(self._source.sha256)
            return Problem("not a record of a log that is known", where, EXPECTED)
        self._before = told[0]
        shape, record = told
        fields = shape.unpack(record) if shape.unpack else record
        layout = _layout(shape, fields)
        if whole := shape.whole and self._looked_at(shape.whole, layout):
            try:
                fields = _with_text(fields, whole)
            except TooWideError as error:
                return Problem(str(error), found.where(self._source.sha256), EXPECTED)
        return Row(fields, layout, found.offset, found.length, found.line)

    def _looked_at(self, whole: tuple[str, ...], layout: Layout) -> tuple[str, ...]:
        known = self._whole.get(id(layout))
        if known is None:
            known = self._whole[id(layout)] = _asked(self._source, whole, layout)
        return known


def _told(record: Record) -> tuple[Shape, Record] | None:
    """Return what a record is, and the record with its names as the service spells them."""
    may_be, spelled_otherwise = _may_be(tuple(record))
    for shape in may_be:
        if all(has(record, mark) for mark in shape.marks):
            return shape, _native(shape, record)
    for shape in spelled_otherwise:
        native = respelled(record, shape.spelling)
        if all(has(native, mark) for mark in shape.marks):
            return shape, native
    return None


@lru_cache(maxsize=1024)
def _may_be(names: tuple[str, ...]) -> tuple[tuple[Shape, ...], tuple[Shape, ...]]:
    """Return the shapes of whose marks nothing is missing at the top of a record of these names.

    First those that it may be as it is, then those by whose spelling its names are others.
    """
    as_it_is = tuple(shape for shape in SHAPES if _starts(shape) <= set(names))
    otherwise = (s for s in SHAPES if not s.spelling.keys().isdisjoint(names))
    return as_it_is, tuple(s for s in otherwise if _starts(s) <= _spelled(s, names))


def _starts(shape: Shape) -> set[str]:
    return set(map(mark_start, shape.marks))


def _spelled(shape: Shape, names: tuple[str, ...]) -> set[str]:
    return {*names, *(shape.spelling.get(name.lower(), name) for name in names)}


def _native(shape: Shape, record: Record) -> Record:
    """Return the record with its names as the service spells them."""
    known = shape.spelling.keys().isdisjoint(record)
    return record if known else respelled(record, shape.spelling)


def _asked(source: Source, whole: tuple[str, ...], layout: Layout) -> tuple[str, ...]:
    """Return those of the objects whose text somebody may look at."""
    if source.wanted is not None:
        kind = Kind(layout.log, None, None, None)
        if not source.wanted.searched(kind):
            return _among(whole, source.wanted.fields(kind), layout)
    elif source.fields is not None and not source.searched:
        return _among(whole, source.fields, layout)
    return whole


def _among(whole: tuple[str, ...], fields: frozenset[str], layout: Layout) -> tuple[str, ...]:
    names = needed(fields, layout, ())
    return tuple(name for name in whole if name in names)


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
