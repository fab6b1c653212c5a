"""Access logs of web servers: common, combined, with virtual host, and with more behind.

Spec: https://httpd.apache.org/docs/2.4/mod/mod_log_config.html
Spec: https://nginx.org/en/docs/http/ngx_http_log_module.html
Why: Apache, nginx, Tomcat, Traefik and Squid (`combined`) write this shape; fields are called as in
W3C logs, which rules for web servers speak.
Trap: a proxy writes it too. Where most lines end in how the cache answered, it is a proxy's log.
"""

from __future__ import annotations

from collections.abc import Iterator

from stopa.model.event import TIME, USER, LogSource
from stopa.readers._access_lines import (
    USUAL_NAMES,
    access,
    error_instant,
    instant,
    sent_on,
    unusual,
    usual,
)
from stopa.readers._columns import Layout, Pick, tabulate
from stopa.readers._log_lines import Told, mostly, rows, told
from stopa.readers._reader import HEAD, Found, Reader, Source
from stopa.readers._stamps import written

ALIASES = (("cs(User-Agent)", "cs-user-agent"), ("c-useragent", "cs-user-agent"))
PROXIED = (
    *ALIASES,
    ("c-uri", "cs-uri"),
    ("c-uri-stem", "cs-uri-stem"),
    ("c-uri-query", "cs-uri-query"),
)


ENVELOPE = (
    (TIME, (Pick("timestamp", written(lambda stamp: instant(stamp) or error_instant(stamp))),)),
    (USER, (Pick("cs-username"),)),
)
SERVER = Layout(LogSource(category="webserver"), ENVELOPE, aliases=ALIASES)
PROXY = Layout(LogSource(category="proxy"), ENVELOPE, aliases=PROXIED)


def recognises(head: bytes) -> bool:
    """Recognise the shape of most lines."""
    return mostly(head, access)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line."""
    with source.path.open("rb") as file:
        is_proxy = mostly(file.read(HEAD), lambda line: (access(line) or {}).get("s-action"))
    layout = PROXY if is_proxy else SERVER
    return tabulate(source, rows(source, lambda _, text: _row(text, layout)))


def _row(text: str, layout: Layout) -> Told:
    if (said := usual(text)) is not None:
        return USUAL_NAMES, said, layout
    return told(unusual(text) or sent_on(text) or {"message": text}, layout)


READER = Reader("access_log", "Web server access log", recognises, read, divides=recognises)
