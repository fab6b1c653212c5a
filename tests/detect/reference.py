"""One Sigma rule against one event, as the specification says it, one line after the other.

Spec: https://github.com/SigmaHQ/sigma-specification: Sigma Rules, Sigma Modifiers (2.1.0)
Why: slow and obvious, so that the fast engine can be held against it. It shares nothing with the
engine: no pySigma, no table, no matcher. Where the specification is silent it says "decided", and
docs/sigma.md has the reason.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

Event = Mapping[str, Any]
Record = Mapping[str, list[str]]  # every field a list of texts; one without any is not there
Claim = Callable[[Record], bool]
Test = Callable[[str | None, Record], bool]  # one value of a field, None where there is none
Placeholders = Mapping[str, Sequence[str]]

ANY = object()  # the wildcard *
ONE = object()  # the wildcard ?
DASH = object()  # any of DASHES
DASHES = "-/\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}"
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
COMPARISONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "lt": lambda field, value: field < value,
    "lte": lambda field, value: field <= value,
    "gt": lambda field, value: field > value,
    "gte": lambda field, value: field >= value,
}
PARTS: Mapping[str, Callable[[datetime], int]] = {
    "minute": lambda time: time.minute,
    "hour": lambda time: time.hour,
    "day": lambda time: time.day,
    "week": lambda time: time.isocalendar().week,
    "month": lambda time: time.month,
    "year": lambda time: time.year,
}
FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
ENCODINGS = {"utf16le": "utf-16-le", "wide": "utf-16-le", "utf16be": "utf-16-be"}


class Unsupported(Exception):  # noqa: N818
    """The rule asks for what the specification does not define."""


def matches(
    rule: Mapping[str, Any], event: Event, placeholders: Placeholders | None = None
) -> bool:
    """Say whether the rule's detection holds for the event; the log source is not looked at."""
    return claim(rule, placeholders)(record(event))


def claim(rule: Mapping[str, Any], placeholders: Placeholders | None = None) -> Claim:
    """Return what the rule claims of a record; raises `Unsupported`."""
    detection = rule["detection"]
    searches = {
        name: _search(part, placeholders or {})
        for name, part in detection.items()
        if name not in ("condition", "timeframe")
    }
    conditions = detection["condition"]
    several = conditions if isinstance(conditions, list) else [conditions]
    return _either([_condition(condition, searches) for condition in several])


def record(event: Event) -> Record:
    """Return the event's fields as lists of texts; what is null or empty is left out."""
    found = {name: _texts(value) for name, value in event.items()}
    return {name: texts for name, texts in found.items() if texts}


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _texts(item)]
    return [value if isinstance(value, str) else json.dumps(value)]


def _either(claims: Sequence[Claim]) -> Claim:
    return lambda record: any(each(record) for each in claims)


def _every(claims: Sequence[Claim]) -> Claim:
    return lambda record: all(each(record) for each in claims)


# A search identifier: a map is AND, a list is OR, anything else is a keyword.


def _search(part: Any, names: Placeholders) -> Claim:
    if isinstance(part, Mapping):
        return _every([_item(key, value, names) for key, value in part.items()])
    if isinstance(part, list):
        return _either([_search(each, names) for each in part])
    return _item("", part, names)


def _item(key: Any, value: Any, names: Placeholders) -> Claim:
    field, *modifiers = str(key).split("|")
    values = value if isinstance(value, list) else [value]
    if not values:
        raise Unsupported("no value")
    if "exists" in modifiers:
        return lambda record: (field in record) == value
    tests = [_test(each, modifiers, names, keyword=not field) for each in values]
    link = all if "all" in modifiers else any
    negated = "neq" in modifiers

    def holds(record: Record) -> bool:
        texts = record.get(field, []) if field else [t for texts in record.values() for t in texts]
        return link(_on_any(test, texts, record) for test in tests) != negated

    return holds


def _on_any(test: Test, texts: Sequence[str], record: Record) -> bool:
    """A field with several values satisfies a test when one of them does (decided)."""
    return any(test(text, record) for text in texts) if texts else test(None, record)


def _test(value: Any, modifiers: Sequence[str], names: Placeholders, *, keyword: bool) -> Test:
    if "re" in modifiers:
        return _regex(str(value), modifiers)
    if "cidr" in modifiers:
        return _network(str(value))
    if "fieldref" in modifiers:
        return _same_as(str(value), modifiers)
    for name, compare in COMPARISONS.items():
        if name in modifiers:
            return _compared(value, compare)
    for name, part in PARTS.items():
        if name in modifiers:
            return _part(value, part)
    return _text(value, modifiers, names, keyword=keyword)


# Texts: null, numbers, and patterns of characters and wildcards.


