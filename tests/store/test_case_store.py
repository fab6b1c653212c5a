import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from stopa.errors import CaseError, VerificationError
from stopa.model.evidence import Problem, Where
from stopa.model.record import canonical
from stopa.store.case_reader import CHECKPOINT, DATABASE, DECOY, SIGNED, CaseReader, Erasure
from stopa.store.case_store import LEAST, CaseStore

PROBLEM = Problem("cut short", Where("ab" * 32, record=3), "copy it again")
OTHER = Problem("not a record", Where("ab" * 32, record=4), "copy it again")


def fill(folder: Path, *problems: Problem) -> None:
    with CaseStore(folder) as store, store.step("read:ab", "v1") as step:
        for problem in problems or (PROBLEM,):
            step.add("problem", problem.what, problem)


@contextmanager
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / DATABASE)) as db, db:
        yield db


def test_what_was_recorded_is_there_after_reopening(tmp_path: Path) -> None:
    fill(tmp_path)
    with CaseStore(tmp_path) as store:
        assert list(store.records("problem", Problem)) == [PROBLEM]
        assert store.find("cut short") is not None
        assert store.is_done("read:ab", "v1")
        assert not store.is_done("read:ab", "v2")


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    fill(tmp_path)
    with CaseStore(tmp_path) as store:
        before = store.checkpoint()
        with pytest.raises(TypeError), store.step("read:ab", "v2") as step:
            step.add("problem", "x", object())
        assert store.checkpoint() == before
        assert list(store.records("problem", Problem)) == [PROBLEM]
        assert store.is_done("read:ab", "v1")


def test_a_step_done_again_says_only_its_last_word_and_forgets_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    fill(tmp_path, OTHER)
    with CaseStore(tmp_path) as store:
        assert list(store.records("problem", Problem)) == [OTHER]
        assert store.verify_records() == store.checkpoint().size == 2 * LEAST
        said = [leaf.body for leaf in store.leaves() if leaf.kind == "problem"]
        assert sorted(said) == sorted([canonical(PROBLEM), canonical(OTHER)])


def test_the_same_record_is_not_recorded_twice(tmp_path: Path) -> None:
    fill(tmp_path)
    fill(tmp_path)
    with CaseStore(tmp_path) as store:
        assert len(list(store.bodies("problem"))) == 1
        kinds = [leaf.kind for leaf in store.leaves()]
        assert sorted(kinds) == ["problem", "step", "step"]


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with CaseStore(tmp_path), pytest.raises(CaseError, match="in use"):
        CaseStore(tmp_path)


def test_a_changed_record_is_named(tmp_path: Path) -> None:
    fill(tmp_path)
    with database(tmp_path) as db:
        db.execute("UPDATE record SET body = replace(body, 'cut short', 'all well')")
    with CaseStore(tmp_path) as store, pytest.raises(VerificationError, match="problem cut short"):
        store.verify_records()


@pytest.mark.parametrize(
    "damage",
    ["DELETE FROM record WHERE seq = 1", "UPDATE record SET leaf = zeroblob(32) WHERE seq = 0"],
)
def test_a_shortened_or_forked_ledger_is_refused(tmp_path: Path, damage: str) -> None:
    fill(tmp_path)
    with database(tmp_path) as db:
        db.execute(damage)
    with pytest.raises(VerificationError):
        CaseStore(tmp_path)


def test_a_ledger_rolled_back_with_its_database_is_refused(tmp_path: Path) -> None:
    fill(tmp_path)
    old = (tmp_path / DATABASE).read_bytes()
    fill(tmp_path, OTHER)
    (tmp_path / DATABASE).write_bytes(old)
    with pytest.raises(VerificationError, match="last checkpoint"):
        CaseStore(tmp_path)


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", b"a\n1\n!!!\n", b"\xff\xfe"])
def test_a_checkpoint_that_cannot_be_read_is_an_error(tmp_path: Path, content: bytes) -> None:
    fill(tmp_path)
    (tmp_path / CHECKPOINT).write_bytes(content)
    with pytest.raises(VerificationError):
        CaseStore(tmp_path)


def test_a_folder_with_other_files_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(CaseError, match="no case"):
        CaseStore(tmp_path)


def test_a_database_of_noise_is_refused(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / DATABASE).write_bytes(b"noise" * 5000)
    with pytest.raises(VerificationError):
        CaseStore(tmp_path)


