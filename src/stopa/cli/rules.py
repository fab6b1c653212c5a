"""`stopa rules`: which Sigma rules load, what they say, and which are refused and why."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from stopa.case.cache import cache_folder
from stopa.case.detection import loaded, program
from stopa.case.hunt import LEVELS, Wanted
from stopa.case.plan import STARTER
from stopa.cli import options, screen
from stopa.dossier.visible import line as visible
from stopa.errors import DONE, UNREAD, RulesError
from stopa.model.rule import RuleCard

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
@click.option("--level", type=click.Choice(LEVELS), help="Only rules of this level and above.")
@click.option("--status", multiple=True, metavar="WORD", help="Only rules of this status.")
@click.option("--tag", multiple=True, metavar="TAG", help="Only rules with this tag.")
@options.as_json
def list_(
    rules: tuple[Path, ...],
    level: str | None,
    status: tuple[str, ...],
    tag: tuple[str, ...],
    as_json: bool,
) -> None:
    """List RULES by level, the gravest first, and title.

    \b
    Examples:
      stopa rules list
      stopa rules list sigma_rules.tar.gz --level high --tag attack.persistence
    """
    wanted = Wanted(level or LEVELS[0], _folded(status), _folded(tag))
    cards = program(rules or (STARTER,), cache_folder()).cards.values()
    chosen = sorted((card for card in cards if wanted.asks_for(card)), key=_order)
    if as_json:
        click.echo(screen.json(chosen))
        return
    for card in chosen:
        click.echo(visible(f"{card.level:13}  {card.title}  ({card.author})  {card.id}"))


def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def _order(card: RuleCard) -> tuple[int, str, str]:
    level = LEVELS.index(card.level) if card.level in LEVELS else -1
    return -level, card.title, card.id


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
    made = program(rules or (STARTER,), cache_folder())
    card = made.cards.get(rule_id)
    if card is None:
        raise RulesError(f"no rule has the id {rule_id}", hint="list them: stopa rules list RULES")
    related = made.image.related.get(rule_id, ())
    if as_json:
        click.echo(screen.json({**asdict(card), "related": related}))
        return
    for word in ("title", "level", "status", "author", "license", "file", "condition"):
        click.echo(visible(f"{word:10}  {getattr(card, word)}"))
    click.echo(visible(f"techniques  {', '.join(card.techniques) or '-'}"))
    for word, texts in (("related", related), ("may be", card.falsepositives)):
        for text in texts:
            click.echo(visible(f"{word:10}  {text}"))
    click.echo(visible(f"about       {card.description}"))
