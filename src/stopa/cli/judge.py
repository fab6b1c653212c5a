"""`stopa judge`: an analyst's own judgement, dated and reasoned, beside what was computed."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from stopa.case.judging import Said, judge, judgements, named
from stopa.cli import clock, options, screen
from stopa.dossier.opinions import Dispute, Opinion, Opinions, Standing
from stopa.dossier.visible import line as visible
from stopa.dossier.words import count
from stopa.model.judgement import JudgementKind

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
        if as_json:
            click.echo(screen.json(judgements(case)))
        else:
            _show(named(case))
        return
    if len(said) > 1 or reason is None or analyst is None:
        raise click.UsageError("give one judgement, with --analyst and --reason")
    ((name, text),) = said.items()
    about, equals, value = text.rpartition("=")
    if not equals:
        raise click.UsageError(f"--{name} is written as WHAT=VALUE")
    made = judge(case, Said(KINDS[name], about, value, reason, analyst, at or clock.now()))
    click.echo(screen.json(made) if as_json else f"{made.id} recorded")


def _show(found: Opinions | None) -> None:
    if found is None:
        click.echo("nobody has judged anything in this case")
        return
    console = screen.result()
    for lines in (
        [_opinion(one) for one in found.opinions],
        [_standing(one, found.columns) for one in found.standings if one.own is not None],
        [_dispute(one, found.who) for one in found.disputes],
    ):
        for text in lines:
            console.print(Text(visible(text)), soft_wrap=True)


def _opinion(one: Opinion) -> str:
    said = f"{one.subject.label}: {one.about}: {one.value}, because {one.reason}"
    return f"{one.at}  {one.analyst} on {said} ({one.id})"


def _standing(one: Standing, columns: tuple[str, ...]) -> str:
    judged = count(one.own or 0, "cell")
    ranked = sorted((sum_.rank, column) for sum_, column in zip(one.sums, columns, strict=True))
    least = ", ".join(column for rank, column in ranked if rank)
    return f"least inconsistent for {one.who}, who judged {judged}: {least}"


def _dispute(one: Dispute, who: tuple[str, ...]) -> str:
    held = ", ".join(f"{name} {value}" for name, value in zip(who, one.held, strict=True) if value)
    return f"apart on {one.subject.label}: {one.about}: {held}"
