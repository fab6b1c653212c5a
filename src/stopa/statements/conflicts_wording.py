"""What a text does with words: headlines, loaded language, copied paragraphs, whose outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.statement import Disagreement, Position, Reading, Severity
from stopa.statements.lexicon.words import LOADED, STATE_MEDIA_LINES, STATE_OUTLETS, STRONG
from stopa.statements.passages import Passage, Texts, content_words, disagreement
from stopa.statements.sentences import Kind

COPIED_WORDS = 12  # words in a row that two texts do not share by chance
LEAST_LOADED = 3  # loaded words before a text is called loaded
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
HEAD = 6  # lines in which an outlet says what it is


def wording_conflicts(texts: Texts) -> Iterator[Disagreement]:
    """Yield what the wording of the texts gives away."""
    for reading in texts.readings:
        yield from _headline(texts, reading)
        yield from _framing(texts, reading)
        yield from _provenance(texts, reading)
    yield from _copies(texts)


def _headline(texts: Texts, reading: Reading) -> Iterator[Disagreement]:
    passages = texts.passages[reading.document]
    title = next(
        (p for p in passages[:4] if p.text.strip() == (reading.masthead.title or "")), None
    )
    if title is None:
        return
    body = [p for p in passages if p is not title and p.sentence.kind is not Kind.HEADING]
    known = frozenset().union(*(p.words for p in body)) if body else frozenset()
    louder = [w for w in _words(title.text) if w in STRONG and not content_words(w) <= known]
    if not louder:
        return
    nearest = max(body, key=lambda p: len(p.words & title.words), default=None)
    positions = [texts.at(title, title.text)]
    if nearest is not None:
        positions.append(texts.at(nearest, nearest.text))
    yield disagreement(
        "headline",
        "headline_body_mismatch",
        Severity.MEDIUM,
        positions,
        f"only the headline says: {', '.join(louder)}",
    )


def _framing(texts: Texts, reading: Reading) -> Iterator[Disagreement]:
    positions: list[Position] = []
    count = 0
    for passage in texts.passages[reading.document]:
        found = [w for w in _words(_unquoted(passage.text)) if w in LOADED]
        if found:
            count += len(found)
            positions.append(texts.at(passage, ", ".join(found)))
    if count >= LEAST_LOADED:
        yield disagreement(
            "framing", "loaded_language", Severity.MEDIUM, positions, f"{count} loaded words"
        )


def _unquoted(text: str) -> str:
    return re.sub(r"[\"“„«][^\"”“»\n]{0,400}[\"”»]", " ", text)


def _provenance(texts: Texts, reading: Reading) -> Iterator[Disagreement]:
    outlet = (reading.masthead.outlet or "").lower()
    lines = [p for p in texts.passages[reading.document][:HEAD] if p.sentence.kind is Kind.HEADING]
    head = "\n".join(p.text for p in lines).lower()
    stated = next((line for line in STATE_MEDIA_LINES if line in head), None)
    if stated is None and outlet not in STATE_OUTLETS:
        return
    passages = texts.passages[reading.document]
    at = next((p for p in passages if (stated or outlet) in p.text.lower()), passages[0])
    yield disagreement(
        "provenance",
        "source_provenance",
        Severity.MEDIUM,
        [texts.at(at, stated or outlet)],
        "an outlet under a state's control, as stated",
    )


def _copies(texts: Texts) -> Iterator[Disagreement]:
    """Sentences that stand word for word in two reports: one source, not two."""
    seen: dict[str, list[Passage]] = {}
    for document in sorted(texts.passages):
        for passage in texts.passages[document]:
            words = _words(passage.text)
            if len(words) >= COPIED_WORDS:
                seen.setdefault(" ".join(words), []).append(passage)
    groups: dict[frozenset[str], list[Passage]] = {}
    for passages in seen.values():
        documents = frozenset(p.document for p in passages)
        if len(documents) > 1:
            groups.setdefault(documents, []).extend(passages)
    for documents in sorted(groups, key=sorted):
        positions = [texts.at(p, p.text) for p in groups[documents]]
        yield disagreement("independence", "shared_copy", Severity.MEDIUM, positions)


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]
