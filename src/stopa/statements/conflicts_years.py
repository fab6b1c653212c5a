"""A month without its year, where another text of the case gives another year for the same event.

Why: `in March` reads as the last March before the report; an old charge looks like a new one.
Trap: two events may share a month, so the sentences must share what happened, not only when.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from stopa.model.statement import Disagreement, Severity
from stopa.statements.dates import anchor_of, dates
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.passages import Passage, Texts, disagreement

SHARED = 3  # meaningful words, apart from dates, that two tellings of one event share
SHARE = 0.4  # of the shorter telling's meaningful words
MOST = 200  # dated sentences compared of a document
TIMES = wordset(
    """january february march april may june july august september october november december jan
    feb mar apr jun jul aug sept sep oct nov dec late early mid last year month week day"""
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence that dates something to a month. `year` is as printed or as a reader takes it."""

    passage: Passage
    printed: str
    year: str
    month: str
    stated: bool
    words: frozenset[str]


def dropped_years(texts: Texts) -> Iterator[Disagreement]:
    """Yield, for each event whose year is dropped, the text that has it and those that do not."""
    told = [
        item for reading in texts.readings for item in islice(_told(texts, reading.document), MOST)
    ]
    for full in (item for item in told if item.stated):
        dropped = [item for item in told if not item.stated and _dropped(full, item)]
        if dropped:
            taken = ", ".join(sorted({f"{item.year}-{item.month}" for item in dropped}))
            positions = [texts.at(item.passage, item.printed) for item in (full, *dropped)]
            note = f"without its year it reads as {taken}; with it, {full.year}-{full.month}"
            yield disagreement("date", "dropped_year", Severity.HIGH, positions, note)


def _told(texts: Texts, document: str) -> Iterator[_Told]:
    masthead = next(r.masthead for r in texts.readings if r.document == document)
    anchor = anchor_of(masthead.date.edtf if masthead.date else None)
    for passage in texts.passages[document]:
        for dated in dates(passage.text, anchor):
            printed = passage.text[dated.start : dated.end]
            month = bool({word.lower().strip(".,") for word in printed.split()} & TIMES)
            if len(dated.edtf) in {7, 10} and dated.full and month:
                year, number = dated.edtf[:4], dated.edtf[5:7]
                words = passage.words - TIMES
                yield _Told(passage, printed, year, number, dated.stated, words)


def _dropped(full: _Told, item: _Told) -> bool:
    """Whether the same event is told in another text, without its year, as of another year."""
    if item.passage.document == full.passage.document:
        return False
    if item.month != full.month or item.year == full.year:
        return False
    shared = full.words & item.words
    return len(shared) >= SHARED and len(shared) >= SHARE * min(len(full.words), len(item.words))
