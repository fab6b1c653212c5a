"""Logs of any program whose lines begin with a time: read where no reader of its own knows them.

Spec: https://www.rfc-editor.org/rfc/rfc3339
Why: such a log lost is evidence lost. Time and message are read, an address that is named as the
other side, and pairs of names and values; what else the message says stays in it.
Trap: lines without a time follow the one before (a stack trace); each is an event with the same
time basis: none. Most such times state no zone.
"""

# ruff: noqa: E501 (a spelling of times stays on one line)

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.event import HOST, TIME, USER, LogSource
from stopa.readers._columns import Layout, Pick, tabulate
from stopa.readers._log_lines import mostly, rows
from stopa.readers._patterned import Table
from stopa.readers._program_messages import PATTERNS, named
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._stamps import written
from stopa.readers._years import MONTHS

CLOCK = r"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
ZONE = r"(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?"
DAY = r"\d{4}[-/.]\d\d[-/.]\d\d|\d{8}(?=-)|\d{1,2}[-/][A-Z][a-z]{2}[-/]\d{4}|\d\d/\d\d/\d{4}|\d\d\.\d\d\.\d{4}"
WEEKDAY = r"(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)? \d{4}"
STAMP = rf"(?:(?:{DAY})[T :_-] ?{CLOCK}{ZONE}|{WEEKDAY})"
HEADER = re.compile(
    rf"(?P<lead>(?:[\w.-]{{1,64}} +(?:\| )?|\d{{9,10}} - )??)\[?(?P<timestamp>{STAMP})\]?(?=[\s|\[\]:,;-]|$)[\s|:,;-]*(?P<message>.*)",
    re.DOTALL,
)
LEVEL = re.compile(
    r"\[?(?P<severity>(?i:trace|debug|info|information|notice|warn|warning|error|err|crit|critical|fatal|severe|alert|emerg))\b ?\]?[:|]?"
)
PARTS = re.compile(
    rf"(?:(?P<y>\d{{4}})[-/.](?P<m>\d\d)[-/.](?P<d>\d\d)|(?P<packed>\d{{8}})|(?P<day>\d{{1,2}})[-/](?P<month>[A-Z][a-z]{{2}})[-/](?P<year>\d{{4}})"
    rf"|(?P<dm>\d\d)\.(?P<mm>\d\d)\.(?P<yy>\d{{4}}))[T :_-] ?(?P<clock>{CLOCK})(?P<zone>{ZONE})"
)
SPOKEN = re.compile(
    r"(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d+)?) (\d{4})"
)
TABLE = Table(LogSource(category="application"), PATTERNS, also=named)


def spelled(stamp: str) -> str | None:
    """Return a stamp as ISO 8601; None where day and month cannot be told apart."""
    if found := SPOKEN.fullmatch(stamp):
        month = MONTHS.get(found[1])
        return f"{found[4]}-{month:02}-{int(found[2]):02}T{found[3]}" if month else None
    found = PARTS.fullmatch(stamp)
    if found is None:
        return None
    given = found.groupdict()
    if given["packed"]:
        packed = given["packed"]
        date = f"{packed[:4]}-{packed[4:6]}-{packed[6:]}"
    elif given["month"]:
        if given["month"] not in MONTHS:
            return None
        date = f"{given['year']}-{MONTHS[given['month']]:02}-{int(given['day']):02}"
    else:
        date = (
            f"{given['y'] or given['yy']}-{given['m'] or given['mm']}-{given['d'] or given['dm']}"
        )
    zone = given["zone"].strip()
    return f"{date}T{given['clock']}{'+00:00' if zone in ('UTC', 'GMT') else zone}"


LAYOUT = Layout(
    TABLE.log,
    (
        (TIME, (Pick("timestamp", written(spelled)),)),
        (HOST, (Pick("host"),)),
        (USER, (Pick("user"), Pick("username"))),
    ),
)


def recognises(head: bytes) -> bool:
    """Recognise a time at the beginning of most lines."""
    return mostly(head, HEADER.fullmatch)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line."""
    return tabulate(source, rows(source, _row))


def _row(line: int, text: str) -> tuple[dict[str, object], Layout]:
    found = HEADER.fullmatch(text)
    if found is None:
        fields = {**TABLE.draw(text), "message": text}
        return fields, LAYOUT
    message = found["message"]
    fields = {"timestamp": found["timestamp"], "message": message}
    if lead := found["lead"].strip(" |-"):
        fields["source"] = lead
    if level := LEVEL.match(message):
        fields["severity"] = level["severity"]
    return {**TABLE.draw(message), **fields}, LAYOUT


READER = Reader("stamped", "Lines with a time", recognises, read, divides=recognises, last=True)
