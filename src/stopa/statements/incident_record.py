"""One incident, coded in EuRepoC's variables out of the facts and statements of its reports.

Spec: European Repository of Cyber Incidents, codebook 1.x (labels: `lexicon.eurepoc`)
Why: researchers join incidents by these variables; here each value leads back to its sentence.
Trap: what reports do not state is "not stated". Values that differ between reports stand beside
each other, the most reported first: choosing one is the coder's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stopa.knowledge import places
from stopa.model.incident_record import Attribution, Coded, IncidentRecord, Response
from stopa.model.record import name as record_name
from stopa.model.statement import (
    Act,
    Comparison,
    Fact,
    Incident,
    Mention,
    MentionKind,
    Reading,
    Stance,
    Statement,
)
from stopa.model.when import When
from stopa.statements.coding import (
    attribution_basis,
    attribution_type,
    eurepoc_country,
    eurepoc_name,
    is_attribution,
    is_industry,
    names_organ,
    responder,
)
from stopa.statements.lexicon import eurepoc as words
from stopa.statements.same_incident import accused_state

ALL = "the incident of all reports"
MOST = 6  # values of one variable
NO_VALUES: tuple[tuple[str, tuple[Coded, ...]], ...] = tuple(
    (name, ()) for name in words.VARIABLES if name != "name" and not name.startswith("number_of_")
)
DAY = 10  # characters of a date with its day
OWN = re.compile(r"(?:its|our)\b", re.IGNORECASE)
NAMED = re.compile(r"[A-ZÀ-Þ][\w’'-]{2,}")
_Kind = tuple[bool, str, str | None]  # legal or political, the label, its subcode
TELLING = frozenset({Act.ACCUSE, Act.DETECT, Act.CONDEMN, Act.SUMMON})
POLITICAL = frozenset({Act.CONDEMN, Act.CONCERN, Act.CALL_ON, Act.SUPPORT, Act.SUMMON})


@dataclass(frozen=True, slots=True)
class _Case:
    """The reports of one incident."""

    readings: tuple[Reading, ...]
    accused: str | None
    receivers: frozenset[str]

    def facts(self, *slots: str) -> Iterator[Fact]:
        return (f for reading in self.readings for f in reading.facts if f.slot in slots)

    def statements(self) -> Iterator[tuple[Statement, Reading]]:
        return ((s, reading) for reading in self.readings for s in reading.statements)


def incident_records(
    readings: Sequence[Reading], comparison: Comparison
) -> tuple[IncidentRecord, ...]:
    """Return a record for each incident; `readings` settled, as they were compared.

    Where texts were compared before incidents were told apart, all of them are one.
    """
    documents = tuple(sorted({r.document for r in readings if r.statements or r.facts}))
    whole = (Incident(record_name("I", *documents), ALL, documents),) if documents else ()
    return tuple(_record(incident, readings) for incident in comparison.incidents or whole)


def receiving_countries(readings: Sequence[Reading], accused: str | None) -> frozenset[str]:
    """Return the countries that were hit, by their codes: they speak of it, and it is theirs.

    One that far fewer reports give than another is a by-word, not the incident's.
    """
    documents: dict[str, set[str]] = {}
    for code, fact in _received(readings, accused):
        documents.setdefault(code, set()).add(fact.document)
    most = max(map(len, documents.values()), default=0)
    return frozenset(code for code, given in documents.items() if 2 * len(given) >= most)


def response_type(said: Statement) -> _Kind | None:
    """Return whether a response is legal, its type and subcode; None for what is no response."""
    country = said.speaker.country if said.speaker else None
    if said.negated or not said.core or country is None:
        return None
    if said.act in POLITICAL:
        return False, f"{responder(said)}: {words.STABILIZING}", None
    if said.act is not Act.RESPOND:
        return None
    for pattern, label, subcode in words.LEGAL:
        if pattern.search(said.sentence):
            return True, label, subcode
    if words.INQUIRY.search(said.sentence):
        return False, f"{responder(said)}: {words.LEGISLATIVE}", words.COMMITTEE
    measure = words.PREVENTIVE if words.PREVENTED.search(said.sentence) else words.STABILIZING
    return False, f"{responder(said)}: {measure}", None


def _received(readings: Sequence[Reading], accused: str | None) -> Iterator[tuple[str, Fact]]:
    """Yield what was hit with its country: a speaker's `own` or by the country's name."""
    spoken = [s for r in readings for s in r.statements if s.act in TELLING and not s.negated]
    codes = {s.speaker.country for s in spoken if s.speaker and s.speaker.country}
    told = sorted(codes - {accused, "EUR", "IGO"})
    for reading in readings:
        speaking = {s.where: s.speaker.country for s in reading.statements if s.speaker}
        for fact in reading.facts:
            if fact.slot in {"victim", "network"}:
                own = speaking.get(fact.where) if OWN.match(fact.value) else None
                yield from ((code, fact) for code in told if own == code or _named(code, fact))


def _named(code: str, fact: Fact) -> bool:
    country = places().country(code)
    forms = (country.name, *country.adjectives) if country else (code,)
    return any(re.search(rf"\b{re.escape(form)}\b", fact.value) for form in forms)


def _record(incident: Incident, readings: Sequence[Reading]) -> IncidentRecord:
    mine = tuple(r for r in readings if r.document in incident.documents)
    accused = accused_state(mine)
    case = _Case(mine, accused, receiving_countries(mine, accused))
    attributions, responses = tuple(_attributions(case)), tuple(_responses(case))
    coded = dict(_values(case, attributions))
    return IncidentRecord(
        incident.id,
        incident.label,
        tuple((name, coded.get(name, ())[:MOST]) for name, _ in NO_VALUES),
        attributions,
        responses,
        incident.documents,
        words.UNCODED,
    )


def _values(
    case: _Case, attributions: tuple[Attribution, ...]
) -> Iterator[tuple[str, tuple[Coded, ...]]]:
    hit = list(case.facts("victim", "network"))
    done = list(case.facts("victim", "network", "data", "impact"))
    ways = [*case.facts("vector"), *_techniques(case)]
    yield "start_date", _coded((f.value, f) for f in case.facts("start") if When.stated(f.value))
    yield "end_date", _coded((f.value, f) for f in case.facts("end") if When.stated(f.value))
    yield "receiver_name", _coded((f.value, f) for f in case.facts("victim") if _is_name(f.value))
    received = _received(case.readings, case.accused)
    ours = ((eurepoc_name(code), f) for code, f in received if code in case.receivers)
    yield "receiver_country", _coded(ours)
    yield "receiver_category", _coded((c, f) for f in hit for c, _ in _receiver(f.value))
    subcodes = ((s, f) for f in hit for _, s in _receiver(f.value) if s)
    yield "receiver_category_subcode", _coded(subcodes)
    yield "initiator_name", _coded((f.value, f) for f in case.facts("actor"))
    yield "initiator_country", _coded(_initiator_countries(case))
    yield "initiator_category", _coded(_initiator_categories(case))
    yield "incident_type", _coded(_types(done))
    yield "MITRE_initial_access", _coded(_by_words(ways, words.ACCESS))
    yield "MITRE_impact", _coded(_by_words([*done, *_techniques(case)], words.IMPACT))
    yield "zero_days", _coded(("Yes", f) for f in ways if words.ZERO_DAY.search(f.sentence))
    yield "has_disruption", _coded(("True", f) for f in done if words.DISRUPTION.search(f.sentence))
    yield "source_incident_detection_disclosure", _coded(_disclosed(case))


def _coded(found: Iterable[tuple[str, Fact | Statement]]) -> tuple[Coded, ...]:
    """Return each value once, the most reported first, with all documents that give it."""
    first: dict[str, tuple[str, Fact | Statement]] = {}
    documents: dict[str, dict[str, None]] = {}
    for value, by in found:
        first.setdefault(value.lower(), (value, by))
        documents.setdefault(value.lower(), {})[by.document] = None
    order = sorted(first, key=lambda low: -len(documents[low]))
    return tuple(
        Coded(value, by.id, by.sentence, by.where, tuple(documents[low]))
        for low in order
        for value, by in (first[low],)
    )


def _techniques(case: _Case) -> Iterator[Fact]:
    """Yield the techniques that a text names and does not rule out, as facts of the way in."""
    for reading in case.readings:
        for mention in reading.mentions:
            told = mention.stance is not Stance.NEGATED
            if mention.kind is MentionKind.TECHNIQUE and told:
                yield _as_fact(mention, reading.document)


def _as_fact(mention: Mention, document: str) -> Fact:
    value = " ".join(mention.candidates)
    return Fact(mention.id, document, "vector", value, mention.where, f"{mention.printed} {value}")


def _is_name(value: str) -> bool:
    """Whether a value names somebody: by a capital, as the speaker's own, or by what it is."""
    return bool(NAMED.search(value) or OWN.match(value) or _receiver(value))


