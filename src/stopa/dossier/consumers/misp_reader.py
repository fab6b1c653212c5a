"""The reader of MISP events: PyMISP, which fills MISP servers."""

from __future__ import annotations

from msgspec.json import decode

from stopa.dossier.consumers._consumer import Consumer, Leaf, Understood, leaves, not_read
from stopa.dossier.consumers._written import of_json

AROUND = "Event."


def _read(content: bytes) -> Understood:
    from pymisp import MISPEvent, PyMISPError

    event = MISPEvent()
    try:
        event.load(content.decode())
    except PyMISPError as error:
        return not_read(str(error))
    found = set(leaves(decode(event.to_json())))
    return Understood(lambda leaf: _kept(leaf, found))


def _kept(leaf: Leaf, found: set[Leaf]) -> bool:
    """Tell whether PyMISP has the value; it writes times with their zone."""
    path, value = leaf[0].removeprefix(AROUND), leaf[1]
    return (path, value) in found or (path, f"{value.replace(' ', 'T')}+00:00") in found


PYMISP = Consumer("PyMISP", "pymisp", "pymisp", frozenset({"misp"}), _read, written=of_json)
