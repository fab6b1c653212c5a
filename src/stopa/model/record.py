"""Canonical bytes and short names for records: the same value has the same bytes everywhere."""

from __future__ import annotations

import hashlib
from typing import TypeVar

import msgspec

ID_DIGITS = 12
T = TypeVar("T")


def canonical(value: object) -> bytes:
    """Return the value as UTF-8 JSON, keys sorted, no spaces; a dataclass becomes an object."""
    return msgspec.json.encode(value, order="sorted")


def parse(body: bytes, kind: type[T]) -> T:
    """Return the value of that dataclass which `canonical` wrote; raise msgspec.DecodeError."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (RecursionError, UnicodeDecodeError) as error:
        raise msgspec.DecodeError(str(error)) from error


def plain(value: object) -> object:
    """Return the value as dicts, lists and scalars, as JSON holds it."""
    builtin: object = msgspec.to_builtins(value, order="sorted")
    return builtin


def name(prefix: str, *parts: object) -> str:
    """Return a short stable name such as `F-1c9e0b6a7d42`, made of what the record says."""
    return f"{prefix}-{hashlib.sha256(canonical(parts)).hexdigest()[:ID_DIGITS]}"
