"""Files that are either wholly there or not there: temp, fsync, rename, fsync of the folder."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from stopa.errors import CaseError

UNFINISHED = ".unfinished"

_put_off = ContextVar("put_off", default=False)


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """Yield a path to write to; what was written appears at `path` when the block ends well.

    Raises CaseError where the medium is full or may not be written.
    """
    draft = path.with_name(path.name + UNFINISHED)
    try:
        yield draft
        if not _put_off.get():
            with draft.open("rb+") as written:
                os.fsync(written.fileno())
        draft.replace(path)
        if not _put_off.get():
            sync_folder(path.parent)
    except OSError as error:
        raise CaseError(
            f"{path} cannot be written: {error.strerror or error}",
            hint="see that there is space and leave to write; then run the same command again",
        ) from error


def write(path: Path, data: bytes) -> None:
    """Write a whole file that is never seen half written."""
    with appearing(path) as draft:
        draft.write_bytes(data)


def make_folder(path: Path) -> None:
    """Make a folder where there is none; raise CaseError where that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CaseError(
            f"{path} is no folder: {error.strerror}", hint="name another folder with -o"
        ) from error


@contextmanager
def flushed_later() -> Iterator[None]:
    """Leave it to `flush` to make durable what appears in this block: many files at once."""
    token = _put_off.set(True)
    try:
        yield
    finally:
        _put_off.reset(token)


def flush(folder: Path) -> None:
    """Make durable what was put off in the file system that the folder lies in."""
    if sys.platform != "linux":
        if os.name != "nt":
            os.sync()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(handle):
            raise CaseError(
                f"{folder} cannot be written: {os.strerror(ctypes.get_errno())}",
                hint="see that there is space; then run the same command again",
            )
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable, where the system can (Windows has no such call)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_unless(folder: Path, wanted: Callable[[str], bool]) -> tuple[str, ...]:
    """Remove the files of a folder that nobody wants; return their names, sorted."""
    unwanted = sorted(p for p in folder.iterdir() if p.is_file() and not wanted(p.name))
    for path in unwanted:
        path.unlink()
    return tuple(path.name for path in unwanted)
