"""Whom an act is aimed at: the one place that maps an act and the words beside it to a target.

Spec: the measure's guide: who is accused, addressed, supported, summoned. By act:
    accuse                 whom its preposition or its object names, by a group's own name
    deny                   who accused: `X's claims`, `the charge by X`, `British allegations`
    call-on                the object before `to` or `for`; the subject of `must` and `should`
    summon, other          the object: whom one calls in, thanks, warns, tells
    condemn, support, ...  the party that is object, or that the preposition names
    in the passive         the subject, unless a preposition names whom
Why phrases of any kind: `commuters`, `all stakeholders` are whom one asks, and no list has them.
Trap: another verb behind `and` begins a clause of its own, whose objects are not aimed at.
"""

from __future__ import annotations

from dataclasses import replace

from stopa.model.statement import Act
from stopa.statements import cues
from stopa.statements.chunks import chunks
from stopa.statements.lexicon.aims import (
    ACCUSATIONS,
    ADDRESSING,
    ANYBODY,
    MEDIA,
)
from stopa.statements.lexicon.content import DOING
from stopa.statements.lexicon.deeds import AGAINST, NOUNS
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    DETERMINERS,
    PREPOSITIONS,
    QUOTATIVE_FORMS,
    RELATIVES,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.somebody import (
    PAPERS,
    PEOPLE,
    as_somebody,
    author,
    by_name,
    ending,
    placed,
    several,
    spoken_of,
    starting,
    whole,
)
from stopa.statements.view import View

OBJECTS = wordset("it them him her")
JOINING = wordset("join adopt endorse second repeat echo subscribe accede sign follow")
SERVING = wordset(
    "belong belongs belonged work works worked acting acted part members member orders answer"
)
CULPRITS = frozenset({PhraseKind.ACTOR, PhraseKind.INTRUDER, PhraseKind.PERSON})
SUPPOSING = frozenset({"should", "if"})
JUDGED = frozenset({Act.CONDEMN, Act.CONCERN})  # their object can be a deed, with its victim
STRUCK_WITHIN = 3  # words between an attack and the `on` behind which its victim stands
STRUCK = AGAINST - {"of", "in", "at", "involving"}
OWNED_WITHIN = 4  # words between an owner or a nation and the accusation that is theirs
MADE_WITHIN = 4  # words between an accusation and `by X`
NONE_WITHIN = 5  # words between `nothing` and its verb
NOBODY = wordset("nothing no nobody none")
# Whose object is a person or a body, whatever noun it is.
PERSONAL = frozenset({Act.ACCUSE, Act.CALL_ON, Act.SUMMON, Act.OTHER})
ASKED_TO = wordset("to not for that")  # behind whom one asks for something


def target(view: View, hit: cues.Hit, country: str | None) -> Phrase | None:
    """Return whom the act of this cue is aimed at, when somebody of that country performs it."""
    if hit.cue.act is Act.ACCUSE and view.low(hit.at + 1) in NOBODY:
        return None  # `blames nobody, but its president said`
    if hit.cue.act is Act.DENY:
        found = _pronoun(view, hit) or accuser(view, hit.at + 1, len(view.words), country)
        found = found or accusing(view, 0, hit.at, country)
    else:
        found = _aimed(view, hit, country)
    if found is None or found.kind is PhraseKind.ACTOR:
        return found
    if found.head in PAPERS:
        found = author(view, found) or _named_in(view, found, hit) or found
    named = by_name(view, found) if hit.cue.act is Act.ACCUSE else None
    return named or whole(view, placed(view, found))


def _named_in(view: View, paper: Phrase, hit: cues.Hit) -> Phrase | None:
    """Return whom a paper accuses: `published an indictment alleging that hackers did it`."""
    culprits = (p for p in view.phrases if p.at >= paper.end and p.kind in CULPRITS)
    return next(culprits, None) if hit.cue.act is Act.ACCUSE else None


