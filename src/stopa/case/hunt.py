"""Run rules over evidence without making a case, or again over the events of a case."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from stopa.case.cache import cache_folder
from stopa.case.choice import choose, found_in
from stopa.case.detection import batches, program
from stopa.case.hand_in import bytes_of
from stopa.case.plan import Plan, Progress
from stopa.detect import BaseHit, Program
from stopa.errors import InputError
from stopa.model.event import EventBatch
from stopa.model.evidence import Evidence, Problem, Where
from stopa.model.rule import Finding, RuleCard
from stopa.readers import Handed, hand_in
from stopa.store.case_store import DATABASE, CaseStore
from stopa.store.events import Segment


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

    def card(self, finding: Finding) -> RuleCard:
        """Return the rule of a finding."""
        return self.program.cards[finding.rule]


def hunt(paths: Sequence[Path], plan: Plan, progress: Progress) -> Hunt:
    """Search evidence with the plan's rules; a case folder's stored events are searched again."""
    rules = program(plan.rules, cache_folder())
    with ExitStack() as stack:
        spool = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="stopa-")))
        search = _Search(rules, plan, progress)
        for path in paths:
            if (path / DATABASE).is_file():
                search.case(path)
            else:
                search.evidence(path, spool)
    return search.result()


class _Search:
    """Collects findings from several places."""

    def __init__(self, rules: Program, plan: Plan, progress: Progress) -> None:
        self._rules = rules
        self._plan = plan
        self._progress = progress
        self._found: list[tuple[str, Finding]] = []
        self._base: list[BaseHit] = []
        self._contents: set[str] = set()
        self._searched: list[Searched] = []
        self._problems: list[Problem] = []

    def case(self, folder: Path) -> None:
        """Search the events that a case has stored."""
        with CaseStore.existing(folder) as store:
            names = {item.sha256: item.name for item in store.records("evidence", Evidence)}
            segments = list(store.records("segment", Segment))
            self._progress.stage("searching the case", sum(segment.rows for segment in segments))
            for sha256, mine in groupby(segments, lambda segment: segment.evidence):
                entry = Searched(names.get(sha256, sha256), sha256, "stored events")
                self._scan(entry, batches(store, tuple(mine), self._rules))

    def evidence(self, path: Path, spool: Path) -> None:
        """Search files as they are."""
        if not path.exists():
            raise InputError(f"{path} is not there", hint="check the path; quote names with spaces")
        self._progress.stage(f"searching {path.name}", None)
        for item in hand_in([path], spool=spool):
            if isinstance(item, Problem):
                self._problems.append(item)
            else:
                self._file(path, item)

    def result(self) -> Hunt:
        """Return everything in its one order."""
        paths = {entry.sha256: entry.path for entry in reversed(self._searched)}
        joined = self._rules.correlate(self._base)
        self._found.extend((paths[found.where.evidence], found) for found in joined)
        found = tuple(sorted(self._found, key=lambda entry: _order(*entry)))
        return Hunt(self._rules, found, tuple(self._searched), tuple(self._problems))

    def _file(self, path: Path, item: Handed) -> None:
        content = bytes_of(item)
        choice = choose(content, self._plan)
        entry = Searched(str(path.parent / item.name), item.sha256, choice.kind)
        fields, searched = self._rules.fields, self._rules.wants_all
        found = found_in(content, choice, self._plan, fields=fields, searched=searched)
        self._scan(entry, _events(found, entry))

    def _scan(self, entry: Searched, events: Iterator[EventBatch]) -> None:
        again = entry.sha256 in self._contents
        self._contents.add(entry.sha256)
        for batch in events:
            rows = batch.table.num_rows
            entry.events += rows
            hits = self._rules.scan(batch)
            self._found.extend((entry.path, found) for found in self._rules.findings(batch, hits))
            if not again:  # one content under two names is one series of events
                self._base.extend(self._rules.base_hits(batch, hits))
            self._progress.advance(rows)
        self._searched.append(entry)


def _events(found: Iterator[object], entry: Searched) -> Iterator[EventBatch]:
    for item in found:
        if isinstance(item, EventBatch):
            yield item
        elif isinstance(item, Problem):
            entry.problems.append(item)


def _order(path: str, finding: Finding) -> tuple[str, tuple[int, ...], str]:
    return path, _place(finding.where), finding.rule


def _place(where: Where) -> tuple[int, ...]:
    return tuple(-1 if n is None else n for n in (where.record, where.line, where.offset))
