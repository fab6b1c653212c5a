"""How cheaply another actor could have planted what was observed.

Why: methods that compare names are fooled by three planted names of public malware in two cases out
of five. What costs nothing to plant must not carry an attribution.
"""

from __future__ import annotations

from stopa.knowledge import Knowledge
from stopa.model.assessment import Forgeability, ObservationKind

# A technique is described for all to read; an address or a language trace is left on purpose with
# ease; who was chosen as the victim, and when people worked for months, costs to fake.
BY_KIND = {
    ObservationKind.TECHNIQUE: Forgeability.HIGH,
    ObservationKind.SOFTWARE: Forgeability.HIGH,
    ObservationKind.INDICATOR: Forgeability.MEDIUM,
    ObservationKind.VICTIM: Forgeability.LOW,
    ObservationKind.TIMING: Forgeability.MEDIUM,
    ObservationKind.LANGUAGE: Forgeability.HIGH,
    ObservationKind.CLAIM: Forgeability.HIGH,
}


def forgeability_of(kind: ObservationKind, value: str, knowledge: Knowledge | None) -> Forgeability:
    """Return how cheap it would be to plant: malware that is not to be had is harder to plant."""
    if kind is not ObservationKind.SOFTWARE or knowledge is None:
        return BY_KIND[kind]
    software = knowledge.software_by_id(value)
    if software is None or software.public:
        return Forgeability.HIGH
    return Forgeability.MEDIUM
