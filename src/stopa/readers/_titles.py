"""The names of a table's columns, each one once, so that no column hides another.

Why: a hostile or broken header may name two columns alike, and both hold evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names in order, the second of a name as `name#2`; one without name as `#1`."""
    seen: Counter[str] = Counter()
    given: list[str] = []
    for name in names:
        seen[name] += 1
        numbered = f"{name}#{seen[name]}"
        given.append(name if name and seen[name] == 1 else numbered)
    return tuple(given)
