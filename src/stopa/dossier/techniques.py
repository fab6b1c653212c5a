"""ATT&CK as the case shows it: techniques by tactic, observed here, claimed, or expected.

Spec: https://attack.mitre.org/ (Enterprise, tactics of 18 and 19)
Why: observed (a rule matched in this evidence), claimed (a text names it) and expected (knowledge
lists it for an actor) are three marks, never one: only the first is ours to vouch for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from stopa.dossier.index import Index
from stopa.model.actor import Actor, Technique
from stopa.model.assessment import ObservationKind
from stopa.model.statement import MentionKind

TACTICS = (
    "reconnaissance", "resource-development", "initial-access", "execution", "persistence",
    "privilege-escalation", "stealth", "defense-evasion", "defense-impairment",
    "credential-access", "discovery", "lateral-movement", "collection", "command-and-control",
    "exfiltration", "impact",
)  # fmt: skip
NO_TACTIC = "tactic not known"


@dataclass(frozen=True, slots=True)
class Cell:
    """A technique: findings that show it, ids of texts that claim it, hypotheses that expect it."""

    technique: Technique
    findings: int
    rules: tuple[str, ...]
    claims: tuple[str, ...]
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A tactic (ATT&CK's short name) and its techniques, the most often observed first."""

    tactic: str
    cells: tuple[Cell, ...]

    @property
    def heading(self) -> str:
        """The tactic as a reader would write it."""
        return self.tactic.replace("-", " ")


def columns(at: Index) -> tuple[Column, ...]:
    """Return the tactics that hold anything, in ATT&CK's order."""
    cells = _cells(at)
    by_tactic: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        for tactic in cell.technique.tactics or (NO_TACTIC,):
            by_tactic[tactic].append(cell)
    known = [tactic for tactic in TACTICS if tactic in by_tactic]
    other = sorted(set(by_tactic) - set(known))
    return tuple(
        Column(tactic, tuple(sorted(by_tactic[tactic], key=_order))) for tactic in (*known, *other)
    )


def expecting(at: Index) -> tuple[tuple[str, Actor], ...]:
    """Return the hypotheses that name an actor whose techniques are known."""
    actors = {actor.id: actor for actor in at.dossier.actors}
    named = [(h.id, actors.get(h.actor or "")) for h in at.dossier.assessment.hypotheses]
    return tuple((id_, actor) for id_, actor in named if actor and actor.techniques)


def _cells(at: Index) -> list[Cell]:
    found = Counter(finding.rule for finding in at.dossier.findings)
    rules: defaultdict[str, list[str]] = defaultdict(list)
    for card in at.dossier.rules:
        for technique in card.techniques:
            rules[technique].append(card.id)
    claims: defaultdict[str, list[str]] = defaultdict(list)
    for technique, id_ in _claimed(at):
        claims[technique].append(id_)
    expected: defaultdict[str, list[str]] = defaultdict(list)
    for id_, actor in expecting(at):
        for technique in actor.techniques:
            expected[technique].append(id_)
    names = {technique.id: technique for technique in at.dossier.techniques}
    seen = {technique for technique in rules if any(found[rule] for rule in rules[technique])}
    return [
        Cell(
            names.get(id_) or Technique(id_, id_),
            sum(found[rule] for rule in rules[id_]),
            tuple(rules[id_]),
            tuple(dict.fromkeys(claims[id_])),
            tuple(expected[id_]),
        )
        for id_ in sorted(seen | set(claims) | (set(expected) & set(names)))
    ]


def _claimed(at: Index) -> Iterator[tuple[str, str]]:
    for reading in at.dossier.readings:
        for mention in reading.mentions:
            if mention.kind is MentionKind.TECHNIQUE:
                yield from ((candidate, mention.id) for candidate in mention.candidates)
    for observation in at.dossier.observations:
        in_logs = any(basis in at.findings for basis in observation.basis)
        if observation.kind is ObservationKind.TECHNIQUE and not in_logs:
            yield observation.value, observation.id


def _order(cell: Cell) -> tuple[bool, bool, int, str]:
    return not cell.findings, not cell.claims, -cell.findings, cell.technique.id
