"""Files that an option names, read whole; what cannot be read is the user's to mend."""

from __future__ import annotations

from pathlib import Path

from stopa.errors import InputError


def read(path: Path) -> bytes:
    """Return the bytes of a file; raise InputError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror or error}", hint="name a file that is there"
        ) from error