def _text(value: Any, modifiers: Sequence[str], names: Placeholders, *, keyword: bool) -> Test:
    shaped = set(modifiers) - {"all", "neq"}
    if value is None:
        return lambda text, record: text is None
    if isinstance(value, bool):
        value = json.dumps(value)
    elif isinstance(value, (int, float)) and not shaped and not keyword:
        return _equals_number(value)
    patterns = list(_patterns(_tokens(_plain(value)), modifiers, names))
    if keyword:
        patterns = [[ANY, *pattern, ANY] for pattern in patterns]
    likes = [_like(pattern, cased="cased" in modifiers) for pattern in patterns]
    return lambda text, record: text is not None and any(like(text) for like in likes)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _tokens(text: str) -> list[Any]:
    """Backslash escapes a wildcard or a backslash; before anything else it is itself."""
    tokens: list[Any] = []
    at = 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in ("*", "?", "\\"):
            tokens.append(text[at + 1])
            at += 2
            continue
        tokens.append({"*": ANY, "?": ONE}.get(text[at], text[at]))
        at += 1
    return tokens


def _patterns(
    tokens: list[Any], modifiers: Sequence[str], names: Placeholders
) -> Iterator[list[Any]]:
    """Apply the modifiers in the order in which they stand."""
    patterns: list[list[Any]] = [tokens]
    raw: list[bytes] | None = None
    for modifier in modifiers:
        if modifier == "contains":
            patterns = [[ANY, *pattern, ANY] for pattern in patterns]
        elif modifier == "startswith":
            patterns = [[*pattern, ANY] for pattern in patterns]
        elif modifier == "endswith":
            patterns = [[ANY, *pattern] for pattern in patterns]
        elif modifier == "windash":
            patterns = [_windash(pattern) for pattern in patterns]
        elif modifier == "expand":
            patterns = [each for pattern in patterns for each in _expand(pattern, names)]
        elif modifier in (*ENCODINGS, "utf16"):
            raw = [_utf16(_literal(pattern), modifier) for pattern in patterns]
        elif modifier in ("base64", "base64offset"):
            whole = raw or [_literal(pattern).encode() for pattern in patterns]
            encode = _base64 if modifier == "base64" else _base64offset
            patterns = [list(text) for each in whole for text in encode(each)]
        elif modifier not in ("all", "neq", "cased"):
            raise Unsupported(f"modifier {modifier}")
    yield from patterns


def _literal(pattern: Sequence[Any]) -> str:
    if not all(isinstance(token, str) for token in pattern):
        raise Unsupported("an encoded value with a wildcard")
    return "".join(pattern)


def _windash(pattern: Sequence[Any]) -> list[Any]:
    """A dash that opens a flag may be any dash: not after a letter or digit, but before one."""
    return [
        DASH
        if isinstance(token, str)
        and token in DASHES
        and not _is_word(pattern[at - 1 : at] if at else [])
        and _is_word(pattern[at + 1 : at + 2])
        else token
        for at, token in enumerate(pattern)
    ]


def _is_word(tokens: Sequence[Any]) -> bool:
    return bool(tokens) and isinstance(tokens[0], str) and re.match(r"\w", tokens[0]) is not None


def _expand(pattern: Sequence[Any], names: Placeholders) -> list[list[Any]]:
    """Put every value of a placeholder in its place; `\\%` is a percent sign."""
    text = "".join(token if isinstance(token, str) else "\0" for token in pattern)
    pieces: list[list[list[Any]]] = []
    at = 0
    for found in re.finditer(r"(?<!\\)%(\w+)%", text):
        if found[1] not in names:
            raise Unsupported(f"placeholder {found[1]}")
        pieces.append([_percent(pattern[at : found.start()])])
        pieces.append([_tokens(value) for value in names[found[1]]])
        at = found.end()
    pieces.append([_percent(pattern[at:])])
    return [[token for piece in chosen for token in piece] for chosen in product(*pieces)]


def _percent(pattern: Sequence[Any]) -> list[Any]:
    """Drop the backslash of an escaped percent sign."""
    return [
        each
        for at, each in enumerate(pattern)
        if not (each == "\\" and pattern[at + 1 : at + 2] == ["%"])
    ]


def _utf16(text: str, modifier: str) -> bytes:
    if modifier == "utf16":
        return b"\xff\xfe" + text.encode("utf-16-le")
    return text.encode(ENCODINGS[modifier])


def _base64(raw: bytes) -> list[str]:
    return [base64.b64encode(raw).decode()]


def _base64offset(raw: bytes) -> list[str]:
    """The three texts, by position in the whole, without the characters that neighbours change."""
    encoded = []
    for shift, lead in ((0, 0), (1, 2), (2, 3)):
        text = base64.b64encode(b" " * shift + raw).decode().rstrip("=")
        whole = (shift + len(raw)) % 3 == 0
        encoded.append(text[lead:] if whole else text[lead:-1])
    return encoded


