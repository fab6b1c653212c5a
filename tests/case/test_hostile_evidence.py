"""Hostile files cost themselves and nothing else: all the rest is read, and each is named."""

import io
import json
import struct
import zipfile
import zlib

import pytest

from stopa.case.coverage import coverage
from stopa.case.plan import Plan, Quiet
from stopa.case.work import investigate
from stopa.model.dossier import Coverage

REPORT = (
    "The ministry summoned the ambassador on Wednesday.\n\n"
    "“We have seen the evidence,” the minister said in a statement. "
    "The embassy dismissed the accusation as unfounded.\n"
)
MIB = bytes(1024 * 1024)
BOMB_MIB = 10 * 1024


def bomb() -> bytes:
    """A zip whose one member holds 10 GB of zeros, made without compressing 10 GB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    stream = head + again * (BOMB_MIB - 1) + packer.flush(zlib.Z_FINISH)
    name, size = b"report.txt", len(MIB) * BOMB_MIB
    sizes = struct.pack("<II", len(stream), 0xFFFFFFFF)
    zip64 = struct.pack("<HHQ", 1, 8, size)
    fixed = struct.pack("<HHHHHI", 45, 0, 8, 0, 0, 0) + sizes
    local = b"PK\3\4" + fixed + struct.pack("<HH", len(name), len(zip64)) + name + zip64
    entry = b"PK\1\2" + struct.pack("<H", 45) + fixed
    entry += struct.pack("<HHHHHII", len(name), len(zip64), 0, 0, 0, 0, 0) + name + zip64
    where = len(local) + len(stream)
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), where, 0)
    return local + stream + entry + end


def climbing() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../climbed.txt", REPORT)
        archive.writestr("inside.txt", REPORT + "It declined to comment further.\n")
    return out.getvalue()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Coverage, ...]:
    root = tmp_path_factory.mktemp("hostile")
    evidence = root / "evidence"
    evidence.mkdir()
    (evidence / "good.txt").write_text(REPORT)
    (evidence / "empty.evtx").write_bytes(b"")
    (evidence / "cut.evtx").write_bytes(b"ElfFile\0" + bytes(100))
    (evidence / "text.evtx").write_text(REPORT + "The text is not a log.\n")
    (evidence / "bomb.zip").write_bytes(bomb())
    (evidence / "climbing.zip").write_bytes(climbing())
    (evidence / "new\nline.txt").write_text(REPORT + "Its name has two lines.\n")
    (evidence / "noise.bin").write_bytes(bytes(range(256)) * 64)
    summary = investigate([evidence], root / "case", Plan(), Quiet())
    assert summary.problems >= 5
    json.loads((root / "case" / "dossier" / "dossier.json").read_bytes())
    assert not (root / "climbed.txt").exists()
    assert not (root.parent / "climbed.txt").exists()
    rows, totals = coverage(root / "case")
    assert totals["files"] == len(rows)
    return rows


def named(files: tuple[Coverage, ...], part: str) -> list[Coverage]:
    return [row for row in files if part in row.name]


@pytest.mark.parametrize("part", ["good.txt", "text.evtx", "line.txt", "inside.txt"])
def test_everything_that_can_be_read_is_read(files: tuple[Coverage, ...], part: str) -> None:
    (row,) = named(files, part)
    assert row.kind == "text"
    assert row.documents == 1


@pytest.mark.parametrize(
    "part", ["empty.evtx", "cut.evtx", "bomb.zip", "climbing.zip", "noise.bin"]
)
def test_everything_that_cannot_be_read_is_named(files: tuple[Coverage, ...], part: str) -> None:
    problems = [problem for row in named(files, part) for problem in row.problems]
    assert problems
    assert all(problem.what and problem.hint for problem in problems)
