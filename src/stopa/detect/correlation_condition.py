"""The extended condition of a temporal correlation: rule names joined by `and`, `or` and `not`.

Spec: Sigma Correlation Rules 2.1.0, extended conditions; precedence not > and > or
Why: the disjunctive form says at once which rules must be there and which must not, also in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

TOKEN = re.compile(r"\s*(\(|\)|[\w.\-]+)")
DEEPEST = 40  # parentheses and negations inside each other
TERMS_AT_MOST = 256
LONGEST = 10_000  # characters


@dataclass(frozen=True, slots=True)
class Term:
    """One way to satisfy the condition: rules that hit, and rules that did not."""

    present: tuple[str, ...]
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """The condition as alternatives, and every rule it names in the order it names them."""

    terms: tuple[Term, ...]
    names: tuple[str, ...]


class _Unreadable(Exception):  # noqa: N818 - never leaves this module
    """Why the text is no condition."""


def parse_expression(text: str) -> Expression | str:
    """Read the condition; a text that is none comes back as the reason, in words."""
    try:
        reader = _Reader(_tokens(text))
        ways = reader.either(0, wanted=True)
        if reader.rest:
            raise _Unreadable(f"condition goes on with {reader.rest[-1]!r} where it should end")
        if not ways:
            raise _Unreadable("condition can never hold")
        return Expression(tuple(_term(way, reader.names) for way in ways), reader.names)
    except _Unreadable as reason:
        return str(reason)


def _tokens(text: str) -> list[str]:
    if len(text) > LONGEST:
        raise _Unreadable(f"condition is longer than {LONGEST} characters")
    found, at = [], 0
    while text[at:].strip():
        token = TOKEN.match(text, at)
        if token is None:
            raise _Unreadable(f"condition has {text[at:].strip()[0]!r}, which means nothing there")
        found.append(token[1])
        at = token.end()
    return found


_Way = frozenset[tuple[str, bool]]  # rule name, and whether it must be there


class _Reader:
    """Takes tokens one by one and turns them into ways to satisfy what was read."""

    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens[::-1]
        self.names: tuple[str, ...] = ()

    def either(self, depth: int, *, wanted: bool) -> list[_Way]:
        ways = [self.together(depth, wanted=wanted)]
        while self._next("or"):
            ways.append(self.together(depth, wanted=wanted))
        return _any(ways) if wanted else _all(ways)

    def together(self, depth: int, *, wanted: bool) -> list[_Way]:
        ways = [self.one(depth, wanted=wanted)]
        while self._next("and"):
            ways.append(self.one(depth, wanted=wanted))
        return _all(ways) if wanted else _any(ways)

    def one(self, depth: int, *, wanted: bool) -> list[_Way]:
        if depth > DEEPEST:
            raise _Unreadable(f"condition is nested deeper than {DEEPEST}")
        if self._next("not"):
            return self.one(depth + 1, wanted=not wanted)
        if self._next("("):
            ways = self.either(depth + 1, wanted=wanted)
            if not self._next(")"):
                raise _Unreadable("condition lacks a closing parenthesis")
            return ways
        return [frozenset({(self._name(), wanted)})]

    def _next(self, word: str) -> bool:
        if self.rest and self.rest[-1].lower() == word:
            self.rest.pop()
            return True
        return False

    def _name(self) -> str:
        if not self.rest or self.rest[-1].lower() in ("and", "or", "not", "(", ")"):
            raise _Unreadable("condition lacks the name of a rule")
        name = self.rest.pop()
        if name not in self.names:
            self.names = (*self.names, name)
        return name


def _any(choices: list[list[_Way]]) -> list[_Way]:
    return _bounded({way for ways in choices for way in ways})


def _all(parts: list[list[_Way]]) -> list[_Way]:
    ways: set[_Way] = {frozenset()}
    for part in parts:
        ways = set(_bounded({left | right for left, right in product(ways, part)}))
    return list(ways)


def _bounded(ways: set[_Way]) -> list[_Way]:
    possible = [way for way in ways if not any((name, not wanted) in way for name, wanted in way)]
    if len(possible) > TERMS_AT_MOST:
        raise _Unreadable(f"condition has more than {TERMS_AT_MOST} alternatives")
    return sorted(possible, key=sorted)


def _term(way: _Way, names: tuple[str, ...]) -> Term:
    present = tuple(name for name in names if (name, True) in way)
    return Term(present, tuple(name for name in names if (name, False) in way))
