"""What a DKIM signature says of a message's body, checked against the body itself.

Spec: https://www.rfc-editor.org/rfc/rfc6376#section-3.4 (canonicalisation), section 3.7 (hashes)
Why: the hash of the body stands in the signature, so that a changed body shows without any key.
That it matches says nothing of who signed: that takes the key, which is not at hand offline.
Trap: mail is kept with the line endings of the machine it lies on; the hash is of CR LF.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass

BLANKS = re.compile(rb"[ \t]+")
TRAILING = re.compile(rb"[ \t]+(?=\r\n)")
LONE = re.compile(rb"(?<!\r)\n")
LAST_LINES = re.compile(rb"(?:\r\n)*\Z")
NOT_TOLD = "not told"
SIGNATURES = 20  # of one message; each costs a pass over its body
HASHES = {"rsa-sha256": hashlib.sha256, "ed25519-sha256": hashlib.sha256, "rsa-sha1": hashlib.sha1}


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says that they signed, with which key, and whether the body still is what they hashed.

    `body` is `unchanged`, `changed`, or `not told` where the signature lacks what it takes.
    """

    domain: str
    selector: str
    body: str


def signatures(fields: list[str], body: bytes) -> list[Signature]:
    """Return the signatures of a message in the order of its header."""
    return [_signature(tags(field), body) for field in fields[:SIGNATURES]]


def tags(field: str) -> dict[str, str]:
    """Return the tags of a signature, values without white space."""
    pairs = (part.partition("=") for part in field.split(";"))
    return {name.strip(): re.sub(r"\s+", "", value) for name, _, value in pairs if name.strip()}


def canonical_body(body: bytes, how: str) -> bytes:
    """Return a body as it is hashed: `simple` or `relaxed`."""
    text = LONE.sub(b"\r\n", body)
    if how == "relaxed":
        text = BLANKS.sub(b" ", TRAILING.sub(b"", text))
        text = text.rstrip(b" ") if not text.endswith(b"\r\n") else text
    text = LAST_LINES.sub(b"", text, count=1)
    return text + b"\r\n" if text or how != "relaxed" else b""


def _signature(said: dict[str, str], body: bytes) -> Signature:
    domain, selector = said.get("d", "").lower(), said.get("s", "").lower()
    algorithm = HASHES.get(said.get("a", "").lower())
    how = said.get("c", "simple/simple").lower().partition("/")[2] or "simple"
    length = said.get("l")
    if algorithm is None or not said.get("bh") or (length and not length.isdecimal()):
        return Signature(domain, selector, NOT_TOLD)
    text = canonical_body(body, how)
    if length and len(length) < 12:
        text = text[: int(length)]
    is_same = b64encode(algorithm(text).digest()).decode().rstrip("=") == said["bh"].rstrip("=")
    return Signature(domain, selector, "unchanged" if is_same else "changed")