def _receiver(value: str) -> list[tuple[str, str]]:
    return next(([(c, s)] for pattern, c, s in words.RECEIVERS if pattern.search(value)), [])


def _initiator_countries(case: _Case) -> Iterator[tuple[str, Statement]]:
    for said, _ in case.statements():
        name = eurepoc_country(said.target)
        if is_attribution(said) and name and _aimed_here(said, case):
            yield name, said


def _initiator_categories(case: _Case) -> Iterator[tuple[str, Fact | Statement]]:
    named = next(case.facts("actor"), None)
    for fact in filter(lambda fact: names_organ(fact.value), case.facts("sponsor")):
        yield (words.INITIATOR_LINKED if named else words.INITIATOR_STATE), fact
    for said, _ in case.statements():
        if is_attribution(said) and said.target:
            yield _initiator_category(said), said


def _initiator_category(said: Statement) -> str:
    stated = said.target.stated if said.target else ""
    if words.CRIMINAL.search(stated):
        return words.INITIATOR_GROUP
    if words.ORGAN.search(stated):
        return words.INITIATOR_STATE
    linked = "state-sponsored" in said.sentence or "linked to" in said.sentence
    if linked or (said.target and said.target.country is None):
        return words.INITIATOR_LINKED if linked else "Unknown - not attributed"
    return words.INITIATOR_STATE


