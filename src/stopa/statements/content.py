"""Which act a plain `said` performs, judged by what is said.

Why: `Beijing must stop`, she said, is a demand; `the group was behind it`, he said, an accusation.
Trap: a hedge does not change the act, and a condemnation may stand inside the quotation.
"""

from __future__ import annotations

from dataclasses import dataclass

from stopa.model.statement import Act
from stopa.statements import cues
from stopa.statements.lexicon.accusing import NO_PROOF, UNFOUNDED
from stopa.statements.lexicon.content import (
    DIRECTIVE,
    DIRECTIVE_PHRASES,
    DOING,
    FINDINGS,
    FIRST,
    FOUND,
    INTENT,
    MENDED,
    RESPONSIBLE,
    STRONG_RESPONSIBLE,
    TRACED,
    UNTOLERATED,
    WORRY,
)
from stopa.statements.lexicon.grammar import GROUP_HEADS
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.judging import WRONG
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    DETERMINERS,
    HAVE,
    PREPOSITIONS,
    QUOTATIVE_FORMS,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.view import View

BLAMED = frozenset({PhraseKind.ACTOR, PhraseKind.INTRUDER})
PERFORMED = frozenset(
    {Act.ACCUSE, Act.CONDEMN, Act.CALL_ON, Act.CONCERN, Act.SUPPORT, Act.DENY, Act.DETECT}
)
OWNING = wordset("his her our their its the")  # `his country stands with`, `the alliance backs`
OWN_BODIES = wordset("country nation government alliance bloc union ministry agency party")
OBJECTS = wordset("it them him her")
BEHAVIOUR = wordset("behaviour behavior conduct state states use disclosure body authority")
WILLING = wordset("will would had has have was is were are")
NAMED_WITHIN = 6  # words between `the group` and its name
NAMED_BY = wordset("as , : ( called dubbed named")
INSERTION = 6  # tokens between commas that say who says it
COUNTERFEIT = wordset("fake false bogus fabricated fictitious invented mistake wrong")
# What is counterfeit of these is a tool of the crime, and no word on an accusation.
LURES = wordset(
    """job offer page site web account invoice profile mail e-mail email login log-in sign-in app
    document name identit compan persona flag coffee update alarm invitation number address domain
    relay hand"""
)
SHORT = 6  # words: a quoted verdict ("absolutely intolerable") rather than a sentence


@dataclass(frozen=True, slots=True)
class Said:
    """The act that a content performs, whom it concerns, and the rule that says so."""

    act: Act
    target: Phrase | None
    rule: str


def judge(view: View, start: int, end: int, *, country: str | None) -> Said:
    """Return what the tokens [start, end) do when somebody of that country says them."""
    low = " ".join(word.low for word in view.words[start:end])
    words = _words(view, start, end)
    inside = [p for p in view.phrases if start <= p.at and p.end <= end]
    return (
        _performed(view, start, end, country)
        or _blamed_first(view, inside, words, country, start, end)
        or _unfounded(view, low, words, inside, country)
        or _untolerated(low, inside, country)
        or _directive(view, low, start, end)
        or _intended(view, start, end, _someone(inside, country))
        or _blamed(view, inside, words, country)
        or _did(view, inside, country)
        or _traced(low, inside, country)
        or _worried(words)
        or _wrong(view, words, inside, country, end - start)
        or _happened(view, low, words, start, end)
        or Said(Act.OTHER, _someone(inside, country), "other")
    )


def _did(view: View, inside: list[Phrase], country: str | None) -> Said | None:
    """Return the state that is said to have done it: `China had bugged the building`."""
    for phrase in inside:
        at = _past_insertion(view, phrase.end)
        while view.low(at) in AUXILIARY - {"be", "been", "is", "was", "were", "are"} | ADVERBS:
            at += 1
        foreign = phrase.country and phrase.country != country and not phrase.possessor
        if foreign and view.low(at) in DOING and not view.negated(at):
            return Said(Act.ACCUSE, phrase, "said did")
    return None


def _past_insertion(view: View, at: int) -> int:
    """`Russia, Norway believes, ordered it`: the verb stands behind the second comma."""
    if view.low(at) != ",":
        return at
    ends = (scan for scan in range(at + 2, at + INSERTION + 2) if view.low(scan) == ",")
    return next((end + 1 for end in ends), at)


