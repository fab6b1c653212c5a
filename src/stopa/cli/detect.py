"""`stopa detect`: Sigma rules over evidence, findings on stdout."""

from __future__ import annotations

import time
from pathlib import Path

import click

from stopa.case.hunt import Hunt, hunt
from stopa.case.plan import STARTER, Plan
from stopa.cli import options
from stopa.cli.findings import FORMATS
from stopa.cli.progress import progress
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
@click.option(
    "--summary",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write counts, refused rules and problems to FILE as JSON.",
)
@options.quiet
def command(
    evidence: tuple[Path, ...],
    rules: tuple[Path, ...],
    form: str,
    as_json: bool,
    reader: str | None,
    zone: str | None,
    summary: Path | None,
    quiet: bool,
) -> int:
    """Run Sigma rules over EVIDENCE: files, folders, archives, or a case to hunt in again.

    \b
    Examples:
      stopa detect Security.evtx
      stopa detect logs/ --rules sigma_rules.tar.gz --format jsonl > findings.jsonl
      stopa detect my-case --rules new_rule.yml

    Exit codes: 0 done; 2 usage; 3 done, but something could not be read.
    """
    started = time.perf_counter()
    with progress(quiet=quiet) as told:
        found = hunt(
            evidence,
            Plan(rules=rules or (STARTER,), reader=reader, zone=options.zone_of(zone)),
            told,
        )
    printed = time.perf_counter()
    for line in FORMATS["jsonl" if as_json else form](found):
        click.echo(line)
    if summary is not None:
        seconds = {"search": printed - started, "write": time.perf_counter() - printed}
        durable.write(summary, canonical(_summary(found, seconds)))
    unread = found.problems or any(entry.problems for entry in found.searched)
    return UNREAD if unread else DONE


def _summary(found: Hunt, seconds: dict[str, float]) -> dict[str, object]:
    return {
        "rules": {"loaded": len(found.program.cards), "refused": found.program.refusals},
        "evidence": found.searched,
        "events": sum(entry.events for entry in found.searched),
        "findings": len(found.findings),
        "problems": found.problems,
        "seconds": {**seconds, "total": sum(seconds.values())},
    }
