"""Where knowledge is kept between runs: one file, whole or not there.

Spec: https://specifications.freedesktop.org/basedir-spec/ ($XDG_CACHE_HOME)
Why: reading the clusters takes seconds, a second start may take a fraction of one.
Trap: a cache must never be a reason to fail or to differ. A damaged file is made anew, a folder
that cannot be written to is done without.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import msgspec

from stopa.knowledge.record import Record

FORM = b"stopa-knowledge/2\n"  # changes when `Record` or the reading of the clusters does
DIGEST = 32


def default_folder() -> Path:
    """Return the user's cache folder for stopa."""
    stated = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(stated) if stated else Path("~/.cache").expanduser()) / "stopa"


def load(file: Path) -> Record | None:
    """Return what `save` wrote there; None where it is missing, damaged or of another form."""
    try:
        body = file.read_bytes()
    except OSError:
        return None
    head, digest, rest = body[: len(FORM)], body[len(FORM) :][:DIGEST], body[len(FORM) + DIGEST :]
    if head != FORM or hashlib.sha256(rest).digest() != digest:
        return None
    try:
        return msgspec.msgpack.decode(rest, type=Record)
    except msgspec.DecodeError:
        return None


def save(file: Path, record: Record) -> None:
    """Write the record so that readers see the old file or the new one, never a part.

    Raises OSError where the folder cannot be written to.
    """
    rest = msgspec.msgpack.encode(record)
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(FORM + hashlib.sha256(rest).digest() + rest)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