def _traced(low: str, inside: list[Phrase], country: str | None) -> Said | None:
    """Return to whom it is traced: `The trail led to Minsk`, `it was the work of X`."""
    whom = next((p for p in inside if p.kind is PhraseKind.ACTOR or p.organ), None)
    whom = whom or next((p for p in inside if p.country and p.country != country), None)
    if whom is None or not any(phrase in low for phrase in TRACED):
        return None
    return Said(Act.ACCUSE, whom, "said traced")


def _happened(view: View, low: str, words: set[str], start: int, end: int) -> Said | None:
    """Return what is told in the passive: `Traces were found`, `all systems were restored`."""
    if words & FINDINGS and any(phrase in low for phrase in FOUND):
        return Said(Act.DETECT, None, "said found")
    for at in range(start + 1, end):
        if view.low(at) == "summoned" and view.low(at - 1) in {"been", "was", "were"}:
            return Said(Act.SUMMON, None, "said summoned")
        if view.low(at) in MENDED and view.low(at - 1) in {"been", "were", "was"}:
            return Said(Act.RESPOND, None, "said mended")
    return None


def _words(view: View, start: int, end: int) -> set[str]:
    """Return the words said; `responsible behaviour` blames nobody."""
    found = {word.low for word in view.words[start:end]}
    spans = [i for i in range(start, end) if view.low(i) == "responsible"]
    if spans and all(view.low(i + 1) in BEHAVIOUR for i in spans):
        found.discard("responsible")
    return found


def _performed(view: View, start: int, end: int, country: str | None) -> Said | None:
    """`We condemn`, or `the United States condemns` in the mouth of an American official."""
    for at in range(start, end):
        hit = cues.find(view.words, at)
        if hit is None or hit.cue.act not in PERFORMED:
            continue
        if hit.form not in {Form.BASE, Form.THIRD} and not _himself(view, at):
            continue
        if hit.cue.verb == "be" and hit.cue.act is Act.CONCERN and not _own(view, at, country):
            continue
        if view.low(at - 1) in DETERMINERS | PREPOSITIONS | {"to", "'s"} or view.negated(at):
            continue
        if _own(view, at, country):
            return Said(hit.cue.act, target(view, hit, country), f"said {hit.cue.label}")
    return None


def _himself(view: View, at: int) -> bool:
    """`said it condemned`: the pronoun directly before is the one who speaks."""
    before = at - 2 if view.low(at - 1) in HAVE else at - 1
    return view.low(before) in FIRST | {"it", "they", "he", "she"}


def _own(view: View, at: int, country: str | None) -> bool:
    """Whether the subject of the verb is the one who speaks."""
    for back in range(at - 1, max(-1, at - 5), -1):
        low = view.low(back)
        if low in FIRST or (low in {"it", "they", "he", "she"} and view.quoted[back] < 0):
            return True
        if low in OWN_BODIES and view.low(back - 1) in OWNING:
            return True
        phrase = view.ending.get(back + 1)
        if phrase is not None:
            return phrase.kind in {PhraseKind.PLACE, PhraseKind.BODY} and (
                phrase.country is not None and phrase.country == country
            )
        if not (
            low.endswith("ly")
            or low in {"also", "do", "will", "have", "had", "has", "are", "am", '"', "“"}
        ):
            return False
    return False


def _blamed_first(
    view: View,
    inside: list[Phrase],
    words: set[str],
    country: str | None,
    start: int,
    end: int,
) -> Said | None:
    """Return an accusation when an actor is named as behind it before any word of missing proof."""
    culprit = next((p for p in inside if p.kind is PhraseKind.ACTOR or p.organ), None)
    if culprit is None or not words & STRONG_RESPONSIBLE or culprit.country == country:
        return None
    before = " ".join(word.low for word in view.words[start : culprit.at])
    doubted = any(phrase in before for phrase in NO_PROOF) or view.negated(culprit.end)
    return None if doubted else Said(Act.ACCUSE, culprit, "said responsible")


def _unfounded(
    view: View, low: str, words: set[str], inside: list[Phrase], country: str | None
) -> Said | None:
    low = low.replace("there was no doubt", "").replace("there is no doubt", "")
    waved = "not" not in words and _waved_away(low, words)
    if waved or any(phrase in low for phrase in NO_PROOF):
        return Said(Act.DENY, _someone(inside, country), "said unfounded")
    return None


def _waved_away(low: str, words: set[str]) -> bool:
    """Whether a word calls it unfounded; a fake page and a false name are tools of the crime."""
    found = words & UNFOUNDED
    if found - COUNTERFEIT:
        return True
    return bool(found) and not any(f"{word} {thing}" in low for word in found for thing in LURES)


