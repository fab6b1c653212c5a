"""The condition of a rule laid out for people, and which of its parts hold of one event.

Why: flat and in the order of reading, so that a condition however deep needs no recursion to be
kept or drawn, and what holds is a short list of numbers that repeats itself from event to event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from stopa.detect.cells import NAMES
from stopa.detect.correlation_rule import Correlation, decimal
from stopa.detect.predicate import describe
from stopa.detect.scope import Scope
from stopa.detect.tree import All, Const, Either, Leaf, Not, Test, Tree, holds
from stopa.model.record import name
from stopa.model.rule import Condition, Join, Part, RuleCard

SECONDS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
MICROSECONDS = 1_000_000
SIGNS = {"gt": ">", "gte": "≥", "lt": "<", "lte": "≤", "eq": "=", "neq": "≠"}
MOST_PARTS = 5_000  # beneath one part that are listed; the most in SigmaHQ's rules is 4,432
FEW_IDS = 6  # event ids that are listed; a scope with more says how many


def of_rule(card: RuleCard, scope: Scope, tree: Tree, tests: Sequence[Test]) -> Condition:
    """Return the condition of a rule as it reads in one scope; its `tests` are by number."""
    parts = tuple(_laid_out(tree, tests, 0))
    source = events_of(scope)
    return Condition(name("C", card.id, source, parts), card.id, source, parts)


def of_correlation(asked: Correlation, cards: Mapping[str, RuleCard]) -> Condition:
    """Return the condition of a correlation; its parts stand in the order of `counted_parts`."""
    hits = [_rule_named(rule, cards) for rule in asked.rules]
    parts = (
        Part(0, Join.ALL),
        Part(1, Join.TEST, _asked(asked), measure_name(asked)),
        Part(1, Join.TEST, f"within {_span(asked.timespan)}"),
        *(Part(1, Join.TEST, "the same in all of them", field) for field in asked.group_by),
        Part(1, Join.ANY, "hits of"),
        *(Part(2, Join.TEST, title) for title in hits),
    )
    return Condition(of_correlation_id(asked), asked.id, "hits of rules, in order of time", parts)


def of_correlation_id(asked: Correlation) -> str:
    """Return the id of a correlation's condition."""
    return name("C", asked.id, "correlation")


def counted_parts(asked: Correlation, hit: AbstractSet[int]) -> tuple[tuple[int, int], ...]:
    """Return what holds of a correlation that is met; `hit` are places in its `rules`.

    The values are those of a finding's `matched`: the group's fields in order, then the measure.
    """
    groups = len(asked.group_by)
    same = [(3 + place, 1 + place) for place in range(groups)]
    joined = 3 + groups
    rules = [(joined + 1 + place, 0) for place in sorted(hit)]
    return ((0, 0), (1, 1 + groups), (2, 0), *same, (joined, 0), *rules)


def measure_name(asked: Correlation) -> str:
    """Return what a correlation measures, as its author wrote it."""
    return f"{asked.kind}({', '.join(asked.field)})" if asked.field else str(asked.kind)


def holding(tree: Tree, true: AbstractSet[int]) -> tuple[tuple[int, int | None], ...]:
    """Return the parts that hold when just these tests are true: place, and number of a test."""
    told: list[tuple[bool, int | None]] = []
    _tell(tree, true, told)
    return tuple((place, test) for place, (holds, test) in enumerate(told) if holds)


def events_of(scope: Scope) -> str:
    """Say which events a scope looks at."""
    said = [" ".join(word for word in scope.words if word) or "any log"]
    if (envelope := scope.envelope) is not None:
        said += [", ".join(sorted(envelope.channels or envelope.providers))]
        ids = sorted(envelope.event_ids)
        few = ids[:FEW_IDS] if len(ids) <= FEW_IDS else [f"one of {len(ids)} ids"]
        said += [f"event {' or '.join(few)}"] if ids else []
    return ", ".join(filter(None, said))


def _laid_out(tree: Tree, tests: Sequence[Test], depth: int) -> Iterator[Part]:
    match tree:
        case Leaf(number):
            yield _test(tests[number], depth)
        case Test():
            yield _test(tree, depth)
        case Not(part):
            yield Part(depth, Join.NOT)
            yield from _laid_out(part, tests, depth + 1)
        case Const(value):
            yield Part(depth, Join.TEST, "always" if value else "never")
        case All(parts, label):
            yield Part(depth, Join.ALL, label)
            yield from _beneath(parts, tests, depth + 1)
        case Either(parts, label):
            yield Part(depth, Join.ANY, label)
            yield from _beneath(parts, tests, depth + 1)


def _beneath(parts: Sequence[Tree], tests: Sequence[Test], depth: int) -> Iterator[Part]:
    for part in parts[:MOST_PARTS]:
        yield from _laid_out(part, tests, depth)
    if len(parts) > MOST_PARTS:
        yield Part(depth, Join.TEST, f"{len(parts) - MOST_PARTS} more that are not listed")


def _test(test: Test, depth: int) -> Part:
    return Part(depth, Join.TEST, describe(test.predicate), NAMES.get(test.field, test.field))


def _tell(tree: Tree, true: AbstractSet[int], told: list[tuple[bool, int | None]]) -> bool:
    """Add the part and those beneath it to what was told, in the order of `_laid_out`."""
    place = len(told)
    told.append((False, None))
    match tree:
        case Leaf(number):
            told[place] = (number in true, number)
        case Const(value):
            told[place] = (value, None)
        case Not(part):
            told[place] = (not _tell(part, true, told), None)
        case All(parts):
            told[place] = (_tell_beneath(parts, true, told, all), None)
        case Either(parts):
            told[place] = (_tell_beneath(parts, true, told, any), None)
        case Test():
            raise TypeError("a tree is ticked after its tests are numbered")
    return told[place][0]


def _tell_beneath(
    parts: Sequence[Tree],
    true: AbstractSet[int],
    told: list[tuple[bool, int | None]],
    joined: Callable[[Iterable[bool]], bool],
) -> bool:
    """Tell of the parts that are listed, and of the others together by the first that holds."""
    each = [_tell(part, true, told) for part in parts[:MOST_PARTS]]
    if rest := parts[MOST_PARTS:]:
        tests = (part.test for part in rest if isinstance(part, Leaf) and part.test in true)
        each.append(joined(holds(part, true) for part in rest))
        told.append((each[-1], next(tests, None)))
    return joined(each)


def _asked(asked: Correlation) -> str:
    if asked.terms:
        return asked.condition
    return " and ".join(f"{SIGNS[b.operator]} {decimal(b.threshold)}" for b in asked.bounds)


def _span(microseconds: int) -> str:
    seconds = microseconds // MICROSECONDS
    unit, size = next(pair for pair in SECONDS if seconds % pair[1] == 0)
    count = seconds // size
    return f"{count} {unit}{'' if count == 1 else 's'}"


def _rule_named(rule: str, cards: Mapping[str, RuleCard]) -> str:
    return cards[rule].title if rule in cards else rule
