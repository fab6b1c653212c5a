"""`stopa witness`: remember another's ledger, and sign that it goes on."""

from __future__ import annotations

from pathlib import Path

import click

from stopa.case.keys import verifier_key
from stopa.case.witnessing import request as request_of
from stopa.case.witnessing import witness
from stopa.cli import clock, options, passphrase, screen
from stopa.dossier.visible import line as visible
from stopa.store import durable

FILE = click.Path(path_type=Path)


@click.command("witness")
@click.argument("path", type=FILE, metavar="CASE|CHECKPOINT")
@passphrase.key
@passphrase.file
@click.option(
    "--state",
    type=FILE,
    default=Path("witness.json"),
    show_default=True,
    metavar="FILE",
    help="What this witness has seen; keep it with the key.",
)
@click.option("--log", metavar="KEY", help="The signer's verifier key; needed the first time.")
@click.option("--time", "seconds", type=int, metavar="SECONDS", help="POSIX time; now otherwise.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write the cosigned checkpoint.")
@click.option(
    "--request",
    type=int,
    metavar="SIZE",
    help="Sign nothing: print what a witness elsewhere needs, who last saw SIZE leaves (0: none).",
)
@options.as_json
def command(
    path: Path,
    key_file: Path | None,
    passphrase_file: Path | None,
    state: Path,
    log: str | None,
    seconds: int | None,
    output: Path | None,
    request: int | None,
    as_json: bool,
) -> None:
    """Cosign the signed checkpoint of a CASE, of a file, or of a request with its proof.

    \b
    Examples:
      stopa witness my-case --key w1.key --log cert.example/attribution+1a2b3c4d+Ae...
      stopa witness my-case --request 272 > request.txt
      stopa witness request.txt --key w1.key -o checkpoint.signed

    A ledger that was rolled back or forked since this witness last saw it is refused and named.
    Exit codes: 0 signed; 4 refused.
    """
    if request is not None:
        click.echo(request_of(path, request), nl=False)
        return
    done = witness(
        path,
        passphrase.signer(key_file, passphrase_file),
        state,
        seconds=clock.seconds() if seconds is None else seconds,
        log=verifier_key(log) if log else None,
    )
    if output is not None:
        durable.write(output, done.note.encode())
    if as_json:
        click.echo(screen.json(done))
        return
    before = f"continues the {done.before} leaves seen before" if done.before else "seen first now"
    click.echo(visible(f"cosigned {done.origin}: {done.size} leaves, {before}"))
    if output is None:
        click.echo(done.note, nl=False)
