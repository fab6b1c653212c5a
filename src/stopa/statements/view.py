"""A sentence laid open: its tokens, which of them are quoted, its phrases, its subjects.

Why: the patterns of speech ask the same questions of a sentence; they are answered here once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from stopa.statements.dateline import dateline
from stopa.statements.gazetteer import Gazetteer
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    NEGATED_CONTRACTION,
    NEGATION,
    PREPOSITIONS,
    RELATIVES,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind, is_verb
from stopa.statements.phrases import phrases
from stopa.statements.quotations import Quote
from stopa.statements.sentences import Sentence
from stopa.statements.tokens import Token, tokens

WEEKDAYS = wordset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
)
MONTHS = wordset(
    """january february march april may june july august september october november december jan
    feb mar apr jun jul aug sep sept oct nov dec"""
)
TIMES = (
    WEEKDAYS
    | MONTHS
    | wordset(
        """week weeks month months year years day days night morning evening afternoon weekend
        yesterday today tonight ago spring summer autumn winter noon midnight"""
    )
)
BEFORE_TIMES = wordset(
    "on in last this next late early mid at by since during of the same past a an"
)
DATELINE_LIMIT = 200  # characters
LONG_SUBJECT = 9  # words between a subject and its verb
CLAUSE_OPENERS = frozenset({"after", "before", "until", "till"})  # `after Albania announced`
COORDINATORS = frozenset({"and", "but", "or", "then", "yet"})
DASHES = frozenset({"—", "–"})
CLAUSE_MARKS = frozenset({";", ":", "—", "–"})
SPEAKERS = frozenset(
    {PhraseKind.PERSON, PhraseKind.BODY, PhraseKind.PLACE, PhraseKind.NAME, PhraseKind.PRONOUN}
)


@dataclass(frozen=True)
class View:
    """One sentence. `quoted[i]` is the index of the quotation token i lies in, else -1."""

    text: str
    sentence: Sentence
    words: list[Token]
    quoted: list[int]
    quotes: list[Quote]
    phrases: list[Phrase]

    @cached_property
    def starting(self) -> dict[int, Phrase]:
        """Phrases by their first token."""
        return {phrase.at: phrase for phrase in self.phrases}

    @cached_property
    def ending(self) -> dict[int, Phrase]:
        """Phrases by the token after them."""
        return {phrase.end: phrase for phrase in self.phrases}

    def printed(self, phrase: Phrase) -> str:
        """Return the phrase as it stands in the text."""
        return self.text[self.words[phrase.at].start : self.words[phrase.end - 1].end]

    def low(self, at: int) -> str:
        """Return the token in lower case; empty outside the sentence."""
        return self.words[at].low if 0 <= at < len(self.words) else ""

    def speaker_like(self, phrase: Phrase | None) -> bool:
        """Whether the phrase can be the subject of speech."""
        if phrase is None or phrase.possessor or phrase.kind not in SPEAKERS:
            return False
        return self.quoted[phrase.at] < 0 and not self._object(phrase)

    def speaker_like_at(self, phrase: Phrase) -> bool:
        """Whether the phrase can speak, whatever preposition it hangs on."""
        spoken = not phrase.possessor and phrase.kind in SPEAKERS
        return spoken and phrase.kind is not PhraseKind.PRONOUN and self.quoted[phrase.at] < 0

    def subject(self, verb: int) -> Phrase | None:
        """Return the phrase that does what the verb at this token says."""
        at = self.back(verb - 1)
        if self.low(at) == ",":
            return self._before_insertion(at) or self.first_subject(verb)
        dash = next((i for i in range(at - 1, -1, -1) if self.low(i) in DASHES), -1)
        if self.low(at) in DASHES and dash + 1 > 0 and dash in self.ending:
            return self.ending[dash]  # `X—owned by Y—has linked it to Z`
        ending = self.ending.get(at + 1)
        if ending is not None and not self._object(ending) and not ending.possessor:
            return ending
        if self.low(at) in RELATIVES:
            before = at - 1 if self.low(at - 1) == "," else at
            near = self.ending.get(before)
            contrasted = near is not None and self._object(near) and self.low(near.at - 1) == "not"
            if near is not None and contrasted:
                near = self.ending.get(near.at - 2)  # the comma before `not`
            return near or self.first_subject(verb)
        return self.first_subject(verb)

    def has_party_before(self, verb: int) -> bool:
        """Whether the words before the verb let a party be its subject.

        `the member states' login requests` has a plain noun before it, which is the subject then.
        """
        at = self.back(verb - 1)
        if at < 0 or self.quoted[at] >= 0 or at + 1 in self.ending:
            return True
        low = self.low(at)
        if low in INDEFINITE:
            return False
        if not low[:1].isalnum() or low in COORDINATORS or low in RELATIVES:
            return True
        first = self.first_subject(verb)
        if first is None or verb - first.end > LONG_SUBJECT:
            return False
        follows = self.words[first.end]
        described = follows.low.endswith("ed") and not is_verb(follows)
        return follows.low in PREPOSITIONS | RELATIVES or described

    def relative(self, verb: int) -> bool:
        """Whether the verb stands in a relative or comparing clause (`which X links to Y`)."""
        at = self.back(verb - 1)
        if self.low(at) in RELATIVES | {"what"}:
            return True
        ending = self.ending.get(at + 1)
        if ending is not None and self.low(ending.at - 1) == "that":
            return self._noun_before_that(ending.at - 2)
        return ending is not None and self.low(ending.at - 1) in RELATIVES - {"that"} | {
            "what",
            "as",
        }

    def _noun_before_that(self, at: int) -> bool:
        """Tell `norms that all members endorsed` from `told reporters that Norway condemned`."""
        if at < 0 or not self.words[at].low.isalpha() or is_verb(self.words[at]):
            return False
        near = range(max(0, at - 4), at + 1)
        return self.low(at) in KEPT and not any(self.low(i) in TOLD for i in near)

    def coordinated(self, verb: int) -> bool:
        """Whether the verb shares the subject of the one before it: `condemned it and urged`."""
        at = self.back(verb - 1)
        return self.low(at) in COORDINATORS

    def first_subject(self, verb: int) -> Phrase | None:
        """Return the first phrase of the clause that could be its subject."""
        start = max(
            (i for i in range(verb) if self.words[i].text in CLAUSE_MARKS and self.quoted[i] < 0),
            default=-1,
        )
        for phrase in self.phrases:
            if start < phrase.at and phrase.end <= verb and self._leading(phrase):
                return phrase
        for phrase in self.phrases:
            if phrase.end <= verb and self._leading(phrase):
                return phrase
        return None

    def negated(self, verb: int) -> bool:
        """Whether the text says that the act was not done."""
        for at in range(verb - 1, max(-1, verb - 7), -1):
            low = self.low(at)
            if self._inserted(at):
                continue
            if low == "time" and self.low(at - 1) == "no":
                return True
            if (low in NEGATION and low != "no") or low in NEGATED_CONTRACTION:
                return True
            if low in REFRAINED:
                return True
            listed = {"or", "nor"} & {self.low(scan) for scan in range(verb + 1, verb + 4)}
            if low == "," and at == verb - 1 and listed and is_verb(self.words[at - 1]):
                return self.negated(at - 1)  # `has never encouraged, supported or condoned`
            if low in {",", ";", "and", "but"} or (
                is_verb(self.words[at]) and low not in AUXILIARY
            ):
                return low in REFRAINED
        return False

    def _inserted(self, at: int) -> bool:
        """Whether a token belongs to an adverb between commas: `has not, however, joined`."""
        spans = ((at - 2, at), (at - 1, at + 1), (at, at + 2))
        return any(
            self.low(a) == "," and self.low(b) == "," and self.low(a + 1) in INSERTED
            for a, b in spans
            if a >= 0
        )

    def auxiliary(self, verb: int) -> list[str]:
        """Return the auxiliaries directly before the verb, nearest first."""
        found: list[str] = []
        at = verb - 1
        while at >= 0 and (
            self.low(at) in AUXILIARY | ADVERBS | NEGATION or self.low(at).endswith("ly")
        ):
            if self.low(at) in AUXILIARY:
                found.append(self.low(at))
            at -= 1
        return found

    def _leading(self, phrase: Phrase) -> bool:
        return self.quoted[phrase.at] < 0 and not phrase.possessor and not self._object(phrase)

    def _object(self, phrase: Phrase) -> bool:
        before = self.low(phrase.at - 1)
        if before == "not" and self.low(phrase.at - 2) == ",":
            return True  # `the ministry, not the army, that blamed`
        if before in CLAUSE_OPENERS and self.low(phrase.at) not in INDEFINITE:
            follows = phrase.end < len(self.words) and is_verb(self.words[phrase.end])
            if follows or self.low(phrase.end) in AUXILIARY:
                return False
        if before in PREPOSITIONS - {"as", "than", "like"}:
            return not (before == "since" and phrase.kind is not PhraseKind.PLACE)
        return False

    def back(self, at: int) -> int:
        """Skip, to the left, what stands between a subject and its verb."""
        timed = False
        while at >= 0 and self.quoted[at] < 0:
            low = self.low(at)
            if low in TIMES or (low[:1].isdigit() and self._dated(at)):
                timed = True
            elif timed and low in BEFORE_TIMES:
                pass
            elif (
                not (
                    low in AUXILIARY
                    or low in ADVERBS
                    or low in NEGATION
                    or low in NEGATED_CONTRACTION
                    or low.endswith("ly")
                )
                or at + 1 in self.ending
            ):
                break
            at -= 1
        return at

    def _dated(self, at: int) -> bool:
        return self.low(at - 1) in MONTHS or self.low(at + 1) in MONTHS or len(self.low(at)) == 4

    def _before_insertion(self, comma: int) -> Phrase | None:
        """`X, on a visit to Y, said`: return X."""
        before = [p for p in self.phrases if p.end < comma and self.low(p.end) == ","]
        leading = (p for p in before if self._leading(p))
        opened = (p for p in before if self.low(p.at - 1) in CLAUSE_OPENERS and not p.possessor)
        found = next(leading, None) or next(opened, None)
        return self._apposed(found, comma) if found is not None else None

    def _apposed(self, phrase: Phrase, comma: int) -> Phrase:
        """Make one phrase of office and name: `the foreign secretary, Dominic Raab, said`."""
        other = self.starting.get(phrase.end + 1)
        if phrase.kind is not PhraseKind.PERSON or phrase.name or other is None:
            return phrase
        named = other.kind is PhraseKind.NAME or (other.kind is PhraseKind.PERSON and other.name)
        if not named or other.end != comma:
            return phrase
        return replace(phrase, end=other.end, name=other.name, bare=False)


INDEFINITE = wordset("nobody anybody somebody everybody anyone someone everyone none nothing")
KEPT = wordset(
    "norms behaviour commitments commitment obligations rules principles promise pledge agreement"
)
TOLD = wordset("told tell tells informed assured reminded said says")
INSERTED = wordset("however though therefore moreover indeed still instead nevertheless thus")
REFRAINED = wordset(
    """declined declines decline refused refuses failed fails refrained avoided stopped omitted
    neglected dare dared hesitated reluctant unwilling without ruled rules"""
)


def view(text: str, sentence: Sentence, quotes: list[Quote], known: Gazetteer) -> View:
    """Return the sentence with its tokens and phrases; `quotes` are those that touch it."""
    words = tokens(text, sentence.start, sentence.end)
    quoted = _quoted(words, quotes)
    begin = _past_dateline(text, sentence)
    found = [p for p in phrases(words, quoted, known) if words[p.at].start >= begin]
    return View(text, sentence, words, quoted, quotes, found)


def _past_dateline(text: str, sentence: Sentence) -> int:
    """`TIRANA, Sept 8 (Agency) - Albania severed`: the place of writing is no party."""
    found = dateline(text[sentence.start : sentence.start + DATELINE_LIMIT])
    return sentence.start + (found.end if found else 0)


def _quoted(words: list[Token], quotes: list[Quote]) -> list[int]:
    """Return for each token the index of the quotation it lies in, -1 outside; both in order."""
    found: list[int] = []
    at = 0
    for word in words:
        while at < len(quotes) and quotes[at].end <= word.start:
            at += 1
        inside = at < len(quotes) and quotes[at].start <= word.start
        found.append(at if inside else -1)
    return found
