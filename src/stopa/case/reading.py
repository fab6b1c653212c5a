"""Read evidence into the case: events to Parquet, documents, problems, and where all bytes went.

Why: evidence is read in processes that may die of it. What they write is made durable, and recorded
in the ledger, for many files at once: a folder of a hundred thousand files has few flushes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from stopa.case.confined import Confined, Lost
from stopa.case.hand_in import Bytes
from stopa.case.plan import Plan, Progress, Unit
from stopa.case.reading_work import Outcome, Task, Unwritable, allowed, read_one
from stopa.errors import CaseError
from stopa.model.dossier import Coverage
from stopa.model.evidence import Problem, Where
from stopa.model.record import name
from stopa.store import durable
from stopa.store.case_store import CaseStore

MUCH = 4 * 2**20  # bytes, or
MANY = 50  # files, from which on a second process pays
TOGETHER = 500  # files recorded in one transaction
TOGETHER_BYTES = 256 * 2**20
ENDED = "the process that read it ended"
READ_ALONE = "read it by itself, or name another format with --reader"


def read_all(store: CaseStore, items: tuple[Bytes, ...], plan: Plan, progress: Progress) -> None:
    """Read each distinct evidence that was not read yet by this stopa."""
    progress.stage("reading evidence", sum(item.size for item in items), Unit.BYTES)
    tasks = [_task(store, item, plan) for item in items]
    with Confined(read_one, allowed, _processes(items)) as confined:
        for done in _together(confined.each(tasks)):
            told = [(task.item, _told(task, outcome)) for task, outcome in done if outcome]
            _record(store, told)
            progress.advance(sum(task.item.size for task, _ in done))


def _task(store: CaseStore, item: Bytes, plan: Plan) -> Task:
    return Task(item, plan, store.events, store.evidence, store.inputs_of(_step(item)))


def _step(item: Bytes) -> str:
    return f"read:{item.sha256}"


def _processes(items: tuple[Bytes, ...]) -> int:
    much = len(items) >= MANY or sum(item.size for item in items) >= MUCH
    return min(2, os.cpu_count() or 1) if much else 1


Done = tuple[Task, Outcome | Unwritable | Lost | None]


def _together(done: Iterable[Done]) -> Iterator[list[Done]]:
    """Yield what is done in groups that are worth a transaction."""
    group: list[Done] = []
    size = 0
    for entry in done:
        group.append(entry)
        size += entry[0].item.size
        if len(group) >= TOGETHER or size >= TOGETHER_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _record(store: CaseStore, told: list[tuple[Bytes, Outcome]]) -> None:
    """Make durable what was written, then record it."""
    if not told:
        return
    durable.flush(store.events)
    with store.steps() as begin:
        for item, outcome in told:
            work = begin(_step(item))
            for kind, record_id, value in outcome.records:
                work.add(kind, record_id, value)
            work.finish(outcome.inputs)


def _told(task: Task, outcome: Outcome | Unwritable | Lost) -> Outcome:
    """Return what is to be said of evidence, also of one that ended the process reading it."""
    match outcome:
        case Outcome():
            return outcome
        case Unwritable(what, hint):
            raise CaseError(what, hint=hint)
        case Lost(why):
            return _nothing_read(task, why)


def _nothing_read(task: Task, why: str) -> Outcome:
    item = task.item
    told = f"{ENDED}: {why.replace(str(item.path), item.name)}"
    for left in task.events.glob(f"{item.sha256[:32]}-*"):
        left.unlink()
    whole = Where(item.sha256, offset=0, length=item.size)
    problem = Problem(told, whole, READ_ALONE)
    coverage = Coverage(
        name="",
        sha256=item.sha256,
        size=item.size,
        kind=None,
        status="not read",
        events=0,
        documents=0,
        findings=0,
        problems=(),
        problem_bytes=item.size,
    )
    return Outcome(
        inputs=told,
        records=(
            ("problem", name("P", problem), problem),
            ("coverage", item.sha256, coverage),
        ),
    )
