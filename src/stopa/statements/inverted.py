"""Speech whose speaker stands behind the verb: `"...," said X`, `..., stated on Thursday X`.

Trap: a comma before the verb may close an insertion behind a subject that opens the sentence.
"""

from __future__ import annotations

from stopa.statements.draft import INTRUDING
from stopa.statements.lexicon.accusing import UNFOUNDED
from stopa.statements.lexicon.judging import WRONG
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    QUOTATIVE_FORMS,
)
from stopa.statements.phrase import Phrase, PhraseKind, is_verb
from stopa.statements.view import TIMES, View

JOB_WORDS = 6  # words between `said` and the name
STOPPING = PREPOSITIONS | CONJUNCTIONS | AUXILIARY | DETERMINERS


def snapped(view: View, at: int) -> Phrase | None:
    """Return X in `"...," snapped X`: behind words quoted that go on, any verb is of saying."""
    open_ended = view.quoted[at - 1] >= 0 and view.words[at - 2].text in {",", "?", "!"}
    word = view.words[at]
    if at < 3 or not open_ended or word.capital or not word.low.endswith(("ed", "s")):
        return None
    if word.low in STOPPING | ADVERBS:
        return None
    phrase = view.starting.get(at + 1)
    named = phrase is not None and phrase.kind in {PhraseKind.NAME, PhraseKind.PERSON}
    return phrase if named and view.speaker_like(phrase) else None


def inverted(view: View, at: int) -> Phrase | None:
    """`"...," said X`: return X."""
    if view.low(at) not in QUOTATIVE_FORMS:
        return snapped(view, at)
    behind = _past_time(view, at + 1)
    phrase = view.starting.get(behind) or _behind_job(view, behind)
    if phrase is None or phrase.possessor or phrase.kind in INTRUDING:
        return None
    after = view.words[phrase.end].low if phrase.end < len(view.words) else "."
    if view.quoted[at - 1] >= 0 or (view.low(at - 1) == "," and view.quoted[at - 2] >= 0):
        return phrase
    if view.low(at - 1) != "," or (at < 3 and view.low(0) not in UNFOUNDED | WRONG):
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
    judged = view.low(0) in UNFOUNDED | WRONG  # `Ludicrous, says Beijing`
    return first is not None and first.at <= 1 and view.low(first.end) == "," and not judged
