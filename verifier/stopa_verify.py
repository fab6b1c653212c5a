#!/usr/bin/env python3
"""Check what a stopa case has published, without stopa: one file, Python 3.11 and `cryptography`.

    python stopa_verify.py dossier FOLDER --key KEY [--witness KEY]...
    python stopa_verify.py disclosure FILE.json --key KEY [--witness KEY]...
    python stopa_verify.py checkpoint FILE --key KEY [--witness KEY]...

KEY is the signer's verifier key (name+0a1b2c3d+base64), or a file that holds it. Get it from the
signer by a way of its own, not from beside the dossier. A disclosure's proof lies beside it.
Exit codes: 0 everything holds; 2 wrong use; 4 something does not hold.

Spec: https://c2sp.org/signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof; RFC 6962 section
2.1 (tree); RFC 9901 sections 4.2 and 7.1 (disclosures); in-toto Statement v1 in DSSE v1.
Why: who does not believe stopa need not run it. This file shares no line with it.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from os.path import isfile
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HOLDS, USAGE, FAILS = 0, 2, 4
BROKEN = (
    OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError
)  # fmt: skip
FIRST = 'A commitment proves "unchanged since", never "true".'
NOT_SHOWN = (
    "that the evidence is genuine or complete, or that the assessment is right",
    "when a record was made, but that it was there at the signed checkpoint",
    "whose key it is: that you must know from elsewhere",
)
UNWITNESSED = "that others were shown the same ledger: no witness was asked (--witness)"
KEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})")
LEAF_TAG = b"stopa-record-v3\x00"
FROM_URL = str.maketrans("-_+/", "+/!!")  # base64url as base64; what is of neither is refused
NOTE, COSIGNATURE = 1, 4  # signature types
PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT, PREDICATE = "https://in-toto.io/Statement/v1", "urn:stopa:dossier:v1"
SCHEMA, MEMBERS = "stopa-disclosure/2", {"schema", "payload", "disclosures", "record"}
WHOLE = ":whole"  # the field with the record's id and how many fields it has
PROOF = "c2sp.org/tlog-proof@v1"
SIGNED, ENVELOPE = "checkpoint.signed", "envelope.json"
UNSIGNED = {SIGNED, ENVELOPE, "signer.vkey", "envelope.tsr"}
LENGTHS = {68: "signature", 76: "cosignature"}  # bytes of a line: key id, time, Ed25519


class BadError(Exception):
    """Something does not hold; the message says what."""


@dataclass(frozen=True)
class Key:
    """A verifier key: the name it signs under, and 32 bytes of Ed25519."""

    name: str
    public: bytes

    def id(self, kind: int) -> bytes:
        """Return the four bytes that name key and kind in a signature line."""
        return hashlib.sha256(b"%b\n%c%b" % (self.name.encode(), kind, self.public)).digest()[:4]

    def check(self, signature: bytes, message: bytes, what: str) -> None:
        """Fail unless the signature is this key's over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            raise BadError(f"the signature of {self.name} on {what} does not fit") from None


class Checkpoint(NamedTuple):
    """A ledger's origin, length and root."""

    origin: str
    size: int
    root: bytes


def main(words: list[str]) -> int:
    """Run one command; print what holds and what does not."""
    asked = arguments().parse_args(words)
    key, witnesses = read_key(asked.key), [read_key(word) for word in asked.witness]
    checks = asked.checks(asked, key, witnesses)
    print(FIRST)
    held = [told(what, check) for what, check in checks]
    print("This does not show:")
    for sentence in (*NOT_SHOWN, *(() if witnesses else (UNWITNESSED,))):
        print(f"  - {sentence}")
    return HOLDS if all(held) else FAILS


Checks = list[tuple[str, Callable[[], str]]]


def arguments() -> argparse.ArgumentParser:
    """Return the command line."""
    parser = argparse.ArgumentParser(description=FIRST)
    commands = parser.add_subparsers(required=True)
    kinds = {"dossier": of_dossier, "disclosure": of_disclosure, "checkpoint": of_checkpoint}
    for name, checks in kinds.items():
        command = commands.add_parser(name)
        command.add_argument("path", type=Path)
        command.add_argument("--key", required=True)
        command.add_argument("--witness", action="append", default=[])
        command.set_defaults(checks=checks)
    return parser


