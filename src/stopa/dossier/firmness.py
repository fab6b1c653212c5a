"""How firmly the assessment stands: the same weighing with less, and what would settle it.

Why: these shifts were weighed anew by the assessment, each with everything else as it was; the
switches of the page (`switches.py`) combine what is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stopa.dossier import words
from stopa.dossier.brief import Sentence, sentence
from stopa.dossier.index import Cite, Index
from stopa.dossier.switches import source
from stopa.model.assessment import Change, Criterion, Shift

LABEL = 90  # characters of what was left out
ORDER = (Change.INDEPENDENT, Change.PRIOR, Change.ROOT, Change.ASPECT, Change.OBSERVATION)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One shift in words. `name` is of the actor that would fit best, empty where there is none."""

    change: Change
    what: str
    cite: Cite | None
    name: str
    posterior: float
    undetermined: float
    changed: bool

    @property
    def told(self) -> str:
        """What would come out, in a sentence."""
        undecided = f"{words.percent(self.undetermined)} would stay undecided"
        if not self.name:
            return f"Nothing technical would be left; {undecided}."
        first = f"{self.name} would fit best of the known actors ({words.percent(self.posterior)})"
        return f"{first}; {undecided}."


def outcomes(at: Index) -> tuple[Outcome, ...]:
    """Return the shifts, the broad ones first."""
    firm = at.dossier.assessment.sensitivity
    made = [_outcome(at, shift) for shift in (firm.shifts if firm else ())]
    return tuple(sorted(made, key=lambda outcome: ORDER.index(outcome.change)))


def hangs_on(at: Index) -> Sentence | None:
    """Return how few observations the result hangs on; None where that was not weighed."""
    firm = at.dossier.assessment.sensitivity
    if firm is None or not firm.shifts:
        return None
    if not firm.smallest:
        text = "No small set of observations was found without which another actor would fit best."
        return sentence("firmness", text)
    few = words.spelled(len(firm.smallest), "observation")
    text = f"Without {few} of all, another known actor would fit best."
    return sentence("firmness", text, cites=at.cites(firm.smallest))


def cited(at: Index, criterion: Criterion) -> Iterator[Cite]:
    """Yield what a criterion is met by: ids as citations, statements as they are."""
    techniques = {technique.id: technique.name for technique in at.dossier.techniques}
    roots = {observation.root for observation in at.dossier.observations}
    for by in criterion.by[:4]:
        if by in techniques:
            yield Cite(f"T-{by}", f"{by} {techniques[by]}")
        elif by in at.findings or by in at.statements or by in at.observations:
            yield at.cite(by)
        else:
            yield source(at, by) if by in roots else Cite("", by)


def _outcome(at: Index, shift: Shift) -> Outcome:
    names = {actor.id: actor.name for actor in at.dossier.actors}
    cite = at.cite(shift.what) if shift.change is Change.OBSERVATION else None
    if shift.change is Change.ROOT:
        cite = source(at, shift.what)
    return Outcome(
        shift.change,
        words.clipped(cite.label if cite else shift.what, LABEL, "…"),
        cite if cite and cite.id else None,
        names.get(shift.actor or "", shift.actor or ""),
        shift.posterior,
        shift.undetermined,
        shift.changed,
    )
