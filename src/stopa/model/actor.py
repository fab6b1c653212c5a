"""What is known beforehand: actors, software, techniques, and names with their provenance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alias:
    """A name for an actor or software, and who uses it."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An intrusion set, organ or organisation as one source describes it.

    `country` is ISO 3166 alpha-3 of the state it is said to act for; techniques and software are
    ATT&CK ids.
    """

    id: str
    name: str
    source: str
    aliases: tuple[Alias, ...] = ()
    country: str | None = None
    sponsor: str | None = None
    victims: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    software: tuple[str, ...] = ()
    description: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Software:
    """Malware or a tool. `public` when anyone can obtain it."""

    id: str
    name: str
    source: str
    aliases: tuple[Alias, ...] = ()
    techniques: tuple[str, ...] = ()
    public: bool = False


@dataclass(frozen=True, slots=True)
class Technique:
    """An ATT&CK technique; `tactics` are ATT&CK short names."""

    id: str
    name: str
    tactics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which knowledge a result was made with."""

    name: str
    version: str
    sha256: str
