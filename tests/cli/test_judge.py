"""Analysts' judgements through the command line, over a real case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from stopa.cli.group import cli
from stopa.errors import InputError

EVIDENCE = Path(__file__).parents[2] / "examples" / "exercise" / "evidence"
WHO = ("--analyst", "J. Novak", "--reason", "it was so before", "--at", "2026-01-01T10:00:00+00:00")


def stopa(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], standalone_mode=False)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    result = stopa("investigate", EVIDENCE / "mail", "-o", tmp_path / "case", "--quiet")
    assert result.exception is None, result.exception
    return tmp_path / "case"


def dossier(case: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((case / "dossier" / "dossier.json").read_bytes())
    return told


def test_a_judgement_stands_in_ledger_and_dossier_and_changes_nothing_computed(case: Path) -> None:
    before = dossier(case)
    assert stopa("judge", case, "--hypothesis", "an insider=unlikely", *WHO).exception is None
    after = dossier(case)
    assert after.pop("judged") is not None
    assert before.pop("judged") is None
    assert after == before
    assert stopa("verify", case).return_value == 0
    shown = json.loads(stopa("judge", case, "--json").stdout)
    assert [one["subject"] for one in shown["judgements"]] == ["an insider"]


def test_what_was_judged_is_shown_by_name(case: Path) -> None:
    (file, *_) = [e["name"] for e in dossier(case)["evidence"]]
    stopa("judge", case, "--reliability", f"{file}=B", *WHO)
    shown = stopa("judge", case).stdout
    assert f"on {file}: how reliable the source is: B, because" in shown
    assert f"apart on {file}: how reliable the source is: computed F" in shown


def test_a_judgement_outlives_the_next_investigation(case: Path) -> None:
    stopa("judge", case, "--hypothesis", "an insider=unlikely", *WHO)
    before = dossier(case)
    stopa("investigate", EVIDENCE / "mail", "-o", case, "--quiet")
    assert dossier(case) == before


@pytest.mark.parametrize(
    "words",
    [
        ("--hypothesis", "an insider=perhaps"),
        ("--reliability", "no such file=A"),
        ("--cell", "O-1:H1=II"),
        ("--cell", "O-1=II"),
    ],
)
def test_what_is_no_judgement_is_refused_with_a_hint(case: Path, words: tuple[str, str]) -> None:
    error = stopa("judge", case, *words, *WHO).exception
    assert isinstance(error, InputError)
    assert error.hint


def test_a_judgement_needs_a_reason_and_a_name(case: Path) -> None:
    refused = stopa("judge", case, "--hypothesis", "an insider=unlikely", "--analyst", "J. Novak")
    assert refused.exception is not None
    assert stopa("judge", case).stdout == "nobody has judged anything in this case\n"


def test_a_judgement_has_a_time_with_its_zone_and_names_a_file_as_a_person_would(
    case: Path,
) -> None:
    file = min(e["name"] for e in dossier(case)["evidence"]).rpartition("/")[2]
    said = ("judge", case, "--reliability", f"{file}=B", *WHO[:-1])
    for wrong in ("yesterday", "2026-01-01", "2026-01-01T10:00:00", "2026-13-01T10:00:00Z"):
        error = stopa(*said, wrong).exception
        assert isinstance(error, InputError)
        assert "zone" in error.hint
    shown = json.loads(stopa(*said, "2026-01-01T10:00:00+02:00", "--json").stdout)
    assert shown["at"] == "2026-01-01T08:00:00+00:00"
