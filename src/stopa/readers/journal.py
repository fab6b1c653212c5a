"""The systemd journal as `journalctl` exports it: binary-safe export, and JSON.

Spec: https://systemd.io/JOURNAL_EXPORT_FORMATS/
Spec: https://www.freedesktop.org/software/systemd/man/latest/systemd.journal-fields.html
Why: a line of syslog and its journal entry are one event, so messages are drawn from by the same
tables and belong to the same logs.
Trap: a field with line feeds or bytes that are no text is written as name, eight bytes of length,
and the value; in JSON it is a list of numbers. Fields may be repeated: they are lists then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import BinaryIO

from stopa.model.event import HOST, TIME, USER, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Layout, Pick, Row, Rows, tabulate
from stopa.readers._json import Values, first_object, holds_an_object_a_line, value_blocks
from stopa.readers._json_value import Value
from stopa.readers._programs import table_of
from stopa.readers._reader import HEAD, Found, Reader, Source
from stopa.readers._rows import side_by_side
from stopa.readers._stamps import by_digits

TIMES = ("_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP")
FIELD = re.compile(rb"[A-Z_][A-Z0-9_]{0,63}")
ENTRY_LIMIT = 16 * 2**20  # bytes of one entry; a longer one is no entry
VALUE_LIMIT = 8 * 2**20  # bytes of one value
EXPECTED = "one JSON object an entry is expected: was the export changed?"


def recognises(head: bytes) -> bool:
    """Recognise the fields that begin each entry, or an object that has them."""
    if head.lstrip(b"\n").startswith((b"__CURSOR=", b"__REALTIME_TIMESTAMP=")):
        return True
    first = first_object(head)
    return first is not None and "__REALTIME_TIMESTAMP" in first


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each entry."""
    with source.path.open("rb") as file:
        is_json = file.read(HEAD).lstrip()[:1] in (b"{", b"[")
    if is_json:
        return tabulate(source, _objects(source))
    return tabulate(source, _entries(source))


def _objects(source: Source) -> Iterator[Rows | Row | Problem | Structure]:
    for found in value_blocks(source):
        if isinstance(found, Values):
            yield from side_by_side(_object(source, value) for value in found.each())
        elif isinstance(found, Value):
            yield _object(source, found)
        else:
            yield found


def _object(source: Source, found: Value) -> Row | Problem:
    data, offset, length, line = found
    if not isinstance(data, dict):
        return Problem("not an entry: no JSON object", found.where(source.sha256), EXPECTED)
    fields = data
    if list in map(type, data.values()):
        fields = {name: _text(value) for name, value in data.items()}
    return _row(fields, offset, length, line)


def _text(value: object) -> object:
    """Return a value as text: a list of small numbers is bytes that JSON cannot hold as text."""
    if isinstance(value, list) and value and all(type(e) is int and 0 <= e < 256 for e in value):
        return bytes(value).decode("utf-8", "backslashreplace")
    return value


def _entries(source: Source) -> Iterator[Row | Problem | Structure]:
    with source.path.open("rb") as file:
        while True:
            start = file.tell()
            fields, defect = _entry(file)
            length = file.tell() - start
            if not length:
                return
            where = Where(source.sha256, offset=start, length=length)
            if defect:
                yield Problem(defect, where, "cut off, or changed on its way?")
            elif fields:
                yield _row(fields, start, length, None)
            else:
                yield Structure(where)


def _entry(file: BinaryIO) -> tuple[dict[str, object], str]:
    """Read up to the blank line that ends an entry; a defect says why it is none."""
    fields: dict[str, object] = {}
    start, defect = file.tell(), ""
    while line := file.readline(VALUE_LIMIT):
        if line == b"\n":
            break
        name, mark, value = line.rstrip(b"\n").partition(b"=")
        if not mark and FIELD.fullmatch(name):
            told = _sized(file)
            if told is None:
                return fields, "a value ends early"
            value = told
        elif FIELD.fullmatch(name) is None:
            defect = defect or "a line that is no field"
            continue
        _put(fields, name.decode("ascii"), value.decode("utf-8", "backslashreplace"))
        if file.tell() - start > ENTRY_LIMIT:
            return fields, f"an entry of more than {ENTRY_LIMIT} bytes"
    return fields, defect


def _sized(file: BinaryIO) -> bytes | None:
    size = int.from_bytes(file.read(8), "little")
    if size > VALUE_LIMIT:
        return None
    value = file.read(size)
    return value if len(value) == size and file.read(1) == b"\n" else None


def _put(fields: dict[str, object], name: str, value: str) -> None:
    before = fields.get(name)
    if before is None:
        fields[name] = value
    else:
        fields[name] = [*(before if isinstance(before, list) else [before]), value]


def _row(fields: Mapping[str, object], offset: int, length: int, line: int | None) -> Row:
    message = fields.get("MESSAGE")
    text = message if isinstance(message, str) else ""
    program = str(fields.get("SYSLOG_IDENTIFIER") or fields.get("_COMM") or "")
    table = table_of(program, text)
    drawn = table.draw(text)
    log = table.log_of(drawn) if table.log_of else table.log
    layout = _layout(log, (*table.aliases, ("message", "MESSAGE")))
    return Row({**drawn, **fields}, layout, offset, length, line)


@lru_cache(maxsize=512)
def _layout(log: LogSource, aliases: tuple[tuple[str, str], ...]) -> Layout:
    return Layout(
        log,
        (
            (TIME, tuple(Pick(name, by_digits) for name in TIMES)),
            (HOST, (Pick("_HOSTNAME"),)),
            (USER, (Pick("user"), Pick("_UID"))),
        ),
        aliases=aliases,
    )


READER = Reader(
    "journal", "systemd journal export", recognises, read, divides=holds_an_object_a_line
)
