"""Main, reject and panic logs of the mail server Exim.

Spec: https://www.exim.org/exim-html-current/doc/html/spec_html/ch-log_files.html
Trap: times are local, unless `log_timezone` adds the zone to each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.event import TIME, USER
from stopa.readers._columns import Layout, Pick, tabulate
from stopa.readers._log_lines import Told, mostly, rows, told
from stopa.readers._mail_messages import EXIM_TABLE
from stopa.readers._patterned import gaps, said
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import stated

HEADER = re.compile(
    r"(?P<timestamp>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [+-]\d{4})?) "
    r"(?:\[(?P<pid>\d+)\] )?(?P<message>.*)",
    re.DOTALL,
)
NAMES = gaps(HEADER)
TELLING = re.compile(
    r"(?:(?P<id>[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) "
    r"|H=\S* ?(?:\([^)]*\) )?\[|\S+ authenticator failed for |no host name found for IP address "
    r"|SMTP (?:connection|protocol|syntax|call|command|data) "
    r"|(?:Start|End) queue run|exim [\d.]+ daemon)"
)
LAYOUT = Layout(
    EXIM_TABLE.log, ((TIME, (Pick("timestamp", stated),)), (USER, (Pick("user"), Pick("A"))))
)


def recognises(head: bytes) -> bool:
    """Recognise times before message ids, hosts as Exim names them, or its own sentences."""
    return mostly(head, _is_line)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line."""
    return tabulate(source, rows(source, _row))


def _is_line(text: str) -> bool:
    found = HEADER.fullmatch(text)
    return found is not None and TELLING.match(found["message"]) is not None


def _row(line: int, text: str) -> Told:
    found = HEADER.fullmatch(text)
    if found is None:
        return told({**EXIM_TABLE.draw(text), "message": text}, LAYOUT)
    names, values = EXIM_TABLE.told(found["message"])
    return (*names, *NAMES), (*values, *said(found)), LAYOUT


READER = Reader("exim", "Exim log", recognises, read, divides=recognises)
