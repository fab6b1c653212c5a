"""`stopa attribute`: rival explanations, how strongly each fits, and why."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click
from rich.text import Text

from stopa.attribution import summary
from stopa.case.weighing import Weighed, ranked, weighed
from stopa.cli import options, screen
from stopa.dossier.visible import line as visible
from stopa.model.assessment import (
    Assessment,
    ClaimedAttribution,
    EarlierIncident,
    Hypothesis,
    Observation,
    ObservationKind,
    Placement,
    Scale,
    Sensitivity,
    Weight,
)

BAR = 16  # characters that stand for certainty
REASONS = 3  # of each side, strongest first
HEAD = f"{'':3} {'':{BAR}} after before   ratio"


@click.command("attribute")
@click.argument("target", required=False, type=click.Path(path_type=Path), metavar="[CASE|FILE]")
@click.option("--techniques", metavar="IDS", default="", help="ATT&CK ids, separated by commas.")
@click.option("--software", metavar="IDS", default="", help="ATT&CK ids or names, by commas.")
@options.as_json
def command(target: Path | None, techniques: str, software: str, as_json: bool) -> None:
    """Show the assessment of CASE, or weigh observations of a FILE or bare ATT&CK ids.

    Each explanation has its probability after the evidence and before it, and the likelihood ratio
    between the two: what the evidence did. What others claim stands apart and weighs nothing.

    \b
    Examples:
      stopa attribute my-case
      stopa attribute --techniques T1566.002,T1071.001 --software S0154
      stopa attribute my-case --json
    """
    asked = _split(techniques), _split(software)
    if (target is None) == (not any(asked)):
        raise click.UsageError("name a case or file, or give --techniques or --software")
    found = weighed(target) if target else ranked(*asked)
    if as_json:
        click.echo(screen.json(found))
        return
    console = screen.result()
    for text in _lines(found):
        console.print(Text(visible(text)), soft_wrap=True)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _lines(found: Weighed) -> Iterator[str]:
    labels = {one.id: _label(one) for one in found.observations}
    yield HEAD
    for hypothesis in found.assessment.hypotheses:
        yield from _hypothesis(hypothesis, labels)
    sentences = summary(found.assessment)
    yield from ("", *sentences[: len(sentences) - len(found.assessment.hypotheses)])
    for heading, lines in _context(found.assessment, labels):
        yield from ("", heading, *lines) if lines else ()
    yield from ("", f"weighed with {found.assessment.knowledge}")


def _label(observation: Observation) -> str:
    """Return what was observed; of techniques and software with the id: several have one name."""
    technical = observation.kind in (ObservationKind.TECHNIQUE, ObservationKind.SOFTWARE)
    named = technical and observation.value != observation.label
    return f"{observation.value} {observation.label}" if named else observation.label


def _context(assessment: Assessment, labels: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield how deep and firm this is, what others say and do by scale, and what came before."""
    yield "how far this goes", list(_steps(assessment))
    if assessment.sensitivity:
        yield "what would change it", list(_sensitivity(assessment.sensitivity, labels))
    claimed = [line for claim in assessment.claims for line in _claim(claim)]
    yield "claims of others, which weigh nothing here", claimed
    for scale in Scale:
        yield scale.value, list(_places(p for p in assessment.placements if p.scale is scale))
    yield "earlier incidents", [_earlier(incident) for incident in assessment.earlier]


def _steps(assessment: Assessment) -> Iterator[str]:
    """Yield how deep it may be said who it was, and each step of promotion with what it lacks."""
    reached = [one.name for one in assessment.depth if one.met]
    yield f"  depth of cluster, group, organ, state: {', '.join(reached) or 'none of them'}"
    for step in assessment.promotions:
        lacks = ", ".join(one.name for one in step.criteria if not one.met)
        yield f"  {step.step}: {'met' if step.met else f'not met, for want of {lacks}'}"


def _sensitivity(found: Sensitivity, labels: dict[str, str]) -> Iterator[str]:
    if found.smallest:
        without = ", ".join(labels.get(one, one) for one in found.smallest)
        yield f"  another would come first without {without}"
    yield from (f"  would settle it: {one}" for one in found.settling)


def _claim(claim: ClaimedAttribution) -> Iterator[str]:
    yield f"  {claim.actor}" + (f", for {claim.sponsor}" if claim.sponsor else "")
    parties = (
        ("claimed by", claim.claimed_by),
        ("endorsed by", claim.endorsed_by),
        ("denied by", claim.denied_by),
    )
    for word, names in parties:
        yield f"    {word:12} {', '.join(names) or 'nobody'}"
    if claim.supported_by:
        yield f"    supported by, without blame: {', '.join(claim.supported_by)}"
    basis = f"{claim.published_basis} indicators and techniques published with it"
    yield (
        f"    {'rests on':12} documents {claim.documents}, source roots {claim.roots or 'untold'}, "
        f"{basis if claim.published_basis else 'no published technical basis'}"
    )


def _places(found: Iterator[Placement]) -> Iterator[str]:
    """Yield each place on a scale once, with all whom the words place there."""
    for (first, last), here in groupby(found, key=lambda p: (p.place, p.until)):
        said: dict[tuple[str, str], list[str]] = {}
        for one in here:
            said.setdefault((one.by, one.cue), []).append(one.statement)
        yield f"  {first if first == last else f'{first} to {last}'}"
        yield from (f"    {by}: “{cue}” ({', '.join(ids)})" for (by, cue), ids in said.items())


def _earlier(incident: EarlierIncident) -> str:
    when = incident.when.edtf if incident.when else "no date"
    of = f", {incident.of}" if incident.of else ""
    return f"  {when}: {incident.what}{of} ({incident.source}, {incident.basis})"


def _hypothesis(hypothesis: Hypothesis, labels: dict[str, str]) -> Iterator[str]:
    filled = round(hypothesis.posterior * BAR)
    bar = "█" * filled + "·" * (BAR - filled)
    yield (
        f"{hypothesis.id:3} {bar} {_share(hypothesis.posterior)} {_share(hypothesis.prior):>6}"
        f" {_ratio(hypothesis):>7}  {hypothesis.likelihood.term:20} {hypothesis.label}"
    )
    for sign, weights in (("+", hypothesis.speaks_for), ("-", hypothesis.speaks_against)):
        for weight in weights[:REASONS]:
            yield f"      {sign} {_reason(weight, labels)}"


def _reason(weight: Weight, labels: dict[str, str]) -> str:
    label = labels.get(weight.observation, weight.observation)
    return f"{label}: {weight.reason} ({_times(math.exp(weight.log_ratio))})"


def _share(probability: float) -> str:
    return f"{probability:5.1%}"


def _ratio(hypothesis: Hypothesis) -> str:
    return "-" if hypothesis.ratio is None else _times(hypothesis.ratio)


def _times(ratio: float) -> str:
    return f"×{ratio:.3g}"
