"""Passages of a document compared by the words that carry meaning.

Why: the same utterance comes back reworded; rare words survive the rewording, word order does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from stopa.model.document import Document
from stopa.model.record import name as record_name
from stopa.model.statement import Disagreement, Position, Reading, Severity, Statement
from stopa.statements.lexicon.words import STOPWORDS
from stopa.statements.quotations import quotations
from stopa.statements.sentences import Sentence, sentences

RUN_LIMIT = 80  # words compared of a passage
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a document and its meaningful words."""

    document: str
    sentence: Sentence
    text: str
    words: frozenset[str]


@dataclass(frozen=True)
class Texts:
    """The documents under comparison: their readings, and all their sentences."""

    readings: tuple[Reading, ...]
    documents: dict[str, Document]
    passages: dict[str, tuple[Passage, ...]]

    @cached_property
    def spread(self) -> Counter[str]:
        """In how many sentences of all documents each word stands."""
        return Counter(w for found in self.passages.values() for p in found for w in p.words)

    @cached_property
    def read(self) -> dict[str, Reading]:
        """The readings by their documents."""
        return {reading.document: reading for reading in self.readings}

    @cached_property
    def holding(self) -> dict[str, list[tuple[str, int]]]:
        """In which passages each word stands: the document, and the number of the passage in it."""
        found: dict[str, list[tuple[str, int]]] = {}
        for document, passages in self.passages.items():
            for number, passage in enumerate(passages):
                for word in passage.words:
                    found.setdefault(word, []).append((document, number))
        return found

    def sharing(self, words: frozenset[str], needed: int) -> list[Passage]:
        """Return in order the passages that may share so many of the words, or a rare one of them.

        Whoever shares `needed` of n words has one of any n - needed + 1: the rarest are looked up.
        """
        known = sorted((word for word in words if word in self.spread), key=self._rarity)
        first = len(words) - max(needed, 1) + 1
        rare = [word for word in known[first:] if self.spread[word] <= len(self.documents)]
        found = {place for word in (*known[:first], *rare) for place in self.holding[word]}
        return [self.passages[document][number] for document, number in sorted(found)]

    def _rarity(self, word: str) -> tuple[int, str]:
        return self.spread[word], word

    def position(self, document: str, value: str, start: int, end: int) -> Position:
        """Return one side of a disagreement."""
        found = self.documents[document]
        return Position(document, value, found.text[start:end], found.where(start, end))

    def said(self, statement: Statement, value: str) -> Position:
        """Return a statement as one side of a disagreement."""
        return Position(statement.document, value, statement.sentence, statement.where)

    def at(self, passage: Passage, value: str) -> Position:
        """Return a sentence as one side of a disagreement."""
        return self.position(passage.document, value, passage.sentence.start, passage.sentence.end)


def texts(readings: Sequence[Reading], documents: Sequence[Document]) -> Texts:
    """Lay the documents open for comparison, in the order of the readings."""
    known = {document.evidence: document for document in documents}
    return Texts(
        tuple(readings),
        known,
        {key: tuple(_passages(document)) for key, document in known.items()},
    )


def content_words(text: str) -> frozenset[str]:
    """Return the words that carry meaning, cut to their stems."""
    words = (word.lower().replace("’", "'") for word in WORD.findall(text))
    return frozenset(_stem(word) for word in words if word not in STOPWORDS and len(word) > 2)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which share of the smaller set is in the other, 0 to 1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def folded(text: str) -> str:
    """Return the words of a text in lower case, without marks and articles."""
    words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return " ".join(word for word in words if word not in {"the", "a", "an"})


def longest_run(one: str, other: str) -> int:
    """Return the number of words in the longest run that both texts hold."""
    first = [word.lower() for word in WORD.findall(one)][:RUN_LIMIT]
    second = [word.lower() for word in WORD.findall(other)][:RUN_LIMIT]
    best, before = 0, [0] * (len(second) + 1)
    for word in first:
        row = [0] * (len(second) + 1)
        for index, twin in enumerate(second):
            if word == twin:
                row[index + 1] = before[index] + 1
                best = max(best, row[index + 1])
        before = row
    return best


def disagreement(
    slot: str, type_: str, severity: Severity, positions: Sequence[Position], note: str = ""
) -> Disagreement:
    """Return a disagreement, its positions as given, each value of a document once."""
    first: dict[tuple[str, str], Position] = {}
    for position in positions:
        first.setdefault((position.document, folded(position.value)), position)
    kept = list(first.values())
    places = sorted((p.document, p.where.span or (0, 0)) for p in kept)
    return Disagreement(
        record_name("D", slot, type_, places), slot, type_, severity, tuple(kept), note
    )


def _passages(document: Document) -> list[Passage]:
    parts = sentences(document.text, quotations(document.text))
    return [
        Passage(
            document.evidence,
            part,
            document.text[part.start : part.end],
            content_words(document.text[part.start : part.end]),
        )
        for part in parts
    ]


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ies", "ed", "es", "ly", "'s", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
