"""The question without a case: which known actors fit these techniques and this software."""

from __future__ import annotations

from collections.abc import Iterable

from stopa.attribution.assessing import assess
from stopa.attribution.forging import forgeability_of
from stopa.errors import InputError
from stopa.knowledge import Knowledge
from stopa.model.assessment import (
    Aspect,
    Assessment,
    Credibility,
    Observation,
    ObservationKind,
)
from stopa.model.evidence import Reliability
from stopa.model.record import name
from stopa.model.statement import Comparison

ASKED = "asked"


def rank(
    techniques: Iterable[str], software: Iterable[str], knowledge: Knowledge
) -> tuple[tuple[Observation, ...], Assessment]:
    """Assess a bare set of ATT&CK ids or names, as observations of one root that nobody has judged.

    Raises InputError for a technique or software that the knowledge does not hold, or that can mean
    several.
    """
    found = [_technique(t, knowledge) for t in techniques]
    found += [_software(s, knowledge) for s in software]
    observations = tuple(sorted({o.id: o for o in found}.values(), key=lambda o: (o.kind, o.value)))
    return observations, assess(observations, (), Comparison((), ()), knowledge)


def _technique(asked: str, knowledge: Knowledge) -> Observation:
    known = knowledge.technique(asked.strip().upper())
    if known is None:
        raise InputError(
            f"no technique {asked!r} is known", hint="use ATT&CK ids such as T1566.002"
        )
    return _observation(ObservationKind.TECHNIQUE, known.id, known.name, knowledge)


def _software(asked: str, knowledge: Knowledge) -> Observation:
    found = knowledge.software_named(asked.strip())
    attack = [s for s in found if s.id[:1] == "S" and s.id[1:].isdigit()]
    if not attack:
        raise InputError(
            f"no software {asked!r} is known to ATT&CK",
            hint="look it up: stopa knowledge show NAME",
        )
    if len(attack) > 1:
        meant = ", ".join(f"{s.id} {s.name}" for s in attack)
        raise InputError(f"{asked!r} can mean {meant}", hint="use the id")
    return _observation(ObservationKind.SOFTWARE, attack[0].id, attack[0].name, knowledge)


def _observation(
    kind: ObservationKind, value: str, label: str, knowledge: Knowledge
) -> Observation:
    return Observation(
        id=name("O", kind, value, ASKED),
        kind=kind,
        value=value,
        label=label,
        aspect=Aspect.MALWARE if kind is ObservationKind.SOFTWARE else Aspect.TELEMETRY,
        reliability=Reliability.CANNOT_BE_JUDGED,
        credibility=Credibility.POSSIBLY_TRUE,
        forgeability=forgeability_of(kind, value, knowledge),
        root=ASKED,
        basis=(),
        cites=(),
    )
