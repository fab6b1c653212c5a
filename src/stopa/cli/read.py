"""`stopa read`: who says what about whom, report by report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from rich.text import Text

from stopa.case.plan import Plan
from stopa.case.reports import Report, Reports, read_reports, score_form
from stopa.cli import options, screen
from stopa.cli.progress import progress
from stopa.dossier.visible import line as visible
from stopa.errors import DONE, UNREAD
from stopa.model.record import canonical
from stopa.model.statement import Statement


@click.command("read")
@options.evidence
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "score"]),
    default="table",
    show_default=True,
    help="`score` is the form of the reading measure.",
)
@options.as_json
@options.quiet
def command(evidence: tuple[Path, ...], form: str, as_json: bool, quiet: bool) -> int:
    """Read reports: statements with speaker, act, target and the exact quotations.

    \b
    Examples:
      stopa read reports/
      stopa read statement.pdf article.html --json

    Exit codes: 0 done; 2 usage; 3 done, but something could not be read.
    """
    with progress(quiet=quiet) as told:
        found = read_reports(evidence, Plan(), told)
    if form == "score":
        click.echo(canonical(score_form(found)).decode())
    elif form == "json" or as_json:
        click.echo(canonical(_plain(found)).decode())
    else:
        console = screen.result()
        for line in _lines(found):
            console.print(Text(visible(line)), soft_wrap=True)
    return UNREAD if found.problems else DONE


def _plain(found: Reports) -> dict[str, object]:
    """Leave the texts themselves out: the reader has them."""
    reports = [{"name": report.name, "reading": report.reading} for report in found.reports]
    return {"reports": reports, "comparison": found.comparison, "problems": found.problems}


def _lines(found: Reports) -> Iterator[str]:
    for report in found.reports:
        yield from _report(report)
    roots = found.comparison.roots
    yield f"{len(found.reports)} reports, {len(roots)} source roots"
    for root in roots:
        yield f"  {root.act.value:9} {root.speaker}: {root.label} ({len(root.documents)} reports)"
    for item in found.comparison.disagreements:
        yield f"they disagree on {item.slot} ({item.severity.value}): {item.type}"
        for position in item.positions:
            yield f"    {position.value}: {' '.join(position.sentence.split())[:160]}"
    names = {report.document.evidence: report.name for report in found.reports}
    for problem in found.problems:
        name = names.get(problem.where.evidence) or problem.where.part or "evidence"
        yield f"not read: {name}: {problem.what} (try: {problem.hint})"


def _report(report: Report) -> Iterator[str]:
    masthead = report.reading.masthead
    date = masthead.date.edtf if masthead.date else "no date"
    yield f"{report.name}  {masthead.outlet or 'outlet not stated'}, {date}"
    for statement in report.reading.statements:
        yield f"  {_words(statement)}"


def _words(statement: Statement) -> str:
    speaker = statement.speaker.name if statement.speaker else "?"
    target = f" -> {statement.target.name}" if statement.target else ""
    no = "not " if statement.negated else ""
    quoted = " ".join(f"“{quotation.text}”" for quotation in statement.quotations)
    return f"{no}{statement.act.value:9} {speaker}{target}  {quoted[:120]}"
