"""Which act a plain `said` performs, judged by what is said.

Why: `Beijing must stop`, she said, is a demand; `the group was behind it`, he said, an accusation.
Trap: a hedge does not change the act, and a condemnation may stand inside the quotation.
"""

from __future__ import annotations

from stopa.model.statement import Act
from stopa.statements import cues, verdicts
from stopa.statements.aims import accuser, obliged, someone, target, unhit
from stopa.statements.lexicon.accusing import ANY_PART, NO_PROOF, UNFOUNDED
from stopa.statements.lexicon.content import (
    DIRECTIVE,
    DIRECTIVE_PHRASES,
    DOING,
    FINDINGS,
    FIRST,
    FOUND,
    INTENT,
    MENDED,
    OBLIGED,
    RESPONSIBLE,
    STRONG_RESPONSIBLE,
    TRACED,
)
from stopa.statements.lexicon.grammar import GROUP_HEADS
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    BE,
    DETERMINERS,
    HAVE,
    NEGATED_CONTRACTION,
    NEGATION,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.verdicts import Said
from stopa.statements.view import View

BLAMED = frozenset({PhraseKind.ACTOR, PhraseKind.INTRUDER})
PERFORMED = frozenset(
    {Act.ACCUSE, Act.CONDEMN, Act.CALL_ON, Act.CONCERN, Act.SUPPORT, Act.DENY, Act.DETECT}
)
TEXTS_OF = wordset("statement statements declaration declarations speech letter")
BEHIND_TRACE = 6  # tokens behind `led to` in which the one stands whom it led to
LIST_WITHIN = 30  # tokens of ages and towns between the accused and their deed
SINGLING = wordset("it this that")
UNDEMANDED = wordset("ashamed able noted clear said seen proud glad grateful possible enough")
STEPS = frozenset({Act.RESPOND, Act.SUMMON})
HOUSES = wordset(
    """company firm ministry agency bank hospital port authority office department university"""
)
OWNING = wordset("his her our their its the")  # `his country stands with`, `the alliance backs`
MEMBERS = wordset("allies members")  # in whose name a union's officer speaks
UNIONS = frozenset({"IGO", "EUR"})
OWN_BODIES = wordset(
    """country nation government alliance bloc union ministry agency party staff team engineers
    experts specialists technicians people investigators analysts researchers delegation office
    company department embassy mission side"""
)
BEHAVIOUR = wordset("behaviour behavior conduct state states use disclosure body authority")
WILLING = wordset("will would had has have was is were are")
INSERTION = 6  # tokens between commas that say who says it
COUNTERFEIT = wordset("fake false bogus fabricated fictitious invented mistake wrong")
# What is counterfeit of these is a tool of the crime, and no word on an accusation.
LURES = wordset(
    """job offer page site web account invoice profile mail e-mail email login log-in sign-in app
    document name identit compan persona flag coffee update alarm invitation number address domain
    relay hand"""
)
LATER = wordset("will would 'll shall did should")
GENERIC = wordset("a an")
SUBJECT_WITHIN = 5  # words before a modal in which its subject opens


def judge(view: View, start: int, end: int, *, country: str | None) -> Said:
    """Return what the tokens [start, end) do when somebody of that country says them."""
    low = " ".join(word.low for word in view.words[start:end])
    words = _words(view, start, end)
    inside = [p for p in view.phrases if start <= p.at and p.end <= end]
    whom = someone(unhit(view, inside), country)
    return (
        _performed(view, start, end, country)
        or _blamed_first(view, inside, words, country, start, end)
        or _unfounded(view, (start, end), words, country)
        or verdicts.untolerated(low, whom)
        or _directive(view, low, start, end, whom)
        or _intended(view, start, end, whom, country)
        or _blamed(view, inside, words, country)
        or _did(view, inside, country)
        or _it_is(view, inside, country)
        or traced(view, inside, country, start=start, end=end)
        or verdicts.worried(view, start, end)
        or verdicts.wrong(view, start, end, whom)
        or _happened(view, low, words, start, end)
        or Said(Act.OTHER, whom, "other")
    )


def _did(view: View, inside: list[Phrase], country: str | None) -> Said | None:
    """Return the state that is said to have done it: `China had bugged the building`."""
    for phrase in inside:
        at = _past_insertion(view, phrase.end)
        while view.low(at) in AUXILIARY - {"be", "been", "is", "was", "were", "are"} | ADVERBS:
            at += 1
        within = phrase.kind is PhraseKind.ACTOR and view.low(at) in {"inside", "behind"}
        other = phrase.country is not None and phrase.country != country and not phrase.possessor
        group = phrase.head in GROUP_HEADS and phrase.name is not None  # `the X group stole`
        if within or ((other or group) and view.low(at) in DOING and not view.negated(at)):
            return Said(Act.ACCUSE, phrase, "said did")
    return None


