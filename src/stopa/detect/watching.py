"""Which ATT&CK techniques a rule set could have shown in a log at all: by what its rules look at.

Why: that no rule matched says something only where a rule looked. A technique for which no rule
reads any event that is there was not absent, it was unseen.
Trap: this is about which events rules look at, not whether they would have matched: it errs towards
"could have been shown", so that what is called unseen is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from stopa.detect.columns import Columns
from stopa.detect.scope import Event, words

if TYPE_CHECKING:
    from stopa.detect.program import Program
    from stopa.model.event import EventBatch, LogSource

MANY = 5_000  # kinds of event of one log; beyond, only the words of the log source are asked


def kinds_of(batch: EventBatch) -> Iterator[Event]:
    """Yield the kinds of event in a batch; its envelope is enough."""
    yield from (event for event, _ in Columns(batch).kinds())


def kind(
    source: LogSource, provider: str | None, channel: str | None, event_id: str | None
) -> Event:
    """Return the kind of events of which source and envelope are known."""
    return Event(*words(source), provider, channel, event_id)


def techniques(program: Program, events: Iterable[Event]) -> tuple[str, ...]:
    """Return the techniques of all rules that look at any of these events, sorted."""
    asked = set(events)
    by_words = {(e.product, e.category, e.service) for e in asked}
    scopes = [
        any(scope.admits(event) for event in asked)
        if len(asked) <= MANY
        else any(scope.speaks_of(said) for said in by_words)
        for scope in program.image.scopes
    ]
    looking = {program.image.cards[v.rule].id for v in program.image.variants if scopes[v.scope]}
    for correlation in program.correlations:  # each after those that it rests on
        if not looking.isdisjoint(correlation.rules):
            looking.add(correlation.id)
    cards = (*program.image.cards, *program.image.correlation_cards)
    return tuple(sorted({told for card in cards if card.id in looking for told in card.techniques}))
