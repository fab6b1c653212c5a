"""States that no gazetteer knows, learned from the text's own words.

Why: exercises invent states and conflicts make new ones; `the embassy of X` says that X is one.
Trap: `the government of Johnson` names a person; a word that follows another name is no state.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from stopa.statements.gazetteer import Gazetteer, Place
from stopa.statements.lexicon.grammar import NOT_NAMES
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.tokens import tokens

WORD = r"[A-ZÀ-Þ][a-zà-ÿ’'-]{3,30}"
FORM = (
    r"(?:(?!The\b)[A-Z][a-z]+ )?(?:Republic|Kingdom|Federation|Confederation|Principality|"
    r"Sultanate|Emirate|Grand Duchy|Duchy)"
)
BODY = r"(?:[Ee]mbass(?:y|ies)|[Cc]onsulates?|[Aa]mbassadors?|[Aa]rmed [Ff]orces|[Gg]overnment)"
OFFICE = (
    r"(?:[Ee]mbassy|[Aa]rmed [Ff]orces|[Pp]rime [Mm]inister|[Gg]overnment|"
    r"(?:[Ff]oreign|[Dd]efen[cs]e|[Ii]nterior) (?:[Mm]inist(?:er|ry)|[Ss]ecretary))"
)
FORMAL = re.compile(rf"\b(?P<form>{FORM} of) (?P<name>{WORD})\b(?! [A-Z])")
OF = re.compile(rf"\b{BODY} (?:of|from) (?:the {FORM} of )?(?P<name>{WORD})\b(?! [A-Z])")
OWNED = re.compile(rf"\b(?P<name>{WORD}?)['’]s {OFFICE}\b")
ADJECTIVE = re.compile(
    rf"\b(?P<name>{WORD}) (?:[Ee]mbassy|[Cc]onsulate|[Aa]mbassador|[Gg]overnment|nationals?|"
    r"citizens?|diplomats?|(?:military |foreign )?intelligence|armed forces|hackers|authorities|"
    r"(?:foreign|defen[cs]e|interior) minist(?:er|ry))\b"
)
PLURALS = ("Federation", "Confederation")  # of states, or of journalists and teachers
BEHIND = re.compile(rf"\b(?P<first>[A-Z][\w.]{{0,30}}) (?=(?P<name>{WORD}?)\b)")
CAPITALISED = re.compile(rf"\b{WORD}?\b")
ENDINGS = ("n", "an", "ian", "ean", "ese", "ish", "ic")
NO_STATE = wordset(
    """minister prime president chancellor secretary foreign state government ministry embassy
    defence defense interior teachers journalists workers unions labour trade"""
)
LIMIT = 400_000  # characters searched
MOST = 40  # states that a text may add, the most named first


def with_states(known: Gazetteer, text: str) -> Gazetteer:
    """Return the gazetteer with the states that the text shows to be states."""
    found = list(states(text[:LIMIT], known))
    if not found:
        return known
    table = dict(known.places)
    for place in sorted(found, key=lambda p: (-len(p.name), p.name)):
        words = tuple(token.text for token in tokens(place.name, 0, len(place.name)))
        key = words[0].lower()
        longer = [entry for entry in table.get(key, []) if len(entry[0]) > len(words)]
        others = [entry for entry in table.get(key, []) if len(entry[0]) <= len(words)]
        table[key] = [*longer, (words, place), *others]
    return Gazetteer(table, known.actors, known.tools)


def states(text: str, known: Gazetteer) -> Iterator[Place]:
    """Yield the unknown states of a text: names, full names, adjectives and peoples.

    The code of such a place is the state's name, as there is no other.
    """
    words = set(CAPITALISED.findall(text))
    names = _names(text, words, known)
    for name in sorted(names):
        yield Place(name, name, name, "country")
        for adjective in sorted(adjectives(name) & words):
            if _unknown(adjective, known):
                yield Place(adjective, name, name, "demonym")
        for people in sorted({f"{adjective}s" for adjective in adjectives(name)} & words):
            yield Place(people, name, name, "country")
    forms = {(m.group("form"), m.group("name")) for m in FORMAL.finditer(text)}
    for form, name in sorted(forms):
        if name in names:
            yield Place(f"{form} {name}", name, name, "country")


def adjectives(name: str) -> frozenset[str]:
    """Return the adjectives that English could make of a state's name."""
    stems = {name, name[:-1]} if name[-1] in "aeiouy" else {name}
    return frozenset(stem + ending for stem in stems for ending in ENDINGS) - {name}


def _names(text: str, words: set[str], known: Gazetteer) -> set[str]:
    sure = {m.group("name") for m in OF.finditer(text) if "overnment" not in m.group()}
    sure |= {m.group("name") for m in FORMAL.finditer(text) if not _league(m)}
    owned = {m.group("name") for pattern in (OF, OWNED) for m in pattern.finditer(text)}
    sure |= owned - _surnames(text)
    described = {m.group("name") for m in ADJECTIVE.finditer(text)}
    sure |= {word for word in words if adjectives(word) & described}
    found = {n for n in sure if _unknown(n, known) and n.lower() not in NO_STATE}
    told = Counter(word for word in CAPITALISED.findall(text) if word in found)
    return set(sorted(found, key=lambda name: (-told[name], name))[:MOST])


def _league(match: re.Match[str]) -> bool:
    """Tell `Federation of Journalists` from `Federation of X`."""
    return match.group("name").endswith("s") and any(f in match.group("form") for f in PLURALS)


def _unknown(name: str, known: Gazetteer) -> bool:
    words = tokens(name, 0, len(name))
    return known.place(words, 0) is None and known.actor(words, 0) is None


def _surnames(text: str) -> set[str]:
    """Return the words that stand behind another name or a title: `Boris Johnson`."""
    return {
        match.group("name")
        for match in BEHIND.finditer(text)
        if match.group("first").lower() not in NOT_NAMES
    }