def test_reading_verbs_want_a_case(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="is not a case"):
        CaseReader(tmp_path / "none")


def test_the_views_open_in_any_sqlite_browser(tmp_path: Path) -> None:
    fill(tmp_path)
    with database(tmp_path) as db:
        for view in ("evidence", "problem", "finding", "statement"):
            db.execute(f"SELECT * FROM {view}").fetchall()  # noqa: S608
        assert db.execute("SELECT what FROM problem").fetchall() == [("cut short",)]


def test_a_record_hidden_from_the_dossier_is_noticed(tmp_path: Path) -> None:
    fill(tmp_path)
    with CaseStore(tmp_path) as store:
        assert store.verify_steps() == 1
    with database(tmp_path) as db:
        db.execute("UPDATE record SET current = 0 WHERE kind = 'problem'")
    with CaseStore(tmp_path) as store, pytest.raises(VerificationError, match="read:ab"):
        store.verify_steps()


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM step",
        "UPDATE step SET inputs = 'other'",
        "INSERT INTO step VALUES ('mine', 'x')",
        "UPDATE record SET current = 0 WHERE kind = 'problem'; DELETE FROM step",
        "UPDATE record SET step = 'mine' WHERE kind = 'problem'",
    ],
)
def test_steps_are_those_of_the_ledger(tmp_path: Path, tampering: str) -> None:
    fill(tmp_path)
    with database(tmp_path) as db:
        db.executescript(tampering)
    with CaseStore(tmp_path) as store, pytest.raises(VerificationError):
        store.verify_steps()


@pytest.mark.parametrize(
    "tampering",
    [
        "DROP VIEW finding",
        "DROP VIEW finding; CREATE VIEW finding AS SELECT 1",
        "CREATE TRIGGER mine AFTER INSERT ON record BEGIN DELETE FROM record; END",
    ],
)
def test_views_that_people_read_are_ours(tmp_path: Path, tampering: str) -> None:
    fill(tmp_path)
    with CaseStore(tmp_path) as store:
        assert store.verify_schema() > 5
    with database(tmp_path) as db:
        db.executescript(tampering)
    with CaseReader(tmp_path) as store, pytest.raises(VerificationError):
        store.verify_schema()


def test_records_put_in_behind_the_checkpoint_are_noticed(tmp_path: Path) -> None:
    fill(tmp_path)
    with CaseStore(tmp_path) as store:
        assert store.verify_length() == LEAST
    with database(tmp_path) as db:
        db.execute(
            "INSERT INTO record SELECT 8, kind, 'P-new', body, salt, leaf, step, 1 FROM record"
            " WHERE kind = 'problem'"
        )
    with CaseStore(tmp_path) as store, pytest.raises(VerificationError, match="9 leaves"):
        store.verify_length()


def test_a_checkpoint_that_is_gone_is_noticed(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / CHECKPOINT).unlink()
    with pytest.raises(VerificationError, match="gone"):
        CaseStore(tmp_path)


@pytest.mark.parametrize("body", ["'x'", "'{}'", "cast(x'ff' as text)"])
def test_records_that_cannot_be_read_are_an_error(tmp_path: Path, body: str) -> None:
    fill(tmp_path)
    with database(tmp_path) as db:
        db.execute(f"UPDATE record SET body = {body}")  # noqa: S608
    with CaseStore(tmp_path) as store:
        for check in (store.verify_records, store.verify_steps):
            with pytest.raises(VerificationError):
                check()


def test_a_case_that_was_hardly_begun_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    fill(tmp_path)
    (tmp_path / "other" / "events").mkdir(parents=True)
    (tmp_path / "other" / "events" / "mine.txt").write_text("mine")
    with pytest.raises(CaseError, match="no case"):
        CaseStore(tmp_path / "other")


def seen(folder: Path) -> dict[Path, int]:
    """Every file and folder with its time of change, SQLite's own passing files left out."""
    return {
        path: path.stat().st_mtime_ns if path.is_file() else 0
        for path in folder.rglob("*")
        if not path.name.endswith(("-wal", "-shm"))
    }


def test_reading_writes_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "spool").rmdir()
    before = seen(tmp_path)
    with CaseReader(tmp_path) as one, CaseReader(tmp_path) as two:
        assert one.verify_records() == two.verify_records() == LEAST
    assert seen(tmp_path) == before


