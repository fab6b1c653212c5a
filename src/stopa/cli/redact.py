"""`stopa redact`: a version of the dossier for an audience."""

from __future__ import annotations

from pathlib import Path

import click

from stopa.case.export import formats
from stopa.case.redacting import redact
from stopa.cli import options, screen
from stopa.dossier.visible import line as visible
from stopa.dossier.words import count


@click.command("redact")
@options.case
@click.option(
    "--for",
    "audience",
    required=True,
    metavar="TLP",
    help="Whom it is for: tlp:clear, tlp:green, tlp:amber, tlp:amber+strict or tlp:red.",
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where the version goes.",
)
@click.option(
    "--to",
    "names",
    multiple=True,
    type=click.Choice(formats()),
    help="Export it in this format as well; repeatable.",
)
@click.option("--title", default="", help="Another title, where the case's own tells too much.")
@options.as_json
def command(
    case: Path, audience: str, output: Path, names: tuple[str, ...], title: str, as_json: bool
) -> None:
    """Write a version of the dossier of CASE that leaves out what an audience may not see.

    \b
    Examples:
      stopa redact my-case --for tlp:green -o for-the-community
      stopa redact my-case --for tlp:clear -o public --to markdown --to stix

    Everything is read and weighed anew from the evidence whose marking allows it; what is left out
    is listed by its commitment. Title and notice stay as they are.
    """
    made = redact(case, options.tlp_named(audience), output, formats=names, title=title)
    if as_json:
        click.echo(screen.json(made))
        return
    for file in made.files:
        click.echo(visible(file))
    kinds = ", ".join(count(figure, kind) for kind, figure in made.withheld.items())
    click.echo(f"withheld: {kinds or 'nothing'}", err=True)
