r"""Keywords in events of which only some columns were built: found in the JSON they were read from.

Spec: https://www.rfc-editor.org/rfc/rfc8259#section-7 (what may be escaped, and how)
Why: keywords search every value of every event, and nearly none contains one. One pass over the
text shows which events may; of those alone all columns are built, and the usual search decides.
Trap: text in JSON is not text. A piece of the keyword is looked for in which nothing can be escaped
and that no punctuation divides; where `\u` escapes a printable character of ASCII, or one of the
two that fold to it, it is looked for again with these written out. A colon that divides follows a
quotation mark, so a later one is text. As in `records`, two characters beyond ASCII fold to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from stopa.detect.literals import Literals, beginning

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

SHORTEST = 3  # characters of a piece that is worth looking for
PLAIN = re.compile(r"(?!:)[^\x00-\x1f\x7f-\U0010ffff\"\\/,\[\]{}]+")
LF = 10
ESCAPES = ("\\u00", "\\u017f", "\\u212a")
ESCAPED = tuple(text.encode() for text in ESCAPES)
WRITTEN = re.compile(rb"\\(?:\\|u(?:00(?P<ascii>[2-7][\da-fA-F])|(?P<s>017[fF])|(?P<k>212[aA])))")


class Pieces:
    """What stands of each literal in the JSON of an event that contains it.

    They tell nothing where nearly every event has one.
    """

    def __init__(self, literals: Sequence[str]) -> None:
        pieces = sorted({_piece(beginning(text)) for text in literals})
        self.are_telling = bool(pieces) and all(len(piece) >= SHORTEST for piece in pieces)
        self.pieces = Literals(pieces)
        self.literals = Literals([*pieces, *ESCAPES])

    def __call__(self, text: bytes) -> Numbers:
        """Return the places in the JSON of events behind which a literal may stand."""
        stops = self.literals.places(text)
        if stops is None:
            return _begun(text)
        return np.array(list(self._sound(text, stops.tolist())), np.int64)

    def _sound(self, text: bytes, stops: Iterable[int]) -> Iterator[int]:
        """Yield the places save those of escapes in events that hold no piece once written out."""
        end, holds = -1, False
        for stop in stops:
            if not text[max(stop - 6, 0) : stop].lower().endswith(ESCAPED):
                yield stop
                continue
            if stop > end:
                start = text.rfind(b"\n", max(end, 0), stop) + 1
                end = text.find(b"\n", stop) % (len(text) + 1)
                line = WRITTEN.sub(_character, text[start:end])
                holds = bool(self.pieces.within(line.lower()))
            if holds:
                yield stop


def _begun(text: bytes) -> Numbers:
    """Return the places behind the first byte of each line: a literal may stand in any."""
    feeds = np.flatnonzero(np.frombuffer(text, np.uint8) == LF)
    return np.concatenate(([1], feeds + 2))


def _piece(text: bytes) -> str:
    """Return the longest piece of a literal in which nothing can be escaped."""
    pieces = PLAIN.findall(text.decode("utf-8", "replace"))
    return max(pieces, key=len, default="")


def _character(escape: re.Match[bytes]) -> bytes:
    """Return the folded character that is escaped; what is none that a piece can have stays."""
    match escape.lastgroup:
        case "ascii":
            return bytes.fromhex(escape["ascii"].decode())
        case str(folded):
            return folded.encode()
        case None:
            return escape[0]
