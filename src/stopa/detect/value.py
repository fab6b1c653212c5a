"""Whether one value fulfils one predicate: the plain meaning of each, value by value.

Spec: Sigma modifiers 2.1.0
Trap: numbers are decimal texts as JSON prints them, compared exactly; dates are compared as they
stand, in whatever zone they are (the specification forbids conversions).
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache, lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import assert_never

from stopa.detect.fold import fold
from stopa.detect.predicate import (
    Comparison,
    DatePart,
    Glob,
    Network,
    Number,
    Pattern,
    Place,
    Predicate,
    Presence,
    Same,
    Text,
    Unit,
)
from stopa.detect.regex import compiled

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
INTEGER = re.compile(r"-?[0-9]+")
DATE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::\d\d(?:[.,]\d+)?)?\s*(?:Z|UTC|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
LONGEST_NUMBER = 400  # digits; longer texts are no numbers to anyone
LONGEST_ADDRESS = 64  # characters


def present(predicate: Predicate, value: str, folded: str) -> bool:
    """Tell whether the value (also given folded) of a field that is there fulfils the predicate."""
    match predicate:
        case Text(place, text, cased):
            return placed(place, value if cased else folded, text)
        case Glob(_, regex, _, cased):
            return compiled(regex).search(_encodable(value if cased else folded)) is not None
        case Pattern(_, regex):
            return compiled(regex).search(_encodable(value)) is not None
        case Network(cidr):
            return _in_network(value, cidr)
        case Number(comparison, number):
            return _compares(number_in(value), comparison, number)
        case DatePart(unit, comparison, number):
            return _compares(_part(value, unit), comparison, number)
        case Presence(here):
            return here
        case Same():
            raise TypeError("two fields are compared by `same`")
        case _:
            assert_never(predicate)


def holds(predicate: Predicate, values: tuple[str, ...] | None) -> bool:
    """Tell whether a field fulfils the predicate: any of its values does; None is absent."""
    if not values:
        return isinstance(predicate, Presence) and not predicate.present
    return any(present(predicate, value, fold(value)) for value in values)


def same(predicate: Same, value: str, other: str) -> bool:
    """Tell whether a value stands to that of another field as the predicate says."""
    if predicate.cased:
        return placed(predicate.place, value, other)
    return placed(predicate.place, fold(value), fold(other))


def placed(place: Place, value: str, text: str) -> bool:
    """Tell whether the text stands in the value at that place."""
    match place:
        case Place.IS:
            return value == text
        case Place.STARTS:
            return value.startswith(text)
        case Place.ENDS:
            return value.endswith(text)
        case Place.HAS:
            return text in value
        case _:
            assert_never(place)


def _encodable(value: str) -> str:
    """Return the value with lone surrogates replaced, which no UTF-8 can hold."""
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


@cache
def _network(cidr: str) -> IPv4Network | IPv6Network:
    return ip_network(cidr)


def _in_network(value: str, cidr: str) -> bool:
    network = _network(cidr)
    return len(value) <= LONGEST_ADDRESS and any(
        address in network for address in _addresses(value)
    )


@lru_cache(4096)
def _addresses(value: str) -> tuple[IPv4Address | IPv6Address, ...]:
    """Return the address that the text is, and the IPv4 address in it; none if it is no address."""
    try:
        address = ip_address(value.strip().split("%")[0])
    except ValueError:
        return ()
    mapped = getattr(address, "ipv4_mapped", None)
    return (address,) if mapped is None else (address, mapped)


def number_in(value: str) -> int | float | None:
    """Return the number that the text is, None if it is none."""
    text = value.strip() if len(value) <= LONGEST_NUMBER else ""
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if NUMBER.fullmatch(text) else None


def _part(value: str, unit: Unit) -> int | None:
    found = DATE.fullmatch(value.strip()) if len(value) <= LONGEST_ADDRESS else None
    if found is None:
        return None
    year, month, day, hour, minute = (int(n) if n else None for n in found.groups())
    if unit is Unit.WEEK:
        try:
            return datetime(year or 0, month or 0, day or 0).isocalendar().week  # noqa: DTZ001
        except ValueError:
            return None
    return {
        Unit.YEAR: year,
        Unit.MONTH: month,
        Unit.DAY: day,
        Unit.HOUR: hour,
        Unit.MINUTE: minute,
    }[unit]


def _compares(value: int | float | None, comparison: Comparison, number: str) -> bool:
    if value is None:
        return False
    other = exact(number)
    match comparison:
        case Comparison.EQ:
            return value == other
        case Comparison.LT:
            return value < other
        case Comparison.LTE:
            return value <= other
        case Comparison.GT:
            return value > other
        case Comparison.GTE:
            return value >= other
        case _:
            assert_never(comparison)


@cache
def exact(number: str) -> int | float:
    """Return the number that a rule says."""
    return int(number) if INTEGER.fullmatch(number) else float(number)
