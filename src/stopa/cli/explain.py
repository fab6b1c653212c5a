"""`stopa explain`: what one record of a case rests on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from stopa.case.explanation import explain, ticked_on
from stopa.case.plan import STARTER
from stopa.cli import options, screen
from stopa.detect import Ticked
from stopa.dossier.visible import line as visible

WIDE = 160  # characters of a value that are shown


@click.command("explain")
@options.case
@click.argument("record_id", metavar="ID")
@options.rules
@click.option(
    "--event",
    metavar="PLACE",
    help="ID is a rule: tick its condition on the event at PLACE, such as 'dc01.evtx record=12'.",
)
@options.as_json
def command(
    case: Path, record_id: str, rules: tuple[Path, ...], event: str | None, as_json: bool
) -> None:
    """Show the record ID of CASE and every record it rests on, down to the evidence.

    \b
    Examples:
      stopa explain my-case H1
      stopa explain my-case F-1c9e0b6a7d42
      stopa explain my-case F-1c9e0b6a7d42 --rules sigma_rules.tar.gz
      stopa explain my-case 5f1abf38-0000-0000-0000-000000000000 --event 'dc01.evtx record=12'
    """
    if event is not None:
        _show_ticked(ticked_on(case, record_id, event, rules or (STARTER,)), as_json=as_json)
        return
    found = explain(case, record_id, rules or (STARTER,))
    if as_json:
        click.echo(screen.json(found))
        return
    click.echo(visible(f"{found.kind} {found.id}"))
    for sentence in found.because:
        click.echo(visible(sentence))
    click.echo(_indented(found.record))
    for ticked in found.condition:
        click.echo("\nthe rule's condition, ticked on the event")
        for line in _tree(ticked, depth=1):
            click.echo(visible(line))
    for kind, name, record in found.rests_on:
        click.echo()
        click.echo(visible(f"rests on {kind} {name}"))
        click.echo(_indented(record))
    if found.more:
        click.echo(f"\nand on {found.more} more")


def _show_ticked(condition: tuple[Ticked, ...], *, as_json: bool) -> None:
    if as_json:
        click.echo(screen.json(condition))
        return
    for ticked in condition:
        for line in _tree(ticked, depth=0):
            click.echo(visible(line))


def _indented(record: object) -> str:
    text = json.dumps(record, indent=2, ensure_ascii=False, sort_keys=True)
    return "\n".join(visible(line) for line in text.splitlines())


def _tree(ticked: Ticked, *, depth: int) -> Iterator[str]:
    found = f"  ({ticked.value[:WIDE]})" if ticked.value else ""
    yield f"{'  ' * depth}{'✓' if ticked.holds else '✗'} {ticked.what[:WIDE]}{found}"
    for part in ticked.parts:
        yield from _tree(part, depth=depth + 1)
