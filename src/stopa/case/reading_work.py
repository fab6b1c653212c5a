"""What a confined process does with one piece of evidence: read it, write its events, say the rest.

Trap: what is returned travels to another process and is held there: events are not in it, they are
in the files that its segments name.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import assert_never

import pyarrow as pa
import pyarrow.compute as pc

from stopa import __version__
from stopa.case.choice import Choice, choose, found_in
from stopa.case.correspondence import known_as
from stopa.case.gaps import Order
from stopa.case.hand_in import SMALL, Bytes, Original
from stopa.case.plan import Plan
from stopa.errors import CaseError
from stopa.model.document import Document
from stopa.model.dossier import Activity, Coverage
from stopa.model.event import BASIS, LENGTH, TIME, EventBatch
from stopa.model.evidence import Problem, Structure
from stopa.model.record import name
from stopa.model.time_basis import basis_of
from stopa.readers import Passed
from stopa.store import durable
from stopa.store.events import EventWriter

SECONDS = 60.0  # of processor time for any file, and one more
BYTES_A_SECOND = 250_000  # for so many bytes; a slow reader manages ten times as many
Record = tuple[str, str, object]  # kind, id, value


@dataclass(frozen=True, slots=True)
class Task:
    """Evidence to read, and where events and originals go.

    `done` is what it was last read on; where nothing of that changed it is not read again.
    """

    item: Bytes
    plan: Plan
    events: Path
    evidence: Path
    done: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that was said of one evidence, as records, and what it was read on."""

    inputs: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Unwritable:
    """That the case could not be written to, which is no fault of the evidence."""

    what: str
    hint: str


@dataclass(slots=True)
class _Tally:
    """What came out of one evidence so far."""

    order: Order
    records: list[Record] = field(default_factory=list)
    events: int = 0
    documents: int = 0
    problems: list[Problem] = field(default_factory=list)
    event_bytes: int = 0
    document_bytes: int = 0
    structure_bytes: int = 0
    first: datetime | None = None
    last: datetime | None = None
    days: Counter[tuple[str, str]] = field(default_factory=Counter)
    times: Counter[str] = field(default_factory=Counter)


def allowed(task: Task) -> float:
    """Return how many seconds of processor time the evidence may take."""
    return SECONDS + task.item.size / BYTES_A_SECOND


def read_one(task: Task) -> Outcome | Unwritable | None:
    """Read one evidence, and leave it to the caller to make durable what was written.

    Returns None where it was read before, on just the same.
    """
    try:
        return _read_one(task)
    except CaseError as error:
        return Unwritable(error.what, error.hint)


def _read_one(task: Task) -> Outcome | None:
    choice = choose(task.item, task.plan)
    inputs = f"{__version__}/{choice.status}/{task.plan.zone}/{task.plan.year}/{task.plan.keep}"
    if choice.reader is not None and choice.reader.members is not None:
        inputs += f"/{known_as(task.plan.mail)}"
    if inputs == task.done:
        return None
    tally = _Tally(Order(task.item.sha256))
    with durable.flushed_later():
        _keep(task, tally)
        _read(task, choice, tally)
    _sum_up(task.item, choice, tally)
    return Outcome(inputs, tuple(tally.records))


def _keep(task: Task, tally: _Tally) -> None:
    """Copy an original into the case when it is small, or when all are to be kept."""
    item = task.item
    if not task.plan.keep and item.size > SMALL:
        return
    kept = task.evidence / item.sha256
    if not kept.exists():
        with durable.appearing(kept) as draft:
            shutil.copyfile(item.path, draft)
    tally.records.append(("original", name("K", item.sha256), Original(item.sha256)))


def _read(task: Task, choice: Choice, tally: _Tally) -> None:
    writer = EventWriter(task.events, task.item.sha256)
    for found in found_in(task.item, choice, task.plan):
        match found:
            case EventBatch():
                writer.add(found)
                _count_events(tally, found)
            case Document():
                record_id = name("D", found.evidence, found.part, found.text)
                tally.records.append(("document", record_id, found))
                tally.documents += 1
                tally.document_bytes += sum(piece.length or 0 for piece in found.pieces)
            case Problem():
                tally.problems.append(found)
            case Structure():
                tally.structure_bytes += found.where.length or 0
            case Passed():
                pass  # there is none where nothing is sought: a case stores all events
            case _:
                assert_never(found)
    tally.records += [("segment", segment.file, segment) for segment in writer.close()]


def _count_events(tally: _Tally, batch: EventBatch) -> None:
    table = batch.table
    tally.events += table.num_rows
    tally.event_bytes += pc.sum(table.column(LENGTH)).as_py() or 0
    tally.order.add(batch)
    tally.times.update(_bases(table))
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


def _bases(table: pa.Table) -> dict[str, int]:
    """Return for how many times it is known how that their zone is what it is."""
    counts = Counter(table.column(BASIS).to_pylist())
    return {basis_of(number).value: events for number, events in counts.items()}


def _sum_up(item: Bytes, choice: Choice, tally: _Tally) -> None:
    for problem in tally.problems:
        tally.records.append(("problem", name("P", problem), problem))
    for (day, source), events in sorted(tally.days.items()):
        activity = Activity(day, item.sha256, source, events)
        tally.records.append(("activity", name("A", item.sha256, day, source), activity))
    md5, sha1 = _other_hashes(item.path)
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
        times=tuple(sorted(tally.times.items())),
        irregular=tally.order.irregularities(),
        md5=md5,
        sha1=sha1,
        known_by=choice.known_by,
    )
    tally.records.append(("coverage", item.sha256, coverage))


def _other_hashes(path: Path) -> tuple[str, str]:
    """Return MD5 and SHA-1 of a file: known programs are listed by them, nothing is proved so."""
    md5, sha1 = hashlib.md5(usedforsecurity=False), hashlib.sha1(usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(2**20):
            md5.update(block)
            sha1.update(block)
    return md5.hexdigest(), sha1.hexdigest()
