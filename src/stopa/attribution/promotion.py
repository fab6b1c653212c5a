"""What activity may be called: a cluster, a temporary group, a named actor; and how deep it goes.

Spec: Unit 42's Attribution Framework (2025): linked events; six months and one actor; all four
vertices of the Diamond Model and several reliable sources
Why: each step is a claim of its own. A group is not an organ and an organ is not a state: each
needs its own evidence, shown as met or not met, and by what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from stopa.attribution.grounds import TECHNICAL
from stopa.attribution.linking import SOUND, linked, shared
from stopa.attribution.weighing import Weighed
from stopa.knowledge import Knowledge
from stopa.model.assessment import (
    ClaimedAttribution,
    Criterion,
    Hypothesis,
    Observation,
    ObservationKind,
    Promotion,
)
from stopa.model.evidence import Reliability

SIX_MONTHS = timedelta(days=182)
RELIABLE = frozenset({Reliability.COMPLETELY, Reliability.USUALLY})
SEVERAL = 2
LINKED = 2
MOST = 0.5  # of what was observed that has to hang together, for "linked events"
ONE_ACTOR = 0.5  # of all belief, for "one actor"
BY = 10  # ids given with a criterion
UNNAMED = "the assessment names no actor"
UNFOUNDED = "no accusation with a published technical basis goes back to two roots"


def promotions(
    observations: tuple[Observation, ...],
    weighed: Weighed,
    leader: Hypothesis | None,
    knowledge: Knowledge,
) -> tuple[Promotion, ...]:
    """Return the steps in order, each with its criteria."""
    technical = tuple(o for o in observations if o.kind in TECHNICAL)
    together = linked(technical)
    cluster = _step("activity cluster", _linked(technical, together))
    dated = together if cluster.met else ()
    group = _step(
        "temporary group", *cluster.criteria, _six_months(dated), _one(weighed, knowledge)
    )
    actor = _step(
        "named actor",
        *group.criteria,
        *_diamond(observations, leader),
        _reliable(technical),
    )
    return cluster, group, actor


def depth(
    observations: tuple[Observation, ...],
    leader: Hypothesis | None,
    said: tuple[ClaimedAttribution, ...],
    knowledge: Knowledge,
) -> tuple[Criterion, ...]:
    """Return cluster, group, organ, state: what may be said, by evidence of each step's own."""
    technical = tuple(o for o in observations if o.kind in TECHNICAL)
    actor = knowledge.actor(leader.actor) if leader and leader.actor else None
    founded = [c for c in said if c.published_basis and c.roots >= SEVERAL]
    organ = [c for c in founded if c.sponsor]
    return (
        replace(_linked(technical, linked(technical)), name="cluster"),
        Criterion("group", leader is not None, (leader.label if leader else UNNAMED,)),
        Criterion(
            "organ",
            bool(actor and organ),
            tuple(f"{c.sponsor}, named with a published basis from {c.roots} roots" for c in organ)
            or (UNFOUNDED,),
        ),
        Criterion(
            "state",
            bool(actor and actor.country and founded),
            tuple(f"{c.actor}, named with a published basis from {c.roots} roots" for c in founded)
            or (UNFOUNDED,),
        ),
    )


def _step(step: str, *criteria: Criterion) -> Promotion:
    return Promotion(step, all(c.met for c in criteria), criteria)


def _linked(technical: tuple[Observation, ...], together: tuple[Observation, ...]) -> Criterion:
    """Tell whether most of what was observed hangs together, and by what.

    Techniques that rest on the same findings share an entity with themselves: they count as one.
    """
    sound = _sightings(o for o in technical if o.credibility in SOUND)
    tied, entities = _sightings(together), shared(together)
    if not technical:
        by: tuple[str, ...] = ("nothing technical",)
    elif not entities or tied < LINKED:
        by = (f"no host, account or address is shared by two of the {len(technical)} observed",)
    else:
        by = (f"{tied} of {sound} sightings share {', '.join(entities[:BY])}",)
    met = bool(entities) and tied >= LINKED and tied > MOST * sound
    return Criterion("linked events", met, (*by, *(o.id for o in together[:BY] if met)))


def _sightings(observations: Iterable[Observation]) -> int:
    return round(sum(o.share for o in observations))


def _six_months(together: tuple[Observation, ...]) -> Criterion:
    """Tell how long what hangs together went on: other events are not known to be of it."""
    dated = [o.when for o in together if o.when is not None]
    first = min((at for w in dated if (at := w.earliest()) is not None), default=None)
    last = max((at for w in dated if (at := w.latest()) is not None), default=None)
    if first is None or last is None:
        return Criterion(
            "six months of activity", met=False, by=("nothing that hangs together has a date",)
        )
    by = f"{first.date().isoformat()} to {last.date().isoformat()}"
    return Criterion("six months of activity", last - first >= SIX_MONTHS, (by,))


def _one(weighed: Weighed, knowledge: Knowledge) -> Criterion:
    if weighed.best is None:
        return Criterion("one actor", met=False, by=("nothing technical was observed",))
    known, posterior = knowledge.actor(weighed.best), weighed.posterior(weighed.best)
    name = known.name if known else weighed.best
    by = [f"{name} has {round(posterior * 100)} % of all belief; more than half is asked for"]
    if weighed.clash.flagged:
        by.append("names of malware and ways of working point at different actors")
    return Criterion("one actor", posterior > ONE_ACTOR and not weighed.clash.flagged, tuple(by))


def _diamond(
    observations: tuple[Observation, ...], leader: Hypothesis | None
) -> tuple[Criterion, ...]:
    kinds = {
        "infrastructure": (ObservationKind.INDICATOR,),
        "capability": (ObservationKind.SOFTWARE, ObservationKind.TECHNIQUE),
        "victim": (ObservationKind.VICTIM,),
    }
    vertices = [Criterion("adversary", leader is not None, (leader.label if leader else UNNAMED,))]
    for name, wanted in kinds.items():
        ids = tuple(o.id for o in observations if o.kind in wanted)
        vertices.append(Criterion(name, bool(ids), ids[:BY] or (f"no {name} was observed",)))
    return tuple(vertices)


def _reliable(technical: tuple[Observation, ...]) -> Criterion:
    roots = tuple(sorted({o.root for o in technical if o.reliability in RELIABLE}))
    none = "no root of what was observed is held completely or usually reliable"
    return Criterion("several reliable sources", len(roots) >= SEVERAL, roots[:BY] or (none,))
