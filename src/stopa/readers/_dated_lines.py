"""A line that begins with a time, of a program that nobody knows: its time, and what it says.

Spec: https://www.rfc-editor.org/rfc/rfc3339
Why: such lines make up logs of their own, and stand among the lines of other logs.
Trap: `05/06/2025` is two days according to the country. Where both can be read there is no time.
"""

# ruff: noqa: E501 (a spelling of times stays on one line)

from __future__ import annotations

import re
from functools import lru_cache

from stopa.model.event import HOST, TIME, USER, LogSource
from stopa.readers._layout import Layout, Pick
from stopa.readers._log_lines import Told
from stopa.readers._patterned import Table
from stopa.readers._program_messages import PATTERNS, named
from stopa.readers._programs import table_of
from stopa.readers._service_messages import NAMED
from stopa.readers._stamps import written
from stopa.readers._yearless import TAKEN, TIMES, WHEN, when
from stopa.readers._years import MONTHS, Years

LAST_MONTH = 12
CLOCK = r"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
ZONE = r"(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?"
DAY = r"\d{4}[-/.]\d\d[-/.]\d\d|\d{8}(?=-)|\d{1,2}[-/][A-Z][a-z]{2}[-/]\d{4}|\d\d/\d\d/\d{4}|\d\d\.\d\d\.\d{4}"
WEEKDAY = r"(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)? \d{4}"
STAMP = rf"(?:(?:{DAY})[T :_-] ?{CLOCK}{ZONE}|{WEEKDAY})"
YEARLESS = r"[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?! \d{4}\b)"
LEAD = r"(?P<lead>(?:[\w.-]{1,64} +(?:\| )?|\d{9,10} - )??)"
REST = r"\]?(?=[\s|\[\]:,;-]|$)[\s|:,;-]*(?P<message>.*)"
HEADER = re.compile(rf"{LEAD}\[?(?P<timestamp>{STAMP}){REST}", re.DOTALL)
SHORT = re.compile(
    rf"(?P<lead>)(?:\[|(?:[A-Z][a-z]{{2}} ))?(?P<timestamp>{YEARLESS}){REST}", re.DOTALL
)
LEVEL = re.compile(
    r"\[?(?P<severity>(?i:trace|debug|info|information|notice|warn|warning|error|err|crit|critical|fatal|severe|alert|emerg))\b ?\]?[:|]?"
)
PARTS = re.compile(
    rf"(?:(?P<y>\d{{4}})[-/.](?P<m>\d\d)[-/.](?P<d>\d\d)|(?P<packed>\d{{8}})|(?P<day>\d{{1,2}})[-/](?P<month>[A-Z][a-z]{{2}})[-/](?P<year>\d{{4}})"
    rf"|(?P<dm>\d\d)\.(?P<mm>\d\d)\.(?P<yy>\d{{4}})|(?P<one>\d\d)/(?P<two>\d\d)/(?P<y2>\d{{4}}))[T :_-] ?(?P<clock>{CLOCK})(?P<zone>{ZONE})"
)
ISO = re.compile(rf"\d{{4}}-\d\d-\d\d[T ]{CLOCK}(?:Z|[+-]\d\d:?\d\d)?")
SPOKEN = re.compile(
    r"(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d+)?) (\d{4})"
)
CLIENT = re.compile(
    r"(?:[a-z-]{2,32}: )?(?:(?:info|notice|warning|error|critical|debug \d+): )?client (?:@0x[\da-f]+ )?\S+#\d"
)
# Dovecot's own log says how grave a message is behind the name of its process.
DOVECOT = re.compile(
    r"(?P<process>(?:anvil|auth|auth-worker|config|dict|director|doveadm|imap|imap-login|indexer|indexer-worker|lda|lmtp|lmtp-login|log|managesieve|managesieve-login|master|pop3|pop3-login|replicator|ssl-params|stats|submission|submission-login)"
    r"(?:\([^()]{0,256}\))*(?:<[^<>]{0,64}>)*: )(?P<severity>Debug|Info|Warning|Error|Fatal|Panic): "
)
MAILER = table_of("dovecot", "")
TABLE = Table(LogSource(category="application"), PATTERNS, also=named)
NAMES = Table(LogSource("bind", "dns"), NAMED)


def spelled(stamp: str) -> str | None:
    """Return a stamp as ISO 8601; None where day and month cannot be told apart."""
    if ISO.fullmatch(stamp):
        return f"{stamp[:10]}T{stamp[11:]}".replace(",", ".")
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
    elif given["one"]:
        if (parted := _parted(given["one"], given["two"])) is None:
            return None
        date = f"{given['y2']}-{parted}"
    else:
        date = (
            f"{given['y'] or given['yy']}-{given['m'] or given['mm']}-{given['d'] or given['dm']}"
        )
    zone = given["zone"].strip()
    return f"{date}T{given['clock']}{'+00:00' if zone in ('UTC', 'GMT') else zone}"


def dated(years: Years, text: str) -> Told | None:
    """Return what a line tells that begins with a time; None of any other."""
    found = HEADER.fullmatch(text) or SHORT.fullmatch(text)
    return said(years, found) if found else None


def said(years: Years, found: re.Match[str]) -> Told:
    """Return what a line tells, given what its header was found to be."""
    lead, stamp, message = found.group("lead", "timestamp", "message")
    level = mailer = DOVECOT.match(message)
    if mailer:
        table, said = MAILER, mailer["process"] + message[mailer.end() :]
    else:
        table, said, level = (
            NAMES if CLIENT.match(message) else TABLE,
            message,
            LEVEL.match(message),
        )
    names, values = table.told(said)
    names = (*names, "timestamp", "message", "source", "severity")
    values = (*values, stamp, message, lead.strip(" |-") or None, level and level["severity"])
    if found.re is HEADER:
        return names, values, layouts(table.log)[0]
    if basis := years.basis:
        names, values = (*names, TAKEN, WHEN), (*values, basis, when(years, stamp))
    return names, values, layouts(table.log)[1]


@lru_cache(maxsize=16)
def layouts(log: LogSource) -> tuple[Layout, Layout]:
    """Return the layout of events whose stamp states its year, and that of the others."""
    others = ((HOST, (Pick("host"),)), (USER, (Pick("user"), Pick("username"))))
    whole = (TIME, (Pick("timestamp", written(spelled)),))
    return Layout(log, (whole, *others)), Layout(log, (TIMES, *others))


def _parted(one: str, two: str) -> str | None:
    """Return month and day of a date with slashes, where only one order of them is a date."""
    month_first, day_first = int(one) <= LAST_MONTH, int(two) <= LAST_MONTH
    if month_first and day_first and one != two:
        return None
    return f"{one}-{two}" if month_first else f"{two}-{one}"
