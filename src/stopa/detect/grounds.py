"""Why a rule matched an event: the values that fulfil its tests, and what of its condition holds.

Why: most events that a rule matches fulfil the same tests. What follows from these is worked out
once for each combination of verdicts; only the values are looked up event by event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from stopa.detect import ticking
from stopa.detect.cells import Events
from stopa.detect.image import Image
from stopa.detect.judge import Judge
from stopa.detect.plan import Appoint, Asked, asked
from stopa.detect.predicate import describe
from stopa.detect.tree import RECORD, reasons
from stopa.model.rule import Condition, Match, Ticks

REMEMBERED = 100_000  # combinations of verdicts

Verdicts = tuple[int | frozenset[int], ...]  # on an event, field by field


class Part(NamedTuple):
    """The tests of a variant on one field, and who judges them; nobody where they compare two."""

    field: str
    tests: frozenset[int]
    judge: Judge | None

    def true(self, verdict: int) -> frozenset[int]:
        """Return which of the tests are true by a verdict of the judge."""
        return frozenset() if self.judge is None else self.judge.verdicts[verdict] & self.tests


class Known(NamedTuple):
    """What follows from verdicts.

    `reasons`: for each field a test that is a reason, and all reasons in words. `holding`: of the
    parts of the condition that hold, their places and tests.
    """

    reasons: tuple[tuple[int, str], ...]
    holding: tuple[tuple[int, int | None], ...]


class Grounds:
    """Tells why the variants of a compiled rule set matched."""

    def __init__(self, image: Image, judge: Appoint) -> None:
        self.image = image
        self.judge = judge
        self.parts: dict[int, Sequence[Part]] = {}
        self.known: dict[tuple[int, Verdicts], Known] = {}
        self.conditions: dict[int, Condition] = {}

    def of(self, events: Events, row: int, variant: int) -> tuple[tuple[Match, ...], Ticks]:
        """Return the reasons for which a variant matched an event, and what else of it holds."""
        known = self._known(
            variant, tuple(self._told(events, row, p) for p in self._parts(variant))
        )
        tests = self.image.tests
        matched = tuple(
            Match(*events.shown(tests[test], row), said) for test, said in known.reasons
        )
        places = {(match.field, match.value): at for at, match in enumerate(matched, 1)}
        others: list[Match] = []
        held: list[tuple[int, int]] = []
        for part, test in known.holding:
            pair = None if test is None else events.shown(tests[test], row)
            if pair is not None and pair not in places:
                others.append(Match(*pair))
                places[pair] = len(matched) + len(others)
            held.append((part, 0 if pair is None else places[pair]))
        return matched, Ticks(self.condition(variant).id, tuple(held), tuple(others))

    def condition(self, variant: int) -> Condition:
        """Return the condition that ticks of a variant speak of."""
        known = self.conditions.get(variant)
        if known is None:
            read = self.image.variants[variant]
            card, scope = self.image.cards[read.rule], self.image.scopes[read.scope]
            known = ticking.of_rule(card, scope, read.tree, self.image.tests)
            self.conditions[variant] = known
        return known

    def _told(self, events: Events, row: int, part: Part) -> int | frozenset[int]:
        """Return the verdict on a field of an event by number, or which of the tests are true."""
        if part.judge is None:
            return frozenset(n for n in part.tests if events.fulfil(self.image.tests[n], row))
        values = events.values(row) if part.field == RECORD else events.cell(part.field, row) or ()
        return part.judge.together(tuple(part.judge.numbered(values)))

    def _known(self, variant: int, told: Verdicts) -> Known:
        known = self.known.get((variant, told))
        if known is None:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            known = self.known[variant, told] = self._follows(variant, told)
        return known

    def _follows(self, variant: int, told: Verdicts) -> Known:
        true: set[int] = set()
        for part, verdict in zip(self._parts(variant), told, strict=True):
            true |= verdict if isinstance(verdict, frozenset) else part.true(verdict)
        tree = self.image.variants[variant].tree
        found: dict[str, dict[int, str]] = defaultdict(dict)
        for number in reasons(tree, true):
            test = self.image.tests[number]
            found[test.field][number] = describe(test.predicate)
        said = ((next(iter(words)), " and ".join(words.values())) for words in found.values())
        return Known(tuple(said), ticking.holding(tree, true))

    def _parts(self, variant: int) -> Sequence[Part]:
        found = self.parts.get(variant)
        if found is None:
            by_field: dict[Asked, list[int]] = defaultdict(list)
            for number in self.image.variants[variant].tests:
                by_field[asked(self.image.tests[number])].append(number)
            found = self.parts[variant] = [self._part(*entry) for entry in by_field.items()]
        return found

    def _part(self, key: Asked, tests: list[int]) -> Part:
        judge = self.judge(key, frozenset(tests))
        return Part(key[0], frozenset(tests), judge if isinstance(judge, Judge) else None)
