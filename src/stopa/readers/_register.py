"""Every reader by its name, and which of them know a piece of evidence."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from stopa.readers._reader import Reader

FOLDER = Path(__file__).parent


@cache
def readers() -> dict[str, Reader]:
    """Return every reader by name: a module in this folder is registered by being here."""
    found = iter_modules([str(FOLDER)])
    names = sorted(module.name for module in found if not module.name.startswith("_"))
    return {name: reader(name) for name in names}


def reader(name: str) -> Reader:
    """Return the reader of that name alone; a process that needs one does not load the others."""
    found: Reader = import_module(f"{__package__}.{name}").READER
    return found


def recognise(head: bytes) -> tuple[Reader, ...]:
    """Return the readers that know evidence by its first `HEAD` bytes, save those on request."""
    asked = [reader for reader in readers().values() if not reader.on_request]
    found = tuple(r for r in asked if not r.last and r.recognises(head))
    return found or tuple(r for r in asked if r.last and r.recognises(head))


@cache
def holders() -> tuple[Reader, ...]:
    """Return the readers of formats whose files hold files, such as mail."""
    return tuple(reader for reader in readers().values() if reader.members is not None)