def told(what: str, check: Callable[[], str]) -> bool:
    """Print what came of one check; whatever cannot be read does not hold."""
    try:
        detail = check()
    except BadError as error:
        print(f"FAILS  {what}: {_shown(str(error))}")
        return False
    except BROKEN as error:
        print(f"FAILS  {what}: cannot be read ({type(error).__name__}: {str(error)[:200]!a})")
        return False
    print(f"holds  {what}: {_shown(detail)}")
    return True


def of_checkpoint(asked: argparse.Namespace, key: Key, witnesses: list[Key]) -> Checks:
    """Return the checks of a signed checkpoint."""
    return signatures(lambda: _text_of(asked.path), key, witnesses)


def of_dossier(asked: argparse.Namespace, key: Key, witnesses: list[Key]) -> Checks:
    """Return the checks of a dossier's folder: checkpoint, envelope, every file."""
    folder: Path = asked.path
    if not folder.is_dir():
        _misuse(f"{folder} is not a folder")
    return [
        *signatures(lambda: _text_of(folder / SIGNED), key, witnesses),
        (f"{key.name} has signed every file", lambda: signed_files(folder, key)),
        ("the envelope speaks of this checkpoint", lambda: agreement(folder, key)),
    ]


def of_disclosure(asked: argparse.Namespace, key: Key, witnesses: list[Key]) -> Checks:
    """Return the checks of one disclosed record: its proof, and what it says."""
    shows: Path = asked.path
    proof: Path = shows.with_suffix(".tlog-proof")
    if not shows.is_file() or not proof.is_file():
        _misuse(f"{shows} and {proof} must both be there")
    return [
        *signatures(lambda: _read_proof(proof)[2], key, witnesses),
        ("the record is the one committed to", lambda: included(shows, proof)),
        ("the record says what its disclosures say", lambda: record(shows)),
    ]


def signatures(note: Callable[[], str], key: Key, witnesses: list[Key]) -> Checks:
    """Return the checks of a note: its signer's signature, and each witness's."""
    checks: Checks = [(f"{key.name} has signed the checkpoint", lambda: signed(note(), key))]
    for witness in witnesses:
        what = f"{witness.name} has cosigned the checkpoint"
        checks.append((what, lambda witness=witness: cosigned(note(), witness)))  # type: ignore[misc]
    checks.append(("every other line is a signature", lambda: others(note(), key, witnesses)))
    return checks


def others(note: str, key: Key, witnesses: list[Key]) -> str:
    """Name the lines of those whose keys were not given: nobody can tell that they are theirs."""
    known = {(key.name, key.id(NOTE)), *((one.name, one.id(COSIGNATURE)) for one in witnesses)}
    told = [(LENGTHS[len(m)], name) for name, m in _split(note)[1] if (name, m[:4]) not in known]
    unchecked = (f"{kind} by {name} present, not checked (no key given)" for kind, name in told)
    return "; ".join(unchecked) or "there is none"


def signed(note: str, key: Key) -> str:
    """Check the signer's line of a note."""
    text, lines = _split(note)
    key.check(_line_of(lines, key, NOTE), text.encode(), "the checkpoint")
    read = checkpoint(text)
    return f"{read.size} leaves of {read.origin}"


def cosigned(note: str, witness: Key) -> str:
    """Check a witness's line of a note, and say when it was made."""
    text, lines = _split(note)
    made = _line_of(lines, witness, COSIGNATURE)
    seconds = int.from_bytes(made[:8], "big")
    witness.check(made[8:], f"cosignature/v1\ntime {seconds}\n{text}".encode(), "the checkpoint")
    return f"seen at {datetime.fromtimestamp(seconds, UTC).isoformat()}"


