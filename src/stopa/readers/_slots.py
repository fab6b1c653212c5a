"""Some fields of JSON objects, and nothing else of them.

Spec: https://jcristharif.com/msgspec/structs.html
Why: what is not asked for is checked but never becomes an object, so an event of forty fields costs
as much as one of the few that rules look at.
Trap: bytes that are not UTF-8 are overlooked in what is passed over; the values asked for are what
they are anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from typing import Any

import msgspec

UNUSUAL = re.compile(r'[\x00-\x1f\x7f"\\]')  # what the decoder does not take for a name


class Slots:
    """Reads these fields of objects."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(names)
        self.attributes = {name: f"f{n}" for n, name in enumerate(sorted(self.names))}
        shape = msgspec.defstruct(
            "Slots",
            [(attribute, object, None) for attribute in self.attributes.values()],
            rename={attribute: name for name, attribute in self.attributes.items()},
            gc=False,
            eq=False,
        )
        self.decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(shape, float_hook=str)

    def column(self, name: str, told: Iterable[Any]) -> list[object]:
        """Return the values of a field, None where an object lacks it."""
        return list(map(attrgetter(self.attributes[name]), told))

    def key(self, names: Iterable[str]) -> attrgetter[tuple[object, ...]]:
        """Return what gets these fields of an object at once."""
        return attrgetter(*(self.attributes[name] for name in names))


@lru_cache(1024)
def slots(names: frozenset[str]) -> Slots | None:
    """Return what reads these fields; None where a name is not one that any log has."""
    return None if any(map(UNUSUAL.search, names)) else Slots(names)
