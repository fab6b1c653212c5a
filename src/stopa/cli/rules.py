"""`stopa rules`: which Sigma rules load, what they say, and which are refused and why."""

from __future__ import annotations

from pathlib import Path

import click

from stopa.case.cache import cache_folder
from stopa.case.detection import loaded, program
from stopa.case.plan import STARTER
from stopa.cli import options, screen
from stopa.dossier.visible import line as visible
from stopa.errors import DONE, UNREAD, RulesError

paths = click.argument("rules", nargs=-1, type=click.Path(path_type=Path), metavar="[RULES]...")


@click.group("rules")
def command() -> None:
    """Check, list and show Sigma rules; without RULES, those that come with stopa."""


@command.command("check")
@paths
@options.as_json
def check(rules: tuple[Path, ...], as_json: bool) -> int:
    """Load RULES; list those refused with file, line and reason.

    \b
    Examples:
      stopa rules check
      stopa rules check sigma_rules.tar.gz

    Exit codes: 0 all loaded; 3 some were refused.
    """
    made = loaded(rules or (STARTER,), cache_folder())
    if as_json:
        click.echo(screen.json({"loaded": len(made.cards), "refused": made.refusals}))
    else:
        for refusal in made.refusals:
            place = f"{refusal.file}:{refusal.line}"
            click.echo(visible(f"{place}  {refusal.id or 'no id'}  {refusal.reason}"))
        click.echo(f"{len(made.cards)} loaded, {len(made.refusals)} refused")
    return UNREAD if made.refusals else DONE


@command.command("list")
@paths
@options.as_json
def list_(rules: tuple[Path, ...], as_json: bool) -> None:
    """List RULES by level and title.

    \b
    Example:
      stopa rules list
    """
    cards = program(rules or (STARTER,), cache_folder()).cards.values()
    ordered = sorted(cards, key=lambda card: (card.level, card.title, card.id))
    if as_json:
        click.echo(screen.json(ordered))
        return
    for card in ordered:
        click.echo(visible(f"{card.level:13}  {card.title}  ({card.author})  {card.id}"))


@command.command("show")
@click.argument("rule_id", metavar="ID")
@paths
@options.as_json
def show(rule_id: str, rules: tuple[Path, ...], as_json: bool) -> None:
    """Show the rule ID of RULES: what it means, whose it is, its condition.

    \b
    Example:
      stopa rules show 5f1abf38-0000-0000-0000-000000000000 my_rules/
    """
    card = program(rules or (STARTER,), cache_folder()).cards.get(rule_id)
    if card is None:
        raise RulesError(f"no rule has the id {rule_id}", hint="list them: stopa rules list RULES")
    if as_json:
        click.echo(screen.json(card))
        return
    for word in ("title", "level", "status", "author", "license", "file", "condition"):
        click.echo(visible(f"{word:10}  {getattr(card, word)}"))
    click.echo(visible(f"techniques  {', '.join(card.techniques) or '-'}"))
    click.echo(visible(f"about       {card.description}"))
