"""Which software anyone can obtain: seeing it says little of who used it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

from stopa.knowledge.spelling import key


def is_public(names: Iterable[str]) -> bool:
    """Tell whether one of the names is on the list of software that anyone can obtain."""
    return any(key(name) in _listed() for name in names)


@cache
def _listed() -> frozenset[str]:
    body = resources.files("stopa.knowledge").joinpath("data", "public_software.toml")
    return frozenset(key(name) for name in tomllib.loads(body.read_text("utf-8"))["names"])
