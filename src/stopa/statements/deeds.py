"""What an intrusion did to whom, whatever the verb: each thing that was hit, with how it was hit.

Why: one grammar of who did what to what, active, passive or as a noun, serves every slot.
Trap: a hospital that reads mail breaks into nothing; `could hit` and `did not hit` hit nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stopa.statements import signs
from stopa.statements.chunks import (
    AUXILIARIES,
    Chunk,
    chunks,
    listed,
    subject_of_clause,
    verbs,
)
from stopa.statements.deed_lines import Line, deed_lines, follows, placed
from stopa.statements.lexicon import deeds as lexicon
from stopa.statements.lexicon.harm import DATA_WORDS
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.struck import SYSTEMS
from stopa.statements.lexicon.verbs import BE, HAVE, MODAL, NEGATION, RELATIVES, SUBJECT_PRONOUNS
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import PhraseKind
from stopa.statements.view import View

DESCRIBING = frozenset({Form.THIRD, Form.BASE})
REACH = 6  # tokens before a verb in which those who do it are looked for
FEARED_WITHIN = 70  # characters before a deed in which it is said to be only thought of
BENIGN = frozenset({PhraseKind.PERSON, PhraseKind.BODY})
HOSTILE = frozenset({PhraseKind.ACTOR, PhraseKind.INTRUDER})
UNREAL = MODAL - {"will", "'ll", "can"}
GUESSED = wordset("may might could")
# Words without which no list, description or denial names what was hit.
LISTING = (
    lexicon.VICTIMS
    | lexicon.HIT_ONES
    | lexicon.TAKEN_ONES
    | lexicon.DENIED
    | wordset("do concerned concerns involved involves")
)
NOMINAL = lexicon.NOUNS | lexicon.TAKINGS | lexicon.UNDERTAKINGS
NONE = wordset("no none neither any nothing")
JOINING = wordset("with to from between on about for of")
STANDING_FOR = wordset("it we they")
AFTER_PASSIVE = wordset("by in during on from at with through via between since when . , ; and")


@dataclass(frozen=True, slots=True)
class Deed:
    """A phrase that something was done to; `kind` as in the lexicon, `nominal` if told by a noun.

    `firm` is false where the words fit many other things than an intrusion, `real` where the text
    says that it was not done, or leaves it open.
    """

    kind: str
    thing: Chunk
    at: int
    firm: bool
    passive: bool = False
    real: bool = True


def deeds(view: View, text: str, *, after: bool = False) -> list[Deed]:
    """Return what the sentence says was done, in the order of the verbs and nouns that say so.

    `after` when the sentence before it tells an intrusion.
    """
    told: list[Deed] = []
    table = deed_lines()
    for at, word in enumerate(view.words):
        if word.low in table:
            told.extend(_by_verb(view, text, at, after=after))
        if word.low in NOMINAL:
            told.extend(_by_noun(view, text, at))
    if any(word.low in LISTING for word in view.words):
        told.extend(_as_victims(view, chunks(view)))
        told.extend(_denied(view, chunks(view)))
    return told


def _by_verb(view: View, text: str, at: int, *, after: bool) -> Iterator[Deed]:
    lines = deed_lines().get(view.low(at), ())
    told = [(line, form, end) for line, form in lines if (end := follows(view, at, line)) >= 0]
    if not told:
        return
    found, real = chunks(view), _spoken(view, text, at)
    again = after and view.low(at) in lexicon.STRUCK_AGAIN
    for line, form, end in told:
        firm = line.verb not in lexicon.PLAIN or (len(line.words) > 1 and line.kind != "take")
        things = list(_things(view, found, (at, end), line, form))
        for thing, passive in things:
            if _nobodys(view, thing, line):
                continue
            done = real and view.low(thing.start) not in NONE
            data = DATA_WORDS.fullmatch(view.low(thing.head)) is not None
            kind = "take" if line.verb == "target" and data else line.kind
            carried = kind == "take" and data and (len(line.words) > 0 or (after and passive))
            lost = line.verb == "lose" and data and not passive
            if lost:
                who = _before(view, found, at)
                yield from (
                    Deed("cope", one, at, firm=False, passive=True, real=done) for one in who
                )
            if line.kind == "cope":
                yield Deed("cope", thing, at, firm=False, passive=True, real=done)
            elif (
                carried
                or lost
                or firm
                or (passive and (again or _overheard(view, thing, line)))
                or _hostile(view, text, at, passive=passive)
            ):
                yield Deed(kind, thing, at, firm, passive, done)
            elif line.kind == "suffer":
                yield Deed("cope", thing, at, firm=False, passive=True, real=done)
        if things:
            return


def _nobodys(view: View, thing: Chunk, line: Line) -> bool:
    """Whether the thing is taken from nobody: `takes its orders`, `sent them letters`."""
    taken = lexicon.NOT_TAKEN if line.kind == "take" else frozenset()
    return view.low(thing.head) in taken | (lexicon.SENT if line.verb == "send" else frozenset())


def _overheard(view: View, thing: Chunk, line: Line) -> bool:
    """Whether somebody's mail was read: `missions whose correspondence was read`."""
    return line.verb == "read" and view.low(thing.head) in lexicon.PRIVATE


