"""Write a case's dossier in the formats of other tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stopa.case.work import DATA
from stopa.dossier import decode
from stopa.dossier.exports import EXPORTS
from stopa.errors import CaseError, InputError
from stopa.store import durable


def formats() -> tuple[str, ...]:
    """Return the names of all formats."""
    return tuple(export.name for export in EXPORTS)


def export(folder: Path, names: Sequence[str], output: Path) -> tuple[Path, ...]:
    """Write the dossier of a case in each format named into `output`; return the files."""
    chosen = {made.name: made for made in EXPORTS}
    unknown = [name for name in names if name not in chosen]
    if unknown:
        raise InputError(f"there is no format {unknown[0]}", hint=f"one of {', '.join(chosen)}")
    data = folder / "dossier" / DATA
    if not data.is_file():
        raise CaseError(
            f"{folder} has no dossier", hint="make one: stopa investigate EVIDENCE... -o CASE"
        )
    made = decode(data.read_bytes())
    output.mkdir(parents=True, exist_ok=True)
    written = []
    for name in names:
        path = output / chosen[name].file
        durable.write(path, chosen[name].write(made))
        written.append(path)
    return tuple(written)
