"""Speech that a verb performs or reports: its subject, its voice, where its content stands.

Trap: the same word is a verb here and a noun there (`the charge`, `a protest`); only verbs act.
"""

from __future__ import annotations

from stopa.model.statement import Act
from stopa.statements import cues
from stopa.statements.draft import INTRUDING, Draft
from stopa.statements.inverted import inverted
from stopa.statements.lexicon.inflection import Form, forms
from stopa.statements.lexicon.judging import WRONG
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    DO,
    HAVE,
    MODAL,
    NEUTRAL_FORMS,
    PREPOSITIONS,
    QUOTATIVE_FORMS,
    SUBJECT_PRONOUNS,
    UNREAL,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.passive import by, passive, passive_draft
from stopa.statements.phrase import Phrase, PhraseKind, is_verb
from stopa.statements.plain_subject import plain_subject
from stopa.statements.view import TIMES, View

NOUN_BEFORE = (DETERMINERS | PREPOSITIONS | {"'s", "no", "such"}) - {
    "so-called",
    "all",
    "both",
    "than",
}
ASIDE = frozenset({Act.RESPOND, Act.CALL_ON, Act.DETECT, Act.OTHER, Act.ACCUSE})
OBLIGING = wordset("should must ought")
ALONG = 12  # tokens before an `and` in which a modal holds for the verb behind it
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
# Texts that speak for who issues them: `adopted a resolution calling on`.
DOCUMENTS = wordset(
    """statement declaration resolution communique communiqué letter note message post tweet motion
    appeal petition article editorial"""
)
# Words by which such a text acts.
CUED = wordset(
    """condemning deploring denouncing criticising urging accusing blaming rejecting denying
    supporting backing demanding attributing calling expressing"""
)
STOPS = frozenset(";:—–")
DOCUMENT_WITHIN = 10  # words between such a text and what it does
ASKED_ABOUT = wordset("whether if about how why what who when where")
ASPECT = wordset(
    "start starts started begin begins began begun keep keeps kept continue continues continued "
    "resume resumed"
)
BE_SHORT = wordset("'s 're")
BEFORE_TO = wordset(
    """continue continues continued like wish as hurried hastened rushed moved decided chose
    proceeded managed quick swift"""
)


def verbal(view: View, at: int, before: list[Draft]) -> Draft | None:
    """Return the act whose verb stands at this token; `before` are the acts found so far."""
    hit = cues.find(view.words, at)
    word = view.low(at)
    if hit is None and word not in SPOKEN and view.quoted[at - 1] < 0:
        return None
    claimed = hit is not None and hit.cue.verb == "claim" and hit.cue.act is Act.OTHER
    if hit is not None and claimed and passive(view, at, hit.form) and by(view, hit):
        return passive_draft(view, hit)
    if word == "doubt" and view.low(at - 1) == "no" and view.low(at + 1) in {"that", "about"}:
        return _sure(view, at - 2, before)
    if word in SURE and view.low(at + 1) == "that" and set(view.auxiliary(at)) & BE:
        return _sure(view, at, before)
    if hit is None and word in CALLING and (called := _called(view, at, before)):
        return called
    neutral = word in NEUTRAL_FORMS and (hit is None or hit.cue.act is Act.OTHER)
    judged = hit is not None and hit.cue.act is Act.CONDEMN and word in QUOTATIVE_FORMS
    if judged and view.low(at + 1) == "that":
        return _said(view, at, before)
    if hit is not None and not neutral:
        return None if _questions(view, hit) else _cue_draft(view, hit, before)
    if hit is None and word not in QUOTATIVE_FORMS and inverted(view, at):
        return Draft(at, None, inverted(view, at), "inverted", 0, at, behind=True)
    if word in QUOTATIVE_FORMS and (neutral or inverted(view, at) or hit is None):
        return _said(view, at, before)
    return _cue_draft(view, hit, before) if hit else None


def _called(view: View, at: int, before: list[Draft]) -> Draft | None:
    """Return what somebody calls something, quoted: `called the crime "cold and calculated"`."""
    near = range(at + 1, min(len(view.words), at + ALONG))
    first = next((scan for scan in near if view.quoted[scan] >= 0), None)
    if first is None or not _verb_here(view, at, FORMS[view.low(at)]) or view.relative(at):
        return None
    if passive(view, at, FORMS[view.low(at)]):
        return None
    speaker = _speaker(view, at, before)
    end = next((s for s in range(first, len(view.words)) if view.quoted[s] < 0), len(view.words))
    if speaker is None:
        return None
    return Draft(at, None, speaker, "called", first, end, negated=view.negated(at))


