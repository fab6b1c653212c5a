"""Check what was signed: envelope over files, checkpoint, cosignatures, time stamp.

Trap: the key that lies beside a dossier shows chance damage only; a forger would bring his own. So
it is said whenever the key was not given by the one who asks.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stopa.case.keys import verifier_key
from stopa.case.outcome import Check, tried
from stopa.case.published import published
from stopa.case.work import DATA, PAGE
from stopa.dossier import note, timestamp
from stopa.dossier.envelope import Statement, unseal
from stopa.dossier.note import VerifierKey
from stopa.errors import InputError, VerificationError
from stopa.store.case_reader import SIGNED
from stopa.store.ledger import Checkpoint, parse_checkpoint

ENVELOPE = "envelope.json"
KEY = "signer.vkey"  # the public half, so that chance damage is found without it at hand
TOKEN = "envelope.tsr"  # noqa: S105 - a time stamp, not a secret
EXPORTED = "exports"
SIGNING = (SIGNED, ENVELOPE, KEY, TOKEN)  # files that signing adds to a dossier
UNSIGNED = "Nobody has signed it: who can rewrite the whole folder can forge it."
UNSEALED = "The ledger was signed, the dossier as it is now was not: sign it again."
OWN_KEY = (
    "The key was taken from beside the dossier. A forger would put his own there: get the signer's"
    " key from elsewhere and give it with --key."
)
UNWITNESSED = "No witness was asked: the signer could show others another ledger (--witness)."
UNTIMED = "No authority's time stamp was checked: when it was signed rests on the signer's word."
OTHERS = "every other line is a signature"
HINT = "restore the dossier from where it was published"


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom the one who asks trusts: the signer's key, witnesses' keys, authorities in PEM."""

    key: VerifierKey | None = None
    witnesses: tuple[VerifierKey, ...] = ()
    authority: bytes | None = None


NOBODY = Trust()


def is_signed(dossier: Path) -> bool:
    """Whether anything in a dossier's folder comes of signing."""
    return any((dossier / name).exists() for name in (*SIGNING, EXPORTED))


def is_sealed(dossier: Path) -> bool:
    """Whether there is an envelope, or something that only an envelope can speak of."""
    return any((dossier / name).exists() for name in (ENVELOPE, TOKEN, EXPORTED))


def signed_checks(dossier: Path, trust: Trust) -> tuple[Check, ...]:
    """Return every check of what was signed in a dossier's folder, failed ones included."""
    if not is_signed(dossier):
        asked = trust.key or trust.witnesses or trust.authority
        return (Check("it is signed", holds=False, detail="it is not"),) if asked else ()
    try:
        key = _key(dossier, trust)
    except VerificationError as error:
        return (Check("the signer's key is beside the dossier", holds=False, detail=error.what),)
    checks = [tried("the checkpoint is signed", lambda: _checkpoint(dossier, key))]
    sealed = is_sealed(dossier)
    if sealed:
        checks.append(tried("the envelope is signed", lambda: _envelope(dossier, key)))
    if sealed and all(check.holds for check in checks):
        stated = unseal(read_file(dossier / ENVELOPE), key)
        checks += [
            tried("dossier and exports are the signed ones", lambda: _subjects(dossier, stated)),
            tried("envelope, checkpoint and dossier agree", lambda: _agree(dossier, stated)),
        ]
    checks += witnessed(lambda: _signed(dossier), key, trust)
    if trust.authority is not None:
        authority = trust.authority
        checks.append(tried("the time stamp holds", lambda: _timed(dossier, authority)))
    return tuple(checks)


def signed_notes(dossier: Path, trust: Trust) -> tuple[str, ...]:
    """Return, in sentences, what the signatures do not show."""
    if not is_signed(dossier):
        return (UNSIGNED,)
    sealed = () if is_sealed(dossier) else (UNSEALED,)
    lacking = {OWN_KEY: trust.key, UNWITNESSED: trust.witnesses, UNTIMED: trust.authority}
    return (*sealed, *(sentence for sentence, given in lacking.items() if not given))


def signed_files(dossier: Path) -> tuple[Path, ...]:
    """Return the files of a dossier's folder that come of signing, exports included."""
    exports = sorted((dossier / EXPORTED).rglob("*")) if (dossier / EXPORTED).is_dir() else []
    return (*(dossier / name for name in (*SIGNING, EXPORTED)), *exports)