def _like(pattern: Sequence[Any], *, cased: bool) -> Callable[[str], bool]:
    fold = str if cased else _fold
    wild = {ANY: ".*", ONE: ".", DASH: f"[{re.escape(DASHES)}]"}
    shape = "".join(wild[t] if t in wild else re.escape(fold(t)) for t in pattern)
    whole = re.compile(shape, re.DOTALL)
    return lambda text: whole.fullmatch(fold(text)) is not None


@lru_cache(maxsize=100_000)
def _fold(text: str) -> str:
    """Unicode simple case folding: a character stays one character (decided)."""
    return "".join(next((c for c in (x.casefold(), x.lower()) if len(c) == 1), x) for x in text)


# Numbers, dates, networks, regular expressions, other fields.


def _number(text: str | None) -> Fraction | None:
    if text is None or not NUMBER.fullmatch(text.strip()):
        return None
    return Fraction(text.strip())


def _equals_number(value: float) -> Test:
    wanted = Fraction(json.dumps(value))
    return lambda text, record: _number(text) == wanted


def _compared(value: Any, compare: Callable[[Fraction, Fraction], bool]) -> Test:
    wanted = _number(_plain(value))
    if wanted is None:
        raise Unsupported("a comparison with what is no number")

    def test(text: str | None, record: Record) -> bool:
        found = _number(text)
        return found is not None and compare(found, wanted)

    return test


def _part(value: Any, part: Callable[[datetime], int]) -> Test:
    def test(text: str | None, record: Record) -> bool:
        try:
            return text is not None and part(datetime.fromisoformat(text)) == int(value)
        except ValueError:
            return False

    return test


def _network(value: str) -> Test:
    network = ipaddress.ip_network(value, strict=False)

    def test(text: str | None, record: Record) -> bool:
        try:
            address = ipaddress.ip_address((text or "").strip().split("%")[0])
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None)
        return address in network or (mapped is not None and mapped in network)

    return test


def _regex(value: str, modifiers: Sequence[str]) -> Test:
    """Found anywhere; classes are ASCII, as in PCRE; `i` is without case in Unicode (decided)."""
    flags = re.NOFLAG if "i" in modifiers else re.ASCII
    for name in modifiers:
        flags |= FLAGS.get(name, re.NOFLAG)
    pattern = re.compile(value, flags)
    return lambda text, record: text is not None and pattern.search(text) is not None


def _same_as(field: str, modifiers: Sequence[str]) -> Test:
    before = [ANY] if {"endswith", "contains"} & set(modifiers) else []
    after = [ANY] if {"startswith", "contains"} & set(modifiers) else []
    cased = "cased" in modifiers

    def test(text: str | None, record: Record) -> bool:
        likes = [_like([*before, *other, *after], cased=cased) for other in record.get(field, [])]
        return text is not None and any(like(text) for like in likes)

    return test


# The condition: or binds least, then and, then not, then "x of", then parentheses.


def _condition(text: str, searches: Mapping[str, Claim]) -> Claim:
    rest = re.findall(r"[()]|[^\s()]+", text)
    found = _or(rest, searches)
    if rest:
        raise Unsupported(f"condition goes on with {rest[0]}")
    return found


def _or(rest: list[str], searches: Mapping[str, Claim]) -> Claim:
    claims = [_and(rest, searches)]
    while rest and rest[0].lower() == "or":
        rest.pop(0)
        claims.append(_and(rest, searches))
    return _either(claims)


def _and(rest: list[str], searches: Mapping[str, Claim]) -> Claim:
    claims = [_not(rest, searches)]
    while rest and rest[0].lower() == "and":
        rest.pop(0)
        claims.append(_not(rest, searches))
    return _every(claims)


def _not(rest: list[str], searches: Mapping[str, Claim]) -> Claim:
    if not rest:
        raise Unsupported("condition ends too soon")
    word = rest.pop(0)
    if word.lower() == "not":
        negated = _not(rest, searches)
        return lambda record: not negated(record)
    if word == "(":
        inside = _or(rest, searches)
        if not rest or rest.pop(0) != ")":
            raise Unsupported("no closing parenthesis")
        return inside
    if word.lower() in ("1", "any", "all") and len(rest) > 1 and rest[0].lower() == "of":
        rest.pop(0)
        return _of(word.lower(), rest.pop(0), searches)
    if word not in searches:
        raise Unsupported(f"no search {word}")
    return searches[word]


def _of(word: str, pattern: str, searches: Mapping[str, Claim]) -> Claim:
    wild = "*" if pattern.lower() == "them" else pattern
    shape = re.compile(".*".join(re.escape(part) for part in wild.split("*")))
    hidden = not pattern.startswith("_")
    chosen = [
        claim
        for name, claim in searches.items()
        if shape.fullmatch(name) and not (hidden and name.startswith("_"))
    ]
    if not chosen:
        raise Unsupported(f"nothing is called {pattern}")
    return _every(chosen) if word == "all" else _either(chosen)
