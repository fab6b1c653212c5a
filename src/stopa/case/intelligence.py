"""Indicators of lists and reports, looked for in events, in texts and among hashes of evidence.

Why: a match becomes a finding of a rule made for its list, so that timeline, page and exports show
it as they show any other. No technique follows from an address.
Trap: what came by mail alone is its sender's word, and no intelligence: a lure names no indicators.
Trap: a list may match every second event. So many are kept for one indicator in one evidence; the
others are counted, as a problem that says so.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pyarrow as pa

from stopa import __version__
from stopa.case.attached import by_mail_alone
from stopa.case.plan import Plan, Progress
from stopa.detect.indicator_index import Index, Listed
from stopa.detect.indicator_text import Strings
from stopa.detect.indicators import Hit, found_in, matches
from stopa.model.dossier import Coverage
from stopa.model.event import BASIS, HOST, LENGTH, LINE, OFFSET, TIME, USER, EventBatch
from stopa.model.evidence import Evidence, Problem, Where
from stopa.model.intelligence import KIND, LABEL, LISTED, VALUE, listed_by
from stopa.model.record import canonical, name
from stopa.model.rule import Finding, Match, RuleCard
from stopa.model.statement import Indicator, IndicatorKind, Reading
from stopa.model.time_basis import Basis, basis_of
from stopa.statements.lexicon.network import BENIGN_DOMAINS
from stopa.store import events
from stopa.store.case_store import CaseStore, Step
from stopa.store.events import Segment

STEP = "indicators"
MANY = 1000  # findings of one indicator in one evidence
VALUE_LIMIT = 2000  # characters of a field that a finding quotes
REPORTED = "report"  # the service of indicators that a text names
LOOK = "the first ones are kept: search the evidence for the value"
HELD = "name --all-indicators to look for them too"


@dataclass(slots=True)
class _Matches:
    """What was matched so far."""

    names: dict[str, str]
    lists: frozenset[str]
    cards: dict[str, RuleCard] = field(default_factory=dict)
    counts: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)


def match_all(store: CaseStore, plan: Plan, progress: Progress) -> None:
    """Look for every indicator of the case in its events and texts."""
    segments = list(store.records("segment", Segment))
    readings = list(store.records("reading", Reading))
    lures = by_mail_alone(store)
    evidence = {item.sha256: item.name for item in store.records("evidence", Evidence)}
    inputs = _inputs(segments, readings, evidence, plan) + name("A", *sorted(lures))
    if store.is_done(STEP, inputs):
        return
    with store.step(STEP, inputs) as work:
        trusted = [segment for segment in segments if segment.evidence not in lures]
        named = [r.indicators for r in readings if r.indicators]
        named = [some for some in named if some[0].where.evidence not in lures]
        index = index_of(store, trusted, named, plan)
        if not len(index):
            return
        searched = [segment for segment in segments if segment.source.category != LISTED]
        progress.stage("matching indicators", sum(segment.rows for segment in searched))
        lists = frozenset(s.evidence for s in segments if s.source.category == LISTED)
        told = _Matches(evidence, lists)
        for segment in searched:
            for batch in events.read(store.events, segment):
                for finding in _findings(batch, index, told):
                    work.add("finding", finding.id, finding)
            progress.advance(segment.rows)
        files = list(store.records("coverage", Coverage))
        for finding in (*_in_readings(readings, index, told), *_of_evidence(files, index, told)):
            work.add("finding", finding.id, finding)
        _sum_up(work, index, told)


def index_of(
    store: CaseStore,
    segments: Iterable[Segment],
    named: Iterable[Sequence[Indicator]],
    plan: Plan,
) -> Index:
    """Return the indicators of lists, and those that each text names, to be looked up."""
    index = Index(BENIGN_DOMAINS, everything=plan.all_indicators)
    for segment in segments:
        if segment.source.category == LISTED:
            for batch in events.read(store.events, segment):
                index.add(batch)
    for indicators in named:
        index.add(_batch(indicators))
    index.close()
    return index


def _batch(indicators: Sequence[Indicator]) -> EventBatch:
    """Return the indicators of one text as a list has them."""
    cited = {
        name: [getattr(i.where, name.strip("_")) for i in indicators]
        for name in (LINE, OFFSET, LENGTH)
    }
    columns: dict[str, Strings] = {
        name: pa.array(column, pa.int64()) for name, column in cited.items()
    }
    columns[KIND] = pa.array([i.kind.value for i in indicators], pa.string())
    columns[VALUE] = pa.array([i.value for i in indicators], pa.string())
    columns[LABEL] = pa.array([i.id for i in indicators], pa.string())
    return EventBatch(indicators[0].where.evidence, listed_by(REPORTED), pa.table(columns))


def _findings(batch: EventBatch, index: Index, told: _Matches) -> Iterator[Finding]:
    """Yield a finding for each event and rule, with all the fields that matched."""
    found: dict[tuple[int, str], list[tuple[Hit, Listed]]] = defaultdict(list)
    kept: dict[tuple[int, int], bool] = {}
    for hit in matches(batch, index):
        listed = index.listed(hit.indicator)
        if listed.where.evidence == batch.evidence:
            continue
        event = hit.row, hit.indicator  # which may hold it in several fields
        if event not in kept:
            kept[event] = _counted(told, batch.evidence, listed)
        if not kept[event]:
            continue
        found[hit.row, _card(told, listed).id].append((hit, listed))
    for (row, rule), hits in sorted(found.items()):
        where = batch.where(row)
        matched = tuple(_match(told, hit.field, hit.value, listed) for hit, listed in hits)
        time, known, host, user = (
            batch.table.column(column)[row].as_py() for column in (TIME, BASIS, HOST, USER)
        )
        basis = None if time is None else basis_of(known)
        yield _finding(rule, where, matched, time=time, basis=basis, host=host, user=user)


def _in_readings(readings: Iterable[Reading], index: Index, told: _Matches) -> Iterator[Finding]:
    """Yield a finding for each indicator that a text names and a list of another evidence has."""
    named = [indicator for reading in readings for indicator in reading.indicators]
    values = pa.array([indicator.value for indicator in named], pa.string())
    for at, row in found_in(values, index):
        indicator, listed = named[at], index.listed(row)
        evidence = indicator.where.evidence
        if listed.where.evidence != evidence and _counted(told, evidence, listed):
            match = _match(told, indicator.kind.value, indicator.value, listed)
            yield _finding(_card(told, listed).id, indicator.where, (match,))


def _of_evidence(files: Iterable[Coverage], index: Index, told: _Matches) -> Iterator[Finding]:
    """Yield a finding for each evidence one of whose own hashes is listed: the file lies here."""
    hashes = sorted(
        (value, kind.value, file.sha256)
        for file in files
        for kind, value in (
            (IndicatorKind.SHA256, file.sha256),
            (IndicatorKind.SHA1, file.sha1),
            (IndicatorKind.MD5, file.md5),
        )
        if value and file.sha256 in told.names
    )
    values = pa.array([value for value, _, _ in hashes], pa.string())
    for at, row in found_in(values, index):
        listed, (value, kind, evidence) = index.listed(row), hashes[at]
        if listed.where.evidence != evidence and _counted(told, evidence, listed):
            match = _match(told, kind, value, listed)
            yield _finding(_card(told, listed).id, Where(evidence, offset=0, length=0), (match,))


def _finding(
    rule: str,
    where: Where,
    matched: tuple[Match, ...],
    *,
    time: datetime | None = None,
    basis: Basis | None = None,
    host: str | None = None,
    user: str | None = None,
) -> Finding:
    id_ = name("F", rule, where, matched)
    return Finding(id_, rule, where, time, host, user, matched, basis=basis)


def _counted(told: _Matches, evidence: str, listed: Listed) -> bool:
    """Count a match; return whether it is kept."""
    key = evidence, listed.where.evidence, listed.kind.value, listed.value
    told.counts[key] += 1
    return told.counts[key] <= MANY


def _match(told: _Matches, field_: str, value: str, listed: Listed) -> Match:
    source = _source(told, listed)
    place = f", line {listed.where.line}" if listed.where.line else ""
    label = f" ({listed.label})" if listed.label and not listed.label.startswith("I-") else ""
    said = f"{listed.kind.value} {listed.value} of {source}{place}{label}"
    return Match(field_, value[:VALUE_LIMIT], said)


def _card(told: _Matches, listed: Listed) -> RuleCard:
    """Return the rule of a list, a kind and a level."""
    source = _source(told, listed)
    key = name("indicator", listed.where.evidence, listed.kind.value, listed.level)
    if key not in told.cards:
        told.cards[key] = RuleCard(
            id=key,
            title=f"Indicator: {listed.kind.value} of {source}",
            level=listed.level,
            status="stable",
            author=source,
            description="A value that the evidence named as author lists stands in this record. "
            "That it is listed says nothing of what was done with it.",
            falsepositives=("addresses change hands; shared hosts and services are listed too",),
        )
    return told.cards[key]


def _source(told: _Matches, listed: Listed) -> str:
    return told.names.get(listed.where.evidence, listed.where.evidence[:12])


def _sum_up(work: Step, index: Index, told: _Matches) -> None:
    for key, card in sorted(told.cards.items()):
        work.add("rule", key, card)
    for (evidence, _, kind, value), count in sorted(told.counts.items()):
        if count > MANY:
            what = f"{kind} {value} matches {count} events; findings for {MANY} of them"
            problem = Problem(what, Where(evidence, offset=0, length=0), LOOK)
            work.add("problem", name("P", problem), problem)
    for evidence, count in sorted(index.held.items()):
        if evidence not in told.lists:
            continue
        what = f"{count} indicators are private, benign or too short, and not looked for"
        problem = Problem(what, Where(evidence, offset=0, length=0), HELD)
        work.add("problem", name("P", problem), problem)


def _inputs(
    segments: Iterable[Segment], readings: Iterable[Reading], evidence: dict[str, str], plan: Plan
) -> str:
    digest = hashlib.sha256()
    for segment in segments:
        digest.update(segment.sha256.encode())
    for reading in readings:
        digest.update(canonical(reading.indicators))
    digest.update(canonical(evidence))
    return f"{__version__}/{plan.all_indicators}/{digest.hexdigest()}"
