"""Where things are in a dossier: each id leads to its value, each citation to its excerpt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby

from stopa.dossier import words
from stopa.model.assessment import Observation
from stopa.model.dossier import Coverage, Dossier
from stopa.model.evidence import Evidence, Where
from stopa.model.rule import Finding, RuleCard
from stopa.model.statement import Act, Reading, SourceRoot, Statement

LABEL = 60  # characters of a citation's label

# An act as a reader would put it.
ACTS = {
    Act.ACCUSE: "accuses",
    Act.DENY: "denies",
    Act.CONDEMN: "condemns",
    Act.CONCERN: "voices concern",
    Act.CALL_ON: "calls on",
    Act.SUMMON: "summons",
    Act.SUPPORT: "supports",
    Act.DETECT: "detects",
    Act.RESPOND: "responds",
    Act.OTHER: "says",
}


@dataclass(frozen=True, slots=True)
class Cite:
    """A way from a sentence to what it rests on: the id of that part, and what to call it."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Index:
    """Look-ups over one dossier, made once."""

    dossier: Dossier
    evidence: Mapping[str, Evidence]
    findings: Mapping[str, Finding]
    rules: Mapping[str, RuleCard]
    statements: Mapping[str, Statement]
    readings: Mapping[str, Reading]
    observations: Mapping[str, Observation]
    roots: Mapping[str, SourceRoot]
    root_of: Mapping[str, SourceRoot]
    spoken: frozenset[str]
    coverage: Mapping[str, tuple[Coverage, ...]]
    findings_of: Mapping[str, frozenset[str]]
    read: Mapping[str, str]  # what indicators, facts and names are called, by id

    def file(self, sha256: str) -> str:
        """Return what the evidence was called, or the start of its hash."""
        found = self.evidence.get(sha256)
        return found.name if found else sha256[:12]

    def paper(self, document: str) -> str:
        """Return how a document is spoken of: outlet, else title, else file name."""
        reading = self.readings.get(document)
        head = reading.masthead if reading else None
        return (head and (head.outlet or head.title)) or self.file(document).rpartition("/")[2]

    def place(self, where: Where) -> str:
        """Return file and place of a citation in words."""
        return f"{self.file(where.evidence)}, {words.locator(where)}"

    def cite(self, id_: str) -> Cite:
        """Return the citation of a finding, statement, observation, or of anything by its id."""
        if finding := self.findings.get(id_):
            rule = self.rules.get(finding.rule)
            label = f"{rule.title if rule else finding.rule} · {words.locator(finding.where)}"
        elif statement := self.statements.get(id_):
            label = f"{deed(statement)} · {self.paper(statement.document)}"
        elif observation := self.observations.get(id_):
            label = observation.label
        else:
            label = self.read.get(id_, id_)
        return Cite(id_, _short(label))

    def kind(self, id_: str) -> str:
        """Return what an id leads to, for the mark on its citation."""
        if id_ in self.findings:
            return "log"
        if id_ in self.observations:
            return "reasoning"
        return "words" if id_ in self.statements or id_ in self.spoken else "place"

    def cites(self, ids: Iterable[str]) -> tuple[Cite, ...]:
        """Return the citations of several ids, each once, in order."""
        return tuple(self.cite(id_) for id_ in dict.fromkeys(ids))


def deed(said: Statement) -> str:
    """Return a statement as a heading: `Government of Velden accuses Karst Federation`."""
    speaker = said.speaker.name if said.speaker else "Somebody"
    verb = f"did not: {ACTS[said.act]}" if said.negated else ACTS[said.act]
    return " ".join(filter(None, (speaker, verb, said.target.name if said.target else "")))


def index(dossier: Dossier) -> Index:
    """Return the look-ups for a dossier."""
    statements = list(chain.from_iterable(reading.statements for reading in dossier.readings))
    compared = [root.id for root in dossier.comparison.roots]
    compared += [apart.id for apart in dossier.comparison.disagreements]
    return Index(
        dossier,
        {item.sha256: item for item in dossier.evidence},
        {finding.id: finding for finding in dossier.findings},
        {rule.id: rule for rule in dossier.rules},
        {statement.id: statement for statement in statements},
        {reading.document: reading for reading in dossier.readings},
        {observation.id: observation for observation in dossier.observations},
        {root.id: root for root in dossier.comparison.roots},
        {said: root for root in dossier.comparison.roots for said in root.statements},
        frozenset(compared),
        {
            sha256: tuple(rows)
            for sha256, rows in groupby(sorted(dossier.coverage, key=_content), key=_content)
        },
        {
            rule: frozenset(finding.id for finding in found)
            for rule, found in groupby(sorted(dossier.findings, key=_rule), key=_rule)
        },
        dict(chain.from_iterable(map(_read, dossier.readings))),
    )


def _read(reading: Reading) -> Iterator[tuple[str, str]]:
    yield from ((found.id, f"{found.kind.value}: {found.printed}") for found in reading.indicators)
    yield from ((fact.id, f"{fact.slot}: {fact.value}") for fact in reading.facts)
    yield from ((named.id, f"{named.kind.value}: {named.printed}") for named in reading.mentions)


def _content(row: Coverage) -> str:
    return row.sha256


def _rule(finding: Finding) -> str:
    return finding.rule


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LABEL else f"{line[: LABEL - 1].rstrip()}…"
