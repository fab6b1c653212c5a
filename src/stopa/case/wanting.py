"""Which fields the rules ask of each log and do not get, so that silence is not taken for absence.

Why: a rule on `Hashes` cannot match a log that has none, and says nothing about it. The rules know
what they ask of each kind of event, the stored tables know what there is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pyarrow.parquet as pq

from stopa.case.plan import Progress
from stopa.case.portion import Asked
from stopa.detect import Program
from stopa.model.event import CHANNEL, EVENT_ID, PROVIDER
from stopa.model.log_order import Unmet
from stopa.model.record import name
from stopa.readers import Kind
from stopa.store.case_store import CaseStore
from stopa.store.events import Segment

UNMET = "unmet"  # both the step and the kind of its records
KEYED = [PROVIDER, CHANNEL, EVENT_ID]


@dataclass(frozen=True, slots=True)
class Wanting:
    """What rules asked of the events of one piece of evidence in vain, log by log."""

    evidence: str
    unmet: tuple[Unmet, ...]


def want_all(store: CaseStore, rules: Program, progress: Progress) -> None:
    """Record for each evidence what fields are wanted of it and are in none of its events."""
    segments = list(store.records("segment", Segment))
    inputs = f"{rules.sha256}/{name('S', *(segment.sha256 for segment in segments))}"
    if store.is_done(UNMET, inputs):
        return
    progress.stage("looking for fields that rules want", len(segments))
    asked = Asked(rules)
    with store.step(UNMET, inputs) as work:
        for sha256, its_own in groupby(segments, lambda segment: segment.evidence):
            mine = list(its_own)
            if unmet := tuple(_unmet(store.events, mine, asked)):
                work.add(UNMET, name("U", sha256), Wanting(sha256, unmet))
            progress.advance(len(mine))


def _unmet(folder: Path, segments: Sequence[Segment], asked: Asked) -> Iterator[Unmet]:
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    present: defaultdict[str, set[str]] = defaultdict(set)
    events: Counter[str] = Counter()
    for segment in segments:
        columns, kinds = _kinds(folder, segment)
        for kind, rows in kinds:
            log = " ".join(filter(None, (str(kind.log), kind.channel)))
            wanted[log] |= asked.fields(kind)
            present[log] |= columns
            events[log] += rows
    for log in sorted(wanted):
        if missing := wanted[log] - present[log]:
            yield Unmet(log, events[log], tuple(sorted(missing)))


def _kinds(folder: Path, segment: Segment) -> tuple[set[str], list[tuple[Kind, int]]]:
    """Return the columns of a segment, and its kinds of event with how many there are of each."""
    with pq.ParquetFile(folder / segment.file) as file:
        columns = set(file.schema_arrow.names)
        if segment.kind is not None:
            return columns, [(Kind(segment.source, *segment.kind), segment.rows)]
        keys = file.read(columns=KEYED)
        counted = Counter(zip(*(keys.column(key).to_pylist() for key in KEYED), strict=True))
    return columns, [(Kind(segment.source, *key), rows) for key, rows in counted.items()]
