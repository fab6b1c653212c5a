"""The record of a case: one SQLite file in which every record is a leaf of the ledger.

Why: work is cut into steps; a step's records and the note that it is done are one transaction, so
a killed run leaves whole steps or nothing of them, and the next run does just what is missing.
Trap: what is erased must not live on in freed pages or in the write-ahead log.
"""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from stopa.errors import CaseError
from stopa.model.record import canonical
from stopa.store import durable
from stopa.store.case_reader import (
    CHECKPOINT,
    DATABASE,
    DECOY,
    ERASED,
    FORMAT,
    NOTE,
    CaseReader,
    Note,
    said,
    schema,
    unusable,
)
from stopa.store.merkle import Frontier, leaf_hash
from stopa.store.sealing import SALT_BYTES, commitment, payload, sealed

FOLDERS = ("events", "evidence", "dossier", "spool")
ORIGIN = "stopa.case/"  # and 128 random bits: it tells nothing, and no two cases share it
ORIGIN_BYTES = 16
BLOCK = 4096  # leaves that are shuffled together
BLOCK_BYTES = 32 * 1024 * 1024  # of records held before a block is written
LEAST = 8  # leaves of the smallest block
PAGE_BYTES = 8192  # of a new database: a record is some 600 bytes, and fewer pages are quicker
Row = tuple[str, str, str, bytes, bytes, str, bool]


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
        return self.inputs_of(step) == inputs

    def inputs_of(self, step: str) -> str | None:
        """Return the inputs that a step was last finished on; None where it never was."""
        row = self._db.execute("SELECT inputs FROM step WHERE name = ?", (step,)).fetchone()
        return row[0] if row is not None else None

    @contextmanager
    def step(self, name: str, inputs: str) -> Iterator[Step]:
        """Do a step anew: what it adds replaces what it said before, all at once or not at all."""
        with self.steps() as begin:
            work = begin(name)
            yield work
            work.finish(inputs)

    @contextmanager
    def steps(self) -> Iterator[Callable[[str], Step]]:
        """Do several steps, all at once or not at all: begin each by its name, and finish it."""
        before = self._tree.copy()
        try:
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                block = _Block(self._db, self._tree, self._entropy)
                yield lambda name: Step(self._db, name, block)
                block.append()
        except BaseException as error:
            self._tree = before
            if isinstance(error, sqlite3.DatabaseError):
                raise unusable(self.folder, error) from error
            raise
        self._write_checkpoint()

    def forget(self) -> None:
        """Leave nothing of erased records in the write-ahead log or in free pages."""
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _begin(self) -> None:
        """Make the tables where there are none, and give a new case its name."""
        try:
            self._db.executescript(schema())
            about = {"origin": ORIGIN + self._entropy(ORIGIN_BYTES).hex(), "format": FORMAT}
            with self._db:
                self._db.executemany("INSERT OR IGNORE INTO about VALUES (?, ?)", about.items())
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise unusable(self.folder, error) from error

    def _write_checkpoint(self) -> None:
        durable.write(self.folder / CHECKPOINT, self.checkpoint().text().encode())


