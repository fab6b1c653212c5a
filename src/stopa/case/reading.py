"""Read evidence into the case: events to Parquet, documents, problems, and where all bytes went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

import pyarrow as pa
import pyarrow.compute as pc

from stopa import __version__
from stopa.case.hand_in import Bytes, keep
from stopa.case.plan import Plan, Progress
from stopa.errors import InputError
from stopa.model.document import Document
from stopa.model.dossier import Activity, Coverage
from stopa.model.event import LENGTH, TIME, EventBatch
from stopa.model.evidence import Problem, Structure, Where
from stopa.model.record import name
from stopa.readers import HEAD, Found, Reader, Source, readers, recognise
from stopa.store.case_store import CaseStore, Step
from stopa.store.events import EventWriter

READ = "read as {title}"
EMPTY = "empty file"
UNKNOWN = "no reader knows this format"
SEVERAL = "claimed by several readers: {names}"


def read_all(store: CaseStore, items: tuple[Bytes, ...], plan: Plan, progress: Progress) -> None:
    """Read each distinct evidence that was not read yet by this stopa."""
    progress.stage("reading evidence", sum(item.size for item in items))
    for item in items:
        reader, status = choose(item, plan)
        inputs = f"{__version__}/{reader.name if reader else status}/{plan.zone}"
        if not store.is_done(f"read:{item.sha256}", inputs):
            with store.step(f"read:{item.sha256}", inputs) as work:
                keep(store, item, plan)
                _read(store, work, item, plan, reader, status)
        progress.advance(item.size)


def choose(item: Bytes, plan: Plan) -> tuple[Reader | None, str]:
    """Return the one reader for this evidence, or None, and why in words."""
    if plan.reader is not None:
        if plan.reader not in readers():
            raise InputError(
                f"there is no reader {plan.reader}", hint=f"one of {', '.join(readers())}"
            )
        return readers()[plan.reader], READ.format(title=readers()[plan.reader].title)
    if item.size == 0:
        return None, EMPTY
    with item.path.open("rb") as file:
        known = recognise(file.read(HEAD))
    if len(known) == 1:
        return known[0], READ.format(title=known[0].title)
    if not known:
        return None, UNKNOWN
    return None, SEVERAL.format(names=", ".join(reader.name for reader in known))


def unread(item: Bytes, status: str) -> Problem:
    """Say that a whole file was not read, and what to do about it."""
    hint = (
        "take it again from its source"
        if status == EMPTY
        else "name its format with --reader, or add a reader (docs/readers.md)"
    )
    return Problem(status, Where(item.sha256, offset=0, length=item.size), hint)


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


def _read(
    store: CaseStore, work: Step, item: Bytes, plan: Plan, reader: Reader | None, status: str
) -> None:
    tally = _Tally()
    writer = EventWriter(store.events, item.sha256)
    for found in _found(item, plan, reader, status):
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
    _record_tally(work, item, reader, status, tally)


def _found(item: Bytes, plan: Plan, reader: Reader | None, status: str) -> Iterator[Found]:
    if reader is None:
        return iter((unread(item, status),))
    return reader.read(Source(item.sha256, item.path, item.size, zone=plan.zone))


def _count_events(tally: _Tally, batch: EventBatch) -> None:
    table = batch.table
    tally.events += table.num_rows
    tally.event_bytes += pc.sum(table.column(LENGTH)).as_py() or 0
    times = table.column(TIME)
    span = pc.min_max(times).as_py()
    if span["min"] is not None:
        tally.first = min(filter(None, (tally.first, span["min"])))
        tally.last = max(filter(None, (tally.last, span["max"])))
        days = pc.value_counts(pc.cast(times, pa.date32()).drop_null())
        for entry in days.to_pylist():
            tally.days[entry["values"].isoformat(), str(batch.source)] += entry["counts"]


def _record_tally(
    work: Step, item: Bytes, reader: Reader | None, status: str, tally: _Tally
) -> None:
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
        kind=reader.name if reader else None,
        status=status,
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
