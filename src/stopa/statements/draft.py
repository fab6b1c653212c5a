"""An act of speech before its parties are resolved."""

from __future__ import annotations

from dataclasses import dataclass

from stopa.statements import cues
from stopa.statements.phrase import Phrase, PhraseKind

# Those who break in are spoken about; what they say themselves is the exception.
INTRUDING = frozenset({PhraseKind.INTRUDER, PhraseKind.ACTOR})


@dataclass(frozen=True, slots=True)
class Draft:
    """An act before its parties are resolved. Tokens [start, end) hold what is said.

    `speaker` None means that the text does not name one in this sentence. `hit` is None for plain
    saying, whose act the content decides. `behind` when the speaker follows the content.
    """

    at: int
    hit: cues.Hit | None
    speaker: Phrase | None
    rule: str
    start: int
    end: int
    behind: bool = False
    passive: bool = False
    negated: bool = False
    target: Phrase | None = None