def _key(dossier: Path, trust: Trust) -> VerifierKey:
    """Return the key to check with; the one beside the dossier must be the same, to the byte."""
    path = dossier / KEY
    try:
        key = trust.key or verifier_key(str(path))
    except InputError as error:
        raise VerificationError(f"{KEY}: {error.what}", hint=HINT) from error
    if read_file(path) != f"{key.text()}\n".encode():
        raise VerificationError(f"{KEY} is not the key {key.name} ({key.id.hex()})", hint=HINT)
    return key


def _envelope(dossier: Path, key: VerifierKey) -> str:
    stated = unseal(read_file(dossier / ENVELOPE), key)
    return f"over {len(stated.files)} files, by {key.name} ({key.id.hex()})"


def _checkpoint(dossier: Path, key: VerifierKey) -> str:
    signed = _signed(dossier)
    note.check_signed(signed, key)
    return f"{_read(signed).size} leaves, by {key.name}"


def _subjects(dossier: Path, stated: Statement) -> str:
    for name in {DATA, PAGE} - {*stated.files}:
        raise VerificationError(f"{name} is not among the signed files", hint=HINT)
    for name, sha256 in stated.files.items():
        if not _is_inside(name):
            raise VerificationError(f"a signed file is called {name!a}", hint=HINT)
        if hashlib.sha256(read_file(dossier / name)).hexdigest() != sha256:
            raise VerificationError(f"{name} was changed since it was signed", hint=HINT)
    for path in sorted((dossier / EXPORTED).rglob("*")):
        name = path.relative_to(dossier).as_posix()
        if name not in stated.files:
            raise VerificationError(f"{name} is not among the signed files", hint=HINT)
    return f"{len(stated.files)} files"


def _is_inside(name: str) -> bool:
    """Whether a name stays in the folder that it is held against: no way up, no other root."""
    parts = name.split("/")
    return not {"", ".", ".."} & {*parts} and not re.search(r"[\\:\0]", name)


def _agree(dossier: Path, stated: Statement) -> str:
    said = stated.predicate
    text = f"{said.origin}\n{said.size}\n{said.root}\n"
    if text != note.split(_signed(dossier))[0]:
        raise VerificationError("the envelope speaks of another checkpoint", hint=HINT)
    made = published(dossier).made
    if (said.stopa, said.rules, said.knowledge) != (made.stopa, made.rules, made.knowledge):
        raise VerificationError("the envelope speaks of other rules or knowledge", hint=HINT)
    return f"stopa {said.stopa}, rules {said.rules.sha256[:12]}, {said.size} leaves"


def witnessed(signed: Callable[[], str], key: VerifierKey | None, trust: Trust) -> list[Check]:
    """Return the checks of each witness of a note; who else signed it is said, not checked."""
    given = (*((key,) if key else ()), *trust.witnesses)
    checks = [
        tried(f"{one.name} has cosigned the checkpoint", lambda one=one: _seen(signed(), one))  # type: ignore[misc]
        for one in trust.witnesses
    ]
    others = tried(OTHERS, lambda: "; ".join(note.unchecked(signed(), given)) or "there is none")
    return [*checks, others]


def _seen(signed: str, witness: VerifierKey) -> str:
    """Return when a witness cosigned a note; raise VerificationError where it did not."""
    seconds = note.check_cosigned(signed, witness)
    return f"at {datetime.fromtimestamp(seconds, UTC).isoformat()}"


def _timed(dossier: Path, authority: bytes) -> str:
    when = timestamp.check(read_file(dossier / TOKEN), read_file(dossier / ENVELOPE), authority)
    return f"the envelope existed at {when.isoformat()}"


def _signed(dossier: Path) -> str:
    return read_file(dossier / SIGNED).decode("utf-8", errors="replace")


def _read(signed: str) -> Checkpoint:
    return parse_checkpoint(note.split(signed)[0])


def read_file(path: Path) -> bytes:
    """Return the bytes of a file; raise VerificationError where it is none, but a device, say."""
    try:
        if path.is_file():
            return path.read_bytes()
    except OSError as error:
        raise VerificationError(f"{path.name}: {error.strerror}", hint=HINT) from error
    raise VerificationError(f"{path.name} is missing", hint=HINT)
