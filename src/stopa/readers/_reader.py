"""The shape of a reader: four facts about a format, as a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import NamedTuple, Protocol

from stopa.model.document import Document
from stopa.model.event import EventBatch, LogSource, Search
from stopa.model.evidence import Problem, Structure
from stopa.readers._archive import Budget, Flaw, Member
from stopa.readers._headers import Header

HEAD = 65_536  # bytes that a reader may look at to recognise its format


@dataclass(frozen=True, slots=True)
class Passed:
    """Events in whose JSON nothing was found that was `sought`, so that none was built.

    `size` are the bytes of evidence that they take; `reached` is how far in it the last was read.
    """

    events: int
    size: int
    reached: int


Found = EventBatch | Document | Structure | Problem | Passed


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some events of a file: the offsets of start and end, and the number of the first line."""

    line: int
    start: int
    stop: int


class Kind(NamedTuple):
    """What events have in common that tells which rules look at them; None where it is not said."""

    log: LogSource
    provider: str | None
    channel: str | None
    event_id: str | None


class Wanted(Protocol):
    """What somebody will ask of events, kind by kind."""

    def fields(self, kind: Kind) -> frozenset[str]:
        """Return the native fields that will be asked of such events."""

    def searched(self, kind: Kind) -> bool:
        """Tell whether keywords will be looked for in such events."""

    def sought(self, kind: Kind) -> Search | None:
        """Return what finds in JSON those of such events that anything will be asked of.

        None where that may be any.
        """


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What is known beforehand that mail is judged by.

    `keys` are the public keys of domains, records by `selector._domainkey.domain`; `own` the
    domains of the organisation, `peers` those that it writes to.
    """

    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    own: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Evidence as a reader sees it: bytes on disk under a name of our own choosing.

    `fields` are the native fields that somebody will ask for; None means all of them. `zone` is
    what the analyst says of times that carry no zone, `year` of the first stamp of a log that
    states no years; None means nobody knows. `searched` when somebody looks for keywords as well:
    other fields may be left out only of batches that have their originals. Of a file that its
    reader `divides` or `cuts`, a `stretch` may be read by itself.
    `wanted` is asked in place of both where few events will be looked at as a whole: the envelope,
    save what tells kinds and hosts apart, may then be left out of batches with originals too.
    `mail` is what messages are judged by.
    """

    sha256: str
    path: Path
    size: int
    fields: frozenset[str] | None = None
    zone: tzinfo | None = None
    searched: bool = False
    stretch: Stretch | None = None
    wanted: Wanted | None = None
    year: int | None = None
    mail: Correspondence = Correspondence()


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: what it is called, how to recognise it by its first bytes, how to read it.

    `recognises` takes the first `HEAD` bytes. `read` streams: it yields what it found in the order
    of the evidence, never raises on damage, and accounts for every byte. A reader that is
    `on_request` is used only when the analyst asks for it by name, one that comes `last` only where
    no other recognises the evidence. `divides` tells by the first
    bytes whether each line of the file is an event by itself, so that stretches can be read; `cuts`
    gives the stretches, at most so many, of a file that is no text.
    `members` yields the files that such a file holds, as an archive's: given its path and a budget;
    `headers` those of the messages in it.
    """

    name: str
    title: str
    recognises: Callable[[bytes], bool]
    read: Callable[[Source], Iterator[Found]]
    on_request: bool = False
    divides: Callable[[bytes], bool] | None = None
    cuts: Callable[[Source, int], list[Stretch]] | None = None
    last: bool = False
    members: Callable[[Path, Budget], Iterator[Member | Flaw]] | None = None
    headers: Callable[[Path], Iterator[Header]] | None = None

    @property
    def known_by(self) -> str:
        """By what the format is recognised, as `recognises` says it of itself."""
        told = " ".join((self.recognises.__doc__ or "").split()).partition(".")[0]
        return told.removeprefix("Recognise ").removeprefix("Tell ")
