"""All knowledge as one value: what a source says, before any look-up table is made of it."""

from __future__ import annotations

from dataclasses import dataclass

from stopa.model.actor import Actor, Campaign, Citation, Profile, Software, Stamp, Technique


@dataclass(frozen=True, slots=True)
class Record:
    """What a source holds, each tuple sorted by id. `stamp` names the source and its version."""

    stamp: Stamp
    actors: tuple[Actor, ...] = ()
    software: tuple[Software, ...] = ()
    techniques: tuple[Technique, ...] = ()
    profiles: tuple[Profile, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    citations: tuple[Citation, ...] = ()
