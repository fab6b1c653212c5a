"""The noun phrase of somebody, whatever noun it is: `all stakeholders`, `the same Rum company`.

Why: `commuters` and `neither man` are whom one asks or speaks of, and no list has them.
Trap: a thing is nobody, and a paper is whoever wrote it.
"""

from __future__ import annotations

from dataclasses import replace

from stopa.model.statement import Act
from stopa.statements.chunks import Chunk, chunks
from stopa.statements.lexicon.aims import ACCUSATIONS, ANYBODY, COLLECTIVE, TIED, UNASKED
from stopa.statements.lexicon.content import DOING
from stopa.statements.lexicon.deeds import NOUNS
from stopa.statements.lexicon.grammar import GROUP_HEADS
from stopa.statements.lexicon.roles import BODIES, PERSONS
from stopa.statements.lexicon.verbs import AUXILIARY, DETERMINERS, NEGATED_CONTRACTION
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind, is_verb
from stopa.statements.view import TIMES, View

DOCUMENTS = wordset("letter statement message speech interview note post article wake face")
PEOPLE = PERSONS | BODIES
THAT_WITHIN = 7  # tokens from the beginning of a content to the `that` that opens its clause
INSERTED = 8  # tokens between commas that say who says it
TRUSTING = wordset(
    """believe believed trust trusted thank thanked know knew met meet doubt doubted warned reminded
    informed phoned called told"""
)
OWNERS = wordset("his her our their its my")  # `his country`: the speaker's own
ABOUT = frozenset(
    {PhraseKind.PERSON, PhraseKind.BODY, PhraseKind.PLACE, PhraseKind.NAME, PhraseKind.ACTOR}
)
# Bodies that speak because somebody wrote them.
PAPERS = wordset(
    """statement report advisory indictment communique communiqué declaration letter study audit
    investigation probe review analysis inquiry complaint lawsuit affidavit filing filings petition
    resolution paper site portal platform outlet"""
)
NAMED_WITHIN = 6  # words between `the group` and its name
NAMED_APART = 12  # words between `the culprits of the attack on a ministry as` and a name
UNNAMED = wordset("culprit culprits perpetrator perpetrators attacker attackers hackers group")
NAMED_BY = wordset("as , : ( called dubbed named name")
TIED_WITHIN = 4  # words between hackers and the state that they work for
LOOSE = frozenset({PhraseKind.INTRUDER, PhraseKind.PERSON, PhraseKind.BODY, PhraseKind.NAME})


def beginning(view: View, at: int) -> Phrase | None:
    """Return the party, or the noun phrase of somebody, that begins at this token."""
    return starting(view, at, Act.OTHER)


def spoken_of(view: View, start: int, end: int, country: str | None) -> Phrase | None:
    """Return the subject of the clause in [start, end), unless it is the speaker's own side."""
    near = range(start, min(end, start + THAT_WITHIN))
    at = next((scan + 1 for scan in near if view.low(scan) == "that"), start)
    while at < end and not view.words[at].word:
        at += 1
    subject = view.starting.get(at)
    if subject is None or subject.end >= end or subject.kind not in ABOUT or subject.possessor:
        return None
    opening = at == 0 and subject.kind is PhraseKind.NAME and subject.end == 1
    if opening and not subject.country:
        return None  # `Cybersecurity was a challenge`: a capital that only opens the sentence
    own = view.low(at) in OWNERS or (subject.country is not None and subject.country == country)
    if own or subject.head in PAPERS or subject.head == "one":
        return None
    behind = _past_insertion(view, subject.end)
    if view.low(behind) in AUXILIARY | NEGATED_CONTRACTION or _verb_at(view, behind):
        return subject
    return None


def trusted(view: View, start: int, end: int, country: str | None) -> Phrase | None:
    """Return the named body or person that a verb has for its object: `trusted the Commission`."""
    for phrase in view.phrases:
        if not start < phrase.at < end or phrase.possessor or not (phrase.name or phrase.country):
            continue
        named = phrase.kind in ABOUT and phrase.head not in PAPERS and phrase.country != country
        if named and view.low(phrase.at - 1) in TRUSTING:
            return phrase
    return None


def starting(view: View, at: int, act: Act) -> Phrase | None:
    """Return the party, or the noun phrase of somebody, that begins at this token."""
    named = view.starting.get(at)
    if named is not None and not named.possessor and view.low(named.end) != "'s":
        return named
    if view.low(at) in ANYBODY:
        return Phrase(at, at + 1, PhraseKind.PERSON, view.low(at))
    found = next((c for c in chunks(view) if c.start == at), None)
    return as_somebody(view, found, act) if found is not None else None


def ending(view: View, end: int, act: Act) -> Phrase | None:
    """Return the noun phrase of somebody, all that hangs on it included, before this token."""
    found = next((c for c in chunks(view) if end in {c.core, c.end}), None)
    return as_somebody(view, found, act) if found is not None else None


