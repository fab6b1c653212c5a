"""How far an intrusion went: how many machines, people or bodies, and how much money was lost.

Trap: `eleven servers that they rented` are the attackers'; `six countries` that condemn it are
not hit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stopa.statements import signs
from stopa.statements.lexicon import incident
from stopa.statements.lexicon.extent import (
    ATTACKERS_NUMBER,
    BARE_NUMBER,
    BIG,
    GATHERED,
    HARMED_AFTER,
    HARMED_BEFORE,
    NUMBER,
    PAPERS,
    SHARE,
    SMALL,
    SPEAKING,
    STAFFED,
    TENS,
    UNCOUNTED,
    UNITS,
)
from stopa.statements.slot import Slot

MOST = 3  # numbers taken from one sentence
AROUND = 45  # characters before a number in which a verb of harm governs it
PHRASE = re.compile(
    rf"\b(?!(?:19|20)\d\d\b){NUMBER}\b(?:,? (?:of (?:its |the |their |our |his |her )?"
    rf"(?:\d[\d,.]* )?)?)?"
    r"(?P<noun>(?: ?(?!(?:and|or|of|in|to|at|on|for|from|by|with|who|which|that|were|was|are|is|"
    r"have|has|had|will|would|could|be|been|the|a|an|its|their|between|including|said|as|than|"
    r"before|after|ago|into|from|across|over|under)\b)[A-Za-z][\w'’-]{1,30}){1,4})"
    r"(?: (?:and|or) (?P<more>(?:its |the )?[a-z][\w-]{2,20}))?"
    r"(?: in (?:[\w-]{1,30} ){0,2}[\w-]+)?",
    re.IGNORECASE,
)
OF_STAFF = re.compile(r" of (?:staff|parliament|congress|the public|the public service)\b")
OF_MORE = re.compile(r"\bof (?:the |its |their )?\d")
LOST_TIME = re.compile(
    r"\blos(?:t|e|ing|es)\b[^.;,]{0,20}?(?P<what>(?:\w+ )?(?:hours?|days|weeks|months|years?)"
    r"(?:' worth)? of (?:\w+ )?(?:sales|production|work|trade|revenue|output|business|income|"
    r"turnover))\b"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with what it counts, at the characters [start, end) of the sentence."""

    start: int
    end: int
    words: str
    weight: int


def counted(text: str) -> list[Counted]:
    """Return the numbers of machines, people and bodies in a sentence."""
    found: list[Counted] = []
    for match in PHRASE.finditer(text):
        head = _head(match.group("noun"))
        if head is None:
            continue
        end = match.start("noun") + head
        if match.group("more") and UNITS.fullmatch(match.group("more").split()[-1]):
            end = match.end("more")
        of_staff = OF_STAFF.match(text, end)
        end = of_staff.end() if of_staff else end
        words = text[match.start() : end]
        stamped = text[match.start() - 1 : match.start()] in {":", "."} and match.start() > 0
        money = incident.MONEY.search(words)
        if not money and not UNCOUNTED.search(words) and _plain(words) and not stamped:
            found.append(Counted(match.start(), end, words, _weight(text, match.start(), end)))
    return found


def amounts(text: str, before: str) -> Iterator[Slot]:
    """Yield how many were hit, and the money lost; `before` is the sentence before."""
    hit = signs.intrusion(text) or signs.impact(text)
    for number in [c for c in counted(text) if c.weight > 0 or hit][:MOST]:
        firm = number.weight + bool(hit)
        if firm > 0:
            yield "extent", number.words, "number of systems or people", firm
    yield from _shares(text)
    for match in LOST_TIME.finditer(text):
        yield "loss", match.group("what"), "lost time", 2
    if incident.NO_LOSS.search(text):
        return
    if incident.LOSS_WORDS.search(text) or incident.LOSS_WORDS.search(before):
        own = 1 + bool(incident.LOSS_WORDS.search(text))
        for match in incident.MONEY.finditer(text):
            yield "loss", match.group(), "sum of money", own


def _shares(text: str) -> Iterator[Slot]:
    """Yield how far it went where no noun is counted: a share, or a number by itself."""
    if not (signs.intrusion(text) or signs.impact(text)):
        return
    for match in SHARE.finditer(text):
        harmed = HARMED_AFTER.match(text[match.end() :][:AROUND])
        harmed = harmed or HARMED_BEFORE.search(text[: match.start()][-AROUND:])
        if UNITS.fullmatch(match.group("noun")) and harmed:
            yield "extent", match.group(), "share of systems or people", 2
    for match in BARE_NUMBER.finditer(text):
        yield "extent", match.group(), "number without its noun", 2


def _head(nouns: str) -> int | None:
    """Return the length up to the last plural noun of the words that follow a number."""
    at = 0
    for word in re.finditer(r"\S+", nouns):
        low = word.group().lower()
        if UNITS.fullmatch(low) or (
            low.endswith("s") and not low.endswith(("ss", "us", "'s", "’s"))
        ):
            at = word.end()
    return at or None


def _plain(words: str) -> bool:
    """Whether the number counts: not a year, not a share, not an article."""
    return bool(re.match(r"(?:[\w ]+ )?(?:\d|[a-z])", words, re.IGNORECASE)) and "%" not in words


def _weight(text: str, start: int, end: int) -> int:
    """Return how plainly the number tells what was hit."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if ATTACKERS_NUMBER.search(before) or ATTACKERS_NUMBER.match(after):
        return -2
    if STAFFED.search(before) or GATHERED.match(after):
        return -2
    words = text[start:end]
    known = int(bool(UNITS.fullmatch(_noun(words))))
    harmed = bool(HARMED_AFTER.match(after) or HARMED_BEFORE.search(before))
    big = bool(BIG.search(words)) + bool(TENS.search(words))
    speaking = bool(SPEAKING.search(words)) or bool(SPEAKING.match(after))
    known -= bool(PAPERS.fullmatch(_noun(words)))
    small = bool(SMALL.match(words)) and not harmed and not OF_MORE.search(words)
    return known + 2 * harmed + big - small - 2 * speaking


def _noun(words: str) -> str:
    """Return the noun that is counted: `members` of `60 members of staff`."""
    return OF_STAFF.sub("", words).split()[-1]