def _types(done: list[Fact]) -> Iterator[tuple[str, Fact]]:
    for fact in done:
        stolen = fact.slot == "data" or words.STOLEN.search(fact.sentence)
        if words.RANSOM.search(fact.sentence):
            yield words.RANSOMWARE, fact
        if stolen:
            yield (words.DOXING if words.LEAK.search(fact.sentence) else words.THEFT), fact
            yield words.MISUSE, fact
        if words.DISRUPTION.search(fact.sentence):
            yield words.DISRUPTED, fact
    if done and not any(f.slot == "data" or words.STOLEN.search(f.sentence) for f in done):
        yield words.HIJACKING, done[0]


def _by_words(
    facts: Iterable[Fact], table: Sequence[tuple[re.Pattern[str], str]]
) -> Iterator[tuple[str, Fact]]:
    for fact in facts:
        for pattern, label in table:
            if pattern.search(fact.value):
                yield label, fact
                break


def _disclosed(case: _Case) -> Iterator[tuple[str, Statement]]:
    for said, _ in case.statements():
        if said.act not in {Act.ACCUSE, Act.DETECT} or said.negated or said.speaker is None:
            continue
        if said.speaker.country in case.receivers:
            yield words.DISCLOSED_BY_STATE, said
        elif is_industry(said.speaker):
            yield words.DISCLOSED_BY_INDUSTRY, said


def _attributions(case: _Case) -> Iterator[Attribution]:
    """Yield each party's attribution of each initiator once, as the first report gives it."""
    found: dict[tuple[str, str], tuple[Statement, Reading, dict[str, None]]] = {}
    for said, reading in case.statements():
        aimed = said.target.country if said.target else None
        if not is_attribution(said) or not _aimed_here(said, case):
            continue
        who = (said.speaker.country or said.speaker.name) if said.speaker else ""
        entry = found.setdefault((who, aimed or ""), (said, reading, {}))
        entry[2][said.document] = None
    for said, reading, documents in found.values():
        yield _attribution(case, said, reading, tuple(documents))


def _aimed_here(said: Statement, case: _Case) -> bool:
    """Whether an accusation is of this incident: not by who is accused of it, nor of others."""
    aimed = said.target.country if said.target else None
    by_accused = said.speaker is not None and said.speaker.country == case.accused
    return not (by_accused and case.accused) and aimed in {None, case.accused or aimed}


def _day(said: Statement) -> str | None:
    """Return the day that a statement was made; a year alone is the incident's."""
    return said.date.edtf if said.date and len(said.date.edtf) == DAY else None


def _attribution(
    case: _Case, said: Statement, reading: Reading, documents: tuple[str, ...]
) -> Attribution:
    speaker, target = said.speaker, said.target
    near = [f.value for f in reading.facts if f.slot == "actor" and f.where == said.where]
    return Attribution(
        by=said.id,
        type=attribution_type(said, reading.masthead),
        basis=attribution_basis(said, case.receivers),
        actor=speaker.name if speaker else None,
        country=eurepoc_country(speaker),
        company=speaker.name if speaker and is_industry(speaker) else None,
        date=_day(said),
        initiator=near[0] if near else (target.name if target and not target.country else None),
        initiator_country=eurepoc_country(target),
        initiator_category=_initiator_category(said) if target else "Unknown - not attributed",
        sentence=said.sentence,
        where=said.where,
        documents=documents,
    )


def _responses(case: _Case) -> Iterator[Response]:
    """Yield what was done about it, each party's kind of response once."""
    found: dict[tuple[_Kind, str], tuple[Statement, dict[str, None]]] = {}
    for said, _ in case.statements():
        kind = response_type(said)
        if kind is None or said.speaker is None or said.speaker.country == case.accused:
            continue
        key = (kind, said.speaker.country or said.speaker.name)
        found.setdefault(key, (said, {}))[1][said.document] = None
    for ((legal, label, subcode), _), (said, documents) in found.items():
        speaker = said.speaker
        yield Response(
            by=said.id,
            legal=legal,
            type=label,
            subcode=subcode,
            actor=speaker.name if speaker else None,
            country=eurepoc_country(speaker),
            date=_day(said),
            sentence=said.sentence,
            where=said.where,
            documents=tuple(documents),
        )