def as_somebody(view: View, chunk: Chunk, act: Act) -> Phrase | None:
    """Return a noun phrase as whom an act is aimed at; None where it is a thing, or not asked."""
    head = view.low(chunk.head)
    thing = head in UNASKED or head in ACCUSATIONS or view.quoted[chunk.start] >= 0
    if (
        thing
        or not head[:1].isalpha()
        or not (view.low(chunk.start) in DETERMINERS or several(head))
    ):
        return None
    if act is Act.CALL_ON and view.low(chunk.core) in {".", ""} and chunk.start > 1:
        return None  # `urged restraint`
    within = [p for p in view.phrases if chunk.start <= p.at < chunk.end]
    if within and within[0].at == chunk.start and not within[0].possessor:
        return within[0]
    country = next((p.country for p in within if p.country), None)
    end = chunk.end if view.low(chunk.core) == "of" else chunk.core
    many, bare = several(head), country is None
    kind = PhraseKind.PERSON
    return Phrase(chunk.start, end, kind, head, country=country, plural=many, bare=bare)


def several(head: str) -> bool:
    """Whether a noun without an article is several of a kind: `taxpayers`, `women`."""
    if head in COLLECTIVE:
        return True
    return head.endswith(("s", "men", "people")) and not head.endswith(("ss", "is", "us"))


def by_name(view: View, group: Phrase) -> Phrase | None:
    """Return the name given to a group: `the group as X`, `a second group as well, X`."""
    unnamed = group.kind is PhraseKind.INTRUDER or group.head in GROUP_HEADS
    if not unnamed or group.name:
        return None
    within = NAMED_APART if group.head in UNNAMED else NAMED_WITHIN
    for phrase in view.phrases:
        near = group.end <= phrase.at <= group.end + within
        if near and phrase.kind is PhraseKind.ACTOR:
            by = view.low(phrase.at - 1)
            by = view.low(phrase.at - 2) if by == "of" else by  # `a crew by the name of X`
            return phrase if by in NAMED_BY else None
    return None


def placed(view: View, phrase: Phrase) -> Phrase:
    """Add the state that somebody belongs to: `hackers working for X`, `the people of X`."""
    if phrase.country is not None or phrase.kind not in LOOSE:
        return phrase
    if view.low(phrase.at - 1) == ")":
        named = view.ending.get(phrase.at)  # `Chinese Advanced Persistent Threat (APT) actors`
        if named is not None and named.country:
            return replace(named, end=phrase.end, kind=phrase.kind)
    state = next((p for p in view.phrases if p.at > phrase.end and p.country), None)
    if state is None or state.at - phrase.end > TIED_WITHIN:
        return phrase
    between = [view.low(at) for at in range(phrase.end, state.at)]
    tied = between[0] in TIED or (between[0] == "and" and between[-1] == "of")
    return replace(phrase, country=state.country, end=state.end) if tied else phrase


def author(view: View, paper: Phrase) -> Phrase | None:
    """Return whose statement it is: `welcomed the statement by X`."""
    by = next((at for at in range(paper.at, paper.end + 1) if view.low(at) in {"by", "of"}), None)
    named = (p for p in view.phrases if by is not None and p.at == by + 1)
    spot = next(named, None)
    if spot is not None or by is None:
        return spot
    whose = view.low(by) == "by" and paper.country is not None
    return replace(paper, at=by + 1, head="", kind=PhraseKind.BODY) if whose else None


def whole(view: View, phrase: Phrase) -> Phrase:
    """Add what hangs on a plain noun: `all governments in the region`, `owners of such routers`."""
    if not phrase.bare:
        return phrase
    chunk = next((c for c in chunks(view) if c.start == phrase.at and c.end > phrase.end), None)
    if chunk is None:
        return phrase
    hangs = view.low(chunk.core) == "of"
    hangs = hangs or (view.low(chunk.core) == "in" and view.low(chunk.core + 1) == "the")
    apart = TIMES | DOCUMENTS | NOUNS  # `accused the hackers of attacks`
    apart_from = any(view.low(at) in apart for at in range(chunk.core, chunk.end))
    longer = hangs and not apart_from and phrase.end <= chunk.core
    return replace(phrase, end=chunk.end) if longer else phrase


def _past_insertion(view: View, at: int) -> int:
    """Return where the verb stands in `The agency, he claims, had been warned`."""
    if view.low(at) != ",":
        return at
    near = range(at + 2, at + INSERTED)
    return next((scan + 1 for scan in near if view.low(scan) == ","), at)


def _verb_at(view: View, at: int) -> bool:
    return at < len(view.words) and (is_verb(view.words[at]) or view.low(at) in DOING)
