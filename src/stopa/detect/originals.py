r"""Keywords in events of which only some columns were built: found in the JSON they were read from.

Spec: https://www.rfc-editor.org/rfc/rfc8259#section-7 (what may be escaped, and how)
Why: keywords search every value of every event, and nearly none contains one. One pass over the
text shows which events may; of those alone all columns are built, and the usual search decides.
Trap: text in JSON is not text. A piece of the keyword is looked for in which nothing can be escaped
and that no punctuation divides; where `\u` stands anything may be written, and such events are
always looked at. A colon that divides follows a quotation mark, so a later one is text. As in
`records`, two characters beyond ASCII fold to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from stopa.detect.literals import Literals, beginning
from stopa.model.event import Originals

SHORTEST = 3  # characters of a piece that is worth looking for
PLAIN = re.compile(r"(?!:)[^\x00-\x1f\x7f-\U0010ffff\"\\/,\[\]{}]+")
ANYTHING = "\\u"


class Pieces:
    """What stands of each literal in the JSON of an event that contains it."""

    def __init__(self, literals: Sequence[str]) -> None:
        pieces = {_piece(beginning(text)) for text in literals}
        are_telling = bool(pieces) and all(len(piece) >= SHORTEST for piece in pieces)
        self.literals = Literals([*sorted(pieces), ANYTHING]) if are_telling else None

    def suspects(self, originals: Originals) -> Sequence[int]:
        """Return the rows of the events that may contain a literal."""
        raw = originals.raw
        if self.literals is None:
            return range(len(raw))
        text = b"\n".join(raw)
        ends = np.cumsum(np.fromiter((len(line) + 1 for line in raw), np.int64, len(raw)))
        places = np.array(self.literals.places(text), np.int64) - 1
        found: list[int] = np.unique(np.searchsorted(ends, places, "right")).tolist()
        return found


def _piece(text: bytes) -> str:
    """Return the longest piece of a literal in which nothing can be escaped."""
    pieces = PLAIN.findall(text.decode("utf-8", "replace"))
    return max(pieces, key=len, default="")
