"""Steps in answer that reports tell apart: how many were expelled, whether anybody was summoned.

Trap: two states may expel different numbers; only a text that gives one number is held to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.statement import Disagreement, Fact, Position, Severity
from stopa.statements.passages import Texts, disagreement
from stopa.statements.sentences import Kind

LEAVING = re.compile(
    r"\b(?:expel\w*|expulsions?|thr(?:ow|ew|own)\w* out|kick\w* out|persona|unwanted|unwelcome|to "
    r"leave|"
    r"must (?:go|leave)|sent home|ordered (?:home|out)|home)\b",
    re.IGNORECASE,
)
LISTED = re.compile(
    r"\b(?:sanction\w*|listed|designat\w+|blacklist\w*|asset freezes?)\b", re.IGNORECASE
)
CHARGED = re.compile(r"\b(?:charg\w+|indict\w+|arrest\w*)\b", re.IGNORECASE)
CLASSES = (LEAVING, LISTED, CHARGED)
WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = {word: number for number, word in enumerate(WORDS.split(), 1)}
COUNTED = re.compile(
    r"\b(?P<number>\d{1,3}|" + "|".join(NUMBERS) + r")\b(?: [\w-]+){0,4}? (?:diplomats?|"
    r"employees?|officials?|"
    r"officers?|attach\w+|staff|people|persons|individuals|men|nationals|companies|entities|envoys|"
    r"citizens|hackers)\b",
    re.IGNORECASE,
)
SUMMONED = re.compile(
    r"\b(?:summon\w*|called in|call(?:s|ing)? in|hauled in|called to the)\b", re.IGNORECASE
)
REFRAINED = re.compile(
    r"\b(?:not|never|n't|no plans to|yet to|declined to|refused to|without|untrue that|denied)\b"
    r"[^.;,]{0,24}\b(?:summon\w*|called in|call in|expel\w*|note)\b|\b(?:no note|no summons|not "
    r"been summoned|"
    r"summoned\W+ (?:is|are) (?:untrue|false))|\b(?:summoned|called in)\b[^.;]{0,30}\b(?:untrue|"
    r"false|invented)\b",
    re.IGNORECASE,
)


def step_conflicts(texts: Texts) -> Iterator[Disagreement]:
    """Yield steps that texts count differently, and steps that some deny were taken."""
    taken = [f for r in texts.readings for f in r.facts if f.slot == "response"]
    for kind in CLASSES:
        counted = [(f, number) for f in taken if kind.search(f.value) and (number := _number(f))]
        by_document: dict[str, set[int]] = {}
        for fact, number in counted:
            by_document.setdefault(fact.document, set()).add(number)
        single = {document: values for document, values in by_document.items() if len(values) == 1}
        if len({frozenset(values) for values in single.values()}) > 1:
            positions = [_position(f) for f, _ in counted if f.document in single]
            yield disagreement("response", "number_conflict", Severity.HIGH, positions)
    yield from _undone(texts, taken)


def _undone(texts: Texts, taken: list[Fact]) -> Iterator[Disagreement]:
    """Yield a summons, or a note, that one text tells and another says there was none of."""
    done = [f for f in taken if SUMMONED.search(f.value) or " note" in f.value]
    denied = [
        texts.at(passage, found.group())
        for document in sorted(texts.passages)
        for passage in texts.passages[document]
        if passage.sentence.kind is not Kind.HEADING and (found := REFRAINED.search(passage.text))
    ]
    sides = [f for f in done if f.document not in {p.document for p in denied}]
    if denied and sides:
        positions = [*denied, *(_position(f) for f in sides)]
        yield disagreement("response", "done_or_not", Severity.HIGH, positions)


def _number(fact: Fact) -> int | None:
    found = COUNTED.search(fact.value)
    if found is None:
        return None
    printed = found.group("number").lower()
    return int(printed) if printed.isdigit() else NUMBERS[printed]


def _position(fact: Fact) -> Position:
    return Position(fact.document, fact.value, fact.sentence, fact.where)
