"""Which of the values that a text gives a slot are its incident's, and which come by the way.

Why: a report names twenty bodies and ten dates, and one of each is the answer. All are kept with
their sentences; those the text rests on are marked.
Trap: what is repeated, stands at the head and is told by plain words counts; that is not truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stopa.statements.sentences import Sentence

ASIDE = -5  # weight at which a value tells of another incident
LEAD = 6  # sentences at the head of a text that tell what it is about
LEAD_WEIGHT = 2
REPEATED = 3  # tellings beyond which one more adds nothing
# How many values of a slot a report fills on purpose; the usual shape of an incident record.
MAIN = {
    "actor": 2,
    "sponsor": 1,
    "attributor": 2,
    "victim": 2,
    "network": 1,
    "start": 1,
    "end": 1,
    "vector": 1,
    "extent": 2,
    "impact": 2,
    "data": 2,
    "loss": 1,
    "response": 6,
    "prior_incident": 2,
    "announcement_date": 1,
    "detection": 1,
    "infrastructure_designation": 1,
}


# By how much a value may weigh less than the first of its slot and still be one the text rests on.
MARGIN = {"response": 8, "extent": 0, "attributor": 3, "data": 2, "victim": 3}
USUAL_MARGIN = 4


@dataclass(slots=True)
class Value:
    """A value that a sentence gives a slot; `weight` is how plainly, `tellings` how often."""

    slot: str
    value: str
    rule: str
    sentence: Sentence
    number: int
    weight: int
    tellings: int = 1
    groups: frozenset[str] = field(default_factory=frozenset)
    told_by: frozenset[str] = frozenset()  # states of those who accuse in its sentence

    @property
    def score(self) -> int:
        """Return how much speaks for this value among others of its slot."""
        lead = LEAD_WEIGHT if self.number < LEAD else 0
        return 2 * self.weight + lead + min(self.tellings, REPEATED) - 1


def main_values(values: Sequence[Value]) -> set[int]:
    """Return the places, in the sequence, of the values that the text rests on."""
    kept: set[int] = set()
    for slot in {value.slot for value in values}:
        order = sorted(
            (index for index, value in enumerate(values) if value.slot == slot),
            key=lambda index: _rank(values[index], index),
        )
        apart = _apart(values, order)[: MAIN.get(slot, 2)]
        least = values[apart[0]].score - MARGIN.get(slot, USUAL_MARGIN)
        kept.update(
            index
            for index in apart
            if values[index].score >= least and values[index].weight > ASIDE
        )
    return kept


def _rank(value: Value, index: int) -> tuple[int, str, int]:
    """Order by weight; of two beginnings that weigh the same the earlier, and then the closer."""
    if value.slot != "start":
        return -value.score, "", index
    return -value.score, f"{value.value}~", index


def _apart(values: Sequence[Value], order: list[int]) -> list[int]:
    """Drop names that mean what a weightier one means already."""
    found: list[int] = []
    for index in order:
        groups = values[index].groups
        if not any(groups & values[other].groups for other in found):
            found.append(index)
    return found
