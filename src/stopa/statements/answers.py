"""What was done about an incident: who noticed it, and the steps that states and victims took."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.statement import Act, Statement
from stopa.statements.culprits import Slot
from stopa.statements.dates import Dated
from stopa.statements.harm import around
from stopa.statements.lexicon import incident
from stopa.statements.timing import CHARGED

VALUE_WORDS = 28  # words of a step; the sentence holds the rest
RESPONDING = frozenset({Act.RESPOND, Act.SUMMON})
# Steps that answer an attribution, by how much they are steps of state. Told in any voice.
STEPS = re.compile(
    r"\b(?:summon(?:ed|s|ing)?|called in|recall(?:ed|s|ing)?|expel(?:led|s|ling)?|expulsions?|"
    r"sanction(?:ed|s|ing)?|blacklist(?:ed|s)?|designat(?:ed|es|ing)|asset freezes?|froze(?:n)?|"
    r"travel bans?|visa bans?|indict(?:ed|s|ments?)|charg(?:ed|es) (?:with|against)|unsealed|"
    r"arrest(?:ed|s)?(?: warrants?)?|extradit(?:ed|ion|es)|wanted list|rewards?|bount(?:y|ies)|"
    r"d[ée]marches?|note (?:of protest|verbale)|protest note|persona(?:e)? non grata(?:e)?|"
    r"(?:broke|severed|suspended|cut|downgraded)(?: off)? (?:diplomatic )?(?:relations|ties|talks|"
    r"cooperation)|closed (?:the|its) (?:embassy|consulate|mission|border)|t(?:ook|aken) down|"
    r"seiz(?:ed|ure)|"
    r"takedown|dismantled|barred|banned|fined|sued|lawsuit|observer status|called home|ordered "
    r"(?:home|out)|"
    r"sent (?:\w+ ){0,3}(?:team|experts|specialists|technicians)|dispatch of|state of emergency|"
    r"(?:note|protest) (?:was|has been|had been) (?:conveyed|delivered|handed|sent|lodged)|"
    r"(?:servers|systems|passwords|equipment|computers|networks?) (?:was|were|have been|has been|"
    r"had been) (?:\w+ )?(?:replaced|rebuilt|reset|renewed|"
    r"disconnected|isolated)|"
    r"task force|response team|emergency (?:directive|order|update|patch))\b",
    re.IGNORECASE,
)
UNREAL = re.compile(
    r"\b(?:no|not|n't|never|without|must|should|would|could|might|ruled out|call(?:s|ed)? for|"
    r"if)\b",
    re.I,
)
HELPING = re.compile(
    r"\b(?:team|experts?|specialists?|assistance|help|aid|equipment|million)\b", re.I
)
REMEDY = re.compile(
    r"\b(?:passwords? (?:\w+ ){0,4}(?:reset|replaced|changed)|rebuilt|restored|disconnected|"
    r"isolated|"
    r"moved (?:to|behind)|two-factor|multi-factor|new (?:\w+ )?(?:system|network)|patched|"
    r"updat(?:ed|es?)|"
    r"shut down|switched off|taken offline|notified|informed|complaint|investigation|inquiry|"
    r"audit)\b",
    re.I,
)
FOUND = re.compile(
    r"\b(?:(?:was|were|had been|has been|have been) (?:first |only |finally |initially )?"
    r"(?:noticed|discovered|detected|found|spotted|uncovered|identified)(?: open| out)?\b|"
    r"(?:first )?(?:noticed|spotted|detected|discovered|uncovered|caught|stumbled (?:on|upon|"
    r"across)|"
    r"came to light|tip(?:-off)? from|led to the discovery|raised the alarm|alerted|tipped off|"
    r"sounded the alarm))",
    re.IGNORECASE,
)


def responses(text: str, statements: list[Statement], *, ours: bool) -> Iterator[Slot]:
    """Yield the steps taken; `ours` when the sentence is about this incident and no other."""
    told = False
    for statement in statements:
        if statement.negated:
            told = True
            continue
        charged = statement.act is Act.ACCUSE and CHARGED.search(text)
        helped = statement.act is Act.SUPPORT and HELPING.search(text)
        if statement.act in RESPONDING or charged or helped:
            told = True
            yield "response", _clause(text, statement), "step taken", _weight(text, statement)
    found = STEPS.search(text)
    if not told and ours and found and not UNREAL.search(text[: found.start()]):
        yield "response", around(text, found, VALUE_WORDS // 2), "step told", 2


def detections(text: str, when: list[Dated], statements: list[Statement]) -> Iterator[Slot]:
    """Yield who noticed it and when."""
    day = f", {when[0].edtf}" if when else ""
    for statement in statements:
        if statement.act is Act.DETECT and not statement.negated:
            words = FOUND.search(text)
            weight = 2 + 2 * (words is not None) + bool(when)
            if statement.speaker:
                yield (
                    "detection",
                    f"{statement.speaker.name}{day}",
                    "speaker of a detection",
                    weight,
                )
    found = FOUND.search(text)
    told = any(s.act is Act.DETECT for s in statements)
    if found and not told and incident.INTRUSION.search(text):
        yield "detection", f"{around(text, found, VALUE_WORDS // 2)}{day}", "told as noticed", 2


def _weight(text: str, statement: Statement) -> int:
    if statement.act is Act.SUMMON or STEPS.search(text):
        return 4
    return 2 if REMEDY.search(text) else 1


def _clause(text: str, statement: Statement) -> str:
    """Return the part of the sentence from the speaker on, short enough to read."""
    passive = statement.rule.startswith(("passive", "inverted", "floating", "according"))
    stated = statement.speaker.stated if statement.speaker and not passive else ""
    at = max(text.find(stated), 0) if stated else 0
    at = at if at < len(text) / 3 else 0
    return " ".join(text[at:].split()[:VALUE_WORDS])
