"""Every export, over different cases and over hostile text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from stopa.dossier import visible
from stopa.dossier.exports import EXPORTS, Export
from stopa.model.dossier import Dossier
from tests.dossier.cases import CASES
from tests.dossier.hostile import PORTIONS, hostile, spoilt
from tests.dossier.sample import sample

HIDDEN = re.compile(
    "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in visible.HIDDEN) + "]"
)
GOLDEN = Path(__file__).parents[2] / "data" / "dossier" / "exports"
EVERY = pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)


@EVERY
def test_the_sample_is_written_as_it_was(export: Export) -> None:
    """To accept a change: `python -m tests.dossier.exports.golden`, then read the difference."""
    assert export.write(sample()) == (GOLDEN / export.file).read_bytes()


@EVERY
@CASES
def test_the_same_dossier_gives_the_same_bytes(export: Export, dossier: Dossier) -> None:
    assert export.write(dossier) == export.write(dossier)


@EVERY
@CASES
def test_every_object_and_row_says_who_made_it_and_who_may_see_it(
    export: Export, dossier: Dossier
) -> None:
    whole = export.write(dossier).decode("utf-8-sig")
    for part in parts_of(export, whole):
        assert dossier.tlp.value.lower() in part.lower()
        assert "stopa" in part


def parts_of(export: Export, whole: str) -> list[str]:
    """Return what can be read alone: rows, lines, or the file; STIX and CASE have own tests."""
    if export.file.endswith(".csv"):
        return whole.splitlines()[1:]
    return whole.splitlines() if export.file.endswith(".jsonl") else [whole]


@EVERY
@pytest.mark.parametrize("portion", range(len(PORTIONS)))
def test_hostile_text_is_written_and_steers_nothing(export: Export, portion: int) -> None:
    text = export.write(hostile(sample(), portion)).decode("utf-8-sig")
    assert set(HIDDEN.findall(text)) <= {"\n", "\r"}
    assert "pwned" in text or "evil.example" in text
    if export.file.endswith(".json"):
        json.loads(text)
    if export.file.endswith(".jsonl"):
        assert all(json.loads(line) for line in text.splitlines())


@EVERY
def test_bytes_that_were_no_text_are_marked(export: Export) -> None:
    """A file name may hold such bytes: half a character in Python each, which UTF-8 forbids."""
    text = export.write(spoilt(sample(), "x\udc80y")).decode("utf-8-sig")
    assert "x<U+DC80>y" in text


def test_names_and_files_are_given_once() -> None:
    assert len({export.name for export in EXPORTS}) == len(EXPORTS)
    assert len({export.file for export in EXPORTS}) == len(EXPORTS)
