"""The hashes of large evidence, taken while other processes search it already.

Why: to hash a log takes as long as to search a tenth of it, and processes cannot share that. So
evidence goes by a name of the run's own until its hash is known; lines are counted on the way, and
until then from the beginning of each stretch.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from stopa.case.portion import LARGE
from stopa.errors import InputError
from stopa.model.evidence import Where
from stopa.readers import counted, digest_of

AGAIN = "copy it again from its source"


class Hashes:
    """Names of large files, and what they stand for."""

    def __init__(self) -> None:
        self._files: dict[str, Path] = {}
        self._starts: dict[str, Sequence[int]] = {}
        self._known: dict[str, tuple[str, Sequence[int]]] = {}

    def name(self, path: Path) -> str:
        """Return the SHA-256 of a file, or the name of a large one. Raises OSError."""
        with path.open("rb") as file:
            file.read(1)
        if path.stat().st_size < LARGE:
            return digest_of(path)
        name = f"large file {len(self._files)}"
        self._files[name] = path
        return name

    def __contains__(self, name: str) -> bool:
        """Tell whether this is the name of a large file."""
        return name in self._files

    def divide(self, name: str, starts: Sequence[int]) -> None:
        """Let lines be counted up to the stretches that begin at these offsets."""
        self._starts[name] = starts

    def take(self) -> None:
        """Hash the files named so far. Raises `InputError`."""
        for name in self._files:
            self._told(name)

    def sha256(self, name: str) -> str:
        """Return the hash that a name stands for; a hash stands for itself."""
        return self._told(name)[0]

    def place(self, where: Where) -> Where:
        """Return a place with the hash of its evidence, and its line as the file counts it."""
        sha256, before = self._told(where.evidence)
        line = where.line
        if line is not None and before:
            stretch = bisect_right(self._starts[where.evidence], where.offset or 0) - 1
            line += before[stretch]
        return replace(where, evidence=sha256, line=line)

    def _told(self, name: str) -> tuple[str, Sequence[int]]:
        if name not in self._files:
            return name, ()
        if name not in self._known:
            path = self._files[name]
            try:
                self._known[name] = counted(path, self._starts.get(name, ()))
            except OSError as error:
                raise InputError(f"{path} cannot be read: {error.strerror}", hint=AGAIN) from None
        return self._known[name]
