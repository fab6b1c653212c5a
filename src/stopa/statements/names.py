"""What this room asks of the knowledge base, and nothing more.

Why: the rules here need names; they must not care where those come from, and tests bring a few.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from stopa.model.actor import Actor, Software, Technique
from stopa.model.statement import MentionKind


class Named(Protocol):
    """A printed name and the knowledge ids it can mean; `distinct` when it is no ordinary word."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> MentionKind: ...  # noqa: D102
    @property
    def ids(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def distinct(self) -> bool: ...  # noqa: D102


class Names(Protocol):
    """The knowledge base as this room sees it."""

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Every actor entry of every source."""

    def names(self) -> Iterable[Named]:
        """Return every name of an actor or of software."""

    def actors_named(self, name: str) -> tuple[Actor, ...]:
        """Return every actor that some vendor calls by this name."""

    def software_named(self, name: str) -> tuple[Software, ...]:
        """Return all malware and tools of this name."""

    def technique(self, id_: str, /) -> Technique | None:
        """Return the ATT&CK technique of this id."""
