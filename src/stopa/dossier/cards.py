"""What the evidence drawer shows of each part of a dossier, ready to be set as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from stopa.dossier import told, words
from stopa.dossier.budget import Excerpts
from stopa.dossier.index import ACTS, Index, deed
from stopa.dossier.sayings import masthead
from stopa.dossier.timeline import microseconds
from stopa.model.assessment import Observation, ObservationKind
from stopa.model.dossier import Coverage
from stopa.model.evidence import Evidence, Where
from stopa.model.rule import RuleCard
from stopa.model.statement import (
    Fact,
    Indicator,
    Mention,
    MentionKind,
    Party,
    Reading,
    Statement,
)
from stopa.model.when import When

BASIS = 40  # ids an observation rests on that its card lists
LONG = 600  # characters of a title or a row
SHORT = 80  # characters of a name that the page lists

Card = dict[str, object]


def cards(at: Index, excerpts: Excerpts) -> Iterator[Card]:
    """Yield a card for everything but findings, what the assessment rests on first."""
    yield from (_observation(at, observation) for observation in at.dossier.observations)
    readings, legal = at.dossier.readings, told.legal_acts(at)
    yield from (_document(at, reading) for reading in readings)
    yield from (_statement(at, s, excerpts, legal) for s in at.statements.values())
    yield from (_indicator(at, i, excerpts) for r in readings for i in r.indicators)
    yield from (_fact(at, f, excerpts) for r in readings for f in r.facts)
    yield from (_mention(at, m, excerpts) for r in readings for m in r.mentions)
    yield from (_evidence(at, item) for item in at.evidence.values())


def rule(card: RuleCard) -> Card:
    """Return the card of a rule."""
    return {
        "id": card.id,
        "title": words.clipped(card.title, LONG),
        "level": card.level,
        "status": card.status,
        "author": words.clipped(card.author, LONG),
        "license": words.clipped(card.license, LONG),
        "about": words.clipped(card.description, LONG),
        "techniques": card.techniques[:20],
        "harmless": [words.clipped(text, LONG) for text in card.falsepositives[:8]],
        "file": card.file,
        "condition": words.clipped(card.condition, LONG),
    }


def _observation(at: Index, seen: Observation) -> Card:
    return {
        "id": seen.id,
        "kind": "Observation",
        "title": words.clipped(seen.label, LONG),
        "about": told.span(seen.when),
        "rows": _rows(
            ("Kind", seen.kind.value),
            ("Value", seen.value),
            ("Aspect", seen.aspect.value),
            ("Source", f"{seen.reliability.value}, {words.RELIABILITY[seen.reliability]}"),
            ("Information", f"{seen.credibility.value}, {words.CREDIBILITY[seen.credibility]}"),
            ("Can be imitated", words.IMITATED[seen.forgeability]),
            ("Source root", _root(at, seen.root)),
            ("When", words.date(seen.when) if seen.when else None),
            ("Places", "; ".join(at.place(where) for where in seen.cites[:6])),
        ),
        "basis": [[cite.id, cite.label] for cite in at.cites(seen.basis[:BASIS])],
        "more": max(len(seen.basis) - BASIS, 0),
        "rules": _rules_behind(at, seen),
        "weights": [
            [weighed.id, words.clipped(weighed.label, 80), weight.log_ratio, weight.reason]
            for weighed in at.dossier.assessment.hypotheses
            for weight in (*weighed.speaks_for, *weighed.speaks_against)
            if weight.observation == seen.id
        ],
    }


def _rules_behind(at: Index, seen: Observation) -> list[str]:
    """Return the rules all of whose findings it rests on: more than the list of ids can hold.

    An observed technique counts every finding of the rules that are tagged with it, and names the
    first of them.
    """
    basis = set(seen.basis)
    rules = {at.findings[id_].rule for id_ in seen.basis if id_ in at.findings}
    tagged = {
        card.id
        for card in at.dossier.rules
        if rules and seen.kind is ObservationKind.TECHNIQUE and seen.value in _techniques(card)
    }
    whole = {rule for rule in rules if basis.issuperset(at.findings_of[rule])}
    return sorted(whole | tagged)


def _techniques(card: RuleCard) -> set[str]:
    return {technique.upper() for technique in card.techniques}


def _statement(at: Index, said: Statement, excerpts: Excerpts, legal: Mapping[str, str]) -> Card:
    root = at.root_of.get(said.id)
    return {
        **_passage(at, said.id, said.document, said.where, excerpts),
        "kind": "Statement",
        "title": words.clipped(deed(said), LONG),
        "marks": [said.sentence],
        "quotes": [quotation.text for quotation in said.quotations],
        "rows": _rows(
            ("Sentence", said.sentence),
            ("Speaker", _party(said.speaker)),
            ("Act", ACTS[said.act] + (" (said not to have been done)" if said.negated else "")),
            ("About", _party(said.target)),
            ("Hedge", said.hedge),
            ("Whose words", said.voice.value),
            ("Date", words.date(said.date) if said.date else None),
            ("Source root", root.label if root else "none known"),
            ("Found by", said.rule),
        ),
        "root": root.id if root else None,
        "act": ACTS[said.act],
        "speaker": words.clipped(said.speaker.name, SHORT, "…") if said.speaker else None,
        "legal": legal.get(said.id),
        "about": told.span(said.date),
    }


def _indicator(at: Index, found: Indicator, excerpts: Excerpts) -> Card:
    return {
        **_passage(at, found.id, found.where.evidence, found.where, excerpts),
        "kind": "Indicator",
        "title": words.clipped(found.printed, LONG),
        "marks": [found.printed],
        "rows": _rows(("Kind", found.kind.value), ("Means", found.value)),
    }


def _fact(at: Index, stated: Fact, excerpts: Excerpts) -> Card:
    return {
        **_passage(at, stated.id, stated.document, stated.where, excerpts),
        "kind": "Fact as one report gives it",
        "title": words.clipped(f"{stated.slot}: {stated.value}", LONG),
        "marks": [stated.sentence],
        "rows": _rows(("Sentence", stated.sentence), ("Found by", stated.rule)),
        "about": told.span(When.stated(stated.value)),
    }


def _mention(at: Index, named: Mention, excerpts: Excerpts) -> Card:
    known = {actor.id: actor.name for actor in at.dossier.actors}
    meant = [known.get(candidate, candidate) for candidate in named.candidates]
    return {
        **_passage(at, named.id, named.where.evidence, named.where, excerpts),
        "kind": f"A text names this {named.kind.value}",
        "title": words.clipped(named.printed, LONG),
        "marks": [named.printed],
        "rows": _rows(("Can mean", ", ".join(meant[:12]))),
        "techniques": named.candidates if named.kind is MentionKind.TECHNIQUE else (),
    }


def _evidence(at: Index, item: Evidence) -> Card:
    files = at.coverage.get(item.sha256, ())
    return {
        "id": f"E-{item.sha256}",
        "kind": "Evidence",
        "title": words.clipped(item.name, LONG),
        "rows": _rows(
            ("Size", f"{words.size(item.size)} ({words.number(item.size)} bytes)"),
            ("Source", f"{item.reliability.value}, {words.RELIABILITY[item.reliability]}"),
            ("Marking", item.tlp.value),
            ("Inside", at.file(item.container) if item.container else None),
            *(("Read as", f"{row.kind or 'not read'}: {row.status}") for row in files[:3]),
            *(("Problem", problem.what) for row in files[:1] for problem in row.problems[:10]),
        ),
        "sha256": item.sha256,
        "inside": item.container,
        "place": "the whole file",
        "about": _logged(files),
    }


def _document(at: Index, reading: Reading) -> Card:
    ids = [said.id for said in reading.statements]
    ids += [found.id for found in reading.indicators] + [stated.id for stated in reading.facts]
    return {
        "id": f"D-{reading.document}",
        "kind": "Document",
        "title": words.clipped(reading.masthead.title or at.file(reading.document), LONG),
        "rows": _rows(
            ("Masthead", masthead(reading.masthead)), ("File", at.file(reading.document))
        ),
        "basis": [[cite.id, cite.label] for cite in at.cites(ids[:BASIS])],
        "more": max(len(ids) - BASIS, 0),
        "sha256": reading.document,
        "place": "the whole document",
        "paper": at.paper(reading.document),
        "said": told.span(reading.masthead.date),
    }


def _logged(files: Iterable[Coverage]) -> tuple[int, int] | None:
    """Return the first and last event of a file, in microseconds since 1970."""
    ends = [end for row in files for end in (row.first, row.last) if end and words.sound(end)]
    return (microseconds(min(ends)), microseconds(max(ends))) if ends else None


def _passage(
    at: Index, id_: str, document: str, where: Where, excerpts: Excerpts
) -> dict[str, object]:
    return {
        "id": id_,
        "paper": at.paper(document),
        "document": f"D-{document}" if document in at.readings else None,
        "file": at.file(where.evidence),
        "sha256": where.evidence,
        "place": words.locator(where),
        **excerpts.shown(where),
    }


def _rows(*rows: tuple[str, str | None]) -> list[tuple[str, str]]:
    return [(name, words.clipped(text, LONG)) for name, text in rows if text]


def _party(party: Party | None) -> str | None:
    if party is None:
        return None
    country = f" ({party.country})" if party.country else ""
    return f"{party.name}{country}, stated as “{party.stated}”"


def _root(at: Index, root: str) -> str:
    if known := at.roots.get(root):
        return known.label
    found = at.evidence.get(root.rpartition(":")[2])
    return found.name if found else root
