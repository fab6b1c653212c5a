"""Which network or system was hit, and how it is classified.

Trap: the attackers' own servers, and the account that was the way in, are no network that was hit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.statements import signs
from stopa.statements.chunks import Chunk, chunks, words
from stopa.statements.deeds import NONE, Deed
from stopa.statements.lexicon import incident
from stopa.statements.lexicon.struck import (
    ANY_SYSTEM,
    BARE,
    MENDING,
    NOT_HELD,
    NUMBERS,
    PRODUCTS,
    SERVICES,
    SERVING,
    SYSTEMS,
)
from stopa.statements.lexicon.victims import ATTACKERS_OWN, BODY, KEEPERS
from stopa.statements.phrase import PhraseKind
from stopa.statements.slot import Slot
from stopa.statements.view import View

OF_WHOM = re.compile(r"\b(?:of|at|belonging to) (?P<whom>(?:the |an? )?\w.+)$")
WHOSE = re.compile(r"^(?P<whom>(?:[Tt]he |[Aa]n? )?[\w&’'-]+(?: [\w&-]+){0,4}?)['’]s ")
USED_BY = re.compile(
    r"^[^.;,]{0,12}\b(?:used by the (?:attackers|intruders|hackers|group)|(?:that|which) the "
    r"(?:attackers|intruders|hackers|group) (?:used|rented|controlled))"
)
# `a critical infrastructure operator` is a body, not a network.
OF_A_BODY = re.compile(
    r"^critical [\w ]*?(?:infrastructure|services?) "
    r"(?:operators?|providers?|sectors?|agenc|compan|protection)"
)
NO_NAME = re.compile(r"(?:The|This|That|An?|Its|Their|Our|Such|Each|Every|No|Any)\b")
# `a network of partner agencies`; `servers that they rented` are the attackers' own.
PEOPLE = frozenset(
    ["agencies", "partners", "experts", "contacts", "centres", "allies", "companies"]
)
TAKEN_BY_THEM = frozenset(["rented", "bought", "registered", "hired", "leased", "controlled"])
WAY = frozenset({"through", "via", "using", "used", "with", "exploiting", "abusing", "valid"})
SPARED_AFTER = re.compile(
    r"^[^.;]{0,40}?\b(?:(?:was|were|is|are|has been|have been|had been|remained|stayed) (?:\w+ )?"
    r"(?:not|never|un\w+|safe|intact|spared)|(?:has|have|had) (?:not|never))\b",
    re.IGNORECASE,
)
# Where what is said of a system ends: another clause, or since when it was hit.
TOLD_OF = re.compile(
    r" (?:was|were|is|are|has|had|have) .*$| (?:since|in|from|until|by) (?:late |early |mid-)?"
    r"(?:[A-Z][a-z]+ )?(?:19|20)\d\d.*$"
)
LEADING = frozenset({"the", "a", "an", "its", "their", "our", "'s", "s", "’s", "own", "all"})
LOOK_BACK = 4  # tokens before a system in which `through` makes it the way in
MOST = 2  # values of one kind from one sentence


def systems(view: View, text: str, done: list[Deed]) -> Iterator[Slot]:
    """Yield the systems that a sentence says were hit, with their classification."""
    found = incident.CLASSIFICATION.search(text)
    hit = signs.intrusion(text) or signs.impact(text) or any(d.real and d.firm for d in done)
    if hit or MENDING.search(text):
        yield from _named_systems(text)
        yield from _phrases(view, text, done, found, less=0 if hit else 1)
    if found and not OF_A_BODY.search(found.group()):
        weight = 1 if _is_spared(text, found.start(), found.end()) else 6
        told = TOLD_OF.sub("", found.group())
        yield "network", told, "classification", weight
        if "critical" in told.lower():
            yield "infrastructure_designation", told, "classification", 3


def _is_spared(text: str, start: int, end: int) -> bool:
    """Whether the words around say that it was not hit."""
    before, after = NOT_HELD.search(text[:start]), text[end:]
    return bool(before or incident.SPARED.search(after) or SPARED_AFTER.search(text[start:]))


def _named_systems(text: str) -> Iterator[Slot]:
    named = incident.NAMED_SYSTEM.search(text)
    if (
        named
        and not NO_NAME.match(named.group())
        and not incident.NOT_SYSTEM.match(text, named.end())
    ):
        yield "network", named.group(), "named system", 3
    for match in list(PRODUCTS.finditer(text))[:MOST]:
        yield "network", match.group(), "named product", 3


def _phrases(
    view: View, text: str, done: list[Deed], classified: re.Match[str] | None, *, less: int
) -> Iterator[Slot]:
    """Yield the noun phrases whose head is a part of a network."""
    struck = {deed.thing.start for deed in done if deed.kind not in {"take", "cope"} and deed.real}
    shift, last, given = view.sentence.start, -1, 0
    for chunk in chunks(view):
        if chunk.start < last or given == MOST or not _head(view, chunk):
            continue
        last = chunk.end
        head, stop = view.words[chunk.head].start - shift, view.words[chunk.end - 1].end - shift
        if classified and classified.start() <= head < classified.end():
            continue
        if _counted(view, chunk) and chunk.end == chunk.core:
            continue
        theirs = chunk.start not in struck and _theirs(view, text, chunk.start, stop)
        if theirs or (view.low(chunk.head) in BARE and chunk.end - chunk.start < 2):
            continue
        given += 1
        weight = 0 if _is_spared(text, head, stop) else _kind(view, chunk) - less
        weight += 2 * (chunk.start in struck) - 2 * _counted(view, chunk)
        if weight >= 0:
            yield from _held(words(view, *chunk.span), weight, less=_general(view, chunk))


def _general(view: View, chunk: Chunk) -> bool:
    """Whether the phrase has only a word for all that somebody runs: `the network of X`."""
    own = range(chunk.start, chunk.head)
    described = any(view.low(i) not in LEADING and not view.words[i].capital for i in own)
    return view.low(chunk.head) in ANY_SYSTEM and not described


def _counted(view: View, chunk: Chunk) -> bool:
    """Whether a number of machines is told, which is how far it went and not where."""
    first = view.low(chunk.start)
    return first[:1].isdigit() or first in NUMBERS or first in {"at", "more", "some"}


def _head(view: View, chunk: Chunk) -> bool:
    service = view.low(chunk.head) in SERVICES and view.low(chunk.head - 1) in SERVING
    if not (service or view.low(chunk.head) in SYSTEMS) or view.low(chunk.start) in NONE:
        return False
    if view.low(chunk.core) == "of" and view.low(chunk.end - 1) in PEOPLE:
        return False
    if view.low(chunk.start) == "exchange" and view.low(chunk.start - 1) == "in":
        return False
    named = view.words[chunk.head].capital and view.words[chunk.head - 1].capital
    return not (chunk.head and named)


def _theirs(view: View, text: str, start: int, last: int) -> bool:
    """Whether it is the attackers' own, or the way in: `through the account of a contractor`."""
    if view.low(start - 1) in TAKEN_BY_THEM:
        return True
    phrase = text[view.words[start].start - view.sentence.start : last]
    before = {view.low(start - 1), view.low(start - 2)}
    before |= {view.low(at) for at in range(max(0, start - LOOK_BACK), start)} & {"through", "via"}
    if view.low(start - 2) == "in" and view.low(start - 1) in {"on", "with", "by", "from"}:
        return True  # `a worm that had come in on a contractor's laptop`
    if view.low(start - 1) in {"to", "for", "towards"} and view.low(start) in {"a", "rented"}:
        return True
    return bool(ATTACKERS_OWN.search(phrase) or USED_BY.match(text[last:]) or before & WAY)


def _held(system: str, weight: int, *, less: int) -> Iterator[Slot]:
    """Yield a system, `less` firmly where it is any, and whose it is where the words say it."""
    yield "network", system, "system in an intrusion", weight - less
    whose = OF_WHOM.search(system) or WHOSE.search(system)
    if system.split(" of ")[0].split()[-1].lower() in KEEPERS and weight > 0:
        yield "victim", system, "office that keeps it", 2
    elif whose and weight > 0:
        whom = whose.group("whom")
        if whom.split()[0].lower() in NUMBERS:
            return
        firm = 1 + 2 * bool(re.search(r"\b[A-Z]\w+", whom) or BODY.search(whom))
        yield "victim", whom, "whose system it is", firm - 1


def _kind(view: View, chunk: Chunk) -> int:
    """Return 3 for a system that is described or owned, 1 for a bare noun."""
    start, end = chunk.span
    if {view.low(start), view.low(start + 1)} & {"new", "another", "different"}:
        return -1
    described = end - start - (view.low(start) in {"the", "a", "an", "its", "their"})
    owned = any(p.kind is not PhraseKind.PRONOUN for p in view.phrases if start <= p.at < end)
    return 1 + (described > 1) + owned
