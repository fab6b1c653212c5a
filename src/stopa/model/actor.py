"""What is known beforehand: actors, software, techniques, and names with their provenance."""

from __future__ import annotations

from dataclasses import dataclass

from stopa.model.when import When


@dataclass(frozen=True, slots=True)
class Alias:
    """A name for an actor or software, and who uses it."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An intrusion set, organ or organisation as one source describes it.

    `country` is ISO 3166 alpha-3 of the state it is said to act for; techniques and software are
    ATT&CK ids; `notes` say which further source a field was taken from.
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
    notes: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class KnowledgeSource:
    """Who wrote a part of the knowledge, what came of it, in which version, under which licence."""

    name: str
    version: str
    licence: str
    actors: int
    software: int
    techniques: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A published report. `date` is None where the knowledge gives none."""

    name: str
    date: When | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """An actor or campaign used a technique or software, by the reports cited for it."""

    item: str
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """All that an actor or campaign is said to have used. `owner` is its knowledge id."""

    owner: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Campaign:
    """Activity over a time, `actors` being those it is attributed to: often nobody."""

    id: str
    name: str
    source: str
    aliases: tuple[Alias, ...] = ()
    seen: When | None = None
    actors: tuple[str, ...] = ()
    description: str = ""
