"""A chunk of a Windows event log: where its records stand, and what of it is damaged.

Spec: https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc
Why: 64 KiB hold a header and records one after another; each record says its size before and after
its data, so the next sound one can be found again after damage.
Trap: behind the last record lie remains of older ones, whole records among them. The header says
where the log ends; in a log copied while in use it may say so too early, and the numbers of the
records tell which follow on.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import NamedTuple
from zlib import crc32

CHUNK = 65_536
HEADER = 512  # the chunk's header, 128 bytes, and its tables of strings and templates
MAGIC = b"ElfChnk\0"
RECORD_MAGIC = b"**\0\0"

# magic, first and last number, first and last id, header size, last record, end of records, sum
CHUNK_HEADER = struct.Struct("<8sQQQQIIII")
SUMS = slice(120, 128)  # flags, checksum of the header
RECORD_HEADER = struct.Struct("<4sIQQ")  # magic, size, id, time written (FILETIME)
SIZE = struct.Struct("<I")
NUMBER = struct.Struct("<Q")
SMALLEST = RECORD_HEADER.size + SIZE.size
LARGEST_ID = 2**63 - 1


class Record(NamedTuple):
    """A record: its place in the chunk in bytes, the id it carries, and whether it is whole."""

    offset: int
    size: int
    id: int
    whole: bool = True


class Rest(NamedTuple):
    """Bytes of the chunk that are no record; `what` is wrong with them, or nothing."""

    offset: int
    size: int
    what: str = ""


@dataclass(slots=True)
class Chunk:
    """The records and the other bytes of a chunk, which is `size` bytes long.

    It is sound if whole records stand one behind another up to where the header says.
    """

    size: int
    is_sound: bool = False
    records: list[Record] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)


def walk(block: bytes, *, in_use: bool, summed: bool) -> Chunk:
    """Find the records of a chunk, `block` being the bytes from its start on, at most `CHUNK`.

    `in_use` says that the log was copied while open: checksums are then behind. `summed` is false
    where the log keeps none. The chunk found is shorter than the block where another starts in it.
    """
    if len(block) < HEADER:
        return Chunk(len(block), rests=[Rest(0, len(block), "chunk cut off in its header")])
    sound = block.startswith(MAGIC)
    end = CHUNK_HEADER.unpack_from(block)[7]
    known = sound and HEADER <= end <= CHUNK
    wrong = _wrong_sums(block, end if known else HEADER) if summed and not in_use else ""
    if not known:
        wrong = "chunk header damaged"
    chunk = Chunk(len(block))
    chunk.rests.append(Rest(0, HEADER, wrong))
    if known and (records := _sound_records(block, end)):
        chunk.records, chunk.is_sound, told = records, True, end
    else:
        told = _walk_records(block, chunk, end if known else CHUNK)
    chunk.size = _next_chunk(block, told, chunk.size)
    _rest(block, chunk, told, end if known else None)
    return chunk


def plain(block: bytes, chunk: Chunk) -> bytes:
    """Return a chunk as it is, without its tables; the parser stops at the id of the last record.

    It may stop at another record of this id, or read less: what it told has to be counted.
    """
    last = chunk.records[-1]
    end = last.offset + last.size
    first = chunk.records[0].id
    head = CHUNK_HEADER.pack(MAGIC, first, last.id, first, last.id, 128, last.offset, end, 0)
    return b"".join((head.ljust(HEADER, b"\0"), block[HEADER:end], bytes(CHUNK - end)))


def mended(block: bytes, chunk: Chunk) -> bytes:
    """Return the chunk as the parser wants it: no damage, no tables, records numbered from 1.

    Records keep their places, since they refer to each other by them; what is damaged between them
    becomes an empty record of number 0, or, where too short for one, the tail of the one before.
    """
    made = bytearray(CHUNK)
    count = len(chunk.records)
    last = chunk.records[-1]
    end = last.offset + last.size
    CHUNK_HEADER.pack_into(made, 0, MAGIC, 1, count, 1, count, 128, last.offset, end, 0)
    made[HEADER:end] = block[HEADER:end]
    before, sound = 0, HEADER
    for number, (offset, size, *_) in enumerate(chunk.records, 1):
        if offset - sound >= SMALLEST:
            made[sound:offset] = bytes(offset - sound)
            RECORD_HEADER.pack_into(made, sound, RECORD_MAGIC, offset - sound, 0, 0)
            SIZE.pack_into(made, offset - SIZE.size, offset - sound)
        elif offset > sound:
            SIZE.pack_into(made, before + 4, offset - before)
        NUMBER.pack_into(made, offset + 8, number)
        before, sound = offset, offset + size
    return bytes(made)


def _wrong_sums(block: bytes, end: int) -> str:
    records_sum = SIZE.unpack_from(block, CHUNK_HEADER.size - SIZE.size)[0]
    header_sum = SIZE.unpack_from(block, SUMS.stop - SIZE.size)[0]
    if crc32(block[128:HEADER], crc32(block[: SUMS.start])) != header_sum:
        return "chunk header does not fit its checksum"
    if len(block) >= end and crc32(block[HEADER:end]) != records_sum:
        return "records do not fit the checksum of their chunk: damaged or altered"
    return ""


def _sound_records(block: bytes, end: int) -> list[Record] | None:
    """Return the records if they fill the chunk to its end, whole, and no newer is behind it."""
    records: list[Record] = []
    place = HEADER
    while place + SMALLEST <= end <= len(block):
        magic, size, number, _ = RECORD_HEADER.unpack_from(block, place)
        stop = place + size
        if magic != RECORD_MAGIC or size < SMALLEST or stop > end:
            return None
        if SIZE.unpack_from(block, stop - SIZE.size)[0] != size:
            return None
        records.append(Record(place, size, number))
        place = stop
    if not records or place != end:
        return None
    behind = _headed(block, end)
    return None if behind is not None and behind.id > records[-1].id else records


def _walk_records(block: bytes, chunk: Chunk, end: int) -> int:
    """Collect the records; return up to where the chunk is told."""
    place, last = HEADER, -1
    while place < chunk.size:
        record = _record(block, place)
        if record is None and place < end:
            record = _next_record(block, place, first=not chunk.records)
            ahead = record.offset if record else chunk.size
            stop = _next_chunk(block, place, ahead)
            if stop < ahead:
                chunk.size, record = stop, None
            if record:
                lost = record.offset - place
                chunk.rests.append(Rest(place, lost, "no event record: damaged"))
        elif record and place >= end and (record.id <= last or not record.whole):
            record = None  # remains of an older one
        if record is None:
            break
        chunk.records.append(record)
        place, last = record.offset + record.size, record.id
    return place


def _rest(block: bytes, chunk: Chunk, told: int, end: int | None) -> None:
    """Add what lies behind the last record: lost records up to `end`, then unused space."""
    if end is None:
        end = told if not any(block[told : chunk.size]) else chunk.size
    if (lost := min(end, chunk.size) - told) > 0:
        chunk.rests.append(Rest(told, lost, "no event record: damaged or cut off"))
        told += lost
    if told < chunk.size:
        chunk.rests.append(Rest(told, chunk.size - told))


def _next_chunk(block: bytes, start: int, end: int) -> int:
    """Return where another chunk starts between the two places; the end where none does."""
    while (start := block.find(MAGIC, start, end)) >= 0:
        if block[start + 40 : start + 44] == SIZE.pack(128):
            return start
        start += 1
    return end


def _record(block: bytes, offset: int) -> Record | None:
    """Return the record that stands there, also one of which only the end is lost."""
    record = _headed(block, offset)
    if record is None or _is_whole(block, record) or _fits(block, record):
        return record and record._replace(whole=_is_whole(block, record))
    return None


def _headed(block: bytes, offset: int) -> Record | None:
    if len(block) - offset < SMALLEST:
        return None
    magic, size, number, _ = RECORD_HEADER.unpack_from(block, offset)
    if magic != RECORD_MAGIC or not SMALLEST <= size <= len(block) - offset:
        return None
    return Record(offset, size, number)


def _is_whole(block: bytes, record: Record) -> bool:
    """Tell whether the record repeats its size at its end."""
    end = record.offset + record.size
    return bool(SIZE.unpack_from(block, end - SIZE.size)[0] == record.size)


def _fits(block: bytes, record: Record) -> bool:
    """Tell whether a record is likely as long as it says although its end is lost.

    A copy that lacks a page of the disk has zeros there: the record then ends in zeros or before
    the next, and no sound record stands inside of it.
    """
    after = record.offset + record.size
    inside = _next_record(block[:after], record.offset, first=True)
    end = block[after : after + len(RECORD_MAGIC)]
    return inside is None and (end == RECORD_MAGIC or not any(end))


def _next_record(block: bytes, start: int, *, first: bool) -> Record | None:
    """Return the next sound record; the first of a chunk leaves room to mend what is before it."""
    place = start + (SMALLEST if first else 1)
    while (place := block.find(RECORD_MAGIC, place)) >= 0:
        record = _headed(block, place)
        if record and _is_whole(block, record):
            return record
        place += 1
    return None
