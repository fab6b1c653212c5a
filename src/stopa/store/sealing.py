"""A record sealed field by field: what its leaf commits to, so that each field can be shown alone.

Spec: RFC 9901 section 4.2 (disclosures [salt, name, value] and [salt, value], their digests, `_sd`
and `...`), https://www.rfc-editor.org/rfc/rfc9901
Why: a leaf covers only salted digests. Who is shown some fields can test no guess of the others.
Trap: a record's id is often a hash of what it says; it is a field like any other, and withheld so.
"""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Iterable
from hashlib import sha256, shake_256
from typing import NamedTuple

import msgspec

TAG = b"stopa-record-v2\x00"
SALT_BYTES = 32
HEX = 32  # hex digits of a field's salt: the 128 bits that RFC 9901 section 9.3 asks for
KIND = "stopa:kind"  # of the record, not of what it speaks of
ID = "stopa:id"
RAW = msgspec.json.Decoder(dict[str, msgspec.Raw])
URL = bytes.maketrans(b"+/", b"-_")
ENCODE = msgspec.json.Encoder().encode
RAW_LIST = msgspec.json.Decoder(list[msgspec.Raw])


class Sealed(NamedTuple):
    """The disclosures of a record's fields by name, and of the elements of those that are lists."""

    fields: dict[str, bytes]
    elements: dict[str, list[bytes]]


def sealed(salt: bytes, kind: str, record_id: str, body: bytes) -> Sealed:
    """Seal a record; `body` is its canonical JSON, an object; `salt` are 32 random bytes.

    Each disclosure's own salt is drawn from them, one way. Of a list of things that have an id
    (statements, hypotheses) each can be shown alone; other lists are shown whole.
    """
    values: dict[str, bytes] = {name: bytes(value) for name, value in RAW.decode(body).items()}
    values[KIND], values[ID] = ENCODE(kind), ENCODE(record_id)
    lists = {name: RAW_LIST.decode(value) for name, value in values.items() if _is_listed(value)}
    count = len(values) + sum(map(len, lists.values()))
    drawn = shake_256(TAG + salt).hexdigest(HEX // 2 * count).encode()
    salts = [drawn[start : start + HEX] for start in range(0, len(drawn), HEX)]
    elements = {
        name: _base64([b'["%b",%b]' % (salts.pop(), item) for item in lists[name]])
        for name in sorted(lists)
    }
    for name, shown in elements.items():
        values[name] = b"[%b]" % b",".join([b'{"...":"%b"}' % item for item in _digests(shown)])
    names = sorted(values)
    parts = [b'["%b",%b,%b]' % (salts.pop(), ENCODE(name), values[name]) for name in names]
    return Sealed(dict(zip(names, _base64(parts), strict=True)), elements)


def is_exact(body: bytes) -> bool:
    """Whether a body is written the one way; a leaf covers its values, not what is around them.

    A name twice would leave the leaf as it is, and be read in two ways.
    """
    values = RAW.decode(body)
    again = b",".join([b"%b:%b" % (ENCODE(name), bytes(raw)) for name, raw in values.items()])
    return body == b"{%b}" % again and not {KIND, ID} & values.keys()


def payload(record: Sealed) -> bytes:
    """Return what a leaf commits to: the digests of all fields, in an order that tells nothing."""
    digests = b'","'.join(sorted(_digests(record.fields.values())))
    return b'{"_sd":["%b"],"_sd_alg":"sha-256"}' % digests


def commitment(sealed_payload: bytes) -> bytes:
    """Return the leaf's data: 32 bytes that tell nothing of the record."""
    return sha256(TAG + sealed_payload).digest()


def digest(disclosure: bytes) -> bytes:
    """Return the digest by which a disclosure is known, in base64url without padding."""
    return _digests([disclosure])[0]


def _is_listed(value: bytes) -> bool:
    return value[:2] == b"[{" and b'"id":' in value


def _digests(disclosures: Iterable[bytes]) -> list[bytes]:
    return _base64([sha256(item).digest() for item in disclosures])


def _base64(items: list[bytes]) -> list[bytes]:
    """Return each in base64url without padding; together, for there are millions."""
    encoded = b",".join([b2a_base64(item, newline=False) for item in items])
    return encoded.translate(URL, b"=").split(b",")
