"""Why a rule matched an event, or did not: its condition tree, each part ticked."""

from __future__ import annotations

from dataclasses import dataclass

from stopa.detect.cells import Events
from stopa.detect.columns import Columns
from stopa.detect.predicate import describe
from stopa.detect.program import Program
from stopa.detect.scope import Event
from stopa.detect.tree import All, Const, Either, Leaf, Not, Test, Tree
from stopa.model.event import EventBatch


@dataclass(frozen=True, slots=True)
class Ticked:
    """A part of a rule and whether it holds. `value` is the event's value that fulfils a test."""

    what: str
    holds: bool
    parts: tuple[Ticked, ...] = ()
    value: str = ""


def explain(program: Program, rule: str, batch: EventBatch, row: int) -> tuple[Ticked, ...]:
    """Return the rule's condition ticked for one event, once for each log source it reads.

    The first part says whether the event is of that log source at all. Empty if the rule is not in
    the program.
    """
    columns = Columns(batch)
    event = program.event(columns, row)
    found = [
        (n, variant)
        for n, variant in enumerate(program.image.variants)
        if program.rule(n).id == rule
    ]
    meant = [pair for pair in found if program.image.scopes[pair[1].scope].admits(event)]
    events = Events(columns, [row])
    return tuple(
        _variant(program, events, row, number, event) for number, _ in (meant or found[:1])
    )


def _variant(program: Program, events: Events, row: int, number: int, event: Event) -> Ticked:
    variant = program.image.variants[number]
    is_meant = program.image.scopes[variant.scope].admits(event)
    source = Ticked("log source", is_meant, value=_said(event))
    condition = _tick(variant.tree, program, events, row)
    card = program.rule(number)
    return Ticked(card.title, is_meant and condition.holds, (source, condition))


def _said(event: Event) -> str:
    words = (event.product, event.category, event.service, event.channel, event.event_id)
    return " / ".join(word for word in words if word)


def _tick(tree: Tree, program: Program, events: Events, row: int) -> Ticked:
    match tree:
        case Leaf(number):
            return _test(program.image.tests[number], events, row)
        case Test():
            return _test(tree, events, row)
        case Not(part):
            inner = _tick(part, program, events, row)
            return Ticked("not", not inner.holds, (inner,))
        case Const(value):
            return Ticked("always" if value else "never", value)
        case All(parts, label):
            ticked = tuple(_tick(part, program, events, row) for part in parts)
            return Ticked(label or "all of", all(part.holds for part in ticked), ticked)
        case Either(parts, label):
            ticked = tuple(_tick(part, program, events, row) for part in parts)
            return Ticked(label or "any of", any(part.holds for part in ticked), ticked)


def _test(test: Test, events: Events, row: int) -> Ticked:
    holds = events.fulfil(test, row)
    field, value = events.shown(test, row) if holds else (test.field, "")
    return Ticked(f"{field} {describe(test.predicate)}", holds, value=value)
