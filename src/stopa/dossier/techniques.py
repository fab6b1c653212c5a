"""ATT&CK as the case shows it: techniques by tactic, observed here, claimed, or expected.

Spec: https://attack.mitre.org/ (Enterprise, tactics of 18 and 19)
Why: observed (a rule matched in this evidence), claimed (a text names it) and expected (knowledge
lists it for an actor) are three marks, never one: only the first is ours to vouch for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from stopa.dossier.index import Index
from stopa.knowledge.edition import IMPAIRMENT, STEALTH, tactics_of_18, tactics_of_19
from stopa.model.actor import Actor, Technique
from stopa.model.assessment import ObservationKind
from stopa.model.statement import MentionKind, Stance

TACTICS = (
    "reconnaissance", "resource-development", "initial-access", "execution", "persistence",
    "privilege-escalation", "stealth", "defense-evasion", "defense-impairment",
    "credential-access", "discovery", "lateral-movement", "collection", "command-and-control",
    "exfiltration", "impact",
)  # fmt: skip
NO_TACTIC = "tactic not known"


@dataclass(frozen=True, slots=True)
class Cell:
    """A technique: findings that show it, ids of texts that claim it, hypotheses that expect it.

    `unseen` where it is known that no applied rule for it looks at any event of this case.
    """

    technique: Technique
    findings: int
    rules: tuple[str, ...]
    claims: tuple[str, ...]
    expected: tuple[str, ...]
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A tactic (ATT&CK's short name) and its techniques, the most often observed first.

    `edition` is `18` or `19` where the other edition of ATT&CK has no such column, else empty.
    """

    tactic: str
    cells: tuple[Cell, ...]
    edition: str = ""

    @property
    def shown(self) -> tuple[Cell, ...]:
        """What was observed or claimed."""
        return tuple(cell for cell in self.cells if cell.findings or cell.claims)

    @property
    def awaited(self) -> tuple[Cell, ...]:
        """What only knowledge lists."""
        return tuple(cell for cell in self.cells if not (cell.findings or cell.claims))

    @property
    def heading(self) -> str:
        """The tactic as a reader would write it."""
        return self.tactic.replace("-", " ")


def columns(at: Index) -> tuple[Column, ...]:
    """Return the tactics that hold anything, in ATT&CK's order, as the knowledge names them."""
    cells = _cells(at, at.dossier.techniques)
    by_tactic = _by_tactic(cells, lambda technique: technique.tactics)
    return tuple(Column(tactic, by_tactic[tactic]) for tactic in _in_order(by_tactic))


def in_both_editions(at: Index) -> tuple[Column, ...]:
    """Return the tactics with what is expected too; where 18 and 19 differ, each has its own."""
    cells = _cells(at, (*at.dossier.techniques, *at.dossier.expected))
    in_18 = _by_tactic(cells, lambda technique: tactics_of_18(technique.tactics))
    in_19 = _by_tactic(cells, lambda technique: tactics_of_19(technique.id, technique.tactics))
    made = []
    for tactic in _in_order({**in_18, **in_19}):
        older, newer = in_18.get(tactic, ()), in_19.get(tactic, ())
        if older == newer:
            made.append(Column(tactic, older))
            continue
        made += [Column(tactic, older, "18")] if older else []
        made += [Column(tactic, newer, "19")] if newer else []
    return tuple(made)


def edition(at: Index) -> str:
    """Return the edition whose names of tactics the knowledge of this case uses."""
    used = {t for technique in at.dossier.techniques for t in technique.tactics}
    return "19" if used & {STEALTH, IMPAIRMENT} else "18"


def named_once(columns: Iterable[Column], shown: str) -> dict[str, tuple[str, str]]:
    """Return for each technique the column (tactic, edition) whose cell bears its permalink."""
    ranked = sorted(columns, key=lambda column: column.edition not in ("", shown))
    found: dict[str, tuple[str, str]] = {}
    for column in ranked:
        for cell in column.cells:
            found.setdefault(cell.technique.id, (column.tactic, column.edition))
    return found


def _by_tactic(
    cells: Iterable[Cell], tactics: Callable[[Technique], tuple[str, ...]]
) -> dict[str, tuple[Cell, ...]]:
    by_tactic: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        for tactic in tactics(cell.technique) or (NO_TACTIC,):
            by_tactic[tactic].append(cell)
    return {tactic: tuple(sorted(held, key=_order)) for tactic, held in by_tactic.items()}


def _in_order(by_tactic: Mapping[str, object]) -> list[str]:
    known = [tactic for tactic in TACTICS if tactic in by_tactic]
    return [*known, *sorted(set(by_tactic) - set(known))]


def expecting(at: Index) -> tuple[tuple[str, Actor], ...]:
    """Return the hypotheses that name an actor whose techniques are known."""
    actors = {actor.id: actor for actor in at.dossier.actors}
    named = [(h.id, actors.get(h.actor or "")) for h in at.dossier.assessment.hypotheses]
    return tuple((id_, actor) for id_, actor in named if actor and actor.techniques)


def _cells(at: Index, known: Iterable[Technique]) -> list[Cell]:
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
    names = {technique.id: technique for technique in known}
    unseen = _unseen(at)
    seen = {technique for technique in rules if any(found[rule] for rule in rules[technique])}
    return [
        Cell(
            names.get(id_) or Technique(id_, id_),
            sum(found[rule] for rule in rules[id_]),
            tuple(rules[id_]),
            tuple(dict.fromkeys(claims[id_])),
            tuple(expected[id_]),
            id_ not in seen and unseen(id_),
        )
        for id_ in sorted(seen | set(claims) | (set(expected) & set(names)))
    ]


def _unseen(at: Index) -> Callable[[str], bool]:
    """Return whether no rule could have shown a technique; a parent speaks for its parts."""
    if at.dossier.watched is None:
        return lambda technique: False
    watched = {technique for one in at.dossier.watched for technique in one.techniques}
    parents = {technique.partition(".")[0] for technique in watched}
    return lambda technique: (
        not (
            technique in watched
            or technique.partition(".")[0] in watched
            or ("." not in technique and technique in parents)
        )
    )


def _claimed(at: Index) -> Iterator[tuple[str, str]]:
    for reading in at.dossier.readings:
        for mention in reading.mentions:
            if mention.kind is MentionKind.TECHNIQUE and mention.stance is Stance.ASSERTED:
                yield from ((candidate, mention.id) for candidate in mention.candidates)
    for observation in at.dossier.observations:
        in_logs = any(basis in at.findings for basis in observation.basis)
        if observation.kind is ObservationKind.TECHNIQUE and not in_logs:
            yield observation.value, observation.id


def _order(cell: Cell) -> tuple[bool, bool, int, str]:
    return not cell.findings, not cell.claims, -cell.findings, cell.technique.id
