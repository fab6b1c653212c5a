"""A noun phrase that names a party, and the questions a chunker asks of the words around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from stopa.statements.cues import verb_forms
from stopa.statements.gazetteer import Gazetteer
from stopa.statements.lexicon import roles
from stopa.statements.lexicon.aims import ACCUSATIONS, UNASKED
from stopa.statements.lexicon.grammar import ARTICLES, ELLIPTIC, FUNCTION, NOT_NAMES, PARTICLES
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.verbs import ADVERBS
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.tokens import Token

THINGS = UNASKED | ACCUSATIONS | wordset("statement visit protest note complaint response comment")
SPEAKING_FORMS = frozenset({Form.THIRD, Form.EITHER, Form.PAST})


class PhraseKind(StrEnum):
    """What a phrase names."""

    PRONOUN = "pronoun"
    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    INTRUDER = "intruder"
    ACTOR = "actor"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The tokens [at, end). `head` is the noun that says what it is, `name` the proper name in it.

    `country` is a code as in `Party`. `possessor` marks a genitive or adjective whose noun is no
    party (`Germany's assessment`); `bare` a role noun without name or country; `organ` an
    intelligence or military service; `place` is the name to show for a place or known body.
    """

    at: int
    end: int
    kind: PhraseKind
    head: str
    name: str | None = None
    country: str | None = None
    plural: bool = False
    possessor: bool = False
    bare: bool = False
    place: str | None = None
    organ: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """The tokens of a sentence; `quoted[i]` is -1 outside quotations, `cores` what was found."""

    words: list[Token]
    quoted: list[int]
    known: Gazetteer
    cores: dict[int, Phrase | None] = field(default_factory=dict)

    def low(self, at: int) -> str:
        """Return the token in lower case; empty outside the sentence."""
        return self.words[at].low if 0 <= at < len(self.words) else ""

    def text(self, at: int, end: int) -> str:
        """Return the tokens [at, end) as one string, blanks as printed."""
        out = ""
        for index in range(at, end):
            word = self.words[index]
            gap = index > at and self.words[index - 1].end < word.start
            out += (" " if gap else "") + word.text
        return out

    def role(self, at: int) -> str:
        """Return the role noun at this token, empty if it is none."""
        low = self.low(at)
        if low == "charge" and self.low(at + 1) != "d'affaires":
            return ""  # an accusation, and no chargé
        if low in {"national", "nationals"}:
            return low if not self._plain(at + 1) else ""  # and no `national security`
        if low == "official" and self.low(at + 1) in THINGS:
            return ""  # `an official apology`
        if low in ELLIPTIC and self.low(at - 1) == "the":
            follows = at + 1 < len(self.words) and is_verb(self.words[at + 1])
            return low if follows else ""
        if low in roles.PERSONS or low in roles.BODIES or low in roles.INTRUDERS:
            return low
        last = low.rsplit("-", 1)[-1]
        return last if last != low and (last in roles.PERSONS or last in roles.BODIES) else ""

    def _plain(self, at: int) -> bool:
        """Whether a plain noun can stand here, so that the word before only describes it."""
        if not 0 <= at < len(self.words) or not self.words[at].word:
            return False
        return self.low(at) not in FUNCTION | ADVERBS and not is_verb(self.words[at])

    def verb(self, at: int) -> bool:
        """Whether the word ends a noun phrase because it is the verb."""
        return is_verb(self.words[at]) and not self.role(at)

    def named(self, at: int) -> bool:
        """Whether a proper name can begin here."""
        return (
            0 <= at < len(self.words) and self.words[at].capital and self.low(at) not in NOT_NAMES
        )

    def inside(self, at: int, opened: int) -> bool:
        """Whether the word can stand inside a noun phrase that was opened at a token."""
        word = self.words[at]
        if not word.word or word.low in FUNCTION or word.low == "'s" or word.low in ARTICLES:
            return False
        return not (word.low.endswith("ly") and at == opened) and not self.verb(at)

    def opens(self, at: int) -> bool:
        """Whether a phrase without a determiner can begin here."""
        word = self.words[at]
        if word.text == "US":
            return True  # a state in capitals, and not `us`
        if not word.word or word.low in FUNCTION or self.verb(at) or word.low in ADVERBS:
            return False
        return self.named(at) or (word.low not in NOT_NAMES and self._leads(at))

    def compound(self, at: int) -> bool:
        """One plain noun between two heads: `government security centres`."""
        if not self.role(at + 1) or self.words[at].capital:
            return False
        return not self.low(at).endswith(("ed", "ing", "s", "ly"))

    def run(self, at: int) -> int:
        """Return the token after a run of capitalised words."""
        scan = at + 1
        while scan < len(self.words) and self.quoted[scan] < 0:
            step = self._step(scan)
            if step == 0:
                break
            scan += step
        return scan

    def plain(self, at: int) -> int:
        """Return the end of a noun phrase that names no party (`of computer science`)."""
        scan = at
        while scan < min(len(self.words), at + 4) and self.inside(scan, -1):
            if self.low(scan).endswith(("ed", "ing")):
                break
            scan += 1
        return scan

    def _step(self, scan: int) -> int:
        word = self.words[scan]
        boundary = self.role(scan) or self.known.place(self.words, scan) is not None
        if self.named(scan) and not boundary:
            return 1
        initial = word.text == "." and len(self.words[scan - 1].text) <= 2
        joins = word.low in PARTICLES or word.text == "&" or initial
        capital = scan + 1 < len(self.words) and self.words[scan + 1].capital
        return 2 if joins and capital else 0

    def _leads(self, at: int) -> bool:
        """Tell a role noun here, or soon after modifiers without a determiner."""
        for scan in range(at, min(at + 3, len(self.words))):
            if self.role(scan):
                return True
            word = self.words[scan]
            if not word.word or word.low in FUNCTION or self.verb(scan) or word.low in ADVERBS:
                return False
            if word.low.endswith(("ed", "s", "ing")) and not word.capital:
                return False
        return False


def is_verb(word: Token) -> bool:
    """Whether a lower-case word is a finite form of a verb of saying or acting."""
    return not word.capital and verb_forms().get(word.low) in SPEAKING_FORMS