def _it_is(view: View, inside: list[Phrase], country: str | None) -> Said | None:
    """Return the state singled out: `It is X which spies on all of us`, `It was Moscow`."""
    for phrase in inside:
        at = phrase.at - 3 if view.low(phrase.at - 1) == "than" else phrase.at  # `none other than`
        singled = view.low(at - 1) in BE and view.low(at - 2) in SINGLING
        foreign = phrase.country and phrase.country != country
        last = phrase.end >= len(view.words) or not view.words[phrase.end].word
        which = view.low(phrase.end) in RELATIVES or (last and view.low(phrase.end) != ",")
        if singled and foreign and which and not view.negated(phrase.at):
            return Said(Act.ACCUSE, phrase, "said it is")
    return None


def charged(view: View, start: int, end: int) -> Said | None:
    """Return the person of whom prosecutors tell a deed: `X directed the operation`."""
    for phrase in view.phrases:
        person = phrase.kind in {PhraseKind.NAME, PhraseKind.PERSON} and start <= phrase.at < end
        if person and _does(view, phrase.end, end):
            return Said(Act.ACCUSE, phrase, "said did")
    return None


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


def traced(
    view: View, inside: list[Phrase], country: str | None, *, start: int, end: int
) -> Said | None:
    """Return to whom it is traced: `The trail led to Minsk`, `it was the work of X`."""
    low = " ".join(word.low for word in view.words[start:end])
    found = next((phrase for phrase in TRACED if phrase in low), None)
    if found is None:
        return None
    past = start + len(low[: low.index(found)].split()) + len(found.split()) - 1
    if found == "on behalf of" and {view.low(at) for at in range(start, past)} & TEXTS_OF:
        return None  # `the statement by X on behalf of the Union`
    sides = ([p for p in inside if past <= p.at <= past + BEHIND_TRACE], inside)
    named = (p for side in sides for p in side if p.kind is PhraseKind.ACTOR or p.organ)
    foreign = (p for side in sides for p in side if p.country and p.country != country)
    whom = next(named, None) or next(foreign, None)
    if whom is None and "hallmark" in low:
        whom = next((p for p in reversed(inside) if p.kind is PhraseKind.NAME), None)
    return Said(Act.ACCUSE, whom, "said traced") if whom is not None else None


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
        if hit.cue.verb == "be" and hit.cue.act is Act.CONCERN and not _own(view, at, country):
            continue
        if view.low(at - 1) in DETERMINERS | PREPOSITIONS | {"to", "'s"} or view.negated(at):
            continue
        if _own(view, at, country):
            return Said(hit.cue.act, target(view, hit, country), f"said {hit.cue.label}")
    return None


def _own(view: View, at: int, country: str | None) -> bool:
    """Whether the subject of the verb is the one who speaks."""
    for back in range(at - 1, max(-1, at - 5), -1):
        low = view.low(back)
        if low in FIRST or (low in {"it", "they", "he", "she"} and view.quoted[back] < 0):
            return True
        if low in OWN_BODIES and view.low(back - 1) in OWNING:
            return True
        if low in MEMBERS and country in UNIONS:
            return True
        phrase = view.ending.get(back + 1)
        if phrase is not None:
            return phrase.kind in {PhraseKind.PLACE, PhraseKind.BODY} and (
                phrase.country is not None and phrase.country == country
            )
        if not (
            low.endswith("ly")
            or low in ADVERBS | HAVE
            or low in {"do", "will", "are", "am", '"', "“"}
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
    view: View, span: tuple[int, int], words: set[str], country: str | None
) -> Said | None:
    low = " ".join(word.low for word in view.words[span[0] : span[1]])
    low = low.replace("there was no doubt", "").replace("there is no doubt", "")
    waved = "not" not in words and _waved_away(low, words)
    none = bool(words & (NEGATION | {"nor"})) and any(phrase in low for phrase in ANY_PART)
    if waved or none or _did_not(low) or verdicts.without_proof(low):
        turn = next((at for at in range(*span) if view.low(at) == "but"), None)
        behind = judge(view, turn + 1, span[1], country=country) if turn else None
        if behind is not None and behind.act is Act.ACCUSE:
            return behind
        return Said(Act.DENY, accuser(view, *span, country), "said unfounded")
    return None


