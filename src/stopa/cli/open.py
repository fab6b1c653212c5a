"""`stopa open`: the page of a case in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from stopa.case.published import page_of
from stopa.cli import options
from stopa.dossier.visible import line as visible


@click.command("open")
@options.case
@click.option("--print", "only_print", is_flag=True, help="Print the page's path, open nothing.")
def command(case: Path, only_print: bool) -> None:
    """Open the page of CASE in the default browser, from disk.

    \b
    Examples:
      stopa open my-case
      stopa open my-case --print

    Where there is no browser the path is printed.
    """
    page = page_of(case).absolute()
    if only_print or not webbrowser.open(page.as_uri()):
        click.echo(visible(str(page)))