def _things(
    view: View, found: list[Chunk], place: tuple[int, int], line: Line, form: Form
) -> Iterator[tuple[Chunk, bool]]:
    """Yield what the verb at a token is done to; `place` is where verb and its words stand."""
    at, end = place
    aux = set(view.auxiliary(at))
    if line.kind in {"suffer", "cope"}:
        if (form is not Form.ING or aux & BE) and not (line.kind == "cope" and aux & BE):
            yield from ((chunk, True) for chunk in _before(view, found, at))
        return
    participle = form in {Form.EITHER, Form.PARTICIPLE}
    behind = _behind(view, found, end)
    if participle and aux & BE:
        subject = behind if placed(line) else _before(view, found, at)
        yield from ((chunk, True) for chunk in subject)
        return
    if participle and not aux & HAVE and not behind and view.low(end) in AFTER_PASSIVE | {""}:
        beside = [c for c in found if c.end == at - view.low(at - 1).endswith("ly")]
        shared = _shared(view, found, at) if view.low(at - 1) in {"and", ","} else []
        run = _before(view, found, at) if beside else shared[:1]
        yield from ((chunk, True) for chunk in run)
        if run:
            return
    if form is Form.PARTICIPLE and not aux & HAVE:
        return
    yield from ((chunk, False) for chunk in behind)
    if not behind:
        yield from ((chunk, True) for chunk in _antecedent(view, found, at))


def _behind(view: View, found: list[Chunk], at: int) -> list[Chunk]:
    """Return the phrase that begins at a token, with those listed beside it."""
    at += view.low(at).endswith("ly")
    at += 2 * (view.low(at) == "without")  # `without authorisation`
    for index, chunk in enumerate(found):
        if chunk.start == at or (chunk.start == at + 1 and view.low(at) in {"both", '"', "“"}):
            first, *others = listed(view, found, index)
            apart = (i for i, c in enumerate(others) if subject_of_clause(view, c.end))
            return [first, *others[: next(apart, len(others))]]
    return []


def _antecedent(view: View, found: list[Chunk], at: int) -> list[Chunk]:
    """Return what a relative clause is about: `utilities that the intruders had entered`."""
    if view.low(at - 1) in SUBJECT_PRONOUNS and view.low(at - 2) in RELATIVES:
        place = at - 2 - (view.low(at - 3) == ",")
        return [c for c in found if c.end == place][:1]
    subject = next((c for c in reversed(found) if c.end <= at), None)
    for _ in range(2):
        if subject is None:
            return []
        if view.low(subject.start - 1) in RELATIVES:
            place = subject.start - 1 - (view.low(subject.start - 2) == ",")
            named = [c for c in found if c.end == place][:1]
            copula = named[0].start - 1 if named and view.low(named[0].start - 1) in BE else -1
            return [*(c for c in found if c.end == copula), *named]
        subject = next((c for c in reversed(found) if c.end <= subject.start), None)
    return []


