"""One piece of work of a hunt: evidence, or a stretch of it, searched in this or another process.

Why: rules see one event at a time, so evidence may be searched in any pieces and by any process.
What correlations join comes back as base hits.
Trap: a worker can be killed, for its memory say. That is a problem of what it was searching.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from msgspec import msgpack

from stopa.detect import BaseHit, Hits, Program
from stopa.detect.scope import Event, words
from stopa.model.event import LENGTH, OFFSET, EventBatch, Search
from stopa.model.evidence import Problem, Where
from stopa.model.rule import Finding
from stopa.readers import Found, Kind, Passed, Source, Stretch, reader
from stopa.store import events
from stopa.store.events import Segment

IN_UTC = frozenset({"evtx"})  # readers of formats that know no other zone
TYPICAL = 1000  # bytes of an event in a log
LARGE = 48 * 2**20  # bytes; each process learns for itself what is asked of each kind of event
LOST = "a process ended while it searched this"


class Work(Protocol):
    """Something to be searched."""

    @property
    def size(self) -> int:
        """How much it is, in bytes of evidence."""

    @property
    def place(self) -> Where:
        """Where it is from."""

    def found(self, program: Program) -> Iterator[Found]:
        """Yield what is in it, with the fields that the program wants."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a program asks of events, as readers understand it."""

    program: Program

    def fields(self, kind: Kind) -> frozenset[str]:
        """Return the native fields that the rules ask of such events."""
        return self.program.fields_of(_event(kind))

    def searched(self, kind: Kind) -> bool:
        """Tell whether some rule looks for keywords in such events."""
        return self.program.searches(_event(kind))

    def sought(self, kind: Kind) -> Search | None:
        """Return what finds such events as a rule could match; None where that is any."""
        return self.program.sought(_event(kind))


def _event(kind: Kind) -> Event:
    return Event(*words(kind.log), kind.provider, kind.channel, kind.event_id)


def asked(program: Program, reader: str, zone: tzinfo | None) -> Asked | None:
    """Return what a reader is asked for: everything where clocks change.

    Which of two equal hours is meant is told by the times of all events around it.
    """
    changes = zone is not None and zone.utcoffset(None) is None
    return None if changes and reader not in IN_UTC else Asked(program)


@dataclass(frozen=True, slots=True)
class Portion:
    """Evidence, or a stretch of it, and the reader it goes to."""

    sha256: str
    path: Path
    size: int
    reader: str
    zone: tzinfo | None = None
    stretch: Stretch | None = None
    year: int | None = None

    def found(self, program: Program) -> Iterator[Found]:
        """Yield what the reader finds, with the fields that the program wants."""
        source = Source(
            self.sha256,
            self.path,
            self.size,
            zone=self.zone,
            stretch=self.stretch,
            wanted=asked(program, self.reader, self.zone),
            year=self.year,
        )
        return reader(self.reader).read(source)

    @property
    def place(self) -> Where:
        """The bytes of the evidence, or of the stretch."""
        start, stop = 0, self.size
        if self.stretch is not None:
            start, stop = self.stretch.start, self.stretch.stop
        return Where(self.sha256, offset=start, length=stop - start)


@dataclass(frozen=True, slots=True)
class Stored:
    """Events that a case has stored in its `folder` of events."""

    folder: Path
    segment: Segment

    @property
    def size(self) -> int:
        """About as much as the evidence had for these events."""
        return self.segment.rows * TYPICAL

    @property
    def place(self) -> Where:
        """The evidence that the events are from."""
        return Where(self.segment.evidence)

    def found(self, program: Program) -> Iterator[EventBatch]:
        """Yield the events with just the fields that the rules want of their kind."""
        if self.segment.kind is None:
            fields = None if program.wants_all else program.fields
            for batch in events.read(self.folder, self.segment, fields):
                for _, part in events.by_kind(batch):
                    yield part
            return
        event = Event(*words(self.segment.source), *self.segment.kind)
        asked = None if program.searches(event) else program.fields_of(event)
        yield from events.read(self.folder, self.segment, asked)


