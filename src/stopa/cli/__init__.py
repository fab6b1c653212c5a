"""The command line: parse words, make one call, print. No decisions live here."""

from __future__ import annotations

import sys

import click

from stopa.cli.group import cli
from stopa.errors import StopaError

__all__ = ["cli", "main"]

INTERRUPTED = 130  # 128 + SIGINT, as shells count


def main() -> None:
    """Run one command; show an error of ours as two lines and its exit code."""
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except StopaError as error:
        _tell(error.what, error.hint)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        _tell("interrupted", "run the same command again: it goes on where it stopped")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _tell(what: str, hint: str) -> None:
    from stopa.dossier.visible import line as visible  # only on errors: it is not free to import

    click.echo(f"error: {visible(what)}", err=True)
    if hint:
        click.echo(f"  try: {visible(hint)}", err=True)
