"""Run the rules over the events of the case, and quote the records that they match."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from stopa import detect
from stopa.case.joined import is_small, joined
from stopa.case.plan import STARTER, Progress, Unit
from stopa.case.portion import LARGE, Stored, in_processes, search, together
from stopa.detect import BaseHit, Program
from stopa.errors import RulesError
from stopa.model.dossier import Excerpt
from stopa.model.evidence import Where
from stopa.model.record import canonical, name
from stopa.model.rule import Finding
from stopa.store import events
from stopa.store.case_store import CaseStore, Step
from stopa.store.events import Segment

TOGETHER = 500  # pieces of evidence recorded in one transaction
ROWS_TOGETHER = 200_000  # events in them
EXCERPTS = 250  # records quoted for one rule in one piece of evidence; the others are cited
COUNTED = 12  # of the events that a correlation counts, so many are quoted
EXCERPT_BYTES = 4096


def program(rules: Sequence[Path], cache: Path | None) -> Program:
    """Compile the rules named by the analyst; `starter` means those that come with stopa."""
    return usable(loaded(rules, cache))


def loaded(rules: Sequence[Path], cache: Path | None) -> Program:
    """Compile the rules even where all of them are refused."""
    return detect.prepare(named(rules), cache=cache)


def usable(made: Program) -> Program:
    """Return the program; raise RulesError where not one rule in it can be evaluated."""
    if not made.cards:
        first = made.refusals[0]
        raise RulesError(
            f"no rule could be loaded: {first.file}:{first.line}: {first.reason}",
            hint="see why with stopa rules check",
        )
    return made


def named(rules: Sequence[Path]) -> tuple[Path, ...]:
    """Return where the rules lie that the analyst named."""
    return tuple(detect.starter_rules() if path == STARTER else path for path in rules)


def detect_all(store: CaseStore, rules: Program, progress: Progress) -> None:
    """Run the rules over every evidence that has not been searched with just these rules."""
    segments = list(store.records("segment", Segment))
    progress.stage("detecting", sum(segment.rows for segment in segments), Unit.EVENTS)
    by_evidence = groupby(segments, lambda segment: segment.evidence)
    for group in _groups((sha256, tuple(mine)) for sha256, mine in by_evidence):
        _detect_group(store, group, rules)
        progress.advance(sum(_rows(mine) for _, mine in group))


Mine = tuple[str, tuple[Segment, ...]]  # the hash of evidence, and its segments


def _groups(evidence: Iterable[Mine]) -> Iterator[list[Mine]]:
    """Yield evidence in groups that are worth a transaction."""
    group: list[Mine] = []
    rows = 0
    for entry in evidence:
        group.append(entry)
        rows += _rows(entry[1])
        if len(group) >= TOGETHER or rows >= ROWS_TOGETHER:
            yield group
            group, rows = [], 0
    if group:
        yield group


def _rows(segments: Iterable[Segment]) -> int:
    return sum(segment.rows for segment in segments)


def _detect_group(store: CaseStore, group: list[Mine], rules: Program) -> None:
    """Search what was not searched with just these rules, and record it all at once."""
    inputs = {
        sha256: f"{rules.sha256}/{name('S', *(segment.sha256 for segment in mine))}"
        for sha256, mine in group
    }
    new = [(s, mine) for s, mine in group if not store.is_done(f"detect:{s}", inputs[s])]
    if new:
        found = _found_in_small(store, new, rules)
        with store.steps() as begin:
            for sha256, mine in new:
                work = begin(f"detect:{sha256}")
                told = [(f, mine[0]) for f in found[sha256]] if is_small(mine) else None
                _detect(store, work, mine, rules, told)
                work.finish(inputs[sha256])


def _found_in_small(
    store: CaseStore, group: list[Mine], rules: Program
) -> dict[str, list[Finding]]:
    """Return the findings in small pieces of evidence, in the order of each."""
    small = [segment for _, mine in group if is_small(mine) for segment in mine]
    found: dict[str, list[Finding]] = defaultdict(list)
    for told in search(rules, joined(store.events, small, _asked(rules))):
        for finding in told.findings:
            found[finding.where.evidence].append(finding)
    return {sha256: sorted(found[sha256], key=_in_order) for sha256, _ in group}


def _asked(rules: Program) -> frozenset[str] | None:
    return None if rules.wants_all else rules.fields


def _in_order(finding: Finding) -> tuple[int, str]:
    return finding.where.offset or 0, finding.rule


def correlate_all(store: CaseStore, rules: Program, progress: Progress) -> None:
    """Run the correlations over the hits in all evidence: they join what files keep apart."""
    segments = list(store.records("segment", Segment))
    inputs = f"{rules.sha256}/{name('S', *(segment.sha256 for segment in segments))}"
    if store.is_done("correlate", inputs):
        return
    progress.stage("correlating", sum(segment.rows for segment in segments), Unit.EVENTS)
    with store.step("correlate", inputs) as work:
        if rules.correlations:
            hits = _base_hits(store, segments, rules, progress)
            _record_correlated(store, work, list(rules.correlate(hits)), rules)


def _record_correlated(
    store: CaseStore, work: Step, found: Sequence[Finding], rules: Program
) -> None:
    """Record what correlations found, and quote the first events that each of them counts."""
    seen: Counter[str] = Counter()
    quoted: dict[str, list[Where]] = defaultdict(list)
    for finding in found:
        work.add("finding", finding.id, finding)
        work.add("rule", finding.rule, rules.cards[finding.rule])
        seen[finding.rule] += 1
        if seen[finding.rule] <= EXCERPTS:
            for where in dict.fromkeys((finding.where, *finding.members[:COUNTED])):
                quoted[where.evidence].append(where)
    for condition in rules.conditions(found):
        work.add("condition", condition.id, condition)
    for segment in store.records("segment", Segment):
        places = list(dict.fromkeys(quoted.get(segment.evidence, ())))
        for excerpt in _quotes(store, segment, places) if places else ():
            work.add("excerpt", name("X", excerpt.where), excerpt)


def _base_hits(
    store: CaseStore, segments: Sequence[Segment], rules: Program, progress: Progress
) -> Iterator[BaseHit]:
    small = [segment for segment in segments if is_small([segment])]
    for batch in joined(store.events, small, _asked(rules)):
        yield from rules.base_hits(batch)
        progress.advance(batch.table.num_rows)
    for segment in segments:
        if not is_small([segment]):
            for batch in Stored(store.events, segment).found(rules):
                yield from rules.base_hits(batch)
                progress.advance(batch.table.num_rows)


def _detect(
    store: CaseStore,
    work: Step,
    segments: Sequence[Segment],
    rules: Program,
    told: list[tuple[Finding, Segment]] | None,
) -> None:
    """Record what was told of these segments, or is found in them; quote the first of each rule."""
    seen: Counter[str] = Counter()
    quoted: dict[Segment, list[Where]] = defaultdict(list)
    found = _found(store, work, segments, rules) if told is None else told
    for condition in rules.conditions(finding for finding, _ in found):
        work.add("condition", condition.id, condition)
    for finding, segment in found:
        work.add("finding", finding.id, finding)
        if not seen[finding.rule]:
            work.add("rule", finding.rule, rules.cards[finding.rule])
        seen[finding.rule] += 1
        if seen[finding.rule] <= EXCERPTS:
            quoted[segment].append(finding.where)
    for segment, places in quoted.items():
        for excerpt in _quotes(store, segment, places):
            work.add("excerpt", name("X", excerpt.where), excerpt)


def _found(
    store: CaseStore, work: Step, segments: Sequence[Segment], rules: Program
) -> list[tuple[Finding, Segment]]:
    """Return the findings in the order of the evidence, each with the segment it is in."""
    stored = [Stored(store.events, segment) for segment in segments]
    jobs = min(2, os.cpu_count() or 1)
    if jobs > 1 and sum(part.size for part in stored) >= LARGE:
        with in_processes(rules, stored, jobs) as each:
            told = list(each)
    else:
        told = [together(search(rules, part.found(rules))) for part in stored]
    for problem in (problem for part in told for problem in part.problems):
        work.add("problem", name("P", problem), problem)
    found = [(f, s) for s, part in zip(segments, told, strict=True) for f in part.findings]
    return sorted(found, key=lambda entry: _in_order(entry[0]))


def _quotes(store: CaseStore, segment: Segment, places: list[Where]) -> Iterator[Excerpt]:
    """Quote lines as they stand in the kept original, everything else by its stored fields.

    Only what the case itself holds is quoted, so that a later run finds the same to quote.
    """
    kept = store.evidence / segment.evidence
    lines = {where for where in places if where.line is not None and kept.is_file()}
    others = [where for where in places if where not in lines]
    fields = events.at(store.events, segment, [w.offset for w in others if w.offset is not None])
    for where in others:
        if where.offset in fields:
            yield _cut(where, canonical(fields[where.offset]))
    for where in sorted(lines, key=lambda where: where.line or 0):
        with kept.open("rb") as file:
            file.seek(where.offset or 0)
            yield _cut(where, file.read(min(where.length or 0, EXCERPT_BYTES + 1)))


def _cut(where: Where, raw: bytes) -> Excerpt:
    text = raw[:EXCERPT_BYTES].decode("utf-8", "backslashreplace")
    return Excerpt(where, text, cut=len(raw) > EXCERPT_BYTES)
