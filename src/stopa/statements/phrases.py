"""Noun phrases that can speak or be spoken about: offices, bodies, names, places, pronouns.

Why a chunker of our own: no model weights are to be had offline, and the nouns that head a speaker
are few and known (`lexicon.roles`); what surrounds them is bounded by function words.
"""

from __future__ import annotations

from dataclasses import replace

from stopa.statements.core import core
from stopa.statements.cues import verb_forms
from stopa.statements.gazetteer import Gazetteer
from stopa.statements.lexicon import roles
from stopa.statements.lexicon.deeds import NOUNS as CHARGED
from stopa.statements.lexicon.grammar import ATTACH, COUNTED, FUNCTION, NAMING, THEM
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.verbs import ADVERBS, DETERMINERS, MODAL, SUBJECT_PRONOUNS
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind, Stretch
from stopa.statements.tokens import Token

ACQUAINTED = frozenset(
    {
        ("familiar", "with"),
        ("close", "to"),
        ("briefed", "on"),
        ("aware", "of"),
        ("with", "knowledge"),
    }
)
CLOSING = wordset(", . ; ) who whom whose which")  # after an office that stands in apposition
LONGEST_LIST = 60  # tokens of a list of places
ATTACHMENTS = 3  # prepositional phrases that may follow a head
# Bodies whose name may follow behind a comma: `the vendor, Helm Labs,`.
NAMED_AFTER = wordset(
    """company firm operator vendor provider supplier contractor group channel newspaper daily
    agency organisation organization union party outlet magazine institute charity association"""
)
NEVER_FIRST = FUNCTION - SUBJECT_PRONOUNS - DETERMINERS - COUNTED  # no phrase begins so
JOINABLE = frozenset({PhraseKind.PLACE, PhraseKind.BODY, PhraseKind.NAME})
LISTED = frozenset({PhraseKind.PLACE, PhraseKind.BODY})
LENGTHS = wordset("days hours weeks months years day week month year minutes")
TENURES = wordset("minister ministers secretary commissioner deputy")
PORTFOLIOS = wordset("minister ministry department secretary committee")
ACTING = frozenset({"we", "they", "i", "you"}) | MODAL
NOT_PRONOUNS = frozenset({"US", "IT"})


def phrases(words: list[Token], quoted: list[int], known: Gazetteer) -> list[Phrase]:
    """Return the phrases of a sentence in order; `quoted[i]` is -1 outside quotations."""
    stretch = Stretch(words, quoted, known)
    found: list[Phrase] = []
    at = 0
    while at < len(words):
        barred = words[at].low in NEVER_FIRST and words[at].text not in NOT_PRONOUNS
        if not words[at].word or barred or _acts(stretch, at):
            at += 1
            continue
        phrase = _phrase(stretch, at)
        if phrase is not None:
            found.append(phrase)
        at = phrase.end if phrase else at + 1
    return _together(stretch, _apposed(stretch, found))


def _acts(stretch: Stretch, at: int) -> bool:
    """Tell the verb of `We urge operators`, `they strongly condemn it`, which opens no phrase."""
    if verb_forms().get(stretch.low(at)) is not Form.BASE:
        return False
    before = at - 1
    while stretch.low(before) in ADVERBS or stretch.low(before).endswith("ly"):
        before -= 1
    begins = stretch.named(at + 1) or stretch.low(at + 1) in DETERMINERS
    return stretch.low(before) in ACTING or (stretch.low(at - 1) == "to" and begins)


def _together(stretch: Stretch, found: list[Phrase]) -> list[Phrase]:
    """Make one phrase of two named people who speak as one: `Minister X and Minister Y`."""
    joined: list[Phrase] = []
    for phrase in found:
        first = joined[-1] if joined else None
        if first is None or not _both_named(stretch, first, phrase):
            joined.append(phrase)
            continue
        name = f"{first.name} and {phrase.name}"
        joined[-1] = replace(first, end=phrase.end, name=name, plural=True, kind=PhraseKind.PERSON)
    return joined


def _both_named(stretch: Stretch, first: Phrase, other: Phrase) -> bool:
    """Whether two named people stand beside each other, joined by `and`, outside quotations."""
    if stretch.low(first.end) != "and" or other.at != first.end + 1:
        return False
    if stretch.quoted[first.at] >= 0 or stretch.quoted[other.at] >= 0:
        return False
    people = [p for p in (first, other) if p.kind is PhraseKind.PERSON and p.name]
    return len(people) == len({first.at, other.at}) and not (first.possessor or other.possessor)


def _apposed(stretch: Stretch, found: list[Phrase]) -> list[Phrase]:
    """Make one phrase of office and name: `the foreign secretary, Dominic Raab,`."""
    joined: list[Phrase] = []
    for phrase in found:
        office = joined[-1] if joined else None
        if office is not None and _holds(stretch, office, phrase):
            joined[-1] = replace(office, head=phrase.head, country=phrase.country, end=phrase.end)
            joined[-1] = replace(joined[-1], kind=PhraseKind.PERSON, place=None)
        elif office is not None and _names(stretch, office, phrase):
            joined[-1] = replace(office, end=phrase.end, name=phrase.name, bare=False)
        else:
            joined.append(phrase)
    return joined


