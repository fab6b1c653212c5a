"""How much the page may carry: spent in a fixed order, and what did not fit is counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from stopa.dossier.embedding import safe
from stopa.dossier.index import Index
from stopa.model.dossier import Excerpt
from stopa.model.evidence import Where

EXCERPT_MOST = 3_000  # characters of one excerpt


@dataclass(slots=True)
class Budget:
    """Bytes that may still be spent; `refused` counts what did not fit."""

    left: int
    refused: int = 0

    def spend(self, size: int) -> bool:
        """Return whether so many bytes fit, and take them if they do."""
        fits = size <= self.left
        if fits:
            self.left -= size
        else:
            self.refused += 1
        return fits


@dataclass(slots=True)
class Excerpts:
    """The excerpts that the page carries, each once: text, and whether it was cut."""

    at: Index
    room: int
    kept: list[tuple[str, bool]] = field(default_factory=list)
    budget: Budget = field(init=False)
    _known: dict[Where, Excerpt] = field(init=False)
    _numbers: dict[Where, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.budget = Budget(self.room)
        self._known = {excerpt.where: excerpt for excerpt in self.at.dossier.excerpts}

    def shown(self, where: Where) -> dict[str, object]:
        """Return the excerpt's number, and the characters of it that are cited, where known."""
        number, excerpt = self.number(where), self._known.get(where)
        if excerpt is None or excerpt.start is None or where.span is None:
            return {"quoted": number}
        first, last = (place - excerpt.start for place in where.span)
        return {"quoted": number, "span": _in_page(excerpt.text, first, last)}

    def number(self, where: Where) -> int:
        """Return the number of the excerpt at a place; -1 where there is none, or no room."""
        excerpt = self._known.get(where)
        if excerpt is None:
            return -1
        if where not in self._numbers:
            text = excerpt.text[:EXCERPT_MOST]
            if self.budget.spend(len(safe(text))):
                self._numbers[where] = len(self.kept)
                self.kept.append((text, excerpt.cut or len(excerpt.text) > len(text)))
            else:
                self._numbers[where] = -1
        return self._numbers[where]


def _in_page(text: str, first: int, last: int) -> tuple[int, int]:
    """Return where the script finds the characters: it counts those beyond U+FFFF as two."""
    wide = [sum(c > "\uffff" for c in text[:place]) for place in (first, last)]
    return first + wide[0], last + wide[1]
