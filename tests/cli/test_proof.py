"""The commands of the proof, from the key to the disclosure, as an analyst types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stopa.cli.group import cli

EVIDENCE = Path(__file__).parents[2] / "examples" / "exercise" / "evidence" / "reports"
WORDS = {"STOPA_PASSPHRASE": "several words nobody guesses"}


def stopa(*words: object, typed: str | None = None) -> Result:
    environment = WORDS if typed is None else {"STOPA_PASSPHRASE": None}
    arguments = [str(word) for word in words]
    return CliRunner().invoke(cli, arguments, standalone_mode=False, env=environment, input=typed)


def done(*words: object) -> Result:
    result = stopa(*words)
    assert result.exception is None, result.exception
    return result


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("proof")
    done("investigate", EVIDENCE, "-o", home / "case", "--quiet")
    for name in ("signer", "watcher"):
        done("key", "new", f"cert.example/{name}", "-o", home / f"{name}.key")
    return home / "case"


def test_from_key_to_disclosure(case: Path, tmp_path: Path) -> None:
    signer, watcher = case.parent / "signer.key", case.parent / "watcher.key"
    key = json.loads(done("key", "show", signer, "--json").stdout)["signs"]
    assert "signed" in done("sign", case, "--key", signer, "--quiet").stdout
    state = tmp_path / "state.json"
    told = done("witness", case, "--key", watcher, "--log", key, "--state", state, "--time", 99)
    assert "seen first now" in told.stdout
    held = done("verify", case, "--key", key, "--witness", watcher)
    assert held.return_value == 0, held.stdout
    first, *_, last = held.stdout.splitlines()
    assert 'proves "unchanged since", never "true"' in first
    assert "time stamp" in last
    assert "cosigned the checkpoint: at 1970-01-01T00:01:39+00:00" in held.stdout
    made = json.loads((case / "dossier" / "dossier.json").read_bytes())
    sha256 = made["evidence"][0]["sha256"]
    whom = ("--to", "an ally", "--purpose", "a joint case", "--on", "2026-11-22")
    files = json.loads(done("disclose", case, sha256, *whom, "-o", tmp_path, "--json").stdout)
    assert [Path(file).suffix for file in files] == [".json", ".tlog-proof"]
    again = done("disclose", case, sha256, *whom, "--withhold", "size", "-o", tmp_path)
    assert again.stdout.splitlines() == files
    assert "shows a part of the record" in again.stderr
    assert "sign the case again" in again.stderr
    assert " size," not in again.stderr
    assert (
        "continues the"
        in done("witness", case, "--key", watcher, "--state", state, "--time", 100).stdout
    )
    asked = done("witness", case, "--request", 0).stdout
    assert asked.startswith("old 0\n\nstopa.case/")


def test_verify_says_what_fails_and_exits_with_4(case: Path, tmp_path: Path) -> None:
    other = stopa("verify", case, "--key", "nonsense")
    assert getattr(other.exception, "exit_code", None) == 2
    kept = tmp_path / "checkpoint"
    kept.write_text("stopa.case/other\n1\n" + "A" * 43 + "=\n")
    told = stopa("verify", case, "--since", kept)
    assert told.return_value == 4
    assert "FAILS  the ledger continues the one given" in told.stdout


def test_erase_asks_first(case: Path) -> None:
    made = json.loads((case / "dossier" / "dossier.json").read_bytes())
    sha256 = made["evidence"][-1]["sha256"]
    refused = stopa("erase", case, sha256, "--reason", "a bystander", typed="n\n")
    assert refused.exception is not None
    assert sha256 in (case / "dossier" / "dossier.json").read_text("utf-8")
    told = done("erase", case, sha256, "--reason", "a bystander", "--yes", "--quiet")
    assert "leaves emptied" in told.stdout
    assert sha256 not in (case / "dossier" / "dossier.json").read_text("utf-8")
    assert done("verify", case).return_value == 0


def test_a_passphrase_is_typed_or_read_from_a_file(tmp_path: Path) -> None:
    typed = stopa(
        "key", "new", "a.example/b", "-o", tmp_path / "b.key", typed="twelve letters\n" * 2
    )
    assert typed.exception is None, typed.exception
    assert "twelve letters" not in typed.stdout
    (tmp_path / "words").write_text("twelve letters\nmore\n")
    case = tmp_path / "none"
    told = stopa("sign", case, "--key", tmp_path / "b.key", "--passphrase-file", tmp_path / "words")
    assert "is not a case" in str(told.exception)
    short = stopa("key", "new", "a.example/c", "-o", tmp_path / "c.key", typed="short\n" * 2)
    assert "fewer than 12" in str(short.exception)


def test_what_the_user_can_mend_has_a_hint(case: Path, tmp_path: Path) -> None:
    for words in (
        ("sign", case),
        ("sign", case, "--timestamp-response", tmp_path / "none"),
        ("key", "show", tmp_path / "none"),
        ("witness", tmp_path / "none", "--key", tmp_path / "none"),
        ("verify", tmp_path / "none"),
        ("disclose", case, "nothing", "--to", "x", "--purpose", "y"),
        ("erase", case, "nothing", "--reason", "x", "--yes"),
    ):
        error = stopa(*words).exception
        assert getattr(error, "hint", ""), (words, error)
        assert getattr(error, "exit_code", None) == 2
