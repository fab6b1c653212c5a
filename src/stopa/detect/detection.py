"""A rule's search identifiers: maps and lists of fields, modifiers and values, made into trees.

Spec: Sigma rules 2.1.0, "Detection"; Sigma modifiers 2.1.0
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from ipaddress import ip_network

from stopa.detect import regex, wildcard
from stopa.detect.condition import labelled
from stopa.detect.defect import RuleDefectError
from stopa.detect.placeholder import Placeholders, expand
from stopa.detect.predicate import (
    Comparison,
    DatePart,
    Network,
    Number,
    Pattern,
    Place,
    Predicate,
    Presence,
    Same,
    Unit,
)
from stopa.detect.tree import RECORD, Either, Not, Test, Tree, either, every
from stopa.detect.wildcard import Wildcards

PLACES = {"startswith": Place.STARTS, "endswith": Place.ENDS, "contains": Place.HAS}
COMPARISONS = {
    "lt": Comparison.LT,
    "lte": Comparison.LTE,
    "gt": Comparison.GT,
    "gte": Comparison.GTE,
}
UNITS = {unit.value: unit for unit in Unit}
FLAGS = {"i": "i", "ignorecase": "i", "m": "m", "multiline": "m", "s": "s", "dotall": "s"}
UTF16 = {"wide": "utf-16-le", "utf16le": "utf-16-le", "utf16be": "utf-16-be", "utf16": "utf-16-le"}
BASE64 = ("base64", "base64offset")
LINKS = ("all", "neq")
TEXTUAL = frozenset({*PLACES, *UTF16, *BASE64, "windash", "expand", "cased"})
KINDS = frozenset({"re", "cidr", "exists", "fieldref", *COMPARISONS, *UNITS})
ALONG = {  # which modifiers may stand beside one that changes the kind of the value
    "re": frozenset({*FLAGS, "contains", "expand"}),
    "cidr": frozenset({"expand"}),
    "exists": frozenset[str](),
    "fieldref": frozenset({*PLACES, "cased"}),
    **dict.fromkeys(COMPARISONS, frozenset[str]()),
    **dict.fromkeys(UNITS, frozenset(COMPARISONS)),
}
KNOWN = TEXTUAL | KINDS | frozenset(FLAGS) | frozenset(LINKS)
# Base64 at offset n: how many characters at the start, and at the end, depend on the neighbours.
OFFSETS = (0, 2, 3)
TAILS = (None, -3, -2)
MOST_TESTS = 100_000  # in one rule; the most in SigmaHQ's rules is 1,200

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Item:
    """One key of a map, taken apart. `field` is `RECORD` for keywords."""

    field: str
    modifiers: tuple[str, ...]

    @property
    def cased(self) -> bool:
        """Upper and lower case differ."""
        return "cased" in self.modifiers

    def kind(self) -> str | None:
        """Return the modifier that says what the values are; None for text and plain numbers."""
        kinds = [name for name in self.modifiers if name in KINDS]
        if len(kinds) == 2 and kinds[0] in UNITS and kinds[1] in COMPARISONS:
            return kinds[0]
        if len(kinds) > 1:
            raise RuleDefectError(f"modifiers {' and '.join(kinds)} exclude each other")
        return kinds[0] if kinds else None


def search(name: str, definition: object, placeholders: Placeholders) -> Tree:
    """Return the tree of one search identifier. Raises `RuleDefectError`."""
    return labelled(_definition(definition, placeholders, 0), name)


def _definition(definition: object, placeholders: Placeholders, depth: int) -> Tree:
    if depth > 8:
        raise RuleDefectError("lists within lists within lists")
    match definition:
        case dict() if definition:
            parts = [_entry(str(k), v, placeholders) for k, v in definition.items()]
            return every(parts)
        case list() if definition:
            if any(isinstance(part, (dict, list)) for part in definition):
                return either([_definition(p, placeholders, depth + 1) for p in definition])
            return _item(Item(RECORD, ()), definition, placeholders)
        case dict() | list():
            raise RuleDefectError("search identifier without content")
        case _:
            return _item(Item(RECORD, ()), [definition], placeholders)


def _entry(key: str, values: object, placeholders: Placeholders) -> Tree:
    field, *modifiers = key.split("|")
    unknown = [name for name in modifiers if name not in KNOWN]
    if unknown:
        raise RuleDefectError(f"unknown modifier {unknown[0]!r}")
    listed = values if isinstance(values, list) else [values]
    return _item(Item(field or RECORD, tuple(modifiers)), listed or [None], placeholders)


def _item(item: Item, values: Sequence[object], placeholders: Placeholders) -> Tree:
    kind = item.kind()
    parts: list[Tree] = []
    count = 0
    for value in values:
        part = _value(item, kind, _scalar(value), placeholders)
        count += len(part.parts) if isinstance(part, Either) else 1
        if count > MOST_TESTS:
            raise RuleDefectError(f"more than {MOST_TESTS} values")
        parts.append(part)
    tree = every(parts) if "all" in item.modifiers else either(parts)
    return Not(tree) if "neq" in item.modifiers else tree


def _scalar(value: object) -> Value:
    match value:
        case datetime() | date():
            return value.isoformat(*((" ",) if isinstance(value, datetime) else ()))
        case str() | int() | float() | None:
            return value
        case _:
            raise RuleDefectError(f"a {type(value).__name__} where a value is expected")


def _value(item: Item, kind: str | None, value: Value, placeholders: Placeholders) -> Tree:
    if kind is None:
        return _plain(item, value, placeholders)
    _check_company(item, kind)
    if kind in COMPARISONS:
        return Test(item.field, Number(COMPARISONS[kind], _decimal(value)))
    if kind in UNITS:
        return Test(item.field, DatePart(UNITS[kind], _comparison(item), _decimal(value)))
    return BUILDERS[kind](item, value, placeholders)


def _check_company(item: Item, kind: str) -> None:
    beside = [n for n in item.modifiers if n not in (kind, *LINKS) and n not in ALONG[kind]]
    if beside:
        raise RuleDefectError(f"modifier {beside[0]!r} beside {kind!r}")
    if item.field == RECORD and kind != "re":
        raise RuleDefectError(f"modifier {kind!r} without a field")


def _comparison(item: Item) -> Comparison:
    named = [COMPARISONS[name] for name in item.modifiers if name in COMPARISONS]
    return named[0] if named else Comparison.EQ


def _decimal(value: Value) -> str:
    if isinstance(value, bool) or value is None:
        raise RuleDefectError(f"{value!r} where a number is expected")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise RuleDefectError(f"{value!r} where a number is expected") from None
    if number != number or number in (float("inf"), float("-inf")):
        raise RuleDefectError(f"{value!r} where a number is expected")
    return str(value).strip()


def _exists(item: Item, value: Value, _: Placeholders) -> Tree:
    if not isinstance(value, bool):
        raise RuleDefectError("exists takes true or false")
    return Test(item.field, Presence(value))


def _cidr(item: Item, value: Value, placeholders: Placeholders) -> Tree:
    texts = expand(str(value), placeholders) if "expand" in item.modifiers else [str(value)]
    return either([Test(item.field, Network(_network(text))) for text in texts])


def _network(text: str) -> str:
    try:
        return str(ip_network(text.strip(), strict=False))
    except ValueError:
        raise RuleDefectError(f"{text!r} is no network") from None


def _fieldref(item: Item, value: Value, _: Placeholders) -> Tree:
    if not isinstance(value, str):
        raise RuleDefectError("fieldref takes the name of a field")
    place = next((PLACES[name] for name in item.modifiers if name in PLACES), Place.IS)
    return Test(item.field, Same(wildcard.plain(wildcard.read(value)), place, item.cased))


def _regex(item: Item, value: Value, placeholders: Placeholders) -> Tree:
    if value is None:
        raise RuleDefectError("re takes a regular expression")
    text = str(value)
    flags = "".join(sorted({FLAGS[name] for name in item.modifiers if name in FLAGS}))
    texts = expand(text, placeholders) if "expand" in item.modifiers else [text]
    return either([Test(item.field, _pattern(pattern, flags)) for pattern in texts])


def _pattern(text: str, flags: str) -> Pattern:
    shown = f"(?{flags}){text}" if flags else text
    return Pattern(shown, regex.translate(text, flags), regex.needles(text))


BUILDERS: Mapping[str, Callable[[Item, Value, Placeholders], Tree]] = {
    "exists": _exists,
    "cidr": _cidr,
    "fieldref": _fieldref,
    "re": _regex,
}


def _plain(item: Item, value: Value, placeholders: Placeholders) -> Tree:
    if any(name in FLAGS for name in item.modifiers):
        raise RuleDefectError("modifier of a regular expression without re")
    shaping = [name for name in item.modifiers if name not in LINKS]
    if value is None:
        if shaping or item.field == RECORD:
            raise RuleDefectError("null takes no modifier and needs a field")
        return Test(item.field, Presence(present=False))
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and not shaping and item.field != RECORD:
        return Test(item.field, Number(Comparison.EQ, _decimal(value)))
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return either(_texts(item, shaping, text, placeholders))


def _texts(item: Item, shaping: list[str], text: str, placeholders: Placeholders) -> list[Tree]:
    texts = expand(text, placeholders) if "expand" in shaping else [text]
    shapes: list[Wildcards | bytes] = [wildcard.read(text) for text in texts]
    for name in shaping:
        shapes = [made for shape in shapes for made in _shaped(name, shape)]
    return [Test(item.field, _predicate(item, shape)) for shape in shapes]


def _predicate(item: Item, shape: Wildcards | bytes) -> Predicate:
    pieces = (_decoded(shape),) if isinstance(shape, bytes) else shape
    if item.field == RECORD:
        pieces = wildcard.around(pieces, Place.HAS)
    return wildcard.predicate(wildcard.joined(pieces), cased=item.cased)


def _shaped(name: str, shape: Wildcards | bytes) -> list[Wildcards | bytes]:
    if name in UTF16:
        mark = b"\xff\xfe" if name == "utf16" else b""
        return [mark + wildcard.plain(_text(shape)).encode(UTF16[name])]
    if name in BASE64:
        raw = shape if isinstance(shape, bytes) else _bytes(shape)
        return [(text,) for text in (_offsets(raw) if name == "base64offset" else _base64(raw))]
    if name == "windash":
        return [*wildcard.dashed(_text(shape))]
    if name in PLACES:
        return [wildcard.around(_text(shape), PLACES[name])]
    return [shape]


def _bytes(pieces: Wildcards) -> bytes:
    try:
        return wildcard.plain(pieces).encode()
    except UnicodeEncodeError:
        raise RuleDefectError("a lone surrogate in a value that is encoded") from None


def _text(shape: Wildcards | bytes) -> Wildcards:
    return (_decoded(shape),) if isinstance(shape, bytes) else shape


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise RuleDefectError("a value in UTF-16 that is not encoded in Base64 after") from None


def _base64(raw: bytes) -> list[str]:
    return [b64encode(raw).decode()]


def _offsets(raw: bytes) -> list[str]:
    if len(raw) < 3:
        raise RuleDefectError("base64offset of fewer than three bytes says nothing")
    return [
        b64encode(b" " * n + raw)[OFFSETS[n] : TAILS[(len(raw) + n) % 3]].decode() for n in range(3)
    ]