def _before(view: View, found: list[Chunk], at: int) -> list[Chunk]:
    """Return the subject of the verb at a token, with those listed before it."""
    place = at - 1
    while place >= 0 and (
        view.low(place) in AUXILIARIES
        or view.low(place).endswith("ly")
        or view.low(place) in SKIPPED
    ):
        place -= 1
    if view.low(place) in RELATIVES:
        place -= 1
    if view.low(place) == ",":
        place -= 1
        opened = max((i for i in range(place) if view.low(i) == ","), default=-1)
        inserted = [c for c in found if c.end == opened]
        if opened > 0 and inserted:
            return [inserted[-1], *(c for c in found if c.span == (opened + 1, place + 1))]
    ending = [i for i, c in enumerate(found) if c.end - 1 == place or c.core - 1 == place]
    outer = _described(view, found, ending[0]) if ending else None
    if outer is not None:
        return [outer]
    if not ending and view.low(place) in STANDING_FOR:
        return [Chunk(place, place + 1, place + 1)]
    if not ending:
        shared = view.low(place) in {"and", "but", "then"}
        return _shared(view, found, place) if shared else []
    members: list[Chunk] = []
    last = _governing(view, found, ending[0])
    for index in range(last, -1, -1):
        run = listed(view, found, index)
        if found[last] in run:
            members = run[: run.index(found[last]) + 1]
    return members or [found[last]]


def _described(view: View, found: list[Chunk], index: int) -> Chunk | None:
    """Return what a clause in between is about: `a firm that runs a site had been hacked`."""
    verb = found[index].start - 1
    if view.low(verb - 1) not in RELATIVES or verbs().get(view.low(verb)) not in DESCRIBING:
        return None
    place = verb - 1 - (view.low(verb - 2) == ",")
    return next((c for c in found if c.end == place), None)


def _governing(view: View, found: list[Chunk], index: int) -> int:
    """Return the phrase that a preposition joins this one to: `letters with the public were`."""
    while view.low(found[index].start - 1) in JOINING:
        joint = found[index].start - 1
        before = next((i for i in range(index) if found[i].end == joint), -1)
        if before < 0:
            break
        index = before
    return index


def _shared(view: View, found: list[Chunk], place: int) -> list[Chunk]:
    """Return the subject of the clause before `and`."""
    for scan in range(place - 1, 0, -1):
        if view.low(scan) in BE | HAVE:
            ending = [c for c in found if c.end == scan]
            if ending:
                return ending[:1]
    return []


SKIPPED = wordset(
    "also already then still even now later first not never just again once since all both yet"
)


def _by_noun(view: View, text: str, at: int) -> Iterator[Deed]:
    """Yield what an intrusion told by a noun was against: `the intrusion into X`."""
    if view.low(at) in lexicon.TAKINGS and view.low(at + 1) == "of":
        things = _behind(view, chunks(view), at + 2)
        yield from (Deed("take", thing, at, firm=False) for thing in things)
        return
    if view.low(at - 1) in NONE:
        return
    joint = at + 1 + (view.low(at + 1) in lexicon.MET)
    if view.low(joint) not in lexicon.AGAINST or (
        view.low(at) not in lexicon.NOUNS and view.low(joint) not in lexicon.ONLY_AGAINST
    ):
        return
    before = text[: view.words[at].start - view.sentence.start]
    feared = lexicon.FEARED.search(before) is not None
    for chunk in _behind(view, chunks(view), joint + 1):
        real = not (feared or view.low(chunk.end) in GUESSED | {"would"})
        yield Deed("strike", chunk, at, firm=view.low(joint) not in {"of", "in"}, real=real)


