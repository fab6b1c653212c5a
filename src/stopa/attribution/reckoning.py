"""The numbers behind an assessment, laid open: whoever has them can do the same sum with less.

Why: the page has to say what a result would be without a source, and a reader has to be able to
check it. The sum itself is in `weighing.py`, `ranking.py`, `hypotheses.py` and `ach.py`; the page's
`reckon.js` does the same, and a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from stopa.attribution import ach, conflict, features, hypotheses, ranking
from stopa.attribution import grounds as ground_rules
from stopa.attribution.claims import accused
from stopa.attribution.grounds import Grounds, grounds, weight
from stopa.attribution.profiles import Array, Profiles
from stopa.attribution.weighing import Scales, scales
from stopa.knowledge import Knowledge, places
from stopa.model.assessment import Observation, ObservationKind
from stopa.model.reckoning import Contender, Item, Paper, Reckoning, Seen, Sort
from stopa.model.statement import Reading

DIGITS = 9  # told of a logarithm: the last ones differ from machine to machine
# The numbers of the sum that are judgement or shape, by module and name.
CONSTANTS = {
    features: ("K1", "B", "SMOOTHING", "DAMPING", "SHARPNESS", "TYPICAL", "TINY"),
    ranking: ("COLDEST", "HOTTEST", "HALVINGS", "LEAST", "FIELD"),
    conflict: ("SUPPORT", "STEEPNESS", "TOLD", "OTHER", "LESS"),
    ground_rules: (
        "ENOUGH", "BROADEST", "PUBLIC", "REACH_TECHNIQUES", "REACH_PUBLIC", "REACH_SHARED",
        "REACH_EXCLUSIVE", "REACH_CORROBORATED",
    ),
    hypotheses: (
        "SHOWN", "UNDECIDED", "UNLISTED", "FALSE_FLAG", "SHARED_TOOLING", "COMPROMISED",
        "CONTRACTOR", "RAISED", "BORROWED", "COMMON_IF_SHARED", "MOOT",
    ),
    ach: ("STRONG", "WEAK"),
}  # fmt: skip


def reckoning(
    observations: Iterable[Observation], readings: tuple[Reading, ...], knowledge: Knowledge
) -> Reckoning | None:
    """Return the numbers; None where nothing technical was observed, so nothing was ranked."""
    seen = tuple(sorted(observations, key=lambda o: o.id))
    on = scales(seen, knowledge)
    ground = grounds(seen, knowledge)
    if not ground.items:
        return None
    at = features.of_actors(on.profiles, on.at)
    papers = _papers(ground, on.profiles)
    named = accused(readings, knowledge)
    return Reckoning(
        weights=tuple(sorted(on.fit.weights.items())),
        known=tuple(sorted(on.fit.known.items())),
        calibration=on.fit.calibration,
        constants=(
            *(
                (name, float(getattr(of, name)))
                for of, names in CONSTANTS.items()
                for name in names
            ),
            ("NEVER", _told(features.never(on.profiles))),
        ),
        contenders=_contenders(on, at, papers, named),
        papers=_laid_out(papers, on.profiles, at.faded),
        items=tuple(_item(i, ground, on.profiles, papers) for i in ground.items),
        seen=tuple(_seen(o, on) for o in seen),
        named=tuple(named),
        rivals=tuple((kind.value, share, label) for kind, share, label, _ in hypotheses.RIVALS),
    )


def _papers(ground: Grounds, profiles: Profiles) -> dict[int, int]:
    """Return the reports that document anything observed, each with the place it is given."""
    rows = {int(row) for item in ground.items for row in profiles.rows.get(item, ())}
    return {row: place for place, row in enumerate(sorted(rows))}


def _laid_out(papers: dict[int, int], profiles: Profiles, faded: Array) -> tuple[Paper, ...]:
    return tuple(
        Paper(_owner(row, profiles), _told(profiles.norm[row]), _told(faded[row])) for row in papers
    )


def _owner(row: int, profiles: Profiles) -> int:
    return int(np.searchsorted(profiles.start, row, side="right")) - 1


def _contenders(
    on: Scales, at: features.OfActors, papers: dict[int, int], named: Mapping[str, str]
) -> tuple[Contender, ...]:
    profiles, knowledge = on.profiles, on.knowledge
    rest = np.exp(-at.faded)
    rest[list(papers)] = 0.0
    idle = np.add.reduceat(rest, profiles.start)
    own = ranking.own_score(features.table({}, profiles, on.at), profiles, on.fit)
    made = []
    for place, owner in enumerate(profiles.owners):
        actor = knowledge.actor(owner)
        state = places().country(actor.country) if actor and actor.country else None
        made.append(
            Contender(
                actor=owner,
                label=hypotheses.labelled(actor, named) if actor else owner,
                name=actor.name if actor else owner,
                state=state.name if state else "",
                items=_told(at.items[place]),
                length=float(profiles.length[place]),
                own=_told(own[place]),
                idle=_told(idle[place]) if profiles.cited else 0.0,
            )
        )
    return tuple(made)


def _item(item: str, ground: Grounds, profiles: Profiles, papers: dict[int, int]) -> Item:
    sorts = ((ground.exclusive, Sort.EXCLUSIVE), (ground.shared, Sort.SHARED))
    sort = next((s for held, s in sorts if item in held), None)
    if sort is None:
        sort = Sort.PUBLIC if item in ground.public else Sort.TECHNIQUE
    users, counts = profiles.counts.get(item, ((), ()))
    return Item(
        id=item,
        sort=sort,
        rarity=_told(profiles.rarity.get(item, 0.0)),
        common=item in profiles.public,
        users=tuple(int(user) for user in users),
        counts=tuple(float(count) for count in counts),
        papers=tuple(papers[int(row)] for row in profiles.rows.get(item, ())),
    )


def _seen(observation: Observation, on: Scales) -> Seen:
    alone = None
    if observation.alone is not None:
        alone = weight(replace(observation, credibility=observation.alone))
    victims: tuple[int, ...] = ()
    if observation.kind is ObservationKind.VICTIM:
        victims = tuple(
            place
            for place, owner in enumerate(on.profiles.owners)
            if (actor := on.knowledge.actor(owner)) and observation.value in actor.victims
        )
    return Seen(observation.id, weight(observation), alone, victims)


def _told(value: float) -> float:
    return round(float(value), DIGITS)
