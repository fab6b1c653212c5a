"""Placeholders such as `%Servers%` and the user's values for them.

Spec: Sigma rules 2.1.0, "Placeholders": a tool that cannot resolve one rejects the rule
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product
from pathlib import Path

from stopa.detect import documents
from stopa.detect.defect import RuleDefectError
from stopa.errors import InputError

PLACEHOLDER = re.compile(r"(?<!\\)%([^%]+)%")
MOST_VALUES = 100_000

Placeholders = Mapping[str, tuple[str, ...]]


class _Any(dict[str, tuple[str, ...]]):
    """Has a value for every name."""

    def __missing__(self, name: str) -> tuple[str, ...]:
        return (name,)


ANY: Placeholders = _Any()


def read(path: Path | None) -> Placeholders:
    """Return the values of a YAML file that maps names to one value or a list of values."""
    if path is None:
        return {}
    hint = "the file is YAML: `Servers: [srv1, srv2*]`, one name a line"
    try:
        found = documents.parse(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint=hint) from None
    content = found[0].content if len(found) == 1 else None
    if not isinstance(content, dict):
        raise InputError(f"{path}: no placeholders in it", hint=hint)
    return {
        str(name): tuple(map(str, values if isinstance(values, list) else [values]))
        for name, values in content.items()
    }


def expand(text: str, placeholders: Placeholders) -> list[str]:
    """Return the text with its placeholders replaced in every way. Raises `RuleDefectError`."""
    choices: list[tuple[str, ...]] = []
    at = 0
    for found in PLACEHOLDER.finditer(text):
        try:
            values = placeholders[found[1]]
        except KeyError:
            values = ()
        if not values:
            raise RuleDefectError(f"placeholder %{found[1]}% has no value")
        choices += [(text[at : found.start()].replace("\\%", "%"),), values]
        at = found.end()
    choices.append((text[at:].replace("\\%", "%"),))
    total = 1
    for choice in choices:
        total *= len(choice)
    if total > MOST_VALUES:
        raise RuleDefectError(f"placeholders give {total} values (limit {MOST_VALUES})")
    return ["".join(parts) for parts in product(*choices)]
