"""From evidence to dossier: the stages in order, each done only where it is still to do."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from stopa import __version__, attribution, dossier, knowledge, statements
from stopa.case.assembly import assemble
from stopa.case.attached import by_mail_alone, testimony
from stopa.case.cache import cache_folder
from stopa.case.choice import asked_for
from stopa.case.correspondence import correspondence
from stopa.case.coverage import totals
from stopa.case.detection import correlate_all, detect_all, program
from stopa.case.hand_in import Bytes, Original, check_there, everything, take_in
from stopa.case.intelligence import match_all
from stopa.case.plan import Plan, Progress
from stopa.case.reading import read_all
from stopa.case.recorded import record_run
from stopa.case.wanting import want_all
from stopa.case.watching import looked
from stopa.case.yara import prepared, scan_all, with_yara
from stopa.knowledge import Knowledge
from stopa.model.assessment import Observation
from stopa.model.document import Document
from stopa.model.dossier import Dossier
from stopa.model.evidence import Evidence
from stopa.model.record import canonical, name
from stopa.model.rule import Finding, RuleCard
from stopa.model.statement import Comparison, Reading
from stopa.readers import Handed
from stopa.store import durable
from stopa.store.case_store import CaseStore
from stopa.store.events import Segment

LEVELS = ("critical", "high", "medium", "low", "informational")
PAGE = "index.html"
PUBLISHED = "dossier"  # the last step of every run
DATA = "dossier.json"


@dataclass(frozen=True, slots=True)
class Summary:
    """What an investigation came to, in numbers and one sentence; `page` is the dossier's path."""

    evidence: int
    events: int
    documents: int
    problems: int
    unread: int
    findings: int
    levels: dict[str, int]
    rules_with_findings: int
    rules_loaded: int
    rules_refused: int
    statements: int
    roots: int
    verdict: str
    hypotheses: tuple[tuple[str, str, float], ...]
    page: str


def investigate(
    paths: Sequence[Path],
    folder: Path,
    plan: Plan,
    progress: Progress,
    *,
    wanted: Callable[[Handed], bool] = everything,
) -> Summary:
    """Make or complete the case in `folder` of the evidence under `paths`, and its dossier.

    A run that was killed is completed by the next: finished steps are not done again. `wanted`
    tells which of the files are taken in.
    """
    check_there(paths)
    if plan.reader is not None:
        asked_for(plan.reader)
    rules = program(plan.rules, cache_folder())
    more = prepared(plan.yara)
    with CaseStore(folder) as store:
        tidy(store, progress)
        items = take_up(store, paths, plan, progress, wanted=wanted)
        detect_all(store, rules, progress)
        correlate_all(store, rules, progress)
        scan_all(store, items, more, progress)
        want_all(store, rules, progress)
        known = knowledge.load(cache_folder())
        read_reports(store, known, progress)
        match_all(store, plan, progress)
        judge(store, known, progress)
        seen = looked(store, rules, plan, more)
        made = publish(store, assemble(store, plan, with_yara(rules, more), known, looked=seen))
        durable.remove_unless(store.spool, lambda _: False)
    return summarise(made, folder)


def take_up(
    store: CaseStore,
    paths: Sequence[Path],
    plan: Plan,
    progress: Progress,
    *,
    wanted: Callable[[Handed], bool] = everything,
) -> tuple[Bytes, ...]:
    """Take in and read evidence: what no later run does anew; return what lies where."""
    taken = take_in(store, paths, plan, progress, wanted=wanted)
    record_run(store, plan, taken.ids)
    mail = correspondence(taken.items, plan.own_domains)
    read_all(store, taken.items, replace(plan, mail=mail), progress)
    return taken.items


def tidy(store: CaseStore, progress: Progress) -> None:
    """Say how far a run that was cut short had come, and remove what it left half done."""
    last = store.last_step()
    if last not in (None, PUBLISHED):
        progress.say(f"an earlier run was cut short after {last}; what is missing is done now")
    wanted = {segment.file for segment in store.records("segment", Segment)}
    durable.remove_unless(store.events, wanted.__contains__)
    kept = {original.sha256 for original in store.records("original", Original)}
    durable.remove_unless(store.evidence, kept.__contains__)
    durable.remove_unless(store.dossier, lambda file: not _is_draft(file))
    durable.remove_unless(store.spool, lambda _: False)


