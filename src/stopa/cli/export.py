"""`stopa export`: the dossier for the tools that the readers have."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from stopa.case.export import TITLES, export, formats, lost, unread
from stopa.cli import options, screen
from stopa.dossier.consumers import Loss
from stopa.dossier.visible import line as visible
from stopa.dossier.words import clipped

WORST = 4  # properties named for a kind of object
WIDTH = max(map(len, TITLES))
FORMATS = "\n".join(f"  {name:{WIDTH}}  {title}" for name, title in TITLES.items())


@click.command("export", epilog=f"\b\nFormats:\n{FORMATS}")
@options.case
@click.option(
    "--to",
    "names",
    multiple=True,
    required=True,
    type=click.Choice(formats()),
    metavar="FORMAT",
    help="One of the formats listed below; repeatable.",
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
@click.option(
    "--loss",
    is_flag=True,
    help="Run other tools' own readers on the files and show what each keeps and drops.",
)
@options.as_json
def command(case: Path, names: tuple[str, ...], output: Path, loss: bool, as_json: bool) -> None:
    """Write the dossier of CASE in the formats of other tools.

    \b
    Examples:
      stopa export my-case --to markdown --to csv -o handover
      stopa export my-case --to stix --to misp --to csv --loss
      stopa export my-case --to pdf
    """
    written = [str(path) for path in export(case, names, output)]
    reports = lost(names, output) if loss else {}
    if as_json:
        told: object = {"files": written, "loss": reports} if loss else written
        click.echo(screen.json(told))
        return
    click.echo("\n".join(written))
    for name, report in reports.items():
        for one in report:
            _print(name, one)
    for sentence in unread(names) if loss else ():
        click.echo(sentence, err=True)


def _print(name: str, report: Loss) -> None:
    """Print what one reader kept, by kind of object."""
    screen.result().print(
        f"\n{name} read by {report.consumer} {report.version}: "
        f"{report.kept} of {report.written} values kept"
    )
    for complaint in report.complaints:
        screen.result().print(Text(f"  complains: {visible(clipped(complaint))}"))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("object", "written", "kept", "dropped most"):
        table.add_column(heading, justify="right" if heading in ("written", "kept") else "left")
    for kind, of_kind in groupby(report.paths, lambda path: path.path.partition(".")[0]):
        paths = tuple(of_kind)
        worst = sorted(paths, key=lambda path: path.kept - path.written)[:WORST]
        dropped = ", ".join(_short(path.path, kind) for path in worst if path.kept < path.written)
        counts = (sum(path.written for path in paths), sum(path.kept for path in paths))
        table.add_row(Text(visible(kind)), *map(str, counts), Text(visible(dropped)))
    screen.result().print(table)


def _short(path: str, kind: str) -> str:
    return path.removeprefix(f"{kind}.")
