"""One committed record shown to somebody: the fields that he may see, and the proof of its leaf.

Spec: https://c2sp.org/tlog-proof (index, audit path, checkpoint); RFC 9901 (digests, disclosures)
Trap: what is withheld is a digest with a salt of its own. A record's id is made of what it says, so
it is withheld with any other field; so is the id of each thing of which a field is withheld.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from stopa.dossier.paths import covers, everywhere, is_inside, owner, within
from stopa.errors import VerificationError
from stopa.model.record import canonical, parse
from stopa.store.merkle import leaf_hash
from stopa.store.sealing import (
    DIGEST,
    EMPTY,
    KIND,
    OWN_ID,
    WHOLE,
    Sealed,
    commitment,
    path_to,
    payload,
)

SCHEMA = "stopa-disclosure/2"
PROOF = "c2sp.org/tlog-proof@v1"
PROVEN = re.compile(rf"{re.escape(PROOF)}\nindex (0|[1-9][0-9]{{0,18}})\n((?:[\w+/=]+\n)*)\n", re.A)
HINT = "ask for it again where it came from"
Json = object


class Disclosure(msgspec.Struct):
    """What is handed on: the leaf's payload, the disclosures, and what they say, to be read.

    `record` is there for people: each field that is shown, by its path. What counts is what payload
    and disclosures lead to.
    """

    schema: str
    payload: dict[str, Json]
    disclosures: list[str]
    record: dict[str, Json]


class Whole(msgspec.Struct):
    """What is shown of a record only with all of its fields: its id, and how many they are."""

    fields: int
    id: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What a disclosure says: its leaf, the fields shown by their paths, whether they are all.

    `rest` counts what is withheld and what never was a field, which nobody can tell apart.
    """

    leaf: bytes
    record: dict[str, Json]
    is_whole: bool
    rest: int


@dataclass(frozen=True, slots=True)
class Proven:
    """What a proof says: the leaf's place, the audit path, the signed checkpoint."""

    index: int
    path: tuple[bytes, ...]
    signed: str


def shown(sealed: Sealed, withheld: Iterable[str], thing: str = "") -> tuple[str, ...]:
    """Return the paths of a record, or of one thing in it, but for those that are withheld.

    `withheld` are paths as they stand in the thing; an index may be left out for all things of a
    list. Raises KeyError where there is nothing at one.
    """
    inside = [path for path in sealed.fields if is_inside(path, thing)]
    hidden: set[str] = set()
    for asked in withheld:
        found = {path for path in inside if _hides(sealed, path, asked, thing)}
        if not found:
            raise KeyError(asked)
        hidden |= found
    if hidden:
        hidden |= {WHOLE}
        hidden |= {path for path in inside if any(_tells_of(path, each) for each in hidden)}
    kept = [path for path in inside if path not in hidden]
    return (KIND, *kept) if thing else tuple(kept)


def names_of(sealed: Sealed, thing: str = "") -> list[str]:
    """Return what can be withheld of a record or of a thing in it: its fields, indices left out."""
    named: dict[str, None] = {}
    for path in sealed.fields:
        if path not in (KIND, WHOLE) and is_inside(path, thing):
            around = owner(path, EMPTY)
            paths = [path] if around is None else _empty_ones(sealed, path, around)
            named |= dict.fromkeys(everywhere(within(each, thing)) for each in paths)
    return sorted(named)


def path_of(sealed: Sealed, wanted: str) -> str | None:
    """Return the path of the thing inside a record that has this id, None where there is none."""
    for path, item in sealed.fields.items():
        if path.endswith(f".{OWN_ID}") and _opened(item)[-1] == wanted:
            return path.removesuffix(f".{OWN_ID}")
    return None


def betrayed(sealed: Sealed, paths: Sequence[str], thing: str = "") -> tuple[str, str] | None:
    """Return an id that is withheld, with the path of a shown field in which it stands after all.

    An id is a hash of what it names: with it, a guess of what is withheld could be tested.
    """
    named = [path for path in sealed.fields if owner(path, OWN_ID) and is_inside(path, thing)]
    own = () if thing else (OWN_ID,)
    ids = [sealed.fields[path] for path in {*named, *own} - {*paths} if path in sealed.fields]
    for path in paths:
        value = canonical(_opened(sealed.fields[path])[-1])
        for id_ in (_opened(item)[-1] for item in ids):
            if canonical(id_) in value:
                return str(id_), path
    return None


def repeated(sealed: Sealed, paths: Sequence[str], thing: str = "") -> tuple[str, str] | None:
    """Return a field that is withheld, and a shown one of the same thing that repeats its text."""
    said = {path: _opened(item)[-1] for path, item in sealed.fields.items()}
    texts = {path: told.casefold() for path, told in said.items() if isinstance(told, str)}
    hidden = [p for p in texts if p not in paths and is_inside(p, thing) and texts[p].strip()]
    for path in paths:
        for other in hidden if path in texts and not path.startswith(":") else ():
            beside = path.rpartition(".")[0] == other.rpartition(".")[0]
            if beside and texts[other] in texts[path]:
                return other, path
    return None


