"""Check a case: records against the ledger, files against records, the ledger against checkpoint.

Trap: what holds here proves "unchanged since", never "true".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stopa.case.plan import Progress
from stopa.errors import VerificationError
from stopa.store.case_store import CaseStore
from stopa.store.events import Segment

MEANING = "A case that verifies is unchanged since it was recorded; that does not make it true."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked, in words, and whether it holds."""

    what: str
    holds: bool
    detail: str = ""


def verify(folder: Path, progress: Progress) -> tuple[Check, ...]:
    """Return every check of a case, failed ones included; raise CaseError if it is no case."""
    try:
        store = CaseStore.existing(folder)
    except VerificationError as error:
        return (_bad("the ledger continues the last checkpoint", error.what),)
    with store:
        size = store.checkpoint().size
        checks = [_good("the ledger continues the last checkpoint", f"{size} leaves")]
        checks += [_records(store), _steps(store)]
        checks.append(_files("event tables are as recorded", _segments(store), progress))
        checks.append(
            _files("kept originals have the bytes they are named by", _kept(store), progress)
        )
        checks.append(_files("the dossier is the one committed to", _published(store), progress))
    return tuple(checks)


def _records(store: CaseStore) -> Check:
    what = "every record is the one its leaf commits to"
    try:
        return _good(what, f"{store.verify_records()} records")
    except VerificationError as error:
        return _bad(what, error.what)


def _steps(store: CaseStore) -> Check:
    what = "every finished step stands as it was finished"
    try:
        return _good(what, f"{store.verify_steps()} steps")
    except VerificationError as error:
        return _bad(what, error.what)


def _files(what: str, wanted: Iterator[tuple[Path, str]], progress: Progress) -> Check:
    progress.stage(f"checking that {what}", None)
    count = 0
    for path, sha256 in wanted:
        if not path.is_file():
            return _bad(what, f"{path.name} is missing")
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                return _bad(what, f"{path.name} was changed")
        count += 1
        progress.advance(1)
    return _good(what, f"{count} files")


def _segments(store: CaseStore) -> Iterator[tuple[Path, str]]:
    for segment in store.records("segment", Segment):
        yield store.events / segment.file, segment.sha256


def _kept(store: CaseStore) -> Iterator[tuple[Path, str]]:
    for path in sorted(store.evidence.iterdir()):
        yield path, path.name


def _published(store: CaseStore) -> Iterator[tuple[Path, str]]:
    for entry in store.records("file", dict[str, str]):
        yield store.dossier / entry["file"], entry["sha256"]


def _good(what: str, detail: str) -> Check:
    return Check(what, holds=True, detail=detail)


def _bad(what: str, detail: str) -> Check:
    return Check(what, holds=False, detail=detail)