def _split(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    text, blank, lines = note.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or re.search("[\x00-\x09\x0b-\x1f]", note):
        raise BadError("it is no signed note")
    read = []
    for line in lines[:-1].split("\n"):
        found = re.fullmatch(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})", line)
        if not found:
            raise BadError("a signature line cannot be read")
        made = _exact(found[2])
        if len(made) not in LENGTHS:
            raise BadError(f"the line of {found[1]} is no signature: {len(made)} bytes")
        read.append((found[1], made))
    return text + "\n", read


def _line_of(lines: list[tuple[str, bytes]], key: Key, kind: int) -> bytes:
    for name, made in lines:
        if (name, made[:4]) == (key.name, key.id(kind)):
            return made[4:]
    raise BadError(f"there is no signature of {key.name} ({key.id(kind).hex()})")


def checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text."""
    found = re.fullmatch(r"([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/=]{44})\n", text, re.A)
    if not found:
        raise BadError("the checkpoint's text is not three lines: origin, size, root")
    read = Checkpoint(found[1], int(found[2]), _exact(found[3]))
    if len(read.root) != 32 or (read.size == 0) != (read.root == hashlib.sha256(b"").digest()):
        raise BadError("the checkpoint's root cannot be that of a ledger of this size")
    return read


def _statement(folder: Path, key: Key) -> dict[str, Any]:
    envelope = _strict(_bytes_of(folder / ENVELOPE))
    payload, kind = _exact(envelope["payload"]), envelope["payloadType"]
    mine = f"{key.name}+{key.id(NOTE).hex()}"
    made = [each for each in envelope["signatures"] if each.get("keyid") == mine]
    if len(made) != 1:
        raise BadError(f"the envelope is not signed by {mine}")
    message = b"DSSEv1 %d %b %d %b" % (len(kind.encode()), kind.encode(), len(payload), payload)
    key.check(_exact(made[0]["sig"]), message, "the envelope")
    stated = dict(_strict(payload))
    if (kind, stated["_type"], stated["predicateType"]) != (PAYLOAD_TYPE, STATEMENT, PREDICATE):
        raise BadError("the envelope is not one of a stopa dossier")
    return stated


def signed_files(folder: Path, key: Key) -> str:
    """Check every file against the envelope; a file that it does not name is a stranger."""
    named = {}
    for subject in _statement(folder, key)["subject"]:
        name = PurePosixPath(subject["name"])
        if name.is_absolute() or ".." in name.parts or str(name) in named:
            raise BadError(f"a file is called {str(name)!a}, or two are")
        named[str(name)] = subject["digest"]["sha256"]
    for file, sha256 in named.items():
        if not (folder / file).is_file():
            raise BadError(f"{file} is missing")
        with (folder / file).open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() != sha256:
                raise BadError(f"{file} was changed")
    for path in sorted(folder.rglob("*")):
        file = path.relative_to(folder).as_posix()
        if (path.is_symlink() or not path.is_dir()) and file not in {*named, *UNSIGNED}:
            raise BadError(f"{file} is not among the signed files")
    return f"{len(named)} files"


def agreement(folder: Path, key: Key) -> str:
    """Check that envelope and checkpoints speak of one ledger."""
    said = _statement(folder, key)["predicate"]
    read = checkpoint(_split(_text_of(folder / SIGNED))[0])
    if (said["origin"], said["size"], _exact(said["root"])) != read:
        raise BadError("the envelope speaks of another checkpoint")
    return f"made with stopa {said['stopa']}, rules {said['rules']['sha256'][:12]}"


def included(shows: Path, proof: Path) -> str:
    """Check that the record's leaf is in the tree of the signed checkpoint."""
    index, path, note = _read_proof(proof)
    read = checkpoint(_split(note)[0])
    data = hashlib.sha256(LEAF_TAG + b"".join(_digests_of(_strict(_bytes_of(shows))))).digest()
    leaf = hashlib.sha256(b"\x00" + data).digest()
    if not 0 <= index < read.size or _climbed(leaf, index, read.size, path) != read.root:
        raise BadError(f"it is not leaf {index} of the signed ledger")
    return f"leaf {index} of {read.size}"


