"""Compound files: storages and streams in one file, and which bytes each stream lies on.

Spec: https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb/ ([MS-CFB])
Why: libraries hand out what a stream holds; a citation also needs the bytes that it lies on.
Trap: chains of sectors and trees of entries run in circles, meet, and leave the file. A sector
belongs to the first chain that takes it, an entry to the first that names it, so all of it ends.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = struct.Struct("<24xHHHHH10xII4xIIIII")  # versions, order, shifts; where tables begin
HEADER_LENGTH = 512
IN_HEADER = struct.Struct("<109I")  # the first sectors of the table of sectors
ENTRY = struct.Struct("<64sHBxIII36xIQ")
ENTRY_LENGTH = 128
NUMBER = struct.Struct("<I")
SECTOR_SHIFTS = {3: 9, 4: 12}  # by the major version
MINI = 64  # bytes of a small sector
CUTOFF = 4096  # streams below it lie in small sectors
LAST = 0xFFFFFFFA  # sectors have smaller numbers; those from here on mean "end" or "none"
STORAGE, STREAM, ROOT = 1, 2, 5
ENTRIES = 100_000
DEPTH = 64  # storages in storages; two for each message in a message

Path = tuple[str, ...]
Span = tuple[int, int]  # offset and length


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream: its stated size, and the spans of the file that it lies on, in its order."""

    size: int
    spans: tuple[Span, ...]

    def content(self, raw: bytes, limit: int) -> bytes:
        """Return its first bytes, as far as they are there."""
        parts, left = [], limit
        for offset, length in self.spans:
            parts.append(raw[offset : offset + min(length, left)])
            left -= len(parts[-1])
            if left <= 0:
                break
        return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is wrong with the file, and the byte at which that shows."""

    what: str
    offset: int


@dataclass(frozen=True, slots=True)
class Compound:
    """What a file holds; names are in lower case, as [MS-CFB] compares them without it.

    Storages are told with where their entry lies; the root is `()`. `lost` are the stretches of a
    damaged file that nothing leads to any more.
    """

    storages: dict[Path, int] = field(default_factory=dict)
    streams: dict[Path, Stream] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    lost: list[Span] = field(default_factory=list)


def compound(raw: bytes) -> Compound | None:
    """Return what a compound file holds; None where its header is none."""
    if len(raw) < HEADER_LENGTH or not raw.startswith(MAGIC):
        return None
    _, version, order, shift, mini_shift, *_ = HEADER.unpack_from(raw)
    if order != 0xFFFE or SECTOR_SHIFTS.get(version) != shift or mini_shift != 6:
        return None
    return _Opening(raw, 1 << shift).opened()


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    beside: tuple[int, int]
    child: int
    start: int
    size: int
    offset: int


class _Opening:
    """A file while its tables are read."""

    def __init__(self, raw: bytes, size: int) -> None:
        self.raw = raw
        self.size = size
        self.sectors = max(0, -(-len(raw) // size) - 1)  # behind the header
        self.used: set[int] = set()
        self.used_small: set[int] = set()
        self.found = Compound()

    def opened(self) -> Compound:
        """Read table, directory and small sectors, then place every stream."""
        *_, directory, _, minis, _, more, _ = HEADER.unpack_from(self.raw)
        self.table = self._numbers(self._table_sectors(more))
        entries = list(self._entries(self._chain(directory, "directory")))
        self.minis = self._numbers(self._chain(minis, "table of small sectors"))
        if not entries or entries[0].kind != ROOT:
            self._flaw("no root entry", 0)
            return self.found
        self.small = self._chain(entries[0].start, "small sectors")
        self._walk(entries)
        if self.found.flaws:
            unused = [(self._at(n), self.size) for n in range(self.sectors) if n not in self.used]
            self.found.lost.extend(_joined(unused, len(self.raw), len(self.raw)))
        return self.found

    def _table_sectors(self, more: int) -> list[int]:
        """Return where the table of sectors lies: in the header, then in a chain of lists."""
        found = list(IN_HEADER.unpack_from(self.raw, HEADER.size))
        each = self.size // NUMBER.size
        while more < LAST:
            if not self._take(more, "list of tables"):
                break
            *some, more = self._numbers([more])[:each] or (LAST,)
            found += some
        return [n for n in found if n < LAST and self._take(n, "table of sectors")]

    def _take(self, sector: int, whose: str) -> bool:
        """Note a sector as used; say where it is not there or was used before."""
        if sector >= self.sectors:
            self._flaw(f"{whose}: leads behind the end of the file", len(self.raw))
        elif sector in self.used:
            self._flaw(f"{whose}: leads to a sector that is used already", self._at(sector))
        else:
            self.used.add(sector)
            return True
        return False

    def _at(self, sector: int) -> int:
        return (sector + 1) * self.size

    def _numbers(self, sectors: list[int]) -> list[int]:
        """Return the numbers that stand in these sectors."""
        found: list[int] = []
        for sector in sectors:
            part = self.raw[self._at(sector) : self._at(sector) + self.size]
            whole = len(part) - len(part) % NUMBER.size
            found += struct.unpack(f"<{whole // NUMBER.size}I", part[:whole])
        return found

    def _chain(self, start: int, whose: str, most: int | None = None) -> list[int]:
        """Return the sectors of a chain in its order, as far as it is sound."""
        found: list[int] = []
        while start < LAST and len(found) != most:
            if not self._take(start, whose):
                break
            found.append(start)
            start = self.table[start] if start < len(self.table) else LAST
        return found

    def _entries(self, sectors: list[int]) -> Iterator[_Entry]:
        for number, sector in enumerate(sectors):
            if number * self.size >= ENTRIES * ENTRY_LENGTH:
                self._flaw(f"more than {ENTRIES} entries; the rest is not read", self._at(sector))
                return
            for at in range(self._at(sector), self._at(sector) + self.size, ENTRY_LENGTH):
                if at + ENTRY_LENGTH > len(self.raw):
                    return
                name, length, kind, left, right, child, start, size = ENTRY.unpack_from(
                    self.raw, at
                )
                shown = name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
                if self.size < 4096:
                    size &= 0xFFFFFFFF  # the upper half may hold anything in version 3
                yield _Entry(shown, kind, (left, right), child, start, size, at)

    def _walk(self, entries: list[_Entry]) -> None:
        """Name what the tree of entries reaches, and count what it does not."""
        self.found.storages[()] = entries[0].offset
        seen = {0}
        pending: list[tuple[int, Path]] = [(entries[0].child, ())]
        while pending:
            number, path = pending.pop()
            if number >= LAST:
                continue
            if number >= len(entries) or number in seen:
                self._flaw("an entry that leads out of the directory or in a circle", 0)
                continue
            seen.add(number)
            entry = entries[number]
            pending += [(beside, path) for beside in reversed(entry.beside)]
            pending += self._hold(entry, (*path, entry.name))
        lost = [e for n, e in enumerate(entries) if n not in seen and e.kind in (STORAGE, STREAM)]
        if lost:
            what = f"{len(lost)} entries that no storage holds, the first called {lost[0].name!r}"
            self._flaw(f"{what}; not read", lost[0].offset)

    def _hold(self, entry: _Entry, path: Path) -> list[tuple[int, Path]]:
        """Keep a storage or a stream; return what a storage holds."""
        if path in self.found.storages or path in self.found.streams:
            self._flaw(f"a second {entry.name!r} in one storage; not read", entry.offset)
        elif entry.kind == STREAM:
            self.found.streams[path] = self._stream(entry)
        elif entry.kind == STORAGE and len(path) > DEPTH:
            self._flaw(f"more than {DEPTH} storages in one another; not read on", entry.offset)
        elif entry.kind == STORAGE:
            self.found.storages[path] = entry.offset
            return [(entry.child, path)]
        return []

    def _stream(self, entry: _Entry) -> Stream:
        size = min(entry.size, len(self.raw))
        if size < CUTOFF:
            spans = self._small_spans(entry.start, size, entry)
        else:
            chain = self._chain(entry.start, f"stream {entry.name!r}", -(-size // self.size))
            spans = _joined(((self._at(n), self.size) for n in chain), size, len(self.raw))
        there = sum(length for _, length in spans)
        if there < entry.size:
            what = f"stream {entry.name!r}: {there} of {entry.size} bytes are there"
            self._flaw(what, entry.offset)
        return Stream(entry.size, spans)

    def _small_spans(self, number: int, size: int, entry: _Entry) -> tuple[Span, ...]:
        places: list[Span] = []
        while number < LAST and len(places) * MINI < size:
            place, within = divmod(number * MINI, self.size)
            if number in self.used_small or place >= len(self.small):
                what = "leads in a circle" if number in self.used_small else "leads nowhere"
                self._flaw(f"stream {entry.name!r}: its small sectors {what}", entry.offset)
                break
            self.used_small.add(number)
            places.append((self._at(self.small[place]) + within, MINI))
            number = self.minis[number] if number < len(self.minis) else LAST
        return _joined(places, size, len(self.raw))

    def _flaw(self, what: str, offset: int) -> None:
        if len(self.found.flaws) < 100:
            self.found.flaws.append(Flaw(what, min(offset, len(self.raw))))


def _joined(places: Iterator[Span] | list[Span], size: int, end: int) -> tuple[Span, ...]:
    """Make one of spans that adjoin, as many bytes as the stream has and the file holds."""
    found: list[Span] = []
    for offset, length in places:
        taken = max(0, min(length, size, end - offset))
        size -= taken
        if found and sum(found[-1]) == offset:
            found[-1] = (found[-1][0], found[-1][1] + taken)
        elif taken:
            found.append((offset, taken))
    return tuple(found)
