"""Evidence in; event batches, documents and problems out. One module per format."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from stopa.readers._archive import Limits
from stopa.readers._intake import Handed, hand_in
from stopa.readers._lines import divided
from stopa.readers._reader import HEAD, Found, Kind, Reader, Source, Stretch, Wanted

__all__ = [
    "HEAD",
    "Found",
    "Handed",
    "Kind",
    "Limits",
    "Reader",
    "Source",
    "Stretch",
    "Wanted",
    "divided",
    "hand_in",
    "readers",
    "recognise",
]


@cache
def readers() -> dict[str, Reader]:
    """Return every reader by name: a module in this folder is registered by being here."""
    names = sorted(m.name for m in iter_modules(__path__) if not m.name.startswith("_"))
    return {name: import_module(f"{__name__}.{name}").READER for name in names}


def recognise(head: bytes) -> tuple[Reader, ...]:
    """Return the readers that know evidence by its first `HEAD` bytes, save those on request."""
    asked = [reader for reader in readers().values() if not reader.on_request]
    found = tuple(r for r in asked if not r.last and r.recognises(head))
    return found or tuple(r for r in asked if r.last and r.recognises(head))