def undergone(view: View, hit: cues.Hit) -> Phrase | None:
    """Return whom a passive verb is aimed at: `blamed on X`, else its subject."""
    after = [p for p in view.phrases if p.at > hit.at]
    reasons = (at for at in range(hit.at, len(view.words)) if view.low(at) == "for")
    reason = next(reasons, len(view.words))
    after = [p for p in after if p.at < reason]  # `blamed for an attack on`
    for preposition in hit.cue.target:
        named = (p for p in after if view.low(p.at - 1) == preposition)
        found = next(named, None) if preposition not in {"obj", "none"} else None
        if found is not None:
            return found
    if hit.cue.act not in PERSONAL | {Act.RESPOND}:
        return view.subject(hit.at)
    return undergoing(view, hit.at)


def undergoing(view: View, verb: int) -> Phrase | None:
    """Return to whom a passive verb does something: `X, who denies it, was summoned`."""
    last = view.back(verb - 1)
    apart = view.low(last) == ","  # `Two suspects, both of Riga, were charged`
    opens = starting(view, 0, Act.OTHER) if apart else None
    if opens is not None and view.low(opens.end) == "," and 0 not in view.starting:
        return opens
    return view.subject(verb) or ending(view, last + 1, Act.OTHER)


def obliged(view: View, modal: int, start: int) -> Phrase | None:
    """Return who must or should do something: the subject of a modal in a clause from `start`."""
    if view.low(start) in ANYBODY:
        return Phrase(start, start + 1, PhraseKind.PERSON, view.low(start))
    if any(view.low(at) in NOBODY for at in (start, *range(modal - NONE_WITHIN, modal))):
        return None  # `nothing in this post should be read as`
    first = next((c for c in chunks(view) if start <= c.start and c.end <= modal), None)
    behind = {view.low(first.core), view.low(first.end)} if first is not None else set()
    if first is not None and behind & (RELATIVES | ADDRESSING):
        return as_somebody(view, first, Act.CALL_ON)  # `States that harbour such groups must`
    at = view.back(modal - 1) + 1
    named = view.ending.get(at)
    if named is None or named.at < start or view.low(named.at - 1) == "of":
        named = ending(view, at, Act.CALL_ON) or named
    if named is not None and named.at >= start:
        return placed(view, named)
    before = [p for p in view.phrases if start <= p.at and p.end <= modal]
    before = [p for p in before if view.low(p.end) not in QUOTATIVE_FORMS] or before
    return before[-1] if before else None


def told(view: View, verb: int) -> Phrase | None:
    """Return who is told something: `told him that`, `informed both Houses`, `wrote to X`."""
    at = verb + 1 + (view.low(verb + 1) == "to")
    if view.low(at) in OBJECTS:
        return Phrase(at, at + 1, PhraseKind.PRONOUN, view.low(at))
    found = starting(view, at, Act.OTHER)
    if found is None or found.kind is PhraseKind.PRONOUN or found.head in MEDIA:
        return None
    outlet = found.kind is PhraseKind.NAME and not found.country
    outlet = outlet and view.low(found.at) not in {"both", "all", "every", "each"}
    return None if outlet else found


def accuser(view: View, start: int, end: int, country: str | None) -> Phrase | None:
    """Return whose accusation the tokens [start, end) wave away; else the other state in them."""
    inside = [p for p in view.phrases if start <= p.at and p.end <= end]
    return accusing(view, start, end, country) or someone(unhit(view, inside), country)


def accusing(view: View, start: int, end: int, country: str | None) -> Phrase | None:
    """Return whose accusation is named in the tokens [start, end): `the charge made by X`."""
    for at in range(start, min(end, len(view.words))):
        if view.low(at) in ACCUSATIONS and (found := _accusing(view, at, country)):
            return found
    return None


def someone(inside: list[Phrase], country: str | None) -> Phrase | None:
    """Return the first phrase of another country, an actor before others."""
    actors = [p for p in inside if p.kind is PhraseKind.ACTOR]
    others = [p for p in inside if p.country and p.country != country]
    others.sort(key=lambda p: p.possessor)
    return next(iter([*actors, *others]), None)


