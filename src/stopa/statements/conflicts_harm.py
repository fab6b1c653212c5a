"""Where reports part ways on the harm: how long, and whether a thing was hit or spared.

Why: `the cranes were switched off` and `cranes were not affected` share a noun and no number.
Trap: a noun that many sentences hold proves nothing; it must be hit here and spared there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.statement import Disagreement, Position, Severity
from stopa.statements.harm import DURATION
from stopa.statements.lexicon import harm as damage
from stopa.statements.lexicon.struck import SYSTEMS
from stopa.statements.passages import Passage, Texts, disagreement
from stopa.statements.sentences import Kind

HARMED = (
    r"(?:affected|touched|hit|reached|compromised|damaged|lost|stolen|taken|breached|copied|leaked|"
    r"accessed|read|involved|in danger|switched off|encrypted)"
)
SPARED = re.compile(
    rf"\b(?:not|never|neither|nor|n't|none|no sign that|no evidence that|no|denie[sd]|ruled out|"
    rf"without)\b"
    rf"[^.;]{{0,60}}\b{HARMED}\b|\b(?:intact|untouched|unaffected|unharmed|spared|safe)\b",
    re.IGNORECASE,
)
STRUCK = re.compile(
    rf"\b{HARMED}\b|\b(?:have|has|published|shut|stopped|wiped|broke into|hacked|emptied|brought "
    rf"down)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[a-z][a-z-]{3,}")
DATA = frozenset(
    {"register", "manifest", "letter", "file", "record", "document", "password", "data"}
)
MOST = 300  # sentences of a document that are looked at


def harm_conflicts(texts: Texts) -> Iterator[Disagreement]:
    """Yield durations that differ, and things that are hit in one text and spared in another."""
    yield from _durations(texts)
    yield from _spared(texts)


def _durations(texts: Texts) -> Iterator[Disagreement]:
    told: dict[str, Position] = {}
    spans: dict[str, str] = {}
    for reading in texts.readings:
        for passage in texts.passages[reading.document][:MOST]:
            found = DURATION.search(passage.text)
            harmed = damage.IMPACT.search(passage.text)
            if found and harmed and passage.sentence.kind is not Kind.HEADING:
                told.setdefault(reading.document, texts.at(passage, found.group().strip()))
                spans.setdefault(reading.document, " ".join(found.group().lower().split()[-2:]))
    if len(set(spans.values())) > 1:
        yield disagreement("impact", "duration_conflict", Severity.HIGH, list(told.values()))


def _spared(texts: Texts) -> Iterator[Disagreement]:
    spared: dict[str, list[Position]] = {}
    struck: dict[str, list[Position]] = {}
    for reading in texts.readings:
        for passage in texts.passages[reading.document][:MOST]:
            side = _side(passage, spared, struck)
            for word in _things(passage) if side is not None else ():
                side.setdefault(word, []).append(texts.at(passage, word))  # type: ignore[union-attr]
    for word in sorted(spared.keys() & struck.keys()):
        here = {p.document for p in spared[word]}
        there = [p for p in struck[word] if p.document not in here]
        if there:
            slot = "data" if word in DATA else "network"
            yield disagreement(slot, "hit_or_spared", Severity.HIGH, [*spared[word], *there])


def _side(
    passage: Passage, spared: dict[str, list[Position]], struck: dict[str, list[Position]]
) -> dict[str, list[Position]] | None:
    if passage.sentence.kind is Kind.HEADING:
        return None
    if SPARED.search(passage.text):
        return spared
    return struck if STRUCK.search(passage.text) else None


def _things(passage: Passage) -> set[str]:
    """Return the systems and data that a sentence names, in the singular."""
    words = {word.removesuffix("s") for word in WORD.findall(passage.text.lower())}
    systems = {word.removesuffix("s") for word in SYSTEMS if len(word) > 3}
    return words & ((systems - COMMON) | DATA)


COMMON = frozenset({"network", "system", "server", "account", "software", "access", "computer"})
