"""How a dossier calls a party: by one name, however the reports spell it.

Why: "the EU" and "the European Union", a name with its accents and without, are one party; who
counts them as two counts a claim twice.
Trap: a party that is only described ("officials") is not a name, unless nobody else is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import cache

from stopa.knowledge import places
from stopa.knowledge.spelling import key
from stopa.model.statement import Party

# Who speaks, said by what they are alone.
UNNAMED = frozenset({"authorities", "officials", "government", "investigators", "ministry"})
BETWEEN_STATES = "IGO"  # bodies that are each a party
_ARTICLE = re.compile(r"^(?:the|both)\s+", re.IGNORECASE)
_BOTH = re.compile(r"both\s+(.+?)\s+and\s+(.+)", re.IGNORECASE)
_GOVERNMENT_OF = re.compile(r"government of (?:the )?(?:republic of )?(.+)", re.IGNORECASE)


def named(parties: Iterable[Party | None]) -> tuple[str, ...]:
    """Return the parties' names, each once; a party that is only described is not a name."""
    found: dict[str, tuple[str, str | None]] = {}
    for party in filter(None, parties):
        both = _BOTH.fullmatch(party.name)
        for stated in both.groups() if both else (party.name,):
            if name := _name(stated, party.country):
                known = found.get(key(name), (name, None))[0]
                found[key(name)] = (fuller(name, known), party.country)
    names = {name for name, _ in found.values()}
    kept = {name for name, country in found.values() if not _says_again(name, country, names)}
    return tuple(sorted(kept or names))


def parties(spoken: Iterable[Party | None]) -> int:
    """Count parties: the offices of one state are one, as is whoever is only described."""
    stated = [party for party in spoken if party is not None]
    states = {p.country for p in stated if p.country not in (None, BETWEEN_STATES)}
    others = named(p for p in stated if p.country in (None, BETWEEN_STATES))
    told = [name for name in others if name.casefold() not in UNNAMED]
    return len(states) + len(told) or min(1, len(others))


def called(party: Party) -> str:
    """Return what to call one party: its name, else what it is said to be."""
    return _known(_ARTICLE.sub("", party.name)) or party.name


def fuller(one: str, other: str) -> str:
    """Return of two spellings of a name the one that leaves out fewer accents."""
    return max(one, other, key=lambda name: (sum(not letter.isascii() for letter in name), name))


def _says_again(name: str, country: str | None, names: AbstractSet[str]) -> bool:
    """Tell whether others of the names say who this is, more exactly or in short."""
    if name.casefold() in UNNAMED:
        return len(names) > 1
    state = places().country(country) if country else None
    if state is not None and state.name in names and name.casefold().endswith(" government"):
        return True
    ruled = _GOVERNMENT_OF.fullmatch(name)
    if ruled is not None and ruled[1] in names:
        return True
    return any(other.startswith((f"{name} in ", f"{name} to ")) for other in names)


def _name(stated: str, country: str | None) -> str:
    """Return a name without its article; of "the government" the state; of "a group" nothing."""
    bare = _ARTICLE.sub("", stated)
    if any(letter.isupper() for letter in bare):
        return _known(bare) or bare
    state = places().country(country) if country else None
    return state.name if state else ""


def _known(name: str) -> str:
    """Return what a state, or a body between states, is called by the gazetteer; else nothing."""
    return _gazetteer().get(key(name), "")


@cache
def _gazetteer() -> dict[str, str]:
    bodies = {key(name): body.name for body in places().bodies for name in body.names}
    states = {key(name): state.name for state in places().countries for name in state.names}
    return bodies | states
