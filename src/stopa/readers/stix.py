"""STIX 2 bundles: indicators by the comparisons of their patterns, and observed objects.

Spec: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html
Why: an indicator is a pattern; of its comparisons those with a fixed value (`=`, `IN`) can be
looked up by the million. What else it asks for (`LIKE`, `MATCHES`) is named, never guessed.
Trap: a pattern may ask for several things at once; each is looked for by itself, so a match is of a
part of the pattern, and the predicate says which value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.statement import IndicatorKind
from stopa.readers._columns import tabulate
from stopa.readers._elements import objects_in, rows
from stopa.readers._lines import decoded
from stopa.readers._observables import Observable, observed
from stopa.readers._reader import Found, Reader, Source

SERVICE = "stix"
BUNDLE = re.compile(rb'"type"\s*:\s*"bundle"')
OBJECTS = re.compile(rb'"objects"\s*:\s*\[')
PATH = r"([a-z0-9-]{1,60}):((?:[\w.*\[\]-]|'[^']{0,100}')+)"
STRING = r"'(?:[^'\\]|\\.){0,8000}'"
COMPARISON = re.compile(
    rf"{PATH}\s*(NOT\s+)?(=|!=|<=?|>=?|IN|LIKE|MATCHES|ISSUBSET|ISSUPERSET)\s*"
    rf"({STRING}|\((?:\s*{STRING}\s*,?){{1,2000}}\)|[\w.+-]+)",
    re.IGNORECASE,
)
QUOTED = re.compile(STRING)
ESCAPED = re.compile(r"\\(.)")
PATHS = {
    ("ipv4-addr", "value"): IndicatorKind.IPV4,
    ("ipv6-addr", "value"): IndicatorKind.IPV6,
    ("domain-name", "value"): IndicatorKind.DOMAIN,
    ("url", "value"): IndicatorKind.URL,
    ("email-addr", "value"): IndicatorKind.EMAIL,
    ("email-message", "from_ref.value"): IndicatorKind.EMAIL,
    ("email-message", "sender_ref.value"): IndicatorKind.EMAIL,
    ("network-traffic", "dst_ref.value"): None,  # by its look
    ("network-traffic", "src_ref.value"): None,
    ("file", "name"): IndicatorKind.FILE,
    ("file", "hashes.md5"): IndicatorKind.MD5,
    ("file", "hashes.sha-1"): IndicatorKind.SHA1,
    ("file", "hashes.sha1"): IndicatorKind.SHA1,
    ("file", "hashes.sha-256"): IndicatorKind.SHA256,
    ("file", "hashes.sha256"): IndicatorKind.SHA256,
    ("artifact", "hashes.sha-256"): IndicatorKind.SHA256,
    ("windows-registry-key", "key"): IndicatorKind.REGISTRY,
    ("vulnerability", "name"): IndicatorKind.CVE,
}
EQUAL = ("=", "IN")


def recognises(head: bytes) -> bool:
    """Recognise a bundle and the list of its objects."""
    text = decoded(head).lstrip()
    return text.startswith(b"{") and bool(BUNDLE.search(text[:4096]) and OBJECTS.search(text))


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each value that an indicator or an observed object has."""
    return tabulate(source, rows(source, SERVICE, objects_in("objects"), _observables))


def _observables(element: object, _: str) -> Iterator[Observable | str]:
    if not isinstance(element, dict):
        return
    kind = str(element.get("type"))
    if kind == "indicator":
        yield from _of_pattern(element)
    elif kind == "observed-data":
        inner = element.get("objects")
        for one in inner.values() if isinstance(inner, dict) else ():
            if isinstance(one, dict):
                yield from _of_object(one, element)
    else:
        yield from _of_object(element, element)


def _of_pattern(element: dict[str, object]) -> Iterator[Observable | str]:
    """Yield what the comparisons of a pattern ask for, and a word on each that is not looked up."""
    told = element.get("pattern")
    if element.get("pattern_type", "stix") != "stix" or not isinstance(told, str):
        yield f"a pattern of type {element.get('pattern_type')} is not looked up"
        return
    if element.get("revoked") is True:
        yield "a revoked indicator is not looked up"
        return
    comparisons = list(COMPARISON.finditer(told[:1_000_000]))
    if not comparisons:
        yield "a pattern without a comparison"
    for found in comparisons:
        yield from _of_comparison(found, element)


def _of_comparison(found: re.Match[str], element: dict[str, object]) -> Iterator[Observable | str]:
    path = (found[1].lower(), found[2].replace("'", "").lower())
    operator = f"{found[3] or ''}{found[4]}".upper()
    if operator not in EQUAL:
        yield f"the comparison {operator} of {path[0]}:{path[1]} is not looked up"
    elif path not in PATHS:
        yield f"{path[0]}:{path[1]} is of no kind that events hold"
    else:
        for text in QUOTED.findall(found[5]):
            if one := observed(PATHS[path], ESCAPED.sub(r"\1", text[1:-1])):
                yield _observable(*one, element)
            else:
                yield f"{text[:100]} is no value of {path[0]}:{path[1]}"


def _of_object(one: dict[str, object], said: dict[str, object]) -> Iterator[Observable]:
    """Yield the values of an observed object."""
    told = str(one.get("type"))
    values = {"value": one.get("value"), "name": one.get("name"), "key": one.get("key")}
    hashes = one.get("hashes")
    if isinstance(hashes, dict):
        values |= {f"hashes.{str(name).lower()}": value for name, value in hashes.items()}
    for name, value in values.items():
        kind = PATHS.get((told, name))
        if kind is not None and isinstance(value, str) and (found := observed(kind, value)):
            yield _observable(*found, said)


def _observable(kind: IndicatorKind, value: str, said: dict[str, object]) -> Observable:
    def text(name: str) -> str | None:
        told = said.get(name)
        return told if isinstance(told, str) and told else None

    label = text("name") or text("description") or ""
    first = text("valid_from") or text("first_observed")
    return Observable(
        kind,
        value,
        "" if label == value else label,
        first=first,
        last=text("valid_until") or text("last_observed"),
    )


READER = Reader("stix", "STIX 2 bundle", recognises, read)
