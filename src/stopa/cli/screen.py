"""Where results and talk are printed: as wide as the terminal, or wide enough for a file."""

from __future__ import annotations

from rich.console import Console

from stopa.dossier import visible
from stopa.model.record import canonical

PIPED = 120  # columns where there is no terminal to ask


def result() -> Console:
    """Return the console for results."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=PIPED)


def talk() -> Console:
    """Return the console for everything that is not the result."""
    console = Console(highlight=False, stderr=True)
    return console if console.is_terminal else Console(highlight=False, stderr=True, width=PIPED)


def json(value: object) -> str:
    """Return a result as one line of JSON that a terminal may be shown: it reads the same."""
    return visible.escaped(canonical(value).decode())