def read_reports(store: CaseStore, known: Knowledge, progress: Progress) -> None:
    """Read statements, facts and indicators out of all documents, and compare them."""
    documents = list(store.records("document", Document))
    lures = by_mail_alone(store)
    inputs = f"{__version__}/{known.stamp.sha256}/{_digest(store, 'document')}"
    inputs += name("A", *sorted(lures)) if lures else ""
    progress.stage("reading reports", len(documents))
    if store.is_done("statements", inputs):
        progress.advance(len(documents))
        return
    with store.step("statements", inputs) as work:
        readings = []
        for document in documents:
            readings.append(read_report(document, known, lures))
            progress.advance(1)
        for reading in statements.settled(readings, documents):
            work.add("reading", name("R", reading.document, canonical(reading).decode()), reading)
            for problem in reading.problems:
                work.add("problem", name("P", problem), problem)
        work.add("comparison", "comparison", statements.compare(readings, documents))


def read_report(document: Document, known: Knowledge, lures: Container[str]) -> Reading:
    """Read a report; of a lure only its indicators: what an intruder writes is not a source."""
    reading = statements.read(document, known)
    if document.evidence not in lures:
        return reading
    return replace(reading, statements=(), facts=(), mentions=())


def judge(store: CaseStore, known: Knowledge, progress: Progress) -> None:
    """Gather observations, weigh the hypotheses, record the assessment."""
    kinds = ("finding", "rule", "reading", "comparison", "evidence")
    digests = "/".join(_digest(store, kind) for kind in kinds)
    inputs = f"{__version__}/{known.stamp.sha256}/{digests}"
    progress.stage("weighing explanations", None)
    if store.is_done("assess", inputs):
        return
    readings = tuple(store.records("reading", Reading))
    comparison = next(store.records("comparison", Comparison))
    observations: tuple[Observation, ...] = attribution.observe(
        tuple(store.records("finding", Finding)),
        {card.id: card for card in store.records("rule", RuleCard)},
        testimony(readings, by_mail_alone(store)),
        comparison,
        tuple(store.records("evidence", Evidence)),
        known,
    )
    with store.step("assess", inputs) as work:
        for observation in observations:
            work.add("observation", observation.id, observation)
        assessment = attribution.assess(observations, readings, comparison, known)
        work.add("assessment", "assessment", assessment)


def publish(store: CaseStore, made: Dossier) -> Dossier:
    """Write the dossier's files, then commit to them in the ledger."""
    files = {DATA: dossier.encode(made), PAGE: dossier.page(made).encode()}
    hashes = {file: hashlib.sha256(body).hexdigest() for file, body in files.items()}
    for file, body in files.items():
        durable.write(store.dossier / file, body)
    inputs = canonical(hashes).decode()
    if not store.is_done(PUBLISHED, inputs) or store.last_step() != PUBLISHED:
        with store.step(PUBLISHED, inputs) as work:
            for file, sha256 in sorted(hashes.items()):
                work.add("file", file, {"file": file, "sha256": sha256})
    return made


def summarise(made: Dossier, folder: Path) -> Summary:
    """Count what the dossier holds."""
    counts = totals(made.coverage)
    return Summary(
        evidence=len(made.evidence),
        events=counts["events"],
        documents=counts["documents"],
        problems=counts["problems"],
        unread=counts["unread"],
        findings=len(made.findings),
        levels=_by_level(made),
        rules_with_findings=len(made.rules),
        rules_loaded=made.rules_loaded,
        rules_refused=len(made.refusals),
        statements=sum(len(reading.statements) for reading in made.readings),
        roots=len(made.comparison.roots),
        verdict=made.assessment.verdict,
        hypotheses=tuple(
            (h.label, h.likelihood.term, h.posterior) for h in made.assessment.hypotheses[:4]
        ),
        page=str(folder / "dossier" / PAGE),
    )


def _by_level(made: Dossier) -> dict[str, int]:
    """Count findings by the level of their rule, gravest first."""
    level = {card.id: card.level for card in made.rules}
    counts = Counter(level[finding.rule] for finding in made.findings)
    return {name: counts[name] for name in LEVELS if counts[name]}


def _digest(store: CaseStore, kind: str) -> str:
    digest = hashlib.sha256()
    for body in store.bodies(kind):
        digest.update(body + b"\n")
    return digest.hexdigest()


def _is_draft(file: str) -> bool:
    return file.endswith(durable.UNFINISHED)
