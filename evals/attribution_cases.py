"""The cases of the attribution measure: what a report documents, and what was known without it.

Spec: ../shared/evals/README.md, "Attribution"
Trap: with the report left in, any method scores over .95. Its citations go first.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from stopa.attribution.profiles import Profiles, Report, build


@dataclass(frozen=True)
class Case:
    """One report: its items, its actor, its year, and the profiles with and without that actor."""

    id: str
    truth: str
    items: dict[str, float]
    year: float
    known: Profiles
    unknown: Profiles
    plain: Profiles
    plain_unknown: Profiles


class Citations:
    """ATT&CK as groups with, for each item they used, the reports cited for it."""

    def __init__(self, file: Path) -> None:
        body = json.loads(file.read_text())
        self.names = {g: entry["name"] for g, entry in body["groups"].items()}
        self.dates = {name: entry.get("date") for name, entry in body["refs"].items()}
        self.uses = {
            group: {item: tuple(cited) for item, cited in entry["uses"]}
            for group, entry in body["groups"].items()
        }
        self.campaigns = body["campaigns"]

    def left(
        self, drop: set[str], before: float | None
    ) -> dict[str, dict[str, tuple[Report, ...]]]:
        """Return the uses that still have a citation."""
        kept = {
            name
            for name, year in self.dates.items()
            if name not in drop and (before is None or (year is not None and year < before))
        }
        reports = {name: Report(name, self.dates[name]) for name in kept}
        found = {}
        for group, items in self.uses.items():
            remaining = {
                item: tuple(reports[name] for name in cited if name in reports)
                for item, cited in items.items()
            }
            found[group] = {item: cited for item, cited in remaining.items() if cited}
        return {group: items for group, items in found.items() if items}


def read(citations: Citations, file: Path) -> list[Case]:
    """Return the cases of a file, each with the profiles that were known without its report."""
    lines = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
    return [_case(citations, line) for line in lines]


def _case(citations: Citations, line: dict[str, object]) -> Case:
    uses = citations.left(set(line["drop"]), line["before"])
    truth = str(line["truth"])
    others = {group: items for group, items in uses.items() if group != truth}
    return Case(
        id=str(line["id"]),
        truth=truth,
        items=dict.fromkeys(sorted(line["query"]), 1.0),
        year=float(line["date"]),
        known=build(uses, cited=True),
        unknown=build(others, cited=True),
        plain=build(_bare(uses), cited=False),
        plain_unknown=build(_bare(others), cited=False),
    )


def _bare(
    uses: dict[str, dict[str, tuple[Report, ...]]],
) -> dict[str, dict[str, tuple[Report, ...]]]:
    """Forget the reports, as knowledge without citations does."""
    whole = (Report("profile"),)
    return {group: dict.fromkeys(items, whole) for group, items in uses.items()}
