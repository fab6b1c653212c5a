"""Put the records of a case together into the one frozen dossier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass, replace
from typing import Protocol

from stopa import __version__
from stopa.attribution import judged, reckoning
from stopa.case.clocks import skews_of
from stopa.case.engine import engine
from stopa.case.plan import Plan
from stopa.case.recorded import recorded_plan
from stopa.case.wanting import UNMET, Wanting
from stopa.dossier.passages import passages
from stopa.dossier.versions import versions
from stopa.knowledge import Knowledge, sources
from stopa.model.actor import Actor, Stamp, Technique
from stopa.model.applied import Applied, Collection
from stopa.model.assessment import Assessment, Observation, ObservationKind
from stopa.model.document import Document
from stopa.model.dossier import Activity, Coverage, Dossier, Excerpt, Made, Watched
from stopa.model.evidence import Evidence, Problem
from stopa.model.judgement import Judgement
from stopa.model.rule import Condition, Finding, Refusal, RuleCard
from stopa.model.statement import Comparison, MentionKind, Reading
from stopa.store.case_reader import CaseReader

JUDGEMENT = "judgement"  # the kind of such records
EXPECTED_OF = 5  # hypotheses naming an actor; what knowledge lists for more would bury the rest


class Searched(Protocol):
    """What a dossier tells of the rules as a whole; a `Program` knows it."""

    @property
    def cards(self) -> Sized:
        """One for each rule."""

    @property
    def sha256(self) -> str:
        """The hash over rules and engine."""

    @property
    def refusals(self) -> Sequence[Refusal]:
        """The rules that are not evaluated."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the rules are, what they look at, and how far each of them came."""

    watched: tuple[Watched, ...] | None
    applied: tuple[Applied, ...] = ()
    collections: tuple[Collection, ...] = ()


def assemble(
    store: CaseReader, plan: Plan, rules: Searched, knowledge: Knowledge, *, looked: Looked
) -> Dossier:
    """Return the dossier of the case as it stands."""
    made = replace(
        _computed(store, plan, rules, knowledge),
        watched=looked.watched,
        applied=looked.applied,
        collections=looked.collections,
        known_from=sources(knowledge),
    )
    return with_judgements(store, made)


def with_judgements(store: CaseReader, made: Dossier) -> Dossier:
    """Return the dossier with what analysts judged on top of what it says."""
    held = store.records(JUDGEMENT, Judgement)
    return replace(made, judged=judged(held, made.assessment, made.observations, made.evidence))


def _computed(store: CaseReader, plan: Plan, rules: Searched, knowledge: Knowledge) -> Dossier:
    cards = {card.id: card for card in store.records("rule", RuleCard)}
    findings = sorted(store.records("finding", Finding), key=_in_time)
    readings = tuple(store.records("reading", Reading))
    observations = tuple(store.records("observation", Observation))
    assessment = next(store.records("assessment", Assessment))
    evidence = tuple(store.records("evidence", Evidence))
    return Dossier(
        title=plan.title,
        case=recorded_plan(store).get("case") or "",
        tlp=plan.tlp,
        made=_made(rules, knowledge),
        evidence=evidence,
        coverage=coverage(store),
        rules=tuple(cards[rule] for rule in sorted(cards)),
        rules_loaded=len(rules.cards),
        refusals=tuple(rules.refusals),
        findings=tuple(findings),
        excerpts=(
            *store.records("excerpt", Excerpt),
            *passages(store.records("document", Document), readings),
        ),
        activity=tuple(store.records("activity", Activity)),
        readings=readings,
        comparison=next(store.records("comparison", Comparison)),
        observations=observations,
        assessment=assessment,
        techniques=techniques_of(cards, readings, observations, knowledge),
        actors=actors_of(readings, assessment, knowledge),
        notice=plan.notice,
        expected=expected_of(assessment, knowledge),
        conditions=conditions_of(findings, store.records("condition", Condition)),
        skews=skews_of(store, {item.sha256 for item in evidence}),
        reckoning=reckoning(observations, readings, knowledge),
        versions=versions(
            store.records("document", Document),
            {r.document: r.masthead.date for r in readings if r.masthead.date},
        ),
    )


