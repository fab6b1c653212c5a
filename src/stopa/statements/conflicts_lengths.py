"""Where reports part ways on how long it went on, and on whether anything secret was taken.

Why: `for five years` and `between 2014 and 2017` share no number and contradict each other.
Trap: years are coarse: from 2014 to 2017 may be two years and a day or four years less a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.statement import Disagreement, Fact, Position, Reading, Severity
from stopa.statements.passages import Texts, disagreement

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")
NUMBERS = dict(zip(WORDS, (*range(1, 11), 12), strict=True))
MOST = 200  # lengths compared with each other
LENGTH = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(NUMBERS)}) (?P<unit>years?|months?)\b", re.IGNORECASE
)
MONTHS = {"month": 1, "year": 12}
YEAR = 12  # months by which a length told by years may err either way
TAKEN = re.compile(
    r"\b(?:st(?:eal|eals|ole|olen|ealing)|took|taken|obtain\w*|cop(?:y|ied)|leak\w*|loot\w*|"
    r"seiz\w*|empt(?:y|ied)|grab\w*)\b",
    re.IGNORECASE,
)
SECRET = re.compile(
    r"\b(?:(?:top[- ])?secrets?|classified (?:\w+ )?(?:data|files|documents|information|material|"
    r"papers|plans|mail|e-?mails))\b",
    re.IGNORECASE,
)
NOTHING_SECRET = re.compile(
    r"\b(?:no|not|nor|never|neither|without|nothing)\b[^.;]{0,70}\b(?:classified|secrets?)\b",
    re.IGNORECASE,
)


def length_conflicts(texts: Texts) -> Iterator[Disagreement]:
    """Yield lengths that do not fit each other, and secrets taken here and untouched there."""
    told = [length for reading in texts.readings for length in _lengths(reading)][:MOST]
    apart = any(
        one.document != other.document and (longest < least or most < shortest)
        for one, shortest, longest in told
        for other, least, most in told
    )
    if apart:
        positions = [position for position, _, _ in told]
        yield disagreement("start", "length_conflict", Severity.HIGH, positions)
    yield from _secrets(texts)


def _lengths(reading: Reading) -> Iterator[tuple[Position, int, int]]:
    """Yield how many months it went on, at least and at most, and where the text says so."""
    facts = [fact for fact in reading.facts if fact.core]
    begun = next((f for f in facts if f.slot == "start"), None)
    ended = next((f for f in facts if f.slot == "end"), None)
    if begun is not None and (match := LENGTH.search(begun.value)):
        count = match["count"].lower()
        unit = MONTHS[match["unit"].lower().removesuffix("s")]
        months = (NUMBERS.get(count) or int(count)) * unit
        yield _position(begun), months - unit // 2, months + unit // 2
    if begun is not None and ended is not None:
        first, last = begun.value[:4], ended.value[:4]
        if first.isdigit() and last.isdigit() and first <= last:
            months = (int(last) - int(first)) * YEAR
            yield _position(ended), months - YEAR, months + YEAR


def _secrets(texts: Texts) -> Iterator[Disagreement]:
    taken: list[Position] = []
    spared: list[Position] = []
    for reading in texts.readings:
        for passage in texts.passages[reading.document]:
            untouched = NOTHING_SECRET.search(passage.text)
            found = SECRET.search(passage.text) if TAKEN.search(passage.text) else None
            if untouched:
                spared.append(texts.at(passage, untouched.group()))
            elif found:
                taken.append(texts.at(passage, found.group()))
    here = {position.document for position in spared}
    there = [position for position in taken if position.document not in here]
    if here and there:
        yield disagreement("data", "secrecy_conflict", Severity.HIGH, [*there, *spared])


def _position(fact: Fact) -> Position:
    return Position(fact.document, fact.value, fact.sentence, fact.where)
