"""Speech that a verb performs or reports: its subject, its voice, where its content stands.

Trap: the same word is a verb here and a noun there (`the charge`, `a protest`); only verbs act.
"""

from __future__ import annotations

from stopa.model.statement import Act
from stopa.statements import cues
from stopa.statements.attributed import which_says
from stopa.statements.draft import INTRUDING, Draft
from stopa.statements.finite import ALONG, verb_here
from stopa.statements.inverted import inverted
from stopa.statements.lexicon.aims import ANYBODY
from stopa.statements.lexicon.inflection import Form, forms
from stopa.statements.lexicon.judging import WRONG
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    HAVE,
    NEUTRAL_FORMS,
    PREPOSITIONS,
    QUOTATIVE_FORMS,
    RELATIVES,
    SUBJECT_PRONOUNS,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.passive import TYING, by, passive, passive_draft
from stopa.statements.phrase import Phrase, PhraseKind, is_verb
from stopa.statements.plain_subject import plain_subject
from stopa.statements.view import CLAUSE_OPENERS, TIMES, View

ASIDE = frozenset({Act.RESPOND, Act.CALL_ON, Act.DETECT, Act.OTHER, Act.ACCUSE})
CLAIMING = wordset(
    "claimed claim claims denied deny denies threatened threatens boasted wrote posted"
)
SAYS_ON = 4  # tokens from a verb of saying on, beyond which something is said
# Verbs by which one gives a thing a name: `dubbed it "a farce"`.
FORMS = {
    word: form
    for base in ("call", "label", "brand", "dub", "term", "describe")
    for word, form in forms(base).items()
}
CALLING = frozenset(FORMS)
JUDGING = wordset("that to as is was are were will would responsible") | WRONG
SURE = wordset("convinced certain sure confident adamant satisfied")
SPOKEN = frozenset(QUOTATIVE_FORMS) | SURE | CALLING | {"doubt"}
TIED_TO = wordset("to with")  # `a group linked to the army`
CLOSING = frozenset({",", "?", "!", "."})
HARMING = wordset("disrupt disable delete remove disconnect change seize suspend block cut")
ISSUED = wordset("statement declaration resolution letter note message communique")
NOBODY = wordset("nobody none neither no-one")
STOPS = frozenset(";:—–")
ASKED_ABOUT = wordset("whether if about how why what who when where")


def verbal(view: View, at: int, before: list[Draft]) -> Draft | None:
    """Return the act whose verb stands at this token; `before` are the acts found so far."""
    hit = cues.find(view.words, at)
    word = view.low(at)
    if hit is None and word not in SPOKEN and view.quoted[at - 1] < 0:
        return None
    also = _also_passive(view, at, hit, before)
    if also is not None:
        return also
    if hit is not None and _claimed(view, hit):
        return passive_draft(view, hit)
    sure = _convinced(view, at)
    if sure is not None:
        return _sure(view, sure, before)
    if hit is None and word in CALLING and (called := _called(view, at, before)):
        return called
    neutral = word in NEUTRAL_FORMS and (hit is None or hit.cue.act is Act.OTHER)
    judged = hit is not None and hit.cue.act is Act.CONDEMN and word in QUOTATIVE_FORMS
    if judged and view.low(at + 1) == "that":
        return _said(view, at, before)
    if hit is not None and not neutral:
        return None if _idle(view, hit) else _cue_draft(view, hit, before)
    if hit is None and word not in QUOTATIVE_FORMS and inverted(view, at):
        return Draft(at, None, inverted(view, at), "inverted", 0, at, behind=True)
    if word in QUOTATIVE_FORMS and (neutral or inverted(view, at) or hit is None):
        return _said(view, at, before)
    return _cue_draft(view, hit, before) if hit else None


def _also_passive(view: View, at: int, hit: cues.Hit | None, before: list[Draft]) -> Draft | None:
    """Return what else is done to somebody: `was called in and told that`, `... and accused of`."""
    if not before or not before[-1].passive or not view.coordinated(at) or view.auxiliary(at):
        return None
    first = before[-1]
    told = view.low(at) == "told" and view.low(at + 1) == "that"
    both = hit is not None and hit.form in {Form.EITHER, Form.PARTICIPLE}
    if not told and not (both and hit is not None and "obj" in hit.cue.target):
        return None
    rule = "said:tell" if told or hit is None else f"passive {hit.cue.label}"
    kept = None if told else hit
    end, whom = len(view.words), first.target
    return Draft(at, kept, first.speaker, rule, at + 1, end, passive=True, target=whom)


