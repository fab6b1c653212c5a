"""A case that is there, open for reading only: nothing in its folder is written or made.

Trap: after damage SQLite always opens, but sometimes shorter; the length and root are therefore
checked against the last checkpoint, which lies outside of the database.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec

from stopa.errors import CaseError, StopaError, VerificationError
from stopa.model.record import parse
from stopa.store.ledger import RESTORE, Checkpoint, grown, parse_checkpoint
from stopa.store.merkle import Frontier, inclusion, leaf_hash
from stopa.store.sealing import Sealed, commitment, is_exact, payload, sealed

DATABASE = "case.sqlite"
CHECKPOINT = "checkpoint"  # beside the database: what is handed on holds signed ones alone
SIGNED = "checkpoint.signed"  # the last one that was signed: a note, with cosignatures
FORMAT = "5"
NOTE, DECOY, ERASED, ERASURE = "step", "decoy", "erased", "erasure"  # kinds of the ledger's own
AFTER = "after:"  # begins the names of steps that come after the dossier
FREE_SPACE = "free some space and run the same command again: it goes on where it stopped"
LEAF_BYTES = 32  # SHA-256
MOST = 2**62  # more leaves than a ledger can have
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """That a step is done, on which inputs, and which records it left current."""

    step: str
    inputs: str
    records: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """That the records of these leaves were destroyed, how many of which kind, why and when."""

    leaves: tuple[int, ...]
    kinds: dict[str, int] = field(hash=False)
    reason: str
    on: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A record with its place in the ledger; `step` is the piece of work that said it."""

    seq: int
    kind: str
    id: str
    body: bytes
    salt: bytes
    step: str

    def sealed(self) -> Sealed:
        """Return the disclosures of the record."""
        return sealed(self.salt, self.kind, self.id, self.body)


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
        """The folder of the dossier and of what signs it."""
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

    def leaves(self) -> Iterator[Leaf]:
        """Yield every record that was not erased, old ones too, in the ledger's order."""
        query = (
            "SELECT seq, kind, id, body, salt, step FROM record WHERE body NOT NULL AND kind != ?"
        )
        rows = self._rows(query + " ORDER BY seq", DECOY)
        return (
            Leaf(s, kind, i, body.encode(), salt, step) for s, kind, i, body, salt, step in rows
        )

    def leaf(self, seq: int) -> Leaf:
        """Return one record by its place; raise KeyError where it was erased or never was."""
        query = "SELECT seq, kind, id, body, salt, step FROM record WHERE seq = ? AND body NOT NULL"
        for row in self._rows(query, seq):
            return _read_leaf(row)
        raise KeyError(seq)

    def leaves_naming(self, text: str) -> Iterator[Leaf]:
        """Yield the records that have this id or hold it as a string, in the ledger's order."""
        rows = self._rows(
            "SELECT seq, kind, id, body, salt, step FROM record"
            " WHERE body NOT NULL AND kind NOT IN (?, ?)"
            " AND (id = ? OR instr(body, ?)) ORDER BY seq",
            *(DECOY, NOTE, text, f'"{text}"'),
        )
        return map(_read_leaf, rows)

    def hashes(self, size: int) -> list[bytes]:
        """Return the leaf hashes of the ledger as it was when it had `size` leaves.

        Raises VerificationError where something else stands in the place of one.
        """
        query = "SELECT leaf FROM record WHERE seq < ? ORDER BY seq"
        leaves = [leaf for (leaf,) in self._rows(query, size)]
        for place, leaf in enumerate(leaves):
            if not isinstance(leaf, bytes) or len(leaf) != LEAF_BYTES:
                raise VerificationError(f"leaf {place} of the ledger is no hash", hint=RESTORE)
        return leaves

    def proof(self, leaf: int, size: int) -> tuple[bytes, ...]:
        """Return the audit path of a leaf in the ledger as it was when it had `size` leaves."""
        return inclusion(self.hashes(size), leaf)

    def last_step(self) -> str | None:
        """Return the step that was finished last, disclosures and the like left out."""
        query = "SELECT id FROM record WHERE kind = ? AND id NOT LIKE ? ORDER BY seq DESC LIMIT 1"
        return next((str(name) for (name,) in self._rows(query, NOTE, f"{AFTER}%")), None)

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

    def verify_database(self) -> int:
        """Check that indices and tables of the database agree; return how many there are."""
        for (said,) in self._rows("PRAGMA integrity_check(1)"):
            if said != "ok":
                raise VerificationError(f"the database is damaged: {said}", hint=RESTORE)
        return len(list(self._rows("SELECT 1 FROM sqlite_schema WHERE rootpage > 0")))

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
        query = "SELECT seq, kind, id, body, salt, leaf, step, current FROM record ORDER BY seq"
        count, emptied = 0, set[int]()
        for count, row in enumerate(self._rows(query), 1):
            seq, kind, record_id, body, salt, leaf, *rest = row
            if seq != count - 1:
                raise VerificationError(f"the ledger has no leaf {count - 1}", hint=RESTORE)
            if body is None and (kind, record_id, *rest) == (ERASED, "", "", 0):
                emptied.add(seq)
            elif body is None:
                raise VerificationError(f"leaf {seq} was emptied by others", hint=RESTORE)
            elif leaf != _leaf(kind, record_id, body, salt):
                raise VerificationError(
                    f"{kind} {record_id} (leaf {seq}) is not what was recorded", hint=RESTORE
                )
        for seq in sorted(emptied ^ set(self.erased())):
            raise VerificationError(
                f"leaf {seq} was emptied, or is said to be, without the other", hint=RESTORE
            )
        return count

    def erased(self) -> dict[int, Erasure]:
        """Return the leaves whose records were destroyed, with the erasure that says so."""
        query = "SELECT body FROM record WHERE kind = ? AND body NOT NULL ORDER BY seq"
        erasures = [
            _parsed(body.encode(), ERASURE, Erasure) for (body,) in self._rows(query, ERASURE)
        ]
        return {leaf: erasure for erasure in erasures for leaf in erasure.leaves}

    def verify_steps(self) -> int:
        """Check that each step leaves current what its last note says; return how many there are.

        The notes are records of the ledger: a step or record that no note speaks of was put in.
        """
        query = "SELECT body FROM record WHERE kind = ? AND body NOT NULL ORDER BY seq"
        notes = {
            note.step: note
            for (body,) in self._rows(query, NOTE)
            for note in [_parsed(body.encode(), NOTE, Note)]
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
        return said(self._db, step, ())[1]

    def _rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._db.execute(query, values)
        except sqlite3.DatabaseError as error:
            raise unusable(self.folder, error) from error

    def _check_or_close(self) -> None:
        """Check format, length and root before anything is read."""
        try:
            about = dict(self._rows("SELECT key, value FROM about"))
            if about.keys() - {"format", "origin"}:
                raise VerificationError("the case tells more about itself", hint=RESTORE)
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
        leaves = self.hashes(MOST)
        last = self._last_checkpoint()
        if last is None and leaves:
            raise VerificationError(
                "the checkpoint is gone", hint="restore the file checkpoint from a copy"
            )
        signed = self.signed_note()
        earlier = [] if signed is None else [parse_checkpoint(signed.rpartition("\n\n")[0] + "\n")]
        return grown(leaves, self._origin, [*earlier, *([last] if last else [])])

    def signed_note(self) -> str | None:
        """Return the signed checkpoint as it stands beside the dossier, None where there is none.

        Its signatures are not checked here.
        """
        path = self.dossier / SIGNED
        return _text(path) if path.is_file() else None

    def _last_checkpoint(self) -> Checkpoint | None:
        path = self.folder / CHECKPOINT
        return parse_checkpoint(_text(path)) if path.is_file() else None


def said(db: sqlite3.Connection, step: str, leaves: Iterable[bytes]) -> tuple[int, str]:
    """Return how many records of a step are current, and the hash over their leaves.

    `leaves` are those of records that are not in the table yet. Notes and decoys are left out.
    The hash is over leaves, which are salted: it allows no guess at a record that was erased.
    """
    query = "SELECT leaf FROM record WHERE step = ? AND current AND kind != ?"
    current = sorted([*leaves, *[leaf for (leaf,) in db.execute(query, (step, NOTE)).fetchall()]])
    return len(current), hashlib.sha256(b"".join(current)).hexdigest()


def schema() -> str:
    """Return the tables and views of a case, as SQL."""
    return files("stopa.store").joinpath("schema.sql").read_text("utf-8")


def _read_leaf(row: tuple[Any, ...]) -> Leaf:
    seq, kind, record_id, body, salt, step = row
    return Leaf(seq, kind, record_id, body.encode(), salt, step)


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
    except sqlite3.DatabaseError as error:
        raise unusable(path.parent, error) from error
    try:
        db.execute("SELECT 1 FROM sqlite_schema").fetchall()
    except sqlite3.DatabaseError as error:
        db.close()
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


def _leaf(kind: str, record_id: str, body: str, salt: bytes) -> bytes | None:
    """Return the leaf hash of a record, None where it is none."""
    try:
        raw = body.encode()
        if is_exact(raw):
            return leaf_hash(commitment(payload(sealed(salt, kind, record_id, raw))))
    except (msgspec.DecodeError, RecursionError):
        pass
    return None


def _text(path: Path) -> str:
    """Return the text of a checkpoint; what is no text becomes what no checkpoint holds."""
    return path.read_bytes().decode("utf-8", errors="replace")
