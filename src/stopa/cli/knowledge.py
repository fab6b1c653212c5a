"""`stopa knowledge`: look up what is known beforehand, with whose word it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from stopa.case import lookup
from stopa.cli import options, screen
from stopa.dossier.visible import line as visible
from stopa.knowledge import Change, Difference
from stopa.model.actor import Actor, Software, Technique


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
    shown = lookup.show(name)
    if as_json:
        click.echo(screen.json(shown))
        return
    for entry in shown.entries:
        click.echo("\n".join(map(visible, _lines(entry, shown))) + "\n")
    stamp = shown.knowledge
    click.echo(visible(f"known from {stamp.name} {stamp.version} {stamp.sha256[:12]}"))


def _lines(entry: Actor | Software | Technique, shown: lookup.Shown) -> list[str]:
    if isinstance(entry, Technique):
        return [f"{entry.id}  {entry.name}", _line("tactics", entry.tactics)]
    lines = [
        f"{entry.id}  {entry.name}  [{entry.source}]",
        _line("aliases", (f"{alias.name} ({alias.source})" for alias in entry.aliases)),
    ]
    if isinstance(entry, Actor):
        lines += _of_actor(entry)
    else:
        lines.append(_line("to be had", ("by anyone" if entry.public else "not by anyone",)))
        users = shown.users.get(entry.id, ())
        lines.append(_line("used by", users if len(users) != 1 else (f"{users[0]} alone",)))
    return [*lines, _line("techniques", entry.techniques)]


def _of_actor(entry: Actor) -> list[str]:
    return [
        f"  country     {entry.country or 'not stated'}",
        f"  sponsor     {entry.sponsor or 'not stated'}",
        _line("victims", entry.victims),
        _line("sectors", entry.sectors),
        _line("taken from", entry.notes),
        _line("software", entry.software),
    ]


def _line(word: str, values: Iterable[str]) -> str:
    return f"  {word:10}  {', '.join(values) or '-'}"


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
        click.echo(screen.json(actors))
        return
    for actor in actors:
        line = f"{actor.name:40}  {actor.country or '---'}  {actor.id}  [{actor.source}]"
        click.echo(visible(line))


@command.command("import")
@click.argument("bundle", type=click.Path(path_type=Path))
def import_(bundle: Path) -> None:
    """Take MITRE's STIX bundle (.json or .json.gz) as the knowledge from now on.

    \b
    Example:
      stopa knowledge import enterprise-attack.json
    """
    stamp = lookup.take(bundle)
    click.echo(visible(f"{stamp.name} {stamp.version} {stamp.sha256[:12]}"))


@command.command("diff")
@click.argument("bundle", type=click.Path(path_type=Path))
@click.argument("other", type=click.Path(path_type=Path), required=False)
@options.as_json
def diff(bundle: Path, other: Path | None, as_json: bool) -> None:
    """Show what importing BUNDLE would change; given OTHER, what OTHER changes after BUNDLE.

    \b
    Examples:
      stopa knowledge diff enterprise-attack.json
      stopa knowledge diff enterprise-attack-17.1.json enterprise-attack-18.1.json --json
    """
    told = lookup.difference(bundle, other)
    if as_json:
        click.echo(screen.json(told))
        return
    click.echo("\n".join(map(visible, _differences(told))))


def _differences(told: Difference) -> list[str]:
    lines = [f"{told.older.name} {told.older.version}  to  {told.newer.name} {told.newer.version}"]
    for word, entries in (("gained", told.gained), ("lost", told.lost)):
        lines += [f"{word:8} {entry.kind:10} {entry.id}  {entry.name}" for entry in entries]
    lines += [f"{'moved':8} {'techniques':10} {old}  to {new}" for old, new in told.renumbered]
    lines += [_change(change) for change in told.changed]
    return lines if len(lines) > 1 else [*lines, "no difference"]


def _change(change: Change) -> str:
    moves = [f"+{item}" for item in change.gained] + [f"-{item}" for item in change.lost]
    what = f"{change.id}  {change.name}, {change.field}"
    return f"{'changed':8} {change.kind:10} {what}: {' '.join(moves)}"