def _claimed(view: View, hit: cues.Hit) -> bool:
    """`was claimed by a channel`."""
    claim = hit.cue.verb == "claim" and hit.cue.act is Act.OTHER
    return claim and passive(view, hit.at, hit.form) and by(view, hit)


def _called(view: View, at: int, before: list[Draft]) -> Draft | None:
    """Return what somebody calls something, quoted: `called the crime "cold and calculated"`."""
    near = range(at + 1, min(len(view.words), at + ALONG))
    first = next((scan for scan in near if view.quoted[scan] >= 0), None)
    if first is None or not verb_here(view, at, FORMS[view.low(at)]) or view.relative(at):
        return None
    if passive(view, at, FORMS[view.low(at)]):
        return None
    speaker = _speaker(view, at, before)
    end = next((s for s in range(first, len(view.words)) if view.quoted[s] < 0), len(view.words))
    if speaker is None:
        return None
    return Draft(at, None, speaker, "called", first, end, negated=view.negated(at))


def _idle(view: View, hit: cues.Hit) -> bool:
    """Tell `asked the ministry whether`, which demands nothing, and `helped to fund a group`."""
    if hit.cue.verb == "help" and view.low(hit.end) == "to":
        return True
    if hit.cue.verb != "ask":
        return False
    if view.low(hit.at + 1) == "to":
        return True  # `asked to speak`, `officials asked to help`
    near = range(hit.end, hit.end + ALONG)
    behind = (view.low(at) for at in near if view.low(at - 1) not in ANYBODY)
    return (
        next((low for low in behind if low in ASKED_ABOUT | {"to", "for", "that"}), "")
        in ASKED_ABOUT
    )


def _convinced(view: View, at: int) -> int | None:
    """Return where `there is no doubt that`, `is convinced that` has its verb."""
    word = view.low(at)
    if word == "doubt" and view.low(at - 1) == "no" and view.low(at + 1) in {"that", "about"}:
        return at - 2
    sure = word in SURE and view.low(at + 1) == "that" and set(view.auxiliary(at)) & BE
    return at if sure else None


def _sure(view: View, at: int, before: list[Draft]) -> Draft | None:
    """Return what somebody is convinced of: as good as said."""
    speaker = _speaker(view, at, before)
    if speaker is None or view.relative(at):
        return None
    start, end = at + 1, len(view.words)
    return Draft(at, None, speaker, "said:be", start, end, negated=view.negated(at))


def _said(view: View, at: int, before: list[Draft]) -> Draft | None:
    """Return the act of a plain verb of saying."""
    base, form = QUOTATIVE_FORMS[view.low(at)]
    if (base == "speak" and view.low(at + 1) != "of") or _filed(view, base, at):
        return None
    if form is Form.ING and before and view.low(at - 1) == "," and before[-1].speaker is not None:
        said_by = before[-1].speaker  # `..., X said, adding that`
        return Draft(at, None, said_by, f"said:{base}", at + 1, len(view.words))
    after = inverted(view, at)
    if after is not None:
        return Draft(at, None, after, f"inverted:{base}", 0, at, behind=True)
    if view.relative(at) and not _parenthetical(view, at) and not _as_noted(view, at):
        return which_says(view, at, base)
    plain = base in {b for b, _ in NEUTRAL_FORMS.values()} or view.low(at + 1) in {"out", "that"}
    if not plain and not _beside_quote(view, at):
        return None
    if not verb_here(view, at, form) or passive(view, at, form):
        return None
    speaker = _speaker(view, at, before)
    if speaker is None or not _content_follows(view, at) or _contact(view, at, speaker):
        return None
    behind = _closing(view, at, speaker) or _last_word(view, at, speaker)
    start, end = (0, _quote_end(view, speaker)) if behind else (at + 1, len(view.words))
    if _parenthetical(view, at):
        start, end, behind = 0, len(view.words), True
    return Draft(
        at, None, speaker, f"said:{base}", start, end, behind=behind, negated=view.negated(at)
    )


def _quote_end(view: View, speaker: Phrase) -> int:
    """Return where what is said ends before the speaker: with the quotation, if it ends in a mark.

    What stands between is an office: `"...," the minister responsible for ports Jo Lee said`.
    """
    last = max((at for at in range(speaker.at) if view.quoted[at] >= 0), default=-1)
    closed = last > 1 and (view.low(last - 1) in CLOSING or view.low(last + 1) == ",")
    return last + 1 if closed else speaker.at


