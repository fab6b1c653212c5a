"""What another root bears out counts more, and only while that root is there.

Spec: Admiralty code (NATO STANAG 2511): credibility 1 is "confirmed by other sources"
Why: who leaves a source out must not keep what it lent to the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import replace

from stopa.model.assessment import Credibility, Observation

SOUND = (
    Credibility.PROBABLY_TRUE,
    Credibility.POSSIBLY_TRUE,
)  # what can bear out, and be borne out


def confirmed(observations: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """Raise to 1 what a root that does not go back to this one has seen as well."""
    roots = Counter((o.kind, o.value) for o in observations if o.credibility in SOUND)
    return tuple(
        replace(o, credibility=Credibility.CONFIRMED, alone=o.credibility)
        if roots[(o.kind, o.value)] > 1 and o.credibility in SOUND
        else o
        for o in observations
    )


def without(observations: tuple[Observation, ...], gone: Container[str]) -> tuple[Observation, ...]:
    """Leave out the observations of these ids, and what they alone bore out of the others."""
    kept = tuple(o for o in observations if o.id not in gone)
    roots = Counter((o.kind, o.value) for o in kept if o.alone is not None)
    return tuple(
        replace(o, credibility=o.alone, alone=None)
        if o.alone is not None and roots[(o.kind, o.value)] < 2
        else o
        for o in kept
    )


def independent(observations: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """Return only what independent roots bear out."""
    return tuple(o for o in observations if o.credibility is Credibility.CONFIRMED)
