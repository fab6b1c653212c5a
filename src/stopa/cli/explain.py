"""`stopa explain`: what one record of a case rests on."""

from __future__ import annotations

import json
from pathlib import Path

import click

from stopa.case.explanation import explain
from stopa.cli import options
from stopa.dossier.visible import line as visible
from stopa.model.record import canonical


@click.command("explain")
@options.case
@click.argument("record_id", metavar="ID")
@options.as_json
def command(case: Path, record_id: str, as_json: bool) -> None:
    """Show the record ID of CASE and every record it rests on, down to the evidence.

    \b
    Examples:
      stopa explain my-case H1
      stopa explain my-case F-1c9e0b6a7d42
    """
    found = explain(case, record_id)
    if as_json:
        click.echo(canonical(found).decode())
        return
    click.echo(visible(f"{found.kind} {found.id}"))
    click.echo(_indented(found.record))
    for kind, name, record in found.rests_on:
        click.echo(visible(f"\nrests on {kind} {name}"))
        click.echo(_indented(record))
    if found.more:
        click.echo(f"\nand on {found.more} more")


def _indented(record: object) -> str:
    text = json.dumps(record, indent=2, ensure_ascii=False, sort_keys=True)
    return "\n".join(visible(line) for line in text.splitlines())
