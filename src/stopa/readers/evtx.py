"""Windows event logs (EVTX): every record cited by its bytes, also in damaged files.

Spec: https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc
Why: the package `evtx` understands binary XML and is given one chunk at a time; where chunks and
records stand is walked here, so that damage costs the record that it hits and no other.
Trap: a chunk's tables of strings and templates are offsets that hostile hands can tie into a ring,
on which the package would turn for ever. It does not need them, and gets chunks without.
"""

from __future__ import annotations

import re
import struct
import warnings
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice, pairwise, takewhile
from typing import Any, BinaryIO, NamedTuple
from zlib import crc32

from evtx import PyEvtxParser

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Item, Row, tabulate
from stopa.readers._event_look import HOST, EventLook, EventShape, Records
from stopa.readers._event_look import Stretch as Span
from stopa.readers._evtx_chunk import CHUNK, LARGEST_ID, MAGIC, Chunk, mended, plain, walk
from stopa.readers._glance import Glance
from stopa.readers._json_value import decode
from stopa.readers._reader import Found, Reader, Source, Stretch, Wanted
from stopa.readers._windows_event import event_fields, layout_of

AGAIN = "copy it again from its source and compare the hashes"
BY_HAND = "look at the record with another viewer"
HEADER = 4096
FILE_MAGIC = b"ElfFile\0"
# magic, first and last chunk, next record id, size, minor and major version, block size, chunks
FILE_HEADER = struct.Struct("<8sQQQIHHHH")
FLAGS = struct.Struct("<II")  # at 120: flags, and the checksum of the 120 bytes before
IN_USE, UNSUMMED = 1, 4

RECORD_LIMIT = 16 * 2**20  # characters of one event; a record holds 64 KiB, expanded
AHEAD = CHUNK + len(MAGIC) - 1  # bytes in which a chunk is looked for
PAGE = 4 * 2**20  # bytes read at a time
LONG = 40_000  # characters of an event that may hold more fields than any log has
CHUNKS = 16  # given to the parser at a time
TOGETHER = 2048  # events that are looked at together
REASON = re.compile(r"record number (\d+): (.*)", re.DOTALL)
REASON_LIMIT = 200  # characters


class Header(NamedTuple):
    """What the file header says, and what is wrong with it."""

    in_use: bool
    summed: bool
    chunks: int
    wrong: str = ""


class Told(NamedTuple):
    """A record: its place, its id, what the parser says of it, or why it says nothing.

    Records of which nothing more is to be said than their texts come many at a time, as `Records`.
    """

    offset: int
    size: int
    record: int | None
    text: str | None
    reason: str
    whole: bool


class Placed(NamedTuple):
    """A chunk: where it starts in the file, the bytes from there on, and what was found in it."""

    start: int
    block: bytes
    chunk: Chunk


def recognises(head: bytes) -> bool:
    """Recognise the file header; where that is damaged, the first chunk."""
    return head.startswith((FILE_MAGIC, MAGIC)) or head[HEADER:].startswith(MAGIC)


def read(source: Source) -> Iterator[Found]:
    """Yield the events of all chunks in the order of the file."""
    if source.wanted is None:
        return tabulate(source, _all(source))
    return tabulate(source, _glanced(source, source.wanted))


