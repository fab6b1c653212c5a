"""One committed record shown to somebody: the fields that he may see, and the proof of its leaf.

Spec: https://c2sp.org/tlog-proof (index, audit path, checkpoint); RFC 9901 (payload, disclosures)
Trap: what is withheld is a digest with a salt of its own. A record's id is made of what it says, so
it is withheld with any other field.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

import msgspec

from stopa.model.record import canonical
from stopa.store.sealing import ID, KIND, Sealed, digest, payload

SCHEMA = "stopa-disclosure/1"
PROOF = "c2sp.org/tlog-proof@v1"
OWN_ID = "id"  # of what the record speaks of; mostly the same as the record's
Json = object


class Disclosure(msgspec.Struct):
    """What is handed on: the leaf's payload, the disclosures, and what they say, to be read.

    `record` is there for people. What counts is what payload and disclosures lead to.
    """

    schema: str
    payload: dict[str, Json]
    disclosures: list[str]
    record: dict[str, Json]


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
    read = msgspec.json.decode(payload(sealed))
    made = Disclosure(SCHEMA, read, [item.decode() for item in shows], record_of(read, shows))
    return msgspec.json.format(canonical(made), indent=2) + b"\n"


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
