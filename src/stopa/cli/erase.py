"""`stopa erase`: what should not have been kept goes for good."""

from __future__ import annotations

from pathlib import Path

import click

from stopa.case.erasing import erase
from stopa.cli import clock, options, screen
from stopa.cli.progress import progress


@click.command("erase")
@options.case
@click.argument("item")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stays in the ledger.")
@click.option("--on", "on", metavar="DATE", help="The date of the erasure; today otherwise.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.as_json
@options.quiet
def command(
    case: Path,
    item: str,
    reason: str,
    on: str | None,
    yes: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Destroy ITEM of CASE, and all that names it: record, salt, kept original and events.

    ITEM is a file's SHA-256, a document (D-...) or a finding (F-...). The leaves stay, so that the
    ledger still verifies; the dossier is made anew of what is left.

    \b
    Examples:
      stopa erase my-case 9f86d081...0f00a08 --reason "a bystander's mail"
      stopa erase my-case F-1c9e0b6a7d42 --reason "names a minor" --yes
    """
    if not yes:
        click.confirm(f"destroy {item} and all that rests on it, for good", abort=True, err=True)
    with progress(quiet=quiet or as_json) as told:
        done = erase(case, item, reason=reason, on=on or clock.today(), progress=told)
    if as_json:
        click.echo(screen.json(done))
        return
    click.echo(f"{done.leaves} leaves emptied: {_counts(done.kinds)}")
    if done.was_signed:
        click.echo("the dossier was made anew, so its envelope is gone: sign the case again")


def _counts(kinds: dict[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in kinds.items())
