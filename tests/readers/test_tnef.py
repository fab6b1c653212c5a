"""What lies in Outlook's wrapping is taken out of it, under its own name."""

from __future__ import annotations

import struct
from hashlib import sha256
from pathlib import Path

import pytest

from stopa.model.evidence import Problem
from stopa.readers import hand_in
from stopa.readers.tnef import HEAD, READER
from tests.readers.found import source_of
from tests.readers.test_conformance import assert_covers
from tests.readers.tnef_writer import ATTACHMENT, PROGRAM, attribute, winmail


def test_attachments_are_evidence_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "winmail.dat").write_bytes(winmail())
    (tmp_path / "spool").mkdir()
    found = list(hand_in([tmp_path / "winmail.dat"], spool=tmp_path / "spool"))
    names = {one.name: one.sha256 for one in found if not isinstance(one, Problem)}
    assert names["winmail.dat/1/plans of the ministry.exe"] == sha256(PROGRAM).hexdigest()
    assert "winmail.dat/2/note.txt" in names


@pytest.mark.parametrize(
    "properties",
    [
        b"",
        struct.pack("<I", 2**32 - 1),
        struct.pack("<IHHI", 1, 0x1003, 1, 2**32 - 1),
        struct.pack("<IHHII", 1, 0x1F, 0x3707, 2**32 - 1, 2**32 - 1),
        struct.pack("<IHH16sII", 1, 3, 0x8001, b"", 1, 2**32 - 1),
    ],
)
def test_properties_that_lie_are_survived(properties: bytes, tmp_path: Path) -> None:
    raw = winmail() + attribute(ATTACHMENT, 0x00069005, properties)
    (tmp_path / "winmail.dat").write_bytes(raw)
    assert_covers(list(READER.read(source_of(tmp_path / "winmail.dat"))), len(raw))


def test_a_changed_attribute_is_a_problem(tmp_path: Path) -> None:
    raw = winmail().replace(b"no program", b"no problem")
    (tmp_path / "winmail.dat").write_bytes(raw)
    found = list(READER.read(source_of(tmp_path / "winmail.dat")))
    (problem,) = [one for one in found if isinstance(one, Problem) and "sum" in one.what]
    assert problem.where.offset == raw.index(PROGRAM.replace(b"program", b"problem")) - HEAD.size


@pytest.mark.parametrize("page", [0, 1200, 20127, 28592, 50220, 4_000_000_000])
def test_any_code_page_is_survived(page: int, tmp_path: Path) -> None:
    stated = attribute(1, 0x00069007, struct.pack("<II", page, 0))
    raw = winmail()[: HEAD.size] + stated + winmail()[HEAD.size :]
    (tmp_path / "winmail.dat").write_bytes(raw)
    assert_covers(list(READER.read(source_of(tmp_path / "winmail.dat"))), len(raw))
