"""Alerts of a sensor, one a line: Suricata's `fast.log` and Snort's `alert_fast`.

Spec: https://docs.suricata.io/en/latest/output/eve/eve-json-output.html (the same alerts as JSON)
Spec: https://docs.snort.org/start/alert_logging
Why: often all that was kept of a sensor. An alert is the sensor's verdict, and no finding of ours
until a rule says so; fields are called as in EVE.
Trap: a date of two digits each is year first or month first according to the sensor: where both
can be read there is no time. Suricata writes the year in four digits, Snort by default none: then
it is the analyst's, counted on from the first alert.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.event import TIME, LogSource
from stopa.readers._columns import Layout, Pick, tabulate
from stopa.readers._log_lines import Told, mostly, rows, told
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._stamps import written
from stopa.readers._yearless import TAKEN, TIMES, WHEN, settled, years_of
from stopa.readers._years import MONTHS, Years

ALERT = re.compile(
    r"(?P<timestamp>\d\d/\d\d(?:/\d{2,4})?-\d\d:\d\d:\d\d(?:\.\d{1,6})?)\s+"
    r"(?:\[(?P<action>[A-Za-z]{1,16})\]\s+)?\[\*\*\]\s+"
    r"\[(?P<gid>\d{1,10}):(?P<sid>\d{1,10}):(?P<rev>\d{1,10})\]\s+(?P<signature>.{0,500}?)\s+"
    r"\[\*\*\]\s+(?:\[Classification: (?P<category>[^\]]{0,200})\]\s+)?"
    r"(?:\[Priority: (?P<severity>\d{1,3})\]\s+)?(?:\{(?P<proto>[^}]{1,32})\}\s+)?"
    r"(?P<src>\S{1,64}) -> (?P<dest>\S{1,64})\s*"
)
PARTS = re.compile(r"(\d\d)/(\d\d)/(\d{2}|\d{4})-(\S+)")
SHORT = re.compile(r"(\d\d)/(\d\d)-(\d\d:\d\d:\d\d(?:\.\d{1,6})?)")
NAMED = tuple(MONTHS)
PORTED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){3}|[\da-fA-F:.]*:[\da-fA-F:.]*?):(\d{1,5})")
PARTS_OF_V6 = 8
NAMES = {
    "action": "alert.action",
    "gid": "alert.gid",
    "sid": "alert.signature_id",
    "rev": "alert.rev",
    "signature": "alert.signature",
    "category": "alert.category",
    "severity": "alert.severity",
}


def spelled(stamp: str) -> str | None:
    """Return a stamp as ISO 8601; None where its date has no year or can be read in two ways."""
    found = PARTS.fullmatch(stamp)
    if found is None:
        return None
    one, two, three, clock = found.groups()
    if len(three) > 2:
        return f"{three}-{one}-{two}T{clock}"
    year_first, month_first = int(two) <= 12, int(one) <= 12
    if year_first and month_first:
        return None
    date = f"{one}-{two}-{three}" if year_first else f"{three}-{one}-{two}"
    return f"20{date}T{clock}"


LOG = LogSource("suricata", None, "alert")
LAYOUT = Layout(LOG, ((TIME, (Pick("timestamp", written(spelled)),)),))
YEARLESS = Layout(LOG, (TIMES,))


def recognises(head: bytes) -> bool:
    """Recognise the shape of most lines."""
    return mostly(head, ALERT.fullmatch)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line."""
    years = years_of(source)
    found = tabulate(source, rows(source, lambda _, text: _row(years, text)))
    return settled(source, years, found)


def divides(head: bytes) -> bool:
    """Tell whether most alerts state their year, so that none has to know the others."""
    return mostly(head, lambda text: ALERT.fullmatch(text) and not SHORT.match(text))


def _row(years: Years, text: str) -> Told:
    fields = _fields(text)
    short = SHORT.fullmatch(str(fields.get("timestamp", "")))
    if short is None:
        return told(fields, LAYOUT)
    if (basis := years.basis) and 0 < int(short[1]) <= len(NAMED):
        stamp = f"{NAMED[int(short[1]) - 1]} {int(short[2])} {short[3]}"
        fields |= {TAKEN: basis, WHEN: years.when(stamp)}
    return told(fields, YEARLESS)


def _fields(text: str) -> dict[str, object]:
    found = ALERT.fullmatch(text)
    if found is None:
        return {"message": text}
    given = {name: value for name, value in found.groupdict().items() if value is not None}
    fields: dict[str, object] = {"event_type": "alert"}
    for side in ("src", "dest"):
        fields |= _end(side, given.pop(side))
    return fields | {NAMES.get(name, name): value for name, value in given.items()}


def _end(side: str, said: str) -> dict[str, object]:
    """Return address and port of one side; an address of eight groups has no port behind it."""
    found = PORTED.fullmatch(said)
    whole = said.count(":") == PARTS_OF_V6 - 1 or "::" in said
    if found is None or (whole and said.count(":") < PARTS_OF_V6):
        return {f"{side}_ip": said}
    return {f"{side}_ip": found[1], f"{side}_port": found[2]}


READER = Reader("ids_alerts", "Alerts of a sensor, one a line", recognises, read, divides=divides)
