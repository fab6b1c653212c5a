"""The compiled form of a rule set: plain values that go to disk and to other processes."""

from __future__ import annotations

from msgspec import Struct

from stopa.detect.scope import Scope
from stopa.detect.tree import Test, Tree
from stopa.model.rule import Refusal, RuleCard


class Variant(Struct, frozen=True, array_like=True):
    """A rule (by number) as it reads in one scope (by number), its tests by number."""

    rule: int
    scope: int
    tree: Tree


class Image(Struct, frozen=True, array_like=True):
    """Everything that a program knows. `sha256` stamps rules, settings and engine version."""

    tests: tuple[Test, ...]
    scopes: tuple[Scope, ...]
    variants: tuple[Variant, ...]
    cards: tuple[RuleCard, ...]
    refusals: tuple[Refusal, ...]
    sha256: str
