"""The compiled form of a rule set: plain values that go to disk and to other processes."""

from __future__ import annotations

from msgspec import Struct

from stopa.detect.filing import Filed
from stopa.detect.scope import Scope
from stopa.detect.tree import Test, Tree
from stopa.model.rule import Refusal, RuleCard

ENGINE = "3"  # in the stamp and the name of the cache: raise it when rules come to mean otherwise


class Variant(Struct, frozen=True, array_like=True, gc=False):
    """A rule (by number) as it reads in one scope (by number), its tests by number.

    `names` is the number of the table that says how the rule's fields are called there. `tests` are
    all tests in the tree; of `witness` at least one is true whenever the tree holds (None: it can
    hold with all false). `decided` when some tests are known from an event's envelope alone.
    """

    rule: int
    scope: int
    tree: Tree
    names: int
    tests: tuple[int, ...]
    witness: tuple[int, ...] | None
    decided: bool


class Source(Struct, frozen=True, array_like=True, gc=False):
    """A correlation rule as its author wrote it (JSON), and where: it is cheap to read again."""

    file: str
    line: int
    content: str


class Image(Struct, frozen=True, array_like=True, gc=False):
    """Everything that a program knows. `sha256` stamps rules, settings and engine version.

    `filed` are the tests on each field, save those that compare two: these are `paired`.
    `called` has for each card the name that correlations may use for the rule; `related` what other
    rules are to some of them.
    """

    tests: tuple[Test, ...]
    scopes: tuple[Scope, ...]
    variants: tuple[Variant, ...]
    cards: tuple[RuleCard, ...]
    refusals: tuple[Refusal, ...]
    sha256: str
    filed: dict[str, Filed]
    paired: tuple[int, ...]
    names: tuple[dict[str, str], ...] = ()
    called: tuple[str | None, ...] = ()
    correlations: tuple[Source, ...] = ()
    correlation_cards: tuple[RuleCard, ...] = ()
    related: dict[str, tuple[str, ...]] = {}
