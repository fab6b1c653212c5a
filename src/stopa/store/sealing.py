"""A record sealed field by field, at any depth: what its leaf commits to, so each can be shown.

Spec: RFC 9901 section 4.2 (disclosures [salt, name, value], their digests, decoys),
https://www.rfc-editor.org/rfc/rfc9901
Why: a leaf covers only salted digests, all in one list that is filled up. Who is shown some fields
can test no guess of the others, nor tell how many there are.
Why: what lies deeper is named by its path (`matched[0].value`): one list for the whole record costs
less than one for each thing in it, and hides how many things a list has.
Trap: a record's id is often a hash of what it says; it is withheld with any other field.
"""

from __future__ import annotations

import json
from binascii import b2a_base64
from hashlib import sha256, shake_256
from typing import Any, NamedTuple

import msgspec

from stopa.model.record import canonical

TAG = b"stopa-record-v3\x00"
SALT_BYTES = 32
SALT, LETTERS = 18, 24  # bytes of a field's salt, more than the 128 bits of RFC 9901, and in base64
DIGEST = 32
LEAST = 16  # digests of a record; more are filled up to a power of two
MANY = 32  # things of a list that are sealed singly; of more only those that have an id
KIND = ":kind"  # of the record, not of what it speaks of
WHOLE = ":whole"  # the record's id, and how many fields it has
EMPTY = ":empty"  # the fields of an object that are null, or hold nothing
OWN_ID = "id"
URL = bytes.maketrans(b"+/", b"-_")
DRAWN = shake_256(TAG).copy
ENCODE = msgspec.json.Encoder().encode
DECODE = msgspec.json.Decoder().decode
Json = Any


class Sealed(NamedTuple):
    """The disclosures of a record's fields by their paths, and the digests of what is none."""

    fields: dict[str, bytes]
    decoys: tuple[bytes, ...]


def sealed(salt: bytes, kind: str, record_id: str, body: bytes) -> Sealed:
    """Seal a record; `body` is its canonical JSON, an object; `salt` are 32 random bytes.

    Each field's own salt is drawn from them, one way, and so are the decoys.
    """
    said: dict[str, Json] = {KIND: kind, WHOLE: {}}
    _gather(DECODE(body), "", said)
    count = len(said)
    said[WHOLE] = {"fields": count, "id": record_id}
    salts = SALT * count
    drawn = DRAWN()
    drawn.update(salt)
    raw = drawn.digest(salts + DIGEST * (_filled_up(count) - count))
    text = b2a_base64(raw[:salts], newline=False).translate(URL).decode()
    starts = range(0, LETTERS * count, LETTERS)
    fields = {
        path: b2a_base64(ENCODE((text[at : at + LETTERS], path, value)), newline=False).translate(
            URL, b"="
        )
        for at, (path, value) in zip(starts, said.items(), strict=True)
    }
    return Sealed(fields, tuple(raw[at : at + DIGEST] for at in range(salts, len(raw), DIGEST)))


def is_exact(body: bytes) -> bool:
    """Whether a body is written the one way; a leaf covers its values, not what is around them.

    A name twice would leave the leaf as it is, and be read in two ways.
    """
    read = DECODE(body)
    return isinstance(read, dict) and canonical(read) == body


def payload(record: Sealed) -> bytes:
    """Return what a leaf commits to: all digests, 32 bytes each, in an order that tells nothing."""
    digests = [sha256(item).digest() for item in record.fields.values()]
    digests += record.decoys
    digests.sort()
    return b"".join(digests)


def commitment(sealed_payload: bytes) -> bytes:
    """Return the leaf's data: 32 bytes that tell nothing of the record."""
    return sha256(TAG + sealed_payload).digest()


def path_to(at: str, name: str) -> str:
    """Return the path of a field; a name that is no plain word stands in brackets, as JSON."""
    if not (name.isascii() and name.isidentifier()):
        return f"{at}[{json.dumps(name)}]"
    return f"{at}.{name}" if at else name


def _gather(thing: dict[str, Json], at: str, said: dict[str, Json]) -> None:
    """Put every field of an object into `said` by its path; `at` is the object's own."""
    nothing = {}
    for name, value in thing.items():
        kind = type(value)
        if kind is str or kind is int:
            said[path_to(at, name)] = value
        elif value is None or value == [] or value == {}:
            nothing[name] = value
        elif kind is dict and not _is_place(value):
            _gather(value, path_to(at, name), said)
        elif kind is list and _are_things(value):
            for n, item in enumerate(value):
                _gather(item, f"{path_to(at, name)}[{n}]", said)
        else:
            said[path_to(at, name)] = value
    if nothing or not thing:
        said[at + EMPTY] = nothing


def _is_place(value: dict[str, Json]) -> bool:
    """Whether an object is a place in evidence, which is one thing to say."""
    return "evidence" in value and "offset" in value


def _are_things(values: list[Json]) -> bool:
    for value in values:
        if type(value) is not dict or _is_place(value):
            return False
    return len(values) <= MANY or OWN_ID in values[0]


def _filled_up(count: int) -> int:
    return max(LEAST, 1 << (count - 1).bit_length())
