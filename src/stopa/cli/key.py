"""`stopa key`: make a key to sign with, and show its public half."""

from __future__ import annotations

from pathlib import Path

import click

from stopa.case.keys import new_key, verifier_key
from stopa.cli import options, screen
from stopa.cli.passphrase import file as passphrase_file
from stopa.cli.passphrase import passphrase
from stopa.dossier.note import COSIGNATURE, VerifierKey


@click.group("key")
def command() -> None:
    """Make keys to sign and witness with.

    \b
    Examples:
      stopa key new cert.example/attribution
      stopa key show attribution.key
    """


@command.command("new")
@click.argument("name")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The key file; the last part of NAME and .key otherwise.",
)
@passphrase_file
@options.as_json
def new(name: str, output: Path | None, passphrase_file: Path | None, as_json: bool) -> None:
    """Make a key called NAME, sealed with a passphrase, in a file that only you can read.

    NAME stands in every signature: something like cert.example/attribution. What is printed is the
    public half; hand it on by a way of its own, so that others can check what you sign.

    \b
    Examples:
      stopa key new cert.example/attribution
      stopa key new watch.example/w1 -o w1.key --passphrase-file secret.txt
    """
    path = output or Path(f"{name.rstrip('/').rsplit('/', 1)[-1]}.key")
    signer = new_key(name, path, passphrase(passphrase_file, new=True))
    _show(signer.verifier(), as_json=as_json, file=path)


@command.command("show")
@click.argument("key_file", metavar="FILE", type=click.Path(path_type=Path))
@options.as_json
def show(key_file: Path, as_json: bool) -> None:
    """Show the public half of a key file; no passphrase is needed.

    \b
    Examples:
      stopa key show attribution.key
    """
    _show(verifier_key(str(key_file)), as_json=as_json, file=key_file)


def _show(key: VerifierKey, *, as_json: bool, file: Path) -> None:
    witness = VerifierKey(key.name, COSIGNATURE, key.public)
    if as_json:
        shown = {"file": str(file), "signs": key.text(), "witnesses": witness.text()}
        click.echo(screen.json(shown))
        return
    click.echo(f"{file}\nsigns:     {key.text()}\nwitnesses: {witness.text()}")
