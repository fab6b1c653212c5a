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
    COMMAS,
    PAIR,
    fortinet,
    like,
    log_of,
    parted,
)
from stopa.readers._log_lines import Told, mostly, rows
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._rows import Names
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
    lines = Alike(PAIR, like)
    return tabulate(source, rows(source, lambda _, text: _row(lines, text)))


def _is_line(text: str) -> bool:
    fields = fortinet(text) if "=" in text[:64] else {}
    return "type" in fields and not MARKS.isdisjoint(fields)


def _row(lines: Alike, text: str) -> Told:
    if COMMAS.match(text):
        fields = parted(text)
        names, values = tuple(fields), tuple(fields.values())
    else:
        form, values = lines.told(text)
        names = form.names
    kind, parts, named = _places(names)
    if kind is None:
        return named, (text, *values), _layout("")
    layout = _layout(values[kind])
    if not parts:
        return named, values, layout
    day, clock, *zone = [values[part] for part in parts]
    return named, (*values, f"{day}T{clock}{zone[0] if zone else ''}"), layout


@lru_cache(maxsize=128)
def _places(names: Names) -> tuple[int | None, tuple[int, ...], Names]:
    """Return where the type stands; date, time and zone, if the first two do; all names to be."""
    if "type" not in names:
        return None, (), ("message", *names)
    parts = tuple(names.index(name) for name in ("date", "time", "tz") if name in names)
    if not {"date", "time"} <= set(names):
        return names.index("type"), (), names
    return names.index("type"), parts, (*names, WHEN)


@lru_cache(maxsize=64)
def _layout(kind: object) -> Layout:
    times = (Pick("eventtime", by_digits), Pick(WHEN, stated))
    users = tuple(map(Pick, USERS))
    return Layout(
        log_of(str(kind or "")),
        ((TIME, times), (HOST, (Pick("devname"),)), (USER, users)),
        aliases=ALIASES,
    )


READER = Reader("fortinet", "Fortinet firewall log", recognises, read, divides=recognises)