def _as_victims(view: View, found: list[Chunk]) -> Iterator[Deed]:
    """Yield what is named as hit: `Victims include X`, `the incident concerned Z`."""
    for chunk in found:
        low = view.low(chunk.head)
        inside = {view.low(i) for i in range(chunk.start, chunk.core)}
        hit = low in lexicon.VICTIMS or bool(inside & lexicon.HIT_ONES and low.endswith("s"))
        if inside & lexicon.HIT_ONES and low in SYSTEMS:
            yield Deed("strike", chunk, chunk.head, firm=True)
        if inside & lexicon.TAKEN_ONES and DATA_WORDS.fullmatch(low):
            real = view.low(chunk.start) not in NONE
            yield Deed("take", chunk, chunk.head, firm=False, passive=True, real=real)
        concern = low in lexicon.NOUNS | {"investigation", "case", "inquiry"}
        verb = view.low(chunk.end)
        if hit and verb in lexicon.MEMBERS:
            for member in _behind(view, found, chunk.end + 1):
                yield Deed("strike", member, chunk.head, firm=True)
        if concern and verb in {"concerned", "concerns", "involved", "involves"}:
            for member in _behind(view, found, chunk.end + 1)[:1]:
                yield Deed("strike", member, chunk.head, firm=True)


def _denied(view: View, found: list[Chunk]) -> Iterator[Deed]:
    """Yield what a denial names as hit: `nothing to do with the computers of X`."""
    for at in range(len(view.words)):
        part = view.low(at) in lexicon.DENIED and view.low(at + 1) == "in"
        do = [view.low(i) for i in range(at, at + 3)] == ["to", "do", "with"]
        if not part and not (do and view.low(at - 1) in {"nothing", "anything", "whatsoever"}):
            continue
        start = at + 2 + do
        if view.low(start) == "what" and view.low(start + 1) in {"happened", "befell"}:
            start += 2 + (view.low(start + 2) in {"to", "at", "in"})
        for chunk in _behind(view, found, start):
            yield Deed("strike", chunk, at, firm=True)


def _spoken(view: View, text: str, at: int) -> bool:
    """Whether the verb tells what happened, and not what could, should or did not happen."""
    aux = set(view.auxiliary(at))
    if "could" in aux and _able(view, at):
        aux.discard("could")
    after = view.low(at) in BE and view.low(at + 1) in NEGATION
    if after or view.negated(at) or (aux & UNREAL and not (aux & GUESSED and aux & HAVE)):
        return False
    before = text[: view.words[at].start - view.sentence.start]
    return lexicon.HYPOTHETICAL.search(before[-FEARED_WITHIN:]) is None


def _able(view: View, at: int) -> bool:
    """Whether `could` tells what they were able to do: `services could read the mail`."""
    subject = view.subject(at) if view.low(at) in lexicon.ONLOOKING else None
    return subject is not None and (subject.organ or subject.kind in HOSTILE)


def _hostile(view: View, text: str, at: int, *, passive: bool) -> bool:
    """Whether words that fit much else are said of intruders here."""
    told = signs.intrusion(text) is not None
    if passive:
        return told or view.low(at + 1) == "from"
    subject = view.subject(at)
    before = {view.low(i) for i in range(max(0, at - REACH), at)}
    if (subject is not None and subject.kind in HOSTILE) or before & lexicon.HOSTILE:
        return True
    if before & lexicon.NOUNS and before & RELATIVES:
        return True  # `the attack which on 24 March disrupted the services`
    if view.low(at) in BE or not (told or view.low(at - 1) == "they"):
        return False
    if subject is None or subject.kind is PhraseKind.PRONOUN:
        return True
    return subject.kind not in BENIGN or subject.organ
