"""The compiled form of a rule set on disk, so that a second start does not parse rules again.

Why: parsing SigmaHQ's rules takes seconds, making automata of their texts another. The file is data
(MessagePack read back by type), never code, is readable by its owner alone, and is made anew
whenever anything about it is not right.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec
from msgspec import Struct

from stopa.detect.image import Image
from stopa.detect.rule_files import ARCHIVES, rule_files

MAGIC = b"stopa-rules-7\n"
LARGEST = 512 * 2**20  # bytes; SigmaHQ's rules take 17 MB


class Stored(Struct, frozen=True, array_like=True):
    """A compiled rule set, and its texts compiled for this machine (see `literals`)."""

    image: Image
    literals: dict[str, bytes]


def key(paths: Sequence[Path], engine: str) -> str:
    """Return a hash of the engine's version and of every byte and name below the paths."""
    total = hashlib.sha256(engine.encode())
    for path in paths:
        for name, content in _contents(path):
            total.update(repr((name, len(content))).encode())
            total.update(content)
    return total.hexdigest()


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what is below the path; an archive is taken as it is, packed."""
    if path.name.endswith(ARCHIVES) and path.is_file():
        yield str(path), path.read_bytes()
        return
    for file in rule_files([path]):
        yield f"{file.name}\0{file.defect}", file.content


def read(folder: Path, name: str) -> Stored | None:
    """Return what was kept under this name; None where there is nothing or it is not sound."""
    path = _path(folder, name)
    try:
        with path.open("rb") as file:
            if not _is_ours(os.fstat(file.fileno())):
                return None
            raw = file.read(LARGEST)
    except OSError:
        return None
    head = len(MAGIC) + hashlib.sha256().digest_size
    if not raw.startswith(MAGIC) or hashlib.sha256(raw[head:]).digest() != raw[len(MAGIC) : head]:
        return None
    try:
        return msgspec.msgpack.decode(raw[head:], type=Stored)
    except (msgspec.DecodeError, RecursionError):
        return None


def keep(folder: Path, name: str, stored: Stored) -> None:
    """Write it down, whole or not at all. A folder that cannot be written to is no error."""
    body = msgspec.msgpack.encode(stored)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile(dir=folder, prefix="rules-", delete=False) as file:
            file.write(MAGIC + hashlib.sha256(body).digest() + body)
        Path(file.name).replace(_path(folder, name))


def _path(folder: Path, name: str) -> Path:
    return folder / f"rules-{name}.msgpack"


def _is_ours(found: os.stat_result) -> bool:
    """Tell whether only this user can have written the file."""
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return mine and stat.S_ISREG(found.st_mode) and not found.st_mode & 0o077
