"""Speech that a verb performs or reports: its subject, its voice, where its content stands.

Trap: the same word is a verb here and a noun there (`the charge`, `a protest`); only verbs act.
"""

from __future__ import annotations

from dataclasses import replace

from stopa.model.statement import Act
from stopa.statements import cues
from stopa.statements.draft import INTRUDING, Draft
from stopa.statements.lexicon.inflection import Form
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
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind, is_verb
from stopa.statements.view import TIMES, View

NOUN_BEFORE = (DETERMINERS | PREPOSITIONS | {"'s", "no", "such"}) - {
    "so-called",
    "all",
    "both",
    "than",
}
PASSIVE_ACTS = frozenset(
    {Act.ACCUSE, Act.SUMMON, Act.DETECT, Act.RESPOND, Act.CONDEMN, Act.DENY, Act.CALL_ON}
)
ASIDE = frozenset({Act.RESPOND, Act.CALL_ON, Act.DETECT, Act.OTHER, Act.ACCUSE})
UNREAL = wordset("should must could might may can ought would")
OBLIGING = wordset("should must ought")
ALONG = 12  # tokens before an `and` in which a modal holds for the verb behind it
CLAIMING = wordset(
    "claimed claim claims denied deny denies threatened threatens boasted wrote posted"
)
JOB_WORDS = 6  # words between `said` and the name
STOPPING = PREPOSITIONS | CONJUNCTIONS | AUXILIARY | DETERMINERS
ASPECT = wordset(
    "start starts started begin begins began begun keep keeps kept continue continues continued "
    "resume resumed"
)
BEFORE_TO = wordset("continue continues continued like wish as")
SURE = wordset("convinced certain sure confident adamant satisfied")
DONE_TO = wordset("expel arrest indict extradite hand jail sanction bar ban")
TOLD = wordset("claim describe")  # `was claimed by a channel`
TYING = wordset("link tie connect trace expose")  # `linked to` alone accuses nobody


def verbal(view: View, at: int, before: list[Draft]) -> Draft | None:
    """Return the act whose verb stands at this token; `before` are the acts found so far."""
    hit = cues.find(view.words, at)
    word = view.low(at)
    claimed = hit is not None and hit.cue.verb == "claim" and hit.cue.act is Act.OTHER
    if hit is not None and claimed and _passive(view, at, hit.form) and _by(view, hit):
        return _passive_draft(view, hit)
    if word in SURE and view.low(at + 1) == "that" and set(view.auxiliary(at)) & BE:
        return _sure(view, at, before)
    neutral = word in NEUTRAL_FORMS and (hit is None or hit.cue.act is Act.OTHER)
    judged = hit is not None and hit.cue.act is Act.CONDEMN and word in QUOTATIVE_FORMS
    if judged and view.low(at + 1) == "that":
        return _said(view, at, before)
    if hit is not None and not neutral:
        return _cue_draft(view, hit, before)
    if word in QUOTATIVE_FORMS and (neutral or _inverted(view, at) or hit is None):
        return _said(view, at, before)
    return _cue_draft(view, hit, before) if hit else None


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
    inverted = _inverted(view, at)
    if inverted is not None:
        return Draft(at, None, inverted, f"inverted:{base}", 0, at, behind=True)
    if view.relative(at) and not _parenthetical(view, at):
        return None
    plain = base in {b for b, _ in NEUTRAL_FORMS.values()} or view.low(at + 1) in {"out", "that"}
    if not plain and not _beside_quote(view, at):
        return None
    if not _verb_here(view, at, form) or _passive(view, at, form):
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
    """Tell `X reports from Y`, which says who writes and nothing else."""
    return base == "report" and view.low(at + 1) in {"from", "for"}


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
    if _passive(view, at, hit.form):
        return _passive_draft(view, hit)
    if view.relative(at) and hit.cue.act in ASIDE and not _cleft(view) and view.low(at + 1) != ":":
        return None
    inverted = _inverted(view, at) if view.low(at) in QUOTATIVE_FORMS else None
    if inverted is not None:
        return Draft(at, None, inverted, f"inverted:{hit.cue.verb}", 0, at, behind=True)
    speaker = _speaker(view, at, before)
    if speaker is None:
        return None
    if hit.form is Form.EITHER and _reduced(view, at, speaker):
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


