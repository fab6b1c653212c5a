"""The argument as a STIX 2.1 bundle of specification objects alone (profile CORE).

Spec: STIX 2.1 (OASIS); TLP 2.0 as OASIS's extension-definition--60a3c5c5-...; appendix A, DNI scale
Why: a claim of others is a note with its authors, a denial an opinion on that note; `attributed-to`
is written for the verdict's own actor and for nobody else.
Why: each note is about the report as well, because MISP's import drops notes on anything that it
does not make an event or attribute of; who denies is said in the note too, opinions being dropped.
Trap: OpenCTI's import drops a sighting that does not say where, so each is in the systems that the
evidence is of, which is all that is known of the place.
Trap: ids and dates may not come from a clock: ids are a hash of what they stand for, and every
object is dated by the last thing that the dossier knows of.
"""

from __future__ import annotations

from collections.abc import Iterator

from stopa.dossier.brief import brief
from stopa.dossier.exports import as_json
from stopa.dossier.exports._export import Export
from stopa.dossier.exports.stable import case_of
from stopa.dossier.exports.stix_indicators import indicators
from stopa.dossier.exports.stix_objects import Bundle, Object, bundle, text
from stopa.dossier.index import Index, index
from stopa.dossier.techniques import Cell, columns
from stopa.dossier.words import claimed, odds, told
from stopa.model.assessment import ClaimedAttribution, Hypothesis, Likelihood
from stopa.model.dossier import Dossier

# Appendix A, "DNI Scale": what `confidence` each likelihood term has.
DNI = {
    "almost no chance": 5,
    "very unlikely": 15,
    "unlikely": 30,
    "roughly even chance": 50,
    "likely": 70,
    "very likely": 85,
    "almost certain": 95,
}
UNKNOWN_TACTIC = "tactic not known"


def write(dossier: Dossier) -> bytes:
    """Return the bundle as JSON, objects in a fixed order."""
    at = index(dossier)
    out = bundle(at)
    report(at, out, argument(at, out))
    return written(out)


def argument(at: Index, out: Bundle) -> list[str]:
    """Add the argument of the dossier; return the ids of its parts, the campaign's first."""
    campaign = out.add(_campaign(at, out))
    refs = [campaign, *_techniques(at, out, campaign), *indicators(at, out, campaign)]
    refs += _hypotheses(at, out, campaign)
    claims = at.dossier.assessment.claims
    refs += [ref for claim in claims for ref in _claim(at, out, campaign, claim)]
    return [*refs, _verdict(at, out, campaign)]


def report(at: Index, out: Bundle, refs: list[str]) -> None:
    """Add the report that holds the parts with these ids together."""
    out.add(
        out.new(
            "report",
            "report",
            name=text(at.dossier.title),
            description=text(at.dossier.assessment.verdict),
            published=out.moment,
            report_types=["threat-report"],
            object_refs=sorted(set(refs)),
        )
    )


def written(out: Bundle) -> bytes:
    """Return the bundle as JSON."""
    return as_json.marked(out.whole())


def confidence(likelihood: Likelihood) -> int | None:
    """Return STIX's confidence for a likelihood; None where there is none to give."""
    return DNI.get(likelihood.term) if told(likelihood) else None


def _campaign(at: Index, out: Bundle) -> Object:
    times = sorted(finding.time for finding in at.dossier.findings if finding.time)
    story = " ".join(sentence.text for sentence in brief(at).sentences)
    seen = {"first_seen": out.time(times[0]), "last_seen": out.time(times[-1])} if times else {}
    return out.new(
        "campaign",
        case_of(at.dossier),
        name=text(at.dossier.title),
        description=text(story),
        **seen,
    )


def _techniques(at: Index, out: Bundle, campaign: str) -> Iterator[str]:
    cells = {cell.technique.id: cell for column in columns(at) for cell in column.cells}
    for id_, cell in sorted(cells.items()):
        if not cell.findings and not cell.claims:
            continue
        pattern = out.add(
            out.new(
                "attack-pattern",
                id_,
                name=text(cell.technique.name),
                external_references=[{"source_name": "mitre-attack", "external_id": text(id_)}],
                **_phases(cell),
            )
        )
        yield pattern
        if cell.findings:
            yield out.relate(campaign, "uses", pattern)
            yield out.add(_sighting(at, out, cell, pattern))


def _phases(cell: Cell) -> dict[str, object]:
    tactics = [tactic for tactic in cell.technique.tactics if tactic != UNKNOWN_TACTIC]
    phases = [{"kill_chain_name": "mitre-attack", "phase_name": text(t)} for t in tactics]
    return {"kill_chain_phases": phases} if phases else {}


def _sighting(at: Index, out: Bundle, cell: Cell, pattern: str) -> Object:
    rules = set(cell.rules)
    found = [finding for finding in at.dossier.findings if finding.rule in rules]
    times = sorted(finding.time for finding in found if finding.time)
    seen = {"first_seen": out.time(times[0]), "last_seen": out.time(times[-1])} if times else {}
    titles = sorted({at.rules[rule].title for rule in rules if rule in at.rules})
    return out.new(
        "sighting",
        cell.technique.id,
        sighting_of_ref=pattern,
        where_sighted_refs=[_systems(at, out)],
        count=min(len(found), 999_999_999),
        description=text(f"Matches of: {'; '.join(titles)}"),
        **seen,
    )