def _climbed(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    if (size == 1) != (not path):
        raise BadError("the proof is too long or too short")
    if size == 1:
        return leaf
    cut = 1 << ((size - 1).bit_length() - 1)
    if index < cut:
        left, right = _climbed(leaf, index, cut, path[:-1]), path[-1]
    else:
        left, right = path[-1], _climbed(leaf, index - cut, size - cut, path[:-1])
    return hashlib.sha256(b"\x01" + left + right).digest()


def _read_proof(file: Path) -> tuple[int, list[bytes], str]:
    head, blank, note = _text_of(file).partition("\n\n")
    first, *lines = head.split("\n")
    found = re.fullmatch(r"index (0|[1-9][0-9]{0,18})", lines[0] if lines else "", re.A)
    if first != PROOF or not blank or not found:
        raise BadError("the proof is no tlog-proof")
    return int(found[1]), [_exact(line) for line in lines[1:]], note


def record(shows: Path) -> str:
    """Check that the readable record is what the disclosures lead to; count what was withheld."""
    said = _strict(_bytes_of(shows))
    if said["schema"] != SCHEMA or set(said) != MEMBERS:
        raise BadError("it is no disclosure of a kind that is known here")
    digests, read = _digests_of(said), dict[str, Any]()
    for each in said["disclosures"]:
        _salt, path, value = _disclosed(each)
        if hashlib.sha256(each.encode()).digest() not in digests or path in read:
            raise BadError("a disclosure stands nowhere in the record, or twice")
        read[path] = value
    if json.dumps(read, sort_keys=True) != json.dumps(said["record"], sort_keys=True):
        raise BadError("the record to be read is not what the disclosures say")
    if WHOLE in read and read[WHOLE]["fields"] != len(read):
        raise BadError(f"{len(read)} fields are shown of {read[WHOLE]['fields']}")
    hidden = 0 if WHOLE in read else len(digests) - len(read)
    withheld = f"at most {hidden} are withheld" if hidden else "none is withheld"
    return f"{len(read)} fields are shown, {withheld}: {json.dumps(read, sort_keys=True)}"


def _disclosed(text: str) -> list[Any]:
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
        raise BadError("a disclosure is not written as it must be")
    return list(_strict(raw))


def _digests_of(said: dict[str, Any]) -> list[bytes]:
    payload = said["payload"]
    if set(payload) != {"_sd", "_sd_alg"} or payload["_sd_alg"] != "sha-256":
        raise BadError("the payload is not a list of SHA-256 digests")
    digests = [_exact(text.translate(FROM_URL) + "=") for text in payload["_sd"]]
    if digests != sorted(set(digests)) or {len(each) for each in digests} != {32}:
        raise BadError("the digests are not in order, or one stands twice or is none")
    return digests


def _strict(raw: bytes) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(read := dict(pairs)) != len(pairs):
            raise BadError("a JSON object has one member twice")
        return read

    return json.loads(raw.decode("utf-8"), object_pairs_hook=once)


def _exact(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise BadError("base64 is not written as it must be")
    return raw


def read_key(said: str) -> Key:
    """Return the key that is given as text, or as a file that holds it."""
    is_file = not KEY.search(said) and isfile(said)  # noqa: PTH113 - says no to a name too long
    text = Path(said).read_text("utf-8", "replace") if is_file else said
    found = KEY.search(text) or _misuse("that is no verifier key: name+0a1b2c3d+base64")
    raw = base64.b64decode(found[3])
    key = Key(found[1], raw[1:])
    if raw[0] not in (NOTE, COSIGNATURE) or key.id(raw[0]).hex() != found[2]:
        _misuse("the verifier key was miswritten")
    return key


def _misuse(what: str) -> NoReturn:
    print(f"error: {what}", file=sys.stderr)
    sys.exit(USAGE)


def _text_of(file: Path) -> str:
    return _bytes_of(file).decode("utf-8")  # as it stands: no newline is translated


def _bytes_of(file: Path) -> bytes:
    if not file.is_file():  # a device has no end
        raise BadError(f"{file.name} is missing")
    return file.read_bytes()


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
