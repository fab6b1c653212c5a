"""Loaded words of a text, counted: the outlet's own apart from those it quotes. No verdict."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from stopa.model.document import Document
from stopa.model.statement import Loaded
from stopa.statements.lexicon.loaded import LOADED
from stopa.statements.quotations import quotations

WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
READ = 400_000  # characters, as for statements


def loaded_words(document: Document) -> tuple[Loaded, ...]:
    """Return each loaded word of a text with its counts, the most frequent first."""
    text = document.text[:READ]
    quotes = quotations(text)
    starts = [quote.start for quote in quotes]
    own: Counter[str] = Counter()
    quoted: Counter[str] = Counter()
    for found in WORD.finditer(text):
        word = found.group().lower()
        if word in LOADED:
            at = bisect_right(starts, found.start()) - 1
            inside = at >= 0 and found.end() <= quotes[at].end
            (quoted if inside else own)[word] += 1
    words = sorted(own | quoted, key=lambda word: (-own[word] - quoted[word], word))
    return tuple(Loaded(word, own[word], quoted[word]) for word in words)
