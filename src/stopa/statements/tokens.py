"""Words, numbers and marks of a text, each with its place.

Why: every rule of this room works on tokens, so that no rule needs a pattern that backtracks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# A chain of single letters with full stops (U.S., e.g.), a number with separators, a word with
# inner hyphens or apostrophes, or one mark. Each alternative is decided by its first character.
TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|[^\W_]+(?:[-‐‑'’.][^\W_]+)*|[^\w\s]|_",
)
POSSESSIVES = ("'s", "’s", "'S", "’S")
# `we'll` is two words: who, and an auxiliary. `n't` stays with its verb.
CONTRACTED = re.compile(
    r"(?P<stem>i|you|he|she|it|we|they|who|that|there)(?P<rest>['’](?:ll|ve|re|d|m))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token and its characters [start, end) in the document; `low` is lower-cased."""

    start: int
    end: int
    text: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def word(self) -> bool:
        """Whether it is a word or number, not a mark."""
        return self.text[:1].isalnum()


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of text[start:end] in order; `'s` and `'ll` are tokens of their own."""
    found: list[Token] = []
    for match in TOKEN.finditer(text, start, end):
        found.extend(_split(match.group(), match.start()))
    return found


def _split(word: str, at: int) -> list[Token]:
    if len(word) > 2 and word.endswith(POSSESSIVES):
        stem = word[:-2]
        return [_token(stem, at), _token("'s", at + len(stem))]
    short = CONTRACTED.fullmatch(word)
    if short:
        stem, rest = short.groups()
        return [_token(stem, at), _token(rest, at + len(stem))]
    return [_token(word, at)]


def _token(word: str, at: int) -> Token:
    return Token(at, at + len(word), word, word.lower().replace("’", "'").replace("‑", "-"))
