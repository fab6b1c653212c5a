"""`stopa verify`: what holds of a case or dossier, what does not, and what that does not show."""

from __future__ import annotations

from pathlib import Path

import click

from stopa.case.check import MEANING, Verdict, examine
from stopa.case.keys import verifier_key
from stopa.case.outcome import Check
from stopa.case.rerun import IDENTICAL, compare_with
from stopa.case.signed import Trust
from stopa.cli import options, screen
from stopa.cli.files import read
from stopa.cli.progress import progress
from stopa.dossier.note import COSIGNATURE, VerifierKey
from stopa.dossier.visible import line as visible
from stopa.errors import DONE, UNVERIFIED

FILE = click.Path(path_type=Path)


@click.command("verify")
@click.argument("case", type=FILE, metavar="CASE|DOSSIER|DISCLOSURE")
@click.option("--key", metavar="KEY", help="The signer's verifier key, or a file that holds it.")
@click.option(
    "--witness", "witnesses", multiple=True, metavar="KEY", help="A witness's key; repeatable."
)
@click.option("--authority", type=FILE, metavar="PEM", help="Check the time stamp against these.")
@click.option(
    "--since", type=FILE, metavar="CHECKPOINT", help="A checkpoint of the case kept elsewhere."
)
@click.option(
    "--against",
    multiple=True,
    type=FILE,
    metavar="EVIDENCE",
    help="Do the whole way again from this evidence and compare; repeatable.",
)
@options.rules
@options.yara
@options.as_json
@options.quiet
def command(
    case: Path,
    key: str | None,
    witnesses: tuple[str, ...],
    authority: Path | None,
    since: Path | None,
    against: tuple[Path, ...],
    rules: tuple[Path, ...],
    yara: tuple[Path, ...],
    as_json: bool,
    quiet: bool,
) -> int:
    """Check CASE, a dossier's folder, or a disclosure: ledger, records, files, what was signed.

    \b
    Examples:
      stopa verify my-case
      stopa verify my-case/dossier --key cert.example/attribution+1a2b3c4d+Ae...
      stopa verify disclosure-000207.json --key cert.example/attribution+1a2b3c4d+Ae...
      stopa verify my-case --against evidence/

    Exit codes: 0 everything holds; 4 something does not.
    """
    trust = Trust(
        key=verifier_key(key) if key else None,
        witnesses=tuple(_as_witness(verifier_key(witness)) for witness in witnesses),
        authority=read(authority) if authority else None,
    )
    kept = read(since).decode("utf-8", errors="replace") if since else None
    with progress(quiet=quiet or as_json) as told:
        verdict = examine(case, trust, told, since=kept)
        if against:
            again = compare_with(case, against, rules, trust, told, yara=yara)
            check = Check(
                "the evidence leads to this dossier again",
                holds=again.word == IDENTICAL,
                detail="; ".join([again.word, *again.differences]),
            )
            verdict = Verdict((*verdict.checks, check), verdict.not_shown)
    _tell(verdict, as_json=as_json)
    return DONE if verdict.holds else UNVERIFIED


def _as_witness(key: VerifierKey) -> VerifierKey:
    """Take either form of a key: one and the same signs and witnesses."""
    return VerifierKey(key.name, COSIGNATURE, key.public)


def _tell(verdict: Verdict, *, as_json: bool) -> None:
    if as_json:
        shown = {"meaning": MEANING, "checks": verdict.checks, "not_shown": verdict.not_shown}
        click.echo(screen.json(shown))
        return
    click.echo(MEANING)
    for check in verdict.checks:
        word = "holds" if check.holds else "FAILS"
        detail = f": {visible(check.detail)}" if check.detail else ""
        click.echo(f"{word}  {visible(check.what)}{detail}")
    click.echo("What this does not show:")
    for sentence in verdict.not_shown:
        click.echo(f"  {sentence}")
