"""How the word lists of this folder are written down: words between blanks."""

from __future__ import annotations


def wordset(text: str) -> frozenset[str]:
    """Return the words of a list written as running text."""
    return frozenset(text.split())
