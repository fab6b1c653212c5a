"""How firmly the assessment stands: the same weighing with less, and what would settle it.

Why: these shifts were weighed anew by the assessment, each with everything else as it was. The page
shows them and computes none of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stopa.dossier import words
from stopa.dossier.brief import Sentence, sentence
from stopa.dossier.index import Cite, Index
from stopa.model.assessment import Change, Criterion, Shift

LABEL = 90  # characters of what was left out
ORDER = (Change.INDEPENDENT, Change.PRIOR, Change.ROOT, Change.ASPECT, Change.OBSERVATION)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One shift in words. `key` names it in the page; `actor` is None where nothing is left."""

    key: str
    change: Change
    what: str
    cite: Cite | None
    actor: str | None
    name: str
    posterior: float
    undetermined: float
    changed: bool

    @property
    def told(self) -> str:
        """What would come out, in a sentence."""
        undecided = f"{words.percent(self.undetermined)} would stay undecided"
        if self.actor is None:
            return f"Nothing technical would be left; {undecided}."
        first = f"{self.name} would fit best of the known actors ({words.percent(self.posterior)})"
        return f"{first}; {undecided}."


def outcomes(at: Index) -> tuple[Outcome, ...]:
    """Return the shifts, the broad ones first."""
    firm = at.dossier.assessment.sensitivity
    shifts = enumerate(firm.shifts if firm else ())
    made = [_outcome(at, place, shift) for place, shift in shifts]
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
    for by in criterion.by[:4]:
        cite = at.cite(by)
        if by in techniques:
            yield Cite(f"T-{by}", f"{by} {techniques[by]}")
        else:
            yield cite if cite.label != by else Cite("", by)


def _outcome(at: Index, place: int, shift: Shift) -> Outcome:
    names = {actor.id: actor.name for actor in at.dossier.actors}
    cite = at.cite(shift.what) if shift.what in at.observations else None
    root, file = at.roots.get(shift.what), at.evidence.get(shift.what)
    named = root.label if root else file.name if file else shift.what
    what = cite.label if cite else named
    return Outcome(
        f"W{place}",
        shift.change,
        words.clipped(what, LABEL, "…"),
        cite
        or (Cite(shift.what, what) if root else Cite(f"E-{shift.what}", what) if file else None),
        shift.actor,
        names.get(shift.actor or "", shift.actor or ""),
        shift.posterior,
        shift.undetermined,
        shift.changed,
    )
