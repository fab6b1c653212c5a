"""Check one record that was disclosed: that it is the one committed to, and says what it shows.

Trap: no key lies beside a disclosure. Without the signer's, from elsewhere, nothing can be shown.
"""

from __future__ import annotations

from pathlib import Path

from stopa.case.outcome import Check, tried
from stopa.case.signed import HINT, UNWITNESSED, Trust, read_file, witnessed
from stopa.dossier import note
from stopa.dossier.disclosure import read_disclosure, read_proof
from stopa.errors import VerificationError
from stopa.model.record import canonical
from stopa.store.ledger import parse_checkpoint
from stopa.store.merkle import included

PROOF = ".tlog-proof"
DATA = ".json"
NO_KEY = "no key was given, and none lies beside a disclosure: give the signer's with --key"


def is_disclosure(path: Path) -> bool:
    """Whether a path names either file of a disclosure."""
    return path.is_file() and all(path.with_suffix(end).is_file() for end in (PROOF, DATA))


def disclosed_checks(path: Path, trust: Trust) -> tuple[Check, ...]:
    """Return every check of a disclosure and the proof beside it, failed ones included."""
    shows, proof = path.with_suffix(DATA), path.with_suffix(PROOF)
    checks = [
        tried("the checkpoint is signed", lambda: _signed(proof, trust)),
        tried("the record is the one committed to", lambda: _included(shows, proof)),
        tried("the record says what its disclosures say", lambda: _says(shows)),
    ]
    return (*checks, *witnessed(lambda: _note(proof), trust.key, trust))


def disclosed_notes(trust: Trust) -> tuple[str, ...]:
    """Return, in sentences, what the checks of a disclosure do not show."""
    return () if trust.witnesses else (UNWITNESSED,)


def _signed(proof: Path, trust: Trust) -> str:
    if trust.key is None:
        raise VerificationError(NO_KEY, hint=HINT)
    signed = _note(proof)
    note.check_signed(signed, trust.key)
    checkpoint = parse_checkpoint(note.split(signed)[0])
    return f"{checkpoint.size} leaves of {checkpoint.origin}, by {trust.key.name}"


def _included(shows: Path, proof: Path) -> str:
    said, read = read_disclosure(read_file(shows)), read_proof(_text(proof))
    over = parse_checkpoint(note.split(read.signed)[0])
    if not included(said.leaf, read.index, over.size, read.path, over.root):
        raise VerificationError(f"it is not leaf {read.index} of the signed ledger", hint=HINT)
    return f"leaf {read.index} of {over.size}"


def _says(shows: Path) -> str:
    said = read_disclosure(read_file(shows))
    hidden = "none is withheld" if said.is_whole else f"at most {said.rest} are withheld"
    return f"{len(said.record)} fields are shown, {hidden}: {canonical(said.record).decode()}"


def _note(proof: Path) -> str:
    return read_proof(_text(proof)).signed


def _text(path: Path) -> str:
    return read_file(path).decode("utf-8", errors="replace")
