"""Quotations whose speaker stands on a line of its own behind them: `– Ona Brisk, Minister`.

Why: press releases and pages set quotations off as blocks; the name follows, without a verb.
Trap: a list item with a dash names nobody: the line must hold a name and follow a quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from stopa.statements.dialogue import Turn
from stopa.statements.lexicon.roles import OFFICES, TITLES
from stopa.statements.quotations import Quote

CREDIT = re.compile(
    r"^[ \t>]*(?:[–—―]|--?|~) ?(?P<who>(?:[A-ZÀ-Þ][\w.’'-]*|of|de|von|van|der|den|the|al|la)"
    r"(?: (?:[A-ZÀ-Þ][\w.’'-]*|of|de|von|van|der|den|the|al|la)){0,8})"
    r"(?:, (?P<title>[^\n.!?\"“”]{3,120}))?[ \t]*$",
    re.MULTILINE,
)
HONOURS = re.compile(
    r"^(?:(?:The )?(?:Right |Most )?"
    r"(?:Honou?rable|Hon\.?|Rt\.? Hon\.?|Excellency|H\.?E\.?|Dr\.?|Prof\.?|"
    r"Professor|Mr\.?|Ms\.?|Mrs\.?|Sir|Dame|Lord|Lady|General|Colonel|Admiral) )+"
)
GAP = 12  # characters of blanks, marks and line ends between the quotation and the line
LONGEST = 1500  # characters of the paragraphs that one line can be credited with


def credited(text: str, quotes: list[Quote]) -> list[Turn]:
    """Return a turn for each quotation that a line behind it gives to somebody."""
    ends = [quote.end for quote in quotes]
    found: list[Turn] = []
    for match in CREDIT.finditer(text):
        index = bisect_left(ends, match.start() + 1) - 1
        if index < 0 or text[ends[index] : match.start()].strip(" \t\n>"):
            continue
        if match.start() - ends[index] > GAP:
            continue
        who, title = _person(match.group("who"), match.group("title") or "")
        start = _first(text, quotes, index)
        if who and start >= (found[-1].start if found else 0):
            found.append(Turn(start, match.end(), start, who, title))
            found.append(Turn(match.end(), len(text), match.end()))
    return found


def _person(printed: str, title: str) -> tuple[str, str]:
    """Return name and title: `Prime Minister Eva Tarn` holds both."""
    bare = HONOURS.sub("", printed).strip()
    words = bare.split()
    offices = [i for i, word in enumerate(words) if word.lower() in OFFICES | TITLES]
    if offices and len(words) - offices[-1] > 2:
        return " ".join(words[offices[-1] + 1 :]), title or " ".join(words[: offices[-1] + 1])
    return (bare, title) if len(words) > 1 else ("", "")


def _first(text: str, quotes: list[Quote], index: int) -> int:
    """Return where the quoted paragraphs begin that the line is credited with."""
    last = quotes[index].end
    while index > 0 and quotes[index - 1].open and last - quotes[index - 1].start < LONGEST:
        index -= 1
    while (
        index > 0
        and quotes[index - 1].block
        and not text[quotes[index - 1].end : quotes[index].start].strip(" \t\n>")
    ):
        index -= 1
    line = text.rfind("\n", 0, quotes[index].start) + 1
    return quotes[index].start if text[line : quotes[index].start].strip(" \t>") else line
