"""Super-timelines: what plaso and Timesketch write of many sources in one order of time.

Spec: https://plaso.readthedocs.io/en/latest/sources/user/Output-and-formatting.html
Spec: https://timesketch.org/guides/user/import-from-json-csv/
Why: often the timeline is all that is left of an image. Its events stay those of the tool that told
them: `source`, `parser` and `data_type` say what they were read from, and are never guessed anew.
Trap: l2tcsv writes month before day, and its times are of the zone that its third column names; of
a name that is no zone the time is the analyst's to place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stopa.model.event import HOST, TIME, USER, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._csv import Record, records
from stopa.readers._json import first_object, values
from stopa.readers._json_value import Value
from stopa.readers._lines import decoded
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._stamps import by_digits
from stopa.readers._times import stated
from stopa.readers._titles import distinct

L2T = frozenset(("date", "time", "timezone", "macb", "source", "sourcetype", "desc"))
DYNAMIC = frozenset(("datetime", "timestamp_desc", "message"))
DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
CLOCK = re.compile(r"\d{2}:\d{2}:\d{2}")
EXPECTED = "one object of a timeline a record is expected: was the export changed?"
LAYOUT = Layout(
    LogSource(category="timeline"),
    (
        (TIME, (Pick("datetime", stated), Pick("timestamp", by_digits))),
        (HOST, tuple(map(Pick, ("hostname", "host", "computer_name")))),
        (USER, tuple(map(Pick, ("username", "user")))),
    ),
)


def recognises(head: bytes) -> bool:
    """Recognise the names of the columns, or an object that has the fields of a timeline."""
    if (first := first_object(head)) is not None:
        return _is_event(first)
    return (
        _names(decoded(head).split(b"\n", 1)[0].decode("utf-8", "replace").split(",")) is not None
    )


def read(source: Source) -> Iterator[Found]:
    """Yield each line of the timeline as an event."""
    with source.path.open("rb") as file:
        is_json = first_object(file.read(65_536)) is not None
    return tabulate(source, _objects(source) if is_json else _table(source))


def _is_event(one: dict[str, object]) -> bool:
    known = one.keys() & {"datetime", "timestamp", "date_time"}
    return "timestamp_desc" in one and bool(known) and ("message" in one or "data_type" in one)


def _names(cells: list[str]) -> tuple[str, ...] | None:
    names = distinct([cell.strip().strip('"') for cell in cells])
    known = {name.lower() for name in names}
    return names if known >= L2T or known >= DYNAMIC else None


def _objects(source: Source) -> Iterator[Row | Problem | Structure]:
    for found in values(source):
        if not isinstance(found, Value):
            yield found
        elif isinstance(found.data, dict):
            yield Row(found.data, LAYOUT, found.offset, found.length, found.line)
        else:
            yield Problem("not an object", found.where(source.sha256), EXPECTED)


def _table(source: Source) -> Iterator[Row | Problem | Structure]:
    names: tuple[str, ...] | None = None
    for record in records(source):
        if not isinstance(record, Record):
            yield record
        elif found := _names(record.fields):
            names = found
            yield Structure(Where(source.sha256, offset=record.offset, length=record.length))
        elif names is None or len(record.fields) != len(names):
            what = f"{len(record.fields)} values for {len(names or ())} columns"
            yield Problem(what, record.where(source.sha256), "cut off, or is a comma not quoted?")
        else:
            told = zip(names, record.fields, strict=True)
            fields = {name: value for name, value in told if value not in ("", "-")}
            if (time := _l2t_time(fields)) is not None:
                fields["datetime"] = time
            yield Row(dict(fields), LAYOUT, record.offset, record.length, record.line)


def _l2t_time(fields: dict[str, str]) -> str | None:
    """Return date, time and zone of l2tcsv as one text, without a zone where it is none of them.

    None where they are no time.
    """
    day, clock = DATE.fullmatch(fields.get("date", "")), fields.get("time", "")
    if day is None or not CLOCK.fullmatch(clock):
        return None
    try:
        told = datetime.fromisoformat(f"{day[3]}-{day[1]}-{day[2]}T{clock}")
    except ValueError:
        return None
    try:
        return told.replace(tzinfo=ZoneInfo(fields.get("timezone", ""))).isoformat()
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return told.isoformat()


READER = Reader("super_timeline", "Super-timeline", recognises, read)
