"""`stopa coverage`: what was read of each file, what was not, and where all bytes went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from stopa.case.coverage import coverage
from stopa.cli import options, screen
from stopa.cli.findings import place
from stopa.dossier.visible import line as visible
from stopa.model.dossier import Coverage
from stopa.model.evidence import Problem
from stopa.model.record import canonical


@click.command("coverage")
@options.case
@options.as_json
def command(case: Path, as_json: bool) -> None:
    """Show what was read of each file of CASE, and what was not.

    \b
    Examples:
      stopa coverage my-case
      stopa coverage my-case --json
    """
    files, totals = coverage(case)
    if as_json:
        click.echo(
            canonical({"files": [_entry(file) for file in files], "totals": totals}).decode()
        )
    else:
        _print(files, totals)


def _entry(file: Coverage) -> dict[str, object]:
    return {
        "path": file.name,
        "sha256": file.sha256,
        "bytes": file.size,
        "kind": file.kind,
        "status": file.status,
        "events": file.events,
        "documents": file.documents,
        "findings": file.findings,
        "problems": [{"what": p.what, "where": p.where, "hint": p.hint} for p in file.problems],
        "first": file.first,
        "last": file.last,
    }


def _print(files: tuple[Coverage, ...], totals: dict[str, int]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("file", overflow="fold", ratio=1)
    table.add_column("read as")
    for word in ("bytes", "events", "documents", "findings", "problems"):
        table.add_column(word, justify="right")
    for file in files:
        counts = (file.size, file.events, file.documents, file.findings, len(file.problems))
        table.add_row(Text(visible(file.name)), file.kind or "-", *(f"{n:,}" for n in counts))
    console = screen.result()
    console.print(table)
    for line in chain.from_iterable(_problems(file) for file in files):
        console.print(Text(visible(line)), soft_wrap=True)
    console.print(", ".join(f"{count:,} {word}" for word, count in totals.items()), soft_wrap=True)


def _problems(file: Coverage) -> Iterator[str]:
    """Yield a line for each kind of problem: how many, the first place, what to do."""
    alike: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in file.problems:
        alike[problem.what, problem.hint].append(problem)
    for (what, hint), problems in alike.items():
        first = " ".join(f"{word} {n}" for word, n in place(problems[0].where).items())
        times = (
            f" ({len(problems)} times, first at {first})" if len(problems) > 1 else f" ({first})"
        )
        yield f"{file.name or 'evidence'}: {what}{times if first else ''}"
        if hint:
            yield f"    try: {hint}"
