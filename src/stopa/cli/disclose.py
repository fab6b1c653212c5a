"""`stopa disclose`: one record to one reader, with the proof that it is the one committed to."""

from __future__ import annotations

import json
from pathlib import Path

import click

from stopa.case.disclosing import Audience, disclose
from stopa.cli import clock, options, screen
from stopa.dossier.visible import line as visible
from stopa.store.sealing import EMPTY, KIND, WHOLE


@click.command("disclose")
@options.case
@click.argument("items", nargs=-1, required=True, metavar="ITEM...")
@click.option("--to", required=True, metavar="NAME", help="Who is shown it.")
@click.option("--purpose", required=True, metavar="TEXT", help="What for.")
@click.option(
    "--withhold",
    multiple=True,
    metavar="PATH",
    help="Leave this field out: host, matched.value, 'matched[0].value'; repeatable.",
)
@click.option("--on", "on", metavar="DATE", help="The date of the receipt; today otherwise.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    show_default="this folder",
    metavar="FOLDER",
    help="Where the files go.",
)
@options.as_json
def command(
    case: Path,
    items: tuple[str, ...],
    to: str,
    purpose: str,
    withhold: tuple[str, ...],
    on: str | None,
    output: Path,
    as_json: bool,
) -> None:
    """Write for ITEMs of CASE each record with its salts, and a .tlog-proof of its leaf.

    ITEM is an id (F-..., D-..., S-... for one statement) or a file's SHA-256. With a field the
    record's id is withheld too, for it is made of what the record says.

    \b
    Examples:
      stopa disclose my-case F-1c9e0b6a7d42 --to "CERT Example" --purpose "joint case"
      stopa disclose my-case F-1c9e0b6a7d42 --withhold matched.value --to press --purpose "a case"

    The receipt is logged in the ledger. Check the files with stopa verify or
    verifier/stopa_verify.py.
    """
    whom = Audience(to, purpose, on or clock.today())
    written = [str(path) for path in disclose(case, items, withhold, whom, output)]
    click.echo(screen.json(written) if as_json else "\n".join(written))
    if not as_json:
        _tell(written)


def _tell(written: list[str]) -> None:
    """Say what leaves the house, so that it is looked at before it does."""
    for shows in written[::2]:
        fields = json.loads(Path(shows).read_bytes())["record"]
        word = "the whole record" if WHOLE in fields else "a part of the record"
        named = ", ".join(path for path in fields if not path.endswith((KIND, WHOLE, EMPTY)))
        click.echo(f"{Path(shows).name} shows {word}: {visible(named)}", err=True)
    click.echo(
        "Hand on both files of each. The receipt made the ledger longer: sign the case again"
        " before its dossier is handed on.",
        err=True,
    )