def _aimed(view: View, hit: cues.Hit, country: str | None) -> Phrase | None:
    pronoun = _pronoun(view, hit)
    it = view.low(hit.at + 1) in OBJECTS and view.low(hit.at + 2) == "on"
    if hit.cue.verb == "blame" and it:
        return view.starting.get(hit.at + 3)  # `blamed it on X`
    if pronoun is not None and hit.cue.act not in JUDGED:
        return pronoun  # what is condemned as `it` is a deed
    wanted = hit.cue.target
    after = _in_reach(view, hit, country)
    if hit.cue.verb == "blame" and (culprit := _laid_on(view, hit, after)):
        return culprit
    for slot in wanted:
        found = _object(view, hit, after) if slot == "obj" else _behind(view, hit, slot, after)
        if found is not None:
            return found
    if wanted == ("none",):
        return _other_side(view, hit, after, country)
    return after[0] if after and wanted else None


def _in_reach(view: View, hit: cues.Hit, country: str | None) -> list[Phrase]:
    """Return the phrases behind a verb at which its act can be aimed."""
    after = [p for p in view.phrases if p.at > hit.at and p.kind is not PhraseKind.PRONOUN]
    after = _same_clause(view, hit, after)
    if hit.cue.act in JUDGED:
        behind = range(hit.end, len(view.words))
        clauses = (at for at in behind if view.low(at) in RELATIVES - {"that"})
        clause = next(clauses, len(view.words))  # `condemned it, which X says Y did`
        after = [p for p in after if p.at < clause and not _struck(view, hit, p)]
        after = [p for p in after if not _aside(view, hit, p)]
    if hit.cue.act is Act.CALL_ON:
        after = [p for p in after if not (p.possessor and p.country == country)] or after
    return after


def _aside(view: View, hit: cues.Hit, phrase: Phrase) -> bool:
    """Whether a phrase is in another clause: `denounced the attack, aimed at disrupting X`."""
    return any(
        view.low(at) == "," and (view.low(at + 1).endswith(("ing", "ed")))
        for at in range(hit.end, phrase.at)
    )


def _other_side(
    view: View, hit: cues.Hit, after: list[Phrase], country: str | None
) -> Phrase | None:
    """Return the other state beside a verb that says nothing of whom it is aimed at."""
    if hit.cue.act is Act.ACCUSE:
        behind = range(hit.end, len(view.words))
        that = next((at for at in behind if view.low(at) == "that"), 0)
        if hit.cue.verb in JOINING:
            after = [p for p in after if that and p.at > that]  # one joins whom one blames not
        said = spoken_of(view, hit.end, len(view.words), country)
        serving = any(view.low(at) in SERVING for at in range(hit.end, len(view.words)))
        if hit.cue.verb == "allege" and not serving:
            after = [p for p in after if _doing(view, p)]
        return someone(unhit(view, after), country) or said
    if hit.cue.act is Act.RESPOND and view.low(0) in SUPPOSING:
        after = view.phrases  # `Should X insist, we will take measures`
    return someone(unhit(view, after), country)


def _doing(view: View, phrase: Phrase) -> bool:
    """Whether a party does something, or has something done: what is alleged of it."""
    before = view.low(phrase.at - 1)
    if before == "by":
        return True
    return before not in PREPOSITIONS and view.low(phrase.end) in AUXILIARY | DOING


def _pronoun(view: View, hit: cues.Hit) -> Phrase | None:
    """`blamed it`, `demanded that it`, `handed him a note`."""
    that = hit.end + 1 if view.low(hit.end) == "that" else hit.end
    for at in (that, hit.at + 1):
        if "obj" in hit.cue.target and view.low(at) in OBJECTS:
            return Phrase(at, at + 1, PhraseKind.PRONOUN, view.low(at))
    return None


