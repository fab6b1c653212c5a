"""Noun phrases that can speak or be spoken about: offices, bodies, names, places, pronouns.

Why a chunker of our own: no model weights are to be had offline, and the nouns that head a speaker
are few and known (`lexicon.roles`); what surrounds them is bounded by function words.
Trap: `the report blames officials` is not a phrase headed by `officials`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stopa.statements.cues import verb_forms
from stopa.statements.gazetteer import Gazetteer
from stopa.statements.lexicon import roles
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    CONJUNCTIONS,
    DETERMINERS,
    NEGATED_CONTRACTION,
    PREPOSITIONS,
    PRONOUNS,
    SUBJECT_PRONOUNS,
)
from stopa.statements.tokens import Token

LOOK_AHEAD = 7  # words between a determiner and the noun that heads its phrase
PARTICLES = frozenset(
    "de der den del della di da dos van von vom zu bin ibn al el la le ter".split()
)
FUNCTION = PREPOSITIONS | CONJUNCTIONS | AUXILIARY | PRONOUNS | NEGATED_CONTRACTION
ATTACH = frozenset("of for at from in to with on".split())
DEMONYM_KINDS = frozenset({"demonym"})
NOT_NAMES = (
    FUNCTION
    | DETERMINERS
    | ADVERBS
    | frozenset(
        """according monday tuesday wednesday thursday friday saturday sunday january february
        march april may june july august september october november december reports questions
        readers there here yes enough nobody everybody somebody none nothing everything something
        anyone someone everyone asked naming whoever earlier today yesterday meanwhile additionally
        separately similarly speaking behind based two three four five six seven eight nine ten
        eleven twelve only not more see note notes much less fewer many""".split()
    )
) - {"may", "march"} | {"may", "march"}


ARTICLES = frozenset("the a an its his her their our my your this these those".split())
COUNTED = frozenset("one two three four five six seven eight nine ten some many most several all both".split())
NAMING = frozenset("known calling called dubbed tracked".split())
COLLECTIVES = frozenset(
    "string number group handful coalition series host range couple majority variety pair".split()
)
THEM = frozenset("them these those us".split())
ELLIPTIC = frozenset("first second third fourth former latter others other".split())
ADJECTIVES = frozenset(  # capitalised, but no party without a noun
    """european western eastern northern southern baltic nordic balkan african asian arab english
    islamic central foreign federal national state interior""".split()
)


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

    `country` is a code as in `Party`; `host` is set when the country is where a mission sits, not
    whose it is. `possessor` marks a genitive whose noun is no party (`Germany's assessment`).
    """

    at: int
    end: int
    kind: PhraseKind
    head: str
    name: str | None = None
    country: str | None = None
    office: str | None = None
    plural: bool = False
    possessor: bool = False
    bare: bool = False
    place: str | None = None
    organ: bool = False


def phrases(words: list[Token], quoted: list[int], known: Gazetteer) -> list[Phrase]:
    """Return the phrases of a sentence in order; `quoted[i]` is -1 outside quotations."""
    scan = _Scan(words, quoted, known)
    found: list[Phrase] = []
    at = 0
    while at < len(words):
        phrase = scan.phrase(at)
        if phrase is None:
            at += 1
        else:
            found.append(phrase)
            at = phrase.end
    return found


