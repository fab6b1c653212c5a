"""Read evidence into the case: events to Parquet, documents, problems, and where all bytes went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

import pyarrow as pa
import pyarrow.compute as pc

from stopa import __version__
from stopa.case.choice import Choice, choose, found_in
from stopa.case.hand_in import Bytes, keep
from stopa.case.plan import Plan, Progress
from stopa.model.document import Document
from stopa.model.dossier import Activity, Coverage
from stopa.model.event import LENGTH, TIME, EventBatch
from stopa.model.evidence import Problem, Structure
from stopa.model.record import name
from stopa.store.case_store import CaseStore, Step
from stopa.store.events import EventWriter


def read_all(store: CaseStore, items: tuple[Bytes, ...], plan: Plan, progress: Progress) -> None:
    """Read each distinct evidence that was not read yet by this stopa."""
    progress.stage("reading evidence", sum(item.size for item in items))
    for item in items:
        choice = choose(item, plan)
        inputs = f"{__version__}/{choice.status}/{plan.zone}/{plan.keep}"
        if not store.is_done(f"read:{item.sha256}", inputs):
            with store.step(f"read:{item.sha256}", inputs) as work:
                keep(store, work, item, plan)
                _read(store, work, item, plan, choice)
        progress.advance(item.size)


@dataclass(slots=True)
class _Tally:
    """What came out of one evidence so far."""

    events: int = 0
    documents: int = 0
    problems: list[Problem] = field(default_factory=list)
    event_bytes: int = 0
    document_bytes: int = 0
    structure_bytes: int = 0
    first: datetime | None = None
    last: datetime | None = None
    days: Counter[tuple[str, str]] = field(default_factory=Counter)


def _read(store: CaseStore, work: Step, item: Bytes, plan: Plan, choice: Choice) -> None:
    tally = _Tally()
    writer = EventWriter(store.events, item.sha256)
    for found in found_in(item, choice, plan):
        match found:
            case EventBatch():
                writer.add(found)
                _count_events(tally, found)
            case Document():
                record_id = name("D", found.evidence, found.part, found.text)
                work.add("document", record_id, found)
                tally.documents += 1
                tally.document_bytes += sum(piece.length or 0 for piece in found.pieces)
            case Problem():
                tally.problems.append(found)
            case Structure():
                tally.structure_bytes += found.where.length or 0
            case _:
                assert_never(found)
    for segment in writer.close():
        work.add("segment", segment.file, segment)
    _record_tally(work, item, choice, tally)


def _count_events(tally: _Tally, batch: EventBatch) -> None:
    table = batch.table
    tally.events += table.num_rows
    tally.event_bytes += pc.sum(table.column(LENGTH)).as_py() or 0
    times = table.column(TIME)
    first, last = pc.min(times).as_py(), pc.max(times).as_py()
    if first is None or last is None:
        return
    tally.first = min(filter(None, (tally.first, first)))
    tally.last = max(filter(None, (tally.last, last)))
    days = Counter(pc.cast(times, pa.date32()).to_pylist())
    for day, events in days.items():
        if day is not None:
            tally.days[day.isoformat(), str(batch.source)] += events


def _record_tally(work: Step, item: Bytes, choice: Choice, tally: _Tally) -> None:
    for problem in tally.problems:
        work.add("problem", name("P", problem), problem)
    for (day, source), events in sorted(tally.days.items()):
        work.add(
            "activity",
            name("A", item.sha256, day, source),
            Activity(day, item.sha256, source, events),
        )
    coverage = Coverage(
        name="",  # one content may have been handed in under several names
        sha256=item.sha256,
        size=item.size,
        kind=choice.kind,
        status=choice.status,
        events=tally.events,
        documents=tally.documents,
        findings=0,
        problems=(),  # recorded one by one
        event_bytes=tally.event_bytes,
        document_bytes=tally.document_bytes,
        structure_bytes=tally.structure_bytes,
        problem_bytes=sum(problem.where.length or 0 for problem in tally.problems),
        first=tally.first,
        last=tally.last,
    )
    work.add("coverage", item.sha256, coverage)
