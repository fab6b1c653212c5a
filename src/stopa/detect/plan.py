"""What the rules ask of events that share log source, provider, channel and event id.

Why: for such events the envelope is known beforehand, so most rules fall away before a field is
looked at. Of the rest only those are evaluated whose witness, a rare test they cannot do without,
is true; events in which none is true are not looked at further; and each combination of verdicts
is evaluated once, since events repeat. How rare a test is can only be guessed from its text: the
first events of a kind show which guesses were wrong, and then other witnesses are chosen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from stopa.detect.columns import Columns, distinct
from stopa.detect.dimension import Dimension
from stopa.detect.image import Image, Variant
from stopa.detect.judge import Judge
from stopa.detect.pairs import PairJudge
from stopa.detect.predicate import Same, rarity
from stopa.detect.tree import NO, Const, Leaf, Test, Tree, bars, decision, leaves, replace, witness

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

REMEMBERED = 100_000  # combinations of verdicts that a plan remembers
FIRST = 512  # events of a kind that show how often witnesses are true
OFTEN = 64  # a test that is true in one event of so many is no good witness
POOR = 0.75  # how rare such a test counts: a little more than that a field is there at all
SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")

Combination = tuple[int, ...]
Asked = tuple[str, str]
Appoint = Callable[[Asked, frozenset[int]], Judge | PairJudge]


class Plan:
    """The rules that look at one kind of event, ready to be evaluated on verdicts.

    `witnessed` says for each test which variants, as they stand, have it for a witness. `sightings`
    are counts of the combinations in the first events, None once they are known.
    """

    def __init__(
        self,
        rules: Mapping[int, Ready],
        dimensions: tuple[Dimension, ...],
        witnessed: Witnessed,
        sightings: Counter[Combination] | None,
    ) -> None:
        self.rules = rules
        self.witnessed = witnessed
        self.sightings = sightings
        self.seen = 0
        self.decisions: dict[int, Callable[[frozenset[int]], bool]] = {}
        self.dimensions = dimensions
        self.witnessing = [d for d in dimensions if d.witnesses]
        self.always = [number for number, ready in rules.items() if ready.witness is None]
        self.broad = [bars(ready.tree) for ready in rules.values() if ready.is_broad]
        self.known: dict[Combination, tuple[int, ...]] = {}
        standing = (r.witness or () for r in rules.values() if not r.is_changed)
        self.witnesses = frozenset[int]().union(*standing)
        self.changed: dict[int, list[int]] = defaultdict(list)
        for number, ready in rules.items():
            for test in ready.witness or () if ready.is_changed else ():
                self.changed[test].append(number)

    @property
    def is_due(self) -> bool:
        """Whether enough events were seen to tell how often witnesses are true."""
        return self.sightings is not None and self.seen >= FIRST

    def frequent(self) -> frozenset[int]:
        """Return the witnesses that were true too often to be good ones, and count no longer."""
        counted = Counter[int]()
        for combination, rows in list((self.sightings or {}).items()):  # threads may still count
            for dimension, number in zip(self.dimensions, combination, strict=True):
                for test in dimension.verdicts[number] & dimension.witnesses:
                    counted[test] += rows
        self.sightings = None
        return frozenset(test for test, rows in counted.items() if rows * OFTEN > self.seen)

    def matching(self, columns: Columns) -> Iterator[tuple[Numbers, int]]:
        """Yield the variants that match among the rows, with the places of these in the batch."""
        self.seen += columns.rows
        marked = self._marked(columns)
        if not marked.any():
            return
        columns = columns if marked.all() else columns.only(np.flatnonzero(marked))
        places = np.arange(columns.rows) if columns.places is None else columns.places
        told = [d.numbers_in(columns) for d in self.dimensions]
        varied = [t for t in told if not isinstance(t, int)]
        if not varied:
            combination = tuple(t for t in told if isinstance(t, int))
            self._count([combination], [columns.rows])
            yield from ((places, variant) for variant in self.matches(combination))
            return
        codes, firsts = distinct(varied)
        each = (repeat(t) if isinstance(t, int) else t[firsts].tolist() for t in told)
        combinations: list[Combination] = list(zip(*each, strict=False))
        self._count(combinations, np.bincount(codes).tolist())
        for kind, combination in enumerate(combinations):
            if matched := self.matches(combination):
                where = places[codes == kind]
                yield from ((where, variant) for variant in matched)

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

    def _count(self, combinations: Iterable[Combination], rows: Iterable[int]) -> None:
        if (sightings := self.sightings) is not None:
            sightings.update(dict(zip(combinations, rows, strict=True)))

    def _marked(self, columns: Columns) -> Flags:
        """Return which rows are worth a close look: no rule holds in the others."""
        marked = np.zeros(columns.rows, np.bool_)
        for dimension in self.witnessing:
            dimension.mark(columns, marked)
        for exceptions in self.broad:
            if marked.all():
                break
            barred = np.zeros(columns.rows, np.bool_)
            for dimension in self.dimensions:
                dimension.bar(columns, exceptions, barred)
            marked |= ~barred
        return marked

    def _evaluated(self, true: frozenset[int]) -> tuple[int, ...]:
        standing = self.witnessed.by(true & self.witnesses)
        candidates = {*self.always, *(n for n in standing if n in self.rules)}
        for test in true & self.changed.keys():
            candidates.update(self.changed[test])
        return tuple(sorted(n for n in candidates if self._decision(n)(true)))

    def _decision(self, number: int) -> Callable[[frozenset[int]], bool]:
        found = self.decisions.get(number)
        if found is None:
            found = self.decisions[number] = decision(self.rules[number].tree)
        return found


class Ready(NamedTuple):
    """A variant as it reads for one kind of event.

    It is broad when its witness is true of nearly all events, or there is none: then its exceptions
    count. It is changed when the envelope decided some of its tests, or its witness is another.
    """

    tree: Tree
    tests: Iterable[int]
    witness: Iterable[int] | None
    is_broad: bool
    is_changed: bool = False


class Witnessed:
    """Which variants have a test for a witness, in the order of the tests."""

    def __init__(self, variants: Sequence[Variant]) -> None:
        counts = [len(variant.witness or ()) for variant in variants]
        each = (test for variant in variants for test in variant.witness or ())
        tests = np.fromiter(each, np.int64, sum(counts))
        order = np.argsort(tests, kind="stable")
        self.tests = tests[order]
        self.variants = np.repeat(np.arange(len(variants)), counts)[order]

    def by(self, tests: frozenset[int]) -> Iterator[int]:
        """Yield the variants that have one of the tests for a witness."""
        asked = np.fromiter(tests, np.int64, len(tests))
        firsts, lasts = (np.searchsorted(self.tests, asked, side) for side in SIDES)
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            yield from self.variants[first:last].tolist()


class Planner:
    """Makes the plans of a compiled rule set; `judge` gives the judge of a field, or of a pair."""

    def __init__(self, image: Image, judge: Appoint) -> None:
        self.image = image
        self.judge = judge
        self.paired = frozenset(image.paired)
        self.common = frozenset[int]().union(
            *((*filed.present, *filed.absent) for filed in image.filed.values())
        )

    def plan(
        self,
        variants: Iterable[int],
        decided: Mapping[int, bool],
        *,
        frequent: frozenset[int] | None = None,
    ) -> Plan:
        """Return the plan of variants for events of which some tests are decided.

        `frequent` are tests that such events often fulfil, None where it is not known which.
        """
        rules = self._ready(variants, decided, frequent or frozenset())
        used: dict[Asked, list[int]] = defaultdict(list)
        tests = set[int]().union(*(ready.tests for ready in rules.values()))
        for number in tests - self.paired:
            used[self.image.tests[number].field, ""].append(number)
        for number in tests & self.paired:
            used[asked(self.image.tests[number])].append(number)
        narrow = (ready.witness or () for ready in rules.values() if not ready.is_broad)
        witnesses = frozenset[int]().union(*narrow)
        dimensions = []
        for key, numbers in sorted(used.items()):
            mine = frozenset(numbers)
            judge = self.judge(key, mine)
            dimensions.append(Dimension(key[0], judge, mine, witnesses & mine, self.image.tests))
        sightings = Counter[Combination]() if frequent is None else None
        return Plan(rules, tuple(dimensions), self._witnessed, sightings)

    @cached_property
    def _witnessed(self) -> Witnessed:
        return Witnessed(self.image.variants)

    def _ready(
        self, variants: Iterable[int], decided: Mapping[int, bool], frequent: frozenset[int]
    ) -> dict[int, Ready]:
        """Return by number the variants that can match."""

        def leaf(part: Test | Leaf) -> Tree:
            known = decided.get(part.test) if isinstance(part, Leaf) else None
            return part if known is None else Const(known)

        def rare(test: int) -> float:
            guess = rarity(self.image.tests[test].predicate)
            return min(guess, POOR) if test in frequent else guess

        found: dict[int, Ready] = {}
        for number in variants:
            variant = self.image.variants[number]
            tree = replace(variant.tree, leaf) if variant.decided and decided else variant.tree
            if tree is variant.tree and frequent.isdisjoint(variant.witness or ()):
                broad = self._is_broad(variant.witness)
                found[number] = Ready(tree, variant.tests, variant.witness, broad)
            elif tree != NO:
                told = witness(tree, rare)
                tests = None if told is None else told[1]
                broad = self._is_broad(tests)
                found[number] = Ready(tree, set(leaves(tree)), tests, broad, is_changed=True)
        return found

    def _is_broad(self, witness: Iterable[int] | None) -> bool:
        return witness is None or not self.common.isdisjoint(witness)


def asked(test: Test) -> Asked:
    """Return the field that the test looks at and the one it is compared to, empty if none."""
    return test.field, test.predicate.field if isinstance(test.predicate, Same) else ""
