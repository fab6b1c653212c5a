"""Everything that bears on who did it, gathered from findings, reports and statements.

Spec: Admiralty code (NATO STANAG 2511): reliability of the source and credibility of what it says
are kept apart; MICTIC aspects (Steffens, Attribution of Advanced Persistent Threats, 2020)
Why: a rule may fire a hundred thousand times and is still one observation: this was done here.
Trap: all telemetry of a case is one source root, and all reports that repeat one act are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from stopa.attribution.claims import claims
from stopa.attribution.confirming import confirmed
from stopa.attribution.forging import forgeability_of
from stopa.attribution.linking import common, entities_in
from stopa.attribution.traces import traces
from stopa.knowledge import Knowledge, places
from stopa.model.assessment import (
    Aspect,
    Credibility,
    Observation,
    ObservationKind,
)
from stopa.model.evidence import Evidence, Reliability, Where
from stopa.model.record import name
from stopa.model.rule import Finding, RuleCard
from stopa.model.statement import (
    Comparison,
    Indicator,
    IndicatorKind,
    MentionKind,
    Reading,
    Stance,
)
from stopa.model.when import When

TELEMETRY = "telemetry"
BASIS = 20  # ids and citations kept with one observation; the findings hold the rest
INDICATORS = 500  # observations of indicators kept: they name infrastructure, not actors
LISTED_RULE = "indicator-"  # how ids of the rules begin that are made for listed indicators
LEVELS = ("informational", "low", "medium", "high", "critical")
NETWORK = frozenset(
    {IndicatorKind.IPV4, IndicatorKind.IPV6, IndicatorKind.DOMAIN, IndicatorKind.URL}
)
# Worst first: an observation is no better than the least reliable evidence that it cites.
RELIABILITY = "FEDCBA"


@dataclass(slots=True)
class _Sighting:
    """The findings of one technique, while they are counted."""

    rules: set[str] = field(default_factory=set)
    level: int = 0
    basis: list[str] = field(default_factory=list)
    cites: list[Where] = field(default_factory=list)
    evidence: set[str] = field(default_factory=set)
    days: list[str] = field(default_factory=list)
    entities: Counter[str] = field(default_factory=Counter)
    count: int = 0


def observe(
    findings: Iterable[Finding],
    cards: Mapping[str, RuleCard],
    readings: tuple[Reading, ...],
    comparison: Comparison,
    evidence: tuple[Evidence, ...],
    knowledge: Knowledge,
) -> tuple[Observation, ...]:
    """Return the observations by kind, value and root: one per technique, not one per finding."""
    trust = {e.sha256: e.reliability for e in evidence}
    roots = _roots(readings, comparison)
    matches = tuple(findings)
    found = [
        *_techniques(matches, cards, trust, knowledge),
        *traces(matches, cards, trust, TELEMETRY),
        *_mentions(readings, roots, trust, knowledge),
        *_indicators(readings, roots, trust),
        *_seen(matches, readings, trust),
        *_victims(readings, roots, trust),
        *_claims(readings, comparison, trust, knowledge),
    ]
    ordered = sorted(found, key=lambda o: (o.kind.value, o.value, o.root, o.id))
    return confirmed(tuple(ordered))


def _techniques(
    findings: Iterable[Finding],
    cards: Mapping[str, RuleCard],
    trust: Mapping[str, Reliability],
    knowledge: Knowledge,
) -> Iterable[Observation]:
    sightings = _sightings(findings, cards, knowledge)
    # All findings of a rule are sightings of all its techniques: the same rules, the same findings.
    resting = Counter(frozenset(sighting.rules) for sighting in sightings.values())
    for technique, sighting in sorted(sightings.items()):
        among = resting[frozenset(sighting.rules)]
        known = knowledge.technique(technique)
        label = known.name if known else technique
        yield Observation(
            id=name("O", ObservationKind.TECHNIQUE, technique, TELEMETRY),
            kind=ObservationKind.TECHNIQUE,
            value=technique,
            label=f"{label}: {_counted(sighting, among)}",
            aspect=_technique_aspect(known.tactics if known else ()),
            reliability=_worst(trust, sighting.evidence),
            credibility=_seen_by_rules(sighting),
            forgeability=forgeability_of(ObservationKind.TECHNIQUE, technique, knowledge),
            root=TELEMETRY,
            basis=tuple(sighting.basis),
            cites=tuple(sighting.cites),
            when=_interval(sighting.days),
            entities=common(sighting.entities, sighting.count),
            share=round(1 / among, 6),
        )


def _counted(sighting: _Sighting, among: int) -> str:
    findings = "1 finding" if sighting.count == 1 else f"{sighting.count} findings"
    rules = "1 rule" if len(sighting.rules) == 1 else f"{len(sighting.rules)} rules"
    shares = f", weight shared by {among} techniques" if among > 1 else ""
    return f"{findings} of {rules}{shares}"


def _sightings(
    findings: Iterable[Finding], cards: Mapping[str, RuleCard], knowledge: Knowledge
) -> dict[str, _Sighting]:
    found: dict[str, _Sighting] = {}
    ids: dict[str, str] = {}
    for finding in findings:
        card = cards.get(finding.rule)
        for tagged in card.techniques if card else ():
            if tagged not in ids:
                known = knowledge.technique(tagged.upper())
                ids[tagged] = known.id if known else tagged.upper()
            _add(found.setdefault(ids[tagged], _Sighting()), finding, card.level if card else "")
    return found


def _add(sighting: _Sighting, finding: Finding, level: str) -> None:
    sighting.count += 1
    sighting.rules.add(finding.rule)
    sighting.evidence.add(finding.where.evidence)
    sighting.entities.update(entities_in(finding))
    sighting.level = max(sighting.level, LEVELS.index(level) if level in LEVELS else 0)
    if len(sighting.basis) < BASIS:
        sighting.basis.append(finding.id)
        sighting.cites.append(finding.where)
    if finding.time is not None:
        day = finding.time.date().isoformat()
        known = sighting.days
        sighting.days = [min(*known, day), max(*known, day)] if known else [day, day]


def _seen_by_rules(sighting: _Sighting) -> Credibility:
    """Weigh the rules: one that also fires on daily work bears little, two that agree bear more."""
    if sighting.level == LEVELS.index("informational"):
        return Credibility.IMPROBABLE
    if sighting.level == LEVELS.index("low"):
        return Credibility.DOUBTFUL
    many = len(sighting.rules) > 1 and sighting.level >= LEVELS.index("high")
    return Credibility.PROBABLY_TRUE if many else Credibility.POSSIBLY_TRUE


def _mentions(
    readings: tuple[Reading, ...],
    roots: Mapping[str, str],
    trust: Mapping[str, Reliability],
    knowledge: Knowledge,
) -> Iterable[Observation]:
    kinds = {
        MentionKind.SOFTWARE: ObservationKind.SOFTWARE,
        MentionKind.TECHNIQUE: ObservationKind.TECHNIQUE,
    }
    grouped: dict[tuple[ObservationKind, str, str], list[tuple[str, Where, str]]] = {}
    for reading in readings:
        root = roots[reading.document]
        for mention in reading.mentions:
            kind = kinds.get(mention.kind) if mention.stance is Stance.ASSERTED else None
            value = _item(mention.candidates, knowledge) if kind else None
            if kind and value:
                grouped.setdefault((kind, value, root), []).append(
                    (mention.id, mention.where, mention.printed)
                )
    for (kind, value, root), said in sorted(grouped.items()):
        yield Observation(
            id=name("O", kind, value, root),
            kind=kind,
            value=value,
            label=f"{_label(value, knowledge)}, named in a report as {said[0][2]}",
            aspect=Aspect.MALWARE if kind is ObservationKind.SOFTWARE else Aspect.TELEMETRY,
            reliability=_worst(trust, {where.evidence for _, where, _ in said}),
            credibility=Credibility.POSSIBLY_TRUE,
            forgeability=forgeability_of(kind, value, knowledge),
            root=root,
            basis=tuple(id_ for id_, _, _ in said[:BASIS]),
            cites=tuple(where for _, where, _ in said[:BASIS]),
        )


def _indicators(
    readings: tuple[Reading, ...], roots: Mapping[str, str], trust: Mapping[str, Reliability]
) -> Iterable[Observation]:
    grouped: dict[tuple[str, str], list[Indicator]] = {}
    for reading in readings:
        root = roots[reading.document]
        for indicator in reading.indicators:
            grouped.setdefault((indicator.value, root), []).append(indicator)
    for (value, root), found in sorted(grouped.items())[:INDICATORS]:
        network = found[0].kind in NETWORK
        yield Observation(
            id=name("O", ObservationKind.INDICATOR, value, root),
            kind=ObservationKind.INDICATOR,
            value=value,
            label=f"{found[0].kind.value} {found[0].printed}",
            aspect=Aspect.INFRASTRUCTURE if network else Aspect.MALWARE,
            reliability=_worst(trust, {i.where.evidence for i in found}),
            credibility=Credibility.POSSIBLY_TRUE,
            forgeability=forgeability_of(ObservationKind.INDICATOR, value, None),
            root=root,
            basis=tuple(i.id for i in found[:BASIS]),
            cites=tuple(i.where for i in found[:BASIS]),
        )


def _seen(
    findings: tuple[Finding, ...], readings: tuple[Reading, ...], trust: Mapping[str, Reliability]
) -> Iterable[Observation]:
    """Yield the indicators of reports that telemetry holds as well: a root of its own."""
    named = {i.value: i for reading in readings for i in reading.indicators}
    documents = {reading.indicators[0].where.evidence for reading in readings if reading.indicators}
    held: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.rule.startswith(LISTED_RULE) and finding.where.evidence not in documents:
            for match in finding.matched:
                value = match.predicate.split(" ")[1]
                if value in named:
                    held.setdefault(value, []).append(finding)
    for value, found in sorted(held.items())[:INDICATORS]:
        kind = named[value].kind
        yield Observation(
            id=name("O", ObservationKind.INDICATOR, value, TELEMETRY),
            kind=ObservationKind.INDICATOR,
            value=value,
            label=f"{kind.value} {value}: {len(found)} records hold it",
            aspect=Aspect.INFRASTRUCTURE if kind in NETWORK else Aspect.MALWARE,
            reliability=_worst(trust, {finding.where.evidence for finding in found}),
            credibility=Credibility.POSSIBLY_TRUE,
            forgeability=forgeability_of(ObservationKind.INDICATOR, value, None),
            root=TELEMETRY,
            basis=tuple(finding.id for finding in found[:BASIS]),
            cites=tuple(finding.where for finding in found[:BASIS]),
        )


def _victims(
    readings: tuple[Reading, ...], roots: Mapping[str, str], trust: Mapping[str, Reliability]
) -> Iterable[Observation]:
    grouped: dict[tuple[str, str], list[tuple[str, Where]]] = {}
    for reading in readings:
        root = roots[reading.document]
        for fact in reading.facts:
            if fact.slot == "victim":
                for code in _countries(fact.value):
                    grouped.setdefault((code, root), []).append((fact.id, fact.where))
    for (code, root), said in sorted(grouped.items()):
        country = places().country(code)
        yield Observation(
            id=name("O", ObservationKind.VICTIM, code, root),
            kind=ObservationKind.VICTIM,
            value=code,
            label=f"victim in {country.name if country else code}",
            aspect=Aspect.CUI_BONO,
            reliability=_worst(trust, {where.evidence for _, where in said}),
            credibility=Credibility.POSSIBLY_TRUE,
            forgeability=forgeability_of(ObservationKind.VICTIM, code, None),
            root=root,
            basis=tuple(id_ for id_, _ in said[:BASIS]),
            cites=tuple(where for _, where in said[:BASIS]),
        )


def _claims(
    readings: tuple[Reading, ...],
    comparison: Comparison,
    trust: Mapping[str, Reliability],
    knowledge: Knowledge,
) -> Iterable[Observation]:
    said = {s.id: s for r in readings for s in r.statements}
    for claim in claims(readings, comparison, knowledge):
        cites = tuple(said[i].where for i in claim.statements)
        roots = sorted(r.id for r in comparison.roots if set(claim.statements) & set(r.statements))
        yield Observation(
            id=name("O", ObservationKind.CLAIM, claim.actor, claim.statements),
            kind=ObservationKind.CLAIM,
            value=claim.actor,
            label=f"{', '.join(claim.claimed_by)} named {claim.actor}",
            aspect=Aspect.INTELLIGENCE,
            reliability=_worst(trust, {where.evidence for where in cites}),
            credibility=Credibility.CANNOT_BE_JUDGED,
            forgeability=forgeability_of(ObservationKind.CLAIM, claim.actor, None),
            root=roots[0] if roots else claim.statements[0],
            basis=claim.statements[:BASIS],
            cites=cites[:BASIS],
        )


def _roots(readings: tuple[Reading, ...], comparison: Comparison) -> dict[str, str]:
    """Return each document's source: reports that share a root, directly or by others, are one."""
    root = {reading.document: reading.document for reading in readings}
    for shared in comparison.roots:
        joined = sorted({_first(root, d) for d in shared.documents if d in root})
        for former in joined:
            root[former] = joined[0]
    return {document: _first(root, document) for document in root}


