"""States, bodies between states, and organs, with the words by which news and offices mean them.

Spec: ISO 3166-1 alpha-3; `EUR` stands for the European Union, `IGO` for every other body
Trap: one name may mean several ("NCSC" is five agencies): a look-up returns all of them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from stopa.knowledge.spelling import key

DATA = "stopa.knowledge"


@dataclass(frozen=True, slots=True)
class Country:
    """A state. `seats` are its capital and the buildings that stand for its government."""

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A body between states. `code` is `EUR` or `IGO`; `members` are alpha-3 codes."""

    name: str
    names: tuple[str, ...]
    code: str
    members: tuple[str, ...]
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organ:
    """A ministry, agency, service, unit, parliament or contractor of a state.

    `kind` is one of the words at the top of `data/organs.toml`, or "contractor"; `under` names the
    organ that a contractor was said to work for.
    """

    name: str
    names: tuple[str, ...]
    country: str
    kind: str
    under: str | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """All of them, in the order of the data files. `names` include the main name."""

    countries: tuple[Country, ...]
    bodies: tuple[Body, ...]
    organs: tuple[Organ, ...]

    def country(self, code: str) -> Country | None:
        """Return the state of an ISO 3166-1 alpha-3 code."""
        return next((c for c in self.countries if c.code == code), None)

    def countries_named(self, word: str) -> tuple[Country, ...]:
        """Return the states that a name, adjective or seat of government can mean."""
        wanted = key(word)
        return tuple(
            c
            for c in self.countries
            if any(key(w) == wanted for w in (*c.names, *c.adjectives, *c.seats))
        )

    def organs_named(self, name: str) -> tuple[Organ, ...]:
        """Return the organs that go by that name."""
        wanted = key(name)
        return tuple(o for o in self.organs if any(key(n) == wanted for n in o.names))

    def bodies_named(self, name: str) -> tuple[Body, ...]:
        """Return the bodies between states that go by that name."""
        wanted = key(name)
        return tuple(b for b in self.bodies if any(key(n) == wanted for n in b.names))


@cache
def places() -> Places:
    """Return the gazetteer that ships with stopa."""
    organs = _table("organs.toml")
    return Places(
        tuple(_country(code, row) for code, row in _table("countries.toml").items()),
        tuple(_body(row) for row in _table("bodies.toml")["body"]),
        tuple(
            [Organ(name, (name, *names), at, kind) for name, names, at, kind in organs["organs"]]
            + [
                Organ(name, (name, *names), at, "contractor", under)
                for name, names, at, under in organs["contractors"]
            ]
        ),
    )


def _table(file: str) -> dict[str, list]:  # type: ignore[type-arg]  # TOML rows, parsed right here
    return tomllib.loads(resources.files(DATA).joinpath("data", file).read_text("utf-8"))


def _country(code: str, row: list[list[str]]) -> Country:
    names, adjectives, seats = row
    return Country(code, names[0], tuple(names), tuple(adjectives), tuple(seats))


def _body(row: dict[str, list[str]]) -> Body:
    name = str(row["name"])
    return Body(
        name,
        (name, *row["names"]),
        str(row["code"]),
        tuple(row.get("members", ())),
        tuple(row.get("seats", ())),
    )
