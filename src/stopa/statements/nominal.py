"""Speech told by a noun: `a denial from X`, `Y's accusation that`, `From Z came condemnation`.

Why: reports turn what was said into a thing that came, was issued or met with silence.
Trap: `the charge` alone is nobody's; a noun of speech needs its speaker beside it.
"""

from __future__ import annotations

from stopa.model.statement import Act
from stopa.statements.aims import target
from stopa.statements.cues import Cue, Hit
from stopa.statements.draft import INTRUDING, Draft
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.nominal import COMING, OPENING, SPEECH_NOUNS, VOICED
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.view import View

BETWEEN = 4  # words between the noun and the preposition: `condemnation of the theft from`
CAME_WITHIN = 4  # words in which `also came` stands behind the noun


def nominal(view: View, at: int) -> Draft | None:
    """Return the act of a noun of speech at this token, where it says whose it is."""
    act = SPEECH_NOUNS.get(view.low(at))
    if act is None or view.quoted[at] >= 0:
        return None
    speaker = _owner(view, at) or _source(view, at) or _origin(view, at)
    if speaker is None or speaker.kind in INTRUDING or view.quoted[speaker.at] >= 0:
        return None
    hit = Hit(Cue(act, view.low(at), (), _aims(act)), at, at + 1, Form.BASE)
    negated = view.low(at - 1) in {"no", "without"} or view.negated(at)
    end = max(at + 1, speaker.end)
    aimed = target(view, Hit(hit.cue, end - 1, end, Form.BASE), speaker.country)
    return Draft(
        at, hit, speaker, f"noun {act.value}", end, len(view.words), negated=negated, target=aimed
    )


def _aims(act: Act) -> tuple[str, ...]:
    """Return the prepositions behind which the one addressed stands."""
    if act is Act.ACCUSE:
        return ("against", "that")
    return ("for", "with", "to", "of") if act is Act.SUPPORT else ("to", "of", "on", "against")


def _owner(view: View, at: int) -> Phrase | None:
    """`Vik's accusation that X did it`, `the ministry's denial`."""
    before = view.ending.get(at) or view.ending.get(at - 1)
    owning = view.low(at - 1) == "'s" or view.low(at - 2) == "'s" or (before and before.possessor)
    follows = view.low(at + 1) == "that" or view.low(at + 1) in COMING or view.low(at + 2) in COMING
    if not owning or not follows:
        return None
    owners = (view.ending.get(scan) for scan in range(at, at - 4, -1))
    found = next((phrase for phrase in owners if phrase is not None), None)
    return found if found and found.kind is not PhraseKind.PRONOUN else None


def _source(view: View, at: int) -> Phrase | None:
    """Return X in `an accusation by X`, `condemnation of the theft from X`."""
    came = _came(view, at)
    if not came and view.low(at - 1) in OPENING and view.low(0) != "there":
        return None  # `despite condemnation from X`
    for scan in range(at + 1, min(len(view.words), at + BETWEEN + 2)):
        low = view.low(scan)
        if low not in {"by", "from"}:
            made = low in COMING | VOICED or low == "," or _inside(view, at)
            if not made or view.words[scan].text in {".", ";", ":"}:
                return None
            continue
        phrase = view.starting.get(scan + 1)
        told = came or low == "by" or view.low(0) == "there" or at <= 2 or _moved(view, scan)
        return phrase if phrase and told and view.speaker_like_at(phrase) else None
    return None


def _inside(view: View, at: int) -> bool:
    """Whether something hangs on the noun: `condemnation of the theft`."""
    return view.low(at + 1) == "of"


def _came(view: View, at: int) -> bool:
    return any(view.low(scan) in COMING for scan in range(at + 1, at + CAME_WITHIN))


def _moved(view: View, scan: int) -> bool:
    """Whether the sentence tells what became of it: `A denial from X followed`."""
    return any(view.low(at) in COMING for at in range(scan, len(view.words)))


def _origin(view: View, at: int) -> Phrase | None:
    """`From Oslo came solidarity`, `there was condemnation`: who is told before the noun."""
    if view.low(0) != "from" or not any(view.low(scan) in COMING for scan in range(1, at)):
        return None
    return view.starting.get(1)
