"""What Outlook wraps a mail into for other Outlooks: TNEF, known as `winmail.dat`.

Spec: https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxtnef
Why: attachments that lie in it are seen by nobody who does not unpack it, the intruder's too. They
are evidence of their own; what the wrapping says of the message is an event.
Trap: dates in it state no zone. The text of the message is mostly in packed properties, which the
mail around it has as well: they are not read here.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from stopa.model.event import TIME, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._archive import Budget, Flaw, Member
from stopa.readers._attachments import Attached, taken_out
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import stated

MAGIC = b"\x78\x9f\x3e\x22"
START = 6  # bytes: the magic and a key
HEAD = struct.Struct("<BII")  # level, attribute, length; behind the data a sum of two bytes
SUM = struct.Struct("<H")
LIMIT = 256 * 2**20  # bytes of one file that are held
MOST = 10_000  # attributes of one file
MESSAGE, ATTACHMENT = 1, 2
TEXTS = {
    0x00018004: "Subject",
    0x00078008: "Message Class",
    0x00018009: "Message ID",
    0x0002800C: "Body",
}
DATES = {0x00038005: "Date Sent", 0x00038006: "Date Received", 0x00038020: "Date Modified"}
SENDER = 0x00008000
CODE_PAGE = 0x00069007
PAGES = {1200: "utf-16-le", 20127: "ascii", 28592: "iso8859-2"}  # that Python does not number
BEGIN, TITLE, DATA, PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
LONG_NAME = 0x3707  # PidTagAttachLongFilename
FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
ANSI, UNICODE, MANY = 0x1E, 0x1F, 0x1000
AGAIN = "take the mail again from the server"
LAYOUT = Layout(LogSource("mail", "message", "tnef"), ((TIME, (Pick("Date Sent", stated),)),))


class Attribute(NamedTuple):
    """One attribute: of the message or of an attachment, where its data lies, where it ends."""

    level: int
    id: int
    start: int
    length: int
    end: int
    sound: bool


def recognises(head: bytes) -> bool:
    """Recognise the mark at the start, and a first attribute of the message."""
    return head.startswith(MAGIC) and head[START : START + 1] in (b"\1", b"")


def read(source: Source) -> Iterator[Found]:
    """Yield an event for the message; attachments are structure, and evidence of their own."""
    with source.path.open("rb") as file:
        raw = file.read(LIMIT)
    found = list(_attributes(raw))
    held = next((n for n, one in enumerate(found) if one.level == ATTACHMENT), len(found))
    begin = found[held - 1].end if held else 0
    if held:
        row = Row(dict(_fields(raw, found)), LAYOUT, 0, begin)
        yield from tabulate(source, [row])
    for one in found[held:]:
        at, begin = begin, one.end
        yield Structure(Where(source.sha256, offset=at, length=begin - at))
    for number, one in enumerate(found):
        if not one.sound:
            at = 0 if number < held or not number else found[number - 1].end
            where = Where(source.sha256, offset=at, length=0)
            yield Problem("the sum of an attribute does not fit its data", where, AGAIN)
    if source.size > begin:
        where = Where(source.sha256, offset=begin, length=source.size - begin)
        yield Problem("no attribute of the format", where, AGAIN)


def members(path: Path, budget: Budget) -> Iterator[Member | Flaw]:
    """Yield the attachments."""
    with path.open("rb") as file:
        raw = file.read(LIMIT)
    yield from taken_out(_attachments(raw), budget)


def _attributes(raw: bytes) -> Iterator[Attribute]:
    at, count = START, 0
    while at + HEAD.size + SUM.size <= len(raw) and count < MOST and raw.startswith(MAGIC):
        level, number, length = HEAD.unpack_from(raw, at)
        start, end = at + HEAD.size, at + HEAD.size + length + SUM.size
        if level not in (MESSAGE, ATTACHMENT) or end > len(raw):
            return
        (told,) = SUM.unpack_from(raw, end - SUM.size)
        total = int(np.frombuffer(raw, np.uint8, length, start).sum(dtype=np.uint64))
        yield Attribute(level, number, start, length, end, total & 0xFFFF == told)
        at, count = end, count + 1


def _fields(raw: bytes, found: list[Attribute]) -> Iterator[tuple[str, object]]:
    encoding = _encoding(raw, found)
    for one in found:
        data = raw[one.start : one.start + one.length]
        if one.level == MESSAGE and one.id in TEXTS:
            yield TEXTS[one.id], _text(data, encoding)
        elif one.level == MESSAGE and one.id == SENDER and (sender := _sender(data, encoding)):
            yield "From", sender
        elif one.level == MESSAGE and one.id in DATES and len(data) >= 12:
            year, month, day, hour, minute, second = struct.unpack_from("<6H", data)
            date = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
            yield DATES[one.id], date
    names = [one.name for one in _attachments(raw)]
    if names:
        yield "attachment.name", names


def _encoding(raw: bytes, found: list[Attribute]) -> str:
    """Return the code page that the message states, by Python's name; Latin-1 where none is."""
    for one in found:
        if one.id == CODE_PAGE and one.length >= 4:
            (page,) = struct.unpack_from("<I", raw, one.start)
            named = PAGES.get(page, f"cp{page}")
            try:
                return codecs.lookup(named).name
            except LookupError:
                return "latin-1"
    return "latin-1"


