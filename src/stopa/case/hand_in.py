"""Take evidence into the case: hash it and record it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from stopa.case.plan import Plan, Progress
from stopa.errors import InputError
from stopa.model.evidence import Evidence, Problem, Tlp
from stopa.model.record import canonical, name
from stopa.readers import Handed, hand_in
from stopa.store.case_store import CaseStore

SMALL = 16 * 1024 * 1024  # bytes; originals up to this size are always kept in the case
IN_A_STEP = 500  # files recorded in one transaction


@dataclass(frozen=True, slots=True)
class Bytes:
    """Distinct evidence and where its bytes lie now; `archive` says how one was walked."""

    sha256: str
    path: Path
    size: int
    name: str
    archive: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run took in: the distinct contents by hash, and the ids of all evidence, sorted."""

    items: tuple[Bytes, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """That the bytes of an evidence are kept in the case, named by their hash."""

    sha256: str


def everything(_: Handed) -> bool:
    """Take in whatever was handed in."""
    return True


def take_in(
    store: CaseStore,
    paths: Sequence[Path],
    plan: Plan,
    progress: Progress,
    *,
    wanted: Callable[[Handed], bool] = everything,
) -> Taken:
    """Record every file under the paths that is wanted as evidence."""
    progress.stage("hashing evidence", None)
    distinct: dict[str, Bytes] = {}
    ids: set[str] = set()
    for path in paths:
        problems: list[Problem] = []
        for handed in _in_groups(_counted(path, store, progress), problems, wanted):
            _record(store, handed, plan)
            ids.update(map(evidence_id, handed))
            for item in handed:
                distinct.setdefault(item.sha256, bytes_of(item))
        _record_problems(store, path, problems)
    check_marked(store, plan)
    return Taken(tuple(distinct[sha256] for sha256 in sorted(distinct)), tuple(sorted(ids)))


def evidence_id(item: Handed | Evidence) -> str:
    """Return the id of the record of an evidence: of its name, its bytes, and what it came in."""
    return name("E", item.name, item.sha256, item.container)


def marked(item: Handed, plan: Plan) -> Tlp:
    """Return the marking of evidence by its name: the strictest that fits, else the plan's."""
    fitting = [tlp for pattern, tlp in plan.marks if fits(item.name, pattern)]
    return max(fitting, key=tuple(Tlp).index) if fitting else plan.tlp


def check_marked(store: CaseStore, plan: Plan) -> None:
    """Raise InputError for a mark that fits no evidence: a slip there would show too much."""
    names = [item.name for item in store.records("evidence", Evidence)]
    for pattern, tlp in plan.marks:
        if not any(fits(name_, pattern) for name_ in names):
            raise InputError(
                f"no evidence is called {pattern}, so nothing was marked {tlp}",
                hint=f"names as stopa coverage shows them, such as {names[0] if names else 'none'}",
            )


def fits(name_: str, pattern: str) -> bool:
    """Return whether a name, or the name of a folder or archive around it, fits the pattern."""
    parts = name_.split("/")
    return any(fnmatchcase("/".join(parts[: n + 1]), pattern) for n in range(len(parts)))


def check_there(paths: Sequence[Path]) -> None:
    """Raise InputError for a path that leads nowhere."""
    for path in paths:
        if not path.exists():
            raise InputError(f"{path} is not there", hint="check the path; quote names with spaces")


def bytes_of(item: Handed) -> Bytes:
    """Return where the bytes of a handed-in file lie."""
    return Bytes(item.sha256, item.path, item.size, item.name, item.archive)


def _counted(path: Path, store: CaseStore, progress: Progress) -> Iterator[Handed | Problem]:
    for item in hand_in([path], spool=store.spool):
        progress.advance(1)
        yield item


def _in_groups(
    items: Iterable[Handed | Problem], problems: list[Problem], wanted: Callable[[Handed], bool]
) -> Iterator[tuple[Handed, ...]]:
    group: list[Handed] = []
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
        elif wanted(item):
            group.append(item)
        if len(group) == IN_A_STEP:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


def _record(store: CaseStore, handed: tuple[Handed, ...], plan: Plan) -> None:
    evidence = [
        Evidence(
            item.sha256, item.name, item.size, plan.reliability, marked(item, plan), item.container
        )
        for item in handed
    ]
    ids = [evidence_id(item) for item in evidence]
    step, inputs = f"hand-in:{name('H', *ids)}", _digest(evidence)
    if store.is_done(step, inputs):
        return
    with store.step(step, inputs) as work:
        for record_id, item in zip(ids, evidence, strict=True):
            work.add("evidence", record_id, item)


def _record_problems(store: CaseStore, path: Path, problems: list[Problem]) -> None:
    step, inputs = f"hand-in-problems:{name('H', str(path.absolute()))}", _digest(problems)
    if store.is_done(step, inputs):
        return
    with store.step(step, inputs) as work:
        for problem in problems:
            work.add("problem", name("P", problem), problem)


def _digest(value: object) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()
