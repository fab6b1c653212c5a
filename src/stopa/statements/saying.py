"""Which act an utterance performs in the end: by its verb, or by what is said, bent by the verb.

Why: `announced that it would expel two` is a step, `said that it must stop` a demand.
Trap: `X said:` announces what follows and says nothing itself.
"""

from __future__ import annotations

from dataclasses import replace

from stopa.model.statement import Act
from stopa.statements import blaming, content
from stopa.statements.aims import accuser, target, told
from stopa.statements.draft import Draft
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import PhraseKind
from stopa.statements.verdicts import Said
from stopa.statements.view import View

LEGAL = wordset(
    "indictment complaint prosecutor prosecutors prosecution jury investigators detectives police"
)
COURT_PAPERS = wordset("documents papers records filings")
TELLING = (":tell", ":warn", ":remind", ":assure", ":inform", ":brief", ":write")
ANNOUNCING = (":announce", ":declare", ":vow", ":pledge", ":promise")
CHARGES = wordset("accusation accusations allegation allegations charge charges claim claims")
FUTURE = frozenset({"will", "shall", "'ll"})
# What a content that fits no act amounts to by the verb that reports it.
BY_VERB = (
    ((":establish", ":determine"), Act.DETECT),
    (("warn", "caution", "fear", "worry"), Act.CONCERN),
    ((":demand", ":urge"), Act.CALL_ON),
)


def said_by(view: View, draft: Draft, country: str | None) -> Said | None:
    """Return what a draft says in the mouth of somebody of that country; None if nothing."""
    if draft.hit is not None and not _found_that(view, draft):
        whom = draft.target or (None if draft.passive else target(view, draft.hit, country))
        return Said(draft.hit.cue.act, whom, draft.rule)
    if not _says_anything(view, draft):
        return None
    said = content.judge(view, draft.start, draft.end, country=country)
    if said.act is Act.CALL_ON and draft.rule.endswith((":announce", ":declare")):
        said = replace(said, act=Act.RESPOND)
    bent = next((act for verbs, act in BY_VERB if draft.rule.endswith(verbs)), Act.OTHER)
    if said.act is Act.OTHER:
        said = replace(said, act=bent)
    if said.act is Act.OTHER:
        said = _more_said(view, draft, said, country)
    if said.target is None and draft.rule.endswith(TELLING):
        said = replace(said, target=told(view, draft.at))
    return said


def _more_said(view: View, draft: Draft, said: Said, country: str | None) -> Said:
    """Judge what a plain saying leaves open: `"Hear me," X said, "Y did it."`, `we will inform`."""
    behind = range(draft.at + 1, len(view.words))
    quoted = next((at for at in behind if view.quoted[at] >= 0), None)
    if draft.behind and quoted is not None:
        return content.judge(view, quoted, len(view.words), country=country)
    called = range(draft.at + 1, draft.start if draft.rule == "called" else draft.at)
    if any(view.low(at) in CHARGES for at in called):
        whose = accuser(view, draft.at + 1, draft.start, country)
        return replace(said, act=Act.DENY, target=whose)
    legal = draft.speaker is not None and (
        draft.speaker.head in LEGAL
        or (draft.speaker.head == "court" and view.low(draft.speaker.end) in COURT_PAPERS)
    )
    if legal:
        return blaming.charged(view, draft.start, draft.end) or said
    coming = {view.low(at) for at in range(draft.start, draft.end)} & (FUTURE | {"would"})
    announced = draft.rule.endswith(ANNOUNCING) and coming
    if announced or (draft.rule.startswith("said:") and set(view.auxiliary(draft.at)) & FUTURE):
        return replace(said, act=Act.RESPOND)
    return said


def _found_that(view: View, draft: Draft) -> bool:
    """`found that X was behind it` says who did it; `found traces` does not."""
    if draft.hit is None or draft.hit.cue.act is not Act.DETECT:
        return False
    said = content.judge(view, draft.start, draft.end, country=None)
    named = said.target is not None and (
        said.target.country or said.target.organ or said.target.kind is PhraseKind.ACTOR
    )
    return view.low(draft.at + 1) == "that" and said.act is Act.ACCUSE and bool(named)


def _says_anything(view: View, draft: Draft) -> bool:
    """Whether words stand where the content should be; `X said:` announces what follows."""
    if view.words[-1].text == ":" and not any(word.word for word in view.words[draft.at + 1 :]):
        return False
    return any(word.word for word in view.words[draft.start : draft.end])
