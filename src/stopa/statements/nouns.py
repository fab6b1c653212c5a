"""The noun phrase around a head noun: `the gate booking system of the port`.

Why: what was hit is told in words that no list of names has; the words that end a phrase are few.
"""

from __future__ import annotations

from stopa.statements.lexicon.grammar import ARTICLES, FUNCTION
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.struck import HITTING
from stopa.statements.lexicon.verbs import ADVERBS, DETERMINERS, NEGATION
from stopa.statements.phrase import is_verb
from stopa.statements.view import TIMES, View

LEFT = 6  # words before the head
RIGHT = 6  # words of what hangs on it
HANGING = frozenset({"of", "at", "in", "for", "from", "belonging", "used"})
CHAIN = 2
YEAR_DIGITS = 4
PARTICIPLES = frozenset({Form.EITHER, Form.PARTICIPLE, Form.ING})


def noun_phrase(view: View, at: int) -> tuple[int, int]:
    """Return the tokens [start, end) of the phrase whose head is at this token."""
    start = at
    while start > max(0, at - LEFT) and _modifies(view, start - 1):
        start -= 1
        if view.low(start) in ARTICLES:
            break
    end = at + 1
    for _ in range(CHAIN):
        further = _hanging(view, end)
        if further == end:
            break
        end = further
    return start, end


def words_of(view: View, start: int, end: int) -> str:
    """Return the tokens [start, end) as they stand in the text."""
    return view.text[view.words[start].start : view.words[end - 1].end]


def _modifies(view: View, at: int) -> bool:
    """Whether the word can stand inside the phrase, before its head."""
    word = view.words[at]
    if word.low in ARTICLES or word.low == "'s":
        return True
    if not word.word or word.low in FUNCTION or word.low in NEGATION or word.low in ADVERBS:
        return False
    if word.capital or word.low in DETERMINERS:
        return True
    form = HITTING.get(word.low)
    if form is None and word.low.endswith("ed"):
        return _adjective(view, at)
    if form is None:
        return not is_verb(word)
    return form in PARTICIPLES and _adjective(view, at)


def _adjective(view: View, at: int) -> bool:
    """Tell `the compromised servers` from `they compromised servers`."""
    before = view.low(at - 1)
    return at == 0 or before in DETERMINERS or before in FUNCTION - {"and", "or"} or before == "'s"


def _hanging(view: View, at: int) -> int:
    """Return the end of `of the ministry`, `used for unclassified mail`; `at` if there is none."""
    if view.low(at) not in HANGING:
        return at
    scan = at + 1
    while view.low(scan) in {"for", "by", "to"} | DETERMINERS and scan < at + 4:
        scan += 1
    first = scan
    while scan < min(len(view.words), first + RIGHT) and _continues(view, scan):
        scan += 1
    return scan if scan > first else at


def _continues(view: View, at: int) -> bool:
    word = view.words[at]
    if word.low == "'s":
        return True
    if not word.word or word.low in FUNCTION or word.low in TIMES or _year(view, at):
        return False
    return word.capital or (word.low not in HITTING and not is_verb(word))


def _year(view: View, at: int) -> bool:
    """Whether a number is a year or belongs to a date, and not `of 36 members`."""
    if not view.low(at)[:1].isdigit():
        return False
    return len(view.low(at)) == YEAR_DIGITS or view.low(at + 1) in TIMES
