"""The twelve lines at the end of an investigation, and the exit code they mean."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from stopa.case.work import LEVELS, Summary
from stopa.cli import screen
from stopa.dossier.visible import line as visible
from stopa.dossier.words import count
from stopa.errors import DONE, FAIL_ON, UNREAD


def show(summary: Summary, *, as_json: bool, quiet: bool, fail_on: str | None) -> int:
    """Print the summary (JSON on stdout, else words on stderr); return the exit code."""
    if as_json:
        click.echo(screen.json(summary))
    elif not quiet:
        _print(summary)
    if fail_on and _at_least(summary, fail_on):
        return FAIL_ON
    return UNREAD if summary.problems else DONE


def _at_least(summary: Summary, level: str) -> bool:
    return any(name in summary.levels for name in LEVELS[: LEVELS.index(level) + 1])


def _print(summary: Summary) -> None:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for word, text in _lines(summary):
        table.add_row(word, Text(visible(text)))
    screen.talk().print(table)


def _lines(summary: Summary) -> list[tuple[str, str]]:
    levels = ", ".join(f"{n} {level}" for level, n in summary.levels.items())
    rules = count(summary.rules_with_findings, "rule")
    roots = count(summary.roots, "source root")
    lines = [
        ("evidence", f"{count(summary.evidence, 'file')}, {summary.unread} not read"),
        ("events", f"{summary.events:,}"),
        ("documents", str(summary.documents)),
        ("problems", f"{summary.problems} (stopa coverage {Path(summary.page).parents[1]})"),
        ("findings", f"{summary.findings:,} by {rules}: {levels}" if levels else "none"),
        ("rules", f"{summary.rules_loaded} loaded, {summary.rules_refused} refused"),
        ("statements", f"{summary.statements} from {roots}" if summary.statements else "none"),
    ]
    for label, term, posterior in summary.hypotheses[:3]:
        lines.append(("hypothesis", f"{posterior:4.0%}  {label} ({term})"))
    return [*lines, ("verdict", summary.verdict), ("dossier", summary.page)]
