"""`stopa read`: who says what about whom, report by report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from rich.text import Text

from stopa.case.extractor import Extractor
from stopa.case.plan import Plan
from stopa.case.reports import (
    TABLES,
    Report,
    Reports,
    ask_extractor,
    page,
    read_reports,
    score_form,
    table,
)
from stopa.cli import options, screen
from stopa.cli.progress import progress
from stopa.dossier.visible import line as visible
from stopa.errors import DONE, UNREAD, InputError
from stopa.model.statement import Comparison, Incident, Loaded, Statement
from stopa.sharing.endpoint import endpoint
from stopa.statements import Extracted
from stopa.store import durable

LOADED = 8  # loaded words of one report that are printed


@click.command("read")
@options.evidence
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "score", *TABLES]),
    default="table",
    show_default=True,
    help="`score` is the form of the reading measure, `eurepoc` the incident in EuRepoC's "
    "variables, `statements-csv` has PLOVER's codes.",
)
@click.option(
    "--html",
    "html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write the reports side by side as one HTML file.",
)
@click.option(
    "--extractor",
    metavar="URL",
    help="Send the texts to this OpenAI-compatible endpoint and show what it finds beside the "
    "rules. Without this option nothing leaves the machine.",
)
@click.option("--model", metavar="NAME", help="The extractor's model.")
@click.option(
    "--key-from",
    metavar="VARIABLE",
    help="The environment variable that holds the extractor's key.",
)
@options.as_json
@options.quiet
def command(
    evidence: tuple[Path, ...],
    form: str,
    html: Path | None,
    extractor: str | None,
    model: str | None,
    key_from: str | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Read reports: statements with speaker, act, target and the exact quotations.

    \b
    Examples:
      stopa read reports/
      stopa read statement.pdf article.html --json
      stopa read reports/ --html reports.html
      stopa read reports/ --format eurepoc-csv > incident.csv

    Exit codes: 0 done; 2 usage; 3 done, but something could not be read.
    """
    with progress(quiet=quiet) as told:
        asked = _extractor(extractor, model, key_from)
        found = read_reports(evidence, Plan(), told)
        if asked is not None:
            told.stage("asking the extractor", None)
            found = ask_extractor(found, asked)
    if html is not None:
        durable.write(html, page(found).encode())
    if form in TABLES:
        click.echo(table(found, form), nl=False)
    elif form == "score":
        click.echo(screen.json(score_form(found)))
    elif form == "json" or as_json:
        click.echo(screen.json(_plain(found)))
    else:
        console = screen.result()
        for line in _lines(found):
            console.print(Text(visible(line)), soft_wrap=True)
    return UNREAD if found.problems else DONE


def _extractor(url: str | None, model: str | None, key_from: str | None) -> Extractor | None:
    if url is None:
        if model or key_from:
            raise InputError("no extractor is named", hint="add --extractor URL")
        return None
    if model is None:
        raise InputError("the extractor's model is not named", hint="add --model NAME")
    return Extractor(endpoint(url, key_from), model)


def _plain(found: Reports) -> dict[str, object]:
    """Leave the texts themselves out: the reader has them."""
    reports = [{"name": report.name, "reading": report.reading} for report in found.reports]
    told = {"reports": reports, "comparison": found.comparison, "problems": found.problems}
    return {**told, "extracted": found.extracted} if found.extracted else told


def _lines(found: Reports) -> Iterator[str]:
    names = {report.document.evidence: report.name for report in found.reports}
    for report in found.reports:
        yield from _report(report)
    comparison = found.comparison
    yield f"{len(found.reports)} reports, {len(comparison.roots)} source roots"
    for incident in comparison.incidents:
        yield from _incident(incident, names)
        yield from _shared(comparison, set(incident.documents))
    for extracted in found.extracted:
        yield from _beside(extracted, names)
    for problem in found.problems:
        name = names.get(problem.where.evidence) or problem.where.part or "evidence"
        yield f"not read: {name}: {problem.what} (try: {problem.hint})"


def _beside(found: Extracted, names: dict[str, str]) -> Iterator[str]:
    """Yield how an extractor's word compares with the rules'."""
    refused = ", ".join(f"{count} {why}" for why, count in found.refused) or "none refused"
    yield f"extractor {found.model} on {names.get(found.document, found.document[:12])}: {refused}"
    yield f"  {len(found.both)} as the rules, {len(found.rules_only)} by the rules alone"
    alone = set(found.model_only)
    for statement in found.statements:
        if statement.id in alone:
            yield f"  only the extractor: {_words(statement)}"


def _incident(incident: Incident, names: dict[str, str]) -> Iterator[str]:
    yield f"incident {incident.id}: {incident.label} ({len(incident.documents)} reports)"
    yield f"  told by {', '.join(names.get(d, d[:12]) for d in incident.documents)}"
    for ground in incident.grounds:
        yield f"  {ground}"


def _shared(comparison: Comparison, documents: set[str]) -> Iterator[str]:
    """Yield the roots and disagreements of one incident."""
    for root in comparison.roots:
        if set(root.documents) <= documents:
            carried = f"({len(root.documents)} reports)"
            yield f"  {root.act.value:9} {root.speaker}: {root.label} {carried}"
    for item in comparison.disagreements:
        if {position.document for position in item.positions} <= documents:
            yield f"  they disagree on {item.slot} ({item.severity.value}): {item.type}"
            for position in item.positions:
                yield f"    {position.value}: {' '.join(position.sentence.split())[:160]}"


def _report(report: Report) -> Iterator[str]:
    masthead = report.reading.masthead
    date = masthead.date.edtf if masthead.date else "no date"
    yield f"{report.name}  {masthead.outlet or 'outlet not stated'}, {date}"
    for label in report.reading.labels:
        role = "source" if label.role == "upstream" else "outlet"
        yield f"  {role} {label.name}: {label.label} ({label.by}, {label.act}, {label.date})"
    for stated in report.document.stated or ():
        yield f"  the file says {stated.name}: {stated.value} ({stated.where.part})"
    if report.reading.loaded:
        yield f"  loaded words: {', '.join(map(_loaded, report.reading.loaded[:LOADED]))}"
    for statement in report.reading.statements:
        yield f"  {_words(statement)}"


def _loaded(word: Loaded) -> str:
    quoted = f", {word.quoted} quoted" if word.quoted else ""
    return f"{word.word} {word.own}{quoted}"


def _words(statement: Statement) -> str:
    speaker = statement.speaker.name if statement.speaker else "?"
    target = f" -> {statement.target.name}" if statement.target else ""
    no = "not " if statement.negated else ""
    quoted = " ".join(f"“{quotation.text}”" for quotation in statement.quotations)
    return f"{no}{statement.act.value:9} {speaker}{target}  {quoted[:120]}"
