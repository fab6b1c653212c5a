"""What somebody typed into a shell, where the shell wrote down when.

Spec: https://www.gnu.org/software/bash/manual/html_node/Bash-History-Facilities.html
Why: a history says what was done by hand. Only with times can it be told from any other text.
Trap: a command may run over several lines; all up to the next time belong to it. Whoever can log in
can also change the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.event import TIME, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._lines import Line, decoded
from stopa.readers._log_lines import log_lines
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import epoch

STAMP = re.compile(rb"#(\d{9,10})")
TIMED = re.compile(rb"(?:#\d{9,10}\r?\n(?!#\d{9,10}\r?\n)[^\n]+(?:\n|$)){2}")
JOINED = 4_096  # lines of one command; none has more
LAYOUT = Layout(
    LogSource("linux", None, "shell_history"),
    ((TIME, (Pick("timestamp", epoch),)),),
    aliases=(("CommandLine", "command"),),
)


def recognises(head: bytes) -> bool:
    """Recognise a time, a command, a time and a command at the start."""
    return TIMED.match(decoded(head).lstrip(b"\r\n")) is not None


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each command."""
    return tabulate(source, _commands(source))


def _commands(source: Source) -> Iterator[Row | Problem | Structure]:
    waiting: list[Line] = []
    for line in log_lines(source):
        starts = not isinstance(line, Line) or STAMP.fullmatch(line.raw.rstrip())
        if waiting and (starts or len(waiting) == JOINED):
            yield _event(waiting)
            waiting = []
        if not isinstance(line, Line):
            yield line
        elif waiting or line.raw.strip():
            waiting.append(line)
        else:
            yield Structure(Where(source.sha256, offset=line.offset, length=line.length))
    if waiting:
        yield _event(waiting)


def _event(lines: list[Line]) -> Row:
    first = lines[0]
    stamp = STAMP.fullmatch(first.raw.rstrip())
    typed = "\n".join(line.text for line in lines[1 if stamp else 0 :])
    fields: dict[str, object] = {"command": typed.rstrip("\n")}
    if stamp:
        fields["timestamp"] = stamp[1].decode()
    return Row(fields, LAYOUT, first.offset, sum(line.length for line in lines), first.number)


READER = Reader("shell_history", "Shell history with times", recognises, read)
