r"""The debug log of the Windows DNS server: each packet that it got or sent.

Spec: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/cc776361(v=ws.10)
Why: rules on name look-ups know the name as `query` and its kind as `record_type`, so the packet's
fields have these names; `(3)www(7)example(3)com(0)` is `www.example.com`.
Trap: times are local without a zone, in the order of the server's country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.event import TIME, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._lines import Line, decoded, lines
from stopa.readers._local_dates import local
from stopa.readers._reader import Found, Reader, Source

WHEN = r"(\d[\d./-]{5,9}\s+\d\d?:\d\d:\d\d(?:\s?[AP]M)?)"
PACKET = re.compile(
    rf"{WHEN}\s+([0-9A-F]{{3,5}})\s+PACKET\s+([0-9A-Fa-f]+)\s+(UDP|TCP)\s+(Rcv|Snd)\s+(\S+)\s+"
    r"([0-9a-fA-F]{4})\s+(R?)\s*(\S)\s+\[([0-9a-fA-F]{4})\s+([A-Z ]*?)\s*(\w+)\]\s+(\w+)\s+(.*)"
)
OTHER = re.compile(rf"{WHEN}\s+([0-9A-F]{{3,5}})\s+(\w+)\s+(.*)")
NAMES = (
    *("DateTime", "ThreadId", "Context", "PacketId", "Protocol", "Direction", "src_ip", "Xid"),
    *("Response", "Opcode", "FlagsHex", "Flags", "ResponseCode", "record_type", "query"),
)
LABEL = re.compile(r"\((\d{1,2})\)")
TITLE = "DNS Server log file creation"
KEY = "Message logging key"
EXPECTED = "details of packets are not read: the line before them is"
LAYOUT = Layout(LogSource("windows", "dns", "dns_debug"), ((TIME, (Pick("DateTime", local),)),))


def recognises(head: bytes) -> bool:
    """Recognise the title, the key to the columns, or a packet."""
    text = decoded(head)[:8192].decode("utf-8", "replace")
    if TITLE in text[:200] or KEY in text[:2000]:
        return True
    return any(PACKET.match(line) for line in text.splitlines()[:20])


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each packet and other record."""
    return tabulate(source, _rows(source))


def _rows(source: Source) -> Iterator[Row | Problem | Structure]:
    begun = False
    for line in lines(source):
        if not isinstance(line, Line):
            yield line
        elif (fields := _fields(line.text)) is not None:
            begun = True
            yield Row(fields, LAYOUT, line.offset, line.length, line.number)
        elif not begun or not line.raw.strip():
            yield Structure(Where(source.sha256, offset=line.offset, length=line.length))
        else:
            yield Problem("no packet", line.where(source), EXPECTED)


def _fields(text: str) -> dict[str, object] | None:
    if found := PACKET.match(text):
        when, thread, *rest = found.groups()
        told = dict(zip(NAMES, (when, thread, "PACKET", *rest), strict=True))
        told["query"] = _name(told["query"] or "")
        return {name: value for name, value in told.items() if value}
    if other := OTHER.match(text):
        names = ("DateTime", "ThreadId", "Context", "Message")
        return dict(zip(names, other.groups(), strict=True))
    return None


def _name(text: str) -> str:
    """Return a name that is written with the length of each label before it."""
    return LABEL.sub(".", text.strip()).strip(".") if LABEL.match(text.strip()) else text.strip()


READER = Reader("windows_dns_debug", "Windows DNS debug log", recognises, read)
