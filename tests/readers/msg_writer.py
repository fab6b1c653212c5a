"""Outlook messages of our own writing: a compound file, and the storages of a message in it.

Spec: [MS-CFB] and [MS-OXMSG]. A storage is a dictionary of names, a stream is bytes. `scattered`
lays the sectors of the file in another order, as a file that grew over years has them.
"""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Union

import olefile

Storage = Mapping[str, Union[bytes, "Storage"]]

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FIXED = "__properties_version1.0"
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass
class Entry:
    """One entry of the directory."""

    name: str
    kind: int
    content: bytes = b""
    left: int = FREE
    right: int = FREE
    child: int = FREE
    red: bool = False
    start: int = END


@dataclass
class Writing:
    """A file while it is written: entries, sectors, and the table of what follows on what."""

    entries: list[Entry] = field(default_factory=list)
    sectors: list[bytes] = field(default_factory=list)
    table: list[int] = field(default_factory=list)

    def put(self, content: bytes) -> int:
        """Append a chain of sectors; return where it begins."""
        if not content:
            return END
        start, count = len(self.sectors), -(-len(content) // SECTOR)
        for n in range(count):
            self.sectors.append(content[n * SECTOR : (n + 1) * SECTOR].ljust(SECTOR, b"\0"))
            self.table.append(start + n + 1 if n + 1 < count else END)
        return start


def compound_file(tree: Storage, *, scattered: int | None = None) -> bytes:
    """Return a compound file of version 3 that holds the tree; `scattered` seeds the order."""
    made = Writing([Entry("Root Entry", 5)])
    made.entries[0].child = _add(made, tree)
    minis = _put_streams(made)
    mini_start = made.put(_numbers(minis))
    size = -(-len(made.entries) // 4) * SECTOR
    directory = made.put(b"\0" * size)
    order = _order(len(made.sectors), directory, scattered)
    place = {old: new for new, old in enumerate(order)} | {END: END}
    for entry in made.entries:
        if entry.kind != 2 or len(entry.content) >= CUTOFF:
            entry.start = place.get(entry.start, entry.start)
    body = b"".join(map(_entry, made.entries)).ljust(size, b"\0")
    for n in range(size // SECTOR):
        made.sectors[directory + n] = body[n * SECTOR : (n + 1) * SECTOR]
    count = len(order)
    tables = -(-(count + 1) // (SECTOR // 4 - 1))
    assert tables <= 109, "a list of tables outside of the header is not written"
    table = [place[made.table[old]] for old in order] + [TABLE] * tables
    header = MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIII", 0, tables, place[directory], 0, CUTOFF)
    header += struct.pack("<IIII", place[mini_start], -(-len(minis) * 4 // SECTOR), END, 0)
    header += _numbers([*range(count, count + tables)], 109 * 4)
    return header + b"".join(made.sectors[old] for old in order) + _numbers(table, tables * SECTOR)


def with_texts(raw: bytes, changed: Callable[[str], str]) -> bytes:
    """Return a compound file whose streams of UTF-16 text hold another text."""
    tree: dict[str, Any] = {}
    with olefile.OleFileIO(io.BytesIO(raw)) as old:
        for path in old.listdir():
            content, storage = old.openstream(path).read(), tree
            if path[-1].endswith("001F"):
                content = changed(content.decode("utf-16-le")).encode("utf-16-le")
            for name in path[:-1]:
                storage = storage.setdefault(name, {})
            storage[path[-1]] = content
    return compound_file(tree)


def _put_streams(made: Writing) -> list[int]:
    """Place all streams, the small ones together; return the table of small sectors."""
    small, minis = bytearray(), list[int]()
    for entry in made.entries:
        if entry.kind == 2 and 0 < len(entry.content) < CUTOFF:
            entry.start = len(minis)
            count = -(-len(entry.content) // MINI)
            minis += [*range(entry.start + 1, entry.start + count), END]
            small += entry.content.ljust(count * MINI, b"\0")
        elif entry.kind == 2:
            entry.start = made.put(entry.content)
    made.entries[0].start, made.entries[0].content = made.put(bytes(small)), bytes(small)
    return minis


def _order(count: int, directory: int, scattered: int | None) -> list[int]:
    """Return the sectors in the order of the file; the directory's first is what it is known by."""
    order = list(range(count))
    if scattered is not None:
        random.Random(scattered).shuffle(order)  # noqa: S311
        order.sort(key=lambda n: n != directory)
    return order


def _numbers(numbers: list[int], size: int | None = None) -> bytes:
    packed = struct.pack(f"<{len(numbers)}I", *numbers)
    return packed.ljust(size or -(-len(packed) // SECTOR) * SECTOR, b"\xff")


def _add(made: Writing, tree: Storage) -> int:
    """Add what a storage holds as a balanced tree; return its root."""
    numbers = []
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        held = tree[name]
        numbers.append(len(made.entries))
        made.entries.append(Entry(name, 2, held) if isinstance(held, bytes) else Entry(name, 1))
        if not isinstance(held, bytes):
            made.entries[numbers[-1]].child = _add(made, held)
    return _balanced(made, numbers, len(numbers).bit_length())


def _balanced(made: Writing, numbers: list[int], depth: int) -> int:
    if not numbers:
        return FREE
    middle = len(numbers) // 2
    entry = made.entries[numbers[middle]]
    entry.left = _balanced(made, numbers[:middle], depth - 1)
    entry.right = _balanced(made, numbers[middle + 1 :], depth - 1)
    entry.red = depth == 1
    return numbers[middle]


def _entry(entry: Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    size = 0 if entry.kind == 1 else len(entry.content)
    if entry.kind == 1:
        entry.start = 0
    return (
        name.ljust(64, b"\0")
        + struct.pack(
            "<HBBIII", len(name), entry.kind, not entry.red, entry.left, entry.right, entry.child
        )
        + bytes(36)
        + struct.pack("<IQ", entry.start, size)
    )


@dataclass
class Message:
    """What a message is to hold. Properties are given by tag; `fixed` are numbers and times."""

    texts: Mapping[int, str] = field(default_factory=dict)
    narrow: Mapping[int, bytes] = field(default_factory=dict)  # in the message's code page
    binary: Mapping[int, bytes] = field(default_factory=dict)
    fixed: Mapping[int, int | datetime] = field(default_factory=dict)
    recipients: tuple[Message, ...] = ()
    attachments: tuple[Message, ...] = ()
    embedded: Message | None = None  # of an attachment


def message(said: Message) -> Storage:
    """Return the storage of an outermost message."""
    return {**_storage(said, struct.pack("<8xIIII8x", *_counts(said) * 2)), "__nameid_version1.0":
            {"__substg1.0_00020102": b"", "__substg1.0_00030102": b"",
             "__substg1.0_00040102": b""}}  # fmt: skip


def _counts(said: Message) -> tuple[int, int]:
    return len(said.recipients), len(said.attachments)


def _storage(said: Message, before: bytes) -> dict[str, bytes | Storage]:
    streams = {(tag, 0x1F): text.encode("utf-16-le") for tag, text in said.texts.items()}
    streams |= {(tag, 0x1E): body for tag, body in said.narrow.items()}
    streams |= {(tag, 0x102): body for tag, body in said.binary.items()}
    made: dict[str, bytes | Storage] = {
        f"__substg1.0_{tag:04X}{kind:04X}": body for (tag, kind), body in streams.items()
    }
    ends = {0x1F: 2, 0x1E: 1, 0x102: 0}
    rows = [struct.pack("<HHIII", kind, tag, 6, len(body) + ends[kind], 0)
            for (tag, kind), body in streams.items()]  # fmt: skip
    for tag, value in said.fixed.items():
        if isinstance(value, datetime):
            ticks = int((value - EPOCH).total_seconds()) * 10_000_000
            rows.append(struct.pack("<HHIQ", 0x40, tag, 6, ticks))
        else:
            rows.append(struct.pack("<HHIII", 0x3, tag, 6, value, 0))
    for n, one in enumerate(said.recipients):
        made[f"__recip_version1.0_#{n:08X}"] = _storage(one, bytes(8))
    for n, one in enumerate(said.attachments):
        held = _storage(one, bytes(8))
        if one.embedded is not None:
            before_embedded = struct.pack("<8xIIII", *_counts(one.embedded) * 2)
            held["__substg1.0_3701000D"] = _storage(one.embedded, before_embedded)
        made[f"__attach_version1.0_#{n:08X}"] = held
    made[FIXED] = before + b"".join(rows)
    return made


def packed_rtf(rtf: bytes) -> bytes:
    """Return rich text in the packed form of [MS-OXRTFCP], every byte as it is."""
    end = 207 + len(rtf)
    runs = b"".join(b"\0" + rtf[n : n + 8] for n in range(0, len(rtf) - len(rtf) % 8, 8))
    rest = rtf[len(rtf) - len(rtf) % 8 :]
    mark = struct.pack(">H", (end % 4096) << 4)
    runs += bytes((1 << len(rest),)) + rest + mark
    checksum = zlib.crc32(runs, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return struct.pack("<II4sI", len(runs) + 12, len(rtf), b"LZFu", checksum) + runs
