"""Which act a plain `said` performs, judged by what is said.

Why: `Beijing must stop`, she said, is a demand; `the group was behind it`, he said, an accusation.
Trap: a hedge does not change the act, and a condemnation may stand inside the quotation.
"""

from __future__ import annotations

from stopa.model.statement import Act
from stopa.statements import blaming, cues, verdicts
from stopa.statements.aims import accuser, obliged, someone, target, undergoing, unhit
from stopa.statements.lexicon.accusing import ANY_PART, UNFOUNDED
from stopa.statements.lexicon.content import (
    DIRECTIVE,
    DIRECTIVE_PHRASES,
    FINDINGS,
    FIRST,
    FOUND,
    INTENT,
    MENDED,
    OBLIGED,
    WORRY,
)
from stopa.statements.lexicon.deeds import NOUNS
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.judging import WRONG
from stopa.statements.lexicon.offices import OWN_BODIES, OWNING
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    BE,
    DETERMINERS,
    HAVE,
    NEGATED_CONTRACTION,
    NEGATION,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.somebody import spoken_of, trusted
from stopa.statements.verdicts import Said
from stopa.statements.view import View

PERFORMED = frozenset(
    {Act.ACCUSE, Act.CONDEMN, Act.CALL_ON, Act.CONCERN, Act.SUPPORT, Act.DENY, Act.DETECT}
)
UNDEMANDED = wordset("ashamed able noted clear said seen proud glad grateful possible enough")
STEPS = frozenset({Act.RESPOND, Act.SUMMON})
HOUSES = wordset(
    """company firm ministry agency bank hospital port authority office department university"""
)
MEMBERS = wordset("allies members")  # in whose name a union's officer speaks
UNIONS = frozenset({"IGO", "EUR"})
LONGEST = 90  # tokens of what is said: a sentence without end is judged by its beginning
WILLING = wordset("will would had has have was is were are")
COUNTERFEIT = wordset("fake false bogus fabricated fictitious invented mistake wrong")
# What is counterfeit of these is a tool of the crime, and no word on an accusation.
LURES = wordset(
    """job offer page site web account invoice profile mail e-mail email login log-in sign-in app
    document name identit compan persona flag coffee update alarm invitation number address domain
    relay hand"""
)
WARLIKE = wordset("war invasion aggression occupation act acts action actions step conduct strike")
SPREAD = wordset("disinformation misinformation fake smears lies provocation provocations hoax")
SPREADING = wordset("spreading spread spreads through using with sowing against and , its their")
LATER = wordset("will would 'll shall did should")
GENERIC = wordset("a an")
SUBJECT_WITHIN = 5  # words before a modal in which its subject opens


def judge(view: View, start: int, end: int, *, country: str | None) -> Said:
    """Return what the tokens [start, end) do when somebody of that country says them."""
    end = min(end, start + LONGEST)
    low = " ".join(word.low for word in view.words[start:end])
    words = blaming.guilt(view, start, end)
    inside = [p for p in view.phrases if start <= p.at and p.end <= end]
    asserted = blaming.asserted_from(view, start, end)
    settled = blaming.asserted_until(view, asserted, end)
    told = [p for p in inside if asserted <= p.at and p.end <= settled]
    whom = someone(unhit(view, inside), country)
    return (
        _performed(view, start, end, country)
        or blaming.blamed_first(view, told, words, country, start, end)
        or _unfounded(view, (start, end), words, country)
        or verdicts.untolerated(low, whom)
        or _directive(view, low, start, end, whom)
        or _intended(view, start, end, whom, country)
        or blaming.blamed(view, told, words, country)
        or blaming.did(view, told, country)
        or blaming.done_by(view, asserted, settled, country)
        or blaming.it_is(view, told, country)
        or blaming.traced(view, told, country, start=start, end=settled)
        or verdicts.worried(view, start, end)
        or verdicts.wrong(view, start, end, whom)
        or _happened(view, low, words, start, end)
        or Said(Act.OTHER, _concerned(view, start, end, whom, country), "other")
    )


