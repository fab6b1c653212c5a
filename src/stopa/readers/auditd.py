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
from stopa.readers._audit_fields import ENCODED, arguments, decoded_text, syscall_name
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._lines import Line
from stopa.readers._log_lines import log_lines, mostly
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import epoch

HEAD_OF_RECORD = re.compile(
    r"(?:node=(?P<node>\S{1,255}) )?type=(?P<type>[\w\[\]]{1,64}) "
    r"msg=audit\((?P<time>\d{1,12}\.\d{1,9}):(?P<serial>\d{1,19})\):\s?(?P<rest>.*)",
    re.DOTALL,
)
PAIR = re.compile(r"([A-Za-z_][\w-]{0,63})=(?:\"([^\"]*)\"|'([^']*)'|(\{[^{}]*\}|[^\s\"']*))")
INNER = re.compile(r" ?\bmsg='(.*?)'?(?:\x1d|$)", re.DOTALL)
AVC = re.compile(r"avc: +(?P<verdict>denied|granted) +\{(?P<permission>[^}]*)\} for +(?P<rest>.*)")
ARGUMENT = re.compile(r"a\d{1,6}")
OLD = re.compile(r"\b(old|new) (auid|ses)=")
# Several records of an event have these: they are lists in every event.
LISTED = frozenset(
    [
        "type",
        "item",
        "name",
        "inode",
        "dev",
        "mode",
        "ouid",
        "ogid",
        "rdev",
        "obj",
        "nametype",
        "objtype",
        "OUID",
        "OGID",
    ]
)
LISTED_START = "cap_"
OPEN = 512  # events that wait for records that stand among those of others
JOINED = 4_096  # records of one event; no event has more
JOINED_BYTES = 2**20
UNKNOWN: tuple[object, ...] = ("?", "(null)", "(none)", "")
PEOPLE = ("AUID", "acct", "UID", "auid")
LAYOUT = Layout(
    LogSource("linux", None, "auditd"),
    (
        (TIME, (Pick("time", epoch),)),
        (HOST, (Pick("node"),)),
        (USER, tuple(map(Pick, PEOPLE))),
    ),
)

Fields = dict[str, object]
Key = int | tuple[str | None, ...]  # a line by itself, or node, time and serial of an event


def recognises(head: bytes) -> bool:
    """Recognise the head of most records."""
    return mostly(head, HEAD_OF_RECORD.match)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for the records of one serial."""
    return tabulate(source, _rows(source))


def _rows(source: Source) -> Iterator[Row | Problem | Structure]:
    waiting: OrderedDict[Key, _Event | Row] = OrderedDict()
    for line in log_lines(source):
        if not isinstance(line, Line):
            yield line
        elif (found := HEAD_OF_RECORD.fullmatch(line.text)) is not None:
            event = waiting.get(key := found.group("node", "time", "serial"))
            if isinstance(event, _Event) and event.holds(line):
                yield from event.add(source, line, found)
            else:
                if event is not None:
                    yield _row(waiting.pop(key))
                waiting[key] = _Event(line.offset, line.length, line.number, [found], line.length)
        elif line.raw.strip():
            alone = Row({"message": line.text}, LAYOUT, line.offset, line.length, line.number)
            waiting[line.number] = alone
        else:
            yield Structure(Where(source.sha256, offset=line.offset, length=line.length))
        while len(waiting) > OPEN:
            yield _row(waiting.popitem(last=False)[1])
    yield from map(_row, waiting.values())


@dataclass(slots=True)
class _Event:
    """The records of an event so far; `offset` and `length` are those of the first in a row."""

    offset: int
    length: int
    line: int
    records: list[re.Match[str]]
    size: int

    def holds(self, line: Line) -> bool:
        """Tell whether there is room for another record."""
        return len(self.records) < JOINED and self.size + line.length <= JOINED_BYTES

    def add(self, source: Source, line: Line, found: re.Match[str]) -> Iterator[Structure]:
        """Add a record; where another event's stand before it, its bytes are told as structure."""
        self.records.append(found)
        self.size += line.length
        if self.offset + self.length == line.offset:
            self.length += line.length
        else:
            serial = int(found["serial"]) % 2**63
            place = Where(source.sha256, serial, line.number, line.offset, line.length)
            yield Structure(place)


def _row(event: _Event | Row) -> Row:
    """Return the event that the records make."""
    if isinstance(event, Row):
        return event
    head = event.records[0]
    fields: Fields = {"type": [], "time": head["time"], "serial": head["serial"]}
    if head["node"]:
        fields["node"] = head["node"]
    for found in event.records:
        _put(fields, found["type"], _record(found["type"], found["rest"]))
    _finish(fields)
    serial = int(head["serial"]) % 2**63
    return Row(fields, LAYOUT, event.offset, event.length, event.line, serial)


def _record(kind: str, rest: str) -> Fields:
    """Return the fields of one record; those of its message in quotation marks come first."""
    text, _, enriched = rest.partition("\x1d")
    fields: Fields = {}
    if "msg='" in text and (inner := INNER.search(text)):
        fields |= _pairs(kind, inner[1])
        if not fields and inner[1]:
            fields["message"] = inner[1]
        text = f"{text[: inner.start()]} {text[inner.end() :]}"
    if "avc:" in text and (verdict := AVC.match(text)):
        fields |= {"verdict": verdict["verdict"], "permission": verdict["permission"].strip()}
        text = verdict["rest"]
    told = _pairs(kind, OLD.sub(r"\1-\2=", text) if "old " in text or "new " in text else text)
    if not told and not fields and text.strip():
        told = {"message": text}
    told |= fields
    if enriched:
        told |= _pairs(kind, enriched)
    return told


def _pairs(kind: str, text: str) -> Fields:
    fields: Fields = {}
    is_call = kind == "EXECVE"
    for name, quoted, single, bare in PAIR.findall(text):
        if name not in fields:
            is_text = bare and (is_call or name in ENCODED)
            fields[name] = decoded_text(kind, name, bare) if is_text else quoted or single or bare
    return fields


def _put(fields: Fields, kind: str, record: Fields) -> None:
    """Add a record's fields; what another record has said already goes under the record's name."""
    kinds = fields["type"]
    assert isinstance(kinds, list)  # noqa: S101 (made so above)
    kinds.append(kind)
    if kind == "EXECVE":
        _call_s_own(fields)
        record |= arguments(record)
    for name, value in record.items():
        if name in LISTED or name[:4] == LISTED_START:
            values = fields.get(name)
            if values is None:
                fields[name] = [value]
            elif isinstance(values, list):
                values.append(value)
        elif fields.setdefault(name, value) != value:
            others = fields.setdefault(f"{kind}.{name}", [])
            if isinstance(others, list):
                others.append(value)


def _call_s_own(fields: Fields) -> None:
    """Tell the numbers of the system call from the arguments that follow."""
    for name in [name for name in fields if name[0] == "a" and ARGUMENT.fullmatch(name)]:
        fields[f"SYSCALL.{name}"] = fields.pop(name)


def _finish(fields: Fields) -> None:
    """Name the call, and leave out what is said to be unknown."""
    named = syscall_name(fields)
    if named is not None:
        fields.setdefault("SYSCALL", named)
    for name, value in fields.items():
        if value in UNKNOWN:
            fields[name] = None


READER = Reader("auditd", "Linux audit log", recognises, read)
