"""The reader of Navigator's layers: MITRE's own library for them, strictly.

Trap: Navigator itself is a web application in TypeScript. This is what its makers read layers with
in Python; it says what is wrong on standard output alone.
"""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO

from stopa.dossier.consumers._consumer import Consumer, Understood, each_once, leaves, not_read
from stopa.dossier.consumers._written import of_json

EXPORTS = frozenset({"navigator", "navigator-observed", "navigator-claimed", "navigator-expected"})


def _read(content: bytes) -> Understood:
    from mitreattack.navlayers import Layer

    said = StringIO()
    with redirect_stdout(said):
        told = Layer(init_data=content.decode(), strict=True).to_dict()
    complaints = tuple(said.getvalue().splitlines())
    if told is None:
        return not_read(complaints[0] if complaints else "the layer cannot be read")
    return Understood(each_once(leaves(told)), complaints)


LAYERS = Consumer(
    "MITRE's library of layers", "mitreattack-python", "mitreattack", EXPORTS, _read,
    written=of_json,
)  # fmt: skip
