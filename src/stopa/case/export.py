"""Write a case's dossier in the formats of other tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stopa.case.printing import print_page
from stopa.case.work import DATA
from stopa.dossier import decode
from stopa.dossier.consumers import UNREAD, Loss, consumers_of, losses
from stopa.dossier.exports import EXPORTS
from stopa.errors import CaseError, InputError
from stopa.model.dossier import Dossier
from stopa.model.record import canonical
from stopa.store import durable

PAGE = "index.html"
PDF = "pdf"  # a print of the page, not of the data
FILES = {**{made.name: made.file for made in EXPORTS}, PDF: "dossier.pdf"}
TITLES = {**{made.name: made.title for made in EXPORTS}, PDF: "the page, as a browser prints it"}


def formats() -> tuple[str, ...]:
    """Return the names of all formats."""
    return tuple(FILES)


def export(folder: Path, names: Sequence[str], output: Path) -> tuple[Path, ...]:
    """Write the dossier of a case in each format named into `output`; return the files."""
    check_formats(names)
    data = folder / "dossier" / DATA
    if not data.is_file():
        raise CaseError(
            f"{folder} has no dossier", hint="make one: stopa investigate EVIDENCE... -o CASE"
        )
    made = decode(data.read_bytes())
    durable.make_folder(output)
    return write_formats(made, data.with_name(PAGE), names, output)


def check_formats(names: Sequence[str]) -> None:
    """Raise InputError for a format that is not there."""
    unknown = [name for name in names if name not in FILES]
    if unknown:
        raise InputError(f"there is no format {unknown[0]}", hint=f"one of {', '.join(FILES)}")


def write_formats(
    made: Dossier, page: Path, names: Sequence[str], output: Path
) -> tuple[Path, ...]:
    """Write a dossier in each format named; `page` is its page, which is what is printed."""
    for export_ in EXPORTS:
        if export_.name in names:
            durable.write(output / export_.file, export_.write(made))
    if PDF in names:
        print_page(page, output / FILES[PDF])
    return tuple(output / FILES[name] for name in names)


def unread(names: Sequence[str]) -> tuple[str, ...]:
    """Return a sentence for each format whose reader cannot be run here, and why."""
    told = []
    for name in names:
        told += [f"{name}: {UNREAD[name]}"] if name in UNREAD else []
        missing = [reader for reader in consumers_of(name) if not reader.is_installed]
        told += [f"{name}: {one.name} is not here: pip install {one.package}" for one in missing]
    return tuple(told)


def lost(names: Sequence[str], output: Path) -> dict[str, tuple[Loss, ...]]:
    """Run the readers of these formats on the files that `export` wrote; return what each kept.

    Raises `InputError` where no reader of any of the formats is installed.
    """
    readers = [consumer for name in names for consumer in consumers_of(name)]
    if not readers:
        raise InputError(
            f"no reader of {', '.join(names)} can be run here",
            hint=f"formats with readers: {', '.join(n for n in FILES if consumers_of(n))}",
        )
    if not any(consumer.is_installed for consumer in readers):
        needed = " ".join(sorted({consumer.package for consumer in readers}))
        raise InputError(f"{needed}: not installed", hint="pip install 'stopa[consumers]'")
    told = {name: tuple(losses(name, (output / FILES[name]).read_bytes())) for name in names}
    for name, report in told.items():
        if report:
            path = (output / FILES[name]).with_suffix(".loss.json")
            durable.write(path, canonical(report) + b"\n")
    return told
