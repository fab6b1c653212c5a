"""`stopa investigate`: evidence in, a case and its dossier out."""

from __future__ import annotations

from pathlib import Path

import click

from stopa.case.plan import STARTER, UNTITLED, Plan
from stopa.case.work import investigate
from stopa.cli import options
from stopa.cli.progress import progress
from stopa.cli.summary import show
from stopa.model.evidence import Reliability


@click.command("investigate")
@options.evidence
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(path_type=Path),
    metavar="CASE",
    help="The case folder: new, empty, or a case to complete.",
)
@options.rules
@options.yara
@options.our_domains
@click.option("--title", default=UNTITLED, show_default=True, help="What the dossier is called.")
@options.tlp
@options.mark
@options.reliability
@click.option("--reader", metavar="NAME", help="Read every file as this format.")
@options.zone
@options.year
@click.option("--keep", is_flag=True, help="Copy all originals into the case, not just small ones.")
@click.option(
    "--all-indicators", is_flag=True, help="Look for listed private and benign values as well."
)
@click.option(
    "--fail-on",
    type=click.Choice(["low", "medium", "high", "critical"]),
    help="Exit with 1 when a rule of at least this level matched.",
)
@options.as_json
@options.quiet
def command(
    evidence: tuple[Path, ...],
    folder: Path,
    rules: tuple[Path, ...],
    yara: tuple[Path, ...],
    own_domains: tuple[str, ...],
    title: str,
    tlp: str,
    marks: tuple[str, ...],
    reliability: str,
    reader: str | None,
    zone: str | None,
    year: int | None,
    keep: bool,
    all_indicators: bool,
    fail_on: str | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Make a case and its dossier of EVIDENCE: files, folders and archives.

    \b
    Examples:
      stopa investigate logs/ mail/ reports/ -o my-case
      stopa investigate dump.zip -o my-case --rules starter --rules sigma_rules.tar.gz
      stopa investigate evidence/ -o my-case --tlp red --json
      stopa investigate logs/ feeds/ -o my-case
      stopa investigate mail/ -o my-case --yara yara-rules/

    Lists of indicators among the evidence (STIX, MISP, OpenIOC, CSV) are matched with all events.
    A run that was cut short is completed by running the same command again.
    Exit codes: 0 done; 1 --fail-on met; 2 usage; 3 done, but something could not be read.
    """
    plan = Plan(
        title=title,
        rules=rules or (STARTER,),
        tlp=options.tlp_of(tlp),
        marks=options.marks_of(marks),
        reliability=Reliability(reliability),
        reader=reader,
        zone=options.zone_of(zone),
        year=year,
        keep=keep,
        all_indicators=all_indicators,
        yara=yara,
        own_domains=options.domains_of(own_domains),
    )
    with progress(quiet=quiet or as_json) as told:
        summary = investigate(evidence, folder, plan, told)
    return show(summary, as_json=as_json, quiet=quiet, fail_on=fail_on)
