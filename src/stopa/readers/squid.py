"""Access logs of the web proxy Squid in its own format.

Spec: https://wiki.squid-cache.org/Features/LogFormat
Why: fields are called as in W3C logs, which the rules for proxies speak. The `combined` shape is
read with the access logs of web servers.
Trap: the time is that of the end of the request; `duration` is in milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.event import TIME, USER, LogSource
from stopa.readers._columns import Layout, Pick, tabulate
from stopa.readers._log_lines import mostly, rows
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import epoch

RECORD = re.compile(
    r"(?P<time>\d{9,11}\.\d{3}) +(?P<duration>-?\d{1,10}) (?P<client>\S{1,255}) "
    r"(?P<action>[A-Z_]{3,40})/(?P<status>\d{3}) (?P<size>-?\d{1,20}) (?P<method>\S{1,40}) "
    r"(?P<uri>\S+) (?P<user>\S{1,255}) (?P<hierarchy>[A-Z_]{3,40})/(?P<server>\S{1,255})"
    r"(?: (?P<type>\S{1,255}))?(?: (?P<rest>.*))?"
)
HOST = r"(\[[^\]/]{1,64}\]|[^\s/:@?#\[\]]{1,255})"
HOST_AND_PORT = re.compile(rf"{HOST}:\d{{1,5}}$")
ADDRESS = re.compile(rf"[a-z][a-z\d+.-]{{0,15}}://(?:[^\s/@]{{0,255}}@)?{HOST}")
LAYOUT = Layout(
    LogSource("squid", "proxy"),
    ((TIME, (Pick("time", epoch),)), (USER, (Pick("cs-username"),))),
    aliases=(
        ("c-uri", "cs-uri"),
        ("src_ip", "c-ip"),
        ("dst_ip", "r-ip"),
        ("r-dns", "cs-host"),
    ),
)


def recognises(head: bytes) -> bool:
    """Recognise the shape of most lines."""
    return mostly(head, RECORD.fullmatch)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line."""
    return tabulate(source, rows(source, _row))


def _row(line: int, text: str) -> tuple[dict[str, object], Layout]:
    found = RECORD.fullmatch(text)
    fields: dict[str, object] = _fields(found) if found else {"message": text}
    return fields, LAYOUT


def _fields(found: re.Match[str]) -> dict[str, object]:
    uri = found["uri"]
    stem, mark, query = uri.partition("?")
    told = {
        "time": found["time"],
        "duration": found["duration"],
        "c-ip": found["client"],
        "s-action": found["action"],
        "sc-status": found["status"],
        "sc-bytes": found["size"],
        "cs-method": found["method"],
        "cs-uri": uri,
        "c-uri-stem": stem,
        "c-uri-query": query if mark else None,
        "cs-host": _host(uri, found["method"]),
        "cs-username": found["user"],
        "s-hierarchy": found["hierarchy"],
        "r-ip": found["server"],
        "rs(Content-Type)": found["type"],
        "rest": found["rest"],
    }
    return {name: value for name, value in told.items() if value not in (None, "-")}


def _host(uri: str, method: str) -> str | None:
    """Return the server that was asked for; a tunnel's address has no scheme before it."""
    found = HOST_AND_PORT.match(uri) if method == "CONNECT" else ADDRESS.match(uri)
    return found[1].strip("[]").lower() if found else None


READER = Reader("squid", "Squid access log", recognises, read, divides=recognises)
