"""The record of a case: one SQLite file in which every record is a leaf of the ledger.

Why: work is cut into steps; a step's records and the note that it is done are one transaction, so
a killed run leaves whole steps or nothing of them, and the next run does just what is missing.
Trap: after damage SQLite always opens, but sometimes shorter; the length and root are therefore
checked against the last checkpoint, which lies outside of the database.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Self, TypeVar

from stopa.errors import CaseError, VerificationError
from stopa.model.record import canonical, parse
from stopa.store import durable
from stopa.store.ledger import SALT_BYTES, Checkpoint, commitment, parse_checkpoint
from stopa.store.merkle import Frontier, leaf_hash, root

DATABASE = "case.sqlite"
CHECKPOINT = "checkpoint"
FOLDERS = ("events", "evidence", "dossier", "spool")
ORIGIN = "stopa.case/"
FORMAT = "1"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """That a step is done, on which inputs, and which records it left current."""

    step: str
    inputs: str
    records: int
    sha256: str


class CaseStore:
    """A case folder, open for one writer. Use as a context manager."""

    def __init__(self, folder: Path, *, entropy: Callable[[int], bytes] = os.urandom) -> None:
        """Open the case, or begin one in an empty or missing folder; raise CaseError."""
        self.folder = folder
        self._entropy = entropy
        self._tree = Frontier()
        _prepare_folder(folder)
        self._db = _connect(folder / DATABASE)
        try:
            self._begin()
        except BaseException:
            self._db.close()
            raise

    @classmethod
    def existing(cls, folder: Path) -> Self:
        """Open a case that is there; raise CaseError when there is none."""
        if not (folder / DATABASE).is_file():
            raise CaseError(
                f"{folder} is not a case", hint="make one: stopa investigate EVIDENCE... -o CASE"
            )
        return cls(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @property
    def events(self) -> Path:
        """The folder of event tables."""
        return self.folder / "events"

    @property
    def evidence(self) -> Path:
        """The folder of kept originals, named by their SHA-256."""
        return self.folder / "evidence"

    @property
    def dossier(self) -> Path:
        """The folder of the dossier and the checkpoint."""
        return self.folder / "dossier"

    @property
    def spool(self) -> Path:
        """The folder for bytes out of archives; emptied between runs."""
        return self.folder / "spool"

    def is_done(self, step: str, inputs: str) -> bool:
        """Whether this step was finished on just these inputs."""
        row = self._db.execute("SELECT inputs FROM step WHERE name = ?", (step,)).fetchone()
        return row is not None and row[0] == inputs

    @contextmanager
    def step(self, name: str, inputs: str) -> Iterator[Step]:
        """Do a step anew: what it adds replaces what it said before, all at once or not at all."""
        before = self._tree.copy()
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            work = Step(self._db, name, self._tree, self._entropy)
            try:
                yield work
                work.finish(inputs)
            except BaseException:
                self._tree = before
                raise
        self._write_checkpoint()

    def bodies(self, kind: str) -> Iterator[bytes]:
        """Yield the canonical bytes of the current records of a kind, by id."""
        rows = self._db.execute(
            "SELECT DISTINCT id, body FROM record WHERE kind = ? AND current ORDER BY id, body",
            (kind,),
        )
        return (body.encode() for _, body in rows)

    def records(self, kind: str, shape: type[T]) -> Iterator[T]:
        """Yield the current records of a kind, by id."""
        return (parse(body, shape) for body in self.bodies(kind))

    def find(self, record_id: str) -> tuple[str, bytes] | None:
        """Return (kind, canonical bytes) of the current record with this id."""
        row = self._db.execute(
            "SELECT kind, body FROM record WHERE id = ? AND current LIMIT 1", (record_id,)
        ).fetchone()
        return (row[0], row[1].encode()) if row else None

    def checkpoint(self) -> Checkpoint:
        """Return the checkpoint over the ledger as it is now."""
        return Checkpoint(self._origin, self._tree.size, self._tree.root())

    def verify_records(self) -> int:
        """Check each record against its leaf; return how many; raise VerificationError."""
        rows = self._db.execute("SELECT seq, kind, id, body, salt, leaf FROM record ORDER BY seq")
        count = 0
        for count, (seq, kind, record_id, body, salt, leaf) in enumerate(rows, 1):
            if seq != count - 1:
                raise VerificationError(f"the ledger has no leaf {count - 1}", hint=RESTORE)
            if leaf_hash(commitment(salt, body.encode())) != leaf:
                raise VerificationError(
                    f"{kind} {record_id} (leaf {seq}) is not what was recorded", hint=RESTORE
                )
        return count

    def verify_steps(self) -> int:
        """Check that each step leaves current what its note says; raise VerificationError."""
        names = [row[0] for row in self._db.execute("SELECT name FROM step ORDER BY name")]
        for name in names:
            note = self._db.execute(
                "SELECT body FROM record WHERE kind = 'step' AND id = ? ORDER BY seq DESC LIMIT 1",
                (name,),
            ).fetchone()
            if note is None or parse(note[0].encode(), Note).sha256 != said(self._db, name)[1]:
                raise VerificationError(
                    f"the records of {name} are not those it was finished with", hint=RESTORE
                )
        return len(names)

    def _begin(self) -> None:
        try:
            self._db.executescript(files("stopa.store").joinpath("schema.sql").read_text("utf-8"))
            self._origin = self._about("origin", lambda: ORIGIN + self._entropy(8).hex())
            version = self._about("format", lambda: FORMAT)
        except sqlite3.DatabaseError as error:
            raise _unusable(self.folder, error) from error
        if version != FORMAT:
            raise CaseError(
                f"the case has format {version}, this stopa writes {FORMAT}",
                hint="use the stopa that made the case",
            )
        self._tree = self._check_against_checkpoint()

    def _about(self, key: str, value: Callable[[], str]) -> str:
        row = self._db.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        if row is None:
            with self._db:
                self._db.execute("INSERT INTO about VALUES (?, ?)", (key, value()))
            return self._about(key, value)
        return str(row[0])

    def _check_against_checkpoint(self) -> Frontier:
        leaves = [row[0] for row in self._db.execute("SELECT leaf FROM record ORDER BY seq")]
        path = self.dossier / CHECKPOINT
        if path.is_file():
            last = parse_checkpoint(path.read_text("utf-8", errors="replace"))
            _check_prefix(last, leaves, self._origin)
        tree = Frontier()
        for leaf in leaves:
            tree.append(leaf)
        return tree

    def _write_checkpoint(self) -> None:
        durable.write(self.dossier / CHECKPOINT, self.checkpoint().text().encode())


class Step:
    """One step's records while its transaction is open."""

    def __init__(
        self,
        db: sqlite3.Connection,
        name: str,
        tree: Frontier,
        entropy: Callable[[int], bytes],
    ) -> None:
        self._db = db
        self._name = name
        self._tree = tree
        self._entropy = entropy
        db.execute("UPDATE record SET current = 0 WHERE step = ? AND current", (name,))

    def add(self, kind: str, record_id: str, value: object) -> None:
        """Record a value; the same value recorded before by this step is used again."""
        body = canonical(value).decode()
        again = self._db.execute(
            "UPDATE record SET current = 1 WHERE step = ? AND kind = ? AND id = ? AND body = ?",
            (self._name, kind, record_id, body),
        )
        if again.rowcount == 0:
            self._append(kind, record_id, body)

    def finish(self, inputs: str) -> None:
        """Note that the step is done, and commit to which records it leaves current."""
        records, sha256 = said(self._db, self._name)
        note = Note(self._name, inputs, records, sha256)
        self._append("step", self._name, canonical(note).decode())
        self._db.execute("INSERT OR REPLACE INTO step VALUES (?, ?)", (self._name, inputs))

    def _append(self, kind: str, record_id: str, body: str) -> None:
        salt = self._entropy(SALT_BYTES)
        leaf = leaf_hash(commitment(salt, body.encode()))
        self._db.execute(
            "INSERT INTO record (seq, kind, id, body, salt, leaf, step) VALUES (?,?,?,?,?,?,?)",
            (self._tree.size, kind, record_id, body, salt, leaf, self._name),
        )
        self._tree.append(leaf)