def _concerned(
    view: View, start: int, end: int, whom: Phrase | None, country: str | None
) -> Phrase | None:
    """Return whom words that do nothing else are about: who is thanked, the subject, the object."""
    if whom is not None and whom.kind is PhraseKind.ACTOR:
        return whom
    for at in range(start, end):
        hit = cues.find(view.words, at)
        if (
            hit is not None
            and hit.cue.act is Act.OTHER
            and hit.cue.target[:1] in {("obj",), ("to",)}
        ):
            aimed = target(view, hit, country) if _own(view, at, country) else None
            if aimed is not None:
                return aimed
    about = spoken_of(view, start, end, country) or trusted(view, start, end, country)
    return about or whom


def _happened(view: View, low: str, words: set[str], start: int, end: int) -> Said | None:
    """Return what is told in the passive: `Traces were found`, `all systems were restored`."""
    if words & FINDINGS and any(phrase in low for phrase in FOUND):
        return Said(Act.DETECT, None, "said found")
    for at in range(start + 1, end):
        if view.low(at) == "summoned" and view.low(at - 1) in {"been", "was", "were"}:
            return Said(Act.SUMMON, undergoing(view, at), "said summoned")
        if view.low(at) in MENDED and view.low(at - 1) in {"been", "were", "was"}:
            return Said(Act.RESPOND, None, "said mended")
    return None


def _performed(view: View, start: int, end: int, country: str | None) -> Said | None:
    """`We condemn`, or `the United States condemns` in the mouth of an American official."""
    for at in range(start, end):
        hit = cues.find(view.words, at)
        if hit is None or hit.cue.act not in PERFORMED:
            continue
        if hit.cue.verb == "be" and hit.cue.act is Act.CONCERN and not _own(view, at, country):
            continue
        if hit.cue.verb == "find" and {view.low(scan) for scan in range(at, end)} & (WORRY | WRONG):
            continue  # `finds it worrisome`
        if view.low(at - 1) in DETERMINERS | PREPOSITIONS | {"to", "'s"} or view.negated(at):
            continue
        if _own(view, at, country) or (hit.form is Form.ING and _doing(view, at, country)):
            return Said(hit.cue.act, target(view, hit, country), f"said {hit.cue.label}")
    return None


def _doing(view: View, at: int, country: str | None) -> bool:
    """Tell `it was assisting Nepal`, of which the one who speaks is the subject."""
    return view.low(at - 1) in BE and _own(view, at - 1, country)


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


def _unfounded(
    view: View, span: tuple[int, int], words: set[str], country: str | None
) -> Said | None:
    low = " ".join(word.low for word in view.words[span[0] : span[1]])
    low = low.replace("there was no doubt", "").replace("there is no doubt", "")
    deeds = {view.low(at) for at in range(*span) if _of_deed(view, at)}
    waved = "not" not in words and _waved_away(low, words - deeds)
    none = bool(words & (NEGATION | {"nor"})) and any(phrase in low for phrase in ANY_PART)
    if waved or none or _did_not(low) or verdicts.without_proof(low):
        turn = next((at for at in range(*span) if view.low(at) == "but"), None)
        behind = judge(view, turn + 1, span[1], country=country) if turn else None
        if behind is not None and behind.act is Act.ACCUSE:
            return behind
        return Said(Act.DENY, accuser(view, *span, country), "said unfounded")
    return None


def _of_deed(view: View, at: int) -> bool:
    """Tell `an unjustified invasion`, which waves no accusation away."""
    if view.low(at) not in UNFOUNDED:
        return False
    spread = view.low(at) in SPREAD and view.low(at - 1) in SPREADING
    return spread or bool({view.low(scan) for scan in range(at + 1, at + 3)} & (NOUNS | WARLIKE))


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
    if "whether" in before or "whoever" in before or "nothing" in {view.low(start), *before}:
        return False  # `Nothing in this note should be read as`
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
    if low in OWN_BODIES and view.low(at - 3) in OWNING:
        return True  # `said his country would expel`
    phrase = view.ending.get(at - 1)
    return phrase is not None and phrase.kind is PhraseKind.PLACE
