"""Windows event logs: nothing lost, nothing made up, no turning in rings."""

import struct
import warnings
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from evtx import PyEvtxParser

from stopa.model.event import EventBatch
from stopa.model.evidence import Problem
from stopa.readers import Found, divided
from stopa.readers._evtx_chunk import CHUNK, walk
from stopa.readers.evtx import HEADER, READER
from tests.readers.evtx_writer import (
    SAMPLES,
    chunk,
    cut_off,
    damaged,
    log,
    logon,
    process,
    small,
)
from tests.readers.found import plain, source_of
from tests.readers.test_conformance import assert_covers
from tests.shared import SHARED, needs_shared

# Logs of the shared evidence in which something is damaged, with how many problems that makes.
DAMAGED = {
    "Microsoft-Windows-HelloForBusiness_4Operational.evtx": 2,
    "sample_with_a_bad_chunk_magic.evtx": 94,
}


def read(path: Path) -> list[Found]:
    return list(READER.read(source_of(path)))


def events(found: list[Found]) -> list[dict[str, Any]]:
    told = [row["event"] for one in found if isinstance(one, EventBatch) for row in plain(one)]
    return sorted(told, key=lambda event: event["_offset"])


def records(found: list[Found]) -> list[int]:
    return [event["_record"] for event in events(found)]


def written(folder: Path, content: bytes) -> Path:
    path = folder / "log.evtx"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("write", [small, damaged, cut_off])
def test_the_samples_are_what_the_writer_writes(write: Any) -> None:
    assert (SAMPLES / write.__name__ / "input.evtx").read_bytes() == write()


def test_remains_of_older_records_are_no_events(tmp_path: Path) -> None:
    body = bytearray(chunk(10, *(process(n, "cmd /c new") for n in range(10, 14))).closed())
    stale = chunk(1, process(1, "cmd /c old"), process(2, "cmd /c old"))
    (first, _), (second, _) = stale.records
    end = struct.unpack_from("<I", body, 48)[0]
    body[end : end + second - first] = stale.body[first:second]
    found = read(written(tmp_path, log(bytes(body), flags=1)))
    assert records(found) == [10, 11, 12, 13]
    assert not [one for one in found if isinstance(one, Problem)]


def test_what_looks_like_a_record_inside_of_one_is_none() -> None:
    made = chunk(1, *(process(n, "cmd /c ver") for n in range(1, 5)))
    body = bytearray(made.closed())
    for stop, _ in made.records[1:]:
        body[stop - 8 : stop - 4] = b"**\0\0"
    found = walk(bytes(body), in_use=True, summed=False)
    assert found.is_sound
    assert [(record.offset, record.id) for record in found.records] == made.records


def test_tables_tied_into_a_ring_do_not_turn_for_ever(tmp_path: Path) -> None:
    made = chunk(1, process(1, "cmd /c ver"))
    body = bytearray(made.closed())
    for n, place in enumerate(made.names.values()):
        struct.pack_into("<I", body, place, place)  # the next string is this string
        struct.pack_into("<I", body, 128 + 4 * (n % 64), place)
    for n, place in enumerate(made.templates.values()):
        struct.pack_into("<I", body, place, place)  # the next template is this template
        struct.pack_into("<I", body, 384 + 4 * n, place)
    assert records(read(written(tmp_path, log(bytes(body), flags=1)))) == [1]


@pytest.mark.parametrize("kept", [0, 1, 8, 23, 24, 27, 28, 100])
def test_a_log_may_end_anywhere_behind_a_chunks_header(kept: int, tmp_path: Path) -> None:
    body = chunk(1, process(1, "cmd"), logon(2, "user")).closed()
    content = log(body, next_record=3)
    whole = len(content) - len(body) + 512 + kept
    found = read(written(tmp_path, content[:whole]))
    assert any(isinstance(one, Problem) for one in found)


