"""Run rules over evidence without making a case, or again over the events of a case.

Why: large evidence is divided among processes; what comes of it is put in one order, so that the
result is the same however it was divided.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

from stopa import detect
from stopa.case.cache import cache_folder
from stopa.case.choice import choose, found_in
from stopa.case.detection import named, usable
from stopa.case.hand_in import bytes_of
from stopa.case.hashing import Hashes
from stopa.case.plan import Plan, Progress, Unit
from stopa.case.portion import (
    LARGE,
    Portion,
    Stored,
    Work,
    Yield,
    asked,
    in_processes,
    search,
)
from stopa.detect import BaseHit, Program
from stopa.errors import InputError
from stopa.model.evidence import Evidence, Problem, Where
from stopa.model.rule import Finding, RuleCard
from stopa.readers import Handed, Source, digest_of, divided, hand_in, reader
from stopa.store.case_reader import DATABASE, CaseReader
from stopa.store.events import Segment

STRETCH = 62 * 2**20  # bytes of a stretch at least: just under two blocks of events
LEVELS = ("informational", "low", "medium", "high", "critical")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are wanted. Empty means any.

    `level` is the lowest; one of the `statuses` and one of the `tags` is enough. Findings before
    `since` or from `until` on are left out; those without a time are not.
    """

    level: str = LEVELS[0]
    statuses: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None

    def asks_for(self, card: RuleCard) -> bool:
        """Tell whether findings of a rule are wanted at all."""
        level = LEVELS.index(card.level) if card.level in LEVELS else 0
        if level < LEVELS.index(self.level):
            return False
        if self.statuses and card.status not in self.statuses:
            return False
        return not self.tags or not self.tags.isdisjoint(tag.lower() for tag in card.tags)

    def has(self, finding: Finding, card: RuleCard) -> bool:
        """Tell whether a finding is wanted."""
        if not self.asks_for(card):
            return False
        return finding.time is None or not (
            (self.since and finding.time < self.since)
            or (self.until and finding.time >= self.until)
        )


@dataclass(frozen=True, slots=True)
class How:
    """How to hunt: settings of the rules, which findings to keep, in how many processes."""

    wanted: Wanted = Wanted()
    placeholders: Path | None = None
    pipelines: tuple[Path, ...] = ()
    jobs: int | None = None  # None is one for each processor, two at most


@dataclass(slots=True)
class Searched:
    """What became of one evidence in a hunt."""

    path: str
    sha256: str
    kind: str | None
    events: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Hunt:
    """The result of a hunt: findings sorted by (path, locator, rule id), and what was searched."""

    program: Program
    findings: tuple[tuple[str, Finding], ...]
    searched: tuple[Searched, ...]
    problems: tuple[Problem, ...]
    read: float = 0.0  # seconds, of all processes together
    match: float = 0.0

    def card(self, finding: Finding) -> RuleCard:
        """Return the rule of a finding."""
        return self.program.cards[finding.rule]


def hunt(paths: Sequence[Path], plan: Plan, progress: Progress, how: How = How()) -> Hunt:
    """Search evidence with the plan's rules; a case folder's stored events are searched again."""
    rules = detect.prepare(
        named(plan.rules),
        cache=cache_folder(),
        placeholders=how.placeholders,
        pipelines=how.pipelines,
    )
    search = _Search(usable(rules), plan, progress, how)
    with ExitStack() as stack:
        spool = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="stopa-")))
        for path in paths:
            if (path / DATABASE).is_file():
                search.case(path)
            else:
                search.evidence(path, spool)
        search.finish()
    return search.result()


