"""Logs of Palo Alto's firewalls as lines of comma-separated values: traffic, threat and others.

Spec: https://docs.paloaltonetworks.com/pan-os/11-0/pan-os-admin/monitoring
Why: where the web interface exports a log, the first line names the columns: they are then taken
from there and not from the type of the line.
Trap: times are the device's local time and state no zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stopa.model.event import HOST, TIME, USER, LogSource
from stopa.model.evidence import Problem, Structure
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._csv import Record, records
from stopa.readers._lines import decoded
from stopa.readers._log_lines import Told, mostly, rows, told
from stopa.readers._paloalto_lines import NAMES, TITLES, paloalto, paloalto_log
from stopa.readers._reader import HEAD, Found, Reader, Source
from stopa.readers._stamps import written
from stopa.readers._titles import distinct

RECORD = re.compile(
    rf"[^,]{{0,64}},\d{{4}}/\d\d/\d\d \d\d:\d\d:\d\d,\w{{1,32}},(?:{'|'.join(NAMES)}|\w{{2,24}}),"
)
FIRST = ["Domain", "Receive Time", "Serial #"]
TITLED = re.compile(rb'"?Domain"?,"?Receive Time"?,"?Serial #"?,')


def recognises(head: bytes) -> bool:
    """Recognise the first columns of most lines, or the names of the columns."""
    return TITLED.match(decoded(head)) is not None or mostly(head, RECORD.match)


def divides(head: bytes) -> bool:
    """Tell whether every line says by itself what its columns are."""
    return TITLED.match(decoded(head)) is None and mostly(head, RECORD.match)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line."""
    with source.path.open("rb") as file:
        is_titled = TITLED.match(decoded(file.read(HEAD))) is not None
    return tabulate(source, _titled(source) if is_titled else rows(source, _row))


def _titled(source: Source) -> Iterator[Row | Problem | Structure]:
    names: tuple[str, ...] = ()
    for found in records(source):
        if not isinstance(found, Record):
            yield found
        elif found.fields[:3] == FIRST:
            names = distinct([TITLES.get(name, name) for name in found.fields])
            yield Structure(found.where(source.sha256))
        elif len(found.fields) != len(names):
            what = f"{len(found.fields)} values for {len(names)} columns"
            yield Problem(what, found.where(source.sha256), "cut off, or is a comma not quoted?")
        else:
            told_of = zip(names[1:], found.fields[1:], strict=True)
            fields: dict[str, object] = {name: cell for name, cell in told_of if cell}
            layout = _layout(paloalto_log(fields))
            yield Row(fields, layout, found.offset, found.length, found.line)


def _row(line: int, text: str) -> Told:
    fields: dict[str, object] = paloalto(text) if RECORD.match(text) else {"message": text}
    return told(fields, _layout(paloalto_log(fields)))


def _spelled(stamp: str) -> str:
    return stamp.replace("/", "-")


@lru_cache(maxsize=64)
def _layout(log: LogSource) -> Layout:
    times = tuple(Pick(name, written(_spelled)) for name in ("time_generated", "receive_time"))
    users = (Pick("src_user"), Pick("user"), Pick("admin"))
    return Layout(log, ((TIME, times), (HOST, (Pick("device_name"),)), (USER, users)))


READER = Reader("paloalto", "Palo Alto firewall log", recognises, read, divides=divides)
