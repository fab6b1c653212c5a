"""Plain data as JSON, in which no character hides, reorders or steers the text around it.

Why: readers of these formats show what they are given, and many show it in a browser.
"""

from __future__ import annotations

from collections.abc import Iterable

from stopa.dossier import visible
from stopa.model.record import canonical


def document(value: object) -> bytes:
    """Return the value as one line of JSON, keys sorted."""
    return canonical(_shown(value)) + b"\n"


def marked(value: object) -> bytes:
    """Return a value in whose texts hidden characters are marked already; it may be large."""
    return canonical(value) + b"\n"


def lines(values: Iterable[object]) -> bytes:
    """Return one line of JSON for each value."""
    return b"".join(map(document, values))


def _shown(value: object) -> object:
    match value:
        case str():
            return visible.line(value)
        case list() | tuple():
            return [_shown(one) for one in value]
        case dict():
            return {key: _shown(one) for key, one in value.items()}
        case _:
            return value
