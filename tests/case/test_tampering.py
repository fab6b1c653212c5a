"""One bit changed anywhere is caught and named; so is a ledger that was rolled back or forked."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from stopa.case.check import Verdict, examine, verify
from stopa.case.erasing import erase
from stopa.case.plan import Quiet
from stopa.case.signed import NOBODY, Trust
from stopa.case.signing import sign
from stopa.dossier.envelope import seal, unseal
from stopa.dossier.exports import EXPORTS
from stopa.errors import CaseError, InputError
from stopa.store.case_reader import CHECKPOINT, DATABASE, SIGNED
from stopa.store.case_store import CaseStore
from tests.case.bits import flipped
from tests.case.conftest import SignedCase

FILES = (
    *("dossier.json", "index.html", SIGNED, "envelope.json", "signer.vkey"),
    *(f"exports/{export.file}" for export in EXPORTS),
)
PLACES = 12  # places in each file where a bit is changed
DUMP = "SELECT seq, kind, id, body, salt, leaf, step, current FROM record ORDER BY seq"


def failures(verdict: Verdict) -> str:
    return "; ".join(f"{c.what}: {c.detail}" for c in verdict.checks if not c.holds)


def test_what_was_not_touched_holds(made_once: SignedCase) -> None:
    for path in (made_once.folder, made_once.dossier, made_once.dossier / "dossier.json"):
        verdict = examine(path, made_once.trust, Quiet())
        assert verdict.holds, failures(verdict)
        assert any("cosigned" in check.what for check in verdict.checks)
        assert any("evidence is genuine" in sentence for sentence in verdict.not_shown)


@pytest.mark.parametrize("file", FILES)
def test_one_bit_of_what_is_published_is_caught_and_named(signed: SignedCase, file: str) -> None:
    path = signed.dossier / file
    body = path.read_bytes()
    for place, changed in flipped(body, PLACES):
        path.write_bytes(changed)
        alone = failures(examine(signed.dossier, signed.trust, Quiet()))
        name = "checkpoint" if file == SIGNED else Path(file).name.split(".")[0]
        assert name in alone, f"{file}, byte {place}: {alone or 'nothing'}"
    path.write_bytes(body)
    assert examine(signed.dossier, signed.trust, Quiet()).holds


@pytest.mark.parametrize("file", FILES)
def test_what_was_cut_off_or_put_on_is_caught_and_named(signed: SignedCase, file: str) -> None:
    path = signed.dossier / file
    body = path.read_bytes()
    name = "checkpoint" if file == SIGNED else Path(file).name.split(".")[0]
    for changed in (body[:-1], body.split(b"\n")[0], b"", body + b"\n", b"\n" + body):
        if changed != body:
            path.write_bytes(changed)
            assert name in failures(examine(signed.dossier, signed.trust, Quiet())), changed[-50:]


@pytest.mark.parametrize("file", [CHECKPOINT, SIGNED, "dossier.json", "envelope.json"])
def test_one_bit_is_caught_in_the_case_too_without_any_key(signed: SignedCase, file: str) -> None:
    path = (signed.folder if file == CHECKPOINT else signed.dossier) / file
    body = path.read_bytes()
    mine = body.split(b"\n\n")[0] if file == SIGNED else body
    for place, changed in flipped(mine, PLACES):
        path.write_bytes(changed + body[len(mine) :])
        assert not examine(signed.folder, NOBODY, Quiet()).holds, f"{file}, byte {place}"


@pytest.mark.parametrize("place", ["events", "evidence"])
def test_one_bit_of_an_event_table_or_original_is_caught_and_named(
    signed: SignedCase, place: str
) -> None:
    files = sorted((signed.folder / place).iterdir())
    assert files
    for path in (files[0], files[-1]):
        body = path.read_bytes()
        for at, changed in flipped(body, 3):
            path.write_bytes(changed)
            told = failures(examine(signed.folder, NOBODY, Quiet()))
            assert f"{path.name} was changed" in told, f"byte {at}: {told or 'nothing'}"
        path.write_bytes(body)
    assert examine(signed.folder, NOBODY, Quiet()).holds


def test_every_file_of_a_case_is_one_that_is_checked(signed: SignedCase) -> None:
    """So that no file can be added to the layout whose bits nobody looks at."""
    known = {signed.dossier / file for file in FILES}
    known |= {signed.folder / file for file in (DATABASE, CHECKPOINT)}
    known |= {*(signed.folder / "events").iterdir(), *(signed.folder / "evidence").iterdir()}
    passing = ("-wal", "-shm")  # SQLite's own, which come and go
    found = [p for p in signed.folder.rglob("*") if p.is_file() and not p.name.endswith(passing)]
    assert {*found} == known


@pytest.mark.parametrize("column", ["kind", "id", "body", "salt", "leaf"])
def test_one_bit_of_any_record_is_caught_and_its_leaf_named(
    signed: SignedCase, column: str
) -> None:
    with closing(sqlite3.connect(signed.folder / DATABASE)) as db:
        cells = db.execute(f"SELECT seq, {column} FROM record ORDER BY seq").fetchall()  # noqa: S608
        for seq, cell in cells[:: len(cells) // 8]:
            raw = cell if isinstance(cell, bytes) else cell.encode()
            for _, changed in flipped(raw, 2):
                value = changed if isinstance(cell, bytes) else changed.decode("latin-1")
                change(db, column, seq, value)
                told = failures(examine(signed.folder, NOBODY, Quiet()))
                assert f"leaf {seq})" in told or "root over its first" in told, (seq, told)
            change(db, column, seq, cell)
    assert examine(signed.folder, NOBODY, Quiet()).holds


def test_a_record_that_could_be_read_in_two_ways_is_caught(signed: SignedCase) -> None:
    """SQL takes the first of two members of one name, the leaf stands for the last."""
    with closing(sqlite3.connect(signed.folder / DATABASE)) as db:
        query = "SELECT seq, body FROM record WHERE kind = 'evidence' AND current"
        seq, body = db.execute(query).fetchone()
        for other in ('{"name":"another",' + body[1:], "{ " + body[1:], body + " "):
            change(db, "body", seq, other)
            assert f"(leaf {seq})" in failures(examine(signed.folder, NOBODY, Quiet()))


@pytest.mark.parametrize(
    ("told", "change_"),
    [
        ("more about itself", "INSERT INTO about VALUES ('title', 'another')"),
        ("view", "CREATE VIEW proof AS SELECT 1"),
        ("trigger", "CREATE TRIGGER t AFTER INSERT ON step BEGIN SELECT 1; END"),
        ("view finding", "DROP VIEW finding"),
        ("finished with", "UPDATE record SET step = 'x' WHERE current AND kind = 'evidence'"),
        ("finished with", "UPDATE record SET current = 0 WHERE kind = 'finding'"),
        ("finished with", "UPDATE step SET inputs = 'x'"),
    ],
)
def test_what_sql_would_show_cannot_be_changed(signed: SignedCase, told: str, change_: str) -> None:
    with closing(sqlite3.connect(signed.folder / DATABASE)) as db, db:
        db.execute(change_)
    assert told in failures(examine(signed.folder, NOBODY, Quiet()))


def test_what_was_emptied_holds_nothing_else(signed: SignedCase) -> None:
    erased = read_ids(signed)[0]
    erase(signed.folder, erased, reason="x", on="2026-11-22", progress=Quiet())
    assert examine(signed.folder, NOBODY, Quiet()).holds
    with closing(sqlite3.connect(signed.folder / DATABASE)) as db, db:
        db.execute("UPDATE record SET id = 'F-1' WHERE kind = 'erased'")
    assert "was emptied" in failures(examine(signed.folder, NOBODY, Quiet()))


def read_ids(case: SignedCase) -> list[str]:
    made = json.loads((case.dossier / "dossier.json").read_bytes())
    return [finding["id"] for finding in made["findings"]]


@pytest.mark.parametrize(
    "name", ["../case.sqlite", "/dev/zero", "exports/../../case.sqlite", "C:\\x", "", "."]
)
def test_an_envelope_cannot_name_what_is_not_in_its_folder(signed: SignedCase, name: str) -> None:
    stated = unseal((signed.dossier / "envelope.json").read_bytes(), signed.key)
    files = {**stated.files, name: "0" * 64}
    body = seal(files, stated.predicate, signed.signer)
    (signed.dossier / "envelope.json").write_bytes(body)
    assert "a signed file is called" in failures(examine(signed.dossier, signed.trust, Quiet()))


def test_an_envelope_that_leaves_out_the_page_is_none_of_a_dossier(signed: SignedCase) -> None:
    stated = unseal((signed.dossier / "envelope.json").read_bytes(), signed.key)
    files = {name: sha256 for name, sha256 in stated.files.items() if name != "index.html"}
    (signed.dossier / "index.html").write_text("<p>better</p>")
    body = seal(files, stated.predicate, signed.signer)
    (signed.dossier / "envelope.json").write_bytes(body)
    told = failures(examine(signed.dossier, signed.trust, Quiet()))
    assert "index.html is not among the signed files" in told


def test_an_envelope_with_nonsense_in_it_fails_and_never_crashes(signed: SignedCase) -> None:
    stated = unseal((signed.dossier / "envelope.json").read_bytes(), signed.key)
    broken = replace(stated.predicate, root="é", size=-1)
    path = signed.dossier / "envelope.json"
    for body in (seal(stated.files, broken, signed.signer), b'{"x":' + b"[" * 99_999):
        path.write_bytes(body)
        assert "envelope" in failures(examine(signed.dossier, signed.trust, Quiet()))


@pytest.mark.parametrize("file", ["index.html", "envelope.json", SIGNED, "exports/brief.md"])
def test_a_link_to_what_has_no_end_is_no_file(signed: SignedCase, file: str) -> None:
    (signed.dossier / file).unlink()
    (signed.dossier / file).symlink_to("/dev/zero")
    assert not examine(signed.dossier, signed.trust, Quiet()).holds


def change(db: sqlite3.Connection, column: str, seq: int, value: object) -> None:
    with db:
        db.execute(f"UPDATE record SET {column} = ? WHERE seq = ?", (value, seq))  # noqa: S608


@pytest.mark.parametrize("leaf", [None, b"short", b"x" * 33])
def test_what_is_no_hash_in_the_place_of_a_leaf_is_named(
    signed: SignedCase, leaf: bytes | None
) -> None:
    with closing(sqlite3.connect(signed.folder / DATABASE)) as db, db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '')")
        db.execute("PRAGMA schema_version = 4711")
    with closing(sqlite3.connect(signed.folder / DATABASE)) as db, db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("UPDATE record SET leaf = ? WHERE seq = 3", (leaf,))
    failed = [check for check in verify(signed.folder, Quiet()) if not check.holds]
    assert "leaf 3 of the ledger is no hash" in " ".join(check.detail for check in failed)


def test_a_bit_of_the_database_is_caught_or_changes_nothing_that_is_said(
    signed: SignedCase,
) -> None:
    path = signed.folder / DATABASE
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        said = db.execute(DUMP).fetchall()
    body = path.read_bytes()
    caught = 0
    for place, changed in flipped(body, 60):
        path.write_bytes(changed)
        try:
            if not all(check.holds for check in verify(signed.folder, Quiet())):
                caught += 1
                continue
        except CaseError:
            caught += 1
            continue
        with closing(sqlite3.connect(path)) as db:
            assert db.execute(DUMP).fetchall() == said, f"byte {place}"
    assert caught > 30


@pytest.mark.parametrize(
    ("file", "named"),
    [("dossier.json", "dossier.json"), ("envelope.json", "envelope"), (SIGNED, SIGNED)],
)
def test_a_file_that_is_gone_is_named(signed: SignedCase, file: str, named: str) -> None:
    (signed.dossier / file).unlink()
    if file == "dossier.json":
        with pytest.raises(CaseError):
            examine(signed.dossier, signed.trust, Quiet())
    else:
        assert named in failures(examine(signed.dossier, signed.trust, Quiet()))
    assert not examine(signed.folder, signed.trust, Quiet()).holds or file == "envelope.json"


@pytest.mark.parametrize("place", ["", "exports/"])
def test_a_file_that_was_put_in_is_named(signed: SignedCase, place: str) -> None:
    (signed.dossier / f"{place}evil.html").write_text("<p>not ours</p>")
    assert "evil.html" in failures(examine(signed.dossier, signed.trust, Quiet()))
    assert "evil.html" in failures(examine(signed.folder, NOBODY, Quiet()))


def grow(folder: Path, word: str) -> None:
    with CaseStore(folder) as store, store.step(f"after:{word}", word) as step:
        step.add("remark", word, {"word": word})


def test_a_ledger_rolled_back_with_all_its_files_is_caught_by_a_checkpoint_kept_elsewhere(
    signed: SignedCase, tmp_path: Path
) -> None:
    shutil.copytree(signed.folder, tmp_path / "old")
    grow(signed.folder, "later")
    kept = (signed.folder / CHECKPOINT).read_text("utf-8")
    assert examine(signed.folder, NOBODY, Quiet(), since=kept).holds
    told = failures(examine(tmp_path / "old", NOBODY, Quiet(), since=kept))
    assert "rolled back" in told


def test_a_forked_ledger_is_caught_by_a_checkpoint_kept_elsewhere(
    signed: SignedCase, tmp_path: Path
) -> None:
    shutil.copytree(signed.folder, tmp_path / "fork")
    grow(signed.folder, "one")
    grow(tmp_path / "fork", "two")
    kept = (signed.folder / CHECKPOINT).read_text("utf-8")
    assert "forked" in failures(examine(tmp_path / "fork", NOBODY, Quiet(), since=kept))


def test_only_what_the_ledger_goes_on_from_is_a_checkpoint_of_it(signed: SignedCase) -> None:
    earlier = (signed.dossier / SIGNED).read_text("utf-8")
    grow(signed.folder, "later")
    assert examine(signed.folder, NOBODY, Quiet(), since=earlier).holds
    for bad in ("", "x", earlier.replace("stopa.case/", "stopa.case/0"), earlier[:60]):
        assert not examine(signed.folder, NOBODY, Quiet(), since=bad).holds
    with pytest.raises(InputError):
        examine(signed.dossier, NOBODY, Quiet(), since=earlier)


def test_another_s_signature_is_not_the_one_asked_for(signed: SignedCase) -> None:
    told = failures(examine(signed.dossier, Trust(key=signed.witness.verifier()), Quiet()))
    assert "is not the key watch.example/w1" in told
    sign(signed.folder, signed.witness, Quiet())  # a forger signs with his own key
    verdict = examine(signed.dossier, NOBODY, Quiet())
    assert verdict.holds, failures(verdict)
    assert any("A forger would put his own there" in sentence for sentence in verdict.not_shown)
    assert not examine(signed.dossier, signed.trust, Quiet()).holds


def test_signing_again_gives_the_same_bytes_and_keeps_the_witness(signed: SignedCase) -> None:
    before = {p: p.read_bytes() for p in signed.dossier.rglob("*") if p.is_file()}
    sign(signed.folder, signed.signer, Quiet())
    assert {p: p.read_bytes() for p in signed.dossier.rglob("*") if p.is_file()} == before


def test_what_is_not_sound_is_not_signed(signed: SignedCase) -> None:
    (signed.dossier / "index.html").write_text("<p>better</p>")
    with pytest.raises(Exception, match=r"index\.html was changed"):
        sign(signed.folder, signed.signer, Quiet())


def test_an_unsigned_case_says_so_and_holds_unless_a_signature_is_asked_for(
    signed: SignedCase,
) -> None:
    for file in (SIGNED, "envelope.json", "signer.vkey"):
        (signed.dossier / file).unlink()
    shutil.rmtree(signed.dossier / "exports")
    verdict = examine(signed.folder, NOBODY, Quiet())
    assert verdict.holds, failures(verdict)
    assert any("Nobody has signed" in sentence for sentence in verdict.not_shown)
    assert "it is signed: it is not" in failures(examine(signed.folder, signed.trust, Quiet()))
    assert "it is signed: it is not" in failures(examine(signed.dossier, NOBODY, Quiet()))
