"""`stopa knowledge`: look up what is known beforehand, with whose word it is."""

from __future__ import annotations

from pathlib import Path

import click

from stopa.case import lookup
from stopa.cli import options
from stopa.model.actor import Actor, Software, Technique
from stopa.model.record import canonical


@click.group("knowledge")
def command() -> None:
    """Look up actors, software and techniques; import MITRE's own bundle."""


@command.command("show")
@click.argument("name")
@options.as_json
def show(name: str, as_json: bool) -> None:
    """Show everything that NAME can mean: each source's entry, never one picked for you.

    \b
    Examples:
      stopa knowledge show APT31
      stopa knowledge show "Fancy Bear" --json
      stopa knowledge show T1566.002
    """
    entries = lookup.show(name)
    if as_json:
        click.echo(canonical(entries).decode())
        return
    for entry in entries:
        click.echo("\n".join(_lines(entry)) + "\n")


def _lines(entry: Actor | Software | Technique) -> list[str]:
    if isinstance(entry, Technique):
        return [f"{entry.id}  {entry.name}", f"  tactics     {', '.join(entry.tactics) or '-'}"]
    aliases = ", ".join(f"{alias.name} ({alias.source})" for alias in entry.aliases)
    lines = [f"{entry.id}  {entry.name}  [{entry.source}]", f"  aliases     {aliases or '-'}"]
    if isinstance(entry, Actor):
        lines.append(f"  country     {entry.country or 'not stated'}")
        lines.append(f"  sponsor     {entry.sponsor or 'not stated'}")
        lines.append(f"  software    {', '.join(entry.software) or '-'}")
    lines.append(f"  techniques  {', '.join(entry.techniques) or '-'}")
    return lines


@command.command("list")
@options.as_json
def list_(as_json: bool) -> None:
    """List the actors by name, with country and source.

    \b
    Example:
      stopa knowledge list
    """
    actors = lookup.actors()
    if as_json:
        click.echo(canonical(actors).decode())
        return
    for actor in actors:
        click.echo(f"{actor.name:40}  {actor.country or '---'}  {actor.id}  [{actor.source}]")


@command.command("import")
@click.argument("bundle", type=click.Path(path_type=Path))
def import_(bundle: Path) -> None:
    """Take MITRE's STIX bundle (.json or .json.gz) as the knowledge from now on.

    \b
    Example:
      stopa knowledge import enterprise-attack.json
    """
    stamp = lookup.take(bundle)
    click.echo(f"{stamp.name} {stamp.version} {stamp.sha256[:12]}")
