"""Process trees and logon sessions, where the logs of a case tell them.

Spec: https://learn.microsoft.com/sysinternals/downloads/sysmon#event-id-1-process-creation
Spec: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/event-4688
Why: Sysmon numbers processes with a GUID that no other process ever has. Security 4688 has only the
process id, which is used again: there the parent is the last process of that host that began with
this id before.
Trap: a parent that began before the log did is shown by what its child says of it, marked as such.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stopa.model.entity import Drawn, Entity, EntityKind, drawn, link, readings
from stopa.model.event import EVENT_ID, HOST, LENGTH, LINE, OFFSET, RECORD, TIME, USER, EventBatch
from stopa.model.evidence import Where
from stopa.store.case_reader import CaseReader
from stopa.store.events import Segment

CREATED = ("1", "4688")
LOGONS, LOGOFFS = ("4624", "4648"), ("4634", "4647")
ENVELOPE = (TIME, HOST, USER, EVENT_ID, RECORD, LINE, OFFSET, LENGTH)
ASKED = (
    *("ProcessGuid", "ParentProcessGuid", "ProcessId", "ParentProcessId", "NewProcessId"),
    *("Image", "NewProcessName", "ParentImage", "ParentProcessName", "CommandLine", "User"),
    *("SubjectUserName", "SubjectDomainName", "TargetUserName", "TargetDomainName"),
    *("LogonId", "SubjectLogonId", "TargetLogonId", "LogonType", "IpAddress"),
)
DEEPEST = 64  # generations; a loop of parents, which only a forged log has, ends here
Cells = dict[str, str | None]


@dataclass(slots=True)
class Process:
    """A process as its creation tells it. `seen` is False for a parent known by its child alone."""

    key: str
    host: str
    parent: str | None
    image: str
    command: str = ""
    user: str = ""
    logon: str = ""
    time: datetime | None = None
    where: Where | None = None
    seen: bool = True
    children: list[Process] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Session:
    """A logon session: whose, from where, when it began and ended, and what was run in it."""

    host: str
    logon: str
    account: str
    kind: str
    address: str
    began: datetime | None
    ended: datetime | None
    where: Where
    processes: int


@dataclass(frozen=True, slots=True)
class Trees:
    """The processes without a parent, each with its descendants, and the logon sessions."""

    roots: tuple[Process, ...]
    sessions: tuple[Session, ...]


def trees(folder: Path, text: str, kind: EntityKind | None = None) -> Trees:
    """Return the trees and sessions that have to do with an entity.

    A tree is shown as a whole from its first process on where any of its processes does.
    """
    wanted = readings(text, kind)
    rows = list(_rows(folder))
    processes = _processes(rows)
    roots = [p for p in processes if p.parent is None]
    sessions = _sessions(rows, processes)
    return Trees(
        tuple(root for root in roots if any(_concerns(p, wanted) for p in descendants(root))),
        tuple(s for s in sessions if _matches(wanted, s.host, s.account, s.address, "")),
    )


def descendants(root: Process) -> Iterator[Process]:
    """Yield a process and all that came of it."""
    yield root
    for child in root.children:
        yield from descendants(child)


def _rows(folder: Path) -> Iterator[tuple[Cells, datetime | None, Where]]:
    """Yield the events that tell of processes and sessions."""
    with CaseReader(folder) as store:
        for segment in store.records("segment", Segment):
            if segment.source.product not in ("windows", "linux"):
                continue
            with pq.ParquetFile(store.events / segment.file) as file:
                present = set(file.schema_arrow.names)
                if not present & {"NewProcessId", "ParentProcessGuid", "TargetLogonId"}:
                    continue
                names = [name for name in (*ENVELOPE, *ASKED) if name in present]
                for group in range(file.num_row_groups):
                    table = file.read_row_group(group, columns=names)
                    ids = pc.is_in(
                        table.column(EVENT_ID),
                        pa.array([*CREATED, *LOGONS, *LOGOFFS]),
                    )
                    batch = EventBatch(segment.evidence, segment.source, table.filter(ids))
                    for row, cells in enumerate(batch.table.to_pylist()):
                        yield cells, cells[TIME], batch.where(row)


def _processes(rows: Iterable[tuple[Cells, datetime | None, Where]]) -> list[Process]:
    """Return all processes in order of time, each with its children."""
    found: dict[str, Process] = {}
    began: defaultdict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    created = [row for row in rows if row[0][EVENT_ID] in CREATED]
    for cells, time, where in sorted(created, key=lambda row: (str(row[1]), str(row[2].offset))):
        made = _process(cells, time, where)
        if made is None:
            continue
        if made.parent is None and (number := _number(cells.get("ProcessId"))) is not None:
            made.parent = _last(began[made.host, number], str(time))
        if made.key not in found or not found[made.key].seen:
            found[made.key] = made
        if (number := _number(cells.get("NewProcessId") or cells.get("ProcessId"))) is not None:
            began[made.host, number].append((str(time), made.key))
        _parent_of(made, cells, found)
    return _joined(found)


def _process(cells: Cells, time: datetime | None, where: Where) -> Process | None:
    host = (cells.get(HOST) or "").lower()
    if cells[EVENT_ID] == "1" and cells.get("ProcessGuid"):
        key, parent = cells["ProcessGuid"], cells.get("ParentProcessGuid")
    elif cells[EVENT_ID] == "4688":
        key, parent = f"{host}/{cells.get('NewProcessId')}/{time}", None
    else:
        return None
    user = "\\".join(filter(None, (cells.get("SubjectDomainName"), cells.get("SubjectUserName"))))
    return Process(
        (key or "").lower(),
        host,
        parent.lower() if parent else None,
        cells.get("Image") or cells.get("NewProcessName") or "",
        cells.get("CommandLine") or "",
        cells.get("User") or user or cells.get(USER) or "",
        (cells.get("LogonId") or cells.get("SubjectLogonId") or "").lower(),
        time,
        where,
    )


def _number(text: str | None) -> int | None:
    """Return a process id, which Security writes in hexadecimal."""
    try:
        return int(text or "", 0)
    except ValueError:
        return None


def _last(began: list[tuple[str, str]], time: str) -> str | None:
    place = bisect_right(began, (time, "\uffff"))
    return began[place - 1][1] if place else None


def _parent_of(made: Process, cells: Cells, found: dict[str, Process]) -> None:
    """Put a parent that no event creates beside the others, as its child tells it."""
    image = cells.get("ParentImage") or cells.get("ParentProcessName") or ""
    if made.parent is None and image:
        number = cells.get("ProcessId") or cells.get("ParentProcessId")
        made.parent = f"{made.host}/{number}/{image}".lower()
    if made.parent and made.parent not in found:
        found[made.parent] = Process(made.parent, made.host, None, image, seen=False)


def _joined(found: dict[str, Process]) -> list[Process]:
    for process in found.values():
        if process.parent is not None and _is_rooted(process, found):
            found[process.parent].children.append(process)
        else:
            process.parent = None
    return list(found.values())


def _is_rooted(process: Process, found: dict[str, Process]) -> bool:
    """Tell whether a line of parents comes to an end."""
    at: Process | None = process
    for _ in range(DEEPEST):
        at = found.get(at.parent) if at and at.parent else None
        if at is None:
            return True
    return False


def _sessions(
    rows: Iterable[tuple[Cells, datetime | None, Where]], processes: Iterable[Process]
) -> list[Session]:
    run: defaultdict[tuple[str, str], int] = defaultdict(int)
    for process in processes:
        run[process.host, process.logon] += process.seen
    ended: dict[tuple[str, str], datetime | None] = {}
    begun = []
    for cells, time, where in sorted(rows, key=lambda row: str(row[1])):
        key = ((cells.get(HOST) or "").lower(), (cells.get("TargetLogonId") or "").lower())
        if cells[EVENT_ID] in LOGOFFS:
            ended.setdefault(key, time)
        elif cells[EVENT_ID] == "4624" and key[1]:
            begun.append((key, cells, time, where))
    return [
        Session(
            *key,
            "\\".join(filter(None, (cells.get("TargetDomainName"), cells.get("TargetUserName")))),
            cells.get("LogonType") or "",
            cells.get("IpAddress") or "",
            time,
            ended.get(key),
            where,
            run[key],
        )
        for key, cells, time, where in begun
    ]


def _concerns(process: Process, wanted: frozenset[Entity]) -> bool:
    guid = drawn(Drawn.PROCESS, process.key)
    return guid in wanted or _matches(wanted, process.host, process.user, "", process.image)


def _matches(wanted: frozenset[Entity], host: str, user: str, address: str, image: str) -> bool:
    said = (
        drawn(Drawn.HOST, host),
        drawn(Drawn.USER, user),
        drawn(Drawn.ADDRESS, address),
        drawn(Drawn.FILE, image),
    )
    return any(link(one, entity) for entity in said if entity for one in wanted)
