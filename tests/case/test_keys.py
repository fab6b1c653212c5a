"""Key files are sealed, the owner's alone, and never in a case."""

import subprocess
from pathlib import Path

import pytest

from stopa.case.keys import load_key, new_key, verifier_key
from stopa.errors import InputError
from stopa.store.case_store import CaseStore

NAME = "cert.example/attribution"
WORDS = "several words nobody guesses"


def test_a_key_comes_back_with_its_passphrase_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    made = new_key(NAME, path, WORDS)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_key(path, WORDS).verifier() == made.verifier() == verifier_key(str(path))
    assert verifier_key(made.verifier().text()) == made.verifier()
    for wrong in ("", WORDS + " ", WORDS.upper()):
        with pytest.raises(InputError, match="cannot be opened"):
            load_key(path, wrong)


def test_the_private_half_stands_nowhere_in_the_file(tmp_path: Path) -> None:
    made = new_key(NAME, tmp_path / "a.key", WORDS)
    body = (tmp_path / "a.key").read_bytes()
    assert made.private.private_bytes_raw() not in body
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in body


def test_openssl_opens_it_with_the_stretched_passphrase(tmp_path: Path) -> None:
    from stopa.case.keys import _stretched

    path = tmp_path / "a.key"
    made = new_key(NAME, path, WORDS)
    salt = bytes.fromhex(path.read_text().split("scrypt: ")[1].split("\n")[0])
    word = _stretched(WORDS, salt).decode()
    command = ["openssl", "pkey", "-pubout", "-outform", "DER", "-in", str(path)]
    told = subprocess.run(  # noqa: S603 - Debian's own
        [*command, "-passin", f"pass:{word}"], capture_output=True, check=True
    )
    assert told.stdout.endswith(made.verifier().public)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u2003b", "a\x00"])
def test_a_name_that_no_note_could_hold_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        new_key(name, tmp_path / "a.key", WORDS)
    assert not (tmp_path / "a.key").exists()


def test_no_key_is_made_or_read_in_a_case_or_over_another_file(tmp_path: Path) -> None:
    with CaseStore(tmp_path / "case"):
        pass
    inside = tmp_path / "case" / "dossier" / "a.key"
    with pytest.raises(InputError, match="lies in the case"):
        new_key(NAME, inside, WORDS)
    new_key(NAME, tmp_path / "a.key", WORDS)
    inside.write_bytes((tmp_path / "a.key").read_bytes())
    with pytest.raises(InputError, match="lies in the case"):
        load_key(inside, WORDS)
    with pytest.raises(InputError, match="cannot be made"):
        new_key(NAME, tmp_path / "a.key", WORDS)


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fewer than 12"):
        new_key(NAME, tmp_path / "a.key", "short")


def test_a_key_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    other = new_key("cert.example/b", tmp_path / "b.key", WORDS).verifier().text()
    mine = new_key(NAME, path, WORDS).verifier().text()
    whole = path.read_text()
    for changed in ("", whole.replace(mine, other), whole.replace("scrypt", "bcrypt"), whole[:200]):
        path.write_text(changed)
        with pytest.raises(InputError):
            load_key(path, WORDS)


def test_a_key_that_others_could_read_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    new_key(NAME, path, WORDS)
    for mode in (0o640, 0o604, 0o620):
        path.chmod(mode)
        with pytest.raises(InputError, match="by others"):
            load_key(path, WORDS)
    path.chmod(0o400)
    assert load_key(path, WORDS).name == NAME


def test_a_link_leads_to_no_key_in_a_case(tmp_path: Path) -> None:
    with CaseStore(tmp_path / "case"):
        pass
    new_key(NAME, tmp_path / "a.key", WORDS)
    (tmp_path / "a.key").rename(tmp_path / "case" / "a.key")
    (tmp_path / "link.key").symlink_to(tmp_path / "case" / "a.key")
    with pytest.raises(InputError, match="lies in the case"):
        load_key(tmp_path / "link.key", WORDS)


@pytest.mark.parametrize("said", ["a" * 400, "", "+", "a+b", "/", "/dev"])
def test_what_is_no_verifier_key_is_refused(said: str) -> None:
    with pytest.raises(InputError, match="no verifier key"):
        verifier_key(said)
