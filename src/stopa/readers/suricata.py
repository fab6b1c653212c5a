"""Suricata's EVE log: what the sensor alerts to, and the flows and transactions that it saw.

Spec: https://docs.suricata.io/en/latest/output/eve/eve-json-format.html
Why: each type of event is a log of its own (`suricata/dns`). An alert keeps its signature, category
and severity: they are the sensor's own verdict, and no finding of ours until a rule says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from stopa.model.event import HOST, TIME, LogSource
from stopa.model.evidence import Problem, Structure
from stopa.readers._columns import Layout, Pick, Row, Rows, tabulate
from stopa.readers._json import Values, first_object, holds_an_object_a_line, value_blocks
from stopa.readers._json_value import Value
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import stated

EXPECTED = "one JSON object a record is expected: was the export changed?"
OF_EVENT = frozenset(
    ("flow_id", "src_ip", "dest_ip", "pcap_cnt", "stats", "engine", "in_iface", "community_id")
)


def recognises(head: bytes) -> bool:
    """Recognise an object that has a type of event, a time, and what only this sensor adds."""
    first = first_object(head)
    return first is not None and _is_event(first)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each object."""
    return tabulate(source, _found(source))


def _is_event(event: Mapping[str, object]) -> bool:
    return (
        isinstance(event.get("event_type"), str)
        and "timestamp" in event
        and not OF_EVENT.isdisjoint(event)
    )


def _found(source: Source) -> Iterator[Row | Rows | Problem | Structure]:
    for found in value_blocks(source):
        if isinstance(found, Values):
            events = [event for event in found.data if isinstance(event, dict)]
            if len(events) == len(found.data):
                yield from _by_kind(found, events)
            else:
                yield from (_row(source, value) for value in found.each())
        elif isinstance(found, Value):
            yield _row(source, found)
        else:
            yield found


def _by_kind(found: Values, events: list[dict[str, object]]) -> Iterator[Rows]:
    """Yield the events, which are all that was found, those of one type side by side."""
    kinds: dict[str | None, Rows] = {}
    places = zip(found.offsets, found.lengths, found.lines, found.raws, strict=True)
    for data, (offset, length, line, raw) in zip(events, places, strict=True):
        kind = _kind(data)
        rows = kinds.get(kind)
        if rows is None:
            rows = kinds[kind] = Rows([], _layout(kind), [], [], [], [], [])
        rows.fields.append(data)
        rows.offsets.append(offset)
        rows.lengths.append(length)
        rows.lines.append(line)
        rows.raws.append(raw)
    for rows in kinds.values():
        rows.records.extend([None] * len(rows.fields))
        yield rows


def _row(source: Source, found: Value) -> Row | Problem:
    data, offset, length, line = found
    if not isinstance(data, dict):
        return Problem("not a record: no JSON object", found.where(source.sha256), EXPECTED)
    return Row(data, _layout(_kind(data)), offset, length, line)


def _kind(event: Mapping[str, object]) -> str | None:
    kind = event.get("event_type")
    return kind if isinstance(kind, str) else None


@lru_cache(maxsize=256)
def _layout(kind: str | None) -> Layout:
    return Layout(
        LogSource("suricata", None, kind),
        ((TIME, (Pick("timestamp", stated),)), (HOST, (Pick("host"),))),
    )


READER = Reader("suricata", "Suricata EVE log", recognises, read, divides=holds_an_object_a_line)
