"""Speech that no verb of saying introduces: `according to`, verdicts, colons, mixed quotations."""

from __future__ import annotations

from stopa.model.statement import Act
from stopa.statements import content, cues
from stopa.statements.draft import INTRUDING, Draft
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    BE,
    NEGATED_CONTRACTION,
    NEGATION,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.view import View

VERDICTS = wordset(
    "verdict words comment answer response view opinion assessment judgment reaction phrase "
    "conclusion finding belief conviction position"
)
CARRIERS = wordset("tass interfax tasnim irna fars isna xinhua kcna anadolu ria")
APART = frozenset({",", ";", ".", "–", "—"})
CITED = wordset("quoted cited reported")
SAYING = wordset("saying telling stating adding claiming warning insisting")
ACCOUNTS = wordset("account reckoning estimate count telling admission")
CLAIMS = wordset("claim insistence contention suggestion warning")
HELD = VERDICTS | CLAIMS
INTRODUCING = frozenset({"according", "in", "by"})
CITING_WITHIN = 14  # tokens between a verb of saying and `citing`
INSERTED = 3  # words behind an inserted `according to X` that are said by X, too
AUTHOR_LINE = frozenset("—–-")


def according(view: View, at: int) -> Draft | None:
    """`according to X`, `in the view of X`, `in X's words`."""
    low, following = view.low(at), view.low(at + 1)
    if low == "according" and following == "to":
        phrase = _pronoun(view, at + 2) or view.starting.get(at + 2)
        if phrase is None or phrase.kind in INTRUDING:
            return None
        author = view.starting.get(phrase.end + 1) if view.low(phrase.end) == "by" else None
        if author is not None and author.kind not in INTRUDING:
            phrase = author  # `according to a report by X`
        behind = at > 2
        start, end = (0, at) if behind else (phrase.end, len(view.words))
        if behind and view.low(phrase.end) == "," and len(view.words) - phrase.end > INSERTED:
            end = len(view.words)
        return Draft(at, None, phrase, "according to", start, end, behind=behind)
    if low == "by":
        return _by_account(view, at)
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


def _pronoun(view: View, at: int) -> Phrase | None:
    """`according to him`, unless `her` opens a phrase of its own: `according to her office`."""
    kind = {"him": "he", "her": "she", "them": "they"}.get(view.low(at), "")
    alone = bool(kind) and not view.low(at + 1).isalpha()
    return Phrase(at, at + 1, PhraseKind.PRONOUN, kind) if alone else None


def _by_account(view: View, at: int) -> Draft | None:
    """`by the ministry's account`: as good as `according to`."""
    for scan in range(at + 2, min(len(view.words), at + 9)):
        if view.low(scan) in ACCOUNTS and view.low(scan - 1) in {"'s", "own"}:
            owner = view.ending.get(scan - 1) or view.ending.get(scan) or view.starting.get(at + 1)
            if owner is None or owner.at != at + 1 or owner.kind in INTRUDING:
                return None
            start, end = (0, at) if at > 1 else (scan + 1, len(view.words))
            return Draft(at, None, owner, "according to", start, end, behind=at > 1)
    return None


def quoted_as(view: View, at: int) -> Draft | None:
    """`X was quoted by Y as saying that`: X speaks, whoever prints it."""
    if view.low(at) not in SAYING or view.low(at - 1) != "as":
        return None
    cited = next((scan for scan in range(at - 1, -1, -1) if view.low(scan) in CITED), -1)
    speaker = view.subject(cited) if cited > 0 else None
    if speaker is None or not view.speaker_like(speaker):
        return None
    return Draft(at, None, speaker, "quoted as saying", at + 1, len(view.words))


def sourced(view: View, draft: Draft) -> Phrase | None:
    """Return who is cited by an outlet for what it says: `Reuters said, citing two officials,`."""
    outlet = draft.speaker
    if outlet is None or draft.hit is not None or outlet.kind is PhraseKind.PERSON:
        return None
    for at in range(
        max(0, draft.at - CITING_WITHIN), min(len(view.words), draft.at + CITING_WITHIN)
    ):
        if view.low(at) == "citing" and view.quoted[at] < 0:
            cited = view.starting.get(at + 1)
            return cited if cited and cited.kind is PhraseKind.PERSON else None
    return None