def test_two_records_of_one_number_are_told_apart(tmp_path: Path) -> None:
    made = chunk(1, process(1, "cmd /c one"), process(2, "cmd /c two"), process(3, "cmd /c three"))
    body = bytearray(made.closed())
    for offset, _ in made.records:
        struct.pack_into("<Q", body, offset + 8, 2**63 + 1)
    (first, _), (second, _), (third, _) = made.records
    body[second + 24 : third - 4] = b"\xff" * (third - second - 28)
    told = events(read(written(tmp_path, log(bytes(body), flags=1))))
    assert [(event["_offset"] - 4096, event["CommandLine"]) for event in told] == [
        (first, "cmd /c one"),
        (third, "cmd /c three"),
    ]
    assert all("_record" not in event for event in told)  # no such number fits the column


def test_a_chunk_out_of_step_is_found(tmp_path: Path) -> None:
    whole = chunk(1, process(1, "cmd /c ver")).closed()
    torn = log(whole, b"torn" * 1234, whole)
    assert records(read(written(tmp_path, torn))) == [1, 1]
    lost = log(whole, whole)
    lost = lost[: 4096 + 3000] + lost[4096 + 3000 + 777 :]
    assert records(read(written(tmp_path, lost))) == [1, 1]


@pytest.mark.parametrize(
    ("content", "known"),
    [
        (b"", False),
        (b"EventID,Level\r\n4688,4\r\n", False),
        (small()[:4096], True),
        (bytes(4096) + small()[4096:], True),
        (small()[4096:], True),
    ],
    ids=["empty", "text", "header alone", "header lost", "chunks alone"],
)
def test_a_log_is_known_by_its_content(content: bytes, known: bool) -> None:
    assert READER.recognises(content[:65_536]) is known


@needs_shared
def test_shared_logs_are_read_as_the_parser_reads_them_and_no_byte_is_lost() -> None:
    for path in sorted((SHARED / "data").rglob("*.evtx")):
        found = read(path)
        assert_covers(found, path.stat().st_size)
        problems = [one for one in found if isinstance(one, Problem)]
        assert len(problems) == DAMAGED.get(path.name, 0), path.name
        told, plainly = Counter(records(found)), _plainly(path)
        assert told == plainly if path.name not in DAMAGED else told >= plainly, path.name


def _plainly(path: Path) -> Counter[int]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = PyEvtxParser(str(path), number_of_threads=1, skip_errors=True)
        read: Any = parser.records_json()
        return Counter(one["event_record_id"] for one in read)


def regular() -> bytes:
    chunks = (chunk(n, process(n, f"c{n}"), logon(n + 1, "u")) for n in range(1, 15, 2))
    return log(*(one.closed() for one in chunks))


def hidden() -> bytes:
    """Return a log in which one chunk begins within another, the fifth."""
    content = bytearray(regular())
    within = HEADER + 4 * CHUNK + 40_000
    content[within : within + 128] = content[HEADER : HEADER + 128]
    return bytes(content)


# Logs, and into how many stretches at most they can be cut.
CUT = {
    "regular": (regular, 7),
    "damaged": (damaged, 1),
    "cut off": (cut_off, 1),
    "hidden": (hidden, 4),
}


@pytest.mark.parametrize(("write", "most"), CUT.values(), ids=CUT)
@pytest.mark.parametrize("parts", [2, 3, 50])
def test_stretches_of_a_log_say_what_the_log_says(
    write: Any, most: int, parts: int, tmp_path: Path
) -> None:
    source = source_of(written(tmp_path, write()))
    stretches = divided(READER, source, parts)
    assert len(stretches) == (min(parts, most) if most > 1 else 0)
    assert [s.start for s in stretches[1:]] == [s.stop for s in stretches[:-1]]
    sources = [replace(source, stretch=stretch) for stretch in stretches] or [source]
    apart = [one for each in sources for one in READER.read(each)]
    whole = read(source.path)
    assert events(apart) == events(whole)
    assert [p for p in apart if isinstance(p, Problem)] == [
        p for p in whole if isinstance(p, Problem)
    ]
    assert_covers(apart, source.size)
