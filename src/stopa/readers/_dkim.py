"""What a DKIM signature says, checked against the message, and against a key where one is given.

Spec: https://www.rfc-editor.org/rfc/rfc6376; https://www.rfc-editor.org/rfc/rfc8301 (what is too
weak); https://www.rfc-editor.org/rfc/rfc8463 (Ed25519)
Why: the hash of the body stands in the signature, so that a changed body shows without any key. The
key is a domain's; it is looked up nowhere, but may be among the evidence, as a DNS record.
Trap: "verified" says that whoever holds the domain's key signed these fields and this body, not who
wrote them. Mail is kept with the line endings of the machine it lies on; what is signed has CR LF.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from stopa.readers._dkim_keys import NO_KEY, KeyRecord, opposes, records_of
from stopa.readers._headers import Field, Header

BLANKS = re.compile(rb"[ \t]+")
LONE = re.compile(rb"(?<!\r)\n")
FOLD = re.compile(rb"\r\n(?=[ \t])")
SPACES = re.compile(r"\s+")
OWN_VALUE = re.compile(rb"((?:^|;)[ \t\r\n]*b[ \t\r\n]*=)[^;]*")  # the signature in its own field
NOT_TOLD = "not told"
SIGNATURES = 20  # of one message; each costs a pass over its body
SIGNED = 500  # names of fields in one signature
HASHES = {"rsa-sha256": hashlib.sha256, "ed25519-sha256": hashlib.sha256, "rsa-sha1": hashlib.sha1}
HOWS = ("simple", "relaxed")
ONCE = ("from", "subject", "to", "date", "reply-to")  # fields whose second copy would deceive
Keys = Mapping[str, tuple[str, ...]]  # records by `selector._domainkey.domain`


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says that they signed, with which key, and what holds of it.

    `body` is `unchanged`, `changed`, or `not told` where the signature lacks what it takes.
    `result` begins with `verified`, `weak`, `failed`, `no key` or `not told`; `notes` say what the
    signature leaves open.
    """

    domain: str
    selector: str
    body: str
    result: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """A message as it may have been signed: bytes, header and where the body ends.

    `exact` is False of an attached message: what attached it may have written it anew.
    """

    raw: bytes
    header: Header
    end: int
    exact: bool = True


def signatures(message: Signed, keys: Keys) -> list[Signature]:
    """Return the signatures of a message in the order of its header."""
    fields = [f for f in message.header.fields if f.name.lower() == "dkim-signature"]
    return [of_field(message, f, tags(f.written), keys) for f in fields[:SIGNATURES]]


def stated(header: Header) -> list[Signature]:
    """Return the signatures of a message whose body is not kept as it was sent."""
    told = [tags(field) for field in header.all("dkim-signature")[:SIGNATURES]]
    return [Signature(*_named(said), NOT_TOLD, NOT_TOLD) for said in told]


def tags(field: str) -> dict[str, str]:
    """Return the tags of a signature, values without white space; of equal tags the first."""
    pairs = (part.partition("=") for part in field.split(";"))
    found: dict[str, str] = {}
    for name, _, value in pairs:
        if name.strip():
            found.setdefault(name.strip(), SPACES.sub("", value))
    return found


def canonical_body(body: bytes, how: str) -> bytes:
    """Return a body as it is hashed: `simple` or `relaxed`."""
    text = LONE.sub(b"\r\n", body)
    if how == "relaxed":
        text = BLANKS.sub(b" ", text).replace(b" \r\n", b"\r\n")
        text = text.rstrip(b" ") if not text.endswith(b"\r\n") else text
    text = text[: _without_last_lines(text)]
    return text + b"\r\n" if text or how != "relaxed" else b""


def _without_last_lines(text: bytes) -> int:
    """Return where the empty lines at the end begin; every LF has its CR before it."""
    words = len(text.rstrip(b"\r\n"))
    if text.endswith(b"\r"):
        return len(text)
    return max(words, text.rfind(b"\r\r", words) + 1)


def canonical_field(field: bytes, how: str) -> bytes:
    """Return a header field as it is signed, with its line ending."""
    text = LONE.sub(b"\r\n", field)
    text = text if text.endswith(b"\r\n") else text + b"\r\n"
    if how == "simple":
        return text
    name, _, value = text[:-2].partition(b":")
    value = BLANKS.sub(b" ", FOLD.sub(b"", value)).strip(b" \t")
    return name.strip().lower() + b":" + value + b"\r\n"


def _named(said: Mapping[str, str]) -> tuple[str, str]:
    return said.get("d", "").lower(), said.get("s", "").lower()


def of_field(message: Signed, field: Field, said: Mapping[str, str], keys: Keys) -> Signature:
    """Return what holds of the signature in a field, whose tags say this."""
    domain, selector = _named(said)
    body, covered = _body(said, message)
    if body == "changed" and not message.exact:
        body = NOT_TOLD
    result = _result(message, field, said, body, keys)
    notes = tuple(_notes(message, said, covered)) if body != NOT_TOLD else ()
    return Signature(domain, selector, body, result, notes)


