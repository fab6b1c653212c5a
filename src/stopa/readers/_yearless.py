"""Logs whose times state no year: who tells it, and what is said of times where nobody does.

Spec: https://www.rfc-editor.org/rfc/rfc3164#section-4.1.2
Why: syslog, daemons with logs of their own and Snort all write such times. A full date of the same
day in some message of the file tells the year, else the analyst does, of the file's first stamp.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo

import pyarrow as pa

from stopa.model.event import TIME, EventBatch
from stopa.model.evidence import Problem, Where
from stopa.model.time_basis import NUMBER, Basis
from stopa.readers._flatten import Column
from stopa.readers._layout import Pick
from stopa.readers._lines import Line
from stopa.readers._log_lines import log_lines
from stopa.readers._reader import Found, Source
from stopa.readers._stamps import written
from stopa.readers._times import INSTANT, KNOWN, Times
from stopa.readers._years import Years, told

WHEN = "date time"  # a name that no field can have: for the envelope, then taken out
TOLD_YEAR = "times carry no year: it is taken from the full date on line {}"
TAKEN = "time_basis"  # a field that says what of a time was taken from elsewhere
YEARLESS = re.compile(r"(?:[A-Z][a-z]{2} +\d{1,2} |\d\d/\d\d-)\d\d:\d\d:\d\d(?:[.,]\d+)?")
PARTS = re.compile(
    r"([A-Z][a-z]{2}) +(\d{1,2}) (?:(\d{4}) )?(\d\d:\d\d:\d\d(?:[.,]\d+)?)(?: (\d{4}))?"
)


def years_of(source: Source) -> Years:
    """Return what the log tells of its years, if that helps: without a zone there is no time."""
    if source.zone is None or source.stretch is not None:
        return Years()
    lines = ((each.number, each.text) for each in log_lines(source) if isinstance(each, Line))
    found = told(lines)
    return found if found.line is not None else Years(source.year)


def when(years: Years, stamp: str) -> str | None:
    """Return `Jun 21 16:47:48` as ISO 8601 without zone, with its own year or that of the log."""
    found = PARTS.fullmatch(stamp)
    if found is None:
        return None
    month, day, before, clock, after = found.groups()
    if (year := before or after) is None:
        return years.when(stamp)
    return Years(int(year)).when(f"{month} {day} {clock}")


def _as_it_is(text: str) -> str:
    return text


def _lost(texts: Column, zone: tzinfo | None) -> Times:
    """Tell why stamps that are here are no times: first they lack a zone, then a year."""
    coded = texts.dictionary_encode()
    told = map(str, coded.dictionary.to_pylist())
    why = [Basis.YEARLESS if YEARLESS.fullmatch(text) else Basis.UNREAD for text in told]
    known = pa.array([NUMBER[each if zone else Basis.UNZONED] for each in why], KNOWN)
    return Times(pa.nulls(len(why), INSTANT), known).take(coded.indices)


TIMES = (TIME, (Pick(WHEN, written(_as_it_is), assumed=TAKEN), Pick("timestamp", _lost)))


def settled(source: Source, years: Years, items: Iterator[Found]) -> Iterator[Found]:
    """Yield what was read without the columns that only told times; then who told the year."""
    for found in items:
        yield _without_when(found) if isinstance(found, EventBatch) else found
    if years.line is not None:
        where = Where(source.sha256, offset=0, length=0)
        yield Problem(TOLD_YEAR.format(years.line), where, "check it against the other evidence")


def _without_when(batch: EventBatch) -> EventBatch:
    if WHEN not in batch.table.column_names:
        return batch
    return EventBatch(batch.evidence, batch.source, batch.table.drop_columns([WHEN]))
