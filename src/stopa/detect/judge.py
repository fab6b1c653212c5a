"""All that the rules ask of one field, decided for one value at a time, each value once.

Why: rules share predicates and logs share values. One pass of an automaton over the folded value
finds every literal of every rule; wildcards and regular expressions run only where one of their
literals stands (DESIGN, "Columns, not objects").
Trap: single characters stand everywhere, so texts shorter than `SHORTEST` are looked up one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any

from ahocorasick_rs import AhoCorasick

from stopa.detect.fold import fold
from stopa.detect.predicate import Glob, Pattern, Place, Predicate, Presence, Text
from stopa.detect.value import present

SHORTEST = 3  # characters
CHUNK = 65_536  # characters that the automaton sees at once: bounds the memory for its findings
REMEMBERED = 100_000  # values a judge remembers
LONGEST_REMEMBERED = 2_048  # characters; longer values seldom come twice

Verdict = frozenset[int]


class Judge:
    """The tests on one field. `verdicts` are the sets of tests true for some value, by number."""

    def __init__(self, tests: Iterable[tuple[int, Predicate]]) -> None:
        self.equal: dict[str, list[tuple[int, Predicate]]] = defaultdict(list)
        self.short: list[tuple[str, int, Predicate]] = []
        self.slow: list[tuple[int, Predicate]] = []
        self.found: dict[str, list[tuple[int, Predicate]]] = defaultdict(list)
        self.present: set[int] = set()
        self.absent: set[int] = set()
        for number, predicate in tests:
            self._file(number, predicate)
        self.literals = sorted(self.found)
        self.by_literal = [self.found[text] for text in self.literals]
        self.overlap = max(map(len, self.literals), default=1) - 1
        self.automaton = AhoCorasick(self.literals) if self.literals else None
        self.verdicts: list[Verdict] = []
        self.numbers: dict[Verdict, int] = {}
        self.known: dict[str, int] = {}
        self.joined: dict[tuple[int, ...], int] = {}
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
            case Presence(here):
                (self.present if here else self.absent).add(number)
            case Text(Place.IS, text):
                self.equal[fold(text)].append((number, predicate))
            case Text(_, text):
                self._literal(fold(text), number, predicate)
            case Glob(_, _, needle) if needle:
                self._literal(needle, number, predicate)
            case Pattern(_, _, needles) if needles and min(map(len, needles)) >= SHORTEST:
                for needle in needles:
                    self._literal(needle, number, predicate)
            case _:
                self.slow.append((number, predicate))

    def _literal(self, text: str, number: int, predicate: Predicate) -> None:
        if len(text) < SHORTEST:
            self.short.append((text, number, predicate))
        else:
            self.found[text].append((number, predicate))

    def _judged(self, value: str) -> int:
        number = self._number(frozenset(self._true(value)))
        if len(value) <= LONGEST_REMEMBERED:
            self._remember(self.known, value, number)
        return number

    def _remember(self, memory: dict[Any, int], key: object, number: int) -> None:
        if len(memory) >= REMEMBERED:
            memory.clear()
        memory[key] = number

    def _number(self, verdict: Verdict) -> int:
        with self.lock:
            number = self.numbers.get(verdict)
            if number is None:
                self.verdicts.append(verdict)
                number = self.numbers[verdict] = len(self.verdicts) - 1
        return number

    def _true(self, value: str) -> set[int]:
        folded = fold(value)
        true = set(self.present)
        for number, predicate in self._candidates(folded):
            if number not in true and present(predicate, value, folded):
                true.add(number)
        return true

    def _candidates(self, folded: str) -> Iterable[tuple[int, Predicate]]:
        yield from self.equal.get(folded, ())
        for literal in self._literals(folded):
            yield from self.by_literal[literal]
        for text, number, predicate in self.short:
            if text in folded:
                yield number, predicate
        yield from self.slow

    def _literals(self, folded: str) -> set[int]:
        if self.automaton is None or len(folded) < SHORTEST:
            return set()
        found: set[int] = set()
        for start in range(0, len(folded), CHUNK):
            piece = folded[start : start + CHUNK + self.overlap]
            found |= {m[0] for m in self.automaton.find_matches_as_indexes(piece, overlapping=True)}
        return found
