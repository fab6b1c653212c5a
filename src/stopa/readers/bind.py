"""Logs of the name server BIND: queries, refusals, transfers.

Spec: https://bind9.readthedocs.io/en/latest/reference.html#logging-block-definition-and-usage
Trap: by default a time states no zone; with `print-time iso8601-utc` it is UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.event import TIME, LogSource
from stopa.readers._columns import Layout, Pick, tabulate
from stopa.readers._log_lines import Told, mostly, rows, told
from stopa.readers._patterned import Table, gaps, said
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._service_messages import NAMED
from stopa.readers._stamps import written
from stopa.readers._years import MONTHS

HEADER = re.compile(
    r"(?P<timestamp>\d{1,2}-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d\.\d{3}"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z?) "
    r"(?P<message>(?:(?P<category>[a-z-]{2,32}): )?"
    r"(?:(?P<severity>info|notice|warning|error|critical|debug \d+): )?.*)",
    re.DOTALL,
)
TOLD = re.compile(
    r"(?:[a-z-]{2,32}: )?(?:(?:info|notice|warning|error|critical|debug \d+): )?client "
)
NAMES = gaps(HEADER)
STAMP = re.compile(r"(\d{1,2})-([A-Z][a-z]{2})-(\d{4}) (.*)")
TABLE = Table(LogSource("bind", "dns"), NAMED)


def _spelled(stamp: str) -> str | None:
    found = STAMP.fullmatch(stamp)
    if found is None:
        return stamp
    month = MONTHS.get(found[2])
    return f"{found[3]}-{month:02}-{int(found[1]):02} {found[4]}" if month else None


LAYOUT = Layout(TABLE.log, ((TIME, (Pick("timestamp", written(_spelled)),)),))


def recognises(head: bytes) -> bool:
    """Recognise lines that begin with BIND's time and are about clients or have its levels."""
    return mostly(head, _is_line)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line."""
    return tabulate(source, rows(source, _row))


def _is_line(text: str) -> bool:
    found = HEADER.fullmatch(text)
    if found is None:
        return TOLD.match(text) is not None
    return bool(found["severity"]) or TOLD.match(found["message"]) is not None


def _row(line: int, text: str) -> Told:
    found = HEADER.fullmatch(text)
    if found is None:
        return told({**TABLE.draw(text), "message": text}, LAYOUT)
    names, values = TABLE.told(found["message"])
    return (*names, *NAMES), (*values, *said(found)), LAYOUT


READER = Reader("bind", "BIND name server log", recognises, read, divides=recognises)
