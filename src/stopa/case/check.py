"""Check a case: records against the ledger, files against records, the ledger against checkpoint.

Trap: what holds here proves "unchanged since", never "true".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stopa.case.hand_in import Original
from stopa.case.plan import Progress
from stopa.case.work import PUBLISHED
from stopa.errors import VerificationError
from stopa.store.case_reader import CHECKPOINT, CaseReader
from stopa.store.events import Segment

CONTINUES = "the ledger continues the last checkpoint"
MEANING = "A case that verifies is unchanged since it was recorded; that does not make it true."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked, in words, and whether it holds."""

    what: str
    holds: bool
    detail: str = ""


def verify(folder: Path, progress: Progress) -> tuple[Check, ...]:
    """Return every check of a case, failed ones included; raise CaseError if it is no case.

    Where the ledger itself fails, what rests on it is not looked at any more.
    """
    try:
        store = CaseReader(folder)
    except VerificationError as error:
        return (_bad(CONTINUES, error.what),)
    with store:
        checks = [_good(CONTINUES, f"{store.checkpoint().size} leaves")]
        for check in (_records, _steps, _length, _schema, _complete):
            checks.append(check(store))
            if not checks[-1].holds:
                return tuple(checks)
        checks.append(_files("event tables are as recorded", _segments(store), progress))
        checks.append(_files("kept originals are as recorded", _kept(store), progress))
        checks.append(_files("the dossier is the one committed to", _published(store), progress))
        checks.append(_strangers(store))
    return tuple(checks)


def _records(store: CaseReader) -> Check:
    what = "every record is the one its leaf commits to"
    return _tried(what, store.verify_records, "records")


def _steps(store: CaseReader) -> Check:
    return _tried("every finished step stands as it was finished", store.verify_steps, "steps")


def _length(store: CaseReader) -> Check:
    return _tried("the ledger ends where the checkpoint says", store.verify_length, "leaves")


def _schema(store: CaseReader) -> Check:
    return _tried("tables and views are those of stopa", store.verify_schema, "of them")


def _complete(store: CaseReader) -> Check:
    what, last = "the case is complete", store.last_step()
    if last == PUBLISHED:
        return _good(what, "its dossier was made last")
    return _bad(what, f"the last run ended after {last or 'nothing'}; run it again")


def _tried(what: str, check: Callable[[], int], unit: str) -> Check:
    try:
        return _good(what, f"{check()} {unit}")
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


def _segments(store: CaseReader) -> Iterator[tuple[Path, str]]:
    for segment in store.records("segment", Segment):
        yield store.events / segment.file, segment.sha256


def _kept(store: CaseReader) -> Iterator[tuple[Path, str]]:
    for original in store.records("original", Original):
        yield store.evidence / original.sha256, original.sha256


def _published(store: CaseReader) -> Iterator[tuple[Path, str]]:
    for entry in store.records("file", dict[str, str]):
        yield store.dossier / entry["file"], entry["sha256"]


def _strangers(store: CaseReader) -> Check:
    """Look for files that no record speaks of: a reader of the folder could take them for ours."""
    what = "no other files lie in the case"
    known = {path for source in (_segments, _kept, _published) for path, _ in source(store)}
    known.add(store.dossier / CHECKPOINT)
    found = [
        path
        for folder in (store.events, store.evidence, store.dossier)
        for path in sorted(folder.rglob("*"))
        if path not in known
    ]
    return _bad(what, f"{found[0].name} and {len(found) - 1} more") if found else _good(what, "")


def _good(what: str, detail: str) -> Check:
    return Check(what, holds=True, detail=detail)


def _bad(what: str, detail: str) -> Check:
    return Check(what, holds=False, detail=detail)
