"""The chain that servers seal on the way (ARC): what each found, and whether the seals hold.

Spec: https://www.rfc-editor.org/rfc/rfc8617
Why: who forwards a mail breaks its signatures; the chain keeps what the first server found of them.
Keys are looked up nowhere, but may be among the evidence, like those of DKIM.
Trap: a seal that holds says that its domain wrote those words, not that they are true: whoever
sends can seal a chain of his own. The results stand under the name of who states them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stopa.readers._dkim import (
    Keys,
    Signed,
    canonical_field,
    of_field,
    tags,
    unsigned_field,
    with_keys,
)
from stopa.readers._headers import Field

RESULTS, MESSAGE, SEAL = NAMES = (
    "arc-authentication-results",
    "arc-message-signature",
    "arc-seal",
)
MOST = 50  # instances that a chain may have
DIGITS = 2  # of the number of an instance
VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Chain:
    """What a chain states, the first server first, and what holds of it.

    `states` are results of authentication, `seals` each seal with its own result; `result` begins
    with `verified`, `weak`, `failed`, `no key` or `not told`; None where there is no chain.
    """

    states: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()
    result: str | None = None


def chain(message: Signed, keys: Keys) -> Chain:
    """Return the chain of a message."""
    sets = _sets(message)
    if not sets:
        return Chain()
    whole = [one for number, one in sorted(sets.items()) if set(one) == set(NAMES)]
    if sorted(sets) != list(range(1, len(sets) + 1)) or len(whole) < len(sets):
        return Chain(result="failed: fields of the chain are missing")
    checked = [_seal(message, whole[: n + 1], keys) for n in range(len(whole))]
    seals = [f"{_says(one)}: {found}" for one, found in zip(whole, checked, strict=True)]
    states = [_value(one[RESULTS]) for one in whole]
    return Chain(tuple(states), tuple(seals), _result(message, whole, checked, keys))


def _sets(message: Signed) -> dict[int, dict[str, Field]]:
    found: dict[int, dict[str, Field]] = {}
    for field in message.header.fields:
        name = field.name.lower()
        number = tags(field.written).get("i", "") if name in NAMES else ""
        if number.isdecimal() and len(number) <= DIGITS and 0 < int(number) <= MOST:
            found.setdefault(int(number), {}).setdefault(name, field)
    return found


def _says(one: dict[str, Field]) -> str:
    said = tags(one[SEAL].written)
    return f"{said.get('d', '').lower()} cv={said.get('cv', '').lower()}"


def _value(field: Field) -> str:
    return " ".join(field.value.partition(";")[2].split())


def _result(message: Signed, sets: list[dict[str, Field]], seals: list[str], keys: Keys) -> str:
    """Return what holds of the chain: its order, the newest signature, and all seals."""
    stated = [tags(one[SEAL].written).get("cv", "").lower() for one in sets]
    if "fail" in stated:
        return f"failed: server {stated.index('fail') + 1} says so itself"
    if stated != ["none", *["pass"] * (len(stated) - 1)]:
        return "failed: what the seals state of the chain is no order"
    newest = sets[-1][MESSAGE]
    said = {name: value for name, value in tags(newest.written).items() if name != "i"}
    found = [of_field(message, newest, {**said, "v": "1"}, keys).result, *reversed(seals)]
    return next((one for one in found if one != VERIFIED), VERIFIED)


def _seal(message: Signed, sets: list[dict[str, Field]], keys: Keys) -> str:
    """Return whether a seal, the last of these, is over all fields of the chain up to it."""
    own = sets[-1][SEAL]
    said = tags(own.written)
    parts = [*_before(message, sets), unsigned_field(message, own, "relaxed")]
    return with_keys(said, b"".join(parts), keys, exact=message.exact)


def _before(message: Signed, sets: list[dict[str, Field]]) -> Iterator[bytes]:
    for number, one in enumerate(sets, 1):
        for name in NAMES if number < len(sets) else NAMES[:2]:
            field = one[name]
            raw = message.raw[field.offset : field.offset + field.length]
            yield canonical_field(raw, "relaxed")
