"""The speech acts of one sentence: who does what by which words, and which quotations are whose.

Spec: direct, mixed and indirect speech, inverted order, `according to`, passive voice, verdicts
without a verb of saying, several speakers in one sentence.
"""

from __future__ import annotations

from dataclasses import replace

from stopa.model.statement import Act
from stopa.statements.attributed import (
    HELD,
    INTRODUCING,
    SAYING,
    according,
    carried,
    how_described,
    mixed,
    quoted_as,
    sourced,
    verbless,
    verdict,
)
from stopa.statements.draft import Draft
from stopa.statements.lexicon.accusing import UNFOUNDED
from stopa.statements.lexicon.aims import ACCUSATIONS
from stopa.statements.lexicon.nominal import SPEECH_NOUNS
from stopa.statements.lexicon.offices import OWN_BODIES, OWNING
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.nominal import nominal
from stopa.statements.passive import UNDERTAKING, undertaken
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.somebody import beginning
from stopa.statements.verbal import verbal
from stopa.statements.view import View

ASKED = wordset("asked pressed questioned quizzed challenged")
ANSWERING = frozenset({Act.DENY, Act.CONDEMN})
ON = frozenset({"on", "upon"})
WHETHER = wordset("whether if about why how when what who by on over")
QUESTION_WITHIN = 8  # tokens at the head of a sentence


# What introduces speech without a verb of saying, by its first word.
FORMS = (
    (INTRODUCING, according),
    (HELD, verdict),
    (SAYING, quoted_as),
    (frozenset({"how"}), how_described),
    (frozenset(SPEECH_NOUNS), nominal),
    (UNDERTAKING, undertaken),
)
BY_WORD = {
    word: tuple(read for words, read in FORMS if word in words)
    for word in frozenset().union(*(words for words, _ in FORMS))
}


def drafts(view: View) -> list[Draft]:
    """Return the acts of a sentence in the order of their verbs."""
    found: list[Draft] = []
    taken = _past_question(view)
    for at in range(len(view.words)):
        if at < taken:
            continue
        if view.quoted[at] >= 0:
            inside = mixed(view, at)
            if inside is not None:
                found.append(inside)
                taken = at + 1
            continue
        readers = BY_WORD.get(view.low(at), ())
        draft = next((d for read in readers if (d := read(view, at))), None)
        draft = draft or verbal(view, at, found)
        if draft is not None:
            found.append(draft)
            taken = draft.hit.at + 1 if draft.hit else at + 1
    found = [replace(d, speaker=sourced(view, d) or d.speaker) for d in found]
    found = [replace(d, speaker=carried(view, d) or d.speaker) for d in found]
    found = found or verbless(view)
    found = [draft for each in found for draft in (each, *_also_asked(view, each))]
    return _bounded(view, _outermost(view, found))


def _also_asked(view: View, draft: Draft) -> list[Draft]:
    """Return what else is asked of another: `called on X to stop, and on Y to hand them over`."""
    if draft.hit is None or draft.hit.cue.act is not Act.CALL_ON or draft.passive:
        return []
    on = view.low(draft.hit.end - 1)
    pairs = (at for at in range(draft.hit.end + 1, draft.end) if view.low(at) == on)
    whose = (beginning(view, at + 1) for at in pairs if on in ON and view.low(at - 1) == "and")
    return [replace(draft, at=p.at, start=p.at, target=p) for p in whose if p and _to(view, p)]


def _to(view: View, whom: Phrase) -> bool:
    """Whether what one is asked to do follows behind who is asked."""
    return view.low(whom.end) in {"to", "not"}


def _past_question(view: View) -> int:
    """Return the token behind `Asked whether X would be expelled,`: what is asked is not told."""
    words = [view.low(at) for at in range(min(len(view.words), QUESTION_WITHIN))]
    if not any(low in ASKED for low in words[:2]) or not set(words) & WHETHER:
        return -1
    return next((at for at, word in enumerate(view.words) if word.text == ","), -1)


def _outermost(view: View, found: list[Draft]) -> list[Draft]:
    """Drop what is only told inside another's words, and who is only named as its reporter."""
    own = {d: outer for d in found if (outer := _outer_of_own(view, d, found))}
    found = [
        replace(d, speaker=own[d].speaker) if d in own else d
        for d in found
        if d not in own.values()
    ]
    found = _told_by(found)
    found = [_of_bare(view, d, found) for d in found]
    found = [_answering(view, d, found) for d in found]
    found = [d for d in found if not _frames(d, found)]
    kept = [d for d in found if not any(_told_in(view, d, outer) for outer in found)]
    kept = [d for d in kept if not _only_rejected(view, d, kept)]
    return [d for d in kept if not (d.behind and _reports_another(d, kept))]


def _frames(draft: Draft, found: list[Draft]) -> bool:
    """Tell `According to her, Y condemned it`, whose act is Y's."""
    pronoun = draft.speaker is not None and draft.speaker.kind is PhraseKind.PRONOUN
    framing = draft.rule == "according to" and not draft.behind and pronoun
    return framing and any(d.hit is not None and d.at > draft.at for d in found)


