"""What a plan's rules ask of one field: its verdicts narrowed to their tests, and how to be quick.

Why: a plan first asks which events are worth a close look. For that only few tests count: the
witnesses. Long texts are searched for these alone, as they lie in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stopa.detect.columns import Columns, Told
from stopa.detect.filing import filed
from stopa.detect.judge import Judge, Verdict, is_proof
from stopa.detect.pairs import PairJudge
from stopa.detect.tree import RECORD, Test

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]


class _Narrowed(NamedTuple):
    """For each of the judge's verdicts the number of the narrowed one, and which have a witness."""

    numbers: Numbers
    telling: frozenset[int]


class Dimension:
    """The tests of a plan on one field, `mine` by their numbers among all tests.

    `witnesses` are those of them without which no rule holds.
    """

    def __init__(
        self,
        field: str,
        judge: Judge | PairJudge,
        mine: frozenset[int],
        witnesses: frozenset[int],
        tests: Sequence[Test],
    ) -> None:
        self.field = field
        self.judge = judge
        self.mine = mine
        self.witnesses = witnesses
        self.tests = tests
        self.verdicts: list[Verdict] = []
        self.numbers: dict[Verdict, int] = {}
        self.narrowed = _Narrowed(np.zeros(0, np.int64), frozenset())
        self.guards: dict[frozenset[int], Judge] = {}
        self.lock = Lock()

    def numbers_in(self, columns: Columns) -> Numbers | int:
        """Return for each row the number of its narrowed verdict; one number if all have it."""
        told = self._told(columns)
        numbers = self._narrow().numbers
        if told is None:
            return int(numbers[self.judge.nothing])
        mine = numbers[told.numbers]
        if len(told.seen) == 1 or (mine == mine[0]).all():
            return int(mine[0])
        return mine if told.codes is None else mine[told.codes]

    def mark(self, columns: Columns, marked: Flags) -> None:
        """Mark the rows in which a witness is true; of long texts those in which one may be."""
        if isinstance(self.judge, Judge) and columns.is_long(self.field) and self._scout:
            marked[columns.suspects(self.field, self._scout)] = True
            return
        told = self._told(columns)
        telling = self._narrow().telling
        if told is None:
            marked |= self.judge.nothing in telling
        elif found := telling & told.seen:
            marked |= _having(told, found, len(self.judge.verdicts))

    def bar(self, columns: Columns, tests: frozenset[int], barred: Flags) -> None:
        """Mark rows in which one of the tests is true; in long texts perhaps not all of them."""
        if self.field == RECORD or not (tests & self.mine):
            return
        if isinstance(self.judge, Judge) and columns.is_long(self.field):
            guard = self._guard(tests)
            if guard.texts and guard.is_ascii:
                free = np.zeros(columns.rows, np.bool_)
                free[columns.without(self.field, guard)] = True
                barred |= ~free
            return
        told = self._told(columns)
        verdicts = self.judge.verdicts
        if told is None:
            barred |= not verdicts[self.judge.nothing].isdisjoint(tests)
        elif found := {n for n in told.seen if not verdicts[n].isdisjoint(tests)}:
            barred |= _having(told, found, len(verdicts))

    def _guard(self, tests: frozenset[int]) -> Judge:
        """Return what looks for the texts of these tests that are proof."""
        if tests not in self.guards:
            mine = (n for n in sorted(tests & self.mine) if is_proof(self.tests[n].predicate))
            self.guards[tests] = self._alone(mine)
        return self.guards[tests]

    def _told(self, columns: Columns) -> Told | None:
        judge = self.judge
        if isinstance(judge, PairJudge):
            return columns.pair_verdicts(judge)
        if self.field == RECORD:
            return columns.record_verdicts(judge)
        return columns.verdicts(self.field, judge)

    def _narrow(self) -> _Narrowed:
        if len(self.narrowed.numbers) < len(self.judge.verdicts):
            with self.lock:
                fresh = self.judge.verdicts[len(self.narrowed.numbers) :]
                self.narrowed = self._grown(fresh)
        return self.narrowed

    def _grown(self, fresh: Iterable[Verdict]) -> _Narrowed:
        numbers, telling = [], set(self.narrowed.telling)
        for place, verdict in enumerate(fresh, len(self.narrowed.numbers)):
            mine = verdict & self.mine
            number = self.numbers.setdefault(mine, len(self.verdicts))
            if number == len(self.verdicts):
                self.verdicts.append(mine)
            numbers.append(number)
            if not mine.isdisjoint(self.witnesses):
                telling.add(place)
        return _Narrowed(
            np.concatenate([self.narrowed.numbers, np.array(numbers, np.int64)]),
            frozenset(telling),
        )

    @cached_property
    def _scout(self) -> Judge | None:
        """Looks for the texts of the witnesses alone; None where a witness can do without one."""
        scout = self._alone(sorted(self.witnesses))
        return scout if scout.has_needles and not scout.filed.absent else None

    def _alone(self, tests: Iterable[int]) -> Judge:
        return Judge(filed((n, self.tests[n].predicate) for n in tests), self.tests)


def _having(told: Told, numbers: Iterable[int], verdicts: int) -> Flags:
    """Return which rows have one of these numbers, of so many verdicts."""
    among = np.zeros(verdicts, np.bool_)
    among[list(numbers)] = True
    mine = among[told.numbers]
    return mine if told.codes is None else mine[told.codes]
