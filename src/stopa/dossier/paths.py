"""The paths by which the fields of a sealed record are known: which lie in which thing.

Spec: RFC 9535 (https://www.rfc-editor.org/rfc/rfc9535), its shorthand without `$`:
`matched[0].value`; a name that is no plain word stands in brackets as a JSON string.
"""

from __future__ import annotations

import re

from stopa.store.sealing import EMPTY

INDEX = re.compile(r"\[[0-9]+\]")
BEHIND = (".", "[", ":")  # what may follow the path of a thing


def is_inside(path: str, thing: str) -> bool:
    """Whether a field belongs to the thing at a path; every field belongs to the record itself."""
    return not thing or (path.startswith(thing) and path[len(thing) :].startswith(BEHIND))


def owner(path: str, last: str) -> str | None:
    """Return the path of the thing whose field of this name it is, None where it is another."""
    if path == last:
        return ""
    end = last if last == EMPTY else f".{last}"
    return path.removesuffix(end) if path.endswith(end) else None


def within(path: str, thing: str) -> str:
    """Return a path as seen from the thing that it lies in."""
    return path[len(thing) :].lstrip(".")


def everywhere(path: str) -> str:
    """Return the path of a field in all things of the lists that it lies in."""
    return INDEX.sub("", path)


def covers(asked: str, path: str) -> bool:
    """Whether what was asked is the field at a path, or a thing around it; indices may be left out.

    Nothing is around everything: an empty word covers no field.
    """
    forms = (path, everywhere(path))
    return bool(asked) and any(form == asked or is_inside(form, asked) for form in forms)