@dataclass(slots=True)
class Yield:
    """What came of a portion. Seconds are by the clock.

    `reached` is where in the evidence, in bytes, its last event ends; 0 where that is not known.
    """

    events: int = 0
    problems: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    base: list[BaseHit] = field(default_factory=list)
    read: float = 0.0
    match: float = 0.0
    reached: int = 0

    def cited(self, place: Callable[[Where], Where]) -> Yield:
        """Return the same, each place in evidence given as `place` says."""
        return replace(
            self,
            problems=[replace(some, where=place(some.where)) for some in self.problems],
            findings=[found.at(place(found.where)) for found in self.findings],
            base=[replace(hit, where=place(hit.where)) for hit in self.base],
        )


def search(program: Program, found: Iterable[object]) -> Iterator[Yield]:
    """Search what a reader found; yield what came of each batch, and what was passed over."""
    told, asked = Yield(), time.perf_counter()
    for item in found:
        if isinstance(item, Problem):
            told.problems.append(item)
        elif isinstance(item, Passed):
            told.events, told.reached = item.events, item.reached
            told.read = time.perf_counter() - asked
            yield told
            told, asked = Yield(), time.perf_counter()
        elif isinstance(item, EventBatch):
            read = time.perf_counter()
            told.events = item.table.num_rows
            batch, hits = whole_hits(item, program.scan(item))
            told.findings.extend(program.findings(batch, hits))
            told.base.extend(program.base_hits(batch, hits))
            matched = time.perf_counter()
            told.read, told.match = read - asked, matched - read
            told.reached = _end(item)
            yield told
            told, asked = Yield(), time.perf_counter()
    told.read += time.perf_counter() - asked
    yield told


def _end(batch: EventBatch) -> int:
    """Return where the last event of a batch ends in its evidence, 0 where that is not known."""
    if batch.originals is not None:
        return batch.originals.reached
    rows = batch.table.num_rows
    if not rows or not {OFFSET, LENGTH} <= set(batch.table.column_names):
        return 0
    offset, length = (batch.table.column(name)[rows - 1].as_py() for name in (OFFSET, LENGTH))
    return (offset or 0) + (length or 0)


def together(told: Iterable[Yield]) -> Yield:
    """Return as one what came of several batches."""
    total = Yield()
    for part in told:
        total.events += part.events
        total.problems += part.problems
        total.findings += part.findings
        total.base += part.base
        total.read += part.read
        total.match += part.match
    return total


def whole_hits(batch: EventBatch, hits: Hits) -> tuple[EventBatch, Hits]:
    """Return a batch of the events that were hit with all their columns, and the hits in it."""
    if not hits or batch.originals is None:
        return batch, hits
    rows = sorted(set(hits.rows))
    place = {row: n for n, row in enumerate(rows)}
    return batch.whole(rows), replace(hits, rows=tuple(place[row] for row in hits.rows))


@contextmanager
def in_processes(program: Program, works: Sequence[Work], jobs: int) -> Iterator[Iterator[Yield]]:
    """Search in so many processes, begun at once; yield what comes of each work, in order.

    Forked processes need not begin anew, and have what this one has learned of the rules. Python
    3.12 warns of threads at that; here they are those of pyarrow, numpy and the progress bar, none
    of which such a process waits for.
    """
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_prepare, initargs=(program,)) as pool:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            largest_first = sorted(enumerate(works), key=lambda entry: -entry[1].size)
            submitted = {n: _submitted(pool, work) for n, work in largest_first}
        yield (_done(work, submitted[n]) for n, work in enumerate(works))


def _done(work: Work, future: Future[bytes] | None) -> Yield:
    try:
        return _lost(work) if future is None else msgpack.decode(future.result(), type=Yield)
    except BrokenProcessPool:
        return _lost(work)
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        return Yield(problems=[Problem(what, work.place, "copy it again from its source")])


def _submitted(pool: ProcessPoolExecutor, work: Work) -> Future[bytes] | None:
    try:
        return pool.submit(_searched, work)
    except BrokenProcessPool:
        return None


def _lost(work: Work) -> Yield:
    return Yield(problems=[Problem(LOST, work.place, "search it by itself with --jobs 1")])


_programs: list[Program] = []  # the program of a worker process


def _prepare(program: Program) -> None:
    _programs[:] = [program]


def _searched(work: Work) -> bytes:
    """Return what came of a work, in a form that takes a fifth of what pickling does."""
    (program,) = _programs
    return msgpack.encode(together(search(program, work.found(program))))