def test_the_newest_word_on_an_id_counts(tmp_path: Path) -> None:
    fill(tmp_path)
    with CaseStore(tmp_path) as store:
        with store.step("read:cd", "v1") as step:
            step.add("problem", PROBLEM.what, OTHER)
        assert list(store.records("problem", Problem)) == [OTHER]


def steady(seed: int) -> Callable[[int], bytes]:
    """A source of bytes that is the same each time."""
    return random.Random(seed).randbytes  # noqa: S311 - a test of order, not of secrecy


@pytest.mark.parametrize("count", [1, 6, 7, 8, 100])
def test_a_block_is_filled_up_and_its_order_tells_nothing(tmp_path: Path, count: int) -> None:
    orders = []
    for seed in (1, 2):
        with CaseStore(tmp_path / str(seed), entropy=steady(seed)) as store:
            with store.step("read:ab", "v1") as step:
                for n in range(count):
                    step.add("problem", f"P-{n:03}", PROBLEM)
            size = store.checkpoint().size
            assert size == max(LEAST, 1 << count.bit_length())
            hashes = store.hashes(size)
            assert hashes == sorted(hashes)
            assert store.verify_records() == size
            orders.append([(leaf.seq, leaf.id) for leaf in store.leaves()])
    assert orders[0] != orders[1]


def test_decoys_are_no_records(tmp_path: Path) -> None:
    fill(tmp_path)
    with CaseStore(tmp_path) as store:
        assert list(store.bodies(DECOY)) == []
        assert {leaf.kind for leaf in store.leaves()} == {"problem", "step"}


def test_what_was_erased_is_nowhere_and_the_rest_holds(tmp_path: Path) -> None:
    secret = Problem("wholly unheard-of words", Where("cd" * 32), "forget it")
    fill(tmp_path, secret, *(Problem(f"kept {n}", Where("ef" * 32), "-") for n in range(50)))
    with CaseStore(tmp_path) as store:
        gone = [leaf.seq for leaf in store.leaves() if leaf.id in (secret.what, "read:ab")]
        with store.step("after:erase:1", "") as step:
            step.erase(gone)
            step.note_again(["read:ab"])
            erasure = Erasure(tuple(gone), {"problem": 1, "step": 1}, "a witness", "2026-11-22")
            step.add("erasure", "erasure", erasure)
        store.forget()
        assert secret not in list(store.records("problem", Problem))
        assert len(list(store.records("problem", Problem))) == 50
        assert store.verify_records() == store.verify_length() == store.checkpoint().size
        assert store.verify_steps() == 2
        assert set(store.erased()) == set(gone)
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or b"unheard-of" not in path.read_bytes()


def test_a_record_emptied_without_an_erasure_is_noticed(tmp_path: Path) -> None:
    fill(tmp_path)
    with database(tmp_path) as db:
        db.execute("UPDATE record SET body = NULL, salt = NULL WHERE kind = 'problem'")
    with CaseStore(tmp_path) as store, pytest.raises(VerificationError, match="emptied"):
        store.verify_records()


def test_a_ledger_behind_its_signed_checkpoint_is_refused(tmp_path: Path) -> None:
    fill(tmp_path)
    old = [(path, path.read_bytes()) for path in (tmp_path / DATABASE, tmp_path / CHECKPOINT)]
    fill(tmp_path, OTHER)
    text = (tmp_path / CHECKPOINT).read_text("utf-8")
    (tmp_path / "dossier" / SIGNED).write_text(f"{text}\n— somebody c2lnbmF0dXJl\n", "utf-8")
    CaseReader(tmp_path).__exit__()
    for path, body in old:
        path.write_bytes(body)
    with pytest.raises(VerificationError, match="rolled back"):
        CaseReader(tmp_path)


def test_a_forked_ledger_is_named(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    fill(tmp_path / "two")
    with database(tmp_path / "two") as db:
        origin = db.execute("SELECT value FROM about WHERE key = 'origin'").fetchone()[0]
    with database(tmp_path / "one") as db:
        db.execute("UPDATE about SET value = ? WHERE key = 'origin'", (origin,))
    body = (tmp_path / "two" / CHECKPOINT).read_bytes()
    (tmp_path / "one" / CHECKPOINT).write_bytes(body)
    with pytest.raises(VerificationError, match="forked"):
        CaseReader(tmp_path / "one")