def said(db: sqlite3.Connection, step: str) -> tuple[int, str]:
    """Return how many records of a step are current, and the hash over them; notes left out."""
    digest = hashlib.sha256()
    rows = db.execute(
        "SELECT kind, id, body FROM record WHERE step = ? AND current AND kind != 'step'"
        " ORDER BY kind, id, body",
        (step,),
    )
    count = 0
    for row in rows:
        digest.update(canonical(row))
        count += 1
    return count, digest.hexdigest()


RESTORE = "the case was changed outside of stopa; restore it from a copy"


def _prepare_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CaseError(f"{folder} is a file", hint="name a folder for the case with -o")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / DATABASE).is_file():
        raise CaseError(
            f"{folder} holds other files and no case", hint="name an empty or new folder with -o"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in FOLDERS:
            (folder / name).mkdir(exist_ok=True)
    except OSError as error:
        raise CaseError(f"{folder}: {error.strerror}", hint="name a folder you may write") from None


def _connect(path: Path) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(path, isolation_level=None, timeout=1)
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("BEGIN EXCLUSIVE")
        db.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        raise _unusable(path.parent, error) from error
    return db


def _unusable(folder: Path, error: sqlite3.DatabaseError) -> CaseError:
    if "locked" in str(error):
        return CaseError(f"{folder} is in use by another run", hint="wait until it has ended")
    return CaseError(f"{folder / DATABASE}: {error}", hint=RESTORE)


def _check_prefix(last: Checkpoint, leaves: list[bytes], origin: str) -> None:
    if last.origin != origin:
        raise VerificationError(
            "the checkpoint belongs to another case",
            hint="restore dossier/checkpoint or case.sqlite",
        )
    if len(leaves) < last.size:
        raise VerificationError(
            f"the ledger has {len(leaves)} leaves, the last checkpoint says {last.size}",
            hint="records were lost or rolled back; restore case.sqlite from a copy",
        )
    if root(leaves[: last.size]) != last.root:
        raise VerificationError(
            "the ledger's root is not the one in the last checkpoint", hint=RESTORE
        )
