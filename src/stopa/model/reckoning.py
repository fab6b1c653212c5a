"""The numbers that an assessment was reckoned from, so that it can be reckoned again with less.

Why: what a result would be without a source should not have to be believed. With these numbers
and the observations anybody can do the sum again, in the page or elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What an item that was observed counts as when it is asked how far belief may move."""

    TECHNIQUE = "technique"
    EXCLUSIVE = "malware of one known user"
    SHARED = "malware of several"
    PUBLIC = "software that anyone can obtain"


@dataclass(frozen=True, slots=True)
class Contender:
    """A known actor that can be ranked. `state` is the name of the state it is said to act for.

    `items` is the natural log of how many items it is documented with, `length` how many citations
    that are, `own` its score by its record alone. `idle` is what reports add that hold none of the
    items observed, 0 where the knowledge has no reports.
    """

    actor: str
    label: str
    name: str
    state: str
    items: float
    length: float
    own: float
    idle: float


@dataclass(frozen=True, slots=True)
class Paper:
    """A report that documents something observed: of which contender (by place), its size, its age.

    `norm` is the length of its vector of rarities, `faded` its distance in time in lifetimes.
    """

    of: int
    norm: float
    faded: float


@dataclass(frozen=True, slots=True)
class Item:
    """An ATT&CK id that was observed: its rarity, who is documented with it, how often, where.

    `users` are places of contenders, `counts` how many reports of each, `papers` places of reports;
    all empty where nobody is documented with it. `common` is software that the ranking knows as
    public.
    """

    id: str
    sort: Sort
    rarity: float
    common: bool
    users: tuple[int, ...]
    counts: tuple[float, ...]
    papers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What an observation counts; `alone` without other roots that bear it out, if any do.

    `victims` are places of contenders that are known to have had such a victim.
    """

    observation: str
    weight: float
    alone: float | None = None
    victims: tuple[int, ...] = ()


Named = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Everything that the sum needs besides the observations themselves.

    `weights` are of the ranking's features, `known` of the open-set score, `calibration` points
    from stated to earned probability, `constants` the numbers that are judgement. `named` are
    actors that are listed because somebody accuses them; `rivals` (kind, share, label) are the
    explanations that are there whoever leads.
    """

    weights: Named
    known: Named
    calibration: tuple[tuple[float, float], ...]
    constants: Named
    contenders: tuple[Contender, ...]
    papers: tuple[Paper, ...]
    items: tuple[Item, ...]
    seen: tuple[Seen, ...]
    named: tuple[str, ...]
    rivals: tuple[tuple[str, str, str], ...]
