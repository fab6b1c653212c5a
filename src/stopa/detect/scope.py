"""Which events a rule looks at: the words of their log source and their envelope.

Spec: Sigma taxonomy 2.1.0
Trap: never by event id alone: 1 is a process in Sysmon's log and something else in fifty others.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from stopa.model.event import CHANNEL, EVENT_ID, HOST, PROVIDER, LogSource

WINDOWS = "windows"
Words = tuple[str | None, str | None, str | None]  # product, category, service

# Fields that the envelope answers on Windows, unless the event has data of its own under the name
# (104, "log cleared", says which `Channel`).
ENVELOPE_FIELDS = {
    "EventID": EVENT_ID,
    "Provider_Name": PROVIDER,
    "Channel": CHANNEL,
    "Computer": HOST,
    "ComputerName": HOST,
}
STATED = ("EventID", "Provider_Name", "Channel")  # known of an event before a field is looked at
COLLECTORS = frozenset({"forwardedevents", "hardwareevents"})  # channels that hold others' events


class Envelope(Struct, frozen=True, array_like=True, gc=False):
    """Which events, by provider, channel and event id (all folded). Empty means any.

    `sole` when the channel's events count only if they are by one of the providers.
    """

    providers: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    event_ids: frozenset[str] = frozenset()
    sole: bool = True

    def admits(self, provider: str | None, channel: str | None, event_id: str | None) -> bool:
        """Tell whether an event with this (folded) envelope is meant."""
        if self.event_ids and event_id not in self.event_ids:
            return False
        if channel is None or channel in COLLECTORS:
            return not self.channels or provider in self.providers
        if self.channels and channel not in self.channels:
            return False
        return not (self.sole and self.providers and provider) or provider in self.providers


class Event(NamedTuple):
    """What scopes look at: a batch's log source and the envelope that some of its rows share.

    `own` are the fields of `ENVELOPE_FIELDS` that the events have as data of their own.
    """

    product: str | None
    category: str | None
    service: str | None
    provider: str | None
    channel: str | None
    event_id: str | None
    own: frozenset[str] = frozenset()

    def folded(self) -> Event:
        """Return the same with the names of its envelope in lower case, as scopes have them."""
        return self._replace(provider=_lower(self.provider), channel=_lower(self.channel))


class Scope(Struct, frozen=True, array_like=True, gc=False):
    """Some events, by the words of their log source (None is any) and by their envelope.

    `unstated` when only events count that state neither channel nor provider.
    """

    words: Words
    envelope: Envelope | None = None
    unstated: bool = False

    def admits(self, event: Event) -> bool:
        """Tell whether rules of this scope look at such events."""
        said = (event.product, event.category, event.service)
        return self.speaks_of(said) and self.covers(event.folded())

    def speaks_of(self, said: Words) -> bool:
        """Tell whether the scope is of a log source with these words."""
        return all(word in (None, said[n]) for n, word in enumerate(self.words))

    def covers(self, event: Event) -> bool:
        """Tell whether an event with this envelope, folded, is meant, its log source being so."""
        if self.unstated:
            return event.provider is None and event.channel is None
        return self.envelope is None or self.envelope.admits(
            event.provider, event.channel, event.event_id
        )


def words(source: LogSource) -> Words:
    """Return a log source's words, in lower case."""
    said = (source.product, source.category, source.service)
    product, category, service = (word.lower() if word else None for word in said)
    return product, category, service


def _lower(name: str | None) -> str | None:
    return name.lower() if name is not None else None