def _questions(view: View, hit: cues.Hit) -> bool:
    """Tell `asked the ministry whether`, which demands nothing."""
    if hit.cue.verb != "ask":
        return False
    behind = (view.low(at) for at in range(hit.end, hit.end + ALONG))
    return (
        next((low for low in behind if low in ASKED_ABOUT | {"to", "for", "that"}), "")
        in ASKED_ABOUT
    )


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
        return None
    plain = base in {b for b, _ in NEUTRAL_FORMS.values()} or view.low(at + 1) in {"out", "that"}
    if not plain and not _beside_quote(view, at):
        return None
    if not _verb_here(view, at, form) or passive(view, at, form):
        return None
    speaker = _speaker(view, at, before)
    if speaker is None or not _content_follows(view, at) or _contact(view, at, speaker):
        return None
    behind = _closing(view, at, speaker) or _last_word(view, at, speaker)
    start, end = (0, speaker.at) if behind else (at + 1, len(view.words))
    if _parenthetical(view, at):
        start, end, behind = 0, len(view.words), True
    return Draft(
        at, None, speaker, f"said:{base}", start, end, behind=behind, negated=view.negated(at)
    )


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
    if not _verb_here(view, at, hit.form):
        return None
    if passive(view, at, hit.form):
        return passive_draft(view, hit)
    if view.relative(at) and hit.cue.act in ASIDE and not _cleft(view) and view.low(at + 1) != ":":
        return None
    after = inverted(view, at) if view.low(at) in QUOTATIVE_FORMS else None
    if after is not None:
        return Draft(at, None, after, f"inverted:{hit.cue.verb}", 0, at, behind=True)
    speaker = _speaker(view, at, before)
    if speaker is None:
        return None
    if view.low(speaker.at - 1) == "as":
        return None  # `as some had feared`
    if hit.form is Form.EITHER and hit.end == at + 1 and _reduced(view, at, speaker):
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


def _cleft(view: View) -> bool:
    """Tell `It was X that first noticed`."""
    return view.low(0) == "it" and view.low(1) in BE and 2 in view.starting


def _none_of_it(view: View, hit: cues.Hit) -> bool:
    """`announced no sanctions`, `names no government`."""
    return any(view.low(at) == "no" for at in range(hit.at + 1, max(hit.end, hit.at + 2)))


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


def _verb_here(view: View, at: int, form: Form) -> bool:
    """Whether the word is a finite verb here."""
    before = view.low(at - 1)
    if view.words[at].capital and at > 0 and view.words[at].text != view.words[at].text.upper():
        return False
    if form is Form.ING:
        opened = (before == "," and at > 1) or before in ASPECT or before in BE
        return opened or _in_document(view, at)
    if before == "to":
        return form is Form.BASE and _base_verb(view, at)
    if before in NOUN_BEFORE and not (before in ADVERBS and view.auxiliary(at)):
        return False
    plain = plain_subject(view, at)
    if plain is None and not view.has_party_before(at) and not _after_quote(view, at):
        return False
    modal = form is Form.EITHER and set(view.auxiliary(at)[:1]) & UNREAL  # `must put`
    if form is Form.BASE or modal:
        return _base_verb(view, at)
    if form is Form.PARTICIPLE:
        return bool(set(view.auxiliary(at)) & (BE | HAVE))
    if form is Form.THIRD and at in view.ending and view.ending[at].plural:
        return False
    if form is Form.THIRD and view.low(at + 1) in AUXILIARY - BE_SHORT:
        return False  # `Position reports were sent`
    return before != "to"


def _in_document(view: View, at: int) -> bool:
    """Tell `issued a statement condemning the attack`."""
    near = range(max(1, at - DOCUMENT_WITHIN), at)
    return view.low(at) in CUED and any(view.low(scan) in DOCUMENTS for scan in near)


def _listed(view: View, last: int, subject: Phrase, at: int) -> bool:
    """Tell `X blamed Y, expelled three diplomats and ...`: Y is no subject of the second verb."""
    clause = all(view.words[scan].text not in STOPS for scan in range(last, at))
    own = view.low(subject.end) in AUXILIARY
    return view.low(at - 1) == "," and subject.at > last and clause and not own


def _after_quote(view: View, at: int) -> bool:
    return view.quoted[at - 1] >= 0 or view.low(at - 1) == "," or passive(view, at, Form.EITHER)


def _base_verb(view: View, at: int) -> bool:
    """Tell a base form that is a finite verb: after a modal or a plural subject."""
    low = view.low(at - 1)
    if low == "to":
        going = view.low(at - 2) == "on" and view.low(at - 3) in {"go", "went", "goes", "gone"}
        return going or (view.low(at - 2) in BEFORE_TO and not view.relative(at - 2))
    if low in {"and", "or"} and any(
        view.low(scan) in OBLIGING for scan in range(max(0, at - ALONG), at)
    ):
        return False  # `should rotate keys and disable accounts`
    if set(view.auxiliary(at)) & UNREAL:
        return low == "would" and view.low(at - 2) in {"i", "we"}  # `I would add that`
    if set(view.auxiliary(at)) & (MODAL | DO):
        return True
    subject = plain_subject(view, at) or view.subject(at)
    if subject is None:
        return False
    before = view.words[subject.at - 1] if subject.at else None
    if before is not None and is_verb(before) and before.low not in NEUTRAL_FORMS:
        return False
    opening = subject.at == 0 and subject.kind is PhraseKind.NAME and subject.end == 1
    many = opening and view.low(0).endswith(("s", "men", "women"))  # `Fishermen ... fear`
    plural = many or subject.plural or subject.head in {"we", "i", "they", "you", "police"}
    inserted = view.low(view.back(at - 1)) == "," and view.low(subject.end) == ","
    near = subject.end >= at - 3 or inserted
    return (plural and near) or (view.coordinated(at) and plural)


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
    return speaker.end == at and view.low(speaker.at - 1) in PREPOSITIONS
