"""Who is said to have done it: by words of guilt, by a deed, by a trace, in the passive.

Why: `China had bugged the building` and `the trail led to Minsk` accuse without a verb of accusing.
Trap: what is left open accuses nobody: `reports that X did it are being checked`, `whether X did`.
"""

from __future__ import annotations

from stopa.model.statement import Act
from stopa.statements.lexicon.accusing import NO_PROOF
from stopa.statements.lexicon.content import (
    DOING,
    RESPONSIBLE,
    STRONG_RESPONSIBLE,
    TRACED,
)
from stopa.statements.lexicon.deeds import NOUNS
from stopa.statements.lexicon.grammar import GROUP_HEADS
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    BE,
    HAVE,
    NEGATED_CONTRACTION,
    NEGATION,
    RELATIVES,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.somebody import placed
from stopa.statements.verdicts import Said
from stopa.statements.view import View

BLAMED = frozenset({PhraseKind.ACTOR, PhraseKind.INTRUDER})
TEXTS_OF = wordset("statement statements declaration declarations speech letter")
DID_IT = frozenset({"did it", "did this"})  # who did it stands before
# Who only hears of `reports that X did it` does not say so.
UNSETTLED = wordset(
    """reports report claims claim rumours rumors rumour suggestions suggestion speculation theory
    theories allegations allegation accusations accusation possibility idea notion hypothesis
    hints"""
)
EITHER_WAY = frozenset(
    {("confirm", "nor"), ("confirm", "or"), ("confirmed", "nor"), ("rule", "out")}
)
TOO_EARLY = frozenset(
    {("too", "early"), ("too", "soon"), ("not", "possible"), ("be", "premature"), ("a", "mistake")}
    | {("be", "irresponsible"), ("be", "wrong"), ("be", "unfair"), ("nobody", "believes")}
)
HELD = wordset("think believe believed conclude concluded confirm confirmed say know known claim")
BORNE_OUT = wordset("true correct right confirmed accurate")
OPENING = wordset("if whether asked")
MAYBE = wordset("might may would should must")
PLAINLY_NOT = frozenset({"not", "never", "nor", "neither"}) | NEGATED_CONTRACTION
NOBODY = wordset("no neither none nor nothing nobody")
DENIED_WITHIN = 3  # tokens before a word of guilt in which `not` denies it
ASKED_WHO = wordset("who whoever what whether if")  # `nobody doubts who was behind it`
DONE = wordset(
    """hit struck attacked hacked breached targeted stolen taken carried out conducted planted
    compromised infiltrated penetrated orchestrated committed perpetrated launched sent written
    bugged wiped encrypted copied disrupted sabotaged mounted staged entered defaced"""
)
# Done to whoever stands before `was` or behind the verb.
HITTING = wordset(
    """targeted targeting targets hit attacked attacking hacked hacking breached breaching
    compromised compromising infiltrated penetrated accessed struck spied robbed extorted
    defaced crippled"""
)
INFORMING = wordset("warned alerted told informed helped found discovered detected noticed first")
LOOKING = wordset(
    """stopped foiled thwarted repelled completed attributed assessed found concluded investigated
    determined detected identified discovered established analysed confirmed warned blamed
    accused"""
)
PASSIVE_WITHIN = 8  # words between `were` and `by`
LOOKING_WITHIN = 9  # words between a service and its verb
TRYING = wordset("tried sought attempted managed continued planned wanted conspired")
TO_DO = wordset(
    """hack break breach steal spy disrupt sabotage penetrate infiltrate compromise attack copy wipe
    destroy bug tap jam interfere influence undermine extort blackmail cripple sow"""
)
DID_AUXILIARY = AUXILIARY - {"be", "been", "is", "was", "were", "are"} - MAYBE
TRACE_WITHIN = 4  # tokens before `led to` in which `no` denies it
BEHIND_TRACE = 6  # tokens behind `led to` in which the one stands whom it led to
LIST_WITHIN = 30  # tokens of ages and towns between the accused and their deed
SERVICES = wordset("service agency unit group")
BESIDE = wordset("as like alongside against in on at for including")  # `just as X does`
SERVING = wordset("officers agents operatives spies members officer agent")
SINGLING = wordset("it this that")
BEHAVIOUR = wordset("behaviour behavior conduct state states use disclosure body authority")
INSERTION = 6  # tokens between commas that say who says it


