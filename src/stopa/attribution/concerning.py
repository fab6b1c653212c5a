"""Whether a statement is of the incident at hand, and whether whom it names as its speaker spoke.

Why: reports fill up with what an accused group did to others before. Who recalls that has not said
who did this.
Trap: a sentence may do both; where it speaks of this attack it counts.
"""

from __future__ import annotations

import re

from stopa.model.statement import Act, Resolution, Statement

HERE = re.compile(
    r"\b(?:the|this|these|those|latest|recent|its|their)\s+(?:[\w-]+\s+){0,2}"
    r"(?:(?:cyber[- ]?)?attacks?|incidents?|campaign|intrusions?|breach(?:es)?|hack|hacking"
    r"|operation|compromise|theft|sabotage)\b",
    re.IGNORECASE,
)
SAYING = (
    r"(?:accus|blam|attribut|condemn|link|nam|identif|said|confirm|point|call|conclud|assess|charg"
    r"|sanction|denounc|critici|determin|found|held|tied|tie|trac)"
)
ELSEWHERE = re.compile(
    r"\b(?:history|track\s+record|record)\s+of\b|\btrack\s+record\b"
    rf"|\b(?:has|have|had)\s+also\s+(?:\w+ly\s+)?(?!{SAYING})\w+(?:ed|en|ne|ung)\b"
    r"|\b(?:previously|historically|in\s+the\s+past|in\s+(?:previous|earlier|other|past)\s+"
    r"(?:attacks|campaigns|incidents|intrusions|operations|cases|years))\b"
    r"|\bas\s+an?\s+(?:[\w-]+\s+){0,3}threat\b|\bthreat\s+to\s+(?:\w+\s+){0,2}security\b",
    re.IGNORECASE,
)
DESCRIBED = (
    r"\s+(?:\w+ly\s+)?(?:(?:linked|tied|connected|affiliated|associated)\s+(?:to|with)"
    r"|(?:believed|thought|known)\s+(?:to|as|for))\b"
)
HELD_BACK = (
    r"[^.;]{0,25}\b(?:not|without|never|refrain\w*\s+from|short\s+of|declin\w*\s+to)\s+"
    r"(?:\w+ly\s+)?(?:blam|attribut|nam|accus|point)\w*"
)


def accuses(statement: Statement) -> bool:
    """Tell whether somebody is accused of this incident."""
    done = statement.act is Act.ACCUSE and not statement.negated
    return done and spoken(statement) and concerns(statement.sentence)


def concerns(sentence: str) -> bool:
    """Tell whether a sentence that accuses is not only of other acts of whom it accuses."""
    return ELSEWHERE.search(sentence) is None or HERE.search(sentence) is not None


def spoken(statement: Statement) -> bool:
    """Tell whether the speaker spoke: in "X, a group linked to Y", nobody did."""
    by = statement.speaker
    if by is None or by.resolution is not Resolution.ROLE or by.country is not None:
        return True
    return re.search(re.escape(by.stated) + DESCRIBED, statement.sentence) is None


def holds_back(statement: Statement) -> bool:
    """Tell whether the speaker expressly blames nobody."""
    by = statement.speaker
    if by is None:
        return False
    if statement.act is Act.ACCUSE and statement.negated:
        return True
    return re.search(re.escape(by.stated) + HELD_BACK, statement.sentence) is not None
