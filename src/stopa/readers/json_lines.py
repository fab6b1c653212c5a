"""Objects of JSON of any kind as events, one a line or one after another. Only when asked for.

Spec: https://jsonlines.org
Trap: half of all logs are JSON, so this reader is used only when asked for: a log with a reader
of its own would lose its time, host and log source here. A time is read from the first well-known
field that holds one, and only where the text says its zone.
"""

from __future__ import annotations

from collections.abc import Iterator

from stopa.model.event import HOST, TIME, USER, LogSource
from stopa.model.evidence import Problem, Structure
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._json import first_object, holds_an_object_a_line, values
from stopa.readers._json_value import Value
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import stated

EXPECTED = "one JSON object a record is expected: was the export changed?"
TIMES = ("@timestamp", "timestamp", "time", "ts", "eventTime", "TimeGenerated", "datetime", "date")
HOSTS = ("host", "host.name", "hostname", "Hostname", "computer", "Computer")
USERS = ("user", "user.name", "username", "User", "account")
LAYOUT = Layout(
    LogSource(),
    (
        (TIME, tuple(Pick(name, stated) for name in TIMES)),
        (HOST, tuple(map(Pick, HOSTS))),
        (USER, tuple(map(Pick, USERS))),
    ),
)


def recognises(head: bytes) -> bool:
    """Tell whether the file holds JSON objects."""
    return first_object(head) is not None


def read(source: Source) -> Iterator[Found]:
    """Yield every object as an event; other values are problems."""
    return tabulate(source, (_row(source, found) for found in values(source)))


def _row(source: Source, found: Value | Problem | Structure) -> Row | Problem | Structure:
    if not isinstance(found, Value):
        return found
    data, offset, length, line = found
    if isinstance(data, dict):
        return Row(data, LAYOUT, offset, length, line)
    return Problem("not an object", found.where(source.sha256), EXPECTED)


READER = Reader(
    "json_lines",
    "JSON lines",
    recognises,
    read,
    on_request=True,
    divides=holds_an_object_a_line,
)
