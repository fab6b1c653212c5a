"""A message as Outlook keeps it: properties in storages, recipients and attachments under it.

Spec: https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxmsg/ ([MS-OXMSG]);
https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxprops/ ([MS-OXPROPS])
Why: whatever is built on a message (fields, bodies, attachments) asks for properties by their tags.
Trap: the same property may stand there as Unicode and in a code page; Unicode is taken. Times are
counted from 1601 and may lie anywhere.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from stopa.readers._compound import Compound, Flaw, Path, Stream
from stopa.readers._decoding import CHARSETS, decode

NAME = re.compile(r"__substg1\.0_([0-9a-f]{4})([0-9a-f]{4})")
FIXED = "__properties_version1.0"
RECIPIENT, ATTACHMENT = "__recip_version1.0_#", "__attach_version1.0_#"
EMBEDDED = "__substg1.0_3701000d"
BEFORE_FIXED = {"root": 32, "embedded": 24, "other": 8}  # bytes, [MS-OXMSG] 2.4.1
ENTRY = struct.Struct("<HHI8s")  # type, tag, flags, value
TEXT, TEXT_8, BINARY, INTEGER, TIME = 0x001F, 0x001E, 0x0102, 0x0003, 0x0040
PAGES = {20127: "us-ascii", 20866: "koi8-r", 21866: "koi8-u", 65001: "utf-8", 932: "shift_jis",
         936: "gbk", 949: "euc-kr", 950: "big5", 50220: "iso-2022-jp", 51932: "euc-jp",
         1200: "utf-16le"}  # fmt: skip
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
VALUE_LIMIT = 2**20  # bytes of a property that is no body and no attachment
FIXED_LIMIT = 2**20
MESSAGES = 200
HELD = 2000  # recipients, and attachments, of a message

SUBJECT, HEADERS, CLASS = 0x0037, 0x007D, 0x001A
BODY, HTML, RTF = 0x1000, 0x1013, 0x1009
CODE_PAGE, PAGE_OF_HTML = 0x3FFD, 0x3FDE
CONTENT, LONG_NAME, SHORT_NAME, SHOWN_NAME, MEDIA_TYPE = 0x3701, 0x3707, 0x3704, 0x3001, 0x370E
ADDRESS, SMTP, KIND = 0x3003, 0x39FE, 0x0C15
SUBMITTED, DELIVERED, CREATED, MODIFIED = 0x0039, 0x0E06, 0x3007, 0x3008
NUMBERS = frozenset((CODE_PAGE, PAGE_OF_HTML, KIND, SUBMITTED, DELIVERED, CREATED, MODIFIED))


@dataclass(slots=True)
class Properties:
    """What a storage says: streams by tag and type, and values that the table of it holds."""

    streams: dict[tuple[int, int], Stream] = field(default_factory=dict)
    fixed: dict[tuple[int, int], bytes] = field(default_factory=dict)
    page: str | None = None  # the charset of text that is not Unicode

    def stream(self, tag: int) -> tuple[int, Stream] | None:
        """Return the stream of a property and its type, Unicode before the others."""
        found = ((kind, self.streams.get((tag, kind))) for kind in (TEXT, TEXT_8, BINARY))
        return next(((kind, stream) for kind, stream in found if stream is not None), None)

    def charset(self, kind: int) -> str | None:
        """Return the charset of text of a type."""
        return "utf-16le" if kind == TEXT else self.page

    def text(self, raw: bytes, tag: int) -> str:
        """Return a property as text, empty where there is none."""
        found = self.stream(tag)
        if found is None:
            return ""
        content = found[1].content(raw, VALUE_LIMIT)
        return decode(content, self.charset(found[0])).text.rstrip("\0")

    def number(self, tag: int) -> int | None:
        """Return a property that is a number."""
        value = self.fixed.get((tag, INTEGER))
        return None if value is None else int.from_bytes(value[:4], "little")

    def time(self, tag: int) -> datetime | None:
        """Return a property that is a time."""
        value = self.fixed.get((tag, TIME))
        if not value or not any(value):
            return None
        try:
            return EPOCH + timedelta(microseconds=int.from_bytes(value, "little") // 10)
        except OverflowError:
            return None


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment: its number in the file, what it says, its content where that is a stream."""

    number: str
    properties: Properties
    content: Stream | None

    def name(self, raw: bytes) -> str:
        """Return the name that it is shown with."""
        named = (self.properties.text(raw, tag) for tag in (LONG_NAME, SHORT_NAME, SHOWN_NAME))
        return next(filter(None, named), "")


