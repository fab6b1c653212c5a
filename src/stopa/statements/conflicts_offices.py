"""One person with offices that do not go together: interior minister here, director there.

Why: a wrong office is the commonest slip of a report that was written from other reports.
Trap: ranks (General, Dr), seats (member for Varn) and callings (lawyer) go with any office; a
`former` office is no office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from stopa.model.statement import Disagreement, Severity
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.passages import Passage, Texts, disagreement

# Kinds of office of which one person holds one at a time, by the nouns that name them.
KINDS = {
    "head of government": wordset("premier chancellor"),
    "head of state": wordset("president king queen"),
    "minister": wordset("minister secretary"),
    "junior minister": wordset("undersecretary under-secretary vice-minister"),
    "envoy": wordset("ambassador envoy chargé consul"),
    "spokesperson": wordset("spokesman spokeswoman spokesperson"),
    "head of a body": wordset("director head chief commissioner chair chairman chairwoman"),
    "prosecutor": wordset("prosecutor"),
    "speaker": wordset("speaker"),
}
OFFICE_NOUN = "|".join(sorted({noun for nouns in KINDS.values() for noun in nouns}))
FILLERS = wordset(
    """the of for and a an his her its general deputy acting permanent state new then first to at on
    mr mrs ms dr prof sir honourable hon affairs national federal senior"""
)
CAPITAL = r"[A-ZÀ-Þ][\w’'-]+"
NAME = rf"(?P<name>{CAPITAL} (?:(?:de|van|von|al|el|bin|der|den|da) )?{CAPITAL})"
AREA = rf"(?: (?:of|for) (?:the )?{CAPITAL}(?: (?:and |for |of |the )*{CAPITAL}){{0,5}})"
BEFORE_NAME = re.compile(
    rf"(?P<office>(?:(?:{CAPITAL}|[a-z]+(?='s|’s)|foreign|interior|defen[cs]e|justice|finance|"
    rf"prime|home|"
    rf"public|digital|deputy|state|communications|security|health|transport|energy|economy) "
    rf"){{0,4}}"
    rf"(?i:{OFFICE_NOUN}){AREA}?),? {NAME}"
)
BEHIND_NAME = re.compile(
    rf"{NAME}, (?:who is |the |a |an |its |[Tt]heir )?(?P<office>(?:(?:{CAPITAL}|[a-z-]+) ){{0,4}}?"
    rf"(?i:{OFFICE_NOUN})(?: General)?{AREA}?)\b"
)
HEADING_A_BODY = re.compile(
    rf"{NAME}, who (?:heads|leads|runs|directs|chairs) (?:the )?(?P<area>{CAPITAL}(?: (?:for |of |"
    rf"the |and )*"
    rf"{CAPITAL}){{0,6}})"
)
MOST = 60  # offices of one person that are compared
FORMER = re.compile(
    r"\b(?:former|ex-?|previous|then|outgoing|predecessor|successor|until|late)\W*$", re.IGNORECASE
)
NOT_NAMES = wordset(
    """general director minister secretary president prime foreign interior state security public
    affairs service ministry agency department office national united european north south east
    west the chief deputy speaker major colonel admiral monday tuesday wednesday thursday friday"""
)
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Held:
    """An office as a passage gives it: its kind, and the words of what it is over."""

    person: str
    kind: str
    area: frozenset[str]
    passage: Passage
    said: str


def office_conflicts(texts: Texts) -> Iterator[Disagreement]:
    """Yield people whom the texts give offices that nobody holds together."""
    held: dict[str, dict[tuple[str, str, frozenset[str]], Held]] = {}
    for document in sorted(texts.passages):
        for passage in texts.passages[document]:
            for one in _held(passage):
                mine = held.setdefault(one.person, {})
                mine.setdefault((document, one.kind, one.area), one)  # once for each text
    for person in sorted(held):
        found = list(held[person].values())[:MOST]
        if any(_apart(a, b) for a, b in combinations(found, 2)):
            positions = [texts.at(one.passage, one.said) for one in found]
            yield disagreement("officeholder", "wrong_office", Severity.HIGH, positions)


def _held(passage: Passage) -> Iterator[Held]:
    for pattern in (BEFORE_NAME, BEHIND_NAME):
        for match in pattern.finditer(passage.text):
            yield from _one(passage, match, match.group("office"))
    for match in HEADING_A_BODY.finditer(passage.text):
        yield from _one(passage, match, f"head of {match.group('area')}")


def _one(passage: Passage, match: re.Match[str], office: str) -> Iterator[Held]:
    name = match.group("name")
    words = [word.lower() for word in WORD.findall(office)]
    before = passage.text[: match.start("office" if "office" in match.re.groupindex else "name")]
    past = set(words) & {"former", "previous", "ex", "then", "outgoing"}
    if past or {w.lower() for w in name.split()} & NOT_NAMES or FORMER.search(before):
        return
    kind = _kind(words)
    if kind:
        area = frozenset(words) - FILLERS - {n for nouns in KINDS.values() for n in nouns}
        yield Held(name, kind, area, passage, f"{office}, {name}")


def _kind(words: list[str]) -> str:
    """Return the kind of office; `prime minister` and `deputy minister` are kinds of their own."""
    found = next((kind for kind, nouns in KINDS.items() if nouns & set(words)), "")
    if found == "minister" and "prime" in words:
        return "head of government"
    if found == "minister" and {"deputy", "state", "vice", "junior"} & set(words):
        return "junior minister"
    return found


def _apart(one: Held, other: Held) -> bool:
    """Whether two offices cannot be one: of another kind, or over something else."""
    if one.kind != other.kind:
        return True
    if one.kind in {"spokesperson", "envoy"}:
        return False
    return bool(one.area and other.area) and not _near(one.area, other.area)


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two areas share a word, or the beginning of one: `defence` and `defense`."""
    return any(a[:5] == b[:5] for a in one for b in other)