def _verb_in(view: View, start: int, end: int) -> bool:
    return any(is_verb(view.words[at]) or view.low(at) in AUXILIARY for at in range(start, end))


def _speaker(view: View, at: int, before: list[Draft]) -> Phrase | None:
    """Return the subject of the verb, shared with the verb before when both are joined."""
    if view.coordinated(at) and before and before[-1].speaker is not None:
        return before[-1].speaker
    subject = view.subject(at)
    if subject is None or subject.possessor or view.quoted[subject.at] >= 0:
        return None
    if subject.kind in INTRUDING and view.low(at) not in CLAIMING:
        return None
    return subject


def _verb_here(view: View, at: int, form: Form) -> bool:
    """Whether the word is a finite verb here."""
    before = view.low(at - 1)
    if view.words[at].capital and at > 0 and view.words[at].text != view.words[at].text.upper():
        return False
    if form is Form.ING:
        return (before == "," and at > 1) or before in ASPECT or before in BE
    if before == "to":
        return form is Form.BASE and _base_verb(view, at)
    if before in NOUN_BEFORE and not (before in ADVERBS and view.auxiliary(at)):
        return False
    if not view.has_party_before(at) and not _after_quote(view, at):
        return False
    if form is Form.BASE:
        return _base_verb(view, at)
    if form is Form.PARTICIPLE:
        return bool(set(view.auxiliary(at)) & (BE | HAVE))
    if form is Form.THIRD and at in view.ending and view.ending[at].plural:
        return False
    return before != "to"


def _after_quote(view: View, at: int) -> bool:
    return view.quoted[at - 1] >= 0 or view.low(at - 1) == "," or _passive(view, at, Form.EITHER)


def _base_verb(view: View, at: int) -> bool:
    """Tell a base form that is a finite verb: after a modal or a plural subject."""
    low = view.low(at - 1)
    if low == "to":
        going = view.low(at - 2) == "on" and view.low(at - 3) in {"go", "went", "goes", "gone"}
        return going or view.low(at - 2) in BEFORE_TO
    if low in {"and", "or"} and any(
        view.low(scan) in OBLIGING for scan in range(max(0, at - ALONG), at)
    ):
        return False  # `should rotate keys and disable accounts`
    if set(view.auxiliary(at)) & UNREAL:
        return low == "would" and view.low(at - 2) in {"i", "we"}  # `I would add that`
    if set(view.auxiliary(at)) & (MODAL | DO):
        return True
    subject = view.subject(at)
    if subject is None:
        return False
    before = view.words[subject.at - 1] if subject.at else None
    if before is not None and is_verb(before) and before.low not in NEUTRAL_FORMS:
        return False
    plural = subject.plural or subject.head in {"we", "i", "they", "you"}
    near = subject.end >= at - 3 or (low == "," and view.low(subject.end) == ",")
    return (plural and near) or (view.coordinated(at) and plural)


def _passive(view: View, at: int, form: Form) -> bool:
    if form not in {Form.EITHER, Form.PARTICIPLE}:
        return False
    auxiliaries = view.auxiliary(at)
    return bool(auxiliaries) and auxiliaries[0] in BE


def _passive_draft(view: View, hit: cues.Hit) -> Draft | None:
    """`was summoned to the ministry`, `were noticed by the company`."""
    told = hit.cue.act is Act.OTHER and hit.cue.verb in TOLD
    if (hit.cue.act not in PASSIVE_ACTS and not told) or (
        hit.cue.verb in TYING and not _by(view, hit)
    ):
        return None
    agent = _agent(view, hit)
    if agent is None and hit.cue.act not in {Act.SUMMON, Act.ACCUSE} and not _done_to(hit):
        return None
    target = view.subject(hit.at)
    return Draft(
        hit.at,
        hit,
        agent,
        f"passive {hit.cue.label}",
        hit.at + 1,
        len(view.words),
        passive=True,
        negated=view.negated(hit.at),
        target=target,
    )