@dataclass(frozen=True, slots=True)
class Item:
    """A message: `number` is empty for the outermost; `entry` is the byte of its storage's entry.

    `left_out` counts recipients and attachments beyond those that are read.
    """

    number: str
    entry: int
    properties: Properties
    recipients: tuple[Properties, ...]
    attachments: tuple[Attachment, ...]
    left_out: int = 0


def items(raw: bytes, file: Compound) -> list[Item]:
    """Return the message and those in it, the outermost first."""
    held = _held(file)
    said = _properties(raw, file)
    found: list[Item] = []
    pending: list[tuple[str, Path]] = [("", ())] if () in file.storages else []
    while pending and len(found) < MESSAGES:
        number, path = pending.pop(0)
        found.append(_item(raw, file, said, held.get(path, []), number, path))
        pending += [
            (_below(number, storage), (*storage, EMBEDDED))
            for storage in _attachments(held.get(path, []))
            if (*storage, EMBEDDED) in file.storages
        ]
    if pending:
        what = f"{len(pending)} messages in messages more than are read"
        file.flaws.append(Flaw(what, file.storages[pending[0][1]]))
    return found


def _held(file: Compound) -> dict[Path, list[Path]]:
    """Return for each storage the storages in it, by name."""
    held: dict[Path, list[Path]] = {}
    for path in sorted(file.storages):
        held.setdefault(path[:-1], []).append(path)
    return held


def _attachments(held: list[Path]) -> list[Path]:
    return [path for path in held if path and path[-1].startswith(ATTACHMENT)][:HELD]


def _below(number: str, storage: Path) -> str:
    own = storage[-1].removeprefix(ATTACHMENT)
    try:
        shown = str(int(own, 16) + 1)
    except ValueError:
        shown = own
    return f"{number}.{shown}" if number else shown


def _item(
    raw: bytes,
    file: Compound,
    said: dict[Path, Properties],
    held: list[Path],
    number: str,
    path: Path,
) -> Item:
    own = said.get(path, Properties())
    own.page = _page(own.number(CODE_PAGE) or own.number(PAGE_OF_HTML))
    recipients = [p for p in held if p and p[-1].startswith(RECIPIENT)]
    storages = _attachments(held)
    parts = [(_below(number, storage), said.get(storage, Properties())) for storage in storages]
    everything = [said.get(p, Properties()) for p in recipients[:HELD]]
    for properties in (*everything, *(part for _, part in parts)):
        properties.page = own.page
    attached = [
        Attachment(shown, properties, properties.streams.get((CONTENT, BINARY)))
        for (shown, properties), storage in zip(parts, storages, strict=True)
        if (*storage, EMBEDDED) not in file.storages
    ]
    left_out = sum(p[-1].startswith((RECIPIENT, ATTACHMENT)) for p in held if p)
    left_out -= len(everything) + len(parts)
    return Item(number, file.storages[path], own, tuple(everything), tuple(attached), left_out)


def charset_of_html(properties: Properties) -> str | None:
    """Return the charset that a message states for its page."""
    return _page(properties.number(PAGE_OF_HTML)) or properties.page


def _page(number: int | None) -> str | None:
    """Return the label of a Windows code page; None where it is none that mail is in."""
    if number is None:
        return None
    label = PAGES.get(number, f"windows-{number}")
    if 28591 <= number <= 28606:
        label = f"iso-8859-{number - 28590}"
    return label if label in CHARSETS else None


def _properties(raw: bytes, file: Compound) -> dict[Path, Properties]:
    """Return what each storage says."""
    said: dict[Path, Properties] = {}
    for path, stream in file.streams.items():
        mine = said.setdefault(path[:-1], Properties())
        if found := NAME.fullmatch(path[-1]):
            mine.streams[int(found[1], 16), int(found[2], 16)] = stream
        elif path[-1] == FIXED:
            mine.fixed.update(_fixed(stream.content(raw, FIXED_LIMIT), path[:-1]))
    return said


def _fixed(table: bytes, storage: Path) -> Iterator[tuple[tuple[int, int], bytes]]:
    place = "root" if not storage else "embedded" if storage[-1] == EMBEDDED else "other"
    start = BEFORE_FIXED[place]
    whole = (len(table) - start) // ENTRY.size * ENTRY.size
    for kind, tag, _, value in ENTRY.iter_unpack(table[start : start + max(0, whole)]):
        if tag in NUMBERS:  # a hostile table may have millions of others
            yield (tag, kind), value