class _Block:
    """Records that wait to become leaves together, by step.

    A block stands in the order of its leaf hashes, which are random, and is filled up with decoys,
    so that neither order nor length of the ledger tell. Steps of one transaction share it.
    """

    def __init__(
        self, db: sqlite3.Connection, tree: Frontier, entropy: Callable[[int], bytes]
    ) -> None:
        self._db = db
        self._tree = tree
        self._entropy = entropy
        self._waiting: defaultdict[str, dict[tuple[str, str], Row]] = defaultdict(dict)
        self._rows = 0
        self._bytes = 0

    def add(self, step: str, kind: str, record_id: str, body: bytes) -> None:
        """Let a record wait, in the place of one of its step that is called the same."""
        mine = self._waiting[step]
        self._rows += (kind, record_id) not in mine
        self._bytes += len(body)
        mine[kind, record_id] = self._row(kind, record_id, body, step)
        if self._rows >= BLOCK or self._bytes >= BLOCK_BYTES:
            self.append()

    def leaves(self, step: str) -> list[bytes]:
        """Return the hashes of a step's records that wait, without its note."""
        return [row[4] for row in self._waiting[step].values() if row[0] != NOTE]

    def append(self) -> None:
        """Append what is waiting, filled up with decoys to a power of two."""
        rows = [row for mine in self._waiting.values() for row in mine.values()]
        if not rows:
            return
        full = max(LEAST, 1 << (len(rows) - 1).bit_length())
        rows += [self._row(DECOY, "", b"{}", "") for _ in range(full - len(rows))]
        rows.sort(key=lambda row: row[4])
        self._db.executemany(
            "INSERT INTO record (seq, kind, id, body, salt, leaf, step, current)"
            " VALUES (?,?,?,?,?,?,?,?)",
            [(seq, *row) for seq, row in enumerate(rows, self._tree.size)],
        )
        for row in rows:
            self._tree.append(row[4])
        self._waiting.clear()
        self._rows = self._bytes = 0

    def _row(self, kind: str, record_id: str, body: bytes, step: str) -> Row:
        salt = self._entropy(SALT_BYTES)
        leaf = leaf_hash(commitment(payload(sealed(salt, kind, record_id, body))))
        return kind, record_id, body.decode(), salt, leaf, step, kind != DECOY


class Step:
    """One step's records while its transaction is open."""

    def __init__(self, db: sqlite3.Connection, name: str, block: _Block) -> None:
        self._db = db
        self._name = name
        self._block = block
        self._added: set[int] = set()
        before = "SELECT 1 FROM record WHERE step = ? LIMIT 1"
        self._was_done = db.execute(before, (name,)).fetchone() is not None
        db.execute("UPDATE record SET current = 0 WHERE step = ? AND current", (name,))

    def add(self, kind: str, record_id: str, value: object) -> None:
        """Record a value; the same value recorded before by this step is used again."""
        body = canonical(value)
        named = hash((kind, record_id))
        if not (self._was_done or named in self._added) or not self._said(kind, record_id, body):
            self._added.add(named)
            self._block.add(self._name, kind, record_id, body)

    def erase(self, leaves: Sequence[int]) -> None:
        """Destroy salt, id and body of these leaves; the leaves stay, so the ledger still holds."""
        self._db.executemany(
            "UPDATE record SET kind = ?, id = '', body = NULL, salt = NULL, step = '', current = 0"
            " WHERE seq = ?",
            [(ERASED, seq) for seq in leaves],
        )

    def finish(self, inputs: str) -> None:
        """Note that the step is done, and commit to which leaves it leaves current."""
        self._note(self._name, inputs, self._block.leaves(self._name))

    def drop(self, steps: Iterable[str]) -> None:
        """Forget that these steps were ever done; their leaves must have been erased."""
        self._db.executemany("DELETE FROM step WHERE name = ?", [(name,) for name in steps])
        self._db.executemany(
            "UPDATE record SET current = 0 WHERE step = ?", [(name,) for name in steps]
        )

    def note_again(self, steps: Iterable[str]) -> None:
        """Note for steps of which something was erased what they leave current now."""
        for name in steps:
            query = "SELECT inputs FROM step WHERE name = ?"
            for (inputs,) in self._db.execute(query, (name,)).fetchall():
                self._note(name, inputs, [])

    def _said(self, kind: str, record_id: str, body: bytes) -> bool:
        """Whether this step has a leaf for just this value; make it current."""
        query = "UPDATE record SET current = 1 WHERE step = ? AND kind = ? AND id = ? AND body = ?"
        values = (self._name, kind, record_id, body.decode())
        return self._db.execute(query, values).rowcount > 0

    def _note(self, name: str, inputs: str, leaves: Sequence[bytes]) -> None:
        records, sha256 = said(self._db, name, leaves)
        self._block.add(name, NOTE, name, canonical(Note(name, inputs, records, sha256)))
        self._db.execute("INSERT OR REPLACE INTO step VALUES (?, ?)", (name, inputs))


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
    except sqlite3.DatabaseError as error:
        raise unusable(path.parent, error) from error
    try:
        db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")
        db.execute("BEGIN EXCLUSIVE")
        db.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        db.close()
        raise unusable(path.parent, error) from error
    return db
