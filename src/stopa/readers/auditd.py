r"""Linux audit logs: the records of one event, which share a serial number, joined.

Spec: https://github.com/linux-audit/audit-documentation/wiki/SPEC-Audit-Event-Formatting
Spec: https://man7.org/linux/man-pages/man8/auditd.8.html
Why: one call of `execve` is five records (SYSCALL, EXECVE, CWD, PATH, PROCTITLE); only together do
they say who ran what. `type`, and what each PATH says, are lists. `cmdline` are the arguments in
one text, `proctitle` is decoded. Names that an enriched log appends (`AUID="root"`) are kept.
Trap: a value without quotation marks that is hexadecimal is text of which some is no plain
character, but only in fields that may hold such text. Records of several events may stand mixed:
an event waits for its records while so many others begin. It cites those that stand together first;
the bytes of the others are structure, with its serial as `record`.
Trap: `a0` is a number in SYSCALL and an argument in EXECVE; with both, numbers are `SYSCALL.a0`.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

from stopa.model.event import HOST, TIME, USER, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._audit_events import HEAD, NODE_HEAD, Events
from stopa.readers._audit_records import Records
from stopa.readers._columns import Layout, Pick, Shapes, tabulate
from stopa.readers._log_lines import PART, mostly, text_lines
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._rows import Names
from stopa.readers._times import epoch

HEAD_OF_RECORD = re.compile(
    r"(?:node=(\S{1,255}) )?type=([\w\[\]]{1,64}) "
    r"msg=audit\((\d{1,12}\.\d{1,9}):(\d{1,19})\):\s?"
)
BLANK = " \t\n\r\v\f"
OPEN, OPEN_BYTES = 512, 4 * 2**20  # events that wait for records among those of others
JOINED = 4_096  # records of one event; no event has more
JOINED_BYTES = 2**20
PART_BYTES = 4 * 2**20  # of events that are handed on at a time
ONE: Names = ("message",)  # what a line says that is no record
PEOPLE = ("AUID", "acct", "UID", "auid")
LAYOUT = Layout(
    LogSource("linux", None, "auditd"),
    (
        (TIME, (Pick("time", epoch),)),
        (HOST, (Pick("node"),)),
        (USER, tuple(map(Pick, PEOPLE))),
    ),
)

Head = tuple[str, str, str | None]  # time, serial and node of an event


def recognises(head: bytes) -> bool:
    """Recognise the head of most records."""
    return mostly(head, HEAD_OF_RECORD.match)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for the records of one serial."""
    return tabulate(source, _rows(source))


def _rows(source: Source) -> Iterator[Shapes | Problem | Structure]:
    reading = _Reading(source)
    for found in text_lines(source):
        if not isinstance(found, tuple):
            yield found
        elif found[3].strip(BLANK):
            if (apart := reading.add(*found)) is not None:
                yield apart
            if len(reading.done) >= PART or reading.size >= PART_BYTES:
                yield reading.taken()
        else:
            _, offset, length, _ = found
            yield Structure(Where(source.sha256, offset=offset, length=length))
    reading.close()
    if len(reading.done):
        yield reading.taken()


@dataclass(slots=True)
class _Event:
    """The records of an event so far; `offset` and `length` are those of the first in a row."""

    offset: int
    length: int
    line: int
    size: int
    serial: int | None
    values: list[object]
    key: list[object]


class _Reading:
    """Joins records, line by line; what is no record is an event by itself.

    `size` are the bytes of the events that are done.
    """

    def __init__(self, source: Source) -> None:
        self.done = Shapes(LAYOUT)
        self.size = 0
        self._source = source
        self._records = Records()
        self._events = Events()
        self._waiting: OrderedDict[Head | int, _Event] = OrderedDict()
        self._held = 0  # bytes of the events that wait

    def add(self, line: int, offset: int, length: int, text: str) -> Structure | None:
        """Read a line; return it where it stands apart from others of its event."""
        apart = None
        head = HEAD_OF_RECORD.match(text)
        if head is None:
            self._waiting[line] = _Event(offset, length, line, length, None, [text], [])
        else:
            node, kind, time, serial = head.groups()
            event = self._event((time, serial, node), line, offset, length)
            forms, values = self._records.told(kind, text[head.end() :])
            event.key += (kind, forms)
            event.values += (kind, *values)
            event.size += length
            if event.offset + event.length == offset:
                event.length += length
            else:
                apart = Structure(Where(self._source.sha256, event.serial, line, offset, length))
        self._held += length
        while len(self._waiting) > OPEN or self._held > OPEN_BYTES:
            self._finish(self._waiting.popitem(last=False)[1])
        return apart

    def close(self) -> None:
        """Finish the events that wait."""
        for event in self._waiting.values():
            self._finish(event)

    def taken(self) -> Shapes:
        """Return the events that are done, and forget them."""
        done, self.done, self.size = self.done, Shapes(LAYOUT), 0
        return done

    def _event(self, key: Head, line: int, offset: int, length: int) -> _Event:
        """Return the event that a record belongs to; a new one where that has no room for it."""
        known = self._waiting.get(key)
        if known is not None:
            if len(known.key) < 2 * JOINED and known.size + length <= JOINED_BYTES:
                return known
            self._finish(self._waiting.pop(key))
        time, serial, node = key
        values: list[object] = [*key] if node else [time, serial]
        names = NODE_HEAD if node else HEAD
        event = _Event(offset, 0, line, 0, int(serial) % 2**63, values, [names])
        self._waiting[key] = event
        return event

    def _finish(self, event: _Event) -> None:
        self._held -= event.size
        self.size += event.size
        if event.key:
            names, values = self._events.told(tuple(event.key), event.values)
        else:
            names, values = ONE, tuple(event.values)
        self.done.add(
            names,
            values,
            offset=event.offset,
            length=event.length,
            line=event.line,
            record=event.serial,
        )


READER = Reader("auditd", "Linux audit log", recognises, read)
