"""Finds names known beforehand in a run of tokens: places, organs, actors.

Why: one look-up by the first word, then the longest name that fits; linear in the text.
Trap: `US` is a country and `us` is not, so names are matched as they are capitalised. Brussels is a
capital of two; in texts about intrusions it speaks for the Union.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from stopa.knowledge import places
from stopa.model.statement import MentionKind
from stopa.statements.names import Names
from stopa.statements.tokens import Token, tokens

LONGEST = 9  # words in a name


@dataclass(frozen=True, slots=True)
class Place:
    """A printed name of a country, its people or capital, a body between states, or an organ.

    `kind` is `country`, `demonym`, `capital`, `organisation` or `office`; `canonical` is the name
    to show. `code` is None where organs of several states share the name: those in `states`.
    """

    name: str
    canonical: str
    code: str | None
    kind: str
    intelligence: bool = False
    states: frozenset[str] = frozenset()


@dataclass(slots=True)
class Gazetteer:
    """Names by their first word, longest first."""

    places: dict[str, list[tuple[tuple[str, ...], Place]]]
    actors: dict[str, list[tuple[tuple[str, ...], str | None]]] = field(default_factory=dict)
    tools: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    def place(self, words: list[Token], at: int) -> tuple[int, Place] | None:
        """Return the token after the place named here, and the place."""
        if not words[at].text[:1].isupper():
            return None
        for name, place in self.places.get(words[at].low, ()):
            if _fits(name, words, at):
                return at + len(name), place
        return None

    def tool(self, words: list[Token], at: int) -> int:
        """Return the token after the malware or tool named here, 0 if there is none."""
        for name in self.tools.get(words[at].low, ()):
            if _fits(name, words, at):
                return at + len(name)
        return 0

    def actor(self, words: list[Token], at: int) -> tuple[int, str | None] | None:
        """Return the token after the intrusion set named here, and its country if all agree."""
        for name, country in self.actors.get(words[at].low, ()):
            end = at + len(name)
            plain = all(word.low.isalpha() and not word.capital for word in words[at:end])
            if _fits(name, words, at) and not plain:  # `a hacking team` names nobody
                return end, country
        return None


def gazetteer(knowledge: Names) -> Gazetteer:
    """Build the look-up tables of this knowledge base."""
    made = Gazetteer(_places())
    printed = {n.text for n in knowledge.names() if n.kind is MentionKind.ACTOR and n.distinct}
    for name in sorted(printed, key=lambda n: (-len(n), n)):
        words = tuple(token.text for token in tokens(name, 0, len(name)))
        if (
            words
            and len(words) <= LONGEST
            and len(name) > 3
            and words[0].lower() not in made.places
        ):
            made.actors.setdefault(words[0].lower(), []).append((words, _country(knowledge, name)))
    software = {n.text for n in knowledge.names() if n.kind is MentionKind.SOFTWARE and n.distinct}
    for name in sorted(software - printed, key=lambda n: (-len(n), n)):
        words = tuple(token.text for token in tokens(name, 0, len(name)))
        if words and len(words) <= LONGEST and name[:1].isupper():
            made.tools.setdefault(words[0].lower(), []).append(words)
    return made


def country_name(code: str) -> str | None:
    """Return the name of a state or of the European Union by its code."""
    if code == "EUR":
        return "European Union"
    country = places().country(code)
    return country.name if country else None


def country_code(word: str) -> str | None:
    """Return the country that a single word names: its name, people, adjective or capital."""
    for name, place in _places().get(word.lower(), ()):
        if name == (word,) and place.kind in {"country", "demonym", "capital"}:
            return place.code
    return None


def sharing(name: str) -> frozenset[str]:
    """Return the states whose organs share this name: `NCSC`, `National Cyber Security Centre`."""
    words = tuple(token.text for token in tokens(name, 0, len(name)))
    listed = _places().get(words[0].lower(), ()) if words else ()
    return next((place.states for printed, place in listed if printed == words), frozenset())


@cache
def _places() -> dict[str, list[tuple[tuple[str, ...], Place]]]:
    table: dict[str, list[tuple[tuple[str, ...], Place]]] = {}
    unique: dict[str, Place] = {}
    for place in _entries():
        seen = unique.get(place.name)
        if seen and seen.kind == "office" == place.kind and seen.code != place.code:
            states = seen.states | {code for code in (seen.code, place.code) if code}
            unique[place.name] = Place(place.name, place.name, None, "office", states=states)
        elif seen is None:
            unique[place.name] = place
    for place in sorted(unique.values(), key=lambda p: (-len(p.name), p.name)):
        words = tuple(token.text for token in tokens(place.name, 0, len(place.name)))
        if words and words[0][:1].isupper():
            table.setdefault(words[0].lower(), []).append((words, place))
    return table


def _entries() -> Iterator[Place]:
    known = places()
    for body in known.bodies:
        for name in (*body.names, *body.seats):
            yield Place(name, body.name, body.code, "organisation")
    for country in known.countries:
        for name in country.names:
            yield Place(name, country.name, country.code, "country")
        for name in country.adjectives:
            kind = (
                "country" if name.endswith("s") and name[:-1] in country.adjectives else "demonym"
            )
            yield Place(name, country.name, country.code, kind)
        for name in country.seats:
            yield Place(name, country.name, country.code, "capital")
    for organ in known.organs:
        plain = organ.name.partition(" (")[0]  # `National Cyber Security Centre (Ireland)`
        for name in dict.fromkeys((*organ.names, plain)):
            accused = organ.kind in {"intelligence", "military"}
            yield Place(name, organ.name, organ.country, "office", intelligence=accused)


def _country(knowledge: Names, name: str) -> str | None:
    countries = {actor.country for actor in knowledge.actors_named(name) if actor.country}
    return countries.pop() if len(countries) == 1 else None


def _fits(name: tuple[str, ...], words: list[Token], at: int) -> bool:
    if at + len(name) > len(words):
        return False
    return all(
        _same(word, words[at + i].text, single=len(name) == 1) for i, word in enumerate(name)
    )


def _same(word: str, printed: str, *, single: bool) -> bool:
    if word == printed:
        return True
    if single and word.isupper() and len(word) <= 3:
        return False
    if printed.isupper() and len(printed) <= 3 and not word.isupper():
        return False
    return word.lower() == printed.lower() and (not single or printed[:1].isupper())
