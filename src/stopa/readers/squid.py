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
from stopa.readers._log_lines import Told, mostly, rows, told
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import epoch

SAID = r"(?:-(?= |$)|(\S{1,255}))"  # a word; `-` stands for none
RECORD = re.compile(
    rf"(\d{{9,11}}\.\d{{3}}) +(-?\d{{1,10}}) {SAID} ([A-Z_]{{3,40}})/(\d{{3}}) (-?\d{{1,20}}) "
    rf"(\S{{1,40}}) (\S+) {SAID} ([A-Z_]{{3,40}})/{SAID}(?: {SAID})?(?: (.*))?"
)
NAMES = (
    *("time", "duration", "c-ip", "s-action", "sc-status", "sc-bytes", "cs-method", "cs-uri"),
    *("cs-username", "s-hierarchy", "r-ip", "rs(Content-Type)", "rest"),
    *("c-uri-stem", "c-uri-query", "cs-host"),
)
METHOD, URI = NAMES.index("cs-method"), NAMES.index("cs-uri")
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


def _row(line: int, text: str) -> Told:
    found = RECORD.fullmatch(text)
    if found is None:
        return told({"message": text}, LAYOUT)
    said = found.groups()
    uri: str = said[URI]
    stem, mark, query = uri.partition("?")
    return NAMES, (*said, stem, query if mark else None, _host(uri, said[METHOD])), LAYOUT


def _host(uri: str, method: str) -> str | None:
    """Return the server that was asked for; a tunnel's address has no scheme before it."""
    found = HOST_AND_PORT.match(uri) if method == "CONNECT" else ADDRESS.match(uri)
    return found[1].strip("[]").lower() if found else None


READER = Reader("squid", "Squid access log", recognises, read, divides=recognises)
