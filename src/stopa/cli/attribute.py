"""`stopa attribute`: rival explanations, how strongly each fits, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from rich.text import Text

from stopa.attribution import summary
from stopa.case.weighing import Weighed, ranked, weighed
from stopa.cli import options, screen
from stopa.dossier.visible import line as visible
from stopa.model.assessment import (
    Assessment,
    EarlierIncident,
    Hypothesis,
    Placement,
    Scale,
)

BAR = 24  # characters that stand for certainty
REASONS = 3  # of each side, strongest first


@click.command("attribute")
@click.argument("target", required=False, type=click.Path(path_type=Path), metavar="[CASE|FILE]")
@click.option("--techniques", metavar="IDS", default="", help="ATT&CK ids, separated by commas.")
@click.option("--software", metavar="IDS", default="", help="ATT&CK ids or names, by commas.")
@options.as_json
def command(target: Path | None, techniques: str, software: str, as_json: bool) -> None:
    """Show the assessment of CASE, or weigh observations of a FILE or bare ATT&CK ids.

    \b
    Examples:
      stopa attribute my-case
      stopa attribute --techniques T1566.002,T1071.001 --software S0154
      stopa attribute my-case --json
    """
    if (target is None) == (not techniques and not software):
        raise click.UsageError("name a case or file, or give --techniques or --software")
    found = weighed(target) if target else ranked(_split(techniques), _split(software))
    if as_json:
        click.echo(screen.json(found))
        return
    console = screen.result()
    for text in _lines(found):
        console.print(Text(visible(text)), soft_wrap=True)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _lines(found: Weighed) -> Iterator[str]:
    labels = {observation.id: observation.label for observation in found.observations}
    for hypothesis in found.assessment.hypotheses:
        yield from _hypothesis(hypothesis, labels)
    sentences = summary(found.assessment)
    yield from sentences[: len(sentences) - len(found.assessment.hypotheses)]
    for heading, lines in _context(found.assessment):
        yield from ("", heading, *lines) if lines else ()


def _context(assessment: Assessment) -> Iterator[tuple[str, list[str]]]:
    """Yield what parties say and do by scale, and what came before, each as somebody's word."""
    for scale in Scale:
        here = [placed for placed in assessment.placements if placed.scale is scale]
        yield scale.value, [_placement(placed) for placed in here]
    yield "earlier incidents", [_earlier(incident) for incident in assessment.earlier]


def _placement(placed: Placement) -> str:
    rungs = placed.place if placed.place == placed.until else f"{placed.place} to {placed.until}"
    return f"  {rungs}: {placed.by}, by the words “{placed.cue}” ({placed.statement})"


def _earlier(incident: EarlierIncident) -> str:
    when = incident.when.edtf if incident.when else "no date"
    of = f", {incident.of}" if incident.of else ""
    return f"  {when}: {incident.what}{of} ({incident.source}, {incident.basis})"


def _hypothesis(hypothesis: Hypothesis, labels: dict[str, str]) -> Iterator[str]:
    filled = round(hypothesis.posterior * BAR)
    bar = "█" * filled + "·" * (BAR - filled)
    term, share = hypothesis.likelihood.term, f"{hypothesis.posterior:4.0%}"
    yield f"{hypothesis.id:3} {bar} {share}  {term:20} {hypothesis.label}"
    for sign, weights in (("+", hypothesis.speaks_for), ("-", hypothesis.speaks_against)):
        for weight in weights[:REASONS]:
            yield f"      {sign} {labels.get(weight.observation, '')}: {weight.reason}"
