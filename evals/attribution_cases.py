"""The cases of the attribution measure: what a report documents, and what was known without it.

Spec: ../shared/evals/README.md, "Attribution"
Why: a campaign that is attributed to one actor tells of that actor. What it used is kept with the
actor's profile, as far as the same rule of removal leaves it.
Trap: with the report left in, any method scores over .95. Its citations go first.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stopa.attribution.features import table
from stopa.attribution.profiles import Array, Items, Profiles, Report, build, extend
from stopa.knowledge import load

GAP = 0.5  # years; where a case goes by no date, other reports on its actor that near are removed
LEAST = 5  # items that a report must document, and that must be left of its actor without it
WHOLE = (Report("profile"),)


@dataclass(frozen=True)
class Case:
    """One report: its items, its actor, its year, and what may not be known when it is judged."""

    id: str
    truth: str
    items: dict[str, float]
    year: float
    drop: frozenset[str]
    before: float | None


@dataclass(frozen=True)
class Laid:
    """A case among the actors that one kind of profile knows, with its own and without it."""

    case: Case
    known: Profiles
    out: Profiles
    table: Array
    table_out: Array

    @property
    def truth(self) -> int | None:
        """Return the row of the case's actor; None where nothing is left of it."""
        return place_of(self.case.truth, self.known)

    @property
    def documented(self) -> bool:
        """Return whether a candidate is documented with malware of the case."""
        malware = {i for i in self.case.items if i.startswith("S")} - self.known.public
        return any(item in self.known.counts for item in malware)


class Citations:
    """ATT&CK as groups and campaigns with, for each item they used, the reports cited for it."""

    def __init__(self, file: Path) -> None:
        body = json.loads(file.read_text())
        self.dates = {name: entry.get("date") for name, entry in body["refs"].items()}
        self.uses = {group: _uses(entry) for group, entry in body["groups"].items()}
        self.campaigns = [
            (entry["attributed_to"][0], _uses(entry))
            for _, entry in sorted(body["campaigns"].items())
            if len(entry["attributed_to"]) == 1
        ]
        self.reports = {name: Report(name, year) for name, year in self.dates.items()}

    def left(self, case: Case) -> dict[str, Items]:
        """Return the groups' uses that still have a citation."""
        found = {group: self._kept(items, case, "") for group, items in self.uses.items()}
        return {group: items for group, items in found.items() if items}

    def all_left(self, case: Case) -> dict[str, Items]:
        """Return the same with what the groups' campaigns used."""
        found = self.left(case)
        for group, items in self.campaigns:
            extend(found, group, self._kept(items, case, group))
        return found

    def _kept(self, items: dict[str, tuple[str, ...]], case: Case, campaign_of: str) -> Items:
        own = campaign_of == case.truth
        kept = {
            item: tuple(self.reports[n] for n in cited if self._stays(n, case, own))
            for item, cited in items.items()
        }
        return {item: cited for item, cited in kept.items() if cited}

    def _stays(self, name: str, case: Case, own: bool) -> bool:
        year = self.dates.get(name)
        if name in case.drop or name not in self.reports:
            return False
        if case.before is not None:
            return year is not None and year < case.before
        return not (own and year is not None and abs(year - case.year) <= GAP)


def place_of(actor: str, profiles: Profiles) -> int | None:
    """Return the actor's row among the candidates; None where it is none of them."""
    return profiles.owners.index(actor) if actor in profiles.owners else None


def read(file: Path) -> list[Case]:
    """Return the cases of a file."""
    lines = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
    return [
        Case(
            id=str(line["id"]),
            truth=str(line["truth"]),
            items=dict.fromkeys(sorted(line["query"]), 1.0),
            year=float(line["date"]),
            drop=frozenset(line["drop"]),
            before=line["before"],
        )
        for line in lines
    ]


def made(citations: Citations, like: Iterable[Case]) -> list[Case]:
    """Return all cases that the citations give, by the rule that the cases of the files follow.

    A dated report that is cited for one group, for five items or more, of whose group five items
    are left without it. Both ways of removal, where `like` has both.
    """
    items: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for group, uses in citations.uses.items():
        for item, cited in uses.items():
            for name in cited:
                items[name][group].add(item)
    by_date = sorted({case.before is not None for case in like})
    found = []
    for name, groups in sorted(items.items()):
        year = citations.dates.get(name)
        if len(groups) == 1 and year is not None:
            ((group, used),) = groups.items()
            near = {n for n, gs in items.items() if group in gs and _near(citations, n, year)}
            for dated in by_date:
                case = Case(
                    id=f"{'prosp' if dated else 'lro6'}:{group}:{name}",
                    truth=group,
                    items=dict.fromkeys(sorted(used), 1.0),
                    year=year,
                    drop=frozenset({name}) if dated else frozenset({name, *near}),
                    before=year if dated else None,
                )
                if len(used) >= LEAST and len(citations.left(case).get(group, ())) >= LEAST:
                    found.append(case)
    return found


def lay(citations: Citations, cases: Iterable[Case], kind: str) -> list[Laid]:
    """Lay out what is known when each case is judged: `cited` reports, or `plain` profiles."""
    return [_laid(citations.all_left(case), case, cited=kind == "cited") for case in cases]


@cache
def public() -> frozenset[str]:
    """Return the software that anyone can obtain, as the knowledge that ships has it."""
    with tempfile.TemporaryDirectory() as folder:
        return frozenset(s.id for s in load(Path(folder)).software if s.public)


def _laid(uses: dict[str, Items], case: Case, *, cited: bool) -> Laid:
    if not cited:
        uses = {group: dict.fromkeys(items, WHOLE) for group, items in uses.items()}
    others = {group: items for group, items in uses.items() if group != case.truth}
    known, out = (build(one, cited=cited, public=public()) for one in (uses, others))
    laid = Laid(
        case,
        known,
        out,
        table(case.items, known, case.year),
        table(case.items, out, case.year),
    )
    for profiles in (known, out):
        profiles.scores.clear()
    return laid


def _uses(entry: dict[str, object]) -> dict[str, tuple[str, ...]]:
    return {item: tuple(cited) for item, cited in entry["uses"]}


def _near(citations: Citations, name: str, year: float) -> bool:
    other = citations.dates.get(name)
    return other is not None and abs(other - year) <= GAP
