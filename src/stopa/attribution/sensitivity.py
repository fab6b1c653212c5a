"""How firmly the result stands: what it would be without this, and what would settle it.

Why: a result that hangs on one observation, one source or one habit of the analyst must say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from stopa.attribution.confirming import independent, without
from stopa.attribution.grounds import TECHNICAL
from stopa.attribution.ranking import Ratios
from stopa.attribution.weighing import Scales, Weighed, level, weigh
from stopa.knowledge import Knowledge
from stopa.model.assessment import Change, Observation, Sensitivity, Shift

SINGLE = 12  # observations left out one by one: those that do most for the actor that fits best
GROUPS = 10  # source roots left out one by one, and aspects
LONGEST = 8  # observations taken away at most in search of the smallest change
NAMED = 3  # pieces of evidence named that would settle it


def sensitivity(
    observations: tuple[Observation, ...], weighed: Weighed, ratios: Ratios, on: Scales
) -> Sensitivity:
    """Weigh again with less, and with another beginning."""
    technical = tuple(o for o in observations if o.kind in TECHNICAL)
    if weighed.best is None:
        return Sensitivity((), (), ("any technical observation: techniques, malware, addresses",))
    strongest = _by_support(technical, weighed, ratios)
    shifts = [
        *_leave_out(observations, strongest[:SINGLE], weighed, on),
        *_leave_groups(observations, Change.ROOT, lambda o: o.root, weighed, on),
        *_leave_groups(observations, Change.ASPECT, lambda o: o.aspect.value, weighed, on),
        _shift(Change.PRIOR, "", weigh(observations, level(on)), weighed),
        _shift(Change.INDEPENDENT, "", weigh(independent(observations), on), weighed),
    ]
    return Sensitivity(
        tuple(shifts),
        _smallest(observations, strongest, weighed, on),
        _settling(technical, weighed, on.knowledge),
    )


def _by_support(
    technical: tuple[Observation, ...], weighed: Weighed, ratios: Ratios
) -> list[Observation]:
    """Return the observations by how much they favour the best actor over the next."""
    best, *others = [c.actor for c in weighed.ranking.candidates[:2]]
    return sorted(
        technical,
        key=lambda o: (
            sum(ratios.of(o.value, actor) for actor in others) - ratios.of(o.value, best),
            o.id,
        ),
    )


def _leave_out(
    observations: tuple[Observation, ...],
    single: Iterable[Observation],
    weighed: Weighed,
    on: Scales,
) -> list[Shift]:
    return [
        _shift(Change.OBSERVATION, o.id, weigh(without(observations, {o.id}), on), weighed)
        for o in single
    ]


def _leave_groups(
    observations: tuple[Observation, ...],
    change: Change,
    group: Callable[[Observation], str],
    weighed: Weighed,
    on: Scales,
) -> list[Shift]:
    """Leave out each group that holds anything technical."""
    members: dict[str, set[str]] = {}
    for o in observations:
        members.setdefault(group(o), set()).add(o.id)
    named = sorted({group(o) for o in observations if o.kind in TECHNICAL})
    return [
        _shift(change, name, weigh(without(observations, members[name]), on), weighed)
        for name in named[:GROUPS]
    ]


def _shift(change: Change, what: str, then: Weighed, now: Weighed) -> Shift:
    return Shift(
        change=change,
        what=what,
        actor=then.best,
        posterior=then.posterior(then.best),
        undetermined=round(then.shares.undetermined, 6),
        changed=then.best != now.best,
    )


def _smallest(
    observations: tuple[Observation, ...],
    strongest: list[Observation],
    weighed: Weighed,
    on: Scales,
) -> tuple[str, ...]:
    """Take away what favours the best actor most, until another comes first."""
    gone: list[str] = []
    for observation in strongest[:LONGEST]:
        gone.append(observation.id)
        if weigh(without(observations, gone), on).best != weighed.best:
            return tuple(gone)
    return ()


def _settling(
    technical: tuple[Observation, ...], weighed: Weighed, knowledge: Knowledge
) -> tuple[str, ...]:
    seen = {o.value for o in technical}
    wanted = []
    for candidate in weighed.ranking.candidates[:2]:
        actor = knowledge.actor(candidate.actor)
        if actor is None:
            continue
        own = [s for s in actor.software if s not in seen and _is_own(s, knowledge)]
        if own:
            names = ", ".join(_name(s, knowledge) for s in own[:NAMED])
            wanted.append(f"malware that only {actor.name} is known to use, such as {names}")
        else:
            wanted.append(
                f"infrastructure of {actor.name}: no malware of its own is on record for it"
            )
    return (*wanted, "working hours over weeks, and who controlled the infrastructure")


def _is_own(software: str, knowledge: Knowledge) -> bool:
    known = knowledge.software_by_id(software)
    users = [u for u in knowledge.users(software) if u.startswith("G")]
    return known is not None and not known.public and len(users) == 1


def _name(software: str, knowledge: Knowledge) -> str:
    known = knowledge.software_by_id(software)
    return known.name if known else software
