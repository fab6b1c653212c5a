"""`stopa detect`: Sigma rules over evidence, findings on stdout."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from stopa.case.hunt import LEVELS, How, Hunt, Wanted, hunt
from stopa.case.plan import STARTER, Plan
from stopa.cli import options
from stopa.cli.findings import FORMATS
from stopa.cli.progress import progress
from stopa.dossier.visible import line as visible
from stopa.errors import DONE, UNREAD
from stopa.model.record import canonical
from stopa.store import durable


@click.command("detect")
@options.evidence
@options.rules
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="table",
    show_default=True,
    help="How findings are printed.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format jsonl.")
@click.option("--reader", metavar="NAME", help="Read every file as this format.")
@options.zone
@options.year
@click.option(
    "--summary",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write counts, refused rules and problems to FILE as JSON.",
)
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default=LEVELS[0],
    help="Print findings of this level and above.",
)
@click.option("--status", multiple=True, metavar="WORD", help="... of rules of this status.")
@click.option("--tag", multiple=True, metavar="TAG", help="... of rules with this tag.")
@options.since
@options.until
@click.option(
    "--placeholders",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What %placeholders% of rules stand for.",
)
@click.option(
    "--pipeline",
    "pipelines",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A pySigma pipeline that changes what rules ask; repeatable.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Search in N processes. [default: 2 where there are two processors and much to search]",
)
@options.quiet
def command(
    evidence: tuple[Path, ...],
    rules: tuple[Path, ...],
    form: str,
    as_json: bool,
    reader: str | None,
    zone: str | None,
    year: int | None,
    summary: Path | None,
    level: str,
    status: tuple[str, ...],
    tag: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    placeholders: Path | None,
    pipelines: tuple[Path, ...],
    jobs: int | None,
    quiet: bool,
) -> int:
    """Run Sigma rules over EVIDENCE: files, folders, archives, or a case to hunt in again.

    \b
    Examples:
      stopa detect Security.evtx
      stopa detect logs/ --rules sigma_rules.tar.gz --format jsonl > findings.jsonl
      stopa detect my-case --rules new_rule.yml
      stopa detect logs/ --level high --tag attack.persistence --since 2025-05-01

    Exit codes: 0 done; 2 usage; 3 done, but some evidence could not be read. Rules that are refused
    are counted on stderr and listed in the summary; they do not change the exit code.
    """
    started = time.perf_counter()
    tags = frozenset(map(str.lower, tag))
    statuses = frozenset(map(str.lower, status))
    wanted = Wanted(level, statuses, tags, since, until)
    how = How(wanted, placeholders, pipelines, jobs)
    plan = Plan(rules=rules or (STARTER,), reader=reader, zone=options.zone_of(zone), year=year)
    with progress(quiet=quiet) as told:
        found = hunt(evidence, plan, told, how)
    printed = time.perf_counter()
    for line in FORMATS["jsonl" if as_json else form](found):
        click.echo(line)
    if summary is not None:
        ended = time.perf_counter()
        seconds = {
            "read": found.read,
            "match": found.match,
            "write": ended - printed,
            "total": ended - started,
        }
        durable.write(summary, canonical(_summary(found, seconds)))
    unread = list(_unread(found))
    if not quiet:
        for line in (*unread, *_refused(found)):
            click.echo(visible(line), err=True)
    return UNREAD if unread else DONE


def _unread(found: Hunt) -> Iterator[str]:
    """Yield what could not be read, alike problems of a file once."""
    for problem in found.problems:
        yield f"not read: {problem.where.part or 'evidence'}: {problem.what} (try: {problem.hint})"
    for entry in found.searched:
        alike = Counter((problem.what, problem.hint) for problem in entry.problems)
        for (what, hint), times in alike.items():
            often = f", {times} times" if times > 1 else ""
            yield f"not read: {entry.path}: {what}{often} (try: {hint})"


def _refused(found: Hunt) -> Iterator[str]:
    """Yield how many rules were refused, if any, and how to see which."""
    if refused := len(found.program.refusals):
        loaded = len(found.program.cards)
        yield f"rules: {loaded} loaded, {refused} refused (try: stopa rules check RULES)"


def _summary(found: Hunt, seconds: dict[str, float]) -> dict[str, object]:
    return {
        "rules": {"loaded": len(found.program.cards), "refused": found.program.refusals},
        "evidence": found.searched,
        "events": sum(entry.events for entry in found.searched),
        "findings": len(found.findings),
        "by_rule": Counter(finding.rule for _, finding in found.findings),
        "problems": found.problems,
        "seconds": seconds,
    }