def _made(rules: Searched, knowledge: Knowledge) -> Made:
    """Return with what the dossier was made."""
    stamp = Stamp("rules", str(len(rules.cards)), rules.sha256)
    return Made(__version__, stamp, knowledge.stamp, engine())


def conditions_of(findings: Iterable[Finding], known: Iterable[Condition]) -> tuple[Condition, ...]:
    """Return the conditions that the ticks of these findings speak of, by id."""
    named = {finding.ticks.condition for finding in findings if finding.ticks is not None}
    by_id = {one.id: one for one in known}
    return tuple(by_id[id_] for id_ in sorted(named & by_id.keys()))


def coverage(store: CaseReader) -> tuple[Coverage, ...]:
    """Return what became of every file, by name; what never became evidence is there as well."""
    problems: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in store.records("problem", Problem):
        problems[problem.where.evidence].append(problem)
    findings = Counter(finding.where.evidence for finding in store.records("finding", Finding))
    read = {entry.sha256: entry for entry in store.records("coverage", Coverage)}
    unmet = {entry.evidence: entry.unmet for entry in store.records(UNMET, Wanting)}
    rows = [
        replace(
            read[item.sha256],
            name=item.name,
            findings=findings[item.sha256],
            problems=tuple(problems[item.sha256]),
            unmet=unmet.get(item.sha256, ()),
        )
        for item in store.records("evidence", Evidence)
        if item.sha256 in read
    ]
    known = {row.sha256 for row in rows}
    rows += [
        _never_read(problem)
        for sha256, unplaced in problems.items()
        if sha256 not in known
        for problem in unplaced
    ]
    return tuple(sorted(rows, key=lambda row: (row.name, row.sha256)))


def _never_read(problem: Problem) -> Coverage:
    where = problem.where
    return Coverage(
        name=where.part or "",
        sha256=where.evidence,
        size=where.length or 0,
        kind=None,
        status="not read",
        events=0,
        documents=0,
        findings=0,
        problems=(problem,),
        problem_bytes=where.length or 0,
    )


def _in_time(finding: Finding) -> tuple[bool, str, str]:
    """Order findings by time, those without one last, ties by id."""
    return finding.time is None, finding.time.isoformat() if finding.time else "", finding.id


def techniques_of(
    cards: dict[str, RuleCard],
    readings: tuple[Reading, ...],
    observations: tuple[Observation, ...],
    knowledge: Knowledge,
) -> tuple[Technique, ...]:
    """Return the techniques that rules with findings, texts and observations name."""
    ids = {technique for card in cards.values() for technique in card.techniques}
    ids |= {o.value for o in observations if o.kind is ObservationKind.TECHNIQUE}
    ids |= {
        candidate
        for reading in readings
        for mention in reading.mentions
        if mention.kind is MentionKind.TECHNIQUE
        for candidate in mention.candidates
    }
    found = (knowledge.technique(technique) for technique in sorted(ids))
    return tuple(technique for technique in found if technique is not None)


def expected_of(assessment: Assessment, knowledge: Knowledge) -> tuple[Technique, ...]:
    """Return what knowledge lists for the actors of the first hypotheses that name any."""
    named = [h.actor for h in assessment.hypotheses if h.actor][:EXPECTED_OF]
    actors = (knowledge.actor(actor) for actor in named)
    ids = {technique for actor in actors if actor for technique in actor.techniques}
    found = (knowledge.technique(technique) for technique in sorted(ids))
    return tuple(technique for technique in found if technique is not None)


def actors_of(
    readings: tuple[Reading, ...], assessment: Assessment, knowledge: Knowledge
) -> tuple[Actor, ...]:
    """Return the actors that hypotheses and texts name."""
    ids = {hypothesis.actor for hypothesis in assessment.hypotheses if hypothesis.actor}
    ids |= {
        candidate
        for reading in readings
        for mention in reading.mentions
        if mention.kind is MentionKind.ACTOR
        for candidate in mention.candidates
    }
    found = (knowledge.actor(actor) for actor in sorted(ids))
    return tuple(actor for actor in found if actor is not None)
