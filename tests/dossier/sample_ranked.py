"""The sample with an assessment that was really made: known actors ranked on packaged knowledge.

Provenance: the observations are invented; what actors are documented with is ATT&CK's, from the
package.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from stopa import attribution
from stopa.attribution.confirming import confirmed
from stopa.knowledge import Knowledge, load
from stopa.model.assessment import Aspect, Credibility, Forgeability, Observation, ObservationKind
from stopa.model.dossier import Dossier
from stopa.model.when import When
from tests.attribution.made import NOBODY, seen
from tests.dossier.sample import sample

# What is common, what one actor alone has, what anybody can obtain, what nobody is known for.
NAMES_AND_WAYS = (
    ("telemetry", "T1566.001 T1059.001 T1071.001 T1102.002 T1204.002 T1003.001 S0002"),
    ("report", "T1566.001 T1102.002 S0251 S0596 S0154 T1583.001"),
    ("rumour", "T1071.001 S0251 S0013 T1027 T9999"),
)
WAYS_ALONE = (
    ("telemetry", "T1566.002 T1059.003 T1105 T1021.002 T1560.001 T1078"),
    ("report", "T1105 T1078 T1114.002"),
    ("rumour", "T1090.003 T1566.002"),
)
# One actor's own malware and its ways of working: enough for a name.
ONE_ACTOR = (
    (
        "telemetry",
        "T1566.001 T1566.002 T1204.002 T1059.001 T1102.002 T1071.003 T1003.001 T1114.002",
    ),
    ("report", "S0251 S0023 S0045 S0117 S0137 S0243 T1566.001 T1071.003 T1114.002 T1102.002"),
)


def observed(case: tuple[tuple[str, str], ...]) -> tuple[Observation, ...]:
    """Return the observations of a case, and a few that bear on the matrix alone, by id."""
    made = []
    for root, values in case:
        for number, value in enumerate(values.split()):
            one = seen(
                value,
                root=root,
                credibility=Credibility(("3", "2", "4")[number % 3])
                if case != ONE_ACTOR
                else Credibility.PROBABLY_TRUE,
                forgeability=Forgeability.HIGH if number % 2 else Forgeability.MEDIUM,
            )
            one = replace(one, when=When("2024-03/2024-05"))
            made.append(replace(one, aspect=Aspect.CONTROL) if number % 3 == 1 else one)
    return tuple(sorted(confirmed((*made, *_others())), key=lambda o: o.id))


def _others() -> tuple[Observation, ...]:
    victim = replace(
        seen("T1204"), id="O-victim", kind=ObservationKind.VICTIM, value="CZE",
        label="victim in Czechia", aspect=Aspect.CUI_BONO, root="report",
    )  # fmt: skip
    address = replace(
        seen("T1204"), id="O-address", kind=ObservationKind.INDICATOR, value="192.0.2.1",
        label="ipv4 192.0.2.1", aspect=Aspect.INFRASTRUCTURE, root="rumour",
    )  # fmt: skip
    hours = replace(
        seen("T1204"), id="O-hours", kind=ObservationKind.TIMING, value="UTC+8",
        label="office hours of UTC+8",
    )  # fmt: skip
    return victim, address, hours


@cache
def knowledge() -> Knowledge:
    """Return the packaged knowledge, read once."""
    with TemporaryDirectory(prefix="stopa-") as folder:
        return load(Path(folder))


def ranked(case: tuple[tuple[str, str], ...] = NAMES_AND_WAYS) -> Dossier:
    """Return the sample with these observations in place of its own, weighed."""
    observations, known = observed(case), knowledge()
    assessment = attribution.assess(observations, (), NOBODY, known)
    actors = {h.actor for h in assessment.hypotheses} | {
        shift.actor for shift in (assessment.sensitivity.shifts if assessment.sensitivity else ())
    }
    return replace(
        sample(),
        observations=observations,
        assessment=assessment,
        reckoning=attribution.reckoning(observations, (), known),
        actors=tuple(known.actor(actor) for actor in sorted(filter(None, actors))),  # type: ignore[misc]
        judged=None,
    )