def _names(stretch: Stretch, office: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase behind a comma is the name of the one who holds the office before it."""
    if office.name or office.plural or office.possessor:
        return False
    if office.kind is not PhraseKind.PERSON and office.head not in NAMED_AFTER:
        return False
    beside = phrase.at == office.end + 1 and stretch.low(office.end) == ","
    retired = stretch.low(office.end) == "(" and stretch.low(phrase.at - 1) == ")"
    beside = beside or (retired and phrase.at == office.end + 3)  # `Brigadier (retd) Jon Tarn`
    named = phrase.kind is PhraseKind.NAME and not phrase.country
    named = named and (" " in (phrase.name or "") or office.head in NAMED_AFTER)
    alone = retired or not stretch.low(phrase.end)[:1].isalnum()
    alone = alone and stretch.low(phrase.end) != "'s"
    together = stretch.quoted[phrase.at] < 0 and stretch.quoted[office.at] < 0
    return beside and named and alone and together


def _holds(stretch: Stretch, name: Phrase, office: Phrase) -> bool:
    """Whether a phrase between commas says what office the one named before it holds."""
    if name.kind is not PhraseKind.NAME or " " not in (name.name or "") or name.possessor:
        return False
    if office.kind is not PhraseKind.PERSON or office.name or office.plural:
        return False
    beside = office.at == name.end + 1 and stretch.low(name.end) == ","
    together = stretch.quoted[name.at] < 0 and stretch.quoted[office.at] < 0
    return beside and together and stretch.low(office.end) in CLOSING


def _phrase(stretch: Stretch, at: int) -> Phrase | None:
    """Return the longest phrase that begins here."""
    word = stretch.words[at]
    if word.low in COUNTED and stretch.low(at + 1) == "of" and stretch.low(at + 2) in THEM:
        return Phrase(at, at + 3, PhraseKind.PERSON, "one", plural=word.low != "one")
    if word.low in SUBJECT_PRONOUNS and word.text not in NOT_PRONOUNS:
        return Phrase(at, at + 1, PhraseKind.PRONOUN, word.low)
    found = core(stretch, at)
    return _joined(stretch, _extended(stretch, found)) if found else None


def _extended(stretch: Stretch, phrase: Phrase) -> Phrase:
    """Add an acronym in brackets and what hangs on the head: `of`, `for`, `led by`."""
    phrase = replace(phrase, end=_past_acronym(stretch, phrase.end))
    for _ in range(ATTACHMENTS):
        longer = _attached(stretch, phrase) or _led(stretch, phrase)
        if longer is None:
            break
        phrase = longer
    return phrase


def _past_acronym(stretch: Stretch, end: int) -> int:
    dotted = stretch.low(end) == "." and stretch.low(end - 1) in {"corp", "inc", "ltd", "co", "plc"}
    if dotted and end + 1 < len(stretch.words):
        end += 1
    if stretch.low(end) == "(" and stretch.low(end + 2) == ")" and stretch.words[end + 1].capital:
        return end + 3
    return end


def _attached(stretch: Stretch, phrase: Phrase) -> Phrase | None:
    at = phrase.end
    preposition = stretch.low(at)
    if phrase.kind is PhraseKind.INTRUDER and stretch.low(at + 1) in CHARGED:
        return None  # `accused the hackers of attacks on the port`
    if not phrase.head or preposition not in ATTACH or at + 1 >= len(stretch.words):
        return None
    within = stretch.quoted[phrase.at]
    if stretch.quoted[at] != within or stretch.quoted[at + 1] != within:
        return None
    inner = core(stretch, at + 1 + (stretch.low(at + 1) == "that"))
    if inner is not None and _belongs(stretch, phrase, preposition, inner):
        own = phrase.head not in roles.MISSIONS or preposition in {"of", "from"}
        end = _past_portfolio(stretch, inner.end) if phrase.head in PORTFOLIOS else inner.end
        return replace(phrase, end=end, country=phrase.country or (inner.country if own else None))
    return _plainly(stretch, phrase, inner)


def _past_portfolio(stretch: Stretch, end: int) -> int:
    """Take in `, Climate and Communications` behind `the Minister for the Environment`."""
    at = end
    while stretch.low(at) == "," and stretch.named(at + 1) and stretch.low(at + 2) in {",", "and"}:
        at += 2
    last = stretch.low(at) == "and" and stretch.named(at + 1)
    return at + 2 if last and at > end else end


def _plainly(stretch: Stretch, phrase: Phrase, inner: Phrase | None) -> Phrase | None:
    """`of a neighbouring town`, `of computer science`: a noun that names no party."""
    at = phrase.end
    if stretch.low(at) != "of" or (inner is not None and stretch.low(at + 1) not in DETERMINERS):
        return None
    start = at + 2 if stretch.low(at + 1) in DETERMINERS else at + 1
    end = stretch.plain(start)
    return replace(phrase, end=end) if end > start else None


def _belongs(stretch: Stretch, phrase: Phrase, preposition: str, inner: Phrase) -> bool:
    """Whether the phrase behind a preposition is part of the party's name or office."""
    match preposition:
        case "of":
            return True
        case "for" | "at" | "from":
            timed = any(stretch.low(scan) in LENGTHS for scan in range(inner.at, inner.end))
            deed = any(stretch.low(scan) in CHARGED for scan in range(inner.at, inner.end))
            return not inner.possessor and not timed and not (preposition == "for" and deed)
        case "in":
            named = inner.kind is PhraseKind.NAME and not stretch.low(inner.at)[:1].isdigit()
            plural = phrase.head in {"embassies", "missions"}
            return inner.kind is PhraseKind.PLACE or named or plural
        case "to":
            return phrase.head in roles.DIPLOMATS | {"mission", "adviser", "advisor", "ambassadors"}
        case "on":
            return inner.head in {
                "team",
                "teams",
                "staff",
                "committee",
                "panel",
                "commission",
                "board",
            }
        case _:
            return inner.head in {"company", "firm", "team"} and phrase.kind is PhraseKind.PERSON


def _led(stretch: Stretch, phrase: Phrase) -> Phrase | None:
    """Take in `led by the United States`, `known as X`, `, including China`."""
    first, second = stretch.low(phrase.end), stretch.low(phrase.end + 1)
    if phrase.kind is PhraseKind.PERSON and (first, second) in ACQUAINTED:
        return _acquainted(stretch, phrase)
    led = first in {"led", "headed", "chaired"} and second == "by"
    led = led or (phrase.head in TENURES and (first, second) == ("responsible", "for"))
    named = first in NAMING and second in {"as", "itself", "themselves"}
    including = first == "," and second == "including" and phrase.plural
    if not phrase.head or not (led or named or including):
        return None
    inner = core(stretch, phrase.end + 2)
    if inner is None:
        return None
    end = _joined(stretch, inner).end if including else inner.end
    longer = replace(phrase, end=end, country=inner.country or phrase.country)
    return _named_behind(stretch, longer) if first == "responsible" else longer


def _named_behind(stretch: Stretch, office: Phrase) -> Phrase:
    """Take in the name in `Minister Responsible for the Service (GCS) Jo Lee`."""
    at = _past_acronym(stretch, office.end)
    name = core(stretch, at) if stretch.named(at) else None
    if name is None or name.kind is not PhraseKind.NAME or not name.name:
        return office
    return replace(office, end=name.end, name=name.name, bare=False)


def _acquainted(stretch: Stretch, phrase: Phrase) -> Phrase | None:
    """Take in what an unnamed source is said to know: `familiar with the investigation`."""
    start = phrase.end + 2
    start += stretch.low(start) == "of"
    start += stretch.low(start) in DETERMINERS
    end = stretch.plain(start)
    return replace(phrase, end=end) if end > start else None


def _joined(stretch: Stretch, phrase: Phrase) -> Phrase:
    """Join `X and Y` into one phrase when both are bodies, places or names."""
    people = _of_several(stretch, phrase)
    if people is not None:
        return people
    if phrase.kind not in JOINABLE or phrase.possessor:
        return phrase
    mark = stretch.low(phrase.end)
    if mark == "," and phrase.kind is PhraseKind.PLACE:
        return _listed(stretch, phrase)
    other = core(stretch, phrase.end + 1) if mark in {"and", "&"} else None
    if other is None or other.kind not in JOINABLE or other.possessor:
        return phrase
    return replace(phrase, end=_extended(stretch, other).end, plural=True)


def _of_several(stretch: Stretch, first: Phrase) -> Phrase | None:
    """Return the people of several states: `US and British officials`, `Dutch and Danish spies`."""
    if first.kind is not PhraseKind.PLACE or not first.country or first.head:
        return None
    at = first.end
    while stretch.low(at) == "," and stretch.low(at + 2) in {",", "and", "&"}:
        at += 2
    at += stretch.low(at) == ","
    if stretch.low(at) not in {"and", "&"} or at + 1 >= len(stretch.words):
        return None
    nation = stretch.known.place(stretch.words, at + 1)
    short = nation is not None and stretch.words[at + 1].text in {"US", "UK", "U.S.", "U.K."}
    if nation is None or not (nation[1].kind == "demonym" or short):
        return None
    other = core(stretch, at + 1)
    if other is None or not (other.plural and other.head) or other.name or other.possessor:
        return None
    return replace(_extended(stretch, other), at=first.at, country=first.country)


def _listed(stretch: Stretch, phrase: Phrase) -> Phrase:
    """`Lithuania, Poland and Sweden`: a list of places that ends with `and`."""
    at = phrase.end
    while stretch.low(at) in {",", "and"} and at - phrase.end < LONGEST_LIST:
        last = "and" in {stretch.low(at), stretch.low(at + 1)}
        other = core(stretch, at + 2 if stretch.low(at + 1) == "and" else at + 1)
        if other is None or other.possessor or other.kind not in LISTED:
            return phrase
        at = other.end
        if last:
            return replace(phrase, end=at, plural=True)
    return phrase