def _first(root: dict[str, str], document: str) -> str:
    """Return the one that stands for all joined with the document; the way there is shortened."""
    while root[document] != document:
        root[document] = root[root[document]]
        document = root[document]
    return document


def _item(candidates: tuple[str, ...], knowledge: Knowledge) -> str | None:
    """Return the ATT&CK id among what a name can mean; None where it has none or several."""
    ids = {i for i in candidates if i[:1] in "ST" and i[1:2].isdigit()}
    if len(ids) != 1:
        return None
    only = ids.pop()
    known = knowledge.technique(only) if only.startswith("T") else None
    return known.id if known else only


def _label(value: str, knowledge: Knowledge) -> str:
    known = knowledge.technique(value) or knowledge.software_by_id(value)
    return known.name if known else value


def _countries(text: str) -> list[str]:
    return sorted(
        country.code
        for country in places().countries
        if any(f" {word} " in f" {text} " for word in (*country.names, *country.adjectives))
    )


def _technique_aspect(tactics: tuple[str, ...]) -> Aspect:
    if "resource-development" in tactics:
        return Aspect.INFRASTRUCTURE
    return Aspect.CONTROL if "command-and-control" in tactics else Aspect.TELEMETRY


def _worst(trust: Mapping[str, Reliability], evidence: Iterable[str]) -> Reliability:
    found = [trust.get(sha256, Reliability.CANNOT_BE_JUDGED) for sha256 in evidence]
    return min(
        found, key=lambda r: RELIABILITY.index(r.value), default=Reliability.CANNOT_BE_JUDGED
    )


def _interval(days: list[str]) -> When | None:
    if not days:
        return None
    return When(days[0]) if days[0] == days[1] else When(f"{days[0]}/{days[1]}")
