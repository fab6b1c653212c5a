"""Where a key's passphrase comes from: a file, the environment, or the keyboard."""

from __future__ import annotations

import os
from pathlib import Path

import click

from stopa.case.keys import load_key
from stopa.dossier.note import Signer
from stopa.errors import InputError

VARIABLE = "STOPA_PASSPHRASE"

key = click.option(
    "--key",
    "key_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The key file to sign with.",
)
file = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"Holds the key's passphrase in its first line. Otherwise {VARIABLE}, or it is asked for.",
)


def passphrase(named: Path | None, *, new: bool = False) -> str:
    """Return the passphrase; a new one is asked for twice."""
    if named is not None:
        return _first_line(named)
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    asked: str = click.prompt("passphrase", hide_input=True, confirmation_prompt=new, err=True)
    return asked


def signer(key_file: Path | None, named: Path | None) -> Signer:
    """Open the key file with its passphrase."""
    if key_file is None:
        raise InputError("there is no key to sign with", hint="give its file with --key")
    return load_key(key_file, passphrase(named))


def _first_line(path: Path) -> str:
    try:
        return (path.read_text("utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}", hint="name a text file") from error
