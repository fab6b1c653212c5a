"""Tests that compare two fields of one event (`fieldref`), judged once for each pair of values."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from stopa.detect.judge import Verdict
from stopa.detect.predicate import Same
from stopa.detect.value import same

REMEMBERED = 200_000  # pairs of values

Cells = tuple[tuple[str, ...] | None, tuple[str, ...] | None]


class PairJudge:
    """The tests on one pair of fields. `verdicts` as in `Judge`; number 0 is "none is true"."""

    def __init__(self, field: str, other: str, tests: Iterable[tuple[int, Same]]) -> None:
        self.field = field
        self.other = other
        self.tests = tuple(tests)
        self.verdicts: list[Verdict] = [frozenset()]
        self.numbers: dict[Verdict, int] = {frozenset(): 0}
        self.known: dict[Cells, int] = {}
        self.nothing = 0

    def number(self, cells: Cells) -> int:
        """Return the number of the verdict on the values of both fields; None is absent."""
        known = self.known.get(cells)
        if known is None:
            known = self._numbered(cells)
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[cells] = known
        return known

    def _numbered(self, cells: Cells) -> int:
        pairs = list(product(cells[0] or (), cells[1] or ()))
        true = (n for n, test in self.tests if any(same(test, a, b) for a, b in pairs))
        verdict = frozenset(true)
        if verdict not in self.numbers:
            self.verdicts.append(verdict)
            self.numbers[verdict] = len(self.verdicts) - 1
        return self.numbers[verdict]