def _body(said: Mapping[str, str], message: Signed) -> tuple[str, str]:
    """Return whether the body is the one that was hashed, and what of it was not."""
    algorithm = HASHES.get(said.get("a", "").lower())
    how = said.get("c", "simple/simple").lower().partition("/")[2] or "simple"
    length = said.get("l")
    if algorithm is None or not said.get("bh") or (length and not length.isdecimal()):
        return NOT_TOLD, ""
    text = canonical_body(message.raw[message.header.end : message.end], how)
    left = ""
    if length and len(length) < 12:
        if len(text) > int(length):
            left = f"covers {length} of {len(text)} bytes of the body"
        text = text[: int(length)]
    is_same = b64encode(algorithm(text).digest()).decode().rstrip("=") == said["bh"].rstrip("=")
    return "unchanged" if is_same else "changed", left


def _result(message: Signed, field: Field, said: Mapping[str, str], body: str, keys: Keys) -> str:
    """Return what holds, in words that begin with one of five."""
    if body == NOT_TOLD:
        return NOT_TOLD
    if body == "changed":
        return "failed: the body was changed since it was signed"
    if why := _unsound(said):
        return f"failed: {why}"
    return with_keys(said, _signed_bytes(message, field, said), keys, exact=message.exact)


def with_keys(said: Mapping[str, str], signed: bytes, keys: Keys, *, exact: bool) -> str:
    """Return whether the key that tags name signed these bytes, in words as of a signature."""
    name = "{1}._domainkey.{0}".format(*_named(said))
    records = records_of(keys.get(name, ()))
    if not records:
        return f"{NO_KEY}: {name} is not among the evidence"
    found = [_with_key(record, said, signed) for record in records]
    best = next((one for one in found if not one.startswith("failed")), found[0])
    if best.startswith("failed") and not exact:
        return f"{NOT_TOLD}: an attached message may have been written anew"
    return best


def _unsound(said: Mapping[str, str]) -> str:
    """Return why a signature cannot be one, by its tags."""
    domain, identity = said.get("d", "").lower(), said.get("i", "").lower().rpartition("@")[2]
    names = said.get("h", "").lower().split(":")
    how = said.get("c", "simple").lower().partition("/")[0]
    if said.get("v") != "1":
        return "it states no version 1"
    if "from" not in names:
        return "it does not cover From"
    if identity and identity != domain and not identity.endswith(f".{domain}"):
        return "its identity is not of its domain"
    return "" if how in HOWS else "its canonicalisation is not known"


def _with_key(record: KeyRecord, said: Mapping[str, str], signed: bytes) -> str:
    algorithm = said.get("a", "").lower()
    if why := opposes(record, algorithm, said):
        return f"failed: {why}"
    if not record.verifies(said.get("b", ""), signed, algorithm):
        return "failed: the signature is not over these fields by this key"
    if algorithm == "rsa-sha1":
        return "weak: it holds, but rsa-sha1 counts as none since RFC 8301"
    if record.bits and record.bits < 1024:
        return f"weak: it holds, but a key of {record.bits} bits counts as none since RFC 8301"
    return "verified"


def _signed_bytes(message: Signed, field: Field, said: Mapping[str, str]) -> bytes:
    """Return the bytes that are signed: the named fields, from below, then the signature's own."""
    how = said.get("c", "simple").lower().partition("/")[0] or "simple"
    left: dict[str, list[Field]] = {}
    for one in message.header.fields:
        left.setdefault(one.name.lower(), []).append(one)
    parts = [
        canonical_field(_bytes(message, left[name].pop()), how)
        for name in said.get("h", "").lower().split(":")[:SIGNED]
        if left.get(name)
    ]
    return b"".join(parts) + unsigned_field(message, field, how)


def unsigned_field(message: Signed, field: Field, how: str) -> bytes:
    """Return the field of a signature as it is signed: without its value and its line ending."""
    name, colon, value = _bytes(message, field).partition(b":")
    own = name + colon + OWN_VALUE.sub(rb"\1", value, count=1)
    return canonical_field(own, how)[:-2]


def _bytes(message: Signed, field: Field) -> bytes:
    return message.raw[field.offset : field.offset + field.length]


def _notes(message: Signed, said: Mapping[str, str], covered: str) -> Iterator[str]:
    """Yield what a signature leaves open, whether it holds or not."""
    if covered:
        yield covered
    signed = Counter(said.get("h", "").lower().split(":"))
    there = Counter(field.name.lower() for field in message.header.fields)
    for name in ONCE:
        if signed[name] and there[name] > signed[name]:
            yield f"{name} stands {there[name]} times and is signed {signed[name]} times"
    if not signed["subject"] and there["subject"]:
        yield "does not cover subject"
    if (until := said.get("x", "")).isdecimal() and len(until) < 12:
        yield f"states that it ends at {datetime.fromtimestamp(int(until), UTC).isoformat()}"
