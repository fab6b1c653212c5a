"""Text without its case, so that `CMD.EXE` and `cmd.exe` are one value.

Spec: Unicode simple case folding (CaseFolding.txt, status C and S): one character stays one.
Trap: `str.casefold` turns one character into several (`ß` into `ss`); the wildcard `?` would then
count wrongly, so such characters fold only as far as one character goes.
"""

from __future__ import annotations


def fold(text: str) -> str:
    """Return the text case-folded character by character; its length never changes."""
    if text.isascii():
        return text.lower()
    folded = text.casefold()
    return folded if len(folded) == len(text) else "".join(map(_simple, text))


def _simple(char: str) -> str:
    folded = char.casefold()
    if len(folded) == 1:
        return folded
    lower = char.lower()
    return lower if len(lower) == 1 else char
