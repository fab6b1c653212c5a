"""The dossier's envelope: a signed statement of which files belong to it, and what they rest on.

Spec: in-toto Statement v1 (https://in-toto.io/Statement/v1) in a DSSE envelope
(https://github.com/secure-systems-lab/dsse, protocol v1: the signature covers type and payload).
Why: one signature for page, data and every export; tools for software supply chains can read it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from stopa.dossier.note import Signer, VerifierKey
from stopa.errors import VerificationError
from stopa.model.actor import Stamp
from stopa.model.record import canonical, parse
from stopa.model.run import Run

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:stopa:dossier:v1"
PAYLOAD = "application/vnd.in-toto+json"
HINT = "restore the dossier from where it was published, or ask for a new one"


@dataclass(frozen=True, slots=True)
class Predicate:
    """What the files rest on: engine, rules, knowledge, the ledger's length and root (base64).

    `runs` are the runs of the investigation, so that they can be done again.
    """

    stopa: str
    rules: Stamp
    knowledge: Stamp
    origin: str
    size: int
    root: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """Files by their names within the dossier's folder, their SHA-256, and the predicate."""

    files: dict[str, str]
    predicate: Predicate


class Subject(msgspec.Struct):
    """One file, as in-toto writes it."""

    name: str
    digest: dict[str, str]


class InToto(msgspec.Struct):
    """The statement, as in-toto writes it."""

    type_: str = msgspec.field(name="_type")
    subject: list[Subject]
    predicateType: str  # noqa: N815 - the specification's name
    predicate: Predicate


class Sealed(msgspec.Struct):
    """One signature of an envelope."""

    keyid: str
    sig: str


class Envelope(msgspec.Struct):
    """The envelope, as DSSE writes it."""

    payload: str
    payloadType: str  # noqa: N815 - the specification's name
    signatures: list[Sealed]


def seal(files: Mapping[str, str], predicate: Predicate, signer: Signer) -> bytes:
    """Return the envelope over files (name to SHA-256): same files, same key, same bytes."""
    subjects = [Subject(name, {"sha256": files[name]}) for name in sorted(files)]
    payload = canonical(InToto(STATEMENT, subjects, PREDICATE, predicate))
    key = signer.verifier()
    made = signer.private.sign(_pae(payload))
    envelope = Envelope(_base64(payload), PAYLOAD, [Sealed(_keyid(key), _base64(made))])
    return canonical(envelope)


def unseal(body: bytes, key: VerifierKey) -> Statement:
    """Return what an envelope states; raise VerificationError unless this key signed it."""
    try:
        envelope = parse(body, Envelope)
        payload = base64.b64decode(envelope.payload, validate=True)
        stated = parse(payload, InToto)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, binascii.Error) as error:
        raise VerificationError(f"the envelope cannot be read: {error}", hint=HINT) from error
    if canonical(envelope) != body or _base64(payload) != envelope.payload:
        raise VerificationError("the envelope is not written as stopa writes it", hint=HINT)
    if (envelope.payloadType, stated.type_, stated.predicateType) != (
        PAYLOAD,
        STATEMENT,
        PREDICATE,
    ):
        raise VerificationError("the envelope is not one of a dossier", hint=HINT)
    _check_signature(envelope, payload, key)
    return Statement({s.name: s.digest.get("sha256", "") for s in stated.subject}, stated.predicate)


def _check_signature(envelope: Envelope, payload: bytes, key: VerifierKey) -> None:
    mine = [made for made in envelope.signatures if made.keyid == _keyid(key)]
    if len(mine) != 1 or len(envelope.signatures) != 1:
        raise VerificationError(f"the envelope is not signed by {_keyid(key)}", hint=HINT)
    try:
        made = base64.b64decode(mine[0].sig, validate=True)
        Ed25519PublicKey.from_public_bytes(key.public).verify(made, _pae(payload))
    except (InvalidSignature, ValueError) as error:
        raise VerificationError(
            f"the signature of {key.name} on the envelope does not fit", hint=HINT
        ) from error
    if _base64(made) != mine[0].sig:
        raise VerificationError("the envelope is not written as stopa writes it", hint=HINT)


def _pae(payload: bytes) -> bytes:
    """Return the bytes that DSSE signs."""
    return b"DSSEv1 %d %b %d %b" % (len(PAYLOAD), PAYLOAD.encode(), len(payload), payload)


def _keyid(key: VerifierKey) -> str:
    return f"{key.name}+{key.id.hex()}"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
