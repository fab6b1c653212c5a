"""Who made an export and who may see it: on every object or row, in the words of its format.

Spec: TLP 2.0 (FIRST)
"""

from __future__ import annotations

from stopa.dossier import visible
from stopa.model.dossier import Dossier

NAME = "stopa"


def producer(dossier: Dossier) -> str:
    """Return the tool and its version, `stopa 0.1.0`."""
    return visible.line(f"{NAME} {dossier.made.stopa}")


def columns(dossier: Dossier) -> dict[str, str]:
    """Return what a row of a table says of both."""
    return {"producer": producer(dossier), "tlp": dossier.tlp.value}
