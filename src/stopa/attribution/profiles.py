"""What each known actor is documented to have used, laid out so that all can be compared at once.

Why: a look-up per technique gives the actors that used it and how many reports say so; the rest of
the arithmetic is then over arrays of all candidates.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stopa.knowledge import Knowledge

Array = npt.NDArray[np.float64]
CANDIDATE_SOURCE = "MITRE ATT&CK"  # the one source that documents techniques for each actor
DAYS = 365.25
NEVER = 10.0  # years ascribed to a report without a date
RECENT = 3.0  # years in which a report's weight falls to 1/e


@dataclass(frozen=True, slots=True)
class Report:
    """A report's date as a year with decimals; None where it has none."""

    name: str
    year: float | None = None


@dataclass(frozen=True, slots=True)
class Profiles:
    """The candidates and what is documented of them.

    `counts[item]` are (candidate, number of reports) as two arrays; arrays over candidates are in
    the order of `owners`. `cited` says whether the counts are of reports (imported ATT&CK) or all
    one (the package has no citations). `last` is the year of the latest report, `fresh` the number
    of reports with a weight that falls with the years before the newest report of all.
    """

    owners: tuple[str, ...]
    cited: bool
    counts: dict[str, tuple[npt.NDArray[np.intp], Array]]
    reports: Array
    length: Array
    items: Array
    gap: Array
    fresh: Array


def from_knowledge(knowledge: Knowledge) -> Profiles:
    """Return the profiles of all actors whose techniques the knowledge documents."""
    dates = {
        c.name: Report(c.name, _year(c.date.edtf) if c.date else None) for c in knowledge.citations
    }
    uses = {
        profile.owner: {
            use.item: tuple(dates.get(name, Report(name)) for name in use.citations)
            for use in profile.uses
        }
        for profile in knowledge.record.profiles
        if _is_candidate(knowledge, profile.owner)
    }
    newest = max((r.year for r in dates.values() if r.year is not None), default=None)
    return build(uses, at=newest, cited=bool(dates))


def build(
    uses: dict[str, dict[str, tuple[Report, ...]]], *, at: float | None, cited: bool
) -> Profiles:
    """Lay out the uses per actor and item. `at` is the year that recency is counted from."""
    owners = tuple(sorted(owner for owner, items in uses.items() if items))
    rows: dict[str, list[tuple[int, float]]] = {}
    for index, owner in enumerate(owners):
        for item, reports in uses[owner].items():
            rows.setdefault(item, []).append((index, float(max(1, len(reports)))))
    named = [{r.name: r for rs in uses[o].values() for r in rs} for o in owners]
    ages = [_ages(reports.values(), at) for reports in named]
    return Profiles(
        owners=owners,
        cited=cited,
        counts={
            item: (np.array([i for i, _ in found]), np.array([n for _, n in found]))
            for item, found in sorted(rows.items())
        },
        reports=np.array([float(max(1, len(reports))) for reports in named]),
        length=np.array([sum(max(1.0, len(rs)) for rs in uses[o].values()) for o in owners]),
        items=np.array([float(len(uses[o])) for o in owners]),
        gap=np.array([min(found, default=NEVER) for found in ages]),
        fresh=np.array([sum(math.exp(-age / RECENT) for age in found) for found in ages]),
    )


def without(profiles: Profiles, owners: Container[str]) -> Profiles:
    """Return the profiles without these candidates, for asking what if they were not known."""
    kept = [i for i, owner in enumerate(profiles.owners) if owner not in owners]
    place = {old: new for new, old in enumerate(kept)}
    counts = {}
    for item, (index, count) in profiles.counts.items():
        inside = [k for k, i in enumerate(index) if int(i) in place]
        if inside:
            counts[item] = (np.array([place[int(index[k])] for k in inside]), count[inside])
    pick = np.array(kept, dtype=np.intp)
    return Profiles(
        owners=tuple(profiles.owners[i] for i in kept),
        cited=profiles.cited,
        counts=counts,
        reports=profiles.reports[pick],
        length=profiles.length[pick],
        items=profiles.items[pick],
        gap=profiles.gap[pick],
        fresh=profiles.fresh[pick],
    )


def _is_candidate(knowledge: Knowledge, owner: str) -> bool:
    actor = knowledge.actor(owner)
    return actor is not None and actor.source == CANDIDATE_SOURCE


def _ages(reports: Iterable[Report], at: float | None) -> list[float]:
    if at is None:
        return []
    return [abs(at - r.year) if r.year is not None else NEVER for r in reports]


def _year(edtf: str) -> float:
    parts = [int(part) for part in edtf.split("-")]
    month = parts[1] if len(parts) > 1 else 7
    return parts[0] + (month - 1) / 12
