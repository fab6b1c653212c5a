"""Error logs of Apache and nginx.

Spec: https://httpd.apache.org/docs/2.4/logs.html#errorlog
Spec: https://nginx.org/en/docs/ngx_core_module.html#error_log
Trap: neither states a zone: there is a time only if the analyst says in which zone it was written.
"""

from __future__ import annotations

from collections.abc import Iterator

from stopa.model.event import TIME, USER, LogSource
from stopa.readers._access_lines import error, error_instant, sent_on
from stopa.readers._columns import Layout, Pick, tabulate
from stopa.readers._log_lines import Told, mostly, rows, told
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._stamps import written

LAYOUT = Layout(
    LogSource(category="webserver", service="error"),
    ((TIME, (Pick("timestamp", written(error_instant)),)), (USER, (Pick("user"),))),
)


def recognises(head: bytes) -> bool:
    """Recognise the shape of most lines."""
    return mostly(head, error)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line; a line without a head of its own is one by itself."""
    return tabulate(source, rows(source, _row))


def _row(line: int, text: str) -> Told:
    return told(sent_on(text) or {"message": text}, LAYOUT)


READER = Reader("error_log", "Web server error log", recognises, read, divides=recognises)
