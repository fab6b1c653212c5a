"""Elements of a list deep inside of a JSON or XML file, each with its bytes.

Spec: https://www.rfc-editor.org/rfc/rfc8259; https://www.w3.org/TR/xml/
Why: what threat intelligence publishes is one large object; a citation has to name the element.
Trap: the file is held whole, so its size is bounded. Around an element that is damaged the next one
is looked for; nothing is fetched, no document type is read.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Row
from stopa.readers._json_value import decode
from stopa.readers._observables import Observable, row
from stopa.readers._reader import Source

SIZE_LIMIT = 256 * 2**20  # bytes
ELEMENT_LIMIT = 4 * 2**20  # bytes of one element
FAILURES = 200  # damaged elements, after which the rest is one problem
SCANNER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)
NEXT = re.compile(r"[\s,]*(?=\{)")
PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=")
CUT = "cut off while it was written?"
REST = "split the file and hand in its parts"


class Place(NamedTuple):
    """The bytes [start, end) of an element."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A file as one character for each byte, and where its lines begin."""

    text: str
    lines: list[int]

    def line(self, offset: int) -> int:
        """Return the 1-based line of a byte."""
        return bisect_right(self.lines, offset)


Found = tuple[
    Place, object
]  # an element as JSON holds it, an `Element`, or why there is none (str)


def rows(
    source: Source,
    service: str,
    elements: Callable[[str], Iterator[Found]],
    observables: Callable[[object, str], Iterator[Observable | str]],
) -> Iterator[Row | Problem | Structure]:
    """Yield the indicators of each element; one that has several is cited whole by the first.

    `observables` gets an element and the whole file; what it yields as text is a problem.
    """
    whole = _text(source)
    at = failures = 0
    for place, element in elements(whole.text):
        if place.start < at:
            continue
        if place.start > at:
            yield Structure(Where(source.sha256, offset=at, length=place.start - at))
        at = place.end
        failures += isinstance(element, str)
        told = iter((element,)) if isinstance(element, str) else observables(element, whole.text)
        yield from _told(source, service, place, told, whole.line(place.start))
        if failures > FAILURES:
            break
    size = len(whole.text)
    if at < size and failures > FAILURES:
        where = Where(source.sha256, offset=at, length=size - at)
        yield Problem(f"more than {FAILURES} damaged elements; the rest is not read", where, CUT)
    elif at < size:
        yield Structure(Where(source.sha256, offset=at, length=size - at))
    if source.size > size:
        where = Where(source.sha256, offset=size, length=source.size - size)
        yield Problem(f"longer than {SIZE_LIMIT} bytes; the rest is not read", where, REST)


def objects_in(key: str) -> Callable[[str], Iterator[Found]]:
    """Return how to find the objects in every list of that name in a JSON file."""
    opening = re.compile(rf'"{re.escape(key)}"\s*:\s*\[')

    def elements(text: str) -> Iterator[Found]:
        at = 0
        while found := opening.search(text, at):
            at = found.end()
            while begin := NEXT.match(text, at):
                place, value = _object(text, begin.end())
                yield place, value
                at = place.end
                if isinstance(value, str):
                    break

    return elements


def elements_named(name: str) -> Callable[[str], Iterator[Found]]:
    """Return how to find the XML elements of a name, whatever its prefix."""
    opening = re.compile(rf"<((?:[\w.-]+:)?{re.escape(name)})(?=[\s>])[^<>]*>")

    def elements(text: str) -> Iterator[Found]:
        at = 0
        while found := opening.search(text, at):
            if found[0].endswith("/>"):
                at = found.end()
                continue
            closing = f"</{found[1]}>"
            end = text.find(closing, found.end(), found.end() + ELEMENT_LIMIT)
            if end < 0:
                yield Place(found.start(), found.end()), "an element without its end"
                at = found.end()
                continue
            at = end + len(closing)
            yield Place(found.start(), at), _element(text[found.start() : at])

    return elements


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _text(source: Source) -> Text:
    with source.path.open("rb") as file:
        raw = file.read(SIZE_LIMIT)
    starts = [0, *(found.end() for found in re.finditer(rb"\n", raw))]
    return Text(raw.decode("latin-1"), starts)


def _object(text: str, start: int) -> tuple[Place, object]:
    """Return the object that begins here, or why there is none."""
    try:
        _, end = SCANNER.raw_decode(text, start)
    except RecursionError:
        return Place(start, start + 1), "not JSON: nested too deep"
    except json.JSONDecodeError as error:
        return Place(start, max(start + 1, min(error.pos, len(text)))), f"not JSON: {error.msg}"
    try:
        return Place(start, end), decode(text[start:end].encode("latin-1"))
    except ValueError as error:
        return Place(start, end), f"not JSON: {error}"


def _element(fragment: str) -> Element | str:
    """Return an element; its prefixes are declared outside of it, so they are declared anew."""
    told = fragment.encode("latin-1").decode("utf-8", "replace")
    prefixes = {one or other for one, other in PREFIX.findall(told)} - {"xml", "xmlns"}
    names = "".join(f' xmlns:{prefix}="{prefix}"' for prefix in sorted(prefixes))
    try:
        found: Element = fromstring(f"<found{names}>{told}</found>")[0]
    except (ParseError, DefusedXmlException, ValueError, RecursionError, IndexError) as error:
        return f"not XML: {error}"
    return found


def _told(
    source: Source, service: str, place: Place, told: Iterator[Observable | str], line: int
) -> Iterator[Row | Problem | Structure]:
    """Yield an element's indicators; none is structure. The bytes are counted once."""
    length = place.end - place.start
    for one in told:
        if isinstance(one, str):
            where = Where(source.sha256, line=line, offset=place.start, length=length)
            yield Problem(one, where, CUT if one.startswith("not ") else "look at it yourself")
        else:
            yield row(service, one, place.start, length, line)
        length = 0
    if length:
        yield Structure(Where(source.sha256, offset=place.start, length=length))
