"""`stopa sign`: vouch for a case with a key, and attach an authority's time stamp."""

from __future__ import annotations

from pathlib import Path

import click

from stopa.case.signing import Signed, attach_timestamp, sign, timestamp_request
from stopa.cli import options, passphrase, screen
from stopa.cli.files import read
from stopa.cli.progress import progress
from stopa.dossier.words import count
from stopa.errors import InputError
from stopa.store import durable

FILE = click.Path(path_type=Path)


@click.command("sign")
@options.case
@passphrase.key
@passphrase.file
@click.option(
    "--timestamp-request",
    "request",
    type=FILE,
    metavar="FILE",
    help="Write a request for an RFC 3161 token over the envelope. Nothing is sent.",
)
@click.option(
    "--timestamp-response",
    "response",
    type=FILE,
    metavar="FILE",
    help="Attach the authority's answer to such a request; needs --authority.",
)
@click.option(
    "--authority",
    type=FILE,
    metavar="PEM",
    help="Certificates of the time stamping authority.",
)
@options.as_json
@options.quiet
def command(
    case: Path,
    key_file: Path | None,
    passphrase_file: Path | None,
    request: Path | None,
    response: Path | None,
    authority: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Sign CASE: its checkpoint, and one envelope over the dossier and all exports.

    \b
    Examples:
      stopa sign my-case --key attribution.key
      stopa sign my-case --key attribution.key --timestamp-request envelope.tsq
      stopa sign my-case --timestamp-response envelope.tsr --authority tsa.pem

    The exports are written to CASE/dossier/exports. Same case and key, same signature.
    """
    if response is not None:
        _attach(case, response, authority)
    if key_file is not None or (request is None and response is None):
        signer = passphrase.signer(key_file, passphrase_file)
        with progress(quiet=quiet or as_json) as told:
            _tell(sign(case, signer, told), as_json=as_json)
    if request is not None:
        durable.write(request, timestamp_request(case))
        click.echo(f"{request}: send it to an authority of your choice", err=True)


def _attach(case: Path, response: Path, authority: Path | None) -> None:
    if authority is None:
        raise InputError(
            "the time stamp cannot be checked", hint="give the certificates with --authority"
        )
    when = attach_timestamp(case, read(response), read(authority))
    click.echo(f"the authority says that the envelope existed at {when}")


def _tell(signed: Signed, *, as_json: bool) -> None:
    if as_json:
        click.echo(screen.json(signed))
        return
    leaves = count(signed.leaves, "leaf", "leaves")
    click.echo(f"signed {count(signed.files, 'file')} and {leaves}: {signed.envelope}")
    click.echo(f"others check it with {signed.verifier}")
