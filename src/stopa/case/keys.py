"""Key files: an Ed25519 key sealed with a passphrase, and the name it signs under.

Spec: PKCS#8 (RFC 5958) encrypted by PBES2, in PEM (RFC 7468); text may stand above the block. The
passphrase of PBES2 is scrypt(passphrase, salt) in hex (RFC 7914, N = 2^17, r = 8, p = 1).
Why: OpenSSL derives PBES2 keys with 2,048 rounds only; scrypt makes guessing cost memory and time.
Trap: a key that lies in a case would be handed on with it; it is made and read elsewhere only.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from stopa.dossier.note import Signer, VerifierKey, check_name, parse_key
from stopa.errors import InputError
from stopa.store.case_reader import DATABASE

SHORTEST = 12  # characters of a passphrase: files are stolen, and then guessed at without end
BEGIN = "-----BEGIN ENCRYPTED PRIVATE KEY-----"
NAME = "verifier: "
HEAD = re.compile(r"verifier: (\S+)\nscrypt: ([0-9a-f]{32})\n")
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1
SCRYPT_MEMORY = 256 * 2**20  # bytes it may take; it takes 128 * N * r
SALT_BYTES = 16
OWNER_ONLY = 0o600
OTHERS = 0o077


def new_key(name: str, path: Path, passphrase: str) -> Signer:
    """Make a key and write its file, readable by the owner alone; raise InputError."""
    check_name(name)
    _check_place(path)
    if len(passphrase) < SHORTEST:
        raise InputError(
            f"the passphrase has fewer than {SHORTEST} characters", hint="use several words"
        )
    signer, salt = Signer(name, Ed25519PrivateKey.generate()), os.urandom(SALT_BYTES)
    sealed = BestAvailableEncryption(_stretched(passphrase, salt))
    pem = signer.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed)
    text = f"{NAME}{signer.verifier().text()}\nscrypt: {salt.hex()}\n{pem.decode()}"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except OSError as error:
        raise InputError(
            f"{path} cannot be made: {error.strerror}", hint="name another file with -o"
        ) from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return signer


def load_key(path: Path, passphrase: str) -> Signer:
    """Open a key file; raise InputError where file or passphrase is not right."""
    _check_place(path)
    _check_mode(path)
    head, begin, block = _read(path).partition(BEGIN)
    found = HEAD.fullmatch(head)
    if not begin or not found:
        raise InputError(f"{path} is no key file", hint="make one: stopa key new NAME")
    stretched = _stretched(passphrase, bytes.fromhex(found[2]))
    try:
        private = load_pem_private_key((begin + block).encode(), stretched)
    except (ValueError, TypeError) as error:
        raise InputError(
            f"{path} cannot be opened", hint="is it the right passphrase? was the file changed?"
        ) from error
    said = parse_key(found[1])
    if not isinstance(private, Ed25519PrivateKey):
        raise InputError(f"{path} holds no Ed25519 key", hint="make one: stopa key new NAME")
    signer = Signer(said.name, private)
    if signer.verifier() != said:
        raise InputError(f"{path}: name and key do not fit", hint="restore the file from a copy")
    return signer


def verifier_key(said: str) -> VerifierKey:
    """Return the verifier key that is given as its text, or as a file that holds it."""
    path = Path(said)
    if "+" not in path.name and os.path.isfile(path):  # noqa: PTH113 - says no to a name too long
        said = next((line for line in _read(path).splitlines() if "+" in line), "")
    return parse_key(said.removeprefix(NAME))


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return (
        hashlib.scrypt(
            passphrase.encode("utf-8", "surrogateescape"),  # the environment may hold other bytes
            salt=salt,
            n=SCRYPT_N,
            r=SCRYPT_R,
            p=SCRYPT_P,
            maxmem=SCRYPT_MEMORY,
            dklen=32,
        )
        .hex()
        .encode()
    )


def _check_mode(path: Path) -> None:
    """Raise InputError where others than the owner may read or write the key's file."""
    if os.name != "nt" and path.is_file() and path.stat().st_mode & OTHERS:
        raise InputError(
            f"{path} can be read or written by others", hint=f"chmod 600 {path}; is it still yours?"
        )


def _check_place(path: Path) -> None:
    for folder in path.resolve().parents:
        if (folder / DATABASE).exists():
            raise InputError(
                f"{path} lies in the case {folder.name}", hint="keep keys away from cases"
            )


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="name a file that is there") from error
