"""What Debian's package manager did: which command installed, upgraded or removed what.

Spec: https://manpages.debian.org/bookworm/apt/apt.8.en.html#FILES
Why: tools that an intruder installs are written here, with the command and who asked for it.
Trap: times are the machine's, without zone. A block without its last line was cut off, or the
machine was; it is an event all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.event import TIME, USER, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._lines import Line
from stopa.readers._log_lines import log_lines, mostly
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._stamps import written

FIELD = re.compile(
    r"(Start-Date|End-Date|Commandline|Requested-By|Install|Reinstall|Upgrade|Downgrade|Remove"
    r"|Purge|Error|Comment): (.*)",
    re.DOTALL,
)
FIRST = "Start-Date"
JOINED = 64  # lines of one block; none has more


def spelled(stamp: str) -> str:
    """Return a stamp (`2019-07-10  16:38:08`) as ISO 8601 without zone."""
    return "T".join(stamp.split())


LAYOUT = Layout(
    LogSource("linux", None, "apt"),
    (
        (TIME, (Pick(FIRST, written(spelled)), Pick("End-Date", written(spelled)))),
        (USER, (Pick("Requested-By"),)),
    ),
    aliases=(("CommandLine", "Commandline"),),
)


def recognises(head: bytes) -> bool:
    """Recognise lines that all name one of the fields, the start among them."""
    return b"Start-Date: " in head and mostly(head, FIELD.fullmatch)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each block of lines."""
    return tabulate(source, _blocks(source))


def _blocks(source: Source) -> Iterator[Row | Problem | Structure]:
    waiting: list[tuple[Line, str, str]] = []
    for line in log_lines(source):
        found = FIELD.fullmatch(line.text) if isinstance(line, Line) else None
        if waiting and (found is None or found[1] == FIRST or len(waiting) == JOINED):
            yield _event(waiting)
            waiting = []
        if not isinstance(line, Line):
            yield line
        elif found is not None:
            waiting.append((line, found[1], found[2]))
        elif line.raw.strip():
            yield Row({"message": line.text}, LAYOUT, line.offset, line.length, line.number)
        else:
            yield Structure(Where(source.sha256, offset=line.offset, length=line.length))
    if waiting:
        yield _event(waiting)


def _event(lines: list[tuple[Line, str, str]]) -> Row:
    fields: dict[str, object] = {}
    for _, name, value in lines:
        fields.setdefault(name, value)
    first = lines[0][0]
    length = sum(line.length for line, _, _ in lines)
    return Row(fields, LAYOUT, first.offset, length, first.number)


READER = Reader("apt_history", "History of Debian's packages", recognises, read)
