"""Logs of Palo Alto's firewalls as lines of comma-separated values: traffic, threat and others.

Spec: https://docs.paloaltonetworks.com/pan-os/11-0/pan-os-admin/monitoring
Trap: times are the device's local time and state no zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stopa.model.event import HOST, TIME, USER, LogSource
from stopa.readers._columns import Layout, Pick, tabulate
from stopa.readers._log_lines import Told, mostly, rows, told
from stopa.readers._paloalto_lines import NAMES, paloalto, paloalto_log
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._stamps import written

RECORD = re.compile(
    rf"[^,]{{0,64}},\d{{4}}/\d\d/\d\d \d\d:\d\d:\d\d,\w{{1,32}},(?:{'|'.join(NAMES)}|\w{{2,24}}),"
)


def recognises(head: bytes) -> bool:
    """Recognise the first columns of most lines."""
    return mostly(head, RECORD.match)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line."""
    return tabulate(source, rows(source, _row))


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


READER = Reader("paloalto", "Palo Alto firewall log", recognises, read, divides=recognises)
