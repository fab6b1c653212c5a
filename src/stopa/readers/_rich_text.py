r"""Bodies in rich text as Outlook packs them: unpacked, and the page or text that they stand for.

Spec: https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxrtfcp/ (packing);
https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxrtfex/ (pages in rich text)
Why: Outlook keeps a page that came as HTML inside of rich text; its links are what the reader saw.
Trap: `\bin` and group depth are the sender's; nothing is nested here, and no size that is stated is
believed. Pictures, objects and fonts are left out.
"""

from __future__ import annotations

import codecs
import re
import struct
import zlib
from dataclasses import dataclass, field

HEADER = struct.Struct("<II4sI")  # packed size, size, kind, checksum
PACKED, PLAIN = b"LZFu", b"MELA"
LIMIT = 16 * 2**20  # bytes that may come out of one body
RING = 4096
# [MS-OXRTFCP] 2.1.2.1: what the dictionary holds at the start.
PRESET = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)

TOKEN = re.compile(
    rb"\\(?:(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,9})?[ ]?"
    rb"|'(?P<hex>[0-9A-Fa-f]{2})|(?P<mark>.))"
    rb"|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
DROPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object objdata themedata datastore listtable"
    b" listoverridetable rsidtbl generator xmlnstbl latentstyles mhtmltag header footer".split()
)
SPELLED = {
    b"par": b"\r\n", b"line": b"\r\n", b"tab": b"\t", b"lquote": b"'", b"rquote": b"'",
    b"ldblquote": b'"', b"rdblquote": b'"', b"bullet": b"*", b"endash": b"-", b"emdash": b"-",
    b"nbsp": b"&nbsp;",
}  # fmt: skip
MARKS = {b"\\": b"\\", b"{": b"{", b"}": b"}", b"~": b" ", b"_": b"-"}
FROM_PAGE = re.compile(rb"\\fromhtml1")
CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
DEPTH = 1000


@dataclass(frozen=True, slots=True)
class RichText:
    """What a body stands for, in UTF-8: a page where `is_page`, else plain text."""

    content: bytes
    is_page: bool


def unpacked(packed: bytes) -> tuple[bytes, str]:
    """Return the rich text of a packed body, and what is wrong with it in words, if anything."""
    if len(packed) < HEADER.size:
        return b"", "rich text shorter than its header"
    stated, size, kind, checksum = HEADER.unpack_from(packed)
    body = packed[HEADER.size : max(HEADER.size, stated + 4)]
    if kind == PLAIN:
        return body[: min(size, LIMIT)], ""
    if kind != PACKED:
        return b"", "rich text packed in a way that is not known"
    text = _expanded(body, min(size, LIMIT))
    if zlib.crc32(body, 0xFFFFFFFF) ^ 0xFFFFFFFF != checksum:
        return text, "rich text does not have its checksum"
    return text, "" if len(text) >= size else f"rich text ends after {len(text)} of {size} bytes"


def rich_text(rtf: bytes) -> RichText:
    """Return the page that was put into rich text, else the text of it."""
    is_page = FROM_PAGE.search(rtf[:4096]) is not None
    page = CODE_PAGE.search(rtf[:4096])
    made = _Reading(is_page, _codec(page[1].decode() if page else "1252"))
    for token in TOKEN.finditer(rtf):
        made.take(token)
        if made.size > LIMIT:
            break
    return RichText(made.text().encode("utf-8", "replace"), is_page)


def _expanded(body: bytes, size: int) -> bytes:
    """Undo LZFu: after a byte of flags eight runs, each a byte or a stretch of what came before."""
    ring = bytearray(PRESET.ljust(RING, b"\0"))
    write, at, out = len(PRESET), 1, bytearray()
    flags, left = body[:1], 8
    while at < len(body) and len(out) < size:
        if not left:
            flags, left, at = body[at : at + 1], 8, at + 1
            continue
        is_stretch = flags[0] >> (8 - left) & 1
        left -= 1
        pair = int.from_bytes(body[at : at + 2], "big")
        start, count = (pair >> 4, (pair & 15) + 2) if is_stretch else (write, 1)
        if is_stretch and start == write:
            break
        if not is_stretch:
            ring[write] = body[at]
        at += 2 if is_stretch else 1
        for n in range(count):
            ring[write] = ring[(start + n) % RING]
            out.append(ring[write])
            write = (write + 1) % RING
    return bytes(out[:size])


def _codec(page: str) -> str:
    """Return Python's codec of a code page, that of Western Europe where there is none."""
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return "cp1252"


@dataclass(slots=True)
class _Group:
    """What holds inside of a pair of braces."""

    dropped: bool = False
    starred: bool = False
    quiet: bool = False  # between \htmlrtf and \htmlrtf0
    skip: int = 1  # characters that stand in for one of Unicode


@dataclass(slots=True)
class _Reading:
    """Rich text on its way to a text."""

    is_page: bool
    codec: str
    size: int = 0
    _parts: list[str] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _groups: list[_Group] = field(default_factory=lambda: [_Group()])
    _beyond: int = 0  # groups deeper than are followed
    _skipping: int = 0

    def text(self) -> str:
        """Return what was read."""
        self._flush()
        units = "".join(self._parts).encode("utf-16-le", "surrogatepass")
        return units.decode("utf-16-le", "replace")

    def take(self, token: re.Match[bytes]) -> None:
        """Read one more token."""
        kind = token.lastgroup
        if kind == "open":
            self._open()
        elif kind == "close":
            self._close()
        elif kind == "text":
            self._say(token["text"])
        elif kind == "hex":
            self._say(bytes.fromhex(token["hex"].decode()))
        elif kind == "mark":
            self._mark(token["mark"])
        elif kind in ("word", "number"):
            self._word(token["word"], token["number"])

    def _open(self) -> None:
        if len(self._groups) >= DEPTH:
            self._beyond += 1
            return
        now = self._groups[-1]
        self._groups.append(_Group(dropped=now.dropped, quiet=now.quiet, skip=now.skip))

    def _close(self) -> None:
        if self._beyond:
            self._beyond -= 1
        elif len(self._groups) > 1:
            self._groups.pop()

    def _mark(self, mark: bytes) -> None:
        if mark == b"*":
            self._groups[-1].starred = True
        elif mark in MARKS:
            self._say(MARKS[mark])

    def _word(self, word: bytes, number: bytes | None) -> None:
        now = self._groups[-1]
        if word == b"htmlrtf":
            now.quiet = number != b"0"
        elif word == b"htmltag" and now.starred:
            now.dropped = not self.is_page
        elif word in DROPPED or (now.starred and word != b"u"):
            now.dropped = True
        elif word == b"uc" and number:
            now.skip = max(0, min(int(number), 9))
        elif word == b"u" and number:
            self._letter(int(number) & 0xFFFF)
        elif word in SPELLED and not now.quiet:
            self._say(SPELLED[word])
        now.starred = False

    def _letter(self, code: int) -> None:
        now = self._groups[-1]
        if not (now.dropped or now.quiet):
            self._flush()
            self._parts.append(chr(code))
            self.size += 1
        self._skipping = now.skip

    def _say(self, some: bytes) -> None:
        now = self._groups[-1]
        skipped = min(self._skipping, len(some))
        self._skipping -= skipped
        if not (now.dropped or now.quiet):
            self._bytes += some[skipped:]
            self.size += len(some)

    def _flush(self) -> None:
        if self._bytes:
            self._parts.append(self._bytes.decode(self.codec, "replace"))
            self._bytes.clear()