def _untolerated(low: str, inside: list[Phrase], country: str | None) -> Said | None:
    found = any(phrase in low for phrase in UNTOLERATED)
    return Said(Act.OTHER, _someone(inside, country), "said not tolerated") if found else None


def _directive(view: View, low: str, start: int, end: int) -> Said | None:
    for at in range(start, end):
        deplored = view.low(at + 1) == "have" or view.low(start) in {"no", "nobody"}
        if view.low(at) in DIRECTIVE and view.low(at - 1) not in FIRST and not deplored:
            phrase = _last_before(view, at, start)
            return Said(Act.CALL_ON, phrase, "said must")
    if any(phrase in low for phrase in DIRECTIVE_PHRASES) and "we " not in low:
        return Said(Act.CALL_ON, None, "said has to")
    return None


def _last_before(view: View, at: int, start: int) -> Phrase | None:
    before = [p for p in view.phrases if start <= p.at and p.end <= at]
    before = [p for p in before if view.low(p.end) not in QUOTATIVE_FORMS] or before
    return before[-1] if before else None


def _intended(view: View, start: int, end: int, whom: Phrase | None) -> Said | None:
    """`We will publish`, `it would spend`, `it had expelled`: steps of one's own."""
    for at in range(start, min(end, start + 12)):
        if view.low(at) in FIRST and view.low(at + 1) in INTENT | {"'ll"}:
            return Said(Act.RESPOND, whom, "said will")
        if view.low(at) in FIRST and view.low(at + 2) in INTENT:
            return Said(Act.RESPOND, whom, "said determined")
    for at in range(start, end):
        hit = cues.find(view.words, at)
        if hit is None or hit.cue.act is not Act.RESPOND or hit.form is Form.THIRD:
            continue
        if view.low(at - 1) in WILLING and _stepping(view, at):
            return Said(Act.RESPOND, whom, f"said {hit.cue.label}")
    return None


def _stepping(view: View, at: int) -> bool:
    """Whether the subject of an announced step is a pronoun or a state: `it would expel`."""
    low = view.low(at - 2)
    if low in {"it", "they", "he", "she", "we", "i"}:
        return True
    phrase = view.ending.get(at - 1)
    return phrase is not None and phrase.kind is PhraseKind.PLACE


def _blamed(view: View, inside: list[Phrase], words: set[str], country: str | None) -> Said | None:
    culprits = [
        p
        for p in inside
        if p.kind in BLAMED
        or p.organ
        or (p.country and p.country != country and words & STRONG_RESPONSIBLE)
        or (p.head in {"service", "agency", "unit"} and p.country != country)
    ]
    if not culprits or not words & RESPONSIBLE:
        return None
    best = next((p for p in culprits if p.kind is PhraseKind.ACTOR), None)
    foreign = [p for p in [*culprits, *inside] if p.country and p.country != country]
    best = best or (foreign or culprits)[0]
    return Said(Act.ACCUSE, best, "said responsible")


def _worried(words: set[str]) -> Said | None:
    return Said(Act.CONCERN, None, "said worry") if words & WORRY else None


def _wrong(
    view: View, words: set[str], inside: list[Phrase], country: str | None, length: int
) -> Said | None:
    strong = words & (WRONG - {"attack", "threat", "hostile", "criminal", "malicious"})
    verdict = view.quoted and max(view.quoted) >= 0
    verdict = verdict or bool(words & {"is", "was", "are", "were"})
    if strong or (length <= SHORT and words & WRONG and verdict):
        return Said(Act.CONDEMN, _someone(inside, country), "said wrong")
    return None


def _someone(inside: list[Phrase], country: str | None) -> Phrase | None:
    """Return the first phrase of another country, an actor before others."""
    actors = [p for p in inside if p.kind is PhraseKind.ACTOR]
    others = [p for p in inside if p.country and p.country != country]
    others.sort(key=lambda p: p.possessor)
    return next(iter([*actors, *others]), None)


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
    if "obj" in hit.cue.target and view.low(hit.end) in OBJECTS:
        return Phrase(hit.end, hit.end + 1, PhraseKind.PRONOUN, view.low(hit.end))
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
        return _someone([p for p in view.phrases if p.at > hit.at], country)
    if wanted == ("none",):
        return _someone(after, country)
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
