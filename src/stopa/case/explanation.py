"""What one record of a case rests on: itself, and every record that it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc

from stopa import detect
from stopa.attribution import reasons
from stopa.case.assembly import coverage
from stopa.case.cache import cache_folder
from stopa.case.detection import program
from stopa.detect import Program, Ticked
from stopa.errors import InputError
from stopa.model.assessment import Assessment, Observation
from stopa.model.event import LINE, OFFSET, RECORD
from stopa.model.evidence import Evidence
from stopa.model.record import canonical, name, parse
from stopa.model.rule import Finding
from stopa.model.statement import Comparison, Fact, Indicator, Mention, Reading, Statement
from stopa.store import events
from stopa.store.case_reader import CaseReader
from stopa.store.events import Segment

PLACES = {"record": RECORD, "line": LINE, "offset": OFFSET}
EVENT = re.compile(r"(.+?) (record|line|offset)=([0-9]{1,18})(?: |$)")
LEAST = 8  # digits of a hash that may stand for the whole
MANY = 50  # records a record may rest on before the rest is only counted

Entry = tuple[str, object]  # the kind of a record, and the record as JSON holds it


@dataclass(frozen=True, slots=True)
class Explanation:
    """A record, as JSON holds it, and what it rests on, nearest first.

    `condition` is the rule's condition ticked on the event, where the record is a finding and its
    rule among the rules at hand; `because` says in sentences why a hypothesis stands as it does.
    """

    kind: str
    id: str
    record: object
    rests_on: tuple[tuple[str, str, object], ...]
    more: int = 0
    condition: tuple[Ticked, ...] = ()
    because: tuple[str, ...] = ()


def explain(folder: Path, wanted: str, rules: Sequence[Path]) -> Explanation:
    """Return the record called `wanted` (H1, F-..., S-..., R-..., a hash) and what it rests on."""
    with CaseReader(folder) as store:
        inner = dict(_inner_records(store))
        found = _find(store, inner, wanted)
        if found is None:
            raise InputError(
                f"the case has no record {wanted}",
                hint="ids stand in the dossier and in the output of stopa detect, read, attribute",
            )
        kind, record = found
        condition: tuple[Ticked, ...] = ()
        named = list(_names(record))
        if kind == "finding":
            finding = parse(canonical(record), Finding)
            named.append(name("X", finding.where))
            condition = _ticked(store, finding, program(rules, cache_folder()))
        basis = [
            (entry[0], record_id, entry[1])
            for record_id in dict.fromkeys(named)
            if record_id != wanted and (entry := _find(store, inner, record_id)) is not None
        ]
        because = _because(store, wanted) if kind == "hypothesis" else ()
    more = max(0, len(basis) - MANY)
    return Explanation(kind, wanted, record, tuple(basis[:MANY]), more, condition, because)


def _because(store: CaseReader, wanted: str) -> tuple[str, ...]:
    observations = tuple(store.records("observation", Observation))
    return tuple(
        sentence
        for assessment in store.records("assessment", Assessment)
        for hypothesis in assessment.hypotheses
        if hypothesis.id == wanted
        for sentence in reasons(assessment, hypothesis, observations)
    )


def _find(store: CaseReader, inner: dict[str, Entry], wanted: str) -> Entry | None:
    if wanted in inner:
        return inner[wanted]
    direct = store.find(wanted)
    return (direct[0], json.loads(direct[1])) if direct else None


def _inner_records(store: CaseReader) -> Iterator[tuple[str, Entry]]:
    """Yield the parts of records that have ids of their own."""
    for assessment in store.records("assessment", Assessment):
        for hypothesis in assessment.hypotheses:
            yield hypothesis.id, ("hypothesis", json.loads(canonical(hypothesis)))
    for comparison in store.records("comparison", Comparison):
        for root in comparison.roots:
            yield root.id, (_kind(root), json.loads(canonical(root)))
        for disagreement in comparison.disagreements:
            yield disagreement.id, (_kind(disagreement), json.loads(canonical(disagreement)))
    for row in coverage(store):
        yield row.sha256, ("coverage", json.loads(canonical(row)))
    for reading in store.records("reading", Reading):
        for part in _parts(reading):
            yield part.id, (_kind(part), json.loads(canonical(part)))


def _kind(part: object) -> str:
    return type(part).__name__.lower()


def _parts(reading: Reading) -> Iterator[Statement | Fact | Indicator | Mention]:
    yield from reading.statements
    yield from reading.facts
    yield from reading.indicators
    yield from reading.mentions


def _names(record: object) -> Iterator[str]:
    """Yield the strings of a record that can name another record, in order."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, dict):
        for key in sorted(record):
            yield from _names(record[key])
    elif isinstance(record, list):
        for item in record:
            yield from _names(item)


def ticked_on(folder: Path, rule: str, event: str, rules: Sequence[Path]) -> tuple[Ticked, ...]:
    """Tick the condition of a rule (by id) on an event of the case, whether it matches or not.

    `event` is a name or hash of evidence and a place in it, such as `dc01.evtx record=12`. Raises
    `InputError`.
    """
    found = EVENT.match(event)
    if found is None:
        raise InputError(f"{event} names no event", hint="write --event 'dc01.evtx record=12'")
    name, column, number = found.groups()
    made = program(rules, cache_folder())
    if rule not in made.cards:
        raise InputError(f"no rule has the id {rule}", hint="list them: stopa rules list RULES")
    with CaseReader(folder) as store:
        meant = [e.sha256 for e in store.records("evidence", Evidence) if _is_called(e, name)]
        for segment in store.records("segment", Segment):
            for batch in events.read(store.events, segment) if segment.evidence in meant else ():
                row = pc.index(batch.table.column(PLACES[column]), int(number)).as_py()
                if row >= 0:
                    return detect.explain(made, rule, batch, row)
    raise InputError(
        f"the case has no event {event}", hint="places are as stopa detect prints them"
    )


def _is_called(evidence: Evidence, name: str) -> bool:
    same = evidence.name == name or evidence.name.endswith(f"/{name}")
    return same or (len(name) >= LEAST and evidence.sha256.startswith(name))


def _ticked(store: CaseReader, finding: Finding, rules: Program) -> tuple[Ticked, ...]:
    """Tick the condition of the finding's rule on its event; empty where either is not at hand."""
    for segment in store.records("segment", Segment):
        if segment.evidence != finding.where.evidence:
            continue
        for batch in events.read(store.events, segment):
            row = pc.index(batch.table.column(OFFSET), finding.where.offset).as_py()
            if row >= 0:
                return detect.explain(rules, finding.rule, batch, row)
    return ()