def _did_not(low: str) -> bool:
    """Tell a denial of two words: `Russia says it did not`."""
    words = [word for word in low.split() if word[0].isalpha()]
    if len(words) not in {2, 3} or words[0] not in SUBJECT_PRONOUNS:
        return False
    return words[1] in NEGATED_CONTRACTION or (words[1] in AUXILIARY and words[2:] == ["not"])


def _waved_away(low: str, words: set[str]) -> bool:
    """Whether a word calls it unfounded; a fake page and a false name are tools of the crime."""
    found = words & UNFOUNDED
    if found - COUNTERFEIT:
        return True
    return bool(found) and not any(f"{word} {thing}" in low for word in found for thing in LURES)


def _directive(view: View, low: str, start: int, end: int, whom: Phrase | None) -> Said | None:
    for at in range(start, end):
        if demands(view, at, start) and view.low(at - 1) not in FIRST:
            return Said(Act.CALL_ON, obliged(view, at, start), "said must")
    if any(phrase in low for phrase in DIRECTIVE_PHRASES) and "we " not in low:
        return Said(Act.CALL_ON, whom, "said has to")
    return None


def demands(view: View, at: int, start: int) -> bool:
    """Whether a modal tells somebody what to do: no regret, no question, no general truth."""
    if view.low(at) in OBLIGED and view.low(at + 1) == "to":
        passive = view.low(at) == "had" and view.low(at + 2) == "be"
        return view.low(at - 1) not in LATER | FIRST and not passive
    if view.low(at) not in DIRECTIVE or view.low(at + 1) == "have":
        return False
    if view.low(at + 1) == "be" and view.low(at + 2) in UNDEMANDED:
        return False
    before = [view.low(scan) for scan in range(max(start, at - SUBJECT_WITHIN), at)]
    if "whether" in before or "whoever" in before:
        return False
    return not (view.low(at + 1) in NEGATION and set(before) & GENERIC)


def _intended(
    view: View, start: int, end: int, whom: Phrase | None, country: str | None
) -> Said | None:
    """`We will publish`, `it would spend`, `it had expelled`: steps of one's own."""
    for at in range(start, min(end, start + 12)):
        if view.low(at) in FIRST and view.low(at + 1) in INTENT | {"'ll"}:
            return Said(Act.RESPOND, whom, "said will")
        if view.low(at) in FIRST and view.low(at + 2) in INTENT:
            return Said(Act.RESPOND, whom, "said determined")
    for phrase in view.phrases:
        ours = phrase.country and phrase.country == country and not phrase.possessor
        ours = ours or _own_house(view, phrase)
        if ours and start <= phrase.at < end and view.low(phrase.end) in {"will", "would"}:
            return Said(Act.RESPOND, whom, "said will")
    for at in range(start, end):
        hit = cues.find(view.words, at)
        if hit is None or hit.cue.act not in STEPS or hit.form is Form.THIRD:
            continue
        if view.low(at - 1) in WILLING and _stepping(view, at):
            aimed = target(view, hit, None) if hit.cue.act is Act.SUMMON else whom
            return Said(hit.cue.act, aimed, f"said {hit.cue.label}")
    return None


def _own_house(view: View, phrase: Phrase) -> bool:
    """Whether it is the house of the one who speaks: `said the company would replace it`."""
    definite = view.low(phrase.at) in OWNING and phrase.end - phrase.at == len({"the", "house"})
    return definite and phrase.bare and phrase.kind is PhraseKind.BODY and phrase.head in HOUSES


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
        if not _exonerated(view, p)
        and (
            p.kind in BLAMED
            or p.organ
            or (
                p.country
                and p.country != country
                and words & STRONG_RESPONSIBLE
                and not (p.kind is PhraseKind.PERSON and view.low(p.at - 1) == "with")
            )
            or (p.head in {"service", "agency", "unit"} and p.country != country)
        )
    ]
    if not culprits or not words & RESPONSIBLE:
        return None
    best = next((p for p in culprits if p.kind is PhraseKind.ACTOR), None)
    foreign = [p for p in [*culprits, *inside] if p.country and p.country != country]
    best = best or (foreign or culprits)[0]
    return Said(Act.ACCUSE, best, "said responsible")


def _exonerated(view: View, phrase: Phrase) -> bool:
    """Whether the words behind a party clear it: `X was not behind it`."""
    at = phrase.end
    return view.low(at) in NEGATED_CONTRACTION or (
        view.low(at) in BE | HAVE and view.low(at + 1) in NEGATION
    )
