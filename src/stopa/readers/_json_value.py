"""One JSON text as a value, and what its writer is forgiven.

Spec: https://www.rfc-editor.org/rfc/rfc8259
Trap: of two values under one key the last one counts, as in every tool that writes such logs.
Fractions keep the digits they are written with, and so do numbers too long for anyone to count
with. Bytes that are not UTF-8, and halves of surrogate
pairs, become backslash escapes.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

import msgspec

from stopa.model.evidence import Where

FAST = msgspec.json.Decoder(float_hook=str)
DIGITS = 4300  # of a number; Python refuses to make one of more
SURROGATE = re.compile("[\ud800-\udfff]")


class Value(NamedTuple):
    """A JSON value, its bytes in the evidence, and the 1-based line on which it starts."""

    data: object
    offset: int
    length: int
    line: int

    def where(self, evidence: str) -> Where:
        """Cite the value."""
        return Where(evidence, line=self.line, offset=self.offset, length=self.length)


def decode(raw: bytes) -> object:
    """Return the value of one JSON text; raise ValueError where it is none.

    What the fast decoder refuses gets a second look that forgives what broken writers do: bytes
    that are not UTF-8, control characters and halves of surrogate pairs in strings, NaN.
    """
    try:
        return FAST.decode(raw)
    except (ValueError, RecursionError):
        text = raw.decode("utf-8", "surrogateescape")
    try:
        return _clean(
            json.loads(text, strict=False, parse_float=str, parse_constant=str, parse_int=_integer)
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg[0].lower()}{error.msg[1:]}, character {error.pos}") from None
    except RecursionError:
        raise ValueError("nested too deep") from None


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= DIGITS else text


def _clean(value: object) -> object:
    """Show what UTF-8 cannot hold as backslash escapes, in keys too."""
    if isinstance(value, str):
        return SURROGATE.sub(_escape, value)
    if isinstance(value, list):
        return [_clean(element) for element in value]
    if isinstance(value, dict):
        return {SURROGATE.sub(_escape, key): _clean(inner) for key, inner in value.items()}
    return value


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"
