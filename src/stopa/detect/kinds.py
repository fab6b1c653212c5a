"""What is left of the rules for one kind of event, once its envelope is known.

Why: readers build only the columns that are asked for. Provider, channel and event id decide most
rules, so what a kind of event is asked for is a small part of what all rules ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from stopa.detect.filing import Filed
from stopa.detect.image import Image
from stopa.detect.judge import Judge
from stopa.detect.predicate import Same
from stopa.detect.scope import STATED, WINDOWS, Event, Scope, Words
from stopa.detect.tree import RECORD, remaining, witness
from stopa.model.event import ENVELOPE

REMEMBERED = 10_000  # kinds of event: a hostile log may have as many as events


class Kind(NamedTuple):
    """What an event's envelope tells: which scopes look at it, and what it decides.

    `true` and `false` are tests by number; those on other fields are open.
    """

    scopes: tuple[int, ...]
    true: frozenset[int]
    false: frozenset[int]

    def decided(self) -> dict[int, bool]:
        """Return the tests that are decided."""
        return dict.fromkeys(self.true, True) | dict.fromkeys(self.false, False)


class Asked(NamedTuple):
    """What rules can ask of a kind of event: native fields, and whether all of the record."""

    fields: frozenset[str]
    record: bool


class Kinds:
    """The kinds of event that a compiled rule set tells apart."""

    def __init__(self, image: Image, wanted: Mapping[str, frozenset[str]]) -> None:
        self.image = image
        self.wanted = wanted
        self.known: dict[Event, Kind] = {}
        self.spoken: dict[Words, list[tuple[int, Scope]]] = {}
        self.asked: dict[Kind, Asked] = {}
        self.plain: dict[int, frozenset[str]] = {}

    def kind(self, event: Event) -> Kind:
        """Return the kind of an event; events of one kind are the same to all rules."""
        kind = self.known.get(event)
        if kind is None:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            kind = self.known[event] = self._kind(event)
        return kind

    def asked_of(self, event: Event) -> Asked:
        """Return what rules and correlations can ask of such events, their envelope decided."""
        kind = self.kind(event)
        asked = self.asked.get(kind)
        if asked is None:
            if len(self.asked) >= REMEMBERED:
                self.asked.clear()
            asked = self.asked[kind] = self._asked(kind)
        return asked

    def variants(self, kind: Kind) -> list[int]:
        """Return the variants that can match such events, by number; a few that cannot as well."""
        admitted = (v for scope in kind.scopes for v in self._by_scope[scope])
        gates, false = self._gates, kind.false
        return sorted(v for v in admitted if (gate := gates[v]) is None or not gate <= false)

    def _kind(self, event: Event) -> Kind:
        true, false = set[int](), set[int]()
        said = dict(zip(STATED, (event.event_id, event.provider, event.channel), strict=True))
        for name, value in said.items() if event.product == WINDOWS else ():
            if name not in event.own:
                tests, judge = self._on_envelope[name]
                mine = judge.verdicts[judge.number(value)]
                true |= mine
                false |= tests - mine
        return Kind(self._scopes(event), frozenset(true), frozenset(false))

    def _scopes(self, event: Event) -> tuple[int, ...]:
        said = (event.product, event.category, event.service)
        known = self.spoken.get(said)
        if known is None:
            scopes = enumerate(self.image.scopes)
            known = self.spoken[said] = [(n, scope) for n, scope in scopes if scope.speaks_of(said)]
        folded = event.folded()
        return tuple(n for n, scope in known if scope.covers(folded))

    def _asked(self, kind: Kind) -> Asked:
        decided = kind.decided()
        fields: set[str] = set()
        for scope in kind.scopes:
            fields |= self._plain(scope)
        for number in self.variants(kind):
            variant = self.image.variants[number]
            if variant.decided:
                told, left = remaining(variant.tree, decided)
                fields |= self._fields(number, left) if told is not False else set()
        return Asked(frozenset(fields) - {RECORD, *ENVELOPE}, RECORD in fields)

    def _fields(self, variant: int, tests: Iterable[int]) -> frozenset[str]:
        """Return the fields of these tests and those that correlations want of the rule."""
        made = self.image.variants[variant]
        names = self.image.names[made.names]
        wanted = self.wanted.get(self.image.cards[made.rule].id, ())
        found = {names.get(field, field) for field in wanted}
        for test in map(self.image.tests.__getitem__, tests):
            found.add(test.field)
            if isinstance(test.predicate, Same):
                found.add(test.predicate.field)
        return frozenset(found)

    def _plain(self, scope: int) -> frozenset[str]:
        """Return the fields that a scope's variants ask for where the envelope decides nothing."""
        found = self.plain.get(scope)
        if found is None:
            numbers = [n for n in self._by_scope[scope] if not self.image.variants[n].decided]
            told = (self._fields(n, self.image.variants[n].tests) for n in numbers)
            found = self.plain[scope] = frozenset[str]().union(*told)
        return found

    @cached_property
    def _by_scope(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for number, variant in enumerate(self.image.variants):
            found[variant.scope].append(number)
        return found

    @cached_property
    def _gates(self) -> Sequence[frozenset[int] | None]:
        """For each variant tests on the envelope without all of which it cannot match."""
        stated = frozenset[int]().union(*(tests for tests, _ in self._on_envelope.values()))
        found: list[frozenset[int] | None] = []
        for variant in self.image.variants:
            told = variant.decided and witness(variant.tree, lambda n: 1.0 if n in stated else None)
            found.append(told[1] if told else None)
        return found

    @cached_property
    def _on_envelope(self) -> Mapping[str, tuple[frozenset[int], Judge]]:
        """The tests on a field that the envelope answers for, and who judges them."""
        filed = {name: self.image.filed.get(name, Filed()) for name in STATED}
        return {
            name: (mine.numbers(), Judge(mine, self.image.tests)) for name, mine in filed.items()
        }
