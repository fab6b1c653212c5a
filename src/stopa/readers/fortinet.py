"""Logs of Fortinet's firewalls as lines of key=value, parted by spaces or by commas.

Spec: https://docs.fortinet.com/document/fortigate/7.4.0/fortios-log-message-reference/
Trap: `date` and `time` are the device's local time; `eventtime` (since 1970, in seconds to
nanoseconds by version) and `tz` tell which instant is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from stopa.model.event import HOST, TIME, USER
from stopa.readers._alike import Alike
from stopa.readers._columns import Layout, Pick, tabulate
from stopa.readers._fortinet_lines import (
    ALIASES,
    BARE,
    COMMAS,
    PAIR,
    PLAIN,
    QUOTED,
    fortinet,
    log_of,
    parted,
)
from stopa.readers._log_lines import Told, mostly, rows
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._rows import Names, Values
from stopa.readers._stamps import by_digits
from stopa.readers._times import stated

MARKS = frozenset(("devname", "devid", "logid", "log_id"))
WHEN = "datetime"
USERS = ("user", "srcuser", "unauthuser")


def recognises(head: bytes) -> bool:
    """Recognise lines that name a device and a log id."""
    return mostly(head, _is_line)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line."""
    lines = Alike(PAIR, quoted=QUOTED, plain=PLAIN, bare=BARE)
    return tabulate(source, rows(source, lambda _, text: _row(*_told(lines, text), text)))


def _is_line(text: str) -> bool:
    fields = fortinet(text) if "=" in text[:64] else {}
    return "type" in fields and not MARKS.isdisjoint(fields)


def _told(lines: Alike, text: str) -> tuple[Names, Values]:
    if COMMAS.match(text):
        fields = parted(text)
        return tuple(fields), tuple(fields.values())
    return lines.told(text)


def _row(names: Names, values: Values, text: str) -> Told:
    kind, parts = _places(names)
    if kind is None:
        return ("message", *names), (text, *values), _layout("")
    if parts:
        day, clock, *zone = [values[part] for part in parts]
        names, values = (*names, WHEN), (*values, f"{day}T{clock}{zone[0] if zone else ''}")
    return names, values, _layout(str(values[kind] or ""))


@lru_cache(maxsize=256)
def _places(names: Names) -> tuple[int | None, tuple[int, ...]]:
    """Return where the type stands; and date, time and zone, if the first two do."""
    kind = names.index("type") if "type" in names else None
    parts = tuple(names.index(name) for name in ("date", "time", "tz") if name in names)
    return kind, parts if {"date", "time"} <= set(names) else ()


@lru_cache(maxsize=64)
def _layout(kind: str) -> Layout:
    times = (Pick("eventtime", by_digits), Pick(WHEN, stated))
    users = tuple(map(Pick, USERS))
    return Layout(
        log_of(kind), ((TIME, times), (HOST, (Pick("devname"),)), (USER, users)), aliases=ALIASES
    )


READER = Reader("fortinet", "Fortinet firewall log", recognises, read, divides=recognises)