def _filed(view: View, base: str, at: int) -> bool:
    """Tell `X reports from Y` and `the group answers to Y`, which are no words of X."""
    following = view.low(at + 1)
    if base == "consider" and following in DETERMINERS:  # `considered the report`
        return not {view.low(scan) for scan in range(at + 2, at + ALONG)} & JUDGING
    return (base == "report" and following in {"from", "for"}) or (
        base in {"answer", "respond"} and following == "to" and view.low(at - 1) not in {"in", ","}
    )


def _contact(view: View, at: int, speaker: Phrase) -> bool:
    """Tell a clause that only describes a noun: `a group it said was close to the army`."""
    if speaker.kind is not PhraseKind.PRONOUN or speaker.end != at or speaker.at == 0:
        return False
    noun = view.words[speaker.at - 1]
    plain = noun.word and not is_verb(noun) and noun.low not in CONJUNCTIONS | PREPOSITIONS
    plain = plain and not noun.capital and noun.low not in TIMES | ADVERBS
    plain = plain and any(is_verb(word) for word in view.words[: speaker.at])
    follows = view.low(at + 1)
    return plain and (follows in BE | HAVE | SUBJECT_PRONOUNS)


def _cue_draft(view: View, hit: cues.Hit, before: list[Draft]) -> Draft | None:
    at = hit.at
    if not verb_here(view, at, hit.form):
        return None
    if passive(view, at, hit.form):
        return passive_draft(view, hit)
    if (
        hit.cue.act is Act.SUPPORT
        and view.relative(at)
        and view.low(view.back(at - 1)) not in RELATIVES
    ):
        return None  # `norms that all states have endorsed`
    if view.relative(at) and hit.cue.act in ASIDE and not _cleft(view) and view.low(at + 1) != ":":
        return None
    after = inverted(view, at) if view.low(at) in QUOTATIVE_FORMS else None
    if after is not None:
        return Draft(at, None, after, f"inverted:{hit.cue.verb}", 0, at, behind=True)
    speaker = _speaker(view, at, before)
    if speaker is not None and hit.form is Form.ING and speaker.head in ISSUED:
        speaker = view.first_subject(speaker.at) or speaker  # `X issued a statement condemning`
    if speaker is None or _of_the_deed(hit, before) or _aside(view, hit, speaker):
        return None
    if hit.form is Form.EITHER and _describes(view, hit, speaker):
        return None
    behind = _closing(view, at, speaker) and not hit.cue.rest and not view.coordinated(at)
    if behind and view.low(at) in QUOTATIVE_FORMS and view.quoted[speaker.at - 1] >= 0:
        return Draft(at, None, speaker, f"said:{hit.cue.verb}", 0, speaker.at, behind=True)
    return Draft(
        at,
        hit,
        speaker,
        hit.cue.label,
        at + 1,
        len(view.words),
        behind=behind,
        negated=view.negated(at) or _none_of_it(view, hit),
    )


def _of_the_deed(hit: cues.Hit, before: list[Draft]) -> bool:
    """Tell `blamed X for the attack, disrupting the service`: what X did, and no step."""
    last = before[-1].hit if before else None
    accused = last is not None and last.cue.act in {Act.ACCUSE, Act.CONDEMN}
    return accused and hit.form is Form.ING and hit.cue.verb in HARMING


def _aside(view: View, hit: cues.Hit, speaker: Phrase) -> bool:
    """Tell `as some had feared`, `what it called slander`, `before they delete it`: not done."""
    opener = view.low(speaker.at - 1)
    if hit.cue.verb == "point" and view.low(hit.end - 1) == "to" and hit.end not in view.starting:
        return True  # `pointing to an outage`
    if opener in {"whether", "if"} and not view.negated(hit.at):
        return True  # `was asked whether she blamed X`
    if opener == "what" and hit.cue.act is Act.DENY:
        return True
    return opener == "as" or (opener in CLAUSE_OPENERS and hit.form in {Form.BASE, Form.THIRD})


def _describes(view: View, hit: cues.Hit, speaker: Phrase) -> bool:
    """Tell a participle that only describes a noun: `a group linked to X`, `alleged attacks`."""
    at = hit.at
    if hit.cue.verb == "allege":
        return not _clause_from(view, at + 1)
    if hit.cue.act is Act.ACCUSE and view.low(at + 1) in {"of", "by"} and not view.auxiliary(at):
        return True  # `a man accused of`
    tied = hit.cue.verb in TYING and view.low(at + 1) in TIED_TO and not view.auxiliary(at)
    return tied or (hit.end == at + 1 and _reduced(view, at, speaker))


def _clause_from(view: View, at: int) -> bool:
    """Tell `alleged that X did it` and `alleged X did it` from `alleged cyberattacks`."""
    quoted = at < len(view.words) and view.quoted[at] >= 0
    return quoted or at in view.starting or view.low(at) in {"that", "in", ",", ":"}


