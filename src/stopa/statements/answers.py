"""What was done about an incident: who noticed it, and the steps that states and victims took."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.statement import Act, Statement
from stopa.statements.culprits import Slot
from stopa.statements.dates import Dated
from stopa.statements.harm import around
from stopa.statements.lexicon import incident
from stopa.statements.steps import shown, told_steps
from stopa.statements.timing import CHARGED
from stopa.statements.view import View

VALUE_WORDS = 28  # words of a step; the sentence holds the rest
ANNOUNCED = -1  # weight of a step that no known words tell
RESPONDING = frozenset({Act.RESPOND, Act.SUMMON})
HELPING = re.compile(
    r"\b(?:team|experts?|specialists?|assistance|help|aid|equipment|million)\b", re.I
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


def responses(view: View, text: str, statements: list[Statement], *, ours: bool) -> Iterator[Slot]:
    """Yield the steps taken; `ours` when the sentence is about this incident and no other."""
    steps = told_steps(view) if ours else []
    for step in steps:
        yield "response", shown(view, step), f"step:{step.verb or 'noun'}", step.weight
    if steps:
        return
    for statement in statements:
        charged = statement.act is Act.ACCUSE and CHARGED.search(text)
        helped = statement.act is Act.SUPPORT and HELPING.search(text)
        if not statement.negated and (statement.act in RESPONDING or charged or helped):
            yield "response", _clause(text, statement), "step announced", ANNOUNCED


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


def _clause(text: str, statement: Statement) -> str:
    """Return the part of the sentence from the speaker on, short enough to read."""
    passive = statement.rule.startswith(("passive", "inverted", "floating", "according"))
    stated = statement.speaker.stated if statement.speaker and not passive else ""
    at = max(text.find(stated), 0) if stated else 0
    at = at if at < len(text) / 3 else 0
    return " ".join(text[at:].split()[:VALUE_WORDS])
