"""The switches of the hypotheses: what can be left out, and the numbers to reckon again without it.

Why: what the result would be without a source is for the reader to try, in any combination. The
page does the assessment's own sum (`reckon.js`) on the dossier's own numbers.
Trap: the verdict is that of the signed dossier. It stands on everything, and no switch changes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from stopa.dossier import ranking, words
from stopa.dossier.index import Cite, Index
from stopa.model.assessment import Observation, ObservationKind
from stopa.model.reckoning import Seen

LABEL = 90  # characters of a source's name
SHOWN, MOST = 8, 60  # switches of one kind at once, and when unfolded
TECHNICAL = (ObservationKind.TECHNIQUE, ObservationKind.SOFTWARE)
TELEMETRY = "telemetry"  # the root that all logs of a case are


@dataclass(frozen=True, slots=True)
class Switch:
    """Something that can be left out: what it is called, and how many observations go with it."""

    key: str
    label: str
    observations: int


@dataclass(frozen=True, slots=True)
class Switches:
    """Source roots and aspects, those first that most of the ranking rests on."""

    roots: tuple[Switch, ...]
    aspects: tuple[Switch, ...]
    observations: int


def switches(at: Index) -> Switches | None:
    """Return what can be left out; None where nothing was ranked, or the numbers are missing."""
    if at.dossier.reckoning is None or at.dossier.assessment.matrix is None:
        return None
    seen = at.dossier.observations
    return Switches(
        _of(seen, lambda o: o.root, lambda root: source(at, root).label),
        _of(seen, lambda o: o.aspect.value, lambda aspect: aspect),
        len(seen),
    )


def source(at: Index, root: str) -> Cite:
    """Return the source root of an observation: an utterance, a document, or the logs."""
    if known := at.roots.get(root):
        return Cite(root, words.clipped(known.label, LABEL, "…"))
    if root in at.evidence:
        return Cite(f"E-{root}", words.clipped(at.paper(root), LABEL, "…"))
    named = "the logs of this case" if root == TELEMETRY else root
    return Cite("", words.clipped(named, LABEL, "…"))


def reckoned(at: Index) -> dict[str, object] | None:
    """Return what the script reckons and draws with; None where there is nothing to reckon."""
    numbers = at.dossier.reckoning
    if numbers is None:
        return None
    seen = {one.observation: one for one in numbers.seen}
    return {
        "book": replace(numbers, seen=()),
        "seen": [_seen(o, seen[o.id]) for o in at.dossier.observations if o.id in seen],
        "hypotheses": [
            {"kind": h.kind, "actor": h.actor, "posterior": h.posterior}
            for h in at.dossier.assessment.hypotheses
        ],
        "scale": ranking.SCALE,
        "imitated": {how.value: word for how, word in words.IMITATED.items()},
        "rows": ranking.ROWS,
        "columns": ranking.COLUMNS,
    }


def _seen(o: Observation, counts: Seen) -> dict[str, object]:
    return {
        "id": o.id,
        "kind": o.kind,
        "value": o.value,
        "label": words.clipped(o.label, LABEL, "…"),
        "root": o.root,
        "aspect": o.aspect,
        "forgeability": o.forgeability,
        "reliability": o.reliability,
        "credibility": o.credibility,
        "alone": o.alone,
        "weight": counts.weight,
        "weight_alone": counts.alone,
        "victims": counts.victims,
    }


def _of(
    observations: Iterable[Observation],
    group: Callable[[Observation], str],
    label: Callable[[str], str],
) -> tuple[Switch, ...]:
    seen = list(observations)
    counts = Counter(map(group, seen))
    telling = Counter(group(o) for o in seen if o.kind in TECHNICAL)
    ordered = sorted(counts, key=lambda key: (-telling[key], -counts[key], key))
    return tuple(Switch(key, label(key), counts[key]) for key in ordered)