def _systems(at: Index, out: Bundle) -> str:
    """Add the systems that the evidence is of, as what saw the techniques; return their id."""
    name = text(f"Systems in evidence: {at.dossier.title}")
    return out.add(out.new("identity", "systems", name=name, identity_class="system"))


def _hypotheses(at: Index, out: Bundle, campaign: str) -> Iterator[str]:
    for weighed in at.dossier.assessment.hypotheses:
        refs = [campaign]
        if weighed.actor:
            refs.append(_actor(at, out, weighed.actor, weighed.label))
            yield refs[-1]
        if weighed.actor and weighed.id == at.dossier.assessment.leader:
            yield out.relate(
                campaign, "attributed-to", refs[-1], confidence=confidence(weighed.likelihood)
            )
        yield out.add(
            out.new(
                "note",
                weighed.id,
                abstract=text(f"{weighed.id}: {weighed.label}"),
                content=text(_weighed(weighed)),
                object_refs=[*refs, out.report],
            )
        )


def _weighed(weighed: Hypothesis) -> str:
    parts = [f"{weighed.label}: {odds(weighed.likelihood)}."]
    parts += [f"For: {weight.reason}." for weight in weighed.speaks_for[:8]]
    parts += [f"Against: {weight.reason}." for weight in weighed.speaks_against[:8]]
    parts += [f"Would change this: {gap}" for gap in weighed.missing]
    return " ".join(parts)


def _actor(at: Index, out: Bundle, actor: str, label: str) -> str:
    known = next((one for one in at.dossier.actors if one.id == actor), None)
    name = known.name if known else label
    aliases = [text(alias.name) for alias in known.aliases[:40]] if known else []
    extra: dict[str, object] = {"aliases": aliases} if aliases else {}
    told = text(_standing(at, actor))
    return out.add(out.new("intrusion-set", actor, name=text(name), description=told, **extra))


def _accused(at: Index, name: str) -> str:
    """Return what an accused actor is known by: importers take two of one name for one anyway."""
    weighed = {hypothesis.actor for hypothesis in at.dossier.assessment.hypotheses}
    named = {one.name.casefold(): one.id for one in at.dossier.actors if one.id in weighed}
    return named.get(name.casefold(), f"claimed:{name}")


def _standing(at: Index, actor: str) -> str:
    """Return why an actor is in the bundle: readers show actors far from the notes on them."""
    weighed = at.dossier.assessment
    accused = {_accused(at, claim.actor) for claim in weighed.claims}
    others = "Others accuse it. " if actor in accused else ""
    mine = [hypothesis for hypothesis in weighed.hypotheses if hypothesis.actor == actor]
    if not mine:
        return f"{others}Not established here."
    told = "; ".join(f"{hypothesis.id}: {odds(hypothesis.likelihood)}" for hypothesis in mine)
    if any(hypothesis.id == weighed.leader for hypothesis in mine):
        return f"{others}Named by the verdict ({told})."
    return f"{others}Weighed as an explanation and not named by the verdict ({told})."


def _claim(at: Index, out: Bundle, campaign: str, claim: ClaimedAttribution) -> Iterator[str]:
    actor = _actor(at, out, _accused(at, claim.actor), claim.actor)
    yield actor
    content = claimed(claim)
    for verb, parties in (("Endorsed", claim.endorsed_by), ("Denied", claim.denied_by)):
        content += f" {verb} by {', '.join(parties)}." if parties else ""
    note = out.add(
        out.new(
            "note",
            f"claim:{claim.actor}",
            abstract=text(f"Attribution claimed by others: {claim.actor}"),
            content=text(content),
            object_refs=[campaign, actor, out.report],
            **_authors(claim.claimed_by),
        )
    )
    yield note
    for opinion, parties in (("agree", claim.endorsed_by), ("strongly-disagree", claim.denied_by)):
        if parties:
            yield out.add(
                out.new(
                    "opinion",
                    f"{opinion}:{claim.actor}",
                    opinion=opinion,
                    object_refs=[note],
                    **_authors(parties),
                )
            )


def _authors(parties: tuple[str, ...]) -> dict[str, object]:
    return {"authors": [text(party) for party in parties]} if parties else {}


def _verdict(at: Index, out: Bundle, campaign: str) -> str:
    weighed = at.dossier.assessment
    reasons = " ".join(weighed.confidence.reasons)
    missing = " ".join(f"Not known: {gap}" for gap in weighed.gaps)
    content = (
        f"{weighed.verdict} Confidence is {weighed.confidence.level.value}. {reasons} {missing}"
    )
    return out.add(
        out.new(
            "note",
            "verdict",
            abstract="Verdict",
            content=text(content),
            object_refs=[campaign, out.report],
        )
    )


EXPORT = Export("stix", "stix-core.json", "a STIX 2.1 bundle, specification objects alone", write)
