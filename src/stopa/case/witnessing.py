"""Sign another's checkpoint as a witness: that it continues the last one seen of that ledger.

Spec: https://c2sp.org/tlog-witness (the request: old size, consistency proof, checkpoint),
https://c2sp.org/tlog-cosignature
Why: a signer alone could show different ledgers to different people; a witness who remembers what
it saw cannot be shown a second one.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from stopa.case.keys import verifier_key
from stopa.dossier import note
from stopa.dossier.note import Signer, VerifierKey
from stopa.errors import CaseError, InputError, VerificationError
from stopa.model.record import canonical, parse
from stopa.store import durable
from stopa.store.case_reader import DATABASE, SIGNED, CaseReader
from stopa.store.ledger import Checkpoint, parse_checkpoint
from stopa.store.merkle import EMPTY, consistency, consistent

REQUEST = re.compile(r"old (0|[1-9][0-9]{0,18})\n((?:[A-Za-z0-9+/=]+\n)*)\n", re.A)
REFUSED = "do not trust either version before you know why; ask the signer"


@dataclass(frozen=True, slots=True)
class Seen:
    """The last checkpoint that a witness signed of one ledger, and whose ledger it is."""

    signer: str
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Witnessed:
    """What a witness signed: which ledger, how long, and how long when last seen (0: never)."""

    origin: str
    size: int
    before: int
    note: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """A signed checkpoint, and the proof that it continues a smaller one, where there is one."""

    note: str
    old: int
    proof: tuple[bytes, ...]


def witness(
    path: Path, signer: Signer, state: Path, *, seconds: int, log: VerifierKey | None
) -> Witnessed:
    """Cosign the checkpoint of a case, of a file, or of a request, and remember it in `state`.

    `log` is the key of the ledger's signer; it must be given the first time. Raises
    VerificationError, naming a rollback or a fork, where the ledger does not go on.
    """
    memory = _remembered(state)
    read = _note_of(path)
    checkpoint = parse_checkpoint(note.split(read)[0])
    seen = memory.get(checkpoint.origin)
    key = _signer_of(seen, log)
    note.check_signed(read, key)
    before = seen.size if seen else 0
    _check_goes_on(seen, checkpoint, _shown(path, read, before))
    signed = note.cosign(read, signer, seconds=seconds)
    root = base64.b64encode(checkpoint.root).decode()
    memory[checkpoint.origin] = Seen(key.text(), checkpoint.size, root)
    durable.write(state, msgspec.json.format(canonical(memory), indent=2) + b"\n")
    if (path / DATABASE).is_file():
        durable.write(path / "dossier" / SIGNED, signed.encode())
    return Witnessed(checkpoint.origin, checkpoint.size, before, signed)


def request(folder: Path, old: int) -> str:
    """Return what a witness elsewhere needs, who last saw `old` leaves: proof and checkpoint."""
    read = _note_of(folder)
    with CaseReader(folder) as store:
        size = parse_checkpoint(note.split(read)[0]).size
        if not 0 <= old <= size:
            raise InputError(f"the signed ledger has {size} leaves, not {old}", hint="sign again")
        proof = consistency(store.hashes(size), old)
    lines = "".join(f"{base64.b64encode(node).decode()}\n" for node in proof)
    return f"old {old}\n{lines}\n{read}"


def _note_of(path: Path) -> str:
    file = path / "dossier" / SIGNED if (path / DATABASE).is_file() else path
    if not file.is_file():
        raise CaseError(f"{path} has no signed checkpoint", hint="its owner signs it: stopa sign")
    text = file.read_bytes().decode("utf-8", errors="replace")
    found = REQUEST.match(text)
    return text[found.end() :] if found else text


def _shown(path: Path, read: str, before: int) -> _Shown:
    """Return the checkpoint with its proof: from the ledger itself, or as the request holds it."""
    if (path / DATABASE).is_file():
        with CaseReader(path) as store:
            size = parse_checkpoint(note.split(read)[0]).size
            return _Shown(read, before, consistency(store.hashes(size), min(before, size)))
    found = REQUEST.match(path.read_bytes().decode("utf-8", errors="replace"))
    if not found:
        return _Shown(read, before, ())
    return _Shown(read, int(found[1]), tuple(map(_node, found[2].split())))


def _node(line: str) -> bytes:
    """Return a hash of a proof; base64 has more than one way to write it, only one is read."""
    try:
        node = base64.b64decode(line, validate=True)
    except (ValueError, binascii.Error) as error:
        raise VerificationError("the proof cannot be read", hint="ask for it again") from error
    if base64.b64encode(node).decode() != line:
        raise VerificationError("the proof is not written as it must be", hint="ask for it again")
    return node


def _signer_of(seen: Seen | None, log: VerifierKey | None) -> VerifierKey:
    if seen is not None:
        known = verifier_key(seen.signer)
        if log not in (None, known):
            raise VerificationError("the ledger had another signer before", hint=REFUSED)
        return known
    if log is None:
        raise InputError(
            "this witness has not seen this ledger yet", hint="give its signer's key with --log"
        )
    return log


def _check_goes_on(seen: Seen | None, now: Checkpoint, shown: _Shown) -> None:
    if seen is None:
        return
    root = base64.b64decode(seen.root)
    if now.size < seen.size:
        raise VerificationError(
            f"rolled back: the checkpoint has {now.size} leaves, this witness has seen {seen.size}",
            hint=REFUSED,
        )
    if now.size == seen.size and now.root != root:
        raise VerificationError(
            f"forked: two ledgers of {now.size} leaves with different roots", hint=REFUSED
        )
    if shown.old != seen.size and now.size != seen.size:
        raise VerificationError(
            f"the proof begins at {shown.old} leaves, this witness has seen {seen.size}",
            hint=f"ask for it again: stopa witness CASE --request {seen.size}",
        )
    path = () if now.size == seen.size else shown.proof
    if not path and seen.size not in (0, now.size):
        raise VerificationError(
            "nothing shows that the checkpoint continues the one seen",
            hint=f"ask for a proof: stopa witness CASE --request {seen.size}",
        )
    if not consistent(seen.size, now.size, path, root if seen.size else EMPTY, now.root):
        raise VerificationError(
            f"forked: the ledger does not continue the {seen.size} leaves this witness has seen",
            hint=REFUSED,
        )


def _remembered(state: Path) -> dict[str, Seen]:
    if not state.is_file():
        return {}
    try:
        memory = parse(state.read_bytes(), dict[str, Seen])
        for origin, seen in memory.items():
            parse_checkpoint(f"{origin}\n{seen.size}\n{seen.root}\n")
        return memory
    except (msgspec.DecodeError, VerificationError, OSError) as error:
        raise InputError(
            f"{state} is not what a witness remembers: {error}", hint="restore it from a copy"
        ) from error
