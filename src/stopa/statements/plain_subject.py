"""A speaker whom no list of offices and bodies has: `the radio station denies it`, `locals said`.

Why: verbs that only people and bodies can do make a speaker of whatever noun stands before them.
Trap: a noun behind a preposition is an object; evidence and programs say nothing.
"""

from __future__ import annotations

from stopa.statements.chunks import Chunk, chunks
from stopa.statements.lexicon.grammar import FUNCTION
from stopa.statements.lexicon.inflection import forms
from stopa.statements.lexicon.verbs import DETERMINERS, PREPOSITIONS
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind, is_verb
from stopa.statements.view import TIMES, View

SPEAKING = wordset(
    """say tell warn deny fear urge demand complain insist admit recall condemn blame accuse deplore
    criticise denounce reject dismiss praise welcome apologise joke claim promise appeal beg plead
    concede swear vow argue protest thank rebuke slam blast decry hit lash tear cast boast quip
    ask call question reckon put"""
)
FORMS = frozenset(form for base in sorted(SPEAKING) for form in forms(base))
THINGS = wordset(
    """evidence data logs log attack attacks hack breach malware code law laws document documents
    record records analysis results facts message messages mail email page site system systems
    server servers software program file files letter sign text line note rule rules contract
    incident campaign intrusion operation move step decision news story word words world study
    survey poll article book film case question questions outage thefts theft leak leaks affair
    treaty charter convention headline timing silence pressure interest"""
)
LONGEST = 5  # words of such a phrase
OPENS = frozenset({",", "“", "”", '"', "–", "—", ":", ";", ""})


def plain_subject(view: View, verb: int) -> Phrase | None:
    """Return the noun phrase directly before a verb of speech that no list names."""
    if view.low(verb) not in FORMS:
        return None
    last = view.back(verb - 1)
    if last < 0 or last + 1 in view.ending:
        return None
    found = next((c for c in chunks(view) if last + 1 in {c.core, c.end}), None)
    if found is None or found.core - found.start > LONGEST or not _somebody(view, found):
        return None
    head, opens = view.low(found.head), view.low(found.start) in DETERMINERS
    plural = head.endswith(("s", "men", "women")) and not head.endswith("ss")
    first = found.start - (found.start == 1 and view.low(0).endswith(("ing", "ed")))
    bare = plural and view.low(first - 1) in OPENS  # `Locals said`, `Fuming locals said`
    if not (opens or bare) or view.low(found.start - 1) in PREPOSITIONS | DETERMINERS:
        return None
    end = last + 1
    return Phrase(found.start, end, PhraseKind.BODY, head, plural=plural, bare=True)


def _somebody(view: View, chunk: Chunk) -> bool:
    """Whether the head of a phrase is a plain noun that can be somebody."""
    word = view.words[chunk.head]
    named = word.capital and chunk.head > 0
    plain = word.word and not named and view.quoted[chunk.start] < 0 and not is_verb(word)
    return plain and word.low not in FUNCTION | THINGS | TIMES | DETERMINERS
