"""A known name found in a text, before it is known what the text says of it."""

from __future__ import annotations

from dataclasses import dataclass

from stopa.model.statement import MentionKind


@dataclass(frozen=True, slots=True)
class Hit:
    """A name at the text's characters [start, end), and the knowledge ids that it can mean."""

    kind: MentionKind
    printed: str
    ids: tuple[str, ...]
    start: int
    end: int

    @property
    def named(self) -> str:
        """What is named: of a technique its id, however it is told."""
        return self.ids[0] if self.kind is MentionKind.TECHNIQUE else self.printed

    @property
    def key(self) -> tuple[MentionKind, str]:
        """What two hits have in common that name the same."""
        return self.kind, self.named.lower()
