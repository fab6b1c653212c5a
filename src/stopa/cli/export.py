"""`stopa export`: the dossier for the tools that the readers have."""

from __future__ import annotations

from pathlib import Path

import click

from stopa.case.export import export, formats
from stopa.cli import options
from stopa.model.record import canonical


@click.command("export")
@options.case
@click.option(
    "--to",
    "names",
    multiple=True,
    required=True,
    type=click.Choice(formats()),
    help="The format; repeatable.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    show_default="this folder",
    metavar="FOLDER",
    help="Where the files go.",
)
@options.as_json
def command(case: Path, names: tuple[str, ...], output: Path, as_json: bool) -> None:
    """Write the dossier of CASE in the formats of other tools.

    \b
    Examples:
      stopa export my-case --to markdown --to csv -o handover
      stopa export my-case --to stix
    """
    written = [str(path) for path in export(case, names, output)]
    click.echo(canonical(written).decode() if as_json else "\n".join(written))
