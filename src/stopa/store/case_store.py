"""The record of a case: one SQLite file in which every record is a leaf of the ledger.

Why: work is cut into steps; a step's records and the note that it is done are one transaction, so
a killed run leaves whole steps or nothing of them, and the next run does just what is missing.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from stopa.errors import CaseError
from stopa.model.record import canonical
from stopa.store import durable
from stopa.store.case_reader import (
    CHECKPOINT,
    DATABASE,
    FORMAT,
    CaseReader,
    Note,
    said,
    schema,
    unusable,
)
from stopa.store.ledger import SALT_BYTES, commitment
from stopa.store.merkle import Frontier, leaf_hash

FOLDERS = ("events", "evidence", "dossier", "spool")
ORIGIN = "stopa.case/"


class CaseStore(CaseReader):
    """A case folder, open for one writer. Use as a context manager."""

    def __init__(self, folder: Path, *, entropy: Callable[[int], bytes] = os.urandom) -> None:
        """Open the case, or begin one in an empty or missing folder; raise CaseError."""
        self.folder = folder
        self._entropy = entropy
        _prepare_folder(folder)
        self._db = _connect(folder / DATABASE)
        self._begin()
        self._check_or_close()
        if self._last_checkpoint() is None:
            self._write_checkpoint()  # from now on a missing checkpoint was taken away

    def is_done(self, step: str, inputs: str) -> bool:
        """Whether this step was finished on just these inputs."""
        row = self._db.execute("SELECT inputs FROM step WHERE name = ?", (step,)).fetchone()
        return row is not None and row[0] == inputs

    @contextmanager
    def step(self, name: str, inputs: str) -> Iterator[Step]:
        """Do a step anew: what it adds replaces what it said before, all at once or not at all."""
        before = self._tree.copy()
        try:
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                work = Step(self._db, name, self._tree, self._entropy)
                yield work
                work.finish(inputs)
        except BaseException as error:
            self._tree = before
            if isinstance(error, sqlite3.DatabaseError):
                raise unusable(self.folder, error) from error
            raise
        self._write_checkpoint()

    def _begin(self) -> None:
        """Make the tables where there are none, and give a new case its name."""
        try:
            self._db.executescript(schema())
            about = {"origin": ORIGIN + self._entropy(8).hex(), "format": FORMAT}
            with self._db:
                self._db.executemany("INSERT OR IGNORE INTO about VALUES (?, ?)", about.items())
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise unusable(self.folder, error) from error

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


def _prepare_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CaseError(f"{folder} is a file", hint="name a folder for the case with -o")
    if not (folder / DATABASE).is_file() and not _is_free(folder):
        raise CaseError(
            f"{folder} holds other files and no case", hint="name an empty or new folder with -o"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in FOLDERS:
            (folder / name).mkdir(exist_ok=True)
    except OSError as error:
        raise CaseError(f"{folder}: {error.strerror}", hint="name a folder you may write") from None


def _is_free(folder: Path) -> bool:
    """Tell whether a folder holds nothing, or no more than a case that was not begun."""
    if not folder.is_dir():
        return True
    begun = [path for path in folder.iterdir() if path.name not in FOLDERS or not path.is_dir()]
    return not begun and not any(any((folder / name).glob("*")) for name in FOLDERS)


def _connect(path: Path) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(path, isolation_level=None, timeout=1)
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("BEGIN EXCLUSIVE")
        db.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        raise unusable(path.parent, error) from error
    return db