def guilt(view: View, start: int, end: int) -> set[str]:
    """Return the words said but those of guilt that blame nobody: `responsible behaviour`."""
    found = {word.low for word in view.words[start:end]}
    spans = [i for i in range(start, end) if view.low(i) == "responsible"]
    if spans and all(view.low(i + 1) in BEHAVIOUR for i in spans):
        found.discard("responsible")
    mere = [i for i in range(start, end) if view.low(i) == "suspected"]
    if mere and not any(view.low(i - 1) in BE for i in mere):
        found.discard("suspected")  # `the suspected hackers`
    strong = [i for i in range(start, end) if view.low(i) in STRONG_RESPONSIBLE]
    if strong and all(view.low(view.back(i - 1)) in ASKED_WHO for i in strong):
        found -= STRONG_RESPONSIBLE
    return found


def asserted_from(view: View, start: int, end: int) -> int:
    """Return where what is asserted begins: behind an `if` or `whether` clause that opens it."""
    if view.low(start) not in OPENING:
        return start
    closed = (at + 1 for at in range(start + 1, end) if view.low(at) in {",", ":"})
    return next(closed, start)


def asserted_until(view: View, start: int, end: int) -> int:
    """Return the token in [start, end) from which on things are left open; else the end."""
    for at in range(start, end):
        low, following = view.low(at), view.low(at + 1)
        pair = (low, following)
        heard = low in UNSETTLED and following == "that"
        heard = heard and not view.low(at - 1).startswith("confirm")
        heard = heard and not any(view.low(scan) in BORNE_OUT for scan in range(at, end))
        unheld = low in HELD and view.low(at - 1) in PLAINLY_NOT | {"cannot"}
        if low in {"whether", "if"} or heard or unheld or pair in EITHER_WAY | TOO_EARLY:
            return at
    return end


def blamed_first(
    view: View,
    inside: list[Phrase],
    words: set[str],
    country: str | None,
    start: int,
    end: int,
) -> Said | None:
    """Return an accusation when an actor is named as behind it before any word of missing proof."""
    named = (p for p in inside if p.kind is PhraseKind.ACTOR or p.organ)
    culprit = next((p for p in named if not _suffered(view, p)), None)
    if culprit is None or not words & STRONG_RESPONSIBLE or culprit.country == country:
        return None
    before = " ".join(word.low for word in view.words[start : culprit.at])
    doubted = any(f" {phrase}" in f" {before} " for phrase in NO_PROOF)
    cleared = view.negated(culprit.end) or _exonerated(view, culprit)
    return None if doubted or cleared else Said(Act.ACCUSE, culprit, "said responsible")


def did(view: View, inside: list[Phrase], country: str | None) -> Said | None:
    """Return the state that is said to have done it: `China had bugged the building`."""
    for phrase in inside:
        at = _past_insertion(view, phrase.end)
        while view.low(at) in DID_AUXILIARY | ADVERBS and not _may_have(view, at):
            at += 1
        if view.low(at) in TRYING and view.low(at + 1) == "to":
            at += 2
        stood = at + (view.low(at) == "been")
        within = phrase.kind is PhraseKind.ACTOR and view.low(stood) in {"inside", "behind"}
        other = phrase.country is not None and phrase.country != country and not phrase.possessor
        group = phrase.head in GROUP_HEADS and phrase.name is not None  # `the X group stole`
        tried = view.low(at - 1) == "to" and view.low(at) in TO_DO
        doing = view.low(at) in DOING - {"sold"} or tried
        if within or ((other or group) and doing and not view.negated(at)):
            return Said(Act.ACCUSE, phrase, "said did")
    return None


def _may_have(view: View, at: int) -> bool:
    """Whether it is only possible that it was done: `could have hacked`; who `could read`, can."""
    return view.low(at) == "could" and view.low(at + 1) == "have"


