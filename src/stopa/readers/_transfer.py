"""Content as it was before it was encoded for transfer, a stretch at a time.

Spec: https://www.rfc-editor.org/rfc/rfc2045#section-6
Why: an attachment may be hundreds of megabytes, and only its hash is wanted.
Trap: base64 comes with foreign characters in it, with padding in the middle and without any.
"""

from __future__ import annotations

from binascii import Error as BadBase64
from binascii import a2b_base64, a2b_qp
from collections.abc import Iterator

STRETCH = 2**20  # bytes decoded at a time
DIGITS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
FOREIGN = bytes(byte for byte in range(256) if byte not in DIGITS and byte != ord("="))
CODED = ("base64", "quoted-printable")


def decoded(raw: bytes, transfer: str, start: int, end: int) -> Iterator[bytes]:
    """Yield the content of raw[start:end]; `transfer` is the stated encoding in lower case."""
    if transfer == "base64":
        yield from _from_base64(raw, start, end)
    elif transfer == "quoted-printable":
        yield from map(a2b_qp, _stretches_of_lines(raw, start, end))
    else:
        yield from (raw[at : min(at + STRETCH, end)] for at in range(start, end, STRETCH))


def from_base64(body: bytes) -> bytes:
    """Return what the base64 stands for."""
    return b"".join(_from_base64(body, 0, len(body)))


def _from_base64(raw: bytes, start: int, end: int) -> Iterator[bytes]:
    kept = b""
    for at in range(start, end, STRETCH):
        *padded, kept = (kept + raw[at : min(at + STRETCH, end)].translate(None, FOREIGN)).split(
            b"="
        )
        yield b"".join(map(_quads, padded))  # padding may stand behind every second digit
        whole = len(kept) - len(kept) % 4
        yield _quads(kept[:whole])
        kept = kept[whole:]
    yield _quads(kept)


def _quads(digits: bytes) -> bytes:
    """Decode digits; a last one alone stands for less than a byte, and is left out."""
    usable = digits[: len(digits) - (len(digits) % 4 == 1)]
    try:
        return a2b_base64(usable + b"=" * (-len(usable) % 4))
    except BadBase64:
        return b""


def _stretches_of_lines(raw: bytes, start: int, end: int) -> Iterator[bytes]:
    while start < end:
        stop = min(start + STRETCH, end)
        if stop < end:
            stop = raw.rfind(b"\n", start, stop) + 1 or stop
        yield raw[start:stop]
        start = stop
