"""Sign a case: its checkpoint, and one envelope over the dossier and all of its exports.

Why: the ledger proves that nothing was changed only to who knows its checkpoint; a signature makes
the checkpoint known as the signer's, wherever the dossier goes.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

from stopa.case.check import verify_records_and_files
from stopa.case.plan import Progress
from stopa.case.published import published
from stopa.case.recorded import recorded_runs
from stopa.case.signed import ENVELOPE, EXPORTED, KEY, TOKEN
from stopa.case.work import DATA, PAGE
from stopa.dossier import note, timestamp
from stopa.dossier.envelope import Predicate, seal
from stopa.dossier.exports import EXPORTS
from stopa.dossier.note import Signer
from stopa.errors import CaseError, VerificationError
from stopa.model.dossier import Dossier
from stopa.model.run import Run
from stopa.store import durable
from stopa.store.case_reader import SIGNED, CaseReader


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed: how many files, how long the ledger is, with which key."""

    files: int
    leaves: int
    verifier: str
    envelope: str


def sign(folder: Path, signer: Signer, progress: Progress) -> Signed:
    """Write the exports, sign checkpoint and envelope; the same case and key, the same bytes.

    Raises VerificationError for a case that does not verify: what is not sound is not signed.
    """
    with CaseReader(folder) as store:
        for check in verify_records_and_files(store, progress):
            if not check.holds:
                raise VerificationError(
                    f"{check.what}: {check.detail}", hint="see it whole with stopa verify CASE"
                )
        progress.stage("writing exports", len(EXPORTS))
        made = published(store.dossier)
        files = {name: _sha256((store.dossier / name).read_bytes()) for name in (DATA, PAGE)}
        files |= _export(made, store.dossier / EXPORTED, progress)
        envelope = seal(files, _predicate(store, made), signer)
        _write(store, envelope, signer)
        size = store.checkpoint().size
    return Signed(len(files), size, signer.verifier().text(), str(store.dossier / ENVELOPE))


def timestamp_request(folder: Path) -> bytes:
    """Return the request for a token over the envelope of a signed case."""
    return timestamp.request(_envelope(folder))


def attach_timestamp(folder: Path, response: bytes, authority: bytes) -> str:
    """Put an authority's response beside the envelope, once it holds; return the time it says."""
    when = timestamp.check(response, _envelope(folder), authority)
    durable.write(folder / "dossier" / TOKEN, response)
    return when.isoformat()


def _export(made: Dossier, folder: Path, progress: Progress) -> dict[str, str]:
    folder.mkdir(exist_ok=True)
    hashes = {}
    for export in EXPORTS:
        body = export.write(made)
        durable.write(folder / export.file, body)
        hashes[f"{EXPORTED}/{export.file}"] = _sha256(body)
        progress.advance(1)
    return hashes


def _predicate(store: CaseReader, made: Dossier) -> Predicate:
    checkpoint = store.checkpoint()
    return Predicate(
        stopa=made.made.stopa,
        rules=made.made.rules,
        knowledge=made.made.knowledge,
        origin=checkpoint.origin,
        size=checkpoint.size,
        root=base64.b64encode(checkpoint.root).decode(),
        runs=_runs(store),
    )


def _runs(store: CaseReader) -> tuple[Run, ...]:
    """Return the runs; of a single one it need not be said what it was given, for it was all."""
    runs = recorded_runs(store)
    return runs if len(runs) > 1 else tuple(Run(run.plan) for run in runs)


def _write(store: CaseReader, envelope: bytes, signer: Signer) -> None:
    """Write what was signed; cosignatures of the same checkpoint, and its token, are kept."""
    text, earlier = store.checkpoint().text(), store.signed_note()
    signed = note.sign(text, signer)
    if earlier is not None and earlier.startswith(text + "\n"):
        for line in note.split(signed)[1]:
            signed = note.with_line(earlier, line)
    path = store.dossier / ENVELOPE
    if path.is_file() and path.read_bytes() != envelope:
        (store.dossier / TOKEN).unlink(missing_ok=True)
    durable.write(path, envelope)
    durable.write(store.dossier / SIGNED, signed.encode())
    durable.write(store.dossier / KEY, f"{signer.verifier().text()}\n".encode())


def _envelope(folder: Path) -> bytes:
    path = folder / "dossier" / ENVELOPE
    if not path.is_file():
        raise CaseError(f"{folder} is not signed", hint="sign it: stopa sign CASE --key FILE")
    return path.read_bytes()


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
