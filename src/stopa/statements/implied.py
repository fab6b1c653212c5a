"""Whom an intrusion hit, where no sentence says it in so many words: whose things it is about.

Why: a report speaks of `the museum's catalogue` and `the staff of the museum`, never of an attack
on the museum; of all that it names, the museum is what the things belong to.
Trap: authorities and accusers own things as well; a state is hit only where words say so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from stopa.model.statement import Act, Statement
from stopa.statements.chunks import Chunk, chunks, subject_of_clause, words
from stopa.statements.deeds import HOSTILE
from stopa.statements.lexicon import victims
from stopa.statements.lexicon.deeds import AGAINST, NOUNS
from stopa.statements.lexicon.harm import DATA_WORDS
from stopa.statements.lexicon.struck import OWNED, PRODUCTS, SYSTEMS
from stopa.statements.lexicon.verbs import NEGATION, PREPOSITIONS
from stopa.statements.phrase import PhraseKind
from stopa.statements.sentences import Sentence
from stopa.statements.slot import Slot
from stopa.statements.view import View

# Who looks into an intrusion, or speaks for a state, owns files of it and was not hit.
LOOKING_IN = re.compile(
    r"\b(?:police|prosecut\w*|cert|csirt|cyber\w*|security|intelligence|threat|labs?|analysts?|"
    r"government|minister|ministers|secretary|spokes\w+|president|ambassador|embassy|sources?|"
    r"experts?|officers?|investigators?|responders|news|unknown|somebody|third part(?:y|ies)|"
    r"auditors?|journalists?|reporters?|newspaper|council|union|court|commission|nato|forum)\b",
    re.IGNORECASE,
)
OF = frozenset({"of", "at", "from", "inside", "in", "belonging"})
LEADING = frozenset({"the", "a", "an", "its", "their", "this", "that", "our"})
OF_A_STATE = frozenset({"nationals", "citizens", "subjects"})  # whose name is a state's, or told so
GENERAL = frozenset({"region", "county", "city", "town", "office", "members", "officials", "party"})
BECAUSE = frozenset({"after", "following", "because", "amid"})
REASON_WITHIN = 7  # tokens behind `after` in which the attack is named
LEAST = 1  # points without which nobody is taken for whom it hit
THINGS = 2  # points where systems, data or people are somebody's
Place = tuple[str, Sentence]


@dataclass(slots=True)
class Implied:
    """Counts whose things a text is about; `named` holds the fullest name of each."""

    points: Counter[str] = field(default_factory=Counter)
    named: dict[str, Place] = field(default_factory=dict)
    aside: set[str] = field(default_factory=set)

    def read(self, view: View, statements: list[Statement], *, suffering: bool) -> None:
        """Add the owners that a sentence names; who accuses in it is none.

        `suffering` when the sentence tells an effect or a loss, which its subject has.
        """
        self.aside.update(
            s.speaker.stated.lower() for s in statements if s.act is Act.ACCUSE and s.speaker
        )
        if any(word.low in NEGATION for word in view.words):
            return
        for owner, points in _owners(view, suffering=suffering):
            key = owner.split(" of ")[0].split()[-1].lower().removesuffix("s")
            self.points[key] += points
            if len(owner) > len(self.named.get(key, ("", view.sentence))[0]):
                self.named[key] = (owner, view.sentence)

    def best(self) -> Place | None:
        """Return who owns most of what the text is about, where anybody does."""
        order = sorted(self.points.items(), key=lambda item: -item[1])
        for key, points in order:
            name, sentence = self.named[key]
            known = any(name.lower() in one or one in name.lower() for one in self.aside)
            if points >= LEAST and not known:
                return name, sentence
        return None


def after_attack(view: View, statements: list[Statement]) -> Iterator[Slot]:
    """Yield who acts because of an attack: `the port closed its gates after an attack`."""
    places = [at for at, word in enumerate(view.words) if word.low in BECAUSE]
    if not places or any(s.act is not Act.RESPOND for s in statements):
        return
    found = chunks(view)
    for at in places if found else ():
        noun = next((i for i in range(at + 1, at + REASON_WITHIN) if view.low(i) in NOUNS), -1)
        aimed = view.low(noun + 1) in AGAINST
        if noun < 0 or aimed or found[0].end >= at:
            continue
        yield from (
            ("victim", who, "acts because of an attack", 1)
            for who, _ in _body(view, *found[0].span)
            if victims.BODY.match(view.low(found[0].head)) or "," in who
        )
        return


def _owners(view: View, *, suffering: bool) -> Iterator[tuple[str, int]]:
    found = chunks(view)
    for index, chunk in enumerate(found):
        marks = [i for i in range(chunk.start, chunk.core) if view.low(i) in {"'s", "'", "’"}]
        if marks and _belongs(view, chunk.head):
            yield from _body(view, chunk.start, marks[-1])
        elif _belongs(view, chunk.head):
            yield from _leading(view, chunk)
        before = view.low(chunk.start - 1)
        thing = next((c for c in found[:index] if c.core == chunk.start - 1), None)
        if before in OF and thing is not None and _belongs(view, thing.head):
            yield from _body(view, chunk.start, chunk.end)
        elif suffering and subject_of_clause(view, chunk.end) and before not in PREPOSITIONS:
            named = _body(view, chunk.start, chunk.end)
            yield from ((who, 1) for who, _ in named if victims.BODY.search(who))


def _leading(view: View, chunk: Chunk) -> Iterator[tuple[str, int]]:
    """Yield the name at the head of a phrase: `Oireachtas` in `Oireachtas email accounts`."""
    first = next((i for i in range(chunk.start, chunk.head) if view.words[i].capital), -1)
    if first > 0 and view.low(chunk.head) not in OF_A_STATE:
        capital = (i for i in range(first, chunk.core) if not view.words[i].capital)
        yield from _body(view, first, next(capital, first))


def _belongs(view: View, head: int) -> bool:
    low = view.low(head)
    known = low in SYSTEMS or low in OWNED or DATA_WORDS.fullmatch(low)
    return bool(known or victims.PEOPLE.fullmatch(low))


def _body(view: View, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the tokens where they name a body, and no state, authority or intruder."""
    while start < end and view.low(start) in LEADING:
        start += 1
    if start >= end:
        return
    named = words(view, start, end)
    inside = [p for p in view.phrases if p.at < end and p.end > start]
    hostile = any(p.kind in HOSTILE or p.organ for p in inside)
    state = any(p.kind is PhraseKind.PLACE and p.at <= start and p.end >= end for p in inside)
    head = named.split(" of ")[0].split()[-1]
    body = victims.BODY.match(head) or all(w.capital for w in view.words[start:end])
    if PRODUCTS.search(named) or (end - start == 1 and view.low(start) in GENERAL):
        return
    if body and not hostile and not state and not LOOKING_IN.search(named):
        yield named, THINGS
