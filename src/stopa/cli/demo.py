"""`stopa demo`: the exercise case, from evidence to dossier."""

from __future__ import annotations

from pathlib import Path

import click

from stopa.case.exercise import demo
from stopa.cli import options
from stopa.cli.progress import progress
from stopa.cli.summary import show


@click.command("demo")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("demo-case"),
    show_default=True,
    metavar="CASE",
    help="The case folder.",
)
@options.as_json
@options.quiet
def command(folder: Path, as_json: bool, quiet: bool) -> int:
    """Investigate the exercise that comes with stopa: a fictional ministry, three trails.

    \b
    Examples:
      stopa demo
      stopa demo -o /tmp/exercise
    """
    with progress(quiet=quiet or as_json) as told:
        summary = demo(folder, told)
    return show(summary, as_json=as_json, quiet=quiet, fail_on=None)
