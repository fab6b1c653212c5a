"""Whom an act is aimed at: the object of its verb, or what its preposition names.

Trap: another verb behind `and` begins a clause of its own, whose objects are not aimed at.
"""

from __future__ import annotations

from stopa.model.statement import Act
from stopa.statements import cues
from stopa.statements.lexicon.grammar import GROUP_HEADS
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.view import View

OBJECTS = wordset("it them him her")
NAMED_WITHIN = 6  # words between `the group` and its name
NAMED_BY = wordset("as , : ( called dubbed named")


def target(view: View, hit: cues.Hit, country: str | None) -> Phrase | None:
    """Return whom the act of this cue is aimed at: by its name, where one is given to it."""
    found = _aimed(view, hit, country)
    if found is None or hit.cue.act is not Act.ACCUSE or found.kind is PhraseKind.ACTOR:
        return found
    return _called(view, found) or found


def _called(view: View, group: Phrase) -> Phrase | None:
    """Return the name given to a group: `the group as X`, `a second group as well, X`."""
    unnamed = group.bare and (group.kind is PhraseKind.INTRUDER or group.head in GROUP_HEADS)
    if not unnamed:
        return None
    for phrase in view.phrases:
        near = group.end <= phrase.at <= group.end + NAMED_WITHIN
        if near and phrase.kind is PhraseKind.ACTOR:
            return phrase if view.low(phrase.at - 1) in NAMED_BY else None
    return None


def _aimed(view: View, hit: cues.Hit, country: str | None) -> Phrase | None:
    that = hit.end + 1 if view.low(hit.end) == "that" else hit.end
    for at in (that, hit.at + 1):  # `blamed it`, `demanded that it`, `handed him a note`
        if "obj" in hit.cue.target and view.low(at) in OBJECTS:
            return Phrase(at, at + 1, PhraseKind.PRONOUN, view.low(at))
    after = [p for p in view.phrases if p.at > hit.at and p.kind is not PhraseKind.PRONOUN]
    after = _same_clause(view, hit, after)
    wanted = hit.cue.target
    for preposition in wanted:
        if preposition == "obj":
            if after:
                return after[0]
            continue
        for phrase in after:
            if view.low(phrase.at - 1) == preposition:
                return phrase
    if hit.cue.act is Act.DENY:
        return someone([p for p in view.phrases if p.at > hit.at], country)
    if wanted == ("none",):
        return someone(after, country)
    return after[0] if after and wanted else None


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


def someone(inside: list[Phrase], country: str | None) -> Phrase | None:
    """Return the first phrase of another country, an actor before others."""
    actors = [p for p in inside if p.kind is PhraseKind.ACTOR]
    others = [p for p in inside if p.country and p.country != country]
    others.sort(key=lambda p: p.possessor)
    return next(iter([*actors, *others]), None)
