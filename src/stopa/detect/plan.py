"""What the rules ask of events that share log source, provider, channel and event id.

Why: for such events the envelope is known beforehand, so most rules fall away before a field is
looked at. Of the rest only those are evaluated whose witness, a rare test they cannot do without,
is true; and each combination of verdicts is evaluated once, since events repeat.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stopa.detect.columns import Columns, distinct
from stopa.detect.image import Image
from stopa.detect.judge import Judge, Verdict
from stopa.detect.pairs import PairJudge
from stopa.detect.predicate import Same, rarity
from stopa.detect.scope import WINDOWS, Event
from stopa.detect.tree import NO, RECORD, Const, Leaf, Test, Tree, holds, leaves, replace, witness
from stopa.detect.value import holds as fulfils

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

REMEMBERED = 100_000  # combinations of verdicts that a plan remembers

Combination = tuple[int, ...]
Asked = tuple[str, str]


class Dimension:
    """What a plan's rules ask of one field: the judge's verdicts, narrowed to their tests."""

    def __init__(self, field: str, judge: Judge | PairJudge, tests: frozenset[int]) -> None:
        self.field = field
        self.judge = judge
        self.tests = tests
        self.verdicts: list[Verdict] = []
        self.numbers: dict[Verdict, int] = {}
        self.narrowed: list[int] = []
        self.lock = Lock()

    def narrow(self) -> list[int]:
        """Return for each number of the judge's verdicts the number of the narrowed one."""
        with self.lock:
            for verdict in self.judge.verdicts[len(self.narrowed) :]:
                mine = verdict & self.tests
                number = self.numbers.setdefault(mine, len(self.verdicts))
                if number == len(self.verdicts):
                    self.verdicts.append(mine)
                self.narrowed.append(number)
        return self.narrowed

    def numbers_in(self, columns: Columns) -> Numbers | int:
        """Return for each row the number of its narrowed verdict; one number if all have it."""
        judge = self.judge
        if isinstance(judge, PairJudge):
            found = columns.pair_numbers(judge)
        elif self.field == RECORD:
            found = columns.record_numbers(judge)
        else:
            found = columns.numbers(self.field, judge)
        narrowed = self.narrow()
        if found is None:
            return narrowed[judge.nothing]
        return np.array(narrowed, np.int64)[found]


class Plan:
    """The rules that look at one kind of event, ready to be evaluated on verdicts."""

    def __init__(self, rules: Mapping[int, Ready], dimensions: tuple[Dimension, ...]) -> None:
        self.trees = {number: ready.tree for number, ready in rules.items()}
        self.dimensions = dimensions
        self.always = [number for number, ready in rules.items() if ready.witness is None]
        self.by_witness: dict[int, list[int]] = defaultdict(list)
        self.known: dict[Combination, tuple[int, ...]] = {}
        for number, ready in rules.items():
            for test in ready.witness or ():
                self.by_witness[test].append(number)

    def matching(self, columns: Columns, rows: Numbers | None) -> Iterator[tuple[Numbers, int]]:
        """Yield the variants that match among these rows of the batch, with the rows they match."""
        count = columns.table.num_rows
        told = [_fewer(d.numbers_in(columns), rows) for d in self.dimensions]
        varied = [t for t in told if not isinstance(t, int)]
        if not varied:
            combination = tuple(t for t in told if isinstance(t, int))
            for variant in self.matches(combination):
                yield np.arange(count) if rows is None else rows, variant
            return
        codes, firsts = distinct(varied)
        for kind, first in enumerate(firsts.tolist()):
            combination = tuple(t if isinstance(t, int) else int(t[first]) for t in told)
            if matched := self.matches(combination):
                where = np.flatnonzero(codes == kind)
                for variant in matched:
                    yield where if rows is None else rows[where], variant

    def matches(self, combination: Combination) -> tuple[int, ...]:
        """Return the variants that hold, given the narrowed verdict of each dimension."""
        known = self.known.get(combination)
        if known is None:
            known = self._evaluated(self.true(combination))
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[combination] = known
        return known

    def true(self, combination: Combination) -> frozenset[int]:
        """Return the tests that are true."""
        pairs = zip(self.dimensions, combination, strict=True)
        return frozenset[int]().union(*(d.verdicts[n] for d, n in pairs))

    def _evaluated(self, true: frozenset[int]) -> tuple[int, ...]:
        candidates = set(self.always)
        for test in true:
            candidates.update(self.by_witness.get(test, ()))
        return tuple(sorted(n for n in candidates if holds(self.trees[n], true)))


class Ready(NamedTuple):
    """A variant as it reads for one kind of event."""

    tree: Tree
    tests: Iterable[int]
    witness: Iterable[int] | None


def ready_for(image: Image, variants: Iterable[int], event: Event) -> dict[int, Ready]:
    """Return by number the variants that can match such events, their envelope decided."""
    stated = {"Provider_Name": event.provider, "Channel": event.channel, "EventID": event.event_id}
    if event.product != WINDOWS:
        stated = {}
    known = {name: value for name, value in stated.items() if name not in event.own}
    decided: dict[int, Const] = {}

    def leaf(part: Test | Leaf) -> Tree:
        number = part.test if isinstance(part, Leaf) else -1
        if number not in decided:
            test = image.tests[number]
            if test.field not in known or isinstance(test.predicate, Same):
                return part
            value = known[test.field]
            decided[number] = Const(fulfils(test.predicate, None if value is None else (value,)))
        return decided[number]

    found: dict[int, Ready] = {}
    for number in variants:
        variant = image.variants[number]
        if not (variant.decided and known):
            found[number] = Ready(variant.tree, variant.tests, variant.witness)
        elif (tree := replace(variant.tree, leaf)) != NO:
            told = witness(tree, lambda test: rarity(image.tests[test].predicate))
            found[number] = Ready(tree, set(leaves(tree)), None if told is None else told[1])
    return found


def tests_by_field(image: Image, rules: Iterable[Ready]) -> dict[Asked, frozenset[int]]:
    """Return which tests the rules use, by field, or pair of fields."""
    found: dict[Asked, set[int]] = defaultdict(set)
    for number in set[int]().union(*(ready.tests for ready in rules)):
        found[asked(image.tests[number])].add(number)
    return {key: frozenset(numbers) for key, numbers in sorted(found.items())}


def asked(test: Test) -> Asked:
    """Return the field that the test looks at and the one it is compared to, empty if none."""
    return test.field, test.predicate.field if isinstance(test.predicate, Same) else ""


def _fewer(told: Numbers | int, rows: Numbers | None) -> Numbers | int:
    """Return the numbers of these rows only, or one number when they are all the same."""
    if isinstance(told, int):
        return told
    mine = told if rows is None else told[rows]
    first = int(mine[0])
    return first if (mine == first).all() else mine
