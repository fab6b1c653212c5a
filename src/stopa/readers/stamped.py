"""Logs of any program whose lines begin with a time: read where no reader of its own knows them.

Spec: https://www.rfc-editor.org/rfc/rfc3339
Why: such a log lost is evidence lost. Time and message are read, an address that is named as the
other side, and pairs of names and values; what else the message says stays in it.
Trap: lines without a time follow the one before (a stack trace); each is an event with the same
time basis: none. Most such times state no zone, some no year: that is known as in syslog.
"""

from __future__ import annotations

from collections.abc import Iterator

from stopa.readers import syslog
from stopa.readers._columns import tabulate
from stopa.readers._dated_lines import HEADER, SHORT, TABLE, dated, layouts, said
from stopa.readers._log_lines import Told, mostly, rows, told
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._yearless import settled, years_of
from stopa.readers._years import Years


def recognises(head: bytes) -> bool:
    """Recognise a time at the beginning of most lines."""
    return mostly(head, lambda text: HEADER.fullmatch(text) or SHORT.fullmatch(text))


def divides(head: bytes) -> bool:
    """Tell whether most lines state their year, so that none has to know the others."""
    return mostly(head, HEADER.fullmatch)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line."""
    years = years_of(source)
    found = tabulate(source, rows(source, lambda _, text: _row(years, text)))
    return settled(source, years, found)


def _row(years: Years, text: str) -> Told:
    if found := HEADER.fullmatch(text):
        return said(years, found)
    if syslog.header(text):
        return syslog.row(years, text)
    return dated(years, text) or told({**TABLE.draw(text), "message": text}, layouts(TABLE.log)[0])


READER = Reader("stamped", "Lines with a time", recognises, read, divides=divides, last=True)
