"""A speaker whom no list of offices and bodies has: `the radio station denies it`.

Why: verbs that only people and bodies can do make a speaker of whatever noun stands before them.
Trap: a noun behind a preposition is an object; evidence and programs say nothing.
"""

from __future__ import annotations

from stopa.statements.lexicon.grammar import FUNCTION
from stopa.statements.lexicon.inflection import forms
from stopa.statements.lexicon.verbs import DETERMINERS, PREPOSITIONS
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind, is_verb
from stopa.statements.view import TIMES, View

SPEAKING = wordset(
    """say tell warn deny fear urge demand complain insist admit recall condemn blame accuse deplore
    criticise denounce reject dismiss praise welcome apologise joke claim promise"""
)
FORMS = frozenset(form for base in sorted(SPEAKING) for form in forms(base))
THINGS = wordset(
    """evidence data logs log attack attacks hack breach malware code law laws document documents
    record records analysis results facts message messages mail email page site system systems
    server servers software program file files letter sign text line note rule rules contract
    incident campaign intrusion operation move step decision news story word words world"""
)
LONGEST = 5  # words of such a phrase


def plain_subject(view: View, verb: int) -> Phrase | None:
    """Return the noun phrase directly before a verb of speech that no list names."""
    if view.low(verb) not in FORMS:
        return None
    last = view.back(verb - 1)
    if last < 1 or last + 1 in view.ending or not _noun(view, last):
        return None
    start = last
    while start > 0 and last - start < LONGEST and _inside(view, start - 1):
        start -= 1
        if view.low(start) in DETERMINERS:
            break
    if view.low(start) not in DETERMINERS or view.low(start - 1) in PREPOSITIONS | DETERMINERS:
        return None
    plural = view.low(last).endswith(("s", "men", "women"))
    return Phrase(start, last + 1, PhraseKind.BODY, view.low(last), plural=plural, bare=True)


def _noun(view: View, at: int) -> bool:
    word = view.words[at]
    plain = word.word and not word.capital and view.quoted[at] < 0 and not is_verb(word)
    return plain and word.low not in FUNCTION | THINGS | TIMES | DETERMINERS


def _inside(view: View, at: int) -> bool:
    """Whether a word can stand inside the phrase: its determiner, adjectives, nouns, an owner."""
    word = view.words[at]
    if view.quoted[at] >= 0 or is_verb(word):
        return False
    return word.low == "'s" or (word.word and word.low not in FUNCTION | TIMES)