def carried(view: View, draft: Draft) -> Phrase | None:
    """Return whose words a news agency carries: `“The embassy rejects it,” X agency reported`."""
    outlet = draft.speaker
    if outlet is None or not draft.behind or draft.hit is not None or view.quoted[0] < 0:
        return None
    printed = {view.low(at) for at in range(outlet.at - 1, outlet.end)}
    if not ({"news", "agency"} <= printed or printed & CARRIERS):
        return None
    opening = next((p for p in view.phrases if p.at <= 2 and view.quoted[p.at] >= 0), None)
    body = opening is not None and opening.kind is PhraseKind.BODY and not opening.possessor
    return opening if body else None


def which_says(view: View, at: int, base: str) -> Draft | None:
    """Return whom X accuses in a relative clause: `the group, which X says answers to Y`."""
    speaker = view.ending.get(at)
    if speaker is None or view.low(speaker.at - 1) not in {"which", "who", "that"}:
        return None
    noun = speaker.at - 1 - (view.low(speaker.at - 2) == ",")
    whom = view.ending.get(noun)
    end = next((s for s in range(at + 1, len(view.words)) if view.low(s) in APART), len(view.words))
    if whom is None or whom.possessor or not view.speaker_like_at(speaker):
        return None
    said = content.judge(view, at + 1, end, country=speaker.country)
    if said.act is not Act.ACCUSE:
        return None
    hit = cues.Hit(cues.Cue(Act.ACCUSE, base, (), ()), at, at + 1, Form.PAST)
    rule = f"said of whom:{base}"
    return Draft(at, hit, speaker, rule, at + 1, end, target=whom, negated=view.negated(at))


def how_described(view: View, at: int) -> Draft | None:
    """`"Absurd," was how X described it`: what stands before is what X says."""
    if view.low(at) != "how" or view.low(at - 1) not in BE or view.quoted[at - 2] < 0:
        return None
    speaker = view.starting.get(at + 1)
    if speaker is None or not view.speaker_like(speaker):
        return None
    return Draft(at, None, speaker, "verdict of", 0, at - 1, behind=True)


def verdict(view: View, at: int) -> Draft | None:
    """`"..." was the verdict of X`, `X's verdict was "..."`."""
    if view.low(at) not in HELD:
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
    """Return who holds it: `It is the assessment of X that ...`, `X's assessment that ...`."""
    that = at + 1 + (view.low(at + 1) in BE)  # `X's assessment is that`
    if view.low(that) == "that" and view.low(at - 1) == "'s":
        owner = view.ending.get(at - 1) or view.ending.get(at)
        named = owner is not None and owner.kind not in INTRUDING | {PhraseKind.PRONOUN}
        return Draft(at, None, owner, "verdict of", that + 1, len(view.words)) if named else None
    phrase = view.starting.get(at + 2) if view.low(at + 1) == "of" else None
    if phrase is None or phrase.kind in INTRUDING or view.low(phrase.end) != "that":
        return None
    return Draft(at, None, phrase, "verdict of", phrase.end + 1, len(view.words))


def mixed(view: View, at: int) -> Draft | None:
    """`Canada "strongly condemns" it`: the verb stands inside the quotation, its subject before."""
    first = view.quoted.index(view.quoted[at])
    back = view.back(first - 1) + 1
    subject = view.ending.get(back)
    if {view.low(scan) for scan in range(back, first)} & (BE | NEGATION | NEGATED_CONTRACTION):
        return None  # `He was not “summoned”`
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
    hers = _her_verdict(view)
    if hers is not None:
        return [hers]
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


def _her_verdict(view: View) -> Draft | None:
    """`Her verdict: "..."`, `His answer was: "..."`."""
    kind = {"his": "he", "her": "she", "their": "they", "its": "it"}.get(view.low(0), "")
    colon = next((at for at in range(2, 6) if view.low(at) == ":"), 0)
    if not kind or not colon or not any(view.low(at) in VERDICTS for at in range(1, colon)):
        return None
    speaker = Phrase(0, 1, PhraseKind.PRONOUN, kind)
    return Draft(0, None, speaker, "verdict of", colon + 1, len(view.words))


def _introduces(view: View, phrase: Phrase) -> bool:
    """Tell `She defended that choice: "..."`: whatever the verb, the colon lets her speak."""
    first = next(i for i, q in enumerate(view.quoted) if q >= 0)
    if view.low(first - 1) != ":" or phrase.end >= first:
        return False
    clear = phrase.at == 1 and view.low(0) == "for"  # `For X the case is clear: "..."`
    return clear or view.speaker_like(phrase)
