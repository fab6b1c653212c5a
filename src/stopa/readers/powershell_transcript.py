r"""PowerShell transcripts: what was typed into a session, and what it printed.

Spec: https://learn.microsoft.com/powershell/module/microsoft.powershell.host/start-transcript
Why: each command is an event, with what the header says of the session. Rules on PowerShell scripts
know its text as `ScriptBlockText`.
Trap: times (`20260302081500`) are local without a zone; a command has one of its own only where the
policy asks for headers (`Command start time:`), else it is that of its session's start. What a
command prints may look like a prompt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from stopa.model.event import HOST, TIME, USER, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._flatten import Column
from stopa.readers._lines import Line, decoded, lines
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import Times, by_value

STARS = re.compile(r"\*{20,}\s*")
START = re.compile(r"\ufeff?\s*\*{20,}\s+(?:\w+ )?PowerShell transcript start", re.IGNORECASE)
BEGUN = re.compile(r"(?:\w+ )?PowerShell transcript (start|end)", re.IGNORECASE)
HEADER = re.compile(r"([A-Z][\w ]{1,40}): ?(.*)")
COMMAND_TIME = re.compile(r"Command start time: (\d{14})")
PROMPT = re.compile(r"(?:\[[^\]]{1,100}\]: )?PS(?: [^>]{1,400})?> ?(.*)|>> (.*)")
LONGEST = 1000  # lines of one command's event; what is printed beyond makes another event


def _compact(texts: Column, zone: tzinfo | None) -> Times:
    """Read `20260302081500`, local time."""
    return by_value(texts, _clock, zone)


def _clock(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip()[:14], "%Y%m%d%H%M%S")  # noqa: DTZ007 - none is stated
    except ValueError:
        return None


LAYOUT = Layout(
    LogSource("windows", "ps_script"),
    (
        (TIME, (Pick("Command start time", _compact), Pick("Start time", _compact))),
        (HOST, (Pick("MachineName"),)),
        (USER, (Pick("RunAs User"), Pick("Username"))),
    ),
    aliases=(("HostApplication", "Host Application"),),
)


@dataclass(slots=True)
class Session:
    """What the header so far says, and the command whose output is being read."""

    header: dict[str, object] = field(default_factory=dict)
    when: str | None = None
    in_header: bool = False
    command: list[str] = field(default_factory=list)
    output: list[str] = field(default_factory=list)
    offset: int = 0
    length: int = 0
    line: int = 0


def recognises(head: bytes) -> bool:
    """Recognise the line of stars and the title at the start."""
    return START.match(decoded(head)[:512].decode("utf-8", "replace")) is not None


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each command; headers and what is printed before them are structure."""
    return tabulate(source, _found(source))


def _found(source: Source) -> Iterator[Row | Problem | Structure]:
    session = Session()
    for line in lines(source):
        if not isinstance(line, Line):
            yield from _ended(session)
            yield line
        elif _is_frame(session, line.text):
            yield from _ended(session)
            yield Structure(Where(source.sha256, offset=line.offset, length=line.length))
        elif (prompt := PROMPT.match(line.text)) and (prompt[1] or prompt[2]):
            if prompt[1] is not None:
                yield from _ended(session)
            _typed(session, prompt[1] or prompt[2], line)
        elif session.command and len(session.output) < LONGEST:
            session.output.append(line.text)
            session.length += line.length
        else:
            yield from _ended(session)
            _typed(session, "", line)
    yield from _ended(session)


def _is_frame(session: Session, text: str) -> bool:
    """Take in what stands between lines of stars; tell whether the line belongs to the format."""
    if STARS.fullmatch(text):
        session.in_header = False
        return True
    if found := BEGUN.match(text):
        session.in_header = True
        session.header, session.when = ({} if found[1].lower() == "start" else session.header), None
        return True
    if found := COMMAND_TIME.match(text):
        session.when = found[1]
        return True
    if not text.strip() and not session.command:
        return True
    if session.in_header and (found := HEADER.match(text)):
        session.header[found[1]] = found[2]
        if found[1] == "Machine":  # PC1 (Microsoft Windows NT 10.0.19045.0)
            session.header["MachineName"] = found[2].partition(" (")[0]
        return True
    return False


def _typed(session: Session, command: str, line: Line) -> None:
    """Begin an event, or go on with the command of the one that was begun."""
    if session.command:
        session.command.append(command)
        session.length += line.length
        return
    session.command = [command]
    session.offset, session.length, session.line = line.offset, line.length, line.number
    if not command:
        session.output = [line.text]


def _ended(session: Session) -> Iterator[Row]:
    if not session.command:
        return
    text = "\n".join(session.command)
    fields: dict[str, object] = {**session.header, "Command start time": session.when}
    fields["ScriptBlockText"] = text or None
    fields["Output"] = "\n".join(session.output).strip() or None
    yield Row(fields, LAYOUT, session.offset, session.length, session.line)
    session.command, session.output = [], []


READER = Reader("powershell_transcript", "PowerShell transcript", recognises, read)
