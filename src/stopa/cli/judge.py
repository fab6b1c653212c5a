"""`stopa judge`: an analyst's own judgement, dated and reasoned, beside what was computed."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from stopa.case.judging import Said, judge, judgements
from stopa.cli import clock, options, screen
from stopa.dossier.visible import line as visible
from stopa.model.judgement import Apart, Judged, Judgement, JudgementKind, View

KINDS = {
    "reliability": JudgementKind.RELIABILITY,
    "cell": JudgementKind.CELL,
    "hypothesis": JudgementKind.HYPOTHESIS,
}


@click.command("judge")
@options.case
@click.option("--reliability", metavar="FILE=LETTER", help="How reliable a source is, A to F.")
@click.option("--cell", metavar="O-ID:H2=MARK", help="A cell of the matrix: CC, C, N, I, II, NA.")
@click.option("--hypothesis", metavar="WORDS=TERM", help="An explanation that is missing.")
@click.option("--reason", help="Why. Every judgement has a reason.")
@click.option("--analyst", help="Who judges, by name or role.")
@click.option("--at", metavar="TIME", help="When, ISO 8601. Default: now.")
@options.as_json
def command(
    case: Path,
    reason: str | None,
    analyst: str | None,
    at: str | None,
    as_json: bool,
    **judged: str | None,
) -> None:
    """Record a judgement in CASE, or show what analysts judged and where they part ways.

    \b
    Examples:
      stopa judge my-case
      stopa judge my-case --analyst "J. Novak" --reliability report.pdf=B \\
          --reason "its earlier reports held up"
      stopa judge my-case --analyst "J. Novak" --cell O-1f2e3d4c5b6a:H2=II \\
          --reason "the tool was public by then"
      stopa judge my-case --analyst "J. Novak" --hypothesis "an insider=unlikely" \\
          --reason "the first login came from inside"

    Nothing computed is changed: a judgement stands beside it, in the ledger and in the dossier.
    """
    said = {name: text for name, text in judged.items() if text is not None}
    if not said:
        _show(judgements(case), as_json=as_json)
        return
    if len(said) > 1 or reason is None or analyst is None:
        raise click.UsageError("give one judgement, with --analyst and --reason")
    ((name, text),) = said.items()
    about, equals, value = text.rpartition("=")
    if not equals:
        raise click.UsageError(f"--{name} is written as WHAT=VALUE")
    made = judge(case, Said(KINDS[name], about, value, reason, analyst, at or clock.now()))
    click.echo(screen.json(made) if as_json else f"{made.id} recorded")


def _show(found: Judged | None, *, as_json: bool) -> None:
    if as_json:
        click.echo(screen.json(found))
        return
    if found is None:
        click.echo("nobody has judged anything in this case")
        return
    console = screen.result()
    for lines in (
        [_judgement(one) for one in found.judgements],
        [_view(view) for view in found.views],
        [_apart(one) for one in found.apart],
    ):
        for text in lines:
            console.print(Text(visible(text)), soft_wrap=True)


def _judgement(one: Judgement) -> str:
    column = f" under {one.column}" if one.column else ""
    what = f"{one.kind.value} of {one.subject}{column}"
    return f"{one.at}  {one.analyst}: {what} is {one.value}, because {one.reason} ({one.id})"


def _view(view: View) -> str:
    ranked = ", ".join(view.least[:3])
    return f"least inconsistent for {view.analyst}, who judged {view.own} cells: {ranked}"


def _apart(one: Apart) -> str:
    column = f" under {one.column}" if one.column else ""
    held = ", ".join(f"{who} {value}" for who, value in one.held)
    return f"apart on {one.kind.value} of {one.subject}{column}: {held}"