def _cleft(view: View) -> bool:
    """Tell `It was X that first noticed`."""
    return view.low(0) == "it" and view.low(1) in BE and 2 in view.starting


def _none_of_it(view: View, hit: cues.Hit) -> bool:
    """`announced no sanctions`, `names no government`."""
    near = {view.low(at) for at in range(hit.at + 1, max(hit.end, hit.at + 2))}
    return "no" in near or (hit.cue.act is Act.ACCUSE and bool(near & NOBODY))


def _parenthetical(view: View, at: int) -> bool:
    """Tell an insertion: `Behind it, so the ministry has said since Friday, stands a group`."""
    speaker = view.subject(at)
    if speaker is None or view.low(speaker.at - 1) not in {",", "so", "as"} or speaker.at < 2:
        return False
    after = at + 1
    while after < min(len(view.words), at + 6) and view.words[after].word:
        after += 1
    return (
        view.low(after) == "," and after < len(view.words) - 2 and not _verb_in(view, at + 1, after)
    )


def _as_noted(view: View, at: int) -> bool:
    """Tell `As X noted, Y did it`: what follows is said by X."""
    speaker = view.ending.get(at)
    return (
        speaker is not None and speaker.at == 1 and view.low(0) == "as" and view.low(at + 1) == ","
    )


def _verb_in(view: View, start: int, end: int) -> bool:
    return any(is_verb(view.words[at]) or view.low(at) in AUXILIARY for at in range(start, end))


def _speaker(view: View, at: int, before: list[Draft]) -> Phrase | None:
    """Return the subject of the verb, shared with the verb before when both are joined."""
    if view.coordinated(at) and before and before[-1].speaker is not None:
        return before[-1].speaker
    plain = plain_subject(view, at)
    if plain is not None:
        return plain
    subject = view.subject(at)
    if subject is None or subject.possessor or view.quoted[subject.at] >= 0:
        return None
    last = before[-1] if before else None
    if last and last.hit and not last.passive and _listed(view, last.at, subject, at):
        return last.speaker
    if view.low(subject.at) in {"no", "neither"}:
        return None  # `No group has claimed it`
    if subject.kind in INTRUDING and view.low(at) not in CLAIMING:
        return None
    return subject


def _listed(view: View, last: int, subject: Phrase, at: int) -> bool:
    """Tell `X blamed Y, expelled three diplomats and ...`: Y is no subject of the second verb."""
    clause = all(view.words[scan].text not in STOPS for scan in range(last, at))
    own = view.low(subject.end) in AUXILIARY
    return view.low(at - 1) == "," and subject.at > last and clause and not own


def _last_word(view: View, at: int, speaker: Phrase) -> bool:
    """Whether nothing is said behind the verb, so that it was said before the speaker."""
    return speaker.at > 1 and not any(word.word for word in view.words[at + 1 :])


def _closing(view: View, at: int, speaker: Phrase) -> bool:
    """`..., X said.`: what is said stands before the speaker."""
    if speaker.at == 0 or speaker.end > at:
        return False
    before = view.low(speaker.at - 1)
    quoted_before = view.quoted[speaker.at - 1] >= 0
    tail = len(view.words) - at
    if quoted_before:
        return True
    if view.low(at + 1) == "that" or _opener(view, at):
        return False
    return before == "," and speaker.at > 3 and (tail <= 9 or view.low(at + 1) in {".", ",", ":"})


def _opener(view: View, at: int) -> bool:
    """Tell `Speaking in Brussels, X said allies stood by`: what is said follows."""
    opens = view.low(0) in PREPOSITIONS or view.low(0).endswith("ing") or view.low(0) == "asked"
    follows = view.low(at + 1) not in PREPOSITIONS | TIMES and len(view.words) - at > SAYS_ON
    return opens and follows


def _content_follows(view: View, at: int) -> bool:
    """Whether anything is said at all: not `X said.` alone, not `told reporters` without more."""
    return len(view.words) - at > 2 or at > 3 or view.low(at + 1) == ":"


def _beside_quote(view: View, at: int) -> bool:
    near = range(max(0, at - 4), min(len(view.words), at + 12))
    return any(view.quoted[index] >= 0 for index in near)


def _reduced(view: View, at: int, speaker: Phrase) -> bool:
    """Tell a participle that only describes the noun before it: `the claims rejected by X`."""
    if view.low(at + 1) == "by":
        return True
    return speaker.end == at and view.low(speaker.at - 1) in PREPOSITIONS - CLAUSE_OPENERS
