"""HTML cut into tokens with their places, in one pass, whatever is broken in it.

Spec: https://html.spec.whatwg.org/multipage/parsing.html#tokenization
Why: a citation needs to know from which characters a text came, and Python's own parser of 3.11
needs quadratic time on malformed input.
Trap: what is never closed (a comment, a script, a tag) runs to the end of the page; it is searched
for once and said to be unclosed. A quote that is never closed does not swallow its tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a token is. `RAW` is what stands between `<script>` or the like and its end tag."""

    TEXT = "text"
    START = "start tag"
    END = "end tag"
    RAW = "raw text"
    OTHER = "comment or declaration"


def names(line: str) -> frozenset[str]:
    """Return the names of elements or attributes that stand in a line."""
    return frozenset(line.split())


class Token(NamedTuple):
    """Characters [start, end) of the page. `name` is the element's, in lower case."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: Mapping[str, str] = {}
    closed: bool = True


TEXT, START, END = Kind.TEXT, Kind.START, Kind.END
MARKUP = re.compile(r"<(?:(/?)([A-Za-z][^\s/>\x00]*)|(!--)|[!?/])")
ATTRIBUTE = re.compile(
    r"""[\s/]*(?:
    (?P<end>>)
    | (?P<name>[^\s/>][^\s/>=]*)
      (?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*)|))?
    )""",
    re.VERBOSE,
)
# The attributes that anything here asks for; a tag may have a million others.
ATTRIBUTES = names(
    "action aria-hidden background charset class content height hidden href http-equiv name"
    " property role src style type width"
)
RAW = names("script style textarea title xmp iframe noembed noframes plaintext")
RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
NAME_LIMIT = 64  # characters of an element's name


def tokens(page: str) -> Iterator[Token]:
    """Yield the tokens in order; together they cover the page."""
    at, size = 0, len(page)
    while at < size:
        found = MARKUP.search(page, at)
        if found is None or found.start() > at:
            yield Token(TEXT, at, found.start() if found else size)
        if found is None:
            return
        token = _markup(page, found)
        yield token
        at = token.end
        if token.kind is START and token.name in RAW and at < size:
            raw = _raw(page, token)
            yield raw
            at = raw.end


def _markup(page: str, found: re.Match[str]) -> Token:
    start = found.start()
    close, name, comment = found.groups()
    if not name:
        mark = "-->" if comment else ">"
        end = page.find(mark, start + 2)
        closed = end >= 0
        return Token(Kind.OTHER, start, end + len(mark) if closed else len(page), closed=closed)
    kind = END if close else START
    end = found.end()
    if page.startswith(">", end):
        return Token(kind, start, end + 1, name[:NAME_LIMIT].lower())
    attributes, end, closed = _attributes(page, end)
    return Token(kind, start, end, name[:NAME_LIMIT].lower(), attributes, closed)


def _attributes(page: str, at: int) -> tuple[dict[str, str], int, bool]:
    """Return the attributes (the first of a name counts), where the tag ends, whether it does."""
    attributes: dict[str, str] = {}
    while found := ATTRIBUTE.match(page, at):
        at = found.end()
        if found["end"]:
            return attributes, at, True
        name = found["name"].lower()
        if name in ATTRIBUTES:
            value = found["double"] or found["single"] or found["bare"] or ""
            attributes.setdefault(name, value)
    return attributes, len(page), False


def _raw(page: str, token: Token) -> Token:
    found = RAW_END[token.name].search(page, token.end)
    end = found.start() if found else len(page)
    return Token(Kind.RAW, token.end, end, token.name, closed=found is not None)
