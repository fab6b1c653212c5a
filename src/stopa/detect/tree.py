"""The condition of a rule as a tree of and, or, not over tests of fields.

Trap: `label` is for people (the search identifier); trees that differ only there behave the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Union

from msgspec import Struct

from stopa.detect.predicate import Predicate

RECORD = "*"  # the field name of a keyword: any value of the record


class Test(Struct, frozen=True, tag="test", array_like=True, gc=False):
    """A field and what is asked of it."""

    field: str
    predicate: Predicate


class Leaf(Struct, frozen=True, tag="leaf", array_like=True, gc=False):
    """A test by its number in a program."""

    test: int


class All(Struct, frozen=True, tag="all", array_like=True, gc=False):
    """Every part holds."""

    parts: tuple[Tree, ...]
    label: str = ""


class Either(Struct, frozen=True, tag="any", array_like=True, gc=False):
    """At least one part holds."""

    parts: tuple[Tree, ...]
    label: str = ""


class Not(Struct, frozen=True, tag="not", array_like=True, gc=False):
    """The part does not hold."""

    part: Tree


class Const(Struct, frozen=True, tag="const", array_like=True, gc=False):
    """Known beforehand."""

    value: bool


Tree = Union[Test, Leaf, All, Either, Not, Const]  # noqa: UP007 (named before it exists)

YES = Const(value=True)
NO = Const(value=False)


def every(parts: list[Tree], label: str = "") -> Tree:
    """Join parts by and; a single part stands for itself unless it needs a label."""
    return parts[0] if len(parts) == 1 and not label else All(tuple(parts), label)


def either(parts: list[Tree], label: str = "") -> Tree:
    """Join parts by or; a single part stands for itself unless it needs a label."""
    return parts[0] if len(parts) == 1 and not label else Either(tuple(parts), label)


def replace(tree: Tree, leaf: Callable[[Test | Leaf], Tree]) -> Tree:
    """Return the tree with every test replaced, and simplified where the result is known."""
    match tree:
        case Test() | Leaf():
            return leaf(tree)
        case Const():
            return tree
        case Not(part):
            inner = replace(part, leaf)
            return Const(not inner.value) if isinstance(inner, Const) else Not(inner)
        case All(parts, label):
            return _simple(parts, leaf, label, stop=NO)
        case Either(parts, label):
            return _simple(parts, leaf, label, stop=YES)


def holds(tree: Tree, true: AbstractSet[int]) -> bool:
    """Tell whether the tree of leaves holds when just these tests are true."""
    match tree:
        case Leaf(test):
            return test in true
        case All(parts):
            return all(holds(part, true) for part in parts)
        case Either(parts):
            return any(holds(part, true) for part in parts)
        case Not(part):
            return not holds(part, true)
        case Const(value):
            return value
        case Test():
            raise TypeError("a tree is evaluated after its tests are numbered")


def decision(tree: Tree) -> Callable[[frozenset[int]], bool]:
    """Return what tells of the tests that are true whether the tree of leaves holds, quickly."""
    match tree:
        case Leaf(test):
            return lambda true: test in true
        case Const(value):
            return lambda _: value
        case Not(part):
            inner = decision(part)
            return lambda true: not inner(true)
        case All(parts):
            needed, others = _apart(parts)
            if not others:
                return needed.issubset
            return lambda true: needed <= true and all(holds(true) for holds in others)
        case Either(parts):
            enough, others = _apart(parts)
            return lambda true: not enough.isdisjoint(true) or any(holds(true) for holds in others)
        case Test():
            raise TypeError("a tree is evaluated after its tests are numbered")


def _apart(
    parts: tuple[Tree, ...],
) -> tuple[frozenset[int], list[Callable[[frozenset[int]], bool]]]:
    single = frozenset(part.test for part in parts if isinstance(part, Leaf))
    return single, [decision(part) for part in parts if not isinstance(part, Leaf)]


def leaves(tree: Tree) -> Iterator[int]:
    """Yield the numbers of all tests in the tree."""
    match tree:
        case Leaf(test):
            yield test
        case All(parts) | Either(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case Const() | Test():
            return


def remaining(tree: Tree, decided: Mapping[int, bool]) -> tuple[bool | None, frozenset[int]]:
    """Return whether the tree holds, None if that is open, and the tests that may yet matter.

    A test matters that can still make the tree hold, or can be a reason that it does.
    """
    match tree:
        case Leaf(test):
            return decided.get(test), frozenset({test} - decided.keys())
        case Const(value):
            return value, frozenset()
        case Not(part):
            holds, left = remaining(part, decided)
            return (None, left) if holds is None else (not holds, frozenset())
        case All(parts):
            told = [remaining(part, decided) for part in parts]
            if any(holds is False for holds, _ in told):
                return False, frozenset()
            return _settled(told, settles=False)
        case Either(parts):
            told = [remaining(part, decided) for part in parts]
            return _settled([each for each in told if each[0] is not False], settles=True)
        case Test():
            raise TypeError("a tree is decided after its tests are numbered")


def _settled(
    told: list[tuple[bool | None, frozenset[int]]], *, settles: bool
) -> tuple[bool | None, frozenset[int]]:
    """Join parts, of which one that is `settles` settles the whole."""
    left = frozenset[int]().union(*(tests for _, tests in told))
    if any(holds is settles for holds, _ in told):
        return settles, left
    return (not settles if all(holds is not None for holds, _ in told) else None), left


def tests(tree: Tree) -> Iterator[Test]:
    """Yield all tests of a tree that is not numbered yet."""
    match tree:
        case Test():
            yield tree
        case All(parts) | Either(parts):
            for part in parts:
                yield from tests(part)
        case Not(part):
            yield from tests(part)
        case Const() | Leaf():
            return


def reasons(tree: Tree, true: AbstractSet[int]) -> Iterator[int]:
    """Yield the tests that made the tree hold; what was negated is no reason."""
    match tree:
        case Leaf(test):
            yield test
        case All(parts):
            for part in parts:
                yield from reasons(part, true)
        case Either(parts):
            for part in parts:
                if holds(part, true):
                    yield from reasons(part, true)
        case Not() | Const() | Test():
            return


def witness(
    tree: Tree, rarity: Callable[[int], float | None]
) -> tuple[float, frozenset[int]] | None:
    """Return tests of which at least one is true whenever the tree holds, the rarest such choice.

    None where the tree can hold with every test false. `rarity` is higher for rarer tests, None for
    those that are not to be chosen.
    """
    match tree:
        case Leaf(test):
            rare = rarity(test)
            return None if rare is None else (rare, frozenset({test}))
        case All(parts):
            found = [w for part in parts if (w := witness(part, rarity)) is not None]
            return max(found, key=lambda w: w[0], default=None)
        case Either(parts):
            return _together([witness(part, rarity) for part in parts])
        case Not() | Test():
            return None
        case Const(value):
            return None if value else (float("inf"), frozenset())


def bars(tree: Tree) -> frozenset[int]:
    """Return tests of which none may be true if the tree is to hold: the rule's exceptions."""
    match tree:
        case Not(part):
            return _proofs(part)
        case All(parts):
            return frozenset[int]().union(*map(bars, parts))
        case Either(parts):
            return frozenset[int].intersection(*map(bars, parts))
        case Leaf() | Const() | Test():
            return frozenset()


def _proofs(tree: Tree) -> frozenset[int]:
    """Return tests each of which is enough for the tree to hold."""
    match tree:
        case Leaf(test):
            return frozenset({test})
        case Not(part):
            return bars(part)
        case All(parts):
            return frozenset[int].intersection(*map(_proofs, parts))
        case Either(parts):
            return frozenset[int]().union(*map(_proofs, parts))
        case Const() | Test():
            return frozenset()


def _together(
    found: list[tuple[float, frozenset[int]] | None],
) -> tuple[float, frozenset[int]] | None:
    known = [w for w in found if w is not None]
    if len(known) < len(found):
        return None
    rarest = min((w[0] for w in known), default=float("inf"))
    return rarest, frozenset[int]().union(*(w[1] for w in known))


def _simple(
    parts: tuple[Tree, ...], leaf: Callable[[Test | Leaf], Tree], label: str, *, stop: Const
) -> Tree:
    kept: list[Tree] = []
    for part in parts:
        inner = replace(part, leaf)
        if inner == stop:
            return stop
        if not isinstance(inner, Const):
            kept.append(inner)
    if not kept:
        return Const(not stop.value)
    return every(kept, label) if stop == NO else either(kept, label)
