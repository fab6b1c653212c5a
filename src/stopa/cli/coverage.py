"""`stopa coverage`: what was read of each file, what was not, and where all bytes went."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from stopa.case.clocks import skews
from stopa.case.coverage import coverage
from stopa.cli import options, screen
from stopa.cli.findings import place
from stopa.dossier.visible import line as visible
from stopa.dossier.words import count
from stopa.model.clock import Skew
from stopa.model.dossier import Coverage
from stopa.model.evidence import Problem
from stopa.model.log_order import Irregularity, Unmet

SHOWN = 12  # fields that a line names; JSON has all


@click.command("coverage")
@options.case
@options.as_json
def command(case: Path, as_json: bool) -> None:
    """Show what was read of each file of CASE, and what was not.

    Also what its format was recognised by, when its events were, how the zones of times are known,
    what is odd about a log (cleared, gaps, missing records, time that goes back), and which fields
    the rules asked for in vain.

    \b
    Examples:
      stopa coverage my-case
      stopa coverage my-case --json
    """
    files, totals = coverage(case)
    clocks = skews(case)
    if as_json:
        entries = [_entry(file) for file in files]
        told = {"files": entries, "totals": totals, "clocks": clocks}
        click.echo(screen.json(told))
    else:
        _print(files, totals, clocks)


def _entry(file: Coverage) -> dict[str, object]:
    return {
        "path": file.name,
        "sha256": file.sha256,
        "bytes": file.size,
        "kind": file.kind,
        "status": file.status,
        "known_by": file.known_by,
        "md5": file.md5,
        "sha1": file.sha1,
        "events": file.events,
        "documents": file.documents,
        "findings": file.findings,
        "problems": [{"what": p.what, "where": p.where, "hint": p.hint} for p in file.problems],
        "first": file.first,
        "last": file.last,
        "times": dict(file.times),
        "irregular": file.irregular,
        "unmet": file.unmet,
        "accounted": {
            "events": file.event_bytes,
            "documents": file.document_bytes,
            "structure": file.structure_bytes,
            "problems": file.problem_bytes,
        },
    }


def _print(files: tuple[Coverage, ...], totals: dict[str, int], clocks: tuple[Skew, ...]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("file", overflow="fold", ratio=1)
    table.add_column("read as")
    for word in ("from (UTC)", "to", "zone of times"):
        table.add_column(word)
    for word in ("bytes", "events", "documents", "findings", "problems"):
        table.add_column(word, justify="right")
    for file in files:
        counts = (file.size, file.events, file.documents, file.findings, len(file.problems))
        known = ", ".join(basis for basis, _ in file.times) or "-"
        span = (f"{end:%Y-%m-%d %H:%M}" if end else "-" for end in (file.first, file.last))
        told = [file.kind or "-", *span, known, *(f"{n:,}" for n in counts)]
        table.add_row(Text(visible(file.name)), *told)
    console = screen.result()
    console.print(table)
    for line in _known(files):
        console.print(Text(visible(line)), soft_wrap=True)
    for line in chain.from_iterable(_problems(file) for file in files):
        console.print(Text(visible(line)), soft_wrap=True)
    for line in chain.from_iterable(_oddities(file) for file in files):
        console.print(Text(visible(line)), soft_wrap=True)
    for line in (*_wanting(files), *map(_clock, clocks)):
        console.print(Text(visible(line)), soft_wrap=True)
    console.print(", ".join(f"{count:,} {word}" for word, count in totals.items()), soft_wrap=True)


def _known(files: tuple[Coverage, ...]) -> Iterator[str]:
    """Yield a line for each kind of file: what it was recognised by."""
    ways = Counter((file.kind, file.known_by) for file in files if file.kind and file.known_by)
    for (kind, known_by), number in sorted(ways.items()):
        yield f"read as {kind}: {count(number, 'file')}, known by {known_by}"


def _oddities(file: Coverage) -> Iterator[str]:
    """Yield a line for each thing that is odd about the logs in a file."""
    for odd in file.irregular:
        span = " to ".join(dict.fromkeys(f"{time:%Y-%m-%d %H:%M:%S}Z" for time in _ends(odd)))
        at = " ".join(f"{word} {n}" for word, n in place(odd.where).items())
        yield f"{file.name}: {odd.kind}: {odd.source}: {odd.what}, {span or 'no time'} ({at})"


def _ends(odd: Irregularity) -> Iterator[datetime]:
    yield from filter(None, (odd.first, odd.last))


def _wanting(files: tuple[Coverage, ...]) -> Iterator[str]:
    """Yield a line for each log source: the fields that rules ask for and no event has."""
    alike: defaultdict[tuple[str, tuple[str, ...]], list[Unmet]] = defaultdict(list)
    for file in files:
        for unmet in file.unmet:
            alike[unmet.source, unmet.fields].append(unmet)
    for (source, fields), found in sorted(alike.items()):
        events = count(sum(unmet.events for unmet in found), "event")
        asked = f"{source} ({events} in {count(len(found), 'file')})"
        some = f"{', '.join(fields[:SHOWN])}{' ...' if len(fields) > SHOWN else ''}"
        yield f"rules asked in vain of {asked}: {some}"


def _clock(skew: Skew) -> str:
    sign = 1 if skew.median >= 0 else -1
    ahead, behind = (skew.other, skew.one)[::sign]
    low, high = sorted((sign * skew.low, sign * skew.high))
    return (
        f"clocks: {ahead} is {abs(skew.median):,.3f} s ahead of {behind},"
        f" by {count(skew.events, 'event')} that both saw,"
        f" half of them {low:+,.3f} to {high:+,.3f} s (shown, never applied)"
    )


def _problems(file: Coverage) -> Iterator[str]:
    """Yield a line for each kind of problem: how many, the first place, what to do."""
    alike: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in file.problems:
        alike[problem.what, problem.hint].append(problem)
    for (what, hint), problems in alike.items():
        where = problems[0].where
        whole = (where.offset, where.length) == (0, 0)
        first = "" if whole else " ".join(f"{word} {n}" for word, n in place(where).items())
        several = f"{len(problems)} times, first at " if len(problems) > 1 else ""
        yield f"{file.name or 'evidence'}: {what}{f' ({several}{first})' if first else ''}"
        if hint:
            yield f"    try: {hint}"
