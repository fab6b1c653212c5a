"""The passage around each thing that was read out of a document, cut at words.

Why: a sentence alone can be bent; what stands before and after it has to be in sight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stopa.model.document import Document
from stopa.model.dossier import Excerpt
from stopa.model.evidence import Where
from stopa.model.statement import Reading

AROUND = 240  # characters on each side
MOST = 5_000  # passages of a dossier; statements come first


def passages(documents: Iterable[Document], readings: Iterable[Reading]) -> tuple[Excerpt, ...]:
    """Return an excerpt for each citation of the readings that has its characters in a document."""
    texts = {(document.evidence, document.part): document.text for document in documents}
    read = tuple(readings)
    cited = dict.fromkeys(where for kind in range(4) for one in read for where in _of(one, kind))
    found: list[Excerpt] = []
    for where in cited:
        text = texts.get((where.evidence, where.part)) or texts.get((where.evidence, None))
        if len(found) < MOST and text and where.span and where.span[1] <= len(text):
            found.append(_around(where, text, *where.span))
    return tuple(found)


def _of(reading: Reading, kind: int) -> Iterator[Where]:
    parts = (reading.statements, reading.indicators, reading.facts, reading.mentions)[kind]
    return (part.where for part in parts)


def _around(where: Where, text: str, start: int, end: int) -> Excerpt:
    first, last = max(start - AROUND, 0), min(end + AROUND, len(text))
    if first:
        first = _after_space(text, first, start)
    if last < len(text):
        last = _before_space(text, end, last)
    return Excerpt(where, text[first:last], cut=first > 0 or last < len(text), start=first)


def _after_space(text: str, first: int, start: int) -> int:
    return next((n + 1 for n in range(first, start) if text[n].isspace()), first)


def _before_space(text: str, end: int, last: int) -> int:
    return next((n for n in range(last - 1, end - 1, -1) if text[n].isspace()), last)
