"""One piece of work of a hunt: evidence, or a stretch of it, searched in this or another process.

Why: rules see one event at a time, so evidence may be searched in any pieces and by any process.
What correlations join comes back as base hits.
Trap: a worker can be killed, for its memory say. That is a problem of what it was searching.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import tzinfo
from multiprocessing import get_context
from pathlib import Path

from stopa import detect
from stopa.detect import BaseHit, Program
from stopa.model.event import EventBatch
from stopa.model.evidence import Problem, Where
from stopa.model.rule import Finding
from stopa.readers import Found, Source, Stretch, readers

LOST = "a process ended while it searched this"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a program is made of; another process makes it again, from the cache."""

    paths: tuple[Path, ...]
    cache: Path
    placeholders: Path | None = None
    pipelines: tuple[Path, ...] = ()

    def program(self) -> Program:
        """Return the program. Raises `RulesError`."""
        return detect.prepare(
            self.paths,
            cache=self.cache,
            placeholders=self.placeholders,
            pipelines=self.pipelines,
        )


@dataclass(frozen=True, slots=True)
class Portion:
    """Evidence, or a stretch of it, and the reader it goes to."""

    sha256: str
    path: Path
    size: int
    reader: str
    zone: tzinfo | None = None
    stretch: Stretch | None = None

    def found(self, program: Program) -> Iterator[Found]:
        """Yield what the reader finds, with the fields that the program wants."""
        source = Source(
            self.sha256,
            self.path,
            self.size,
            program.fields,
            self.zone,
            program.wants_all,
            self.stretch,
        )
        return readers()[self.reader].read(source)


@dataclass(slots=True)
class Yield:
    """What came of a portion. Seconds are by the clock."""

    events: int = 0
    problems: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    base: list[BaseHit] = field(default_factory=list)
    read: float = 0.0
    match: float = 0.0


def search(program: Program, found: Iterable[object]) -> Iterator[Yield]:
    """Search what a reader found; yield after each batch what came of it."""
    told, asked = Yield(), time.perf_counter()
    for item in found:
        if isinstance(item, Problem):
            told.problems.append(item)
        elif isinstance(item, EventBatch):
            read = time.perf_counter()
            hits = program.scan(item)
            told.events = item.table.num_rows
            told.findings.extend(program.findings(item, hits))
            told.base.extend(program.base_hits(item, hits))
            matched = time.perf_counter()
            told.read, told.match = read - asked, matched - read
            yield told
            told, asked = Yield(), time.perf_counter()
    told.read += time.perf_counter() - asked
    yield told


def in_processes(rules: Rules, portions: Sequence[Portion], jobs: int) -> Iterator[Yield]:
    """Search portions in so many processes; yield what came of each, in order."""
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_prepare, initargs=(rules,)) as pool:
        work = [(portion, _submitted(pool, portion)) for portion in portions]
        for portion, future in work:
            try:
                yield future.result() if future is not None else _lost(portion)
            except BrokenProcessPool:
                yield _lost(portion)


def _submitted(pool: ProcessPoolExecutor, portion: Portion) -> Future[Yield] | None:
    try:
        return pool.submit(_searched, portion)
    except BrokenProcessPool:
        return None


def _lost(portion: Portion) -> Yield:
    start, stop = 0, portion.size
    if portion.stretch is not None:
        start, stop = portion.stretch.start, portion.stretch.stop
    where = Where(portion.sha256, offset=start, length=stop - start)
    return Yield(problems=[Problem(LOST, where, "search it by itself with --jobs 1")])


_programs: list[Program] = []  # the program of a worker process


def _prepare(rules: Rules) -> None:
    _programs[:] = [rules.program()]


def _searched(portion: Portion) -> Yield:
    (program,) = _programs
    total = Yield()
    for part in search(program, portion.found(program)):
        total.events += part.events
        total.problems += part.problems
        total.findings += part.findings
        total.base += part.base
        total.read += part.read
        total.match += part.match
    return total
