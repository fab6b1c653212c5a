"""Check a case: records against the ledger, files against records, the ledger against checkpoint.

Trap: what holds here proves "unchanged since", never "true".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stopa.case.disclosed import disclosed_checks, disclosed_notes, is_disclosure
from stopa.case.hand_in import Original
from stopa.case.outcome import Check, tried
from stopa.case.plan import Progress
from stopa.case.signed import (
    NOBODY,
    Trust,
    is_sealed,
    signed_checks,
    signed_files,
    signed_notes,
)
from stopa.case.work import DATA, PAGE, PUBLISHED
from stopa.errors import CaseError, InputError, VerificationError
from stopa.store.case_reader import DATABASE, CaseReader
from stopa.store.events import Segment
from stopa.store.ledger import grown, parse_checkpoint

CONTINUES = "the ledger continues the last checkpoint"
MEANING = (
    "What verifies is unchanged since it was recorded; that does not make it true: a commitment"
    ' proves "unchanged since", never "true".'
)
NOT_SHOWN = (
    "Nothing here shows that the evidence is genuine or complete, or that the assessment is right.",
    "Nothing here shows when a record was made, but that it was there at a signed checkpoint.",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every check that was made, and in sentences what they do not show."""

    checks: tuple[Check, ...]
    not_shown: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every check holds."""
        return all(check.holds for check in self.checks)


def verify(folder: Path, progress: Progress) -> tuple[Check, ...]:
    """Return every check of a case, failed ones included; raise CaseError if it is no case."""
    return examine(folder, NOBODY, progress).checks


def examine(path: Path, trust: Trust, progress: Progress, *, since: str | None = None) -> Verdict:
    """Check a case, a dossier that was handed on without its case, or a disclosure of one record.

    `since` is the text of a checkpoint that was kept elsewhere: the ledger must continue it.
    """
    if is_disclosure(path):
        return Verdict(disclosed_checks(path, trust), (*NOT_SHOWN, *disclosed_notes(trust)))
    dossier = path / "dossier"
    if (path / DATABASE).is_file():
        checks = _of_case(path, progress, since)
    else:
        dossier = path if path.is_dir() else path.parent
        checks = _of_dossier(dossier, since)
    checks += signed_checks(dossier, trust)
    return Verdict(tuple(checks), (*NOT_SHOWN, *signed_notes(dossier, trust)))


def verify_records_and_files(store: CaseReader, progress: Progress) -> Iterator[Check]:
    """Yield the checks of ledger, records and files of a case; end where the ledger fails.

    Where the ledger itself fails, what rests on it is not looked at any more.
    """
    for check in (_database, _records, _steps, _length, _schema, _complete):
        checked = check(store)
        yield checked
        if not checked.holds:
            return
    yield _files("event tables are as recorded", _segments(store), progress)
    yield _files("kept originals are as recorded", _kept(store), progress)
    yield _files("the dossier is the one committed to", _published(store), progress)


def _of_case(folder: Path, progress: Progress, since: str | None) -> list[Check]:
    try:
        store = CaseReader(folder)
    except VerificationError as error:
        return [_bad(CONTINUES, error.what)]
    with store:
        checks = [_good(CONTINUES, f"{store.checkpoint().size} leaves"), *_since_signed(store)]
        if since is not None:
            checks.append(tried("the ledger continues the one given", lambda: _since(store, since)))
        checks += verify_records_and_files(store, progress)
        if checks[-1].what.startswith("the dossier"):
            checks += [_strangers(store), *_erased(store)]
    return checks


def _of_dossier(dossier: Path, since: str | None) -> list[Check]:
    """Check a dossier without its case: only what was signed can be checked."""
    if not (dossier / DATA).is_file():
        raise CaseError(f"{dossier} is neither a case nor a dossier", hint="name its folder")
    if since is not None:
        raise InputError(
            "a dossier alone has no ledger", hint="give the case, or leave out --since"
        )
    if not is_sealed(dossier):
        return [_bad("it is signed", "it is not, and its case is not here to hold it against")]
    known = {dossier / name for name in (DATA, PAGE)}
    return [_no_strangers({*known, *signed_files(dossier)}, [dossier])]


def _since_signed(store: CaseReader) -> Iterator[Check]:
    """Say how far the ledger went on from what was signed; opening it showed that it does."""
    if (signed := store.signed_note()) is not None:
        size = parse_checkpoint(signed.rpartition("\n\n")[0] + "\n").size
        more = store.checkpoint().size - size
        unsigned = (
            f"{more} leaves were recorded since and are not signed" if more else "it ends there"
        )
        yield _good("the ledger goes on from the signed checkpoint", f"{size} leaves; {unsigned}")


def _since(store: CaseReader, since: str) -> str:
    text = since.rpartition("\n\n")[0] + "\n" if "\n\n" in since else since
    kept, now = parse_checkpoint(text), store.checkpoint()
    grown(store.hashes(now.size), now.origin, [kept])
    return f"from {kept.size} to {now.size} leaves"


def _database(store: CaseReader) -> Check:
    return _tried("the database is sound", store.verify_database, "tables and indices")


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
    return tried(what, lambda: f"{check()} {unit}")


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
    known = {path for source in (_segments, _kept, _published) for path, _ in source(store)}
    known |= {*signed_files(store.dossier)}
    return _no_strangers(known, [store.events, store.evidence, store.dossier])


def _no_strangers(known: set[Path], folders: Sequence[Path]) -> Check:
    """Look for files that no record speaks of: a reader of the folder could take them for ours."""
    what = "no other files lie in it"
    found = [path for folder in folders for path in sorted(folder.rglob("*")) if path not in known]
    return _bad(what, f"{found[0].name} and {len(found) - 1} more") if found else _good(what, "")


def _erased(store: CaseReader) -> Iterator[Check]:
    """Say which leaves hold nothing any more: their salts and records were destroyed."""
    gone = store.erased()
    for erasure in dict.fromkeys(gone.values()):
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(erasure.kinds.items()))
        what = "what was erased is said to be, and its leaves stand"
        yield _good(what, f"{kinds}; on {erasure.on}: {erasure.reason}")


def _good(what: str, detail: str) -> Check:
    return Check(what, holds=True, detail=detail)


def _bad(what: str, detail: str) -> Check:
    return Check(what, holds=False, detail=detail)
