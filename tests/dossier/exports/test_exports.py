"""Every export, over three different cases and over hostile text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stopa.dossier.exports import EXPORTS, Export
from stopa.model.dossier import Dossier
from tests.dossier.hostile import PORTIONS, hostile
from tests.dossier.sample import empty, sample, without_technical_evidence

GOLDEN = Path(__file__).parents[2] / "data" / "dossier" / "exports"
EVERY = pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
CASES = pytest.mark.parametrize(
    "dossier", [sample(), without_technical_evidence(), empty()], ids=["whole", "reports", "empty"]
)


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
def test_an_export_is_text_and_carries_the_marking(export: Export, dossier: Dossier) -> None:
    text = export.write(dossier).decode("utf-8")
    assert dossier.tlp.value in text or not text.strip() or text.count("\n") == 1


@EVERY
@pytest.mark.parametrize("portion", range(len(PORTIONS)))
def test_hostile_text_is_written_and_steers_nothing(export: Export, portion: int) -> None:
    text = export.write(hostile(sample(), portion)).decode("utf-8")
    hidden = {char for char in text if ord(char) < 32 or "\u202a" <= char <= "\u202e"}
    assert hidden <= {"\n", "\r"}
    if export.file.endswith(".json"):
        json.loads(text)
    if export.file.endswith(".jsonl"):
        assert all(json.loads(line) for line in text.splitlines())


def test_names_and_files_are_given_once() -> None:
    assert len({export.name for export in EXPORTS}) == len(EXPORTS)
    assert len({export.file for export in EXPORTS}) == len(EXPORTS)
