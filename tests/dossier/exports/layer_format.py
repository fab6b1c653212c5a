"""The layer format 4.5 of ATT&CK Navigator as types, strict: what it does not know is refused.

Spec: https://github.com/mitre-attack/attack-navigator (layers/LAYERFORMATv4_5.md)
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

Colour = Annotated[str, Meta(pattern="^#[0-9a-f]{6}$")]
TechniqueId = Annotated[str, Meta(pattern=r"^T\d{4}(\.\d{3})?$")]
Tactic = Annotated[str, Meta(pattern="^[a-z]+(-[a-z]+)*$")]
Version = Annotated[str, Meta(pattern=r"^\d+\.\d+(\.\d+)?$")]


class Strict(Struct, forbid_unknown_fields=True):
    """An object that has no other properties than these."""


class Versions(Strict):
    """Of the format, and of what reads it."""

    layer: Literal["4.5"]
    navigator: Version
    attack: Annotated[str, Meta(pattern=r"^\d+$")] = "18"


class Metadata(Strict):
    """A name and a value; the format knows dividers as well, which are not written here."""

    name: str
    value: str


class Link(Strict):
    """A label and an address."""

    label: str
    url: str


class Technique(Strict):
    """A cell."""

    techniqueID: TechniqueId  # noqa: N815 - the format's own name
    tactic: Tactic = ""
    comment: str = ""
    showSubtechniques: bool = False  # noqa: N815
    score: int | None = None
    color: Colour = "#ffffff"
    enabled: bool = True
    metadata: list[Metadata] = []
    links: list[Link] = []


class Layout(Strict):
    """How the matrix is drawn."""

    layout: Literal["side", "flat", "mini"] = "side"
    showID: bool = False  # noqa: N815
    showName: bool = True  # noqa: N815


class Gradient(Strict):
    """The colours of scores."""

    colors: Annotated[list[Colour], Meta(min_length=2)]
    minValue: int  # noqa: N815
    maxValue: int  # noqa: N815


class LegendItem(Strict):
    """A line of the legend."""

    label: str
    color: Colour


class Layer(Strict):
    """A layer."""

    name: Annotated[str, Meta(min_length=1)]
    versions: Versions
    domain: Literal["enterprise-attack", "mobile-attack", "ics-attack"]
    techniques: list[Technique]
    description: str = ""
    sorting: Literal[0, 1, 2, 3] = 0
    layout: Layout = msgspec.field(default_factory=Layout)
    hideDisabled: bool = False  # noqa: N815
    gradient: Gradient | None = None
    legendItems: list[LegendItem] = []  # noqa: N815
    metadata: list[Metadata] = []
    links: list[Link] = []
    showTacticRowBackground: bool = False  # noqa: N815
    selectTechniquesAcrossTactics: bool = True  # noqa: N815
    selectSubtechniquesWithParent: bool = False  # noqa: N815


def parsed(content: bytes) -> Layer:
    """Return the layer; raise msgspec.ValidationError where the format does not allow it."""
    return msgspec.json.decode(content, type=Layer)
