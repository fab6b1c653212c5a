"""The dossier as bytes and back: canonical JSON, so that equal dossiers are equal files.

Spec: docs/dossier.schema.json
"""

from __future__ import annotations

import msgspec

from stopa.errors import InputError
from stopa.model.dossier import SCHEMA, Dossier
from stopa.model.record import canonical, parse, plain

HINT = "give the dossier.json that `stopa investigate` wrote"


def encode(dossier: Dossier) -> bytes:
    """Return the dossier as one line of UTF-8 JSON, keys sorted: same dossier, same bytes.

    A file name may hold bytes that are no text (a lone surrogate in Python, which UTF-8 forbids):
    such a character is written out as its escape, `U+DC80`.
    """
    try:
        return canonical(dossier)
    except UnicodeEncodeError:
        return canonical(utf8(plain(dossier)))


def decode(body: bytes) -> Dossier:
    """Return the dossier that `encode` wrote.

    Raises InputError where the bytes are no dossier, or one of another schema than `SCHEMA`.
    """
    try:
        dossier = parse(body, Dossier)
    except (msgspec.DecodeError, UnicodeDecodeError) as defect:
        raise InputError(f"not a dossier: {defect}", hint=HINT) from defect
    if dossier.schema != SCHEMA:
        raise InputError(
            f"a dossier of schema {dossier.schema!a}, not {SCHEMA}",
            hint="open it with the release of stopa that wrote it",
        )
    return dossier


def schema() -> bytes:
    """Return the JSON schema of a dossier, indented, as it stands in docs/dossier.schema.json."""
    described = msgspec.json.schema(Dossier)
    described["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    described["$id"] = SCHEMA
    return msgspec.json.format(canonical(described), indent=2) + b"\n"


def utf8(value: object) -> object:
    """Return plain data in which characters that UTF-8 forbids are written as their escapes."""
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode()
        case list() | tuple():
            return [utf8(item) for item in value]
        case dict():
            return {utf8(key): utf8(item) for key, item in value.items()}
        case _:
            return value