def it_is(view: View, inside: list[Phrase], country: str | None) -> Said | None:
    """Return the state singled out: `It is X which spies on all of us`, `It was Moscow`."""
    for phrase in inside:
        at = phrase.at - 3 if view.low(phrase.at - 1) == "than" else phrase.at  # `none other than`
        serving = view.low(at - 1) in BE and phrase.organ and phrase.head in SERVING
        if serving and phrase.country != country and not view.negated(at):
            return Said(Act.ACCUSE, phrase, "said it is")  # `the four were GRU officers`
        singled = view.low(at - 1) in BE and view.low(at - 2) in SINGLING
        foreign = phrase.country and phrase.country != country
        last = phrase.end >= len(view.words) or not view.words[phrase.end].word
        which = view.low(phrase.end) in RELATIVES or (last and view.low(phrase.end) != ",")
        told = view.low(phrase.end + 1) in INFORMING  # `it was X that warned us`
        been = view.low(phrase.end + 1) in BE or view.low(phrase.end + 2) == "been"
        which = which and not told and not (been and _hit_behind(view, phrase.end))
        if singled and foreign and which and not view.negated(phrase.at):
            return Said(Act.ACCUSE, phrase, "said it is")
    return None


def done_by(view: View, start: int, end: int, country: str | None) -> Said | None:
    """Return by whom it is said to have been done: `was hit by hackers of the GRU`."""
    for at in range(start + 1, end):
        whom = view.starting.get(at + 1) if view.low(at) == "by" else None
        if whom is None or view.negated(at - 1) or not _did_it(view, whom, start, country):
            continue
        if whom.country or whom.name:
            own = whom.country is not None and whom.country == country
            return None if own else Said(Act.ACCUSE, whom, "said done by")
    return None


def _did_it(view: View, whom: Phrase, start: int, country: str | None) -> bool:
    """Whether the words before `by` tell an attack: by intruders, or by another state's people."""
    by = whom.at - 1
    if whom.kind in BLAMED or whom.organ:
        near = range(max(start, by - PASSIVE_WITHIN), by)
        return view.low(by - 1) in DONE or any(view.low(at) in BE for at in near)
    foreign = whom.country is not None and whom.country != country
    attack = foreign and any(view.low(at) in NOUNS for at in range(start, by))
    return attack and view.low(by - 1) in DONE


def traced(
    view: View, inside: list[Phrase], country: str | None, *, start: int, end: int
) -> Said | None:
    """Return to whom it is traced: `The trail led to Minsk`, `it was the work of X`."""
    low = " ".join(word.low for word in view.words[start:end])
    found = next((phrase for phrase in TRACED if phrase in low), None)
    if found is None:
        return None
    past = start + len(low[: low.index(found)].split()) + len(found.split()) - 1
    first = past - len(found.split()) + 1
    near = {view.low(at) for at in range(max(start, first - TRACE_WITHIN), first)}
    if near & (PLAINLY_NOT | {"no", "nothing"}) and "doubt" not in near:
        return None
    if found == "on behalf of" and {view.low(at) for at in range(start, past)} & TEXTS_OF:
        return None  # `the statement by X on behalf of the Union`
    behind = [p for p in inside if past <= p.at <= past + BEHIND_TRACE]
    sides = (inside,) if found in DID_IT else (behind, inside)
    named = (p for side in sides for p in side if p.kind is PhraseKind.ACTOR or p.organ)
    foreign = (p for side in sides for p in side if p.country and p.country != country)
    whom = next(named, None) or next(foreign, None)
    if whom is None and "hallmark" in low:
        whom = next((p for p in reversed(inside) if p.kind is PhraseKind.NAME), None)
    return Said(Act.ACCUSE, whom, "said traced") if whom is not None else None


def charged(view: View, start: int, end: int) -> Said | None:
    """Return the person of whom prosecutors tell a deed: `X directed the operation`."""
    for phrase in view.phrases:
        person = phrase.kind in {PhraseKind.NAME, PhraseKind.PERSON} and start <= phrase.at < end
        if person and _does(view, phrase.end, end):
            return Said(Act.ACCUSE, phrase, "said did")
    return None