class _Search:
    """Collects findings from several places."""

    def __init__(self, rules: Program, plan: Plan, progress: Progress, how: How) -> None:
        self._rules = rules
        self._plan = plan
        self._progress = progress
        self._how = how
        self._jobs = how.jobs or min(2, os.cpu_count() or 1)
        self._hashes = Hashes()
        self._found: list[tuple[str, Finding]] = []
        self._base: list[BaseHit] = []
        self._owner: dict[str, Searched] = {}  # the first evidence of each content
        self._searched: list[Searched] = []
        self._problems: list[Problem] = []
        self._waiting: list[tuple[Searched, Work]] = []
        self._seconds = [0.0, 0.0]

    def case(self, folder: Path) -> None:
        """Search the events that a case has stored."""
        with CaseReader(folder) as store:
            names = {item.sha256: item.name for item in store.records("evidence", Evidence)}
            segments = list(store.records("segment", Segment))
            for sha256, mine in groupby(segments, lambda segment: segment.evidence):
                entry = Searched(names.get(sha256, sha256), sha256, "stored events")
                self._searched.append(entry)
                self._waiting += [(entry, Stored(store.events, segment)) for segment in mine]

    def evidence(self, path: Path, spool: Path) -> None:
        """Search files as they are."""
        if not path.exists():
            raise InputError(f"{path} is not there", hint="check the path; quote names with spaces")
        self._progress.stage(f"reading {path.name}", None, Unit.EVENTS)
        digest = self._hashes.name if self._jobs > 1 else digest_of
        for item in hand_in([path], spool=spool, digest=digest):
            if isinstance(item, Problem):
                self._problems.append(item)
            else:
                self._file(path, item)

    def finish(self) -> None:
        """Search what waits: in several processes if it is much, else in this one."""
        total = sum(work.size for _, work in self._waiting)
        if self._waiting:
            self._progress.stage(_said(self._waiting), total, Unit.BYTES)
        if self._jobs > 1 and (total >= LARGE or self._how.jobs):
            self._side_by_side([(e, part) for e, w in self._waiting for part in self._parts(w)])
        else:
            for entry, work in self._waiting:
                self._take(entry, self._following(work))
        self._waiting.clear()

    def result(self) -> Hunt:
        """Return everything in its one order."""
        paths = {entry.sha256: entry.path for entry in reversed(self._searched)}
        joined = self._rules.correlate(self._base)
        self._found.extend((paths[found.where.evidence], found) for found in joined)
        cards, wanted = self._rules.cards, self._how.wanted
        kept = (entry for entry in self._found if wanted.has(entry[1], cards[entry[1].rule]))
        found = tuple(sorted(kept, key=lambda entry: _order(*entry)))
        problems = tuple(replace(p, where=self._hashes.place(p.where)) for p in self._problems)
        for entry in self._searched:  # stretches of one log say the same of all of it
            entry.problems = list(dict.fromkeys(entry.problems))
        return Hunt(self._rules, found, tuple(self._searched), problems, *self._seconds)

    def _file(self, path: Path, item: Handed) -> None:
        """Search a file, or let it wait; what an archive holds lies there but for a moment."""
        choice = choose(bytes_of(item), self._plan)
        waits = choice.reader is not None and item.container is None
        sha256 = item.sha256 if waits else self._hashes.sha256(item.sha256)
        entry = Searched(str(path.parent / item.name), sha256, choice.kind)
        self._searched.append(entry)
        if choice.reader is not None and waits:
            portion = Portion(
                item.sha256,
                item.path,
                item.size,
                choice.reader.name,
                self._plan.zone,
                year=self._plan.year,
            )
            self._waiting.append((entry, portion))
            return
        content = replace(bytes_of(item), sha256=sha256)
        name = choice.reader.name if choice.reader else ""
        wanted = asked(self._rules, name, self._plan.zone)
        found = found_in(content, choice, self._plan, wanted=wanted)
        self._take(entry, self._counting(search(self._rules, found)))

    def _counting(self, told: Iterable[Yield]) -> Iterator[Yield]:
        """Yield the same and tell how many events that were."""
        for part in told:
            self._progress.advance(part.events)
            yield part

    def _parts(self, whole: Work) -> Sequence[Work]:
        """Divide a large log, if its lines stand by themselves.

        Where the analyst's clocks change, only the whole log tells which of two equal hours it is.
        """
        if not isinstance(whole, Portion) or whole.sha256 not in self._hashes:
            return [whole]
        if whole.zone is not None and whole.zone.utcoffset(None) is None:
            return [whole]
        source = Source(whole.sha256, whole.path, whole.size)
        rounds = max(1, whole.size // STRETCH // self._jobs)  # of stretches, one for each process
        found = divided(reader(whole.reader), source, rounds * self._jobs)
        self._hashes.divide(whole.sha256, [stretch.start for stretch in found])
        return [replace(whole, stretch=stretch) for stretch in found] or [whole]

    def _side_by_side(self, parts: Sequence[tuple[Searched, Work]]) -> None:
        """Search in several processes; meanwhile take the hashes of what they search."""
        with in_processes(self._rules, [part for _, part in parts], self._jobs) as told:
            self._hashes.take()
            for (entry, part), mine in zip(parts, told, strict=True):
                if part.place.evidence in self._hashes:
                    entry.sha256 = self._hashes.sha256(part.place.evidence)
                    mine = mine.cited(self._hashes.place)
                self._take(entry, [mine])
                self._progress.advance(_length(part))

    def _following(self, work: Work) -> Iterator[Yield]:
        """Search in this process and tell how far in the evidence that came."""
        done, length, start = 0, _length(work), work.place.offset or 0
        for part in search(self._rules, work.found(self._rules)):
            yield part
            if isinstance(work, Portion) and done < part.reached - start <= length:
                self._progress.advance(part.reached - start - done)
                done = part.reached - start
        self._progress.advance(length - done)

    def _take(self, entry: Searched, told: Iterable[Yield]) -> None:
        again = self._owner.setdefault(entry.sha256, entry) is not entry
        for part in told:
            entry.events += part.events
            entry.problems.extend(part.problems)
            self._found.extend((entry.path, found) for found in part.findings)
            if not again:  # one content under two names is one series of events
                self._base.extend(part.base)
            self._seconds[0] += part.read
            self._seconds[1] += part.match


def _said(waiting: Sequence[tuple[Searched, Work]]) -> str:
    names = sorted({entry.path for entry, _ in waiting})
    return f"searching {Path(names[0]).name if len(names) == 1 else f'{len(names)} files'}"


def _length(part: Work) -> int:
    """Return how many bytes of evidence are in a piece of work."""
    return part.size if part.place.length is None else part.place.length


def _order(path: str, finding: Finding) -> tuple[str, tuple[int, ...], str]:
    return path, _place(finding.where), finding.rule


def _place(where: Where) -> tuple[int, ...]:
    return tuple(-1 if n is None else n for n in (where.record, where.line, where.offset))
