"""One committed record shown to somebody: the fields that he may see, and the proof of its leaf.

Spec: https://c2sp.org/tlog-proof (index, audit path, checkpoint); RFC 9901 (payload, disclosures)
Trap: what is withheld is a digest with a salt of its own. A record's id is made of what it says, so
it is withheld with any other field.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from stopa.errors import VerificationError
from stopa.model.record import canonical, parse
from stopa.store.merkle import leaf_hash
from stopa.store.sealing import ID, KIND, Sealed, commitment, digest, payload

SCHEMA = "stopa-disclosure/1"
PROOF = "c2sp.org/tlog-proof@v1"
OWN_ID = "id"  # of what the record speaks of; mostly the same as the record's
PROVEN = re.compile(rf"{re.escape(PROOF)}\nindex (0|[1-9][0-9]{{0,18}})\n((?:[\w+/=]+\n)*)\n", re.A)
HINT = "ask for it again where it came from"
Json = object


class Disclosure(msgspec.Struct):
    """What is handed on: the leaf's payload, the disclosures, and what they say, to be read.

    `record` is there for people. What counts is what payload and disclosures lead to.
    """

    schema: str
    payload: dict[str, Json]
    disclosures: list[str]
    record: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a disclosure says: its leaf, the record, how many fields and things are withheld."""

    leaf: bytes
    record: dict[str, Json]
    fields_withheld: int
    things_withheld: int


@dataclass(frozen=True, slots=True)
class Proven:
    """What a proof says: the leaf's place, the audit path, the signed checkpoint."""

    index: int
    path: tuple[bytes, ...]
    signed: str


def shown(sealed: Sealed, withheld: Iterable[str]) -> tuple[bytes, ...]:
    """Return the disclosures of a whole record but for fields; KeyError where one is not there."""
    hidden = set(withheld)
    for name in hidden:
        sealed.fields[name]
    if hidden:
        hidden |= {ID, OWN_ID}
    names = [name for name in sealed.fields if name not in hidden]
    elements = [item for name in names for item in sealed.elements.get(name, ())]
    return (*(sealed.fields[name] for name in names), *elements)


def shown_element(sealed: Sealed, wanted: str) -> tuple[bytes, ...] | None:
    """Return the disclosures of one thing inside a record, None where it is not in it."""
    for name, items in sealed.elements.items():
        for item in items:
            if _is(_opened(item)[-1], wanted):
                return sealed.fields[KIND], sealed.fields[name], item
    return None


def disclosure(sealed: Sealed, shows: Sequence[bytes]) -> bytes:
    """Return the file that is handed on, indented JSON."""
    return disclosed(msgspec.json.decode(payload(sealed)), shows)


def disclosed(read: dict[str, Json], shows: Sequence[bytes]) -> bytes:
    """Return the file for a leaf's payload and what is shown of it."""
    made = Disclosure(SCHEMA, read, [item.decode() for item in shows], record_of(read, shows))
    return msgspec.json.format(canonical(made), indent=2) + b"\n"


def read_disclosure(body: bytes) -> Opened:
    """Return what a disclosure says; raise VerificationError where it is not in itself sound."""
    try:
        said = parse(body, Disclosure)
        shows = [item.encode("ascii") for item in said.disclosures]
        record, again = record_of(said.payload, shows), disclosed(said.payload, shows)
        fields = _fields(said.payload)
        things = _things(fields, shows)
    except (msgspec.DecodeError, ValueError, LookupError, TypeError) as error:
        raise VerificationError(f"the disclosure cannot be read: {error}", hint=HINT) from error
    if said.schema != SCHEMA or again != body:
        raise VerificationError("the record is not what its disclosures say", hint=HINT)
    placed = [digest(item).decode() for item in shows]
    inside = [found for found in placed if found in things]
    if len({*placed}) < len(shows) or len(record) + len(inside) < len(shows):
        raise VerificationError("a disclosure stands nowhere in the record, or twice", hint=HINT)
    leaf = leaf_hash(commitment(canonical(said.payload)))
    return Opened(leaf, record, len(fields) - len(record), len(things) - len(inside))


def read_proof(text: str) -> Proven:
    """Return what a proof says; raise VerificationError where it is none, to the byte."""
    found = PROVEN.match(text)
    if found is None:
        raise VerificationError("the proof is no tlog-proof", hint=HINT)
    try:
        path = tuple(base64.b64decode(line, validate=True) for line in found[2].split())
    except (ValueError, binascii.Error) as error:
        raise VerificationError("the proof's path cannot be read", hint=HINT) from error
    read = Proven(int(found[1]), path, text[found.end() :])
    if proof(read.index, read.path, read.signed) != text:
        raise VerificationError("the proof is not written as it must be", hint=HINT)
    return read


def record_of(read: dict[str, Json], shows: Sequence[bytes]) -> dict[str, Json]:
    """Return the fields that disclosures lead to; things of a list that are withheld are left out.

    The sentence of RFC 9901 section 7.1: a disclosure counts where its digest stands.
    """
    opened = {digest(item).decode(): _opened(item) for item in shows}
    digests = read["_sd"]
    parts = [opened[d] for d in digests if d in opened] if isinstance(digests, list) else []
    return {str(part[1]): _with_elements(part[2], opened) for part in parts}


def proof(index: int, path: Sequence[bytes], signed: str) -> str:
    """Return a transparency log proof: place, audit path, and the signed checkpoint."""
    hashes = "".join(f"{base64.b64encode(node).decode()}\n" for node in path)
    return f"{PROOF}\nindex {index}\n{hashes}\n{signed}"


def _fields(read: dict[str, Json]) -> list[str]:
    """Return the digests of a record's fields; raise ValueError where a payload is not so."""
    digests = msgspec.convert(read["_sd"], list[str])
    if set(read) != {"_sd", "_sd_alg"} or read["_sd_alg"] != "sha-256":
        raise ValueError("the payload is not a list of SHA-256 digests")
    if digests != sorted(set(digests)):
        raise ValueError("the digests are not in order, or one stands twice")
    return digests


def _things(fields: Sequence[str], shows: Sequence[bytes]) -> list[str]:
    """Return the digests that stand in the lists of the fields shown."""
    values = [_opened(item)[-1] for item in shows if digest(item).decode() in fields]
    listed = [thing for value in values if isinstance(value, list) for thing in value]
    return [str(t["..."]) for t in listed if isinstance(t, dict) and "..." in t]


def _with_elements(value: Json, opened: dict[str, list[Json]]) -> Json:
    """Put the things of a list that are shown in the places of their digests."""
    if not isinstance(value, list) or not all(isinstance(v, dict) and "..." in v for v in value):
        return value
    return [opened[v["..."]][1] for v in value if v["..."] in opened]


def _is(value: Json, wanted: str) -> bool:
    return isinstance(value, dict) and value.get(OWN_ID) == wanted


def _opened(item: bytes) -> list[Json]:
    padded = item + b"=" * (-len(item) % 4)
    read: list[Json] = msgspec.json.decode(base64.urlsafe_b64decode(padded))
    return read
