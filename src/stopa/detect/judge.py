"""All that the rules ask of one field, decided for one value at a time, each value once.

Why: rules share predicates and logs share values. One pass of an automaton over the folded value
finds every literal of every rule; wildcards and regular expressions run only where one of their
literals stands (DESIGN, "Columns, not objects").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from threading import Lock
from typing import Any

from stopa.detect.fold import fold
from stopa.detect.literals import LONGEST, NONE, Kept, Literals
from stopa.detect.originals import Pieces
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
from stopa.detect.value import exact, number_in, present

REMEMBERED = 32 * 2**20  # characters of values that a judge remembers, with an overhead for each
OVERHEAD = 100
LONGEST_REMEMBERED = 4096  # characters; longer values seldom come twice

Verdict = frozenset[int]


class Judge:
    """The tests on one field. `verdicts` are the sets of tests true for some value, by number."""

    def __init__(self, tests: Iterable[tuple[int, Predicate]], kept: Kept = NONE) -> None:
        self.equal: dict[str, list[tuple[int, Predicate]]] = defaultdict(list)
        self.slow: list[tuple[int, Predicate]] = []
        self.found: dict[str, list[tuple[int, Predicate]]] = defaultdict(list)
        self.numeric: dict[int | float, list[int]] = defaultdict(list)
        self.present: set[int] = set()
        self.absent: set[int] = set()
        for number, predicate in tests:
            self._file(number, predicate)
        texts = sorted(self.found)
        self.literals = Literals(texts, kept) if texts else None
        self.texts = texts
        self.by_literal: dict[int, _Found] = {}
        self.is_ascii = all(map(str.isascii, texts))
        self.longest = max(map(len, self.equal), default=-1)
        self.verdicts: list[Verdict] = []
        self.numbers: dict[Verdict, int] = {}
        self.known: dict[str, int] = {}
        self.joined: dict[tuple[int, ...], int] = {}
        self.size = 0
        self.lock = Lock()
        self.nothing = self._number(frozenset(self.absent))

    def number(self, value: str | None) -> int:
        """Return the number of the verdict on a value; None is an absent field."""
        if value is None:
            return self.nothing
        known = self.known.get(value)
        return self._judged(value) if known is None else known

    def numbered(self, values: Sequence[str | None]) -> list[int]:
        """Return the numbers of the verdicts on many values."""
        known = self.known
        return [n if (n := known.get(v)) is not None else self.number(v) for v in values]  # type: ignore[arg-type]

    @property
    def has_needles(self) -> bool:
        """Whether no test is true of a value that contains none of the literals."""
        return not (self.equal or self.slow or self.present or self.numeric)

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

    def _file(self, number: int, predicate: Predicate) -> None:
        match predicate:
            case Text():  # nearly all are
                text = fold(predicate.text) if predicate.cased else predicate.text
                if predicate.place is Place.IS:
                    self.equal[text].append((number, predicate))
                else:
                    self._literal((text,), number, predicate)
            case Presence(here):
                (self.present if here else self.absent).add(number)
            case Number(Comparison.EQ, said):
                self.numeric[exact(said)].append(number)
            case Glob(_, _, needle):
                self._literal((needle,), number, predicate)
            case Pattern(_, _, needles):
                self._literal(needles, number, predicate)
            case _:
                self.slow.append((number, predicate))

    def _literal(self, texts: tuple[str, ...], number: int, predicate: Predicate) -> None:
        if not texts or "" in texts or any(text[0] == "\0" for text in texts):
            self.slow.append((number, predicate))
            return
        for text in texts:
            self.found[text].append((number, predicate))

    def _judged(self, value: str) -> int:
        number = self._number(frozenset(self._true(value)))
        if len(value) <= LONGEST_REMEMBERED:
            self._remember(self.known, value, number)
        return number

    def _remember(self, memory: dict[Any, int], key: str | tuple[int, ...], number: int) -> None:
        self.size += len(key) + OVERHEAD
        if self.size > REMEMBERED:
            self.known.clear()
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
        true = set(self.present)
        folded = fold(value)
        if len(folded) <= self.longest and (equal := self.equal.get(folded)):
            true.update(n for n, p in equal if present(p, value, folded))
        if self.numeric and (told := number_in(value)) is not None:
            true.update(self.numeric.get(told, ()))
        if self.literals is not None:
            for text in self.literals.within(folded.encode("utf-8", "surrogatepass")):
                self._found(text).add_true(true, value, folded)
        for number, predicate in self.slow:
            if present(predicate, value, folded):
                true.add(number)
        return true

    def _found(self, text: int) -> _Found:
        found = self.by_literal.get(text)
        if found is None:
            found = _Found(self.texts[text], self.found[self.texts[text]])
            self.by_literal[text] = found
        return found


class _Found:
    """What it means that a literal was found in a value, for all tests that have it."""

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
