"""`stopa verify`: does a case still say what it said."""

from __future__ import annotations

from pathlib import Path

import click

from stopa.case.check import MEANING, verify
from stopa.cli import options
from stopa.cli.progress import progress
from stopa.errors import DONE, UNVERIFIED
from stopa.model.record import canonical


@click.command("verify")
@options.case
@options.as_json
@options.quiet
def command(case: Path, as_json: bool, quiet: bool) -> int:
    """Check CASE: records, event tables, originals and dossier against ledger and checkpoint.

    \b
    Examples:
      stopa verify my-case
      stopa verify my-case --json

    Exit codes: 0 everything holds; 4 something does not.
    """
    with progress(quiet=quiet or as_json) as told:
        checks = verify(case, told)
    if as_json:
        click.echo(canonical({"meaning": MEANING, "checks": checks}).decode())
    else:
        click.echo(MEANING)
        for check in checks:
            click.echo(f"{'holds' if check.holds else 'FAILS'}  {check.what}: {check.detail}")
    return DONE if all(check.holds for check in checks) else UNVERIFIED
