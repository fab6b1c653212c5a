"""Writes TNEF as the specification says, for samples: `python -m tests.readers.tnef_writer`."""

from __future__ import annotations

import struct

from tests.readers.found import DATA

MESSAGE, ATTACHMENT = 1, 2
PROGRAM = b"MZ\x90\x00 no program at all"


def attribute(level: int, number: int, data: bytes) -> bytes:
    """Return an attribute with its sum."""
    return (
        struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    )


def long_name(name: str) -> bytes:
    """Return packed properties: a number, a named property, and the long name of a file."""
    told = name.encode("utf-16-le") + b"\0\0"
    named = (
        struct.pack("<HH16sII", 0x1F, 0x8001, b"g" * 16, 1, 6) + "abc".encode("utf-16-le") + b"\0\0"
    )
    named += struct.pack("<II", 1, 2) + b"x\0" + b"\0\0"
    number = struct.pack("<HHI", 3, 0x3705, 1)
    size = len(told)
    return (
        struct.pack("<I", 3) + number + named
        + struct.pack("<HHII", 0x1F, 0x3707, 1, size) + told + b"\0" * (-size % 4)
    )  # fmt: skip


def winmail() -> bytes:
    """Return a message with two attachments, one of which has a longer name in its properties."""
    date = struct.pack("<7H", 2025, 5, 28, 8, 14, 5, 3)
    name, address = b"Eva Kral\0", b"SMTP:eva@ministry.invalid\0"
    sender = struct.pack("<HHHH", 4, 8 + len(name) + len(address), len(name), len(address))
    return b"".join((
        b"\x78\x9f\x3e\x22", struct.pack("<H", 7),
        attribute(MESSAGE, 0x00089006, struct.pack("<I", 0x10000)),
        attribute(MESSAGE, 0x00069007, struct.pack("<II", 1250, 0)),
        attribute(MESSAGE, 0x00078008, b"IPM.Microsoft Mail.Note\0"),
        attribute(MESSAGE, 0x00018004, "Pl\u00e1ny schůzky\0".encode("cp1250")),
        attribute(MESSAGE, 0x00008000, sender + name + address),
        attribute(MESSAGE, 0x00038005, date),
        attribute(ATTACHMENT, 0x00069002, b"\1\0" + b"\0" * 12),
        attribute(ATTACHMENT, 0x00018010, b"PLANS~1.EXE\0"),
        attribute(ATTACHMENT, 0x0006800F, PROGRAM),
        attribute(ATTACHMENT, 0x00069005, long_name("plans of the ministry.exe")),
        attribute(ATTACHMENT, 0x00069002, b"\1\0" + b"\0" * 12),
        attribute(ATTACHMENT, 0x00018010, b"note.txt\0"),
        attribute(ATTACHMENT, 0x0006800F, b"See you there at eight.\n"),
    ))  # fmt: skip


if __name__ == "__main__":
    (DATA / "tnef" / "attachments" / "input.dat").write_bytes(winmail())
