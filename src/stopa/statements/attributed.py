"""Speech that no verb of saying introduces: `according to`, verdicts, colons, mixed quotations."""

from __future__ import annotations

from stopa.statements import cues
from stopa.statements.draft import INTRUDING, Draft
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    BE,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.view import View

VERDICTS = wordset(
    "verdict words comment answer response view opinion assessment judgment reaction phrase "
    "conclusion finding belief conviction position"
)
INSERTED = 3  # words behind an inserted `according to X` that are said by X, too
AUTHOR_LINE = frozenset("—–-")


def according(view: View, at: int) -> Draft | None:
    """`according to X`, `in the view of X`, `in X's words`."""
    low, following = view.low(at), view.low(at + 1)
    if low == "according" and following == "to":
        phrase = view.starting.get(at + 2)
        if phrase is None or phrase.kind in INTRUDING:
            return None
        behind = at > 2
        start, end = (0, at) if behind else (phrase.end, len(view.words))
        if behind and view.low(phrase.end) == "," and len(view.words) - phrase.end > INSERTED:
            end = len(view.words)
        return Draft(at, None, phrase, "according to", start, end, behind=behind)
    if (
        low == "in"
        and following == "the"
        and view.low(at + 2) in VERDICTS
        and view.low(at + 3) == "of"
    ):
        phrase = view.starting.get(at + 4)
        if phrase is not None and phrase.kind not in INTRUDING:
            return Draft(
                at, None, phrase, "in the view of", 0, at or len(view.words), behind=at > 0
            )
    if low == "in" and (following in {"his", "her", "their"}) and view.low(at + 2) in VERDICTS:
        kind = {"his": "he", "her": "she", "their": "they"}[following]
        speaker = Phrase(at + 1, at + 2, PhraseKind.PRONOUN, kind)
        return Draft(at, None, speaker, "in the view of", 0, len(view.words), behind=at > 0)
    return None


def verdict(view: View, at: int) -> Draft | None:
    """`"..." was the verdict of X`, `X's verdict was "..."`."""
    if view.low(at) not in VERDICTS:
        return None
    held = _held(view, at)
    if held is not None or not any(index >= 0 for index in view.quoted):
        return held
    if view.low(at + 1) in {"of", "from", "by"}:
        phrase = view.starting.get(at + 2)
        if phrase is not None and phrase.kind not in INTRUDING:
            return Draft(at, None, phrase, "verdict of", 0, at, behind=True)
    if view.low(at - 1) == "'s" and (view.low(at + 1) in BE or view.low(at + 1) == ":"):
        phrase = view.ending.get(at - 1) or view.ending.get(at + 1)
        if phrase is not None:
            return Draft(at, None, phrase, "verdict of", at + 1, len(view.words))
    return None


def _held(view: View, at: int) -> Draft | None:
    """Return who holds it: `It is the assessment of X that ...`."""
    phrase = view.starting.get(at + 2) if view.low(at + 1) == "of" else None
    if phrase is None or phrase.kind in INTRUDING or view.low(phrase.end) != "that":
        return None
    return Draft(at, None, phrase, "verdict of", phrase.end + 1, len(view.words))


def mixed(view: View, at: int) -> Draft | None:
    """`Canada "strongly condemns" it`: the verb stands inside the quotation, its subject before."""
    first = view.quoted.index(view.quoted[at])
    subject = view.ending.get(first)
    if subject is None or not view.speaker_like(subject) or at - first > 4:
        return None
    between = view.words[first + 1 : at]
    if any(not (w.low.endswith("ly") or w.low in AUXILIARY | ADVERBS) for w in between):
        return None
    hit = cues.find(view.words, at)
    if hit is None or hit.form is Form.ING:
        return None
    return Draft(at, hit, subject, f"mixed {hit.cue.label}", at + 1, len(view.words))


def verbless(view: View) -> list[Draft]:
    """`X: "..."` and `"..." — X`."""
    if not any(index >= 0 for index in view.quoted):
        return []
    for phrase in view.phrases:
        if view.quoted[phrase.at] >= 0 or phrase.kind in INTRUDING | {PhraseKind.PRONOUN}:
            continue
        if phrase.at == 0 and view.low(phrase.end) == ":":
            return [Draft(0, None, phrase, "colon", phrase.end + 1, len(view.words))]
        if _introduces(view, phrase):
            start = next(i for i, q in enumerate(view.quoted) if q >= 0)
            return [Draft(phrase.at, None, phrase, "colon", start, len(view.words))]
        if view.low(phrase.at - 1) in AUTHOR_LINE and view.quoted[phrase.at - 2] >= 0:
            return [Draft(phrase.at, None, phrase, "dash", 0, phrase.at - 1, behind=True)]
    return []


def _introduces(view: View, phrase: Phrase) -> bool:
    """Tell `She defended that choice: "..."`: whatever the verb, the colon lets her speak."""
    first = next(i for i, q in enumerate(view.quoted) if q >= 0)
    return view.low(first - 1) == ":" and phrase.end < first and view.speaker_like(phrase)
