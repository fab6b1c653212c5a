"""Whom and what an intrusion hit, how it got in, how far it went and what it did.

Trap: `The network was not affected` names no network that was hit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.statement import Act, Statement
from stopa.statements.culprits import Slot
from stopa.statements.lexicon import incident
from stopa.statements.lexicon.struck import BARE, NOT_HELD, PRODUCTS, SYSTEMS
from stopa.statements.lexicon.verbs import (
    AUXILIARY,
    NEGATED_CONTRACTION,
    NEGATION,
    QUOTATIVE_FORMS,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.nouns import noun_phrase, words_of
from stopa.statements.phrase import PhraseKind
from stopa.statements.view import View

NO_VICTIM = re.compile(
    r"(?:that|in|by|alone|since|from|at|its? own|for|on|over|as|and|is|was|were|it|them|him|her|"
    r"January|February|March|April|June|July|August|September|October|November|December|"
    r"noticed|found|told|did|does|do|had|has|have|be|offline|down|back|out|up|off|again|to|with|"
    r"not|no|behalf|stands|stood|lies|comes|came|remains)\b",
    re.I,
)
NOT_A_VICTIM = re.compile(
    r"^(?:the |an? |this |that |their |its )?(?:investigation|inquiry|claims?|accusations?|"
    r"evidence|"
    r"trust|laws?|rules|norms|sovereignty|charter|convention|agreement|"
    r"report|statement|future|past|system|attack|campaign|operation|others?|all|record)s?\b",
    re.I,
)
CUT = re.compile(
    r"\s(?:who|which|that|where|when|while|after|before|because|since|last year|this year|"
    r"and (?:also|then|said|has|had|was|were)"
    r"|but|in (?:19|20)\d\d|in (?:Jan|Feb|March|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
    r"|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|through|via|so|as|early|by)\b"
)
DURATION = re.compile(
    r"\b(?:for|lasted|after|within|over|of|nearly|almost|about|only)? ?(?:\d+|two|three|four|"
    r"five|six|"
    r"seven|eight|nine|ten|eleven|twelve|several|a|an|half an?) (?:minutes?|hours?|days?|weeks?|"
    r"months?)\b",
    re.I,
)
NOTICED = re.compile(
    r"\b(?:break-?ins?|intru\w+|attack\w*|breach\w*|hack\w*|compromise|malware|incident|outage)\b",
    re.I,
)
SECURITY = re.compile(
    r"\b(?:security|cyber\w*|research\w*|labs?|threat|intelligence|response|cert|csirt|experts?|"
    r"ministers?|secretary|spokes\w+|officials?|person|sources?|ambassador|president|"
    r"investigators?|technicians|researchers|analysts?|agency|centre|center|office|police)\b",
    re.I,
)
COUNTED = re.compile(
    r"\d|dozen|hundred|thousand|million|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
)
MANY = re.compile(r"\d\d|thousand|hundred|million|dozen", re.I)
IMPACT_WORDS = 13  # words to each side of the word that tells an effect
SMALL = re.compile(r"^(?:at least |only |some |about )?(?:two|three|four|five|six|[1-9])\b", re.I)
CLAUSE = 4  # words before a way in that may belong to the clause before it
DENIED = NEGATION | NEGATED_CONTRACTION
LEFT_OUT = DENIED | AUXILIARY | QUOTATIVE_FORMS.keys() | wordset("that how about to")
TOLD_AS_HIT = (
    incident.HIT,
    incident.PASSIVE_HIT,
    incident.FELL,
    incident.TAKEN_DOWN,
    incident.HIDDEN,
    incident.AIMED,
)
BEFORE = (incident.PASSIVE_HIT, incident.FELL, incident.OWNER)
OF_WHOM = re.compile(r"\b(?:of|at|belonging to) (?P<whom>(?:the |an? )?\w.+)$")
OWN = re.compile(r"(?:its|their|our) ", re.I)
MOST = 2  # values of one kind from one sentence


def hits(view: View, text: str, statements: list[Statement]) -> Iterator[Slot]:
    """Yield whom it hit, on what systems, by which way in, and what was taken or broken."""
    intrusion = incident.INTRUSION.search(text)
    owners = (incident.OWNER, incident.TAKEN_FROM) if intrusion else ()
    for pattern in (*TOLD_AS_HIT, *owners):
        for match in pattern.finditer(text):
            what = match.group("what")
            what = what.rsplit(" that ", 1)[-1] if pattern in BEFORE else noun(what)
            if _victim(what) and not NOT_HELD.search(
                text[max(0, match.start() - 30) : match.start()]
            ):
                yield "victim", noun(what), "object of an intrusion", _firm(what)
            if OWN.match(what):
                yield from (("victim", w, "whose it is", 2) for w in _speakers(statements))
    yield from _noticing(text, statements)
    yield from _systems(view, text)
    yield from _ways(text)
    yield from _effects(text)


def amounts(text: str, before: str) -> Iterator[Slot]:
    """Yield how many were hit, and the money lost; `before` is the sentence before."""
    for match in list(incident.EXTENT.finditer(text))[:MOST]:
        if COUNTED.search(match.group().lower()):
            firm = 1 + bool(incident.INTRUSION.search(text)) + bool(MANY.search(match.group()))
            firm -= bool(incident.STATES.search(match.group()))
            firm -= bool(SMALL.search(match.group()))
            yield "extent", match.group(), "number of systems or people", firm
    if incident.NO_LOSS.search(text):
        return
    if incident.LOSS_WORDS.search(text) or incident.LOSS_WORDS.search(before):
        for match in incident.MONEY.finditer(text):
            yield "loss", match.group(), "sum of money", 2


def around(text: str, found: re.Match[str], count: int) -> str:
    """Return the words around a match, so many to each side."""
    before = text[: found.start()].split()[-count:]
    return " ".join([*before, *text[found.start() :].split()[:count]])


def noun(what: str) -> str:
    """Return the words up to where another clause begins."""
    cut = CUT.search(what)
    return what[: cut.start()] if cut else what


def _victim(what: str) -> bool:
    named = re.search(r"[A-Za-z]{3}", what)
    return bool(named) and not NO_VICTIM.match(what) and not NOT_A_VICTIM.match(what)


def _speakers(statements: list[Statement]) -> list[str]:
    return [s.speaker.stated for s in statements if s.speaker]


def _firm(what: str) -> int:
    """Return how likely a victim it is: a name or a body is likelier than a bare noun."""
    return 3 if re.search(r"\b[A-Z]\w+", what) or incident.BODY.search(what) else 1


def _noticing(text: str, statements: list[Statement]) -> Iterator[Slot]:
    """Yield who noticed a break-in: often the one whom it hit."""
    for statement in statements:
        speaker = statement.speaker
        outside = speaker is not None and SECURITY.search(speaker.stated)
        if statement.act is Act.DETECT and speaker and not outside and NOTICED.search(text):
            yield "victim", speaker.stated, "who noticed it", 1


def _systems(view: View, text: str) -> Iterator[Slot]:
    found = incident.CLASSIFICATION.search(text)
    spared = found and NOT_HELD.search(text[: found.start()])
    if incident.INTRUSION.search(text) or incident.IMPACT.search(text):
        yield from _named_systems(text)
        yield from _phrases(view, text, found)
    if found:
        weight = 1 if spared or incident.SPARED.search(text[found.end() :]) else 4
        yield "network", found.group(), "classification", weight
        if "critical" in found.group().lower():
            yield "infrastructure_designation", found.group(), "classification", 3


def _named_systems(text: str) -> Iterator[Slot]:
    named = incident.NAMED_SYSTEM.search(text)
    if named:
        yield "network", named.group(), "named system", 3
    for match in list(PRODUCTS.finditer(text))[:MOST]:
        yield "network", match.group(), "named product", 3


def _phrases(view: View, text: str, classified: re.Match[str] | None) -> Iterator[Slot]:
    """Yield the noun phrases whose head is a part of a network."""
    counted = [m.span() for m in incident.EXTENT.finditer(text)]
    counted += [classified.span()] if classified else []
    shift, taken, given = view.sentence.start, -1, 0
    for at, word in enumerate(view.words):
        head = word.low in SYSTEMS and at > taken and view.low(at + 1) not in SYSTEMS
        head = head and not (at and word.capital and view.words[at - 1].capital)
        if not head or given == MOST:
            continue
        start, end = noun_phrase(view, at)
        taken = end
        first, last = view.words[start].start - shift, view.words[end - 1].end - shift
        if any(first < stop and begin < last for begin, stop in counted):
            continue
        if word.low in BARE and end - start < 2:
            continue
        given += 1
        yield from _held(words_of(view, start, end), _kind(view, start, end))


def _held(system: str, weight: int) -> Iterator[Slot]:
    """Yield a system, and whose it is where the words say it."""
    yield "network", system, "system in an intrusion", weight
    whose = OF_WHOM.search(system)
    if whose:
        yield "victim", whose.group("whom"), "whose system it is", _firm(whose.group("whom")) - 1


def _kind(view: View, start: int, end: int) -> int:
    """Return 3 for a system that is described or owned, 1 for a bare noun."""
    described = end - start - (view.low(start) in {"the", "a", "an", "its", "their"})
    owned = any(p.kind is not PhraseKind.PRONOUN for p in view.phrases if start <= p.at < end)
    return 1 + (described > 1) + owned


def _ways(text: str) -> Iterator[Slot]:
    if not incident.VECTOR_HINT.search(text):
        return
    for match in list(incident.VECTOR.finditer(text))[:MOST]:
        if NOT_HELD.search(text[max(0, match.start() - 30) : match.start()]):
            continue
        way, negated = _lean(match.group())
        firm = 3 if incident.ENTERED.search(text) else 2
        if not negated:
            yield "vector", way, "way in", firm


def _lean(words: str) -> tuple[str, bool]:
    """Return a way in without the end of the clause before it, and whether that denies it."""
    found = words.split()
    cut = max((i + 1 for i, w in enumerate(found[:CLAUSE]) if w.lower() in LEFT_OUT), default=0)
    cut = cut if cut < len(found) else 0
    return " ".join(found[cut:]), any(w.lower() in DENIED for w in found[:cut])


def _effects(text: str) -> Iterator[Slot]:
    impact = incident.IMPACT.search(text)
    if impact:
        denied = NOT_HELD.search(text[: impact.start()])
        weight = 1 if denied else 2 + bool(DURATION.search(text))
        yield "impact", around(text, impact, IMPACT_WORDS), "effect", weight
    for match in incident.AMOUNT.finditer(text):
        yield "data", match.group(), "amount of data", 3
    for match in incident.DATA.finditer(text):
        what = (match.group("what") or match.group("passive") or "").rsplit(" that ", 1)[-1]
        if incident.DATA_WORDS.search(what):
            yield "data", noun(what), "what was taken", 3 if match.group("what") else 2
