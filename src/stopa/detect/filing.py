"""The tests on one field, filed by how a value is held against them.

Why: filing ten thousands of tests takes longer than matching as many events, so a compiled rule set
has them filed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from stopa.detect.fold import fold
from stopa.detect.predicate import (
    Comparison,
    Glob,
    Number,
    Pattern,
    Place,
    Predicate,
    Presence,
    Text,
)


class Filed(Struct, frozen=True, array_like=True, gc=False):
    """Tests by number, under what a value has to be, to contain or to be as a number for them.

    Texts are folded and in order. `slow` tests are held against each value by themselves.
    """

    equal: dict[str, tuple[int, ...]] = {}
    found: dict[str, tuple[int, ...]] = {}
    numeric: dict[str, tuple[int, ...]] = {}
    present: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()
    slow: tuple[int, ...] = ()

    def numbers(self) -> frozenset[int]:
        """Return the tests."""
        listed = (self.equal, self.found, self.numeric)
        indexed = (numbers for index in listed for numbers in index.values())
        return frozenset().union(self.present, self.absent, self.slow, *indexed)


def filed(tests: Iterable[tuple[int, Predicate]]) -> Filed:
    """File the tests, none of which compares two fields."""
    made = _Filing()
    for number, predicate in tests:
        made.file(number, predicate)
    return Filed(
        _in_order(made.equal),
        _in_order(made.found),
        _in_order(made.numeric),
        tuple(made.present),
        tuple(made.absent),
        tuple(made.slow),
    )


class _Filing:
    """A filing in the making."""

    def __init__(self) -> None:
        self.equal: dict[str, list[int]] = defaultdict(list)
        self.found: dict[str, list[int]] = defaultdict(list)
        self.numeric: dict[str, list[int]] = defaultdict(list)
        self.present: list[int] = []
        self.absent: list[int] = []
        self.slow: list[int] = []

    def file(self, number: int, predicate: Predicate) -> None:
        match predicate:
            case Text():  # nearly all are
                text = fold(predicate.text) if predicate.cased else predicate.text
                if predicate.place is Place.IS:
                    self.equal[text].append(number)
                else:
                    self.literal((text,), number)
            case Presence(here):
                (self.present if here else self.absent).append(number)
            case Number(Comparison.EQ, said):
                self.numeric[said].append(number)
            case Glob(_, _, needle):
                self.literal((needle,), number)
            case Pattern(_, _, needles):
                self.literal(needles, number)
            case _:
                self.slow.append(number)

    def literal(self, texts: tuple[str, ...], number: int) -> None:
        if not texts or "" in texts or any(text[0] == "\0" for text in texts):
            self.slow.append(number)
            return
        for text in texts:
            self.found[text].append(number)


def _in_order(index: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {text: tuple(index[text]) for text in sorted(index)}