def cuts(source: Source, parts: int) -> list[Stretch]:
    """Divide a log where nothing but chunks, one behind another, is before; the rest is one."""
    with source.path.open("rb") as file:
        start = 0 if file.read(len(MAGIC)) == MAGIC else HEADER
        file.seek(start)
        sound = sum(1 for _ in takewhile(_is_chunk, iter(lambda: file.read(CHUNK), b"")))
    places = {start + sound * part // parts * CHUNK for part in range(1, parts)} - {start}
    ends = (0, *sorted(places), source.size) if places else ()
    return [Stretch(1, *both) for both in pairwise(ends)]


def _is_chunk(block: bytes) -> bool:
    """Tell whether a whole chunk is here, and no other begins in it."""
    return len(block) == CHUNK and block.startswith(MAGIC) and block.find(MAGIC, 1) < 0


def _all(source: Source) -> Iterator[Item]:
    for found in _found(source):
        if isinstance(found, Records):
            yield from (_event(source, _told(found, n)) for n in range(len(found.texts)))
        elif isinstance(found, Told):
            yield from _whole(source, found)
        else:
            yield found


def _told(records: Records, number: int) -> Told:
    offsets, sizes, ids, texts = records
    return Told(offsets[number], sizes[number], ids[number], texts[number], "", whole=True)


def _found(source: Source) -> Iterator[Records | Told | Problem | Structure]:
    if not source.size:
        yield Problem("empty file", Where(source.sha256, offset=0, length=0), AGAIN)
        return
    with source.path.open("rb") as file:
        head = file.read(HEADER)
        start = 0 if head.startswith(MAGIC) else len(head)
        header = _header(head) if start else Header(in_use=True, summed=False, chunks=0)
        first, stop = 0, source.size
        if source.stretch is not None:
            first, stop = source.stretch.start, source.stretch.stop
        if start and not first:
            where = Where(source.sha256, offset=0, length=start)
            yield Problem(header.wrong, where, AGAIN) if header.wrong else Structure(where)
        file.seek(max(start, first))
        yield from _chunks(source, _placed(source, file, header, stop))
    if stop == source.size < HEADER + header.chunks * CHUNK:
        what = f"the file ends before the last of its {header.chunks} chunks"
        yield Problem(what, Where(source.sha256, offset=source.size, length=0), "copied in full?")


def _header(head: bytes) -> Header:
    if len(head) < HEADER or not head.startswith(FILE_MAGIC):
        return Header(in_use=True, summed=False, chunks=0, wrong="file header damaged or cut off")
    flags, told = FLAGS.unpack_from(head, 120)
    summed = not flags & UNSUMMED
    if summed and crc32(head[:120]) != told:
        wrong = "file header does not fit its checksum"
        return Header(in_use=True, summed=False, chunks=0, wrong=wrong)
    return Header(bool(flags & IN_USE), summed, FILE_HEADER.unpack_from(head)[8])


def _chunks(
    source: Source, placed: Iterable[Placed | Problem | Structure]
) -> Iterator[Records | Told | Problem | Structure]:
    """Yield what is found in the chunks; sound ones are given to the parser several at a time."""
    waiting: list[Placed] = []
    for found in placed:
        sound = isinstance(found, Placed) and found.chunk.is_sound
        if waiting and (len(waiting) >= CHUNKS or not sound):
            yield from _sound_found(source, waiting)
            waiting = []
        if not isinstance(found, Placed):
            yield found
        elif sound:
            waiting.append(found)
        else:
            yield from _chunk_found(source, found)
    if waiting:
        yield from _sound_found(source, waiting)


def _placed(
    source: Source, file: BinaryIO, header: Header, stop: int
) -> Iterator[Placed | Problem | Structure]:
    """Go from chunk to chunk up to an offset, and look for the next one where none is."""
    offset, page, start = file.tell(), b"", 0
    while True:
        if len(page) - start < AHEAD:  # read on before a chunk is cut off
            file.seek(offset)
            page, start = file.read(min(PAGE, stop - offset)), 0
        block = page[start : start + CHUNK]
        if not block:
            return
        if block.startswith(MAGIC) or _is_headless(block):
            chunk = walk(block, in_use=header.in_use, summed=header.summed)
            yield Placed(offset, block, chunk)
            size = chunk.size
        else:
            found = page.find(MAGIC, start + 1, start + AHEAD)
            size = found - start if found > 0 else len(block)
            where = Where(source.sha256, offset=offset, length=size)
            used = any(block[:size])
            yield Problem("no chunk of events: damaged", where, AGAIN) if used else Structure(where)
        offset, start = offset + size, start + size


def _is_headless(block: bytes) -> bool:
    """Tell whether records stand where a chunk of which the header is lost would have them."""
    return bool(walk(block, in_use=True, summed=False).records) and block.find(MAGIC, 1) < 0


def _sound_found(
    source: Source, chunks: list[Placed]
) -> Iterator[Records | Told | Problem | Structure]:
    """Yield what is found in sound chunks.

    The parser does not say which records it cannot read: unless it told of all, each chunk is given
    to it by itself, its records numbered.
    """
    texts = _texts([plain(block, chunk) for _, block, chunk in chunks])
    told = iter(texts) if len(texts) == sum(len(c.chunk.records) for c in chunks) else None
    for placed in chunks:
        if told is None:
            yield from _chunk_found(source, placed)
        else:
            yield from _rests(source, placed)
            yield _records(placed, list(islice(told, len(placed.chunk.records))))


def _rests(source: Source, placed: Placed) -> Iterator[Problem | Structure]:
    for offset, size, what in placed.chunk.rests:
        where = Where(source.sha256, offset=placed.start + offset, length=size)
        yield Problem(what, where, AGAIN) if what else Structure(where)


def _records(placed: Placed, texts: list[str]) -> Records:
    records = placed.chunk.records
    return Records(
        [placed.start + record.offset for record in records],
        [record.size for record in records],
        [record.id if record.id <= LARGEST_ID else None for record in records],
        texts,
    )


def _chunk_found(source: Source, placed: Placed) -> Iterator[Records | Told | Problem | Structure]:
    yield from _rests(source, placed)
    start, block, chunk = placed
    if not chunk.records:
        return
    texts, reasons = _parsed(mended(block, chunk))
    sound = Records([], [], [], [])
    for number, (offset, size, name, whole) in enumerate(chunk.records, 1):
        text, record = texts.get(number), name if name <= LARGEST_ID else None
        if text is not None and whole:
            sound.add(start + offset, size, record, text)
            continue
        if sound.texts:
            yield sound
            sound = Records([], [], [], [])
        reason = "" if text is not None else reasons.get(number, reasons.get(0, ""))
        yield Told(start + offset, size, record, text, reason, whole)
    if sound.texts:
        yield sound


def _texts(chunks: Sequence[bytes]) -> list[str]:
    """Return what the parser says of the records, in order; it may say nothing of some."""
    texts: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        try:
            for record in _parser(chunks):
                texts.append(record["data"])  # noqa: PERF401 (what came before an error is kept)
        except RuntimeError:
            pass
    return texts


def _parsed(chunk: bytes) -> tuple[dict[int, str], dict[int, str]]:
    """Return what the parser says of each record, by number, and why it says nothing of others."""
    texts: dict[int, str] = {}
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", RuntimeWarning)
        try:
            for record in _parser([chunk]):
                texts[record["event_record_id"]] = record["data"]
            wrong = [str(warning.message) for warning in told]
        except RuntimeError as error:
            wrong = [*(str(warning.message) for warning in told), str(error)]
    reasons = {}
    for text in wrong:
        found = REASON.search(text)
        number, reason = (int(found[1]), found[2]) if found else (0, text)
        reasons[number] = reason[:REASON_LIMIT]
    return texts, reasons


def _parser(chunks: Sequence[bytes]) -> Iterator[Any]:
    head = FILE_HEADER.pack(FILE_MAGIC, 0, len(chunks) - 1, 1, 128, 1, 3, HEADER, len(chunks))
    file = BytesIO(b"".join((head.ljust(HEADER, b"\0"), *chunks)))
    records: Iterator[Any] = PyEvtxParser(
        file, number_of_threads=1, skip_errors=True
    ).records_json()
    return records


def _whole(source: Source, told: Told) -> Iterator[Row | Problem]:
    """Yield an event with all its fields, and what is wrong with it."""
    event = _event(source, told)
    yield event
    if isinstance(event, Row) and not told.whole:
        end = Where(source.sha256, told.record, offset=told.offset + told.size, length=0)
        yield Problem("record does not end as it should: parts of it may be lost", end, AGAIN)


def _event(source: Source, told: Told) -> Row | Problem:
    where = Where(source.sha256, told.record, offset=told.offset, length=told.size)
    if told.text is None:
        return Problem(f"record cannot be read: {told.reason or 'not understood'}", where, AGAIN)
    if len(told.text) > RECORD_LIMIT:
        return Problem(f"record holds more than {RECORD_LIMIT} characters", where, BY_HAND)
    try:
        raw = told.text.encode("utf-8", "backslashreplace")
        data = decode(raw)
        event = data.get("Event") if isinstance(data, dict) else None
        fields = event_fields(event) if isinstance(event, dict) else None
    except (ValueError, RecursionError) as error:
        return Problem(f"record cannot be read: {error}", where, AGAIN)
    if not fields:
        return Problem("record holds no event", where, BY_HAND)
    return Row(fields, layout_of(fields), told.offset, told.size, record=told.record, raw=raw)


def _glanced(source: Source, wanted: Wanted) -> Iterator[Item]:
    """Yield what is wanted of the events of the common form, and all of others."""
    glance = Glance(EventShape(), EventLook(frozenset({HOST})), wanted)
    waiting = Records([], [], [], [])
    for found in _found(source):
        if isinstance(found, Records):
            waiting.extend(found)
            if len(waiting.texts) >= TOGETHER:
                yield from _glanced_at(source, glance, waiting)
                waiting = Records([], [], [], [])
        elif isinstance(found, Told):
            yield from _whole(source, found)
        else:
            yield found
    if waiting.texts:
        yield from _glanced_at(source, glance, waiting)


def _glanced_at(source: Source, glance: Glance, records: Records) -> Iterator[Item]:
    span = Span(records)
    told = glance.first.read(span, range(len(records.texts)))
    odd = {n for n, text in enumerate(records.texts) if len(text) > LONG}
    odd.update(n for n, event in enumerate(told) if event is None)
    yield from glance.cells(span, records.sizes, told, odd)
    for n in sorted(odd):
        yield _event(source, _told(records, n))


READER = Reader("evtx", "Windows event log (EVTX)", recognises, read, cuts=cuts)
