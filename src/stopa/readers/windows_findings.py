"""What other tools found in Windows logs, as JSON: Chainsaw's detections and Hayabusa's timeline.

Spec: https://github.com/WithSecureLabs/chainsaw#readme (the JSON output of `hunt`)
Spec: https://github.com/Yamato-Security/hayabusa#output-profiles
Why: Chainsaw keeps the event that it judged, so that is what is read, with the tool's word beside
it (`chainsaw.name`), and rules judge it anew. Hayabusa keeps a summary: an event of its product,
of which starter rules make findings that are the tool's word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo

import pyarrow.compute as pc

from stopa.model.event import CHANNEL, EVENT_ID, HOST, TIME, LogSource
from stopa.model.evidence import Problem, Structure
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._flatten import Column
from stopa.readers._json import first_object, values
from stopa.readers._json_value import Value
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import Times, stated
from stopa.readers._windows_event import event_fields, layout_of

EXPECTED = "one JSON object a record is expected: was the export changed?"
SUMMARY = frozenset(("Timestamp", "RuleTitle", "Level"))
Record = Mapping[str, object]


def _offset(texts: Column, zone: tzinfo | None) -> Times:
    """Read ISO 8601 times whose zone stands behind a space."""
    return stated(pc.replace_substring_regex(texts, r" ([+-]\d\d:\d\d)$", r"\1"), zone)


HAYABUSA = Layout(
    LogSource("hayabusa"),
    (
        (TIME, (Pick("Timestamp", _offset),)),
        (HOST, (Pick("Computer"),)),
        (CHANNEL, (Pick("Channel"),)),
        (EVENT_ID, (Pick("EventID"),)),
    ),
)
CHAINSAW = Layout(LogSource("chainsaw"), ((TIME, (Pick("timestamp", stated),)),))


def recognises(head: bytes) -> bool:
    """Recognise the first record of either tool."""
    first = first_object(head)
    return first is not None and (first.keys() >= SUMMARY or _is_detection(first))


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each record."""
    return tabulate(source, _rows(source))


def _is_detection(record: Record) -> bool:
    document = record.get("document", record.get("documents"))
    return "name" in record and "kind" in record and document is not None


def _rows(source: Source) -> Iterator[Row | Problem | Structure]:
    for found in values(source):
        if not isinstance(found, Value):
            yield found
        elif isinstance(found.data, dict):
            yield _row(source, found.data, found)
        else:
            yield Problem("not a record: no JSON object", found.where(source.sha256), EXPECTED)


def _row(source: Source, record: dict[str, object], found: Value) -> Row | Problem:
    if not _is_detection(record):
        return Row(record, HAYABUSA, found.offset, found.length, found.line)
    event = _event(record)
    if event is None:
        return Row(record, CHAINSAW, found.offset, found.length, found.line)
    try:
        fields = event_fields(event)
    except RecursionError:
        return Problem("nested too deep", found.where(source.sha256), EXPECTED)
    told = {f"chainsaw.{key}": value for key, value in record.items() if key != "document"}
    return Row(fields | told, layout_of(fields), found.offset, found.length, found.line)


def _event(record: Record) -> Record | None:
    """Return the event that a detection keeps; None where it keeps none, or several."""
    document = record.get("document")
    data = document.get("data") if isinstance(document, dict) else None
    event = data.get("Event") if isinstance(data, dict) else None
    return event if isinstance(event, dict) and isinstance(event.get("System"), dict) else None


READER = Reader("windows_findings", "Findings of other tools in Windows logs", recognises, read)
