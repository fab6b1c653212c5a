"""The conditions of rules as the page carries them: what held of any finding, and little else.

Why: a list of 5,000 addresses is one rule's condition. Of many values of which one is enough, those
that were found are shown with the first few, and how many others there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from stopa.dossier import words
from stopa.dossier.budget import Budget
from stopa.dossier.embedding import safe
from stopa.dossier.index import Index
from stopa.model.rule import Condition, Finding, Join, Part

FEW = 8  # values that are shown of many, besides those that were found
LONG = 300  # characters of what a part asks
MORE = "more"  # stands where values are left out

Row = tuple[int, str, str, str]  # depth, join, what, field
Tick = tuple[int, tuple[tuple[int, int], ...]]  # a condition, and what holds of it


@dataclass(slots=True)
class Conditions:
    """The conditions that fit, and each way in which findings fulfil them, once."""

    budget: Budget
    kept: list[tuple[str, tuple[Row, ...]]] = field(default_factory=list)
    ticks: dict[Tick, int] = field(default_factory=dict)
    _places: dict[str, tuple[int, Mapping[int, int]]] = field(default_factory=dict)

    def number(self, finding: Finding) -> int:
        """Return the number of what holds of a finding; -1 where it has no condition here."""
        if finding.ticks is None or finding.ticks.condition not in self._places:
            return -1
        condition, places = self._places[finding.ticks.condition]
        held = tuple((places[part], value) for part, value in finding.ticks.held if part in places)
        tick = (condition, held)
        if tick not in self.ticks and not self.budget.spend(len(safe(tick)) + 1):
            return -1
        return self.ticks.setdefault(tick, len(self.ticks))

    def take(self, condition: Condition, held: Iterable[int]) -> None:
        """Keep a condition if there is room for it; `held` are the parts that hold anywhere."""
        rows, places = shortened(condition.parts, frozenset(held))
        if self.budget.spend(len(safe(rows))):
            self._places[condition.id] = (len(self.kept), places)
            self.kept.append((words.clipped(condition.source, LONG), rows))


def conditions(at: Index, chosen: Sequence[Finding], budget: Budget) -> Conditions:
    """Return the conditions that these findings fulfil, the first finding's first."""
    known = {one.id: one for one in at.dossier.conditions}
    held: defaultdict[str, set[int]] = defaultdict(set)
    for finding in chosen:
        if finding.ticks is not None:
            held[finding.ticks.condition].update(part for part, _ in finding.ticks.held)
    made = Conditions(budget)
    for id_, parts in held.items():
        if id_ in known:
            made.take(known[id_], parts)
    return made


def shortened(
    parts: Sequence[Part], held: frozenset[int]
) -> tuple[tuple[Row, ...], Mapping[int, int]]:
    """Return a condition's rows and where each part that is left stands among them."""
    left_out = dict(_spare(parts, held))
    rows: list[Row] = []
    places: dict[int, int] = {}
    for number, part in enumerate(parts):
        if number not in left_out:
            places[number] = len(rows)
            rows.append(
                (part.depth, str(part.join), words.clipped(part.what, LONG, "…"), part.field)
            )
        elif left_out[number]:
            rows.append((part.depth, MORE, words.number(left_out[number]), ""))
    return tuple(rows), places


def _spare(parts: Sequence[Part], held: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield the tests that may go, the last one under each part with how many of them went."""
    beneath: defaultdict[int, list[int]] = defaultdict(list)
    above: list[int] = []
    for number, part in enumerate(parts):
        above = [each for each in above if parts[each].depth < part.depth]
        if part.join is not Join.TEST:
            above.append(number)
        elif above and parts[above[-1]].join is Join.ANY:
            beneath[above[-1]].append(number)
    for tests in beneath.values():
        gone = [number for number in tests[FEW:] if number not in held]
        if len(gone) > 1:
            yield from ((number, 0) for number in gone[:-1])
            yield gone[-1], len(gone)
