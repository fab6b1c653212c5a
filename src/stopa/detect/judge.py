"""All that the rules ask of one field, decided for one value at a time, each value once.

Why: rules share predicates and logs share values. One pass of an automaton over the folded value
finds every literal of every rule; wildcards and regular expressions run only where one of their
literals stands (DESIGN, "Columns, not objects").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import Any

from stopa.detect.filing import Filed
from stopa.detect.fold import fold
from stopa.detect.literals import LONGEST, Literals
from stopa.detect.originals import Pieces
from stopa.detect.predicate import Place, Predicate, Text
from stopa.detect.tree import Test
from stopa.detect.value import exact, number_in, present

REMEMBERED = 32 * 2**20  # characters of values that a judge remembers, with an overhead for each
OVERHEAD = 100
LONGEST_REMEMBERED = 4096  # characters; longer values seldom come twice

Verdict = frozenset[int]


class Judge:
    """The tests on one field, of all `tests` those that are `filed`; `compiled` are their texts.

    `verdicts` are the sets of tests true for some value, by number.
    """

    def __init__(self, filed: Filed, tests: Sequence[Test], compiled: bytes | None = None) -> None:
        self.filed = filed
        self.tests = tests
        self.texts = list(filed.found)
        self.literals = Literals(self.texts, compiled) if self.texts else None
        self.numeric: dict[int | float, list[int]] = defaultdict(list)
        for said, numbers in filed.numeric.items():
            self.numeric[exact(said)] += numbers
        self.by_literal: dict[int, _Found] = {}
        self.longest = max(map(len, filed.equal), default=-1)
        self.verdicts: list[Verdict] = []
        self.numbers: dict[Verdict, int] = {}
        self.known: dict[str | None, int] = {}
        self.joined: dict[tuple[int, ...], int] = {}
        self.size = 0
        self.lock = Lock()
        self.nothing = self.known[None] = self._number(frozenset(filed.absent))

    def number(self, value: str | None) -> int:
        """Return the number of the verdict on a value; None is an absent field."""
        if value is None:
            return self.nothing
        known = self.known.get(value)
        return self._judged(value) if known is None else known

    def numbered(self, values: Sequence[str | None]) -> list[int]:
        """Return the numbers of the verdicts on many values."""
        found = list(map(self.known.get, values))
        if None not in found:
            return found  # type: ignore[return-value]
        return [self.number(v) if n is None else n for n, v in zip(found, values, strict=True)]

    @property
    def has_needles(self) -> bool:
        """Whether no test is true of a value that contains none of the literals."""
        filed = self.filed
        return not (filed.equal or filed.slow or filed.present or filed.numeric)

    @cached_property
    def is_ascii(self) -> bool:
        """Whether all literals are ASCII."""
        return all(map(str.isascii, self.texts))

    @cached_property
    def pieces(self) -> Pieces:
        """What of the literals stands in the JSON of events; tells nothing if tests need none."""
        return Pieces(self.texts if self.has_needles else ())

    def has_any(self, raw: memoryview) -> bool:
        """Tell whether one of the literals stands in the bytes, in any (ASCII) case."""
        return self.literals is not None and self.literals.any_in(raw)

    def together(self, numbers: tuple[int, ...]) -> int:
        """Return the verdict on a list, given those on its elements: any may fulfil a test."""
        if not numbers:
            return self.nothing
        known = self.joined.get(numbers)
        if known is None:
            known = self._number(frozenset[int]().union(*(self.verdicts[n] for n in numbers)))
            self._remember(self.joined, numbers, known)
        return known

    def _judged(self, value: str) -> int:
        number = self._number(frozenset(self._true(value)))
        if len(value) <= LONGEST_REMEMBERED:
            self._remember(self.known, value, number)
        return number

    def _remember(self, memory: dict[Any, int], key: str | tuple[int, ...], number: int) -> None:
        self.size += len(key) + OVERHEAD
        if self.size > REMEMBERED:
            self.known.clear()
            self.known[None] = self.nothing
            self.joined.clear()
            self.size = 0
        memory[key] = number

    def _number(self, verdict: Verdict) -> int:
        with self.lock:
            number = self.numbers.get(verdict)
            if number is None:
                self.verdicts.append(verdict)
                number = self.numbers[verdict] = len(self.verdicts) - 1
        return number

    def _true(self, value: str) -> set[int]:
        true = set(self.filed.present)
        folded = fold(value)
        if len(folded) <= self.longest and (equal := self.filed.equal.get(folded)):
            true.update(n for n in equal if present(self.tests[n].predicate, value, folded))
        if self.numeric and (told := number_in(value)) is not None:
            true.update(self.numeric.get(told, ()))
        if self.literals is not None:
            for text in self.literals.within(folded.encode("utf-8", "surrogatepass")):
                self._found(text).add_true(true, value, folded)
        for number in self.filed.slow:
            if present(self.tests[number].predicate, value, folded):
                true.add(number)
        return true

    def _found(self, text: int) -> _Found:
        found = self.by_literal.get(text)
        if found is None:
            named = self.texts[text]
            asking = [(n, self.tests[n].predicate) for n in self.filed.found[named]]
            found = self.by_literal[text] = _Found(named, asking)
        return found


class _Found:
    """What it means that a literal was found in a value, for all tests that have it."""

    __slots__ = ("ends", "others", "proven", "starts", "text")

    def __init__(self, text: str, tests: list[tuple[int, Predicate]]) -> None:
        self.text = text
        self.proven = frozenset(n for n, p in tests if is_proof(p))
        self.starts = frozenset(n for n, p in tests if p == Text(Place.STARTS, text))
        self.ends = frozenset(n for n, p in tests if p == Text(Place.ENDS, text))
        told = self.proven | self.starts | self.ends
        self.others = tuple((n, p) for n, p in tests if n not in told)

    def add_true(self, true: set[int], value: str, folded: str) -> None:
        """Add the tests that are true of the value."""
        true |= self.proven
        if self.starts and folded.startswith(self.text):
            true |= self.starts
        if self.ends and folded.endswith(self.text):
            true |= self.ends
        for number, predicate in self.others:
            if number not in true and present(predicate, value, folded):
                true.add(number)


def is_proof(predicate: Predicate) -> bool:
    """Tell whether the test is true of every folded value in which its literal was found."""
    match predicate:
        case Text(Place.HAS, text, False):
            return "\0" not in text and len(text.encode("utf-8", "surrogatepass")) <= LONGEST
        case _:
            return False
