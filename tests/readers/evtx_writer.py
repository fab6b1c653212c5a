"""Write small Windows event logs, true to the format: the samples of the EVTX reader.

Spec: https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc
Why: no tool at hand writes EVTX, and no log of a real system may lie in this repository.
Run as `python -m tests.readers.evtx_writer` it writes the samples again, byte for byte.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID
from zlib import crc32

CHUNK = 65_536
HEADER = 512
NAMESPACE = "http://schemas.microsoft.com/win/2004/08/events/event"
SAMPLES = Path(__file__).parents[1] / "data" / "readers" / "evtx"

# Value types of binary XML.
NULL, TEXT, U8, U16, U32, U64, GUID, FILETIME, SID, HEX64, XML, TEXTS = (
    0x00, 0x01, 0x04, 0x06, 0x08, 0x0A, 0x0F, 0x11, 0x13, 0x15, 0x21, 0x81,
)  # fmt: skip
PACKED = {U8: "<B", U16: "<H", U32: "<I", U64: "<Q", HEX64: "<Q", FILETIME: "<Q"}


@dataclass(frozen=True)
class Slot:
    """A place in a template that each event fills with a value of this type."""

    type: int


@dataclass(frozen=True)
class Element:
    """An XML element of a template: attributes and content are text, slots or elements."""

    name: str
    attributes: tuple[tuple[str, str | Slot], ...] = ()
    content: tuple[str | Slot | Element, ...] = ()


@dataclass(frozen=True)
class Filled:
    """A template with the values of one event, in the order of its slots; None leaves one out."""

    template: Element
    values: tuple[object, ...]


@dataclass
class Chunk:
    """A chunk in the making; templates and names are written once and referred to by place."""

    body: bytearray = field(default_factory=lambda: bytearray(HEADER))
    names: dict[str, int] = field(default_factory=dict)
    templates: dict[Element, int] = field(default_factory=dict)
    records: list[tuple[int, int]] = field(default_factory=list)  # offset, record id

    def add(self, number: int, written: datetime, event: Filled) -> None:
        """Append an event as a record."""
        start = len(self.body)
        self.records.append((start, number))
        self.body += struct.pack("<4sIQQ", b"**\0\0", 0, number, filetime(written))
        self.fill(event)
        self.body += b"\0"
        self.body += bytes(-(len(self.body) + 4 - start) % 8)
        size = len(self.body) + 4 - start
        self.body += struct.pack("<I", size)
        struct.pack_into("<I", self.body, start + 4, size)

    def fill(self, event: Filled) -> None:
        """Append a fragment: the template, or where it stands, and the values."""
        self.body += b"\x0f\x01\x01\x00"
        known = self.templates.get(event.template)
        place = known or len(self.body) + 10
        self.body += struct.pack("<BBII", 0x0C, 1, len(self.templates), place)
        if not known:
            self.templates[event.template] = place
            self.define(event.template)
        slots = list(_slots(event.template))
        at = len(self.body) + 4
        self.body += struct.pack("<I", len(slots)) + bytes(4 * len(slots))
        for n, (slot, value) in enumerate(zip(slots, event.values, strict=True)):
            before = len(self.body)
            self.value(slot.type, value)
            kind = NULL if value is None else slot.type
            struct.pack_into("<HBB", self.body, at + 4 * n, len(self.body) - before, kind, 0)

    def define(self, template: Element) -> None:
        """Append the definition of a template."""
        start = len(self.body)
        self.body += struct.pack("<I16sI", 0, UUID(int=len(self.templates)).bytes_le, 0)
        self.body += b"\x0f\x01\x01\x00"
        self.element(template, iter(range(1000)))
        self.body += b"\0"
        struct.pack_into("<I", self.body, start + 20, len(self.body) - start - 24)

    def element(self, element: Element, numbers: object) -> None:
        """Append an element with its attributes and content."""
        self.body += struct.pack("<BH", 0x41 if element.attributes else 0x01, 0xFFFF)
        size_at = len(self.body)
        self.body += bytes(4)
        self.name(element.name)
        if element.attributes:
            list_at = len(self.body)
            self.body += bytes(4)
            for n, (name, value) in enumerate(element.attributes, 1):
                self.body.append(0x46 if n < len(element.attributes) else 0x06)
                self.name(name)
                self.piece(value, numbers)
            struct.pack_into("<I", self.body, list_at, len(self.body) - list_at - 4)
        if element.content:
            self.body.append(0x02)
            for piece in element.content:
                self.piece(piece, numbers)
            self.body.append(0x04)
        else:
            self.body.append(0x03)
        struct.pack_into("<I", self.body, size_at, len(self.body) - size_at - 4)

    def piece(self, piece: str | Slot | Element, numbers: object) -> None:
        """Append text, a slot or an element."""
        if isinstance(piece, Element):
            self.element(piece, numbers)
        elif isinstance(piece, Slot):
            self.body += struct.pack("<BHB", 0x0E, next(numbers), piece.type)  # type: ignore[call-overload]
        else:
            self.body += struct.pack("<BBH", 0x05, TEXT, len(piece)) + piece.encode("utf-16-le")

    def name(self, name: str) -> None:
        """Append a name, or where it stands."""
        if name in self.names:
            self.body += struct.pack("<I", self.names[name])
            return
        place = self.names[name] = len(self.body) + 4
        told = 0
        for character in name:
            told = (told * 65_599 + ord(character)) & 0xFFFFFFFF
        self.body += struct.pack("<IIHH", place, 0, told & 0xFFFF, len(name))
        self.body += name.encode("utf-16-le") + b"\0\0"

    def value(self, kind: int, value: object) -> None:
        """Append a value as its type has it."""
        if value is None:
            return
        if isinstance(value, Filled):
            self.fill(value)
            self.body += b"\0"
        elif isinstance(value, list):
            for text in value:
                self.body += text.encode("utf-16-le") + b"\0\0"
        elif isinstance(value, datetime):
            self.body += struct.pack("<Q", filetime(value))
        elif isinstance(value, UUID):
            self.body += value.bytes_le
        elif isinstance(value, str):
            self.body += sid(value) if kind == SID else value.encode("utf-16-le")
        else:
            self.body += struct.pack(PACKED[kind], value)

    def closed(self) -> bytes:
        """Return the chunk as it lies in the file, header and checksums included."""
        end = len(self.body)
        body = self.body.ljust(CHUNK, b"\0")
        first, last = self.records[0][1], self.records[-1][1]
        numbers = (first, last, first, last, 128, self.records[-1][0], end)
        struct.pack_into("<8sQQQQIII", body, 0, b"ElfChnk\0", *numbers)
        struct.pack_into("<I", body, 52, crc32(body[HEADER:end]))
        struct.pack_into("<I", body, 124, crc32(body[128:HEADER], crc32(body[:120])))
        return bytes(body)


def filetime(time: datetime) -> int:
    """Return a UTC time as 100 ns since 1601."""
    return (time.replace(tzinfo=None) - datetime(1601, 1, 1)) // timedelta(microseconds=1) * 10  # noqa: DTZ001


def sid(text: str) -> bytes:
    """Return a security identifier as bytes."""
    _, revision, authority, *rest = map(int, text.replace("S", "0").split("-"))
    packed = b"".join(struct.pack("<I", number) for number in rest)
    return struct.pack(">BBHI", revision, len(rest), 0, authority) + packed


def log(*chunks: bytes, flags: int = 0, next_record: int = 0) -> bytes:
    """Return a whole log."""
    head = bytearray(4096)
    numbers = (0, len(chunks) - 1, next_record, 128, 1, 3, 4096, len(chunks))
    struct.pack_into("<8sQQQIHHHH", head, 0, b"ElfFile\0", *numbers)
    struct.pack_into("<I", head, 120, flags)
    struct.pack_into("<I", head, 124, crc32(head[:120]))
    return bytes(head) + b"".join(chunks)


def _slots(element: Element) -> list[Slot]:
    found = [value for _, value in element.attributes if isinstance(value, Slot)]
    for piece in element.content:
        if isinstance(piece, Slot):
            found.append(piece)
        elif isinstance(piece, Element):
            found += _slots(piece)
    return found


EVENT = Element(
    "Event",
    (("xmlns", NAMESPACE),),
    (
        Element(
            "System",
            (),
            (
                Element("Provider", (("Name", Slot(TEXT)), ("Guid", Slot(GUID)))),
                Element("EventID", (("Qualifiers", Slot(U16)),), (Slot(U16),)),
                Element("Version", (), (Slot(U8),)),
                Element("Level", (), (Slot(U8),)),
                Element("Keywords", (), (Slot(HEX64),)),
                Element("TimeCreated", (("SystemTime", Slot(FILETIME)),)),
                Element("EventRecordID", (), (Slot(U64),)),
                Element("Execution", (("ProcessID", Slot(U32)), ("ThreadID", Slot(U32)))),
                Element("Channel", (), (Slot(TEXT),)),
                Element("Computer", (), (Slot(TEXT),)),
                Element("Security", (("UserID", Slot(SID)),)),
            ),
        ),
        Slot(XML),
    ),
)
AUDIT = ("Microsoft-Windows-Security-Auditing", UUID("54849625-5478-4994-a5ba-3e3b0328c30d"))
EVENTLOG = ("Microsoft-Windows-Eventlog", UUID("fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148"))
HOST = "ws014.ministry.example"
START = datetime(2025, 5, 28, 8, 15)  # noqa: DTZ001


def named(*fields: tuple[str, int]) -> Element:
    """Return a template of EventData with a name for each value."""
    return Element(
        "EventData",
        (),
        tuple(Element("Data", (("Name", name),), (Slot(kind),)) for name, kind in fields),
    )


PROCESS = named(
    ("SubjectUserSid", SID), ("SubjectUserName", TEXT), ("SubjectDomainName", TEXT),
    ("NewProcessName", TEXT), ("CommandLine", TEXT), ("NewProcessId", HEX64),
)  # fmt: skip
LOGON = named(
    ("SubjectUserName", TEXT), ("SubjectDomainName", TEXT), ("TargetUserName", TEXT),
    ("TargetDomainName", TEXT), ("LogonType", U32), ("IpAddress", TEXT),
)  # fmt: skip
UNNAMED = Element("EventData", (), (Element("Data", (), (Slot(TEXTS),)),))
CLEARED = Element(
    "UserData",
    (),
    (
        Element(
            "LogFileCleared",
            (("xmlns", "http://manifests.microsoft.com/win/2004/08/windows/eventlog"),),
            (
                Element("SubjectUserName", (), (Slot(TEXT),)),
                Element("SubjectDomainName", (), (Slot(TEXT),)),
                Element("Channel", (), (Slot(TEXT),)),
            ),
        ),
    ),
)


def event(
    number: int, provider: tuple[str, UUID | None], id: int, channel: str, data: Filled | None
) -> Filled:
    """Return the event of that record number; one a second."""
    qualifiers, user = (0x4000, None) if provider[1] is None else (None, "S-1-5-18")
    time = START + timedelta(seconds=number)
    values = (*provider, qualifiers, id, 1, 4, 0x8020000000000000, time,
              number, 4, 100 + number, channel, HOST, user, data)  # fmt: skip
    return Filled(EVENT, values)


def process(number: int, command: str) -> Filled:
    """Return an event 4688: a process was started."""
    subject = ("S-1-5-21-1-2-3-1104", "eva.novakova", "MINISTRY")
    image = "C:\\Windows\\System32\\cmd.exe"
    data = Filled(PROCESS, (*subject, image, command, 0x1A2C + number))
    return event(number, AUDIT, 4688, "Security", data)


def logon(number: int, user: str) -> Filled:
    """Return an event 4624: an account was logged on."""
    data = Filled(LOGON, ("-", "-", user, "MINISTRY", 3, "192.0.2.77"))
    return event(number, AUDIT, 4624, "Security", data)


def chunk(first: int, *events: Filled) -> Chunk:
    """Return a chunk that holds the events, numbered from `first` on."""
    made = Chunk()
    for number, one in enumerate(events, first):
        made.add(number, START + timedelta(seconds=number), one)
    return made


def small() -> bytes:
    """Return a sound log: two chunks, each kind of event data, hostile text, unused space."""
    texts = ["agent <script>alert(1)</script>", "", "\u202egpj.exe \x1b[31m", "Žofie 𝄞"]
    first = chunk(
        1,
        process(1, "cmd /c whoami /all"),
        logon(2, "svc-backup"),
        event(3, ("MsiInstaller", None), 1033, "Application", Filled(UNNAMED, (texts,))),
        process(4, "cmd /c nltest /dclist:"),
    )
    cleared = Filled(CLEARED, ("eva.novakova", "MINISTRY", "Security"))
    second = chunk(
        5, event(5, EVENTLOG, 104, "System", cleared), event(6, AUDIT, 4608, "Security", None)
    )
    return log(first.closed(), second.closed(), next_record=7)


def damaged() -> bytes:
    """Return a log with damage of each kind that a record or chunk can have, between sound ones."""
    first = chunk(1, *(process(n, f"cmd /c echo {n}") for n in range(1, 8)))
    body = bytearray(first.closed())
    places = {number: offset for offset, number in first.records}
    body[places[2] + 24 : places[3] - 4] = b"\xff" * (places[3] - places[2] - 28)  # no binary XML
    struct.pack_into("<I", body, places[4] + 4, 7_777_777)  # a size out of bounds
    struct.pack_into("<I", body, places[7] - 4, 0)  # record 6 does not repeat its size
    headless = bytearray(chunk(8, process(8, "cmd /c ver"), logon(9, "eva.novakova")).closed())
    headless[:HEADER] = bytes(HEADER)
    altered = bytearray(chunk(10, process(10, "cmd /c dir C:\\Users")).closed())
    at = altered.find("Users".encode("utf-16-le"))
    altered[at : at + 10] = "Xsers".encode("utf-16-le")  # the checksum tells
    return log(bytes(body), bytes(headless), b"\x5a" * 8192, bytes(altered), next_record=11)


def cut_off() -> bytes:
    """Return a log copied while in use, its last record cut in two."""
    first = chunk(1, process(1, "cmd /c hostname"), process(2, "cmd /c ipconfig /all"))
    body = bytearray(first.closed())
    struct.pack_into("<I", body, 48, first.records[1][0])  # the header is behind the records
    second = chunk(3, process(3, "cmd /c netstat -an"), process(4, "cmd /c tasklist"))
    whole = log(bytes(body), second.closed(), flags=1, next_record=5)
    return whole[: 4096 + CHUNK + second.records[1][0] + 200]


def main() -> None:
    """Write the samples."""
    for write in (small, damaged, cut_off):
        (SAMPLES / write.__name__ / "input.evtx").write_bytes(write())


if __name__ == "__main__":
    main()
