"""A case that is there, open for reading only: nothing in its folder is written or made.

Trap: after damage SQLite always opens, but sometimes shorter; the length and root are therefore
checked against the last checkpoint, which lies outside of the database.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec

from stopa.errors import CaseError, StopaError, VerificationError
from stopa.model.record import canonical, parse
from stopa.store.ledger import Checkpoint, commitment, parse_checkpoint
from stopa.store.merkle import Frontier, leaf_hash, root

DATABASE = "case.sqlite"
CHECKPOINT = "checkpoint"
FORMAT = "1"
RESTORE = "the case was changed outside of stopa; restore it from a copy"
FREE_SPACE = "free some space and run the same command again: it goes on where it stopped"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """That a step is done, on which inputs, and which records it left current."""

    step: str
    inputs: str
    records: int
    sha256: str


class CaseReader:
    """A case folder, open for reading. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        """Open a case that is there; raise CaseError when there is none."""
        if not (folder / DATABASE).is_file():
            raise CaseError(
                f"{folder} is not a case", hint="make one: stopa investigate EVIDENCE... -o CASE"
            )
        self.folder = folder
        self._db = _connect_to_read(folder / DATABASE)
        self._check_or_close()

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

    def bodies(self, kind: str) -> Iterator[bytes]:
        """Yield the canonical bytes of the current records of a kind, the newest for each id."""
        rows = self._rows(
            "SELECT id, body, MAX(seq) FROM record WHERE kind = ? AND current"
            " GROUP BY id ORDER BY id",
            kind,
        )
        return (body.encode() for _, body, _ in rows)

    def records(self, kind: str, shape: type[T]) -> Iterator[T]:
        """Yield the current records of a kind, by id."""
        return (_parsed(body, kind, shape) for body in self.bodies(kind))

    def find(self, record_id: str) -> tuple[str, bytes] | None:
        """Return (kind, canonical bytes) of the current record with this id."""
        rows = self._rows(
            "SELECT kind, body FROM record WHERE id = ? AND current ORDER BY seq DESC LIMIT 1",
            record_id,
        )
        return next(((kind, body.encode()) for kind, body in rows), None)

    def last_step(self) -> str | None:
        """Return the step that was finished last, None before there was any."""
        query = "SELECT id FROM record WHERE kind = 'step' ORDER BY seq DESC LIMIT 1"
        return next((str(name) for (name,) in self._rows(query)), None)

    def checkpoint(self) -> Checkpoint:
        """Return the checkpoint over the ledger as it is now."""
        return Checkpoint(self._origin, self._tree.size, self._tree.root())

    def verify_length(self) -> int:
        """Check that the ledger ends where the checkpoint says; return how many leaves it has."""
        last, size = self._last_checkpoint(), self._tree.size
        if last is None or last.size != size:
            said = last.size if last else "no"
            raise VerificationError(
                f"the ledger has {size} leaves, the checkpoint speaks of {said}",
                hint="complete the case: run the same stopa investigate again",
            )
        return size

    def verify_schema(self) -> int:
        """Check that tables and views are those of stopa; return how many there are."""
        query = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
        with closing(sqlite3.connect(":memory:")) as fresh:
            fresh.executescript(schema())
            wanted = fresh.execute(query).fetchall()
        found = list(self._rows(query))
        for entry in {*found} ^ {*wanted}:
            raise VerificationError(f"{entry[0]} {entry[1]} was changed or added", hint=RESTORE)
        return len(found)

    def verify_records(self) -> int:
        """Check each record against its leaf; return how many; raise VerificationError."""
        rows = self._rows("SELECT seq, kind, id, body, salt, leaf FROM record ORDER BY seq")
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
        """Check that each step leaves current what its last note says; return how many there are.

        The notes are records of the ledger: a step or record that no note speaks of was put in.
        """
        notes = {
            note.step: note
            for (body,) in self._rows("SELECT body FROM record WHERE kind = 'step' ORDER BY seq")
            for note in [_parsed(body.encode(), "step", Note)]
        }
        done = dict(self._rows("SELECT name, inputs FROM step"))
        named = {name for (name,) in self._rows("SELECT DISTINCT step FROM record WHERE current")}
        for name in sorted({*notes, *done, *named}):
            note = notes.get(name)
            if note is None or done.get(name) != note.inputs or self._said(name) != note.sha256:
                raise VerificationError(
                    f"the records of {name} are not those it was finished with", hint=RESTORE
                )
        return len(notes)

    def _said(self, step: str) -> str:
        return said(self._db, step)[1]

    def _rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._db.execute(query, values)
        except sqlite3.DatabaseError as error:
            raise unusable(self.folder, error) from error

    def _check_or_close(self) -> None:
        """Check format, length and root before anything is read."""
        try:
            about = dict(self._rows("SELECT key, value FROM about"))
            if about.get("format") != FORMAT:
                raise CaseError(
                    f"the case has format {about.get('format')}, this stopa knows {FORMAT}",
                    hint="use the stopa that made the case",
                )
            self._origin = str(about.get("origin"))
            self._tree = self._check_against_checkpoint()
        except BaseException:
            self._db.close()
            raise

    def _check_against_checkpoint(self) -> Frontier:
        leaves = [leaf for (leaf,) in self._rows("SELECT leaf FROM record ORDER BY seq")]
        last = self._last_checkpoint()
        if last is not None:
            _check_prefix(last, leaves, self._origin)
        elif leaves:
            raise VerificationError(
                "the checkpoint is gone", hint="restore dossier/checkpoint from a copy"
            )
        tree = Frontier()
        for leaf in leaves:
            tree.append(leaf)
        return tree

    def _last_checkpoint(self) -> Checkpoint | None:
        path = self.dossier / CHECKPOINT
        if not path.is_file():
            return None
        return parse_checkpoint(path.read_text("utf-8", errors="replace"))


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


def schema() -> str:
    """Return the tables and views of a case, as SQL."""
    return files("stopa.store").joinpath("schema.sql").read_text("utf-8")


def _parsed(body: bytes, kind: str, shape: type[T]) -> T:
    try:
        return parse(body, shape)
    except msgspec.DecodeError as error:
        raise VerificationError(f"a {kind} record cannot be read: {error}", hint=RESTORE) from error


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """Open without leave to write; on a medium that cannot be written, without locks either."""
    how = "mode=ro" if os.access(path.parent, os.W_OK) else "immutable=1"
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=1)
        db.execute("SELECT 1 FROM sqlite_schema").fetchall()
    except sqlite3.DatabaseError as error:
        raise unusable(path.parent, error) from error
    return db


def unusable(folder: Path, error: sqlite3.DatabaseError) -> StopaError:
    """Return what the analyst should be told of an error of the database."""
    if "locked" in str(error):
        return CaseError(f"{folder} is in use by another run", hint="wait until it has ended")
    if "full" in str(error):
        return CaseError(f"{folder}: no space is left", hint=FREE_SPACE)
    if "readonly" in str(error) or "unable to open" in str(error):
        return CaseError(
            f"{folder / DATABASE}: {error}", hint="copy the case to where you may write"
        )
    return VerificationError(f"{folder / DATABASE}: {error}", hint=RESTORE)


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