class _Scan:
    """One sentence being read from left to right."""

    def __init__(self, words: list[Token], quoted: list[int], known: Gazetteer) -> None:
        self.words = words
        self.quoted = quoted
        self.known = known

    def phrase(self, at: int) -> Phrase | None:
        """Return the longest phrase that begins here."""
        word = self.words[at]
        if word.low in COUNTED and self._low(at + 1) == "of" and self._low(at + 2) in THEM:
            return Phrase(at, at + 3, PhraseKind.PERSON, "one", plural=word.low != "one")
        if word.low in SUBJECT_PRONOUNS and word.text not in {"US", "IT"}:
            return Phrase(at, at + 1, PhraseKind.PRONOUN, word.low)
        core = self._core(at)
        if core is None:
            return None
        return self._joined(self._extended(core))

    def _core(self, at: int) -> Phrase | None:
        """Return determiner, modifiers, head and name, without what follows a preposition."""
        words = self.words
        first = at
        if words[at].low in DETERMINERS:
            at = self._past_collective(at)
            while at < len(words) and words[at].low in DETERMINERS and at < first + 3:
                at += 1
        elif not self._may_open(at):
            return None
        country: str | None = None
        place_name: str | None = None
        kind_of_place = ""
        head = ""
        name_from = -1
        scan = at
        end = -1
        named: list[tuple[int, int]] = []
        head_at = -1
        actor = False
        malware = False
        inherited: str | None = None
        organ = False
        last_place_end = -1
        while scan < len(words) and scan < at + 14:
            word = words[scan]
            if self.quoted[scan] != self.quoted[first]:
                break
            stop = self.known.tool(words, scan)
            if stop:
                malware, end = True, stop
                scan = stop
                continue
            hit = self.known.actor(words, scan)
            if hit:
                actor, end = True, hit[0]
                country = country or hit[1]
                named.append((scan, hit[0]))
                scan = hit[0]
                continue
            spot = self.known.place(words, scan)
            if spot and not (name_from >= 0 and spot[1].kind == "demonym" and len(named) > 1):
                scan = spot[0]
                place = spot[1]
                organ = organ or place.intelligence
                if place.kind in {"office", "organisation"}:
                    head = head or _office_head(place.name)
                    place_name, country, kind_of_place = place.canonical, place.code, place.kind
                    end = spot[0]
                elif place.kind == "demonym":
                    country = place.code if country is None or not head else country
                    kind_of_place = kind_of_place or "demonym"
                else:
                    if not head:
                        country, place_name, kind_of_place = place.code, place.canonical, place.kind
                    end = spot[0]
                last_place_end = spot[0]
                continue
            if word.low == "'s" and (end == scan or last_place_end == scan or self._name_at(scan)):
                more = self._core_after_genitive(scan + 1)
                if more is None:
                    break
                head, end, organ = more.head, more.end, more.organ
                named, head_at = [], -1
                inherited = more.name
                country = more.country or country
                if more.kind is PhraseKind.ACTOR:
                    actor = True
                place_name, kind_of_place = None, ""
                break
            role = self._role(scan)
            if role:
                head, end, head_at = role, scan + 1, scan
                if scan + 1 < len(words) and words[scan + 1].low == "d'affaires":
                    end += 1
                scan = end
                continue
            if word.capital and word.low not in NOT_NAMES:
                if name_from < 0 or end != scan:
                    name_from = scan
                stop = self._run(scan)
                named.append((scan, stop))
                end = scan = stop
                continue
            if not self._inside(scan, at):
                break
            if end >= 0 and not self._compound(scan):
                break
            if scan - at >= LOOK_AHEAD:
                break
            scan += 1
        if end < 0 and kind_of_place == "demonym":
            return self._adjective(first, scan, country)
        if end < 0 or end <= first:
            return None
        return self._judged(
            first,
            end,
            head=head,
            country=country,
            place=place_name,
            kind=kind_of_place,
            actor=actor,
            malware=malware,
            name=inherited or self._name(named, head_at, end, head), organ=organ,
        )

    def _compound(self, at: int) -> bool:
        """One plain noun between two heads: `government security centres`."""
        if at + 1 >= len(self.words) or not self._role(at + 1) or self.words[at].capital:
            return False
        return not self.words[at].low.endswith(("ed", "ing", "s", "ly"))

    def _past_collective(self, at: int) -> int:
        """Skip `a string of` before the noun that matters."""
        if self._low(at) in COUNTED and self._low(at + 1) == "of":
            inner = at + 2
            while self._low(inner) in DETERMINERS and inner < at + 5:
                inner += 1
            return inner
        if self._low(at + 1) in COLLECTIVES and self._low(at + 2) == "of":
            inner = at + 3
            return inner + 1 if self._low(inner) in DETERMINERS else inner
        return at + 1

    def _low(self, at: int) -> str:
        return self.words[at].low if at < len(self.words) else ""

    def _name_at(self, scan: int) -> bool:
        return scan > 0 and self.words[scan - 1].word

    def _adjective(self, first: int, end: int, country: str | None) -> Phrase | None:
        """A demonym whose noun is no party: not a speaker, but it names a country."""
        if country is None:
            return None
        return Phrase(
            first, max(end, first + 1), PhraseKind.PLACE, "", country=country, possessor=True
        )

    def _core_after_genitive(self, at: int) -> Phrase | None:
        if at >= len(self.words):
            return None
        scan = at
        while scan < len(self.words) and scan < at + 6:
            word = self.words[scan]
            if self.quoted[scan] >= 0 or word.low in FUNCTION or not word.word:
                return None
            if self._role(scan) or (word.capital and word.low not in NOT_NAMES):
                found = self._core(at) if self._may_open(at) else self._core(scan)
                return found if found and not found.possessor and (found.head or found.organ) else None
            if self._verb(scan):
                return None
            scan += 1
        return None

    def _may_open(self, at: int) -> bool:
        word = self.words[at]
        if not word.word or word.low in FUNCTION or self._verb(at) or word.low in ADVERBS:
            return False
        if word.capital and word.low not in NOT_NAMES:
            return True
        return word.low not in NOT_NAMES and self._leads(at)

    def _leads(self, at: int) -> bool:
        """A role noun here, or soon after modifiers without a determiner."""
        for scan in range(at, min(at + 3, len(self.words))):
            word = self.words[scan]
            if self._role(scan):
                return True
            if not word.word or word.low in FUNCTION or self._verb(scan) or word.low in ADVERBS:
                return False
            if word.low.endswith(("ed", "s", "ing")) and not word.capital:
                return False
        return False

    def _role(self, at: int) -> str:
        low = self.words[at].low
        if low in ELLIPTIC and at > 0 and self.words[at - 1].low == "the":
            return low if self._clause_follows(at + 1) else ""
        if low in roles.PERSONS or low in roles.BODIES or low in roles.INTRUDERS:
            return low
        last = low.rsplit("-", 1)[-1]
        return last if last != low and (last in roles.PERSONS or last in roles.BODIES) else ""

    def _clause_follows(self, at: int) -> bool:
        """`The third rejected`: an ordinal alone is a party only before its verb."""
        return at < len(self.words) and is_verb(self.words[at])

    def _verb(self, at: int) -> bool:
        """Whether the word here ends a noun phrase because it is the verb."""
        return is_verb(self.words[at]) and not self._role(at)

    def _inside(self, scan: int, at: int) -> bool:
        word = self.words[scan]
        if not word.word or word.low in FUNCTION or word.low == "'s":
            return False
        if word.low in ARTICLES:
            return False
        if word.low.endswith("ly") and scan == at:
            return False
        return not self._verb(scan)

    def _run(self, at: int) -> int:
        """Return the token after a run of capitalised words."""
        scan = at + 1
        while scan < len(self.words) and self.quoted[scan] < 0:
            word = self.words[scan]
            if word.capital and word.low not in NOT_NAMES and not self._office_boundary(scan):
                scan += 1
            elif word.low in PARTICLES and self._capital(scan + 1):
                scan += 2
            elif (
                word.text == "." and len(self.words[scan - 1].text) <= 2 and self._capital(scan + 1)
            ):
                scan += 2
            elif word.text == "&" and self._capital(scan + 1):
                scan += 2
            else:
                break
        return scan

    def _office_boundary(self, at: int) -> bool:
        return bool(self._role(at)) or self.known.place(self.words, at) is not None

    def _capital(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].capital

    def _text(self, at: int, end: int) -> str:
        out = ""
        for index in range(at, end):
            word = self.words[index]
            gap = index > at and self.words[index - 1].end < word.start
            out += (" " if gap else "") + word.text
        return out

    def _judged(
        self,
        first: int,
        end: int,
        *,
        head: str,
        name: str | None,
        country: str | None,
        place: str | None,
        kind: str,
        actor: bool,
        malware: bool,
        organ: bool,
    ) -> Phrase:
        """Decide what the tokens name."""
        plural = (
            head.endswith("s") and head not in {"congress", "police"} or head in {"people", "men"}
        )
        office = self._text(first, end) if head else None
        if actor:
            what = PhraseKind.ACTOR
        elif malware and not head:
            what = PhraseKind.INTRUDER
        elif head in roles.PERSONS:
            what = PhraseKind.PERSON
        elif head in {"operators", "operator"} and end - first <= 3:
            what = PhraseKind.INTRUDER
        elif head in roles.BODIES or (head and kind in {"office", "organisation"}):
            what = PhraseKind.BODY
        elif head in roles.INTRUDERS:
            what = PhraseKind.INTRUDER
        elif kind in {"office", "organisation"}:
            what = PhraseKind.BODY
        elif place and not name:
            what = PhraseKind.PLACE
        else:
            what = PhraseKind.NAME
        return Phrase(
            first,
            end,
            what,
            head,
            name=name,
            country=country,
            office=office,
            plural=plural,
            place=place if not head or kind in {"office", "organisation"} else None,
            bare=not name and not country,
            organ=organ,
        )

    def _name(self, named: list[tuple[int, int]], head_at: int, end: int, head: str) -> str | None:
        """Return the proper name: a person's behind the office, a body's with its head noun."""
        after = [span for span in named if span[0] > head_at]
        if after:
            return self._text(*after[-1])
        if head_at >= 0 and self.words[head_at].capital and head in roles.BODIES:
            first = min([span[0] for span in named] or [head_at])
            return self._text(first, end)
        return self._text(*named[-1]) if named and head not in roles.PERSONS else None

    def _extended(self, phrase: Phrase) -> Phrase:
        """Add an acronym in brackets and prepositional phrases that belong to the head."""
        end = phrase.end
        words = self.words
        if end + 2 < len(words) and words[end].text == "(" and words[end + 2].text == ")":
            if words[end + 1].capital:
                end += 3
        phrase = _with(phrase, end=end)
        for _ in range(3):
            longer = self._attached(phrase) or self._led(phrase)
            if longer is None:
                break
            phrase = longer
        return phrase

    def _attached(self, phrase: Phrase) -> Phrase | None:
        at = phrase.end
        if at + 1 >= len(self.words) or not phrase.head or self.quoted[at] >= 0:
            return None
        preposition = self.words[at].low
        if preposition not in ATTACH or self.quoted[at + 1] >= 0:
            return None
        inner = self._core(at + 1)
        if inner is not None and self._belongs(phrase, preposition, inner):
            country = phrase.country
            if inner.country and (country is None or preposition == "of"):
                if phrase.head not in roles.MISSIONS or preposition in {"of", "from"}:
                    country = country or inner.country
            return _with(phrase, end=inner.end, country=country)
        if preposition == "of" and self.words[at + 1].low in DETERMINERS:
            end = self._plain(at + 2)
            return _with(phrase, end=end) if end > at + 2 else None
        if preposition == "of" and inner is None and phrase.kind is not PhraseKind.PLACE:
            end = self._plain(at + 1)
            return _with(phrase, end=end) if end > at + 1 else None
        return None

    def _led(self, phrase: Phrase) -> Phrase | None:
        """`a group of countries led by the United States`, `all states, including China`."""
        at = phrase.end
        if not phrase.head:
            return None
        if self._low(at) in {"led", "headed", "chaired"} and self._low(at + 1) == "by":
            inner = self._core(at + 2) if at + 2 < len(self.words) else None
        elif self._low(at) in NAMING and self._low(at + 1) in {"as", "itself", "themselves"}:
            inner = self._core(at + 2) if at + 2 < len(self.words) else None
        elif self._low(at) == "," and self._low(at + 1) == "including" and phrase.plural:
            inner = self._core(at + 2) if at + 2 < len(self.words) else None
        else:
            return None
        return _with(phrase, end=inner.end, country=inner.country) if inner else None

    def _belongs(self, phrase: Phrase, preposition: str, inner: Phrase) -> bool:
        if preposition in {"of", "for", "at", "from"}:
            return not inner.possessor or preposition == "of"
        if preposition == "in":
            return (
                inner.kind is PhraseKind.PLACE
                or (inner.kind is PhraseKind.NAME and not self._temporal(inner))
                or phrase.head in {"embassies", "missions"}
            )
        if preposition == "to":
            return phrase.head in {*roles.DIPLOMATS, "mission", "adviser", "advisor", "ambassadors"}
        if preposition == "on":
            return inner.head in {"team", "teams", "staff"}
        return inner.head in {"company", "firm", "team"} and phrase.kind is PhraseKind.PERSON

    def _temporal(self, inner: Phrase) -> bool:
        return self.words[inner.at].text[:1].isdigit()

    def _plain(self, at: int) -> int:
        """Return the end of a noun phrase that names no party (`of computer science`)."""
        scan = at
        while scan < len(self.words) and scan < at + 4 and self._inside(scan, -1):
            if self.words[scan].low.endswith(("ed", "ing")):
                break
            scan += 1
        return scan

    def _joined(self, phrase: Phrase) -> Phrase:
        """Join `X and Y` into one phrase when both are bodies, places or names."""
        joinable = {PhraseKind.PLACE, PhraseKind.BODY, PhraseKind.NAME}
        at = phrase.end
        if phrase.kind not in joinable or phrase.possessor or at + 1 >= len(self.words):
            return phrase
        if self.words[at].text == "," and phrase.kind is PhraseKind.PLACE:
            return self._listed(phrase)
        if self.words[at].low not in {"and", "&"}:
            return phrase
        other = self._core(at + 1)
        if other is None or other.kind not in joinable or other.possessor:
            return phrase
        other = self._extended(other)
        return _with(phrase, end=other.end, plural=True)

    def _listed(self, phrase: Phrase) -> Phrase:
        """`Lithuania, Poland and Sweden`: a list of places that ends with `and`."""
        end, at = phrase.end, phrase.end
        while self._low(at) in {",", "and"}:
            after = at + 2 if self._low(at + 1) == "and" else at + 1
            other = self._core(after) if after < len(self.words) else None
            if other is None or other.possessor or other.kind not in {PhraseKind.PLACE, PhraseKind.BODY}:
                break
            last = self._low(other.at - 1) == "and"
            end = at = other.end
            if last:
                return _with(phrase, end=end, plural=True)
        return phrase


def is_verb(word: Token) -> bool:
    """Whether a lower-case word is a finite form of a verb of saying or acting."""
    if word.capital:
        return False
    form = verb_forms().get(word.low)
    return form in {Form.THIRD, Form.EITHER, Form.PAST}


def _office_head(name: str) -> str:
    last = name.lower().split()[-1]
    return last if last in roles.BODIES else ""


def _with(
    phrase: Phrase, *, end: int, country: str | None = None, plural: bool | None = None
) -> Phrase:
    return Phrase(
        phrase.at,
        end,
        phrase.kind,
        phrase.head,
        name=phrase.name,
        country=country or phrase.country,
        office=phrase.office,
        plural=phrase.plural if plural is None else plural,
        possessor=phrase.possessor,
        bare=phrase.bare,
        place=phrase.place,
        organ=phrase.organ,
    )
