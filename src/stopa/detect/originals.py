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

import numpy as np

from stopa.detect.literals import Literals, beginning

SHORTEST = 3  # characters of a piece that is worth looking for
PLAIN = re.compile(r"(?!:)[^\x00-\x1f\x7f-\U0010ffff\"\\/,\[\]{}]+")
ESCAPES = ("\\u0", "\\u2")
ESCAPED = tuple(text.encode() for text in ESCAPES)
HIDDEN = re.compile(rb"(?<!\\)(?:\\\\)*\\u(?:00[2-7]|017[fF]|212[aA])")


class Pieces:
    """What stands of each literal in the JSON of an event that contains it."""

    def __init__(self, literals: Sequence[str]) -> None:
        pieces = {_piece(beginning(text)) for text in literals}
        are_telling = bool(pieces) and all(len(piece) >= SHORTEST for piece in pieces)
        self.literals = Literals([*sorted(pieces), *ESCAPES]) if are_telling else None

    def suspects(self, raw: Sequence[bytes], places: Sequence[int]) -> Sequence[int]:
        """Return which of the events, given by place, may contain a literal."""
        if self.literals is None:
            return range(len(places))
        lines = raw if len(places) == len(raw) else [raw[place] for place in places]
        text = b"\n".join(lines)
        ends = np.cumsum(np.fromiter(map(len, lines), np.int64, len(lines)) + 1)
        stops = self.literals.places(text)
        rows = np.searchsorted(ends, stops - 1, "right").tolist()
        found: set[int] = set()
        escaped: set[int] = set()
        for row, stop in zip(rows, stops.tolist(), strict=True):
            is_escape = text[stop - 3 : stop].lower() in ESCAPED
            (escaped if is_escape else found).add(row)
        found.update(row for row in escaped - found if HIDDEN.search(lines[row]))
        return sorted(found)


def _piece(text: bytes) -> str:
    """Return the longest piece of a literal in which nothing can be escaped."""
    pieces = PLAIN.findall(text.decode("utf-8", "replace"))
    return max(pieces, key=len, default="")
