"""Speech in the passive voice: `was blamed on X by Y`, `was summoned to the ministry`.

Trap: `linked to` accuses nobody without `by`; who breaks in is no agent of speech.
"""

from __future__ import annotations

from dataclasses import replace

from stopa.model.statement import Act
from stopa.statements import cues
from stopa.statements.aims import undergone
from stopa.statements.draft import INTRUDING, Draft
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.verbs import BE, UNREAL
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.somebody import beginning
from stopa.statements.view import View

PASSIVE_ACTS = frozenset(
    {Act.ACCUSE, Act.SUMMON, Act.DETECT, Act.RESPOND, Act.CONDEMN, Act.DENY, Act.CALL_ON}
)
DONE_TO = wordset("expel arrest indict extradite hand jail sanction bar ban")
TOLD = wordset("claim describe")  # `was claimed by a channel`
FINDINGS = wordset("assessment attribution finding findings conclusion conclusions view position")
INQUIRIES = wordset("investigation investigations inquiry inquiries review audit examination probe")
UNDERTAKING = wordset("carried conducted led launched opened undertaken run done")
NEAR = 10  # words between a subject and its verb
MEANS = wordset("letter mail post email phone telephone message text hand courier")
TYING = wordset("link tie connect trace expose")  # `linked to` alone accuses nobody


def passive(view: View, at: int, form: Form) -> bool:
    """Whether the verb at this token is passive."""
    if form not in {Form.EITHER, Form.PARTICIPLE}:
        return False
    auxiliaries = view.auxiliary(at)
    return bool(auxiliaries) and auxiliaries[0] in BE


def passive_draft(view: View, hit: cues.Hit) -> Draft | None:
    """`was summoned to the ministry`, `were noticed by the company`."""
    told = hit.cue.act is Act.OTHER and hit.cue.verb in TOLD
    told = told or (hit.cue.act is Act.SUPPORT and _shared(view, hit))
    if (hit.cue.act not in PASSIVE_ACTS and not told) or (
        hit.cue.verb in TYING and not by(view, hit)
    ):
        return None
    agent = _agent(view, hit)
    coming = hit.cue.act is Act.ACCUSE and set(view.auxiliary(hit.at)) & {"will", "shall", "'ll"}
    if coming or set(view.auxiliary(hit.at)) & UNREAL or (agent is None and view.negated(hit.at)):
        return None  # `must be banned`, `was never blamed on anybody`
    if agent is None and hit.cue.act not in {Act.SUMMON, Act.ACCUSE} and not _done_to(hit):
        return None
    return Draft(
        hit.at,
        hit,
        agent,
        f"passive {hit.cue.label}",
        hit.at + 1,
        len(view.words),
        passive=True,
        negated=view.negated(hit.at),
        target=undergone(view, hit),
    )


def undertaken(view: View, at: int) -> Draft | None:
    """Return the step of X told as `An inquiry was carried out by X`, whatever the verb."""
    agent = view.starting.get(_by(view, at) + 1) if set(view.auxiliary(at)) & BE else None
    inquiry = any(view.low(scan) in INQUIRIES for scan in range(max(0, at - NEAR), at))
    if agent is None or not inquiry or agent.kind in INTRUDING or view.quoted[at] >= 0:
        return None
    hit = cues.Hit(cues.Cue(Act.RESPOND, "undertake", (), ()), at, at + 1, Form.PARTICIPLE)
    end = len(view.words)
    return Draft(at, hit, agent, "passive respond:undertake", at + 1, end, passive=True)


def _shared(view: View, hit: cues.Hit) -> bool:
    """Tell `The assessment is shared by X`, which backs it, from `a group backed by X`."""
    near = range(max(0, hit.at - NEAR), hit.at)
    return by(view, hit) and any(view.low(at) in FINDINGS for at in near)


def _by(view: View, at: int) -> int:
    return next(
        (scan for scan in range(at, min(len(view.words), at + 4)) if view.low(scan) == "by"), -2
    )


def by(view: View, hit: cues.Hit) -> bool:
    """Whether the sentence says by whom."""
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
        if before == "by" and phrase.end == phrase.at + 1 and phrase.head in MEANS:
            continue  # `notified by letter`
        if before == "by":
            return None if phrase.kind in INTRUDING else phrase
        if hit.cue.act is Act.SUMMON and before in {"to", "at", "into"}:
            return phrase
    plain = beginning(view, by + 1) if by and view.quoted[by] < 0 else None
    if plain is None or plain.kind is not PhraseKind.PERSON or plain.head in MEANS | {"whoever"}:
        return None
    return plain