def blamed(view: View, inside: list[Phrase], words: set[str], country: str | None) -> Said | None:
    """Return who is named beside a word of guilt, unless the words behind clear them."""
    culprits = [
        p
        for p in inside
        if not _exonerated(view, p)
        and not _suffered(view, p)
        and not _looks_into_it(view, p)
        and (
            p.kind in BLAMED
            or p.organ
            or (
                p.country
                and p.country != country
                and words & STRONG_RESPONSIBLE
                and not (p.kind is PhraseKind.PERSON and view.low(p.at - 1) == "with")
                and view.low(p.at - 1) not in BESIDE
            )
            or (p.head in SERVICES and (p.country != country or placed(view, p).country))
        )
    ]
    if not culprits or not words & RESPONSIBLE or _not_guilty(view, culprits):
        return None
    best = next((p for p in culprits if p.kind is PhraseKind.ACTOR), None)
    placed_ = [placed(view, p) for p in culprits]
    foreign = [p for p in placed_ if p.country and p.country != country]
    intruders = [p for p in foreign if p.kind in BLAMED]  # rather than who looked into the case
    services = [p for p in foreign if p.organ or p.head in SERVICES]  # rather than a state beside
    best = best or (intruders or services or foreign or culprits)[0]
    return Said(Act.ACCUSE, best, "said responsible")


def _does(view: View, at: int, end: int) -> bool:
    """Whether a deed follows a name, past what stands between commas: `X, 31, of Y, stole`."""
    if view.low(at) != ",":
        return view.low(at) in DOING | RESPONSIBLE
    near = range(at, min(end, at + LIST_WITHIN))
    return any(view.low(scan) in DOING | {"gained"} for scan in near)


def _past_insertion(view: View, at: int) -> int:
    """`Russia, Norway believes, ordered it`: the verb stands behind the second comma."""
    if view.low(at) != ",":
        return at
    ends = (scan for scan in range(at + 2, at + INSERTION + 2) if view.low(scan) == ",")
    return next((end + 1 for end in ends), at)


def _looks_into_it(view: View, phrase: Phrase) -> bool:
    """Whether a service does what those do who investigate: `The GCSB completed an assessment`."""
    by = next((at for at in (phrase.at - 1, phrase.at - 2) if view.low(at) == "by"), 0)
    if view.low(by - 1) in LOOKING and (phrase.organ or phrase.head in SERVICES):
        return True  # `stopped by the service`
    near = range(phrase.end, phrase.end + LOOKING_WITHIN)
    return phrase.organ and any(view.low(at) in LOOKING for at in near)


def _not_guilty(view: View, culprits: list[Phrase]) -> bool:
    """Whether each word of guilt near the named is denied: `X did not steal the money`."""
    first, last = culprits[0].at, max(p.end for p in culprits)
    guilty = [at for at in range(max(0, first - 8), last + 8) if view.low(at) in RESPONSIBLE]
    return bool(guilty) and all(
        any(view.low(near) in PLAINLY_NOT for near in range(at - DENIED_WITHIN, at))
        for at in guilty
    )


def _suffered(view: View, phrase: Phrase) -> bool:
    """Whether it was done to a party: `X had been targeted`, `hackers targeted X`."""
    at = phrase.end
    while view.low(at) in HAVE | ADVERBS:
        at += 1
    done_to = view.low(at) in BE and view.low(at + 1 + (view.low(at + 1) == "being")) in HITTING
    done_to = done_to or (view.low(at) in BE and view.low(at + 1) in ADVERBS | {"been"})
    hit = view.low(phrase.at - 1) in HITTING - {"by"} or view.low(phrase.at - 1) == "against"
    return hit or (done_to and _hit_behind(view, at))


def _hit_behind(view: View, at: int) -> bool:
    near = range(at + 1, at + 4)
    return any(view.low(scan) in HITTING for scan in near)


def _exonerated(view: View, phrase: Phrase) -> bool:
    """Whether the words behind a party clear it: `X was not behind it`."""
    at = phrase.end
    named = view.low(phrase.at) in NOBODY or view.low(phrase.at - 1) in NOBODY
    near = range(phrase.at - DENIED_WITHIN - 1, phrase.at)
    named = named or any(view.low(i) in NOBODY and view.low(i + 1) in GROUP_HEADS for i in near)
    return (
        named
        or view.low(at) in NEGATED_CONTRACTION
        or (view.low(at) in BE | HAVE and view.low(at + 1) in NEGATION)
    )
