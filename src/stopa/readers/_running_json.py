"""JSON values that run over many lines, one after another or in an array, as a stream.

Why: no decoder at hand tells where a value ends and also survives damage, so the text is scanned
once for the ends and each value is then decoded in earnest.
Trap: after damage reading goes on at the next value that starts a line as far to the right as the
damaged one did, never inside of it.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._json_value import Value, decode
from stopa.readers._lines import LINE_LIMIT, MARKS
from stopa.readers._reader import Source

CHUNK = 2**18  # bytes read at a time; the scanner's complaint costs a look at all of it
TOO_DEEP = 4096  # bytes skipped where values are nested deeper than anyone writes them
PATIENCE = 100  # times in a row that damage may cost no more than what is damaged
STRIDE = 16  # bytes skipped for each time after that, so that no file keeps us for ever
NARROW = "latin-1"
WIDE = {BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}

# What may stand between the values of a file; `Record 7` is what evtx_dump prints between events.
BETWEEN = re.compile(r"(?:[\s,\[\]]|^Record \d+[ \t\r]*$)+", re.MULTILINE)
INDENT = re.compile(r"(?:^|\n)([ \t]*)$")
SCANNER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)
LITERAL = 16  # characters; a word or escape may be cut off this close to the end of the text
CUT_OFF = "Unterminated string"  # how the scanner says that a string has no end


@dataclass(slots=True)
class Window:
    """A stretch of the file as text in which places can be turned into bytes of the file.

    Latin-1 makes one character of each byte; a UTF-16 log is decoded, and measured by encoding.
    `offset` and `line` are those of the character at `start`.
    """

    file: BinaryIO
    encoding: str
    offset: int
    text: str = ""
    start: int = 0
    line: int = 1
    ended: bool = False
    damaged: int = 0  # how often in a row what stands there was no value
    half: bool = False  # whether the file ends with half of a character

    def grow(self) -> None:
        """Drop what was told and read on: as much again as is there, a chunk at least."""
        piece = self.file.read(max(CHUNK, (len(self.text) - self.start) // 2 * 2))
        self.ended = self.ended or not piece
        if self.encoding != NARROW and len(piece) % 2:
            self.half, piece = True, piece[:-1]
        self.text = self.text[self.start :] + piece.decode(self.encoding, "surrogatepass")
        self.start = 0

    def done(self) -> bool:
        """Tell whether all of the file is told; reads on when little of it is left."""
        if len(self.text) - self.start < CHUNK // 2 and not self.ended:
            self.grow()
        return self.ended and self.start == len(self.text)

    def take(self, end: int) -> tuple[str, int, int, int]:
        """Move on to `end`; return the text passed, and its offset, length and line."""
        text = self.text[self.start : end]
        narrow = self.encoding == NARROW
        size = len(text) if narrow else len(text.encode(self.encoding, "surrogatepass"))
        passed = (text, self.offset, size, self.line)
        self.start = end
        self.offset += size
        self.line += text.count("\n")
        return passed


def running_values(
    source: Source, between: re.Pattern[str] = BETWEEN
) -> Iterator[Value | Problem | Structure]:
    """Yield the values in order; what stands between them is structure, the rest a problem."""
    with source.path.open("rb") as file:
        start = file.read(max(map(len, MARKS)))
        mark = next((mark for mark in MARKS if start.startswith(mark)), b"")
        file.seek(len(mark))
        if mark:
            yield Structure(Where(source.sha256, offset=0, length=len(mark)))
        window = Window(file, WIDE.get(mark, NARROW), len(mark))
        indent = ""
        while not window.done():
            if around := between.match(window.text, window.start):
                indent = _indent(around[0])
                _, offset, length, _ = window.take(around.end())
                yield Structure(Where(source.sha256, offset=offset, length=length))
            else:
                yield _next(source, window, indent)
        if window.half:
            where = Where(source.sha256, line=window.line, offset=window.offset, length=1)
            yield Problem("half of a character", where, "cut off while it was copied?")


def _indent(between: str) -> str:
    found = INDENT.search(between)
    return found[1] if found else ""


def _next(source: Source, window: Window, indent: str) -> Value | Problem:
    end, wrong = _end(window)
    if wrong:
        end = _after_damage(window, end, indent)
    else:
        window.damaged = 0
    text, offset, length, line = window.take(end)
    if not wrong:
        raw = text.encode(window.encoding, "surrogatepass")
        if window.encoding != NARROW:
            raw = raw.decode(window.encoding, "surrogatepass").encode("utf-8", "surrogatepass")
        try:
            return Value(decode(raw), offset, length, line)
        except ValueError as error:
            wrong = str(error)
    where = Where(source.sha256, line=line, offset=offset, length=length)
    return Problem(f"not JSON: {wrong}", where, "cut off while it was written?")


def _after_damage(window: Window, end: int, indent: str) -> int:
    """Return where the next value may start; after much damage in a row, farther and farther on."""
    window.damaged += 1
    far = STRIDE * max(0, window.damaged - PATIENCE)
    fresh = re.compile(rf"^{indent}(?:\{{\s*[\"}}]|\[)", re.MULTILINE)
    found = fresh.search(window.text, max(end, window.start + 1 + far))
    return found.start() if found else len(window.text)


def _end(window: Window) -> tuple[int, str]:
    """Return where the value at the window's start ends, or goes wrong, and what is wrong."""
    while True:
        try:
            return SCANNER.raw_decode(window.text, window.start)[1], ""
        except RecursionError:
            return min(window.start + TOO_DEEP, len(window.text)), "nested too deep"
        except json.JSONDecodeError as error:
            size = len(window.text) - window.start
            cut = error.msg.startswith(CUT_OFF) or error.pos >= len(window.text) - LITERAL
            if window.ended or size > LINE_LIMIT or not cut:
                return error.pos, error.msg[0].lower() + error.msg[1:]
            window.grow()
