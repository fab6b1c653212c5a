"""How far each rule comes with the events that there are: which kinds, which fields.

Why: a rule that reads no event that is there, or asks in vain for a field that it cannot do
without, has not found nothing: it could find nothing.
Trap: this errs towards "looked": a field that some event has counts as there for all of its kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stopa.detect.kinds import Kinds
from stopa.detect.predicate import Presence
from stopa.detect.scope import ENVELOPE_FIELDS, Event, Scope
from stopa.detect.tree import RECORD, remaining
from stopa.model.applied import Applied, Reach
from stopa.model.event import ENVELOPE, LogSource

if TYPE_CHECKING:
    from stopa.detect.program import Program

ALWAYS = frozenset({RECORD, *ENVELOPE, *ENVELOPE_FIELDS})  # what every event answers
SOURCES = 3  # log sources named of one rule
NAMED = 6  # fields named that a rule lacks
CORRELATION = "correlation of others"
Group = tuple[Reach, str, tuple[str, ...]]
Present = Mapping[Event, frozenset[str]]  # the fields that events of a kind have


@dataclass(slots=True)
class _Found:
    """Rules by number: those that could match, and the fields that others lack."""

    could: set[int] = field(default_factory=set)
    lacking: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


def applied(program: Program, present: Present, matched: Iterable[str]) -> tuple[Applied, ...]:
    """Return what became of every rule; `matched` are ids of those that found something."""
    found, hits = _looked(program, present), frozenset(matched)
    reached = {card.id: _reach(n, found) for n, card in enumerate(program.image.cards)}
    for correlation in program.correlations:  # each after those that it rests on
        rests = {reached.get(rule) for rule in correlation.rules}
        reached[correlation.id] = Reach.LOOKED if Reach.LOOKED in rests else Reach.EVENT
    grouped: defaultdict[Group, list[tuple[str, str]]] = defaultdict(list)
    sources = _sources(program)
    for number, card in enumerate((*program.image.cards, *program.image.correlation_cards)):
        reach = Reach.MATCHED if card.id in hits else reached.get(card.id, Reach.EVENT)
        lacking = sorted(found.lacking[number])[:NAMED] if reach is Reach.FIELD else ()
        source = sources[number] if number < len(sources) else CORRELATION
        grouped[reach, source, tuple(lacking)].append((card.id, card.title))
    order = list(Reach)
    return tuple(
        Applied(reach, source, fields, tuple(sorted(rules, key=lambda rule: (rule[1], rule[0]))))
        for (reach, source, fields), rules in sorted(
            grouped.items(), key=lambda entry: (order.index(entry[0][0]), -len(entry[1]), entry[0])
        )
    )


def _reach(number: int, found: _Found) -> Reach:
    if number in found.could:
        return Reach.LOOKED
    return Reach.FIELD if number in found.lacking else Reach.EVENT


def _looked(program: Program, present: Present) -> _Found:
    image, kinds, found = program.image, Kinds(program.image, {}), _Found()
    nothing = {
        number: isinstance(test.predicate, Presence) and not test.predicate.present
        for number, test in enumerate(image.tests)
    }
    for event, fields in present.items():
        kind = kinds.kind(event)
        decided, there = kind.decided(), fields | ALWAYS
        for variant in map(image.variants.__getitem__, kinds.variants(kind)):
            if variant.rule in found.could:
                continue
            told, left = remaining(variant.tree, decided)
            if told is False:
                continue
            absent = [test for test in left if image.tests[test].field not in there]
            without = decided | {test: nothing[test] for test in absent}
            if absent and remaining(variant.tree, without)[0] is False:
                found.lacking[variant.rule].update(image.tests[test].field for test in absent)
            else:
                found.could.add(variant.rule)
    return found


def _sources(program: Program) -> list[str]:
    """Return for each rule by number the log sources that it looks at, the exact ones if any.

    Where only the envelope says which log is meant, it is named by its channel.
    """
    exact: defaultdict[int, set[str]] = defaultdict(set)
    loose: defaultdict[int, set[str]] = defaultdict(set)
    for variant in program.image.variants:
        scope = program.image.scopes[variant.scope]
        words, channels = str(LogSource(*scope.words)), _channels(scope)
        if scope.words[1:] == (None, None):
            loose[variant.rule].add(f"{words} {channels[0]}" if channels else words)
        else:
            exact[variant.rule].add(words)
    numbers = range(len(program.image.cards))
    return [", ".join(sorted(exact[n] or loose[n])[:SOURCES]) for n in numbers]


def _channels(scope: Scope) -> list[str]:
    return sorted(scope.envelope.channels) if scope.envelope else []