def _only_rejected(view: View, draft: Draft, kept: list[Draft]) -> bool:
    """Tell `rejects the accusations made by X`, which tells of X's words only to deny them."""
    if draft.rule != "noun accuse" or view.low(draft.start) == "that":
        return False
    denied = (d.at for d in kept if d.hit is not None and d.hit.cue.act is Act.DENY)
    judged = (w.low in UNFOUNDED and view.quoted[at] < 0 for at, w in enumerate(view.words))
    return any(at < draft.at for at in denied) or any(judged)


def _outer_of_own(view: View, inner: Draft, found: list[Draft]) -> Draft | None:
    """Return X's saying, to whom `his delegation` belongs: `X said his delegation deplored`."""
    speaker = inner.speaker
    if speaker is None or view.low(speaker.at) not in OWNING - {"the"} or not speaker.bare:
        return None
    said = [d for d in found if d.hit is None and not d.behind and d.at < speaker.at and d.speaker]
    return said[-1] if said and speaker.head in OWN_BODIES and inner.hit is not None else None


def _of_bare(view: View, outer: Draft, found: list[Draft]) -> Draft:
    """Return who says that unnamed others accuse, as accusing: `X said investigators suspect Y`."""
    if outer.hit is not None or outer.behind:
        return outer
    inner = next((d for d in found if _told_in(view, d, outer)), None)
    if inner is None or inner.hit is None or inner.hit.cue.act is not Act.ACCUSE or inner.passive:
        return outer
    bare = inner.speaker is not None and inner.speaker.bare and not inner.negated
    bare = bare and view.low(inner.speaker.at if inner.speaker else 0) not in OWNING - {"the"}
    return replace(outer, hit=inner.hit, rule=f"{outer.rule} / {inner.rule}") if bare else outer


def _told_in(view: View, inner: Draft, outer: Draft) -> bool:
    """`X said a government inquiry had concluded that ...`: the inquiry does not speak here."""
    if outer is inner or outer.behind or inner.behind or _answers_it(view, inner):
        return False
    speaker = inner.speaker or inner.target
    if speaker is None or not outer.at < speaker.at < inner.at or view.coordinated(inner.at):
        return False
    if outer.hit is not None:
        return view.low(speaker.at - 1) == "that"
    return speaker.at - 1 == outer.at or view.low(speaker.at - 1) in {"that", "reporters", "us"}


def _answers_it(view: View, inner: Draft) -> bool:
    """Tell `X said Y did it, an accusation that Z denied`: Z speaks for itself."""
    if inner.hit is None or inner.speaker is None or inner.hit.cue.act not in ANSWERING:
        return False
    return _noun_answered(view, inner.speaker) >= 0


def _noun_answered(view: View, speaker: Phrase) -> int:
    """Return the accusation before a clause: `a charge Z denies`, `the claim, which Z rejects`."""
    noun = speaker.at - 1 - (view.low(speaker.at - 1) in {"that", "which"})
    noun -= view.low(noun) == ","
    return noun if view.low(noun) in ACCUSATIONS else -1


def _told_by(found: list[Draft]) -> list[Draft]:
    """Give what is told in the passive to who says so: `The envoy will be summoned, X said`."""
    said = [d for d in found if d.behind and d.hit is None and d.speaker is not None]
    told = {
        d: next(s for s in said if s.start <= d.at < s.end)
        for d in found
        if d.passive and d.speaker is None and any(s.start <= d.at < s.end for s in said)
    }
    kept = [d for d in found if d not in told.values()]
    return [replace(d, speaker=told[d].speaker) if d in told else d for d in kept]


def _answering(view: View, draft: Draft, found: list[Draft]) -> Draft:
    """Aim what answers an accusation at who has made it in the same sentence."""
    made = [d for d in found if d.at < draft.at and d.speaker and not d.negated]
    if draft.target is not None or not made or not _answers_it(view, draft):
        return draft
    return replace(draft, target=made[-1].speaker)


def _reports_another(draft: Draft, kept: list[Draft]) -> bool:
    """Tell the mission in `An attaché denied it, the mission said`: the attaché speaks."""
    reporting = draft.rule == "said:report"
    return any(
        other is not draft
        and (other.hit is not None or reporting)
        and draft.start <= other.at < draft.end
        for other in kept
    )


def _bounded(view: View, found: list[Draft]) -> list[Draft]:
    """End what each says where the next one begins."""
    bounded: list[Draft] = []
    for index, draft in enumerate(found):
        nexts = [d for d in found[index + 1 :] if not d.behind and d.at > draft.at]
        end = draft.end
        if nexts and not draft.behind:
            answer = nexts[0].speaker if _answers_it(view, nexts[0]) else None
            noun = _noun_answered(view, answer) if answer else -1
            end = min(end, nexts[0].at if noun <= draft.at else noun)
        bounded.append(replace(draft, end=end))
    return bounded