def _by(view: View, hit: cues.Hit) -> bool:
    return any(view.low(at) == "by" for at in range(hit.end, len(view.words)))


def _done_to(hit: cues.Hit) -> bool:
    """Tell steps that a state takes, said in the passive: `ten diplomats were expelled`."""
    return hit.cue.verb in DONE_TO


def _agent(view: View, hit: cues.Hit) -> Phrase | None:
    by = next((at for at in range(hit.end, len(view.words)) if view.low(at) == "by"), 0)
    owner = view.starting.get(by + 1) if by else None
    if owner and view.low(owner.end) == "'s" and owner.kind not in INTRUDING:
        return replace(owner, possessor=False)
    for phrase in view.phrases:
        if phrase.at <= hit.at or view.quoted[phrase.at] >= 0:
            continue
        before = view.low(phrase.at - 1)
        if before == "by":
            return None if phrase.kind in INTRUDING else phrase
        if hit.cue.act is Act.SUMMON and before in {"to", "at", "into"}:
            return phrase
    return None


def _inverted(view: View, at: int) -> Phrase | None:
    """`"...," said X`: return X."""
    if view.low(at) not in QUOTATIVE_FORMS:
        return None
    behind = _past_time(view, at + 1)
    phrase = view.starting.get(behind) or _behind_job(view, behind)
    if phrase is None or phrase.possessor or phrase.kind in INTRUDING:
        return None
    after = view.words[phrase.end].low if phrase.end < len(view.words) else "."
    if view.quoted[at - 1] >= 0 or (view.low(at - 1) == "," and view.quoted[at - 2] >= 0):
        return phrase
    if view.low(at - 1) != "," or at < 3:
        return None
    ended = not after.isalnum() or after in PREPOSITIONS or _verbless_from(view, phrase.end)
    return phrase if ended and after != "'s" and not _inserted(view, at) else None


def _past_time(view: View, at: int) -> int:
    """Return where the speaker begins: `stated on Thursday X`, `sums up one of them`."""
    if view.low(at) in {"up", "out"}:
        return at + 1
    if view.low(at) in {"on", "last", "late"} and view.low(at + 1) in TIMES:
        return at + 2
    return at + 1 if view.low(at) in TIMES | ADVERBS and at not in view.starting else at


def _behind_job(view: View, at: int) -> Phrase | None:
    """Return the name behind a job that no list has: `said incident lead Anna Kask`."""
    for scan in range(at + 1, at + JOB_WORDS):
        phrase = view.starting.get(scan)
        before = view.words[scan - 1] if scan <= len(view.words) else None
        if before is None or not before.word or before.capital or before.low in STOPPING:
            return None
        if phrase is not None:
            named = phrase.kind in {PhraseKind.NAME, PhraseKind.PERSON} and phrase.name
            return phrase if named else None
    return None


def _verbless_from(view: View, at: int) -> bool:
    """Whether no verb follows up to the next mark: `says a source close to the inquiry`."""
    while at < len(view.words) and view.words[at].word:
        if is_verb(view.words[at]) or view.low(at) in AUXILIARY:
            return False
        at += 1
    return True


def _inserted(view: View, at: int) -> bool:
    """Whether the comma before the verb closes an insertion behind a subject that opens it."""
    first = view.phrases[0] if view.phrases else None
    return first is not None and first.at <= 1 and view.low(first.end) == ","


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
    if view.low(at + 1) == "that":
        return False
    return before == "," and speaker.at > 3 and (tail <= 9 or view.low(at + 1) in {".", ",", ":"})


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
