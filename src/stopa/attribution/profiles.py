"""What each known actor is documented to have used, laid out so that all can be compared at once.

Why: a look-up per item gives the reports that document it; the rest of the arithmetic is over
arrays of reports and of candidates.
Trap: knowledge without citations (the package) has one undated "report" per actor, its whole
profile. What the reports' number and dates say is then not asked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from stopa.knowledge import Knowledge
from stopa.model.actor import Profile

Array = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]
Items = Mapping[str, tuple["Report", ...]]
Uses = Mapping[str, Items]
CANDIDATE_SOURCE = "MITRE ATT&CK"  # the one source that documents techniques for each actor


@dataclass(frozen=True, slots=True)
class Report:
    """A report and its date as a year with decimals; None where it has none."""

    name: str
    year: float | None = None


PROFILE = Report("profile")  # stands for all reports where the knowledge has no citations


@dataclass(frozen=True, slots=True)
class Profiles:
    """The candidates and what is documented of them.

    Arrays over reports are in the order of candidates, `start` is each candidate's first report.
    `rows[item]` are the reports that document the item, `counts[item]` (candidates, how many
    reports of each). `years` is NaN where a report has no date; `newest` the latest of all.
    `public` is the software that anyone can obtain.
    `scores` keeps what `features.bm25` has computed, so that it is computed once.
    """

    owners: tuple[str, ...]
    cited: bool
    start: Index
    years: Array
    norm: Array
    rows: dict[str, Index]
    counts: dict[str, tuple[Index, Array]]
    rarity: dict[str, float]
    length: Array
    items: Array
    newest: float | None
    public: frozenset[str] = frozenset()
    scores: dict[tuple[str, float, float], Array] = field(default_factory=dict)


def from_knowledge(knowledge: Knowledge) -> Profiles:
    """Return the profiles of all actors whose techniques the knowledge documents."""
    dates = {
        c.name: Report(c.name, year_of(c.date.edtf) if c.date else None)
        for c in knowledge.citations
    }
    public = frozenset(s.id for s in knowledge.software if s.public)
    uses = {
        profile.owner: _items(profile, dates)
        for profile in knowledge.record.profiles
        if _is_candidate(knowledge, profile.owner)
    }
    return build(_with_campaigns(uses, knowledge, dates), cited=bool(dates), public=public)


def extend(uses: dict[str, Items], owner: str, more: Items) -> None:
    """Add what a campaign of that actor used, where the actor has a profile of its own."""
    if owner not in uses:
        return
    known = dict(uses[owner])
    for item, reports in more.items():
        known[item] = tuple(dict.fromkeys((*known.get(item, ()), *reports)))
    uses[owner] = known


def build(uses: Uses, *, cited: bool, public: frozenset[str] = frozenset()) -> Profiles:
    """Lay out the uses per actor and item, each item with the reports that document it.

    `public` are the ids of software that anyone can obtain.
    """
    owners = tuple(sorted(owner for owner, items in uses.items() if items))
    reports = [sorted({r for rs in uses[o].values() for r in rs}, key=_by_name) for o in owners]
    start = np.cumsum([0, *(len(named) for named in reports)])[:-1].astype(np.intp)
    place = [
        {report: first + n for n, report in enumerate(named)}
        for named, first in zip(reports, start.tolist(), strict=True)
    ]
    rows: dict[str, list[int]] = {}
    counts: dict[str, list[tuple[int, float]]] = {}
    for index, owner in enumerate(owners):
        for item, documented in uses[owner].items():
            rows.setdefault(item, []).extend(sorted({place[index][r] for r in documented}))
            counts.setdefault(item, []).append((index, float(len(set(documented)))))
    rarity = {item: _rarity(len(found), len(owners)) for item, found in counts.items()}
    years = np.array([r.year if r.year is not None else np.nan for named in reports for r in named])
    dated = years[~np.isnan(years)] if len(years) else years
    return Profiles(
        owners=owners,
        cited=cited,
        start=start,
        years=years,
        norm=_norm(rows, rarity, len(years)),
        rows={item: np.array(found, dtype=np.intp) for item, found in sorted(rows.items())},
        counts={
            item: (np.array([i for i, _ in found], dtype=np.intp), np.array([n for _, n in found]))
            for item, found in sorted(counts.items())
        },
        rarity=rarity,
        length=np.array([float(sum(len(set(rs)) for rs in uses[o].values())) for o in owners]),
        items=np.array([float(len(uses[o])) for o in owners]),
        newest=float(dated.max()) if len(dated) else None,
        public=public,
    )


def year_of(edtf: str) -> float:
    """Return the date as a year with decimals; a bare year counts from its middle."""
    parts = [int(part) for part in edtf.split("-")]
    month = parts[1] if len(parts) > 1 else 7
    return parts[0] + (month - 1) / 12


def _items(profile: Profile, dates: Mapping[str, Report]) -> Items:
    return {
        use.item: tuple(dates.get(name, Report(name)) for name in use.citations) or (PROFILE,)
        for use in profile.uses
    }


def _with_campaigns(
    uses: dict[str, Items], knowledge: Knowledge, dates: Mapping[str, Report]
) -> Uses:
    """Count what a campaign used for the one actor that it is attributed to."""
    for campaign in knowledge.campaigns:
        profile = knowledge.profile(campaign.id)
        if profile is not None and len(campaign.actors) == 1:
            extend(uses, campaign.actors[0], _items(profile, dates))
    return uses


def _is_candidate(knowledge: Knowledge, owner: str) -> bool:
    actor = knowledge.actor(owner)
    return actor is not None and actor.source == CANDIDATE_SOURCE


def _by_name(report: Report) -> tuple[str, float]:
    return report.name, report.year or 0.0


def _rarity(users: int, known: int) -> float:
    """Return BM25's inverse document frequency over candidates."""
    return math.log(1 + (known - users + 0.5) / (users + 0.5))


def _norm(rows: Mapping[str, list[int]], rarity: Mapping[str, float], reports: int) -> Array:
    squares = np.zeros(reports)
    for item, found in sorted(rows.items()):
        squares[found] += rarity[item] ** 2
    norm: Array = np.sqrt(squares)
    return norm
