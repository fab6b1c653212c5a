"""How an intrusion got in, what was taken, and what it did.

Trap: `not by a phishing e-mail` names no way in; passwords taken on the way are a means, no loot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from stopa.statements import signs
from stopa.statements.chunks import chunks, outermost, words
from stopa.statements.deeds import HOSTILE, Deed
from stopa.statements.lexicon import harm as damage
from stopa.statements.lexicon.deeds import HYPOTHETICAL
from stopa.statements.lexicon.struck import NOT_HELD
from stopa.statements.lexicon.verbs import (
    AUXILIARY,
    NEGATED_CONTRACTION,
    NEGATION,
    QUOTATIVE_FORMS,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.slot import Slot
from stopa.statements.victims import noun
from stopa.statements.view import View

DURATION = re.compile(
    r"\b(?:for|lasted|after|within|over|of|nearly|almost|about|only)? ?"
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a|an|half an?) "
    r"(?:minutes?|hours?|days?|weeks?|months?)\b",
    re.I,
)
DATA_GROUPS = ("left", "listed", "cleft", "gone")
IMPACT_WORDS = 13  # words to each side of the word that tells an effect
CLAUSE = 4  # words before a way in that may belong to the clause before it
DENIED = NEGATION | NEGATED_CONTRACTION
LEFT_OUT = DENIED | AUXILIARY | QUOTATIVE_FORMS.keys() | wordset("that how about to")
# `and not, as has been reported, by means of`; `best known for`; `there is no sign of`.
NOT_SO = re.compile(
    r"\bnot,? (?:as [^,]{3,40}, )?(?:by|through|via|with)(?: means of)?(?: an?| the)? *$"
)
FAME = re.compile(r"\W*(?:best |well |widely )?(?:known|famous|notorious) for\b")
ITSELF = re.compile(r"\W*(?:itself|themselves)\b")
WHO_SAYS = re.compile(
    r"^.*\b(?:said|says|conceded|admitted|added|quote),? |"
    r"(?: (?:may|might|could|had|has|have))+\s*$"
)
NOT_SAID = re.compile(r"\b(?:seized|recovered|traffic of|capacity|per second)\b")
REACHING = frozenset({"spy", "enter"})
MIGHT = re.compile(r"\b(?:could|would|might|should|must|will|can)(?: \w+)?\W*$", re.IGNORECASE)
HELD = wordset(
    """held bought stole obtained used acquired possessed reused guessed phished had kept saved
    found his her"""
)
POSING = re.compile(r"\W*(?:They|He|She|The \w+) (?:posed|pretended|purported|impersonated)\b")
# Advice and training tell of what might come, and nothing that came.
WARNED = re.compile(
    r"\b(?:beware|advise[sd]?|recommend\w*|should|must|trained|training|recogni[sz]e|warn\w* "
    r"(?:of|against|that)|could|no (?:sign|evidence|indication|proof))\b",
    re.IGNORECASE,
)
UNRELATED = re.compile(
    r"\bunrelated to\b|\b(?:assets?|funds|bank accounts) (?:\w+ )?(?:\w+ )?frozen\b|\b"
    r"(?:attack|intrusion|hackers|intruders|attempt) (?:was|were) (?:stopped|halted)\b"
)
ADVICE = re.compile(r"^\W*(?:Beware|Avoid|Do not)\b|\btrain(?:ed|ing) to\b", re.IGNORECASE)
MOST = 2  # values of one kind from one sentence


def harm(view: View, text: str, done: list[Deed], *, after: bool) -> Iterator[Slot]:
    """Yield by which way in, what was taken, and what stopped working.

    `after` when the sentence before tells an intrusion: `They posed as recruiters`.
    """
    yield from _ways(text)
    yield from _entries(view, text, after=after)
    yield from _effects(text)
    yield from _taken(view, done)


def around(text: str, found: re.Match[str], count: int) -> str:
    """Return the words around a match, so many to each side."""
    before = text[: found.start()].split()[-count:]
    return " ".join([*before, *text[found.start() :].split()[:count]])


def _ways(text: str) -> Iterator[Slot]:
    if not damage.VECTOR_HINT.search(text) or ADVICE.search(text):
        return
    for match in list(damage.VECTOR.finditer(text))[:MOST]:
        before = text[: match.start()]
        if NOT_HELD.search(before[-30:]) or NOT_SO.search(before) or FAME.search(before[-24:]):
            continue
        if FAME.match(match.group()):
            continue
        way, negated = _lean(match.group())
        firm = 3 if damage.ENTERED.search(text) else 2
        if not negated:
            yield "vector", way, "way in", firm + way.startswith("CVE-")


def _entries(view: View, text: str, *, after: bool) -> Iterator[Slot]:
    """Yield a way in by the words around it: what they came in with, what let them in."""
    known_means = any(word.low in damage.MEANS_OF_ENTRY for word in view.words)
    known_means = known_means or (after and POSING.match(text) is not None)
    plain = damage.ENTERED_BY.search(text) or damage.THROUGH_THAT.search(text)
    if not (known_means or plain) or WARNED.search(text):
        return
    shift = view.sentence.start
    by = {m.end() + shift for m in damage.ENTRY.finditer(text) if not NOT_SO.search(m.group())}
    by_itself = {m.end() + shift for m in damage.ENTERED_BY.finditer(text)}
    for match in damage.THROUGH_THAT.finditer(text):
        yield "vector", match.group("what"), "what they came in by", 4
    first = {m.end() + shift for m in damage.BEGAN_WITH.finditer(text)}
    before = {m.start() + shift for m in damage.LET_IN.finditer(text)}
    for chunk in outermost(chunks(view)):
        start, end = view.words[chunk.start].start, view.words[chunk.end - 1].end
        known = view.low(chunk.head) in damage.MEANS_OF_ENTRY
        held = view.low(chunk.head) in damage.CREDENTIALS and view.low(chunk.start - 1) in HELD
        way = start in first or end in before or start in by_itself
        if way or (known and (start in by or (held and signs.intrusion(text)))):
            yield "vector", words(view, *chunk.span), "what they came in by", 3 + way
    posing = after and POSING.match(text)
    hostile = posing or signs.intrusion(text) or any(p.kind in HOSTILE for p in view.phrases)
    for match in damage.DECEIVED.finditer(text) if hostile else ():
        if not NOT_HELD.search(text[: match.start()][-30:]):
            yield "vector", match.group(), "who was deceived", 2


def _lean(words: str) -> tuple[str, bool]:
    """Return a way in without the end of the clause before it, and whether that denies it."""
    found = words.split()
    ends = [i + 1 for i, w in enumerate(found[:CLAUSE]) if w.lower() in LEFT_OUT]
    ends = [end for end in ends if not found[max(0, end - 2)].lower().startswith("invitation")]
    cut = max(ends, default=0)
    cut = cut if cut < len(found) else 0
    return " ".join(found[cut:]), any(w.lower() in DENIED for w in found[:cut])


def _thought_of(text: str, impact: re.Match[str]) -> bool:
    """Whether an effect is feared, tried or only imagined: `could cut off the power`."""
    before = text[: impact.start()]
    if UNRELATED.search(text):
        return True
    return HYPOTHETICAL.search(before) is not None or MIGHT.search(before) is not None


def _taken(view: View, done: list[Deed]) -> Iterator[Slot]:
    """Yield what was taken, the things of one verb as one value."""
    for at, told in groupby((d for d in done if _taking(view, d)), key=lambda deed: deed.at):
        things = list(told)
        if not all(deed.real for deed in things):
            yield "data", _told(view, at), "what was not taken", 0
            continue
        value = words(view, things[0].thing.start, things[-1].thing.end)
        known = damage.DATA_WORDS.search(value)
        if ITSELF.match(value) or not (known or (things[0].firm and things[0].kind == "take")):
            continue
        yield "data", value, "what was taken", 2 + things[0].firm - _less(value)


def _less(value: str) -> int:
    """Return how much less it weighs: a means of entry, or a word for any data."""
    general = damage.NO_LOOT.fullmatch(value) is not None
    return 2 * bool(damage.MEANS.search(value)) + 2 * general


def _taking(view: View, deed: Deed) -> bool:
    """Whether data were taken, or could be read by those who got in."""
    known = damage.DATA_WORDS.fullmatch(view.low(deed.thing.head)) is not None
    return deed.kind == "take" or (deed.kind in REACHING and known)


def _told(view: View, at: int) -> str:
    """Return the words around a verb: what is said not to have been taken."""
    first, last = max(0, at - IMPACT_WORDS), min(len(view.words), at + IMPACT_WORDS)
    return words(view, first, last)


def _effects(text: str) -> Iterator[Slot]:
    impact = signs.impact(text)
    if impact and not _thought_of(text, impact):
        denied = NOT_HELD.search(text[: impact.start()]) or damage.UNHARMED.search(text)
        named = damage.NOMINAL.fullmatch(impact.group()) is not None
        weight = 1 if denied else 2 + bool(DURATION.search(text)) - named
        yield "impact", around(text, impact, IMPACT_WORDS), "effect", weight
    for match in damage.AMOUNT.finditer(text):
        yield "data", match.group(), "amount of data", 4 - bool(NOT_SAID.search(text))
    for match in damage.DATA.finditer(text):
        what = next(found for found in match.group(*DATA_GROUPS) if found)
        what = WHO_SAYS.sub("", what.rsplit(" that ", 1)[-1])
        known = match.group("cleft") or damage.DATA_WORDS.search(what)
        if not known or ITSELF.match(what):
            continue
        listed = what == match.group("listed")
        yield "data", noun(what), "what was taken", 2 + listed - _less(noun(what))
