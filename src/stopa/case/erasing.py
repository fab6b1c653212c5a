"""Destroy a record and all that rests on it; the ledger keeps its leaves and still holds.

Why: what should not have been kept (a bystander's mail) must be able to go, without the rest losing
its proof.
Trap: a record is named by others, in older versions too; the notes of steps hold hashes over it.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stopa import knowledge
from stopa.case.assembly import Looked, assemble
from stopa.case.cache import cache_folder
from stopa.case.hand_in import evidence_id
from stopa.case.plan import Progress, Quiet
from stopa.case.published import published
from stopa.case.recorded import (
    RUN,
    UNTOLD,
    plan_again,
    put_runs,
    recorded_plan,
    recorded_runs,
    without_marks_of_nothing,
)
from stopa.case.signed import ENVELOPE, EXPORTED, TOKEN
from stopa.case.watching import still_watched
from stopa.case.work import PUBLISHED, judge, publish, read_reports, tidy
from stopa.errors import InputError
from stopa.model.applied import Collection
from stopa.model.dossier import Watched
from stopa.model.evidence import Evidence
from stopa.model.record import name
from stopa.model.rule import Refusal
from stopa.model.run import Run
from stopa.store.case_reader import AFTER, ERASURE, NOTE, CaseReader, Erasure, Leaf
from stopa.store.case_store import CaseStore

DERIVED = ("statements", "assess")  # steps that are done anew from what is left
WHOLE = ("comparison", "assessment")  # name what is inside anew each time
EVIDENCE = "evidence"
HASH = re.compile(r"[0-9a-f]{64}")  # of a file, in the names of its steps
NAME = re.compile(r"[A-Z]{1,2}-[0-9a-f]{12}")  # as `model.record.name` makes them
NAMED = re.compile(rb'"([A-Z]{1,2}-[0-9a-f]{12}|[0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class Erased:
    """What was destroyed: how many records of each kind."""

    kinds: dict[str, int]
    leaves: int
    was_signed: bool


@dataclass(frozen=True, slots=True)
class _Rules:
    cards: range
    sha256: str
    refusals: tuple[Refusal, ...]
    watched: tuple[Watched, ...] | None
    collections: tuple[Collection, ...]


def erase(folder: Path, item: str, *, reason: str, on: str, progress: Progress) -> Erased:
    """Destroy a record (an evidence by its SHA-256, a document, a finding) and what names it.

    Statements, assessment and dossier are made anew of what is left. Raises InputError where there
    is no such record, or where it follows from others.
    """
    with CaseStore(folder) as store:
        rules = _rules_then(store)
        gone, dropped = _resting_on(store, item)
        kinds = Counter(leaf.kind for leaf in gone)
        erasure = Erasure(tuple(leaf.seq for leaf in gone), dict(sorted(kinds.items())), reason, on)
        steps = {leaf.step for leaf in gone}
        runs = _runs_without(store, {leaf.id for leaf in gone if leaf.kind == EVIDENCE})
        was_signed = _unsign(store)
        with store.steps() as begin:
            work = begin(f"{AFTER}erasure:{name('Z', erasure)}")
            work.erase(erasure.leaves)
            work.drop(dropped)
            work.note_again(sorted(steps - dropped))
            work.add(ERASURE, name("Z", erasure), erasure)
            work.finish("")
            put_runs(store, begin, runs)
        tidy(store, Quiet())
        known = knowledge.load(cache_folder())
        read_reports(store, known, progress)
        judge(store, known, progress)
        plan = plan_again(recorded_plan(store), ())
        left = Looked(still_watched(store, rules.watched), collections=rules.collections)
        publish(store, assemble(store, plan, rules, known, looked=left))
        store.forget()
    return Erased(erasure.kinds, len(gone), was_signed)


def _runs_without(store: CaseReader, gone: set[str]) -> list[Run]:
    """Return the runs as if they had not been given what is erased, nor told how to mark it."""
    names = {evidence_id(item): item.name for item in store.records(EVIDENCE, Evidence)}
    runs, given = [], set[str]()
    for run in recorded_runs(store):
        left = tuple(id_ for id_ in run.given or () if id_ not in gone)
        given |= {names[id_] for id_ in left if id_ in names}
        plan = without_marks_of_nothing(run.plan, given)
        runs.append(Run({**plan, "reach": UNTOLD}, left))
    return runs


def _rules_then(store: CaseReader) -> _Rules:
    """Return what the dossier tells of its rules: no rule is run again."""
    made = published(store.dossier)
    cards = range(made.rules_loaded)
    return _Rules(cards, made.made.rules.sha256, made.refusals, made.watched, made.collections)


def _resting_on(store: CaseReader, item: str) -> tuple[list[Leaf], set[str]]:
    """Return the leaves that say or name an item, those that name these, and so on.

    With them the steps of which nothing is left, or which are done anew.
    """
    _check_erasable(store, item)
    naming = _index(store)
    found: dict[int, Leaf] = {}
    waiting, names = [item], {item}
    while waiting:
        for seq in naming.get(waiting.pop(), ()):
            if seq not in found:
                found[seq] = store.leaf(seq)
                fresh = set(_names(found[seq])) - names
                names |= fresh
                waiting += sorted(fresh)
    dropped = {leaf.step for leaf in found.values() if leaf.step in DERIVED or leaf.kind == RUN}
    for leaf in store.leaves():
        own = not names.isdisjoint(HASH.findall(leaf.step))
        if own:
            dropped.add(leaf.step)
        if own or (leaf.step in dropped and leaf.kind == NOTE):
            found[leaf.seq] = leaf
    return [found[seq] for seq in sorted(found)], dropped


def _index(store: CaseReader) -> dict[str, list[int]]:
    """Return which leaves name what, in one pass: an erased log may have had 100,000 findings."""
    naming: defaultdict[str, list[int]] = defaultdict(list)
    for leaf in store.leaves():
        if leaf.kind != NOTE and _is_of_evidence(leaf):
            for name_ in {leaf.id, *(found.decode() for found in NAMED.findall(leaf.body))}:
                naming[name_].append(leaf.seq)
    return naming


def _check_erasable(store: CaseReader, item: str) -> None:
    naming = list(filter(_is_of_evidence, store.leaves_naming(item)))
    own = [leaf for leaf in naming if leaf.id == item or item in _hashes(leaf)]
    if not naming:
        raise InputError(f"the case has no record {item}", hint="a file's SHA-256, D-... or F-...")
    if all(leaf.step in DERIVED for leaf in own):
        raise InputError(
            f"{item} follows from other records and would come again",
            hint=f"erase what it rests on; see stopa explain CASE {item}",
        )
    for leaf in own:
        if leaf.kind == EVIDENCE and (around := json.loads(leaf.body)["container"]):
            raise InputError(
                f"{item} came out of an archive, which holds it", hint=f"erase {around}"
            )


def _is_of_evidence(leaf: Leaf) -> bool:
    return leaf.step != PUBLISHED and not leaf.step.startswith(AFTER)


def _names(leaf: Leaf) -> Iterator[str]:
    """Yield the names that a record gives: its own, its file's, those of things inside it."""
    yield from _hashes(leaf)
    if NAME.fullmatch(leaf.id):
        yield leaf.id
    if leaf.kind not in WHOLE:
        for value in json.loads(leaf.body).values():
            for thing in value if isinstance(value, list) else []:
                own = thing.get("id") if isinstance(thing, dict) else None
                if isinstance(own, str) and NAME.fullmatch(own):
                    yield own


def _hashes(leaf: Leaf) -> tuple[str, ...]:
    return (json.loads(leaf.body)["sha256"],) if leaf.kind == EVIDENCE else ()


def _unsign(store: CaseReader) -> bool:
    """Remove what still holds the erased: exports, and the envelope over the old dossier."""
    was_signed = (store.dossier / ENVELOPE).exists()
    exports = store.dossier / EXPORTED
    if exports.is_symlink():
        exports.unlink()
    elif exports.is_dir():
        shutil.rmtree(exports)
    for file in (ENVELOPE, TOKEN):
        (store.dossier / file).unlink(missing_ok=True)
    return was_signed
