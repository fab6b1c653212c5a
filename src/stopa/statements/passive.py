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
from stopa.statements.phrase import Phrase
from stopa.statements.view import View

PASSIVE_ACTS = frozenset(
    {Act.ACCUSE, Act.SUMMON, Act.DETECT, Act.RESPOND, Act.CONDEMN, Act.DENY, Act.CALL_ON}
)
DONE_TO = wordset("expel arrest indict extradite hand jail sanction bar ban")
TOLD = wordset("claim describe")  # `was claimed by a channel`
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
        if before == "by":
            return None if phrase.kind in INTRUDING else phrase
        if hit.cue.act is Act.SUMMON and before in {"to", "at", "into"}:
            return phrase
    return None