def _text(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "backslashreplace").rstrip("\0")


def _sender(data: bytes, encoding: str) -> str:
    """Return `name <address>` of a record of two lengths and two texts."""
    if len(data) < 8:
        return ""
    name, address = struct.unpack_from("<HH", data, 4)
    told = _text(data[8 : 8 + name], encoding)
    where = _text(data[8 + name : 8 + name + address], encoding)
    return f"{told} <{where.removeprefix('SMTP:')}>" if where else told


def _attachments(raw: bytes) -> Iterator[Attached]:
    found = list(_attributes(raw))
    encoding = _encoding(raw, found)
    number, name, data = 0, "", None
    for one in (*found, Attribute(ATTACHMENT, BEGIN, 0, 0, 0, sound=True)):
        told = raw[one.start : one.start + one.length]
        if one.level == ATTACHMENT and one.id == BEGIN:
            if data is not None:
                yield Attached(f"{number}", name, lambda data=data: iter((data,)))  # type: ignore[misc]
            number, name, data = number + 1, "", None
        elif one.level == ATTACHMENT and one.id == TITLE:
            name = name or _text(told, encoding)
        elif one.level == ATTACHMENT and one.id == DATA:
            data = told
        elif one.level == ATTACHMENT and one.id == PROPERTIES:
            name = _long_name(told, encoding) or name


def _long_name(data: bytes, encoding: str) -> str:
    """Return the long name of a file out of packed properties; empty where none is found."""
    try:
        return next(_names(data, encoding), "")
    except struct.error:
        return ""


def _names(data: bytes, encoding: str) -> Iterator[str]:
    (count,), at = struct.unpack_from("<I", data), 4
    for _ in range(min(count, MOST)):
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= 0x8000:  # named: a GUID, then a number or a text
            (is_text, size) = struct.unpack_from("<II", data, at + 16)
            at += 24 + (_padded(size) if is_text else 0)
        values = 1
        if kind & MANY or kind not in FIXED:
            (values,) = struct.unpack_from("<I", data, at)
            at += 4
        if (plain := kind & ~MANY) in FIXED:
            at += FIXED[plain] * values
            continue
        for _ in range(min(values, MOST)):
            (size,) = struct.unpack_from("<I", data, at)
            told, at = data[at + 4 : at + 4 + size], at + 4 + _padded(size)
            if number == LONG_NAME and plain in (ANSI, UNICODE):
                yield _text(told, "utf-16-le" if plain == UNICODE else encoding)


def _padded(size: int) -> int:
    return size + -size % 4


READER = Reader("tnef", "Outlook's wrapping of a mail (TNEF)", recognises, read, members=members)