def disclosure(sealed: Sealed, paths: Iterable[str]) -> bytes:
    """Return the file that is handed on, indented JSON."""
    raw = payload(sealed)
    digests = [raw[at : at + DIGEST] for at in range(0, len(raw), DIGEST)]
    read: dict[str, Json] = {"_sd": [_text(each) for each in digests], "_sd_alg": "sha-256"}
    return disclosed(read, [sealed.fields[path] for path in paths])


def disclosed(read: dict[str, Json], shows: Sequence[bytes]) -> bytes:
    """Return the file for a leaf's payload and what is shown of it."""
    made = Disclosure(SCHEMA, read, [item.decode() for item in shows], _said(read, shows))
    return msgspec.json.format(canonical(made), indent=2) + b"\n"


def read_disclosure(body: bytes) -> Opened:
    """Return what a disclosure says; raise VerificationError where it is not in itself sound."""
    try:
        made = parse(body, Disclosure)
        shows = [item.encode("ascii") for item in made.disclosures]
        digests, said = _digests(made.payload), _said(made.payload, shows)
        again = disclosed(made.payload, shows)
        whole = said.get(WHOLE)
        fields = len(said) if whole is None else msgspec.convert(whole, Whole).fields
    except (msgspec.DecodeError, ValueError, LookupError, TypeError) as error:
        raise VerificationError(f"the disclosure cannot be read: {error}", hint=HINT) from error
    if made.schema != SCHEMA or again != body:
        raise VerificationError("the record is not what its disclosures say", hint=HINT)
    if len(said) < len(shows):
        raise VerificationError("a disclosure stands nowhere in the record, or twice", hint=HINT)
    if fields != len(said):
        raise VerificationError(f"{len(said)} fields are shown of {fields}", hint=HINT)
    leaf = leaf_hash(commitment(b"".join(digests)))
    return Opened(leaf, said, whole is not None, len(digests) - len(said))


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


def proof(index: int, path: Sequence[bytes], signed: str) -> str:
    """Return a transparency log proof: place, audit path, and the signed checkpoint."""
    hashes = "".join(f"{base64.b64encode(node).decode()}\n" for node in path)
    return f"{PROOF}\nindex {index}\n{hashes}\n{signed}"


def _hides(sealed: Sealed, path: str, asked: str, thing: str) -> bool:
    """Whether a field is withheld with what was asked; what holds nothing stands in one field."""
    if path in (KIND, WHOLE):
        return False
    around = owner(path, EMPTY)
    if around is None:
        return covers(asked, within(path, thing))
    empty_ones = _empty_ones(sealed, path, around)
    return any(covers(asked, within(each, thing)) for each in (around, *empty_ones))


def _empty_ones(sealed: Sealed, path: str, around: str) -> list[str]:
    """Return the paths of the fields of an object that hold nothing."""
    empty = _opened(sealed.fields[path])[-1]
    return [path_to(around, str(name)) for name in empty] if isinstance(empty, dict) else []


def _tells_of(path: str, hidden: str) -> bool:
    """Whether a field is the id of a thing in which a withheld field stands."""
    around = owner(path, OWN_ID)
    return around is not None and is_inside(hidden, around)


def _said(read: Mapping[str, Json], shows: Sequence[bytes]) -> dict[str, Json]:
    """Return the fields that disclosures lead to, by path: one counts where its digest stands."""
    digests = read["_sd"]
    said: dict[str, Json] = {}
    for item in shows:
        if isinstance(digests, list) and _text(sha256(item).digest()) in digests:
            _, path, value = _opened(item)
            if str(path) in said:
                raise ValueError(f"two disclosures speak of {path!a}")
            said[str(path)] = value
    return said


def _digests(read: Mapping[str, Json]) -> list[bytes]:
    """Return the digests of a payload; raise ValueError where it is none."""
    texts = msgspec.convert(read["_sd"], list[str])
    if set(read) != {"_sd", "_sd_alg"} or read["_sd_alg"] != "sha-256":
        raise ValueError("the payload is not a list of SHA-256 digests")
    digests = [base64.urlsafe_b64decode(f"{text}=") for text in texts]
    if digests != sorted({*digests}) or [_text(each) for each in digests] != texts:
        raise ValueError("the digests are not in order, or one stands twice")
    if {len(each) for each in digests} - {DIGEST}:
        raise ValueError("a digest is not one of SHA-256")
    return digests


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _opened(item: bytes) -> list[Json]:
    padded = item + b"=" * (-len(item) % 4)
    read: list[Json] = msgspec.json.decode(base64.urlsafe_b64decode(padded))
    return read
