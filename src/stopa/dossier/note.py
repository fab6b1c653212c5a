"""Signed notes: a text with the signatures of its author and of those who witnessed it.

Spec: https://c2sp.org/signed-note (form, key IDs, verifier keys), https://c2sp.org/tlog-cosignature
(the timestamped signature of a witness). Ed25519 by RFC 8032.
Trap: base64 has more than one way to write the same bytes; here only the one is read.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from stopa.errors import InputError, VerificationError

ED25519, COSIGNATURE = 1, 4  # signature types of the specifications
ID_BYTES, PUBLIC_BYTES, TIME_BYTES = 4, 32, 8
LATEST = 253_402_300_799  # seconds: the end of the year 9999, the last that a calendar here shows
MOST_SIGNATURES = 256
# Of an Ed25519 signature with its key's id, and a time if it is a cosignature; there are no others.
LENGTHS = {68: "signature", 76: "cosignature"}
DASH = "— "
KEY_HINT = "a verifier key looks like name+0a1b2c3d+Ae...; stopa key new prints it"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """Whose signatures to accept: a name, what kind of signature, an Ed25519 public key."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature says which key made it."""
        key = bytes([self.kind]) + self.public
        return hashlib.sha256(self.name.encode() + b"\n" + key).digest()[:ID_BYTES]

    def text(self) -> str:
        """Return the key as people hand it on: name, ID in hex, type and key in base64."""
        key = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{key}"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: a name and the Ed25519 private key."""

    name: str
    private: Ed25519PrivateKey

    def verifier(self, kind: int = ED25519) -> VerifierKey:
        """Return the public half, for signatures of its own notes or for cosignatures."""
        return VerifierKey(self.name, kind, self.private.public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the key's name and ID, and the bytes made with it."""

    name: str
    id: bytes
    made: bytes

    def line(self) -> str:
        """Return the line as it stands in the note, with its newline."""
        return f"{DASH}{self.name} {base64.b64encode(self.id + self.made).decode()}\n"


def parse_key(text: str) -> VerifierKey:
    """Read a verifier key; raise InputError where it is none, or its ID does not fit."""
    try:
        name, _, encoded = text.strip().split("+", 2)  # base64 may hold a plus, names may not
        raw = base64.b64decode(encoded, validate=True)
        key = VerifierKey(name, raw[0], raw[1:])
    except (ValueError, IndexError, binascii.Error) as error:
        raise InputError("this is no verifier key", hint=KEY_HINT) from error
    check_name(name)
    if key.kind not in (ED25519, COSIGNATURE) or len(key.public) != PUBLIC_BYTES:
        raise InputError("the verifier key is of a kind that stopa does not know", hint=KEY_HINT)
    if key.text() != text.strip():
        raise InputError("the verifier key was miswritten: its ID does not fit", hint=KEY_HINT)
    return key


def check_name(name: str) -> None:
    """Raise InputError where a key cannot have this name."""
    if not name or "+" in name or not name.isprintable() or any(c.isspace() for c in name):
        raise InputError(
            f"a key cannot be called {name!a}",
            hint="use something like cert.example/attribution: no spaces, no plus",
        )


def sign(text: str, signer: Signer) -> str:
    """Return the note: the text, and the signer's line under it."""
    return with_line(text, Signature(signer.name, signer.verifier().id, _made(signer, text)))


def cosign(note: str, signer: Signer, *, seconds: int) -> str:
    """Return the note with a witness's line, which says that it was seen at that POSIX time."""
    if not 0 <= seconds <= LATEST:
        raise InputError(f"{seconds} is no time of a cosignature", hint="seconds since 1970, UTC")
    text, _ = split(note)
    made = seconds.to_bytes(TIME_BYTES, "big") + _made(signer, _cosigned(text, seconds))
    return with_line(note, Signature(signer.name, signer.verifier(COSIGNATURE).id, made))


def with_line(note: str, line: Signature) -> str:
    """Return a text or note with this signature in place of an earlier one by the same key."""
    text, before = split(note) if f"\n\n{DASH}" in note else (note, ())
    lines = {(each.name, each.id): each.line() for each in before}
    lines[line.name, line.id] = line.line()
    return f"{text}\n{''.join(lines.values())}"


def split(note: str) -> tuple[str, tuple[Signature, ...]]:
    """Return a note's text and its signatures; raise VerificationError where it is no note."""
    text, blank, lines = note.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or any(c < " " and c != "\n" for c in note):
        raise _no_note("it has no signatures, or holds control characters")
    signatures = tuple(map(_signature, lines.removesuffix("\n").split("\n")))
    if len(signatures) > MOST_SIGNATURES:
        raise _no_note("it has too many signatures")
    return text + "\n", signatures


def check_signed(note: str, key: VerifierKey) -> None:
    """Raise VerificationError unless the note is signed with this key."""
    text, _ = split(note)
    _verify(key, _found(note, key).made, text)


def check_cosigned(note: str, key: VerifierKey) -> int:
    """Return the POSIX time at which this witness signed; raise VerificationError if it did not."""
    text, _ = split(note)
    made = _found(note, key).made
    seconds = int.from_bytes(made[:TIME_BYTES], "big")
    _verify(key, made[TIME_BYTES:], _cosigned(text, seconds))
    if seconds > LATEST:
        raise VerificationError(f"{key.name} gives no time there is", hint="ask the witness")
    return seconds


def unchecked(note: str, keys: Iterable[VerifierKey]) -> tuple[str, ...]:
    """Return, in words, the signatures of a note by other keys: whose they are nobody can tell."""
    known = {(key.name, key.id) for key in keys}
    return tuple(
        f"{LENGTHS[len(each.id + each.made)]} by {each.name} present, not checked (no key given)"
        for each in split(note)[1]
        if (each.name, each.id) not in known
    )


def _made(signer: Signer, text: str) -> bytes:
    return signer.private.sign(text.encode())


def _cosigned(text: str, seconds: int) -> str:
    return f"cosignature/v1\ntime {seconds}\n{text}"


def _signature(line: str) -> Signature:
    try:
        name, encoded = line.removeprefix(DASH).split(" ")
        raw = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as error:
        raise _no_note("a signature line cannot be read") from error
    read = Signature(name, raw[:ID_BYTES], raw[ID_BYTES:])
    if read.line() != line + "\n" or not name or len(raw) not in LENGTHS:
        raise _no_note("a signature line is not written as it must be")
    return read


def _found(note: str, key: VerifierKey) -> Signature:
    _, signatures = split(note)
    for signature in signatures:
        if (signature.name, signature.id) == (key.name, key.id):
            return signature
    raise VerificationError(
        f"{key.name} ({key.id.hex()}) has not signed it", hint="ask whom you had the key from"
    )


def _verify(key: VerifierKey, made: bytes, text: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(made, text.encode())
    except InvalidSignature as error:
        raise VerificationError(
            f"the signature of {key.name} does not fit", hint="text or signature was changed"
        ) from error


def _no_note(why: str) -> VerificationError:
    return VerificationError(
        f"the signed checkpoint is no signed note: {why}", hint="restore it from a copy"
    )
