"""Read reports without making a case: statements, facts, indicators, roots, disagreements."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from stopa import __version__, knowledge, statements
from stopa.case.cache import cache_folder
from stopa.case.choice import choose, found_in
from stopa.case.extractor import Extractor, extract
from stopa.case.hand_in import bytes_of
from stopa.case.plan import Plan, Progress
from stopa.dossier.exports import eurepoc, statements_csv
from stopa.dossier.reports_page import reports_page
from stopa.errors import InputError
from stopa.model.actor import Stamp
from stopa.model.assessment import Assessment, Confidence, ConfidenceLevel
from stopa.model.document import Document
from stopa.model.dossier import Dossier, Made
from stopa.model.evidence import Evidence, Problem
from stopa.model.statement import Comparison, Reading
from stopa.readers import hand_in
from stopa.statements import Extracted

TABLES = {
    "eurepoc": eurepoc.records_json,
    "eurepoc-csv": eurepoc.records_csv,
    "statements-csv": statements_csv.table,
}


@dataclass(frozen=True, slots=True)
class Report:
    """One report: the name it was handed in by, its text, and what was read out of it."""

    name: str
    document: Document
    reading: Reading


@dataclass(frozen=True, slots=True)
class Reports:
    """Reports in the order of their names, and what only all of them together show."""

    reports: tuple[Report, ...]
    comparison: Comparison
    problems: tuple[Problem, ...]
    knowledge: Stamp
    extracted: tuple[Extracted, ...] = ()


def read_reports(paths: Sequence[Path], plan: Plan, progress: Progress) -> Reports:
    """Read all documents under the paths; events in them are left aside."""
    known = knowledge.load(cache_folder())
    progress.stage("reading reports", None)
    reports: list[Report] = []
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory(prefix="stopa-") as spool:
        for path in paths:
            if not path.exists():
                raise InputError(f"{path} is not there", hint="check the path")
            for name, found in _documents(path, Path(spool), plan):
                if isinstance(found, Problem):
                    problems.append(found)
                else:
                    reports.append(Report(name, found, statements.read(found, known)))
                progress.advance(1)
    problems += (problem for report in reports for problem in report.reading.problems)
    reports.sort(key=lambda report: (report.name, report.document.evidence))
    readings, documents = [r.reading for r in reports], [r.document for r in reports]
    comparison = statements.compare(readings, documents)
    settled = statements.settled(readings, documents)
    told = (replace(report, reading=r) for report, r in zip(reports, settled, strict=True))
    return Reports(tuple(told), comparison, tuple(problems), known.stamp)


def ask_extractor(read: Reports, extractor: Extractor) -> Reports:
    """Add what an extractor says it found; the rules' own reading stays as it is."""
    asked = list(extract([(r.document, r.reading) for r in read.reports], extractor))
    found = tuple(one for one in asked if isinstance(one, Extracted))
    problems = tuple(one for one in asked if isinstance(one, Problem))
    return replace(read, extracted=found, problems=(*read.problems, *problems))


def score_form(read: Reports) -> dict[str, object]:
    """Return the reports in the form that the reading measure scores."""
    names = {report.document.evidence: PurePosixPath(report.name).stem for report in read.reports}
    return statements.score_form([r.reading for r in read.reports], read.comparison, names)


def table(read: Reports, form: str) -> bytes:
    """Return the reports in one of the forms of `TABLES`, for other people's tables."""
    names = {report.document.evidence: report.name for report in read.reports}
    readings = [report.reading for report in read.reports]
    return TABLES[form](readings, read.comparison, lambda sha256: names.get(sha256, sha256[:12]))


def page(read: Reports) -> str:
    """Return the reports side by side, as one HTML file."""
    evidence = {r.document.evidence: _evidence(r) for r in read.reports}
    unweighed = Assessment("", None, Confidence(ConfidenceLevel.LOW, ()), (), (), (), "")
    dossier = Dossier(
        title=f"Who says what: {len(read.reports)} reports",
        tlp=Plan().tlp,
        made=Made(__version__, Stamp("no rules", "", ""), read.knowledge),
        evidence=tuple(evidence.values()),
        coverage=(),
        rules=(),
        rules_loaded=0,
        refusals=(),
        findings=(),
        excerpts=(),
        activity=(),
        readings=tuple(report.reading for report in read.reports),
        comparison=read.comparison,
        observations=(),
        assessment=unweighed,
        techniques=(),
        actors=(),
    )
    return reports_page(dossier)


def _evidence(report: Report) -> Evidence:
    size = sum(piece.length or 0 for piece in report.document.pieces)
    return Evidence(report.document.evidence, report.name, size)


def _documents(path: Path, spool: Path, plan: Plan) -> Iterator[tuple[str, Document | Problem]]:
    for item in hand_in([path], spool=spool):
        if isinstance(item, Problem):
            yield item.where.part or "", item
            continue
        content = bytes_of(item)
        for found in found_in(content, choose(content, plan), plan, fields=frozenset()):
            if isinstance(found, Document | Problem):
                yield item.name, found
