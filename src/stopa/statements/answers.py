"""What was done about an incident: who noticed it, and the steps that states and victims took."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.statement import Act, Statement
from stopa.statements import signs
from stopa.statements.dates import Dated
from stopa.statements.harm import around
from stopa.statements.slot import Slot
from stopa.statements.steps import shown, told_steps
from stopa.statements.timing import CHARGED
from stopa.statements.view import View

VALUE_WORDS = 28  # words of a step; the sentence holds the rest
ANNOUNCED = -1  # weight of a step that no known words tell
RESPONDING = frozenset({Act.RESPOND, Act.SUMMON})
HELPING = re.compile(
    r"\b(?:team|experts?|specialists?|assistance|help|aid|equipment|million)\b", re.I
)
FOUND_WORDS = 12  # words that tell what was found
MALWARE = re.compile(
    r"\b(?:beacons?|loaders?|implants?|traces?|log-?ins?|backdoors?|traffic|anomal\w+|"
    r"connections?|web ?shells?|files|activity|processes|alerts?|spies|hackers|malware)\b",
    re.IGNORECASE,
)
SEEN = r"(?:noticed|discovered|detected|found|spotted|uncovered|identified|brought to light|caught)"
FOUND = re.compile(
    rf"\b(?:(?:was|were|had been|has been|have been) (?:first |only |finally |initially )?{SEEN}"
    rf"(?: open| out)?\b|(?:had|have|has) (?:first |already |also )?found|"
    r"(?:flagged|picked up|recorded|logged) |(?:the )?(?:first )?(?:to )?"
    r"(?:notice[ds]?|spotted|detected|discover(?:ed)?|uncovered|caught|stumbled "
    r"(?:on|upon|across)|came (?:across|upon)|came to light|tip(?:-off)? from|"
    r"led to the discovery|(?:raised|sounded|triggered|set off) (?:an? |the )?(?:alarm|alert)s?|"
    r"alerted|tipped off|drew (?:\w+ )?attention to|(?:check|audit|scan|review|inspection|test)s?"
    r"(?: [\w'’]+){0,7} (?:revealed|found|showed|uncovered|turned up)|came to "
    r"(?:the attention|the notice|\w+ attention)|turned up|put \w+ on the (?:trail|track)|"
    r"(?:was|were) (?:informed|warned|notified|told) (?:of it |about it )?by|reported "
    r"(?:the |an? )?(?:odd|strange|suspicious|unusual)))",
    re.IGNORECASE,
)
OF_IT = re.compile(r"\b(?:of|about) it\b")
UNSEEN = re.compile(
    r"(?:n['’]t|\b(?:nobody|no one|none|never|not)|\bwithout being|failed to|"
    r"before anybody)\b[^.;]{0,20}$",
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
    """Yield who noticed it, what, and when."""
    day = f", {when[0].edtf}" if when else ""
    found = FOUND.search(text)
    found = None if found and UNSEEN.search(text[: found.start() + 12]) else found
    for statement in statements:
        if statement.act is Act.DETECT and not statement.negated and statement.speaker:
            weight = 3 + (found is not None) + bool(when)
            what = _found(text, found, statement.speaker.stated) if found else ""
            said = f"{statement.speaker.name}: {what}{day}"
            yield "detection", said, "speaker of a detection", weight
    told = any(s.act is Act.DETECT and s.speaker for s in statements)
    of_it = found is not None and OF_IT.search(found.group()) is not None
    if found and not told and (of_it or signs.intrusion(text) or MALWARE.search(text)):
        yield "detection", f"{_finding(text, found)}{day}", "told as noticed", 3 + bool(when)


def _found(text: str, found: re.Match[str], speaker: str) -> str:
    """Return the words after the verb of finding, up to a quotation's end and to who says so."""
    if text.startswith(" by ", found.end()):
        return ""  # `was detected by the parliament's staff`
    rest = re.split(r"[\"”»]", text[found.end() :], maxsplit=1)[0].partition(speaker)[0]
    return " ".join(rest.split()[:FOUND_WORDS]).rstrip(",. ")


def _finding(text: str, found: re.Match[str]) -> str:
    return around(text, found, VALUE_WORDS // 2)


def _clause(text: str, statement: Statement) -> str:
    """Return the part of the sentence from the speaker on, short enough to read."""
    passive = statement.rule.startswith(("passive", "inverted", "floating", "according"))
    stated = statement.speaker.stated if statement.speaker and not passive else ""
    at = max(text.find(stated), 0) if stated else 0
    at = at if at < len(text) / 3 else 0
    return " ".join(text[at:].split()[:VALUE_WORDS])
