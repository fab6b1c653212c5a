"""Run the rules over the events of the case, and quote the records that they match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from stopa import detect
from stopa.case.hand_in import Bytes
from stopa.case.plan import STARTER, Progress
from stopa.detect import Program
from stopa.model.dossier import Excerpt
from stopa.model.event import EventBatch
from stopa.model.record import canonical, name
from stopa.model.rule import Finding
from stopa.store import events
from stopa.store.case_store import CaseStore, Step
from stopa.store.events import Segment

EXCERPTS = 25  # records quoted for one rule in one piece of evidence; the others are cited
EXCERPT_BYTES = 4096


def program(rules: Sequence[Path], cache: Path | None) -> Program:
    """Compile the rules named by the analyst; `starter` means those that come with stopa."""
    paths = [detect.starter_rules() if path == STARTER else path for path in rules]
    return detect.prepare(paths, cache=cache)


def detect_all(
    store: CaseStore, items: Sequence[Bytes], rules: Program, progress: Progress
) -> None:
    """Run the rules over every evidence that has not been searched with just these rules."""
    segments = list(store.records("segment", Segment))
    bytes_of = {item.sha256: item for item in items}
    progress.stage("detecting", sum(segment.rows for segment in segments))
    for sha256 in sorted({segment.evidence for segment in segments}):
        mine = [segment for segment in segments if segment.evidence == sha256]
        inputs = f"{rules.sha256}/{name('S', *(segment.sha256 for segment in mine))}"
        if not store.is_done(f"detect:{sha256}", inputs):
            with store.step(f"detect:{sha256}", inputs) as work:
                _detect(store, work, mine, bytes_of.get(sha256), rules)
        progress.advance(sum(segment.rows for segment in mine))


def batches(store: CaseStore, segments: Sequence[Segment], rules: Program) -> Iterator[EventBatch]:
    """Yield the stored events with just the fields that the rules want."""
    fields = None if rules.wants_all else rules.fields
    for segment in segments:
        yield from events.read(store.events, segment, fields)


def _detect(
    store: CaseStore,
    work: Step,
    segments: Sequence[Segment],
    item: Bytes | None,
    rules: Program,
) -> None:
    quoted: Counter[str] = Counter()
    for batch in batches(store, segments, rules):
        for finding in rules.findings(batch):
            work.add("finding", finding.id, finding)
            if not quoted[finding.rule]:
                work.add("rule", finding.rule, rules.cards[finding.rule])
            quoted[finding.rule] += 1
            if quoted[finding.rule] <= EXCERPTS:
                excerpt = _quote(finding, item)
                work.add("excerpt", name("X", finding.where), excerpt)


def _quote(finding: Finding, item: Bytes | None) -> Excerpt:
    where = finding.where
    if item is None or where.offset is None or where.length is None or where.line is None:
        return Excerpt(where, _fields(finding))
    with item.path.open("rb") as file:
        file.seek(where.offset)
        raw = file.read(min(where.length, EXCERPT_BYTES))
    return Excerpt(where, raw.decode("utf-8", "backslashreplace"), cut=len(raw) < where.length)


def _fields(finding: Finding) -> str:
    """Binary records have no text of their own: quote the fields that matched."""
    return canonical({match.field: match.value for match in finding.matched}).decode()
