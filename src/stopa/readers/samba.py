"""Samba's log: what the server says, and each authentication with both sides.

Spec: https://wiki.samba.org/index.php/Setting_up_Audit_Logging
Why: a guessed password on a file share stands here and nowhere else.
Trap: the header of a message (`[2021/10/14 15:24:12,  3] file.c:635(function)`) has its own line,
and its local time no zone; `Auth:` says its own in UTC. User, domain and workstation are what the
client sent: each takes all up to the last place where the rest of the line fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.event import TIME, USER, LogSource
from stopa.readers._columns import Layout, Pick, tabulate
from stopa.readers._log_lines import DRAWN, mostly, rows, told
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._stamps import written
from stopa.readers._years import MONTHS

HEADER = re.compile(
    r"\[(?P<timestamp>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?), {1,4}(?P<severity>\d{1,3})"
    r"(?:, pid=(?P<pid>\d{1,10})[^\]]{0,200})?\] (?P<where>\S{1,200}:\d{1,6}\([\w.]{1,100}\))"
)
AUTH = re.compile(
    r"\s*Auth: \[(?P<service>[^,\]]{0,64}),(?P<description>[^\]]{0,64})\] "
    r"user \[(?P<domain>.{0,256})\]\\\[(?P<user>.{0,256})\] at \[(?P<timestamp>[^\]]{1,64})\] "
    r"with \[(?P<method>[^\]]{0,64})\] status \[(?P<status>[^\]]{1,64})\] "
    r"workstation \[(?P<workstation>.{0,256})\] remote host \[(?P<remote>[^\]]{1,80})\]"
    r"(?: became \[(?P<became>.{0,512})\] \[(?P<sid>[^\]]{0,200})\]\.)?"
    r"(?: mapped to \[(?P<mapped>.{0,512})\]\.)?"
    r" local host \[(?P<local>[^\]]{1,80})\]\s*"
)
SPOKEN = re.compile(
    r"[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d(?:\.\d{1,6})?) ?(\S*)"
)
SIDE = re.compile(r"ipv[46]:(.+):(\d{1,5})")


def spelled(stamp: str) -> str | None:
    """Return a stamp of either shape as ISO 8601; only UTC is a zone that its name tells."""
    found = SPOKEN.fullmatch(stamp)
    if found is None:
        return stamp.replace("/", "-")
    day, name, year, clock, zone = found.groups()
    month = MONTHS.get(name)
    at = "+00:00" if zone in ("UTC", "GMT") else ""
    return f"{year}-{month:02}-{day}T{clock}{at}" if month else None


LAYOUT = Layout(
    LogSource("linux", None, "samba"),
    ((TIME, (Pick("timestamp", written(spelled)),)), (USER, (Pick("user", within="domain"),))),
)


def recognises(head: bytes) -> bool:
    """Recognise authentications, or headers with the place in the program."""
    return mostly(head, AUTH.fullmatch) or (
        HEADER.fullmatch(head.lstrip().split(b"\n", 1)[0][:400].decode("utf-8", "replace").rstrip())
        is not None
    )


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line."""
    return tabulate(source, rows(source, lambda _, text: told(_fields(text), LAYOUT)))


def _fields(text: str) -> dict[str, object]:
    shown = text[:DRAWN]
    found = AUTH.fullmatch(shown) if "Auth: [" in shown[:64] else None
    if found is None:
        header = HEADER.fullmatch(shown.rstrip())
        given = header.groupdict() if header else {}
        return {name: value for name, value in given.items() if value} | {"message": text.strip()}
    fields = {name: value for name, value in found.groupdict().items() if value is not None}
    for side, name in (("remote", "src"), ("local", "dst")):
        if end := SIDE.fullmatch(fields.pop(side)):
            fields |= {f"{name}_ip": end[1], f"{name}_port": end[2]}
    for name in ("became", "mapped"):
        if name in fields:
            fields[name] = fields[name].replace(r"]\[", "\\", 1)
    return {**fields, "event": "authentication", "message": text.strip()}


READER = Reader("samba", "Samba's log", recognises, read)
