"""Public keys of domains, as their DNS records state them.

Spec: https://www.rfc-editor.org/rfc/rfc6376#section-3.6.1 (records);
https://www.rfc-editor.org/rfc/rfc8463#section-4.2 (Ed25519)
Why: a record is evidence: somebody wrote down what DNS said. It says nothing of when.
Trap: keys are hostile too: longer ones than any that is in use are not loaded.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, Hash
from cryptography.hazmat.primitives.serialization import load_der_public_key

NO_KEY = "no key"
LONGEST = 4096  # characters of a key in Base64
RECORDS = 5  # of one name
MOST_BITS = 8192


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A record: its tags, and its key where one can be loaded; `bits` are 0 where not RSA."""

    said: Mapping[str, str]
    key: RSAPublicKey | Ed25519PublicKey | None

    @property
    def bits(self) -> int:
        """How many bits an RSA key has."""
        return self.key.key_size if isinstance(self.key, RSAPublicKey) else 0

    def verifies(self, signature: str, signed: bytes, algorithm: str) -> bool:
        """Tell whether a signature in Base64 is over these bytes by this key."""
        try:
            raw = b64decode(signature)
            if isinstance(self.key, Ed25519PublicKey):
                digest = Hash(SHA256())
                digest.update(signed)
                self.key.verify(raw, digest.finalize())
            elif self.key is not None:
                how = SHA1() if algorithm == "rsa-sha1" else SHA256()  # noqa: S303 - as it was signed
                self.key.verify(raw, signed, PKCS1v15(), how)
        except (InvalidSignature, BadBase64, ValueError, UnsupportedAlgorithm):
            return False
        return self.key is not None


def records_of(texts: Iterable[str]) -> list[KeyRecord]:
    """Return the records of a name."""
    return [_record(text) for text in list(texts)[:RECORDS]]


def opposes(record: KeyRecord, algorithm: str, signed: Mapping[str, str]) -> str:
    """Return why a record does not go with a signature, empty where it does."""
    said = record.said
    kind = said.get("k", "rsa").lower()
    if said.get("v", "DKIM1") != "DKIM1":
        return "the record of the key is of another version"
    if not said.get("p"):
        return "the key was revoked: its record holds none"
    if record.key is None:
        return "the record holds no key that can be read"
    if not algorithm.startswith(kind):
        return f"the key is for {kind}"
    if "h" in said and algorithm.rpartition("-")[2] not in said["h"].lower().split(":"):
        return f"the key is not for {algorithm.rpartition('-')[2]}"
    if "s" in said and not {"*", "email"} & set(said["s"].lower().split(":")):
        return "the key is not for mail"
    domain, identity = signed.get("d", ""), signed.get("i", "").rpartition("@")[2]
    strict = "s" in said.get("t", "").lower().split(":")
    if strict and identity and identity.lower() != domain.lower():
        return "the key is not for names under its domain"
    return ""


def _record(text: str) -> KeyRecord:
    pairs = (part.partition("=") for part in text.split(";"))
    said = {name.strip().lower(): "".join(value.split()) for name, _, value in pairs}
    return KeyRecord(said, _key(said.get("k", "rsa").lower(), said.get("p", "")))


def _key(kind: str, text: str) -> RSAPublicKey | Ed25519PublicKey | None:
    if not text or len(text) > LONGEST:
        return None
    try:
        raw = b64decode(text)
        if kind == "ed25519":
            return Ed25519PublicKey.from_public_bytes(raw)
        key = load_der_public_key(raw)
    except (BadBase64, ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, RSAPublicKey) and key.key_size <= MOST_BITS else None
