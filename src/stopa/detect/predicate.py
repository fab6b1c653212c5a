"""What a rule can ask of one field's value.

Spec: https://github.com/SigmaHQ/sigma-specification, Sigma modifiers 2.1.0
Why: msgspec structs, not dataclasses: a compiled program is kept on disk and read back by type,
without running code that a file brings along.
"""

from __future__ import annotations

import math
from enum import StrEnum

from msgspec import Struct


class Place(StrEnum):
    """Where in the value a text must stand."""

    IS = "is"
    STARTS = "starts with"
    ENDS = "ends with"
    HAS = "contains"


class Comparison(StrEnum):
    """How two numbers compare."""

    EQ = "="
    LT = "<"
    LTE = "<="
    GT = ">"
    GTE = ">="


class Unit(StrEnum):
    """The part of a date that is compared. `WEEK` is the ISO week."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Text(Struct, frozen=True, tag="text", array_like=True, gc=False):
    """The value is, starts with, ends with or contains this text; folded unless `cased`."""

    place: Place
    text: str
    cased: bool = False


class Glob(Struct, frozen=True, tag="glob", array_like=True, gc=False):
    """The value fits a pattern with wildcards inside.

    `regex` is in RE2's syntax, over the folded value unless `cased`; `needle` is a folded text that
    a fitting value must contain, empty if there is none; `shown` is the pattern as people write it.
    """

    shown: str
    regex: str
    needle: str
    cased: bool = False


class Pattern(Struct, frozen=True, tag="re", array_like=True, gc=False):
    """A regular expression is found in the value.

    `regex` is in RE2's syntax with its flags; a value that it is found in contains, folded, at
    least one of `needles`, unless there are none.
    """

    shown: str
    regex: str
    needles: tuple[str, ...] = ()


class Network(Struct, frozen=True, tag="cidr", array_like=True, gc=False):
    """The value is an address in this network."""

    cidr: str


class Number(Struct, frozen=True, tag="number", array_like=True, gc=False):
    """The value is a number that compares so with this one (decimal text)."""

    comparison: Comparison
    number: str


class DatePart(Struct, frozen=True, tag="date", array_like=True, gc=False):
    """The value is a date whose part compares so with this number (decimal text)."""

    unit: Unit
    comparison: Comparison
    number: str


class Presence(Struct, frozen=True, tag="presence", array_like=True, gc=False):
    """The event has the field, or has it not."""

    present: bool


class Same(Struct, frozen=True, tag="same", array_like=True, gc=False):
    """The value is, starts with, ends with or contains that of another field of the event."""

    field: str
    place: Place
    cased: bool = False


Predicate = Text | Glob | Pattern | Network | Number | DatePart | Presence | Same


def describe(predicate: Predicate) -> str:
    """Say the predicate in a few words, to stand behind the name of its field."""
    match predicate:
        case Text(place, text, cased):
            return f"{place} {text!r}{' (cased)' if cased else ''}"
        case Glob(shown, _, _, cased):
            return f"is like {shown!r}{' (cased)' if cased else ''}"
        case Pattern(shown):
            return f"matches /{shown}/"
        case Network(cidr):
            return f"is in {cidr}"
        case Number(comparison, number):
            return f"{comparison} {number}"
        case DatePart(unit, comparison, number):
            return f"{unit} {comparison} {number}"
        case Presence(present):
            return "is present" if present else "is absent"
        case Same(field, place, cased):
            return f"{place} the value of {field}{' (cased)' if cased else ''}"


def rarity(predicate: Predicate) -> float:
    """Guess how rare it is that a value fulfils the predicate: longer texts are rarer."""
    match predicate:
        case Text(place, text):
            return (2.0 if place is Place.IS else 0.0) + len(text)
        case Glob(_, _, needle):
            return 1.0 + len(needle)
        case Pattern(_, _, needles):
            return 1.0 + min(map(len, needles), default=0) - math.log2(1 + len(needles))
        case Network() | Number() | DatePart():
            return 3.0
        case Same():
            return 2.0
        case Presence(present):
            return 0.0 if present else 0.5
