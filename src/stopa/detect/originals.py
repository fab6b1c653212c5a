r"""Keywords in events of which only some columns were built: found in the JSON they were read from.

Spec: https://www.rfc-editor.org/rfc/rfc8259#section-7 (what may be escaped, and how)
Why: keywords search every value of every event, and nearly none contains one. One pass over the
text shows which events may; of those alone all columns are built, and the usual search decides.
Trap: text in JSON is not text. A piece of the keyword is looked for in which nothing can be escaped
and that no punctuation divides; where `\u` escapes a printable character of ASCII, or one of the
two that fold to it, any piece may be written, and such events are always looked at. A colon that
divides follows a quotation mark, so a later one is text. As in `records`, two characters beyond
ASCII fold to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from stopa.detect.literals import Literals, beginning

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

SHORTEST = 3  # characters of a piece that is worth looking for
PLAIN = re.compile(r"(?!:)[^\x00-\x1f\x7f-\U0010ffff\"\\/,\[\]{}]+")
LF = 10
ESCAPES = ("\\u0", "\\u2")
ESCAPED = tuple(text.encode() for text in ESCAPES)
HIDDEN = re.compile(rb"(?:\\\\)*\\u(?:00[2-7]|017[fF]|212[aA])")


class Pieces:
    """What stands of each literal in the JSON of an event that contains it.

    They tell nothing where nearly every event has one.
    """

    def __init__(self, literals: Sequence[str]) -> None:
        pieces = {_piece(beginning(text)) for text in literals}
        self.are_telling = bool(pieces) and all(len(piece) >= SHORTEST for piece in pieces)
        self.literals = Literals([*sorted(pieces), *ESCAPES])

    def __call__(self, text: bytes) -> Numbers:
        """Return the places in the JSON of events behind which a literal may stand."""
        stops = self.literals.places(text)
        if stops is None:
            return _begun(text)
        sound = [_is_sound(text, stop) for stop in stops.tolist()]
        return stops[sound] if sound else stops


def _begun(text: bytes) -> Numbers:
    """Return the places behind the first byte of each line: a literal may stand in any."""
    feeds = np.flatnonzero(np.frombuffer(text, np.uint8) == LF)
    return np.concatenate(([1], feeds + 2))


def _piece(text: bytes) -> str:
    """Return the longest piece of a literal in which nothing can be escaped."""
    pieces = PLAIN.findall(text.decode("utf-8", "replace"))
    return max(pieces, key=len, default="")


def _is_sound(text: bytes, stop: int) -> bool:
    """Tell whether what ends here may stand for a literal: of escapes, those that hide letters."""
    start = stop - 3
    if text[start:stop].lower() not in ESCAPED:
        return True
    while text[start - 1 : start] == b"\\":
        start -= 1
    return HIDDEN.match(text, start) is not None