def _object(view: View, hit: cues.Hit, after: list[Phrase]) -> Phrase | None:
    """Return the object of a verb, where it is somebody; else the first party behind it."""
    at = hit.at + 1 if hit.cue.rest[:1] == (None,) else hit.end
    at += view.low(at) == "that"
    while view.low(at) in ADVERBS - DETERMINERS or view.low(at).endswith("ly"):
        at += 1
    found = starting(view, at, hit.cue.act) if hit.cue.act in PERSONAL else None
    if found is None and view.low(at - 1) == "that" and several(view.low(at)):
        return Phrase(at, at + 1, PhraseKind.PERSON, view.low(at), plural=True, bare=True)
    if found is None and hit.cue.act is Act.RESPOND:
        stepped = starting(view, at, Act.OTHER)
        found = stepped if stepped is not None and stepped.head in PEOPLE else None
    if found is not None and not (found.bare and view.low(found.end) in hit.cue.target):
        return found
    further = (p for p in after if view.low(p.at - 1) in hit.cue.target)  # `blamed it on X`
    return next(further, after[0] if after else None)


def _behind(view: View, hit: cues.Hit, slot: str, after: list[Phrase]) -> Phrase | None:
    """Return whom a preposition names: `called on X`, `blamed it on X`."""
    found = next((p for p in after if view.low(p.at - 1) == slot), None)
    near = view.low(hit.end - 1) == slot or view.low(hit.end) == slot
    if found is not None or not near or hit.cue.act not in PERSONAL | {Act.SUPPORT}:
        return found
    return starting(view, hit.end + (view.low(hit.end) == slot), hit.cue.act)


def _accusing(view: View, at: int, country: str | None) -> Phrase | None:
    """Return whose accusation stands at this token: before it, or behind it after `by`, `of`."""
    for scan in range(at, max(-1, at - OWNED_WITHIN), -1):
        owner = view.ending.get(scan) if view.low(scan) == "'s" else view.ending.get(scan + 1)
        theirs = owner is not None and (view.low(scan) == "'s" or owner.possessor)
        if owner is not None and theirs and (owner.country is None or owner.country != country):
            return replace(owner, end=min(owner.end, at))
    for scan in range(at + 1, at + 1 + MADE_WITHIN):
        by = view.starting.get(scan + 1) if view.low(scan) in {"by", "of", "from"} else None
        if by is not None:
            return by if by.country is None or by.country != country else None
    return None


def unhit(view: View, inside: list[Phrase]) -> list[Phrase]:
    """Return the phrases but for those that are said to be hit: `an attack on X`, `against us`."""
    return [p for p in inside if not _hit(view, p)]


def _hit(view: View, phrase: Phrase) -> bool:
    before = {view.low(at) for at in range(phrase.at - 1 - STRUCK_WITHIN, phrase.at - 1)}
    threat = view.low(phrase.at - 1) == "against"
    return threat or (view.low(phrase.at - 1) in STRUCK and bool(before & NOUNS))


def _struck(view: View, hit: cues.Hit, phrase: Phrase) -> bool:
    """Whether a phrase names what was hit: `condemned the attack on the ministry`."""
    if view.low(phrase.at - 1) not in STRUCK:
        return False
    return any(view.low(at) in NOUNS for at in range(hit.end, phrase.at - 1))


def _laid_on(view: View, hit: cues.Hit, after: list[Phrase]) -> Phrase | None:
    """Return Y in `blamed the breach of X on Y`: what is blamed comes first, who did it behind."""
    for phrase in after:
        between = [view.low(at) for at in range(hit.end, phrase.at - 1)]
        if view.low(phrase.at - 1) == "on" and "for" not in between and set(between) & NOUNS:
            return phrase
    return None


def _same_clause(view: View, hit: cues.Hit, after: list[Phrase]) -> list[Phrase]:
    stop = len(view.words)
    for at in range(hit.end, len(view.words)):
        if view.words[at].text in {";", ":"}:
            stop = at
            break
        found = cues.find(view.words, at)
        if found and found.form is not Form.ING and view.low(at - 1) in {"and", "but", ","}:
            stop = at
            break
    return [p for p in after if p.end <= stop]
