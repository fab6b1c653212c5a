r"""Linux audit logs: the records of one event, which share a serial number, joined.

Spec: https://github.com/linux-audit/audit-documentation/wiki/SPEC-Audit-Event-Formatting
Spec: https://man7.org/linux/man-pages/man8/auditd.8.html
Why: one call of `execve` is five records (SYSCALL, EXECVE, CWD, PATH, PROCTITLE); only together do
they say who ran what. `type`, and what each PATH says, are lists. `cmdline` are the arguments in
one text, `proctitle` is decoded. Names that an enriched log appends (`AUID="root"`) are kept.
Trap: a value without quotation marks that is hexadecimal is text of which some is no plain
character, but only in fields that may hold such text. Records of two events may stand mixed: what
follows later is an event of its own with the same serial (`_record`) and with what came first.
Trap: `a0` is a number in SYSCALL and an argument in EXECVE; with both, numbers are `SYSCALL.a0`.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator

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
REMEMBERED = 512  # events whose later records are still known as theirs
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


def recognises(head: bytes) -> bool:
    """Recognise the head of most records."""
    return mostly(head, HEAD_OF_RECORD.match)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for the records of one serial that stand together."""
    return tabulate(source, _rows(source))


def _rows(source: Source) -> Iterator[Row | Problem | Structure]:
    waiting: list[tuple[Line, re.Match[str]]] = []
    seen: OrderedDict[str, Fields] = OrderedDict()
    size = 0
    for line in log_lines(source):
        found = HEAD_OF_RECORD.fullmatch(line.text) if isinstance(line, Line) else None
        if waiting and (found is None or not _belongs(waiting, found, size)):
            yield _joined(waiting, seen)
            waiting, size = [], 0
        if not isinstance(line, Line):
            yield line
        elif found is not None:
            waiting.append((line, found))
            size += line.length
        elif line.raw.strip():
            yield Row({"message": line.text}, LAYOUT, line.offset, line.length, line.number)
        else:
            yield Structure(Where(source.sha256, offset=line.offset, length=line.length))
    if waiting:
        yield _joined(waiting, seen)


def _belongs(waiting: list[tuple[Line, re.Match[str]]], found: re.Match[str], size: int) -> bool:
    last = waiting[-1][1]
    return (
        found["serial"] == last["serial"]
        and found["time"] == last["time"]
        and found["node"] == last["node"]
        and len(waiting) < JOINED
        and size < JOINED_BYTES
    )


def _joined(waiting: list[tuple[Line, re.Match[str]]], seen: OrderedDict[str, Fields]) -> Row:
    first, head = waiting[0]
    fields: Fields = {"type": [], "time": head["time"], "serial": head["serial"]}
    if head["node"]:
        fields["node"] = head["node"]
    for _, found in waiting:
        _put(fields, found["type"], _record(found["type"], found["rest"]))
    _finish(fields)
    key = f"{head['node']} {head['time']}:{head['serial']}"
    if (before := seen.get(key)) is not None:
        said = {name: value for name, value in before.items() if not isinstance(value, list)}
        if any(found["type"] == "EXECVE" for _, found in waiting):
            _call_s_own(said)
        fields = {**said, **fields}
    seen[key] = fields
    if len(seen) > REMEMBERED:
        seen.popitem(last=False)
    length = sum(line.length for line, _ in waiting)
    serial = int(head["serial"])
    return Row(fields, LAYOUT, first.offset, length, first.number, serial % 2**63)


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
