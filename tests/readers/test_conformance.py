"""Every reader keeps these promises. A new reader adds samples, not tests.

A sample is a folder `tests/data/readers/<reader>/<case>` with `input.<anything>` and
`expected.jsonl`, one event, document or problem a line (structure is left out). The reader's folder
has a `README.md` that says where its samples come from.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pyarrow as pa
import pytest

from stopa.model.document import Document
from stopa.model.event import BASIS, ENVELOPE, LENGTH, LINE, OFFSET, RECORD, TIME, EventBatch
from stopa.readers import HEAD, Found, Reader, readers, recognise
from tests.readers.found import DATA, evidence_of, input_of, places, plain, source_of

CASES = [case for name in readers() for case in sorted((DATA / name).glob("*/"))]
TYPES = {
    TIME: pa.timestamp("us", tz="UTC"),
    BASIS: pa.int8(),
    **dict.fromkeys((RECORD, LINE, OFFSET, LENGTH), pa.int64()),
}
CUTS = 60  # places at which each sample is cut off
NOISES = 60  # ways in which each sample is damaged
LARGE = 12 * 2**20  # bytes of the large input; as Python objects they would take ten times that
GROWTH = 72 * 2**10  # KiB that reading it may add to a process, a block of events included


@pytest.fixture(params=readers().values(), ids=lambda reader: reader.name)
def reader(request: pytest.FixtureRequest) -> Reader:
    return cast(Reader, request.param)


@pytest.fixture(params=CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def case(request: pytest.FixtureRequest) -> Path:
    return cast(Path, request.param)


def of(case: Path) -> Reader:
    return readers()[case.parent.name]


def read(case: Path) -> list[Found]:
    return list(of(case).read(source_of(input_of(case))))


def test_a_reader_is_named_after_its_module_and_cites_its_spec(reader: Reader) -> None:
    module = sys.modules[reader.read.__module__]
    assert module.__name__ == f"stopa.readers.{reader.name}"
    assert "Spec: https://" in (module.__doc__ or "")
    assert reader.title


def test_a_reader_says_what_its_format_is_recognised_by(reader: Reader) -> None:
    assert reader.known_by
    assert reader.known_by[0] != " "
    assert not reader.known_by.startswith(("Return", "Recognise"))


def test_a_reader_has_samples_and_says_whence(reader: Reader) -> None:
    folder = DATA / reader.name
    cases = [case.name for case in folder.glob("*/")]
    told = (folder / "README.md").read_text()
    assert cases
    assert [case for case in cases if case not in told] == []


def test_sample_reads_as_expected(case: Path) -> None:
    told = (case / "expected.jsonl").read_text("utf-8").split("\n")
    expected = [json.loads(line) for line in told if line]
    assert [line for found in read(case) for line in plain(found)] == expected


def test_exactly_one_reader_recognises_a_sample(case: Path) -> None:
    head = input_of(case).read_bytes()[:HEAD]
    expected = [] if of(case).on_request else [of(case).name]
    assert [reader.name for reader in recognise(head)] == expected


def test_two_reads_are_equal(case: Path) -> None:
    assert list(map(_comparable, read(case))) == list(map(_comparable, read(case)))


def test_every_fact_cites_this_evidence(case: Path) -> None:
    evidence = source_of(input_of(case)).sha256
    assert {evidence_of(found) for found in read(case)} == {evidence}


def test_every_byte_is_accounted_for_once(case: Path) -> None:
    size = input_of(case).stat().st_size
    assert_covers(read(case), size)


def test_batches_have_the_envelope_and_text_columns(case: Path) -> None:
    for batch in _batches(read(case)):
        assert tuple(batch.table.column_names[: len(ENVELOPE)]) == ENVELOPE
        for field in batch.table.schema:
            native = {pa.string(), pa.list_(pa.string())}
            allowed = {TYPES.get(field.name, pa.string())} if field.name in ENVELOPE else native
            assert field.type in allowed, field
        assert batch.table.column(OFFSET).null_count == 0
        assert batch.table.num_rows > 0


def test_field_names_keep_one_type(case: Path) -> None:
    types: dict[str, pa.DataType] = {}
    for batch in _batches(read(case)):
        for field in batch.table.schema:
            assert types.setdefault(field.name, field.type) == field.type, field.name


def test_asking_for_few_fields_changes_nothing_else(case: Path) -> None:
    everything = list(_rows(read(case)))
    fields = sorted({name for row in everything for name in row} - set(ENVELOPE))
    wanted = frozenset(name for name in fields[::3] if not name.startswith("__"))
    some = of(case).read(source_of(input_of(case), wanted))
    kept = {*ENVELOPE, *wanted}
    assert list(_rows(list(some))) == [
        {name: cell for name, cell in row.items() if name in kept} for row in everything
    ]


def test_documents_are_covered_by_their_pieces(case: Path) -> None:
    for found in read(case):
        if isinstance(found, Document):
            ends = [0, *(piece.end for piece in found.pieces)]
            assert [piece.start for piece in found.pieces] == ends[:-1]
            assert ends[-1] == len(found.text)


def test_a_sample_cut_off_anywhere_is_still_read_to_its_last_byte(
    case: Path, tmp_path: Path
) -> None:
    content = input_of(case).read_bytes()
    for size in sorted({n * len(content) // CUTS for n in range(CUTS)}):
        _assert_survives(of(case), tmp_path, content[:size])


def test_noise_never_raises_and_is_accounted_for(case: Path, tmp_path: Path) -> None:
    content = input_of(case).read_bytes()
    for seed in range(NOISES):
        _assert_survives(of(case), tmp_path, damaged(content, seed))


def test_what_is_no_such_format_at_all_is_survived(reader: Reader, tmp_path: Path) -> None:
    for content in (b"", b"\0" * 70_000, bytes(range(256)) * 300, b"A" * 70_000, b"\xff\xfe"):
        _assert_survives(reader, tmp_path, content)
        reader.recognises(content[:HEAD])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux")
def test_memory_stays_bounded_on_a_large_log(reader: Reader, tmp_path: Path) -> None:
    case = next(iter(sorted((DATA / reader.name).glob("*/"))))
    if not any(_batches(read(case))):
        pytest.skip("a document is held whole: it is text that people wrote")
    content = input_of(case).read_bytes()
    large = tmp_path / "large"
    large.write_bytes(repeated(content, LARGE // len(content)))
    assert _peak(reader, large) - _peak(reader, input_of(case)) < GROWTH


def repeated(content: bytes, times: int) -> bytes:
    """Return a log that holds the events of the content many times."""
    if content.startswith(b"ElfFile"):
        return content[:4096] + content[4096:] * times  # the header, and the chunks again and again
    return (content + b"\n") * times


def _peak(reader: Reader, path: Path) -> int:
    """Return the most memory that a process takes which reads the file, in KiB.

    `ru_maxrss` would not do: it starts with what the process took that started this one.
    """
    script = (
        "import sys, re\n"
        "from pathlib import Path\n"
        "from stopa.readers import Source, readers\n"
        "path = Path(sys.argv[2])\n"
        "for found in readers()[sys.argv[1]].read(Source('0' * 64, path, path.stat().st_size)):\n"
        "    pass\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])\n"
    )
    run = [sys.executable, "-c", script, reader.name, str(path)]
    return int(subprocess.run(run, capture_output=True, check=True, text=True).stdout)  # noqa: S603


def damaged(content: bytes, seed: int) -> bytes:
    """Return the content with some bytes changed, a stretch lost and a stretch repeated."""
    dice = random.Random(seed)  # noqa: S311
    body = bytearray(content)
    for _ in range(dice.randrange(1, 12)):
        body[dice.randrange(len(body))] = dice.choice(
            (0, 10, 34, 92, 123, 255, dice.randrange(256))
        )
    if seed % 3 == 1:
        start = dice.randrange(len(body))
        del body[start : start + dice.randrange(1, 200)]
    if seed % 3 == 2:
        start = dice.randrange(len(body))
        body[start:start] = body[start : start + dice.randrange(1, 2000)]
    return bytes(body)


def assert_covers(found: list[Found], size: int) -> None:
    """Assert that what was found stands for all bytes of the evidence, each once."""
    end = 0
    for offset, length in sorted(place for one in found for place in places(one, size)):
        assert offset == end, f"byte {end} to {offset} of {size}"
        end = offset + length
    assert end == size


def _assert_survives(reader: Reader, folder: Path, content: bytes) -> None:
    path = folder / "evidence"
    path.write_bytes(content)
    assert_covers(list(reader.read(source_of(path))), len(content))


def _batches(found: list[Found]) -> Iterator[EventBatch]:
    return (one for one in found if isinstance(one, EventBatch))


def _rows(found: list[Found]) -> Iterator[dict[str, object]]:
    return (row["event"] for one in _batches(found) for row in plain(one))


def _comparable(found: Found) -> object:
    return list(plain(found)) if isinstance(found, EventBatch) else found
