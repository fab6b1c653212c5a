"""What an export is: a pure function from a dossier to the bytes of one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stopa.model.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Export:
    """A format. `name` is what the command line calls it, `file` what its file is called."""

    name: str
    file: str
    title: str
    write: Callable[[Dossier], bytes]
