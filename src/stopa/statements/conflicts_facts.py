"""Where reports part ways on the incident: numbers, dates, systems, names, offices, evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from stopa.model.statement import (
    Act,
    Disagreement,
    Fact,
    Position,
    Severity,
    Statement,
)
from stopa.model.when import When
from stopa.statements.conflicts_offices import office_conflicts
from stopa.statements.conflicts_quotations import principal
from stopa.statements.conflicts_steps import step_conflicts
from stopa.statements.earlier import of_another
from stopa.statements.lexicon.content import HEDGES
from stopa.statements.officeholders import anachronisms
from stopa.statements.passages import Texts, disagreement, folded
from stopa.statements.sentences import Kind

FULL = len("2024-05-03")
MONTH_DAY = len("05-03")
LEAP = 2024  # a year that has every day
SLIP = 31  # days by which reports misdate one announcement
NUMBER = re.compile(
    r"\d[\d,.]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|dozens?|"
    r"hundreds?|thousands?|millions?)\b",
    re.IGNORECASE,
)
NATIONALITY = "hackers of a country"  # which names nobody whom a group could contradict
NAMED_GROUP = "asserted of a group"  # which speaks neither for a state nor against it
CLASSES = re.compile(
    r"\b(?:(?:non-?|not |un|de)?classified|critical|top[- ]secret|secret|restricted|sensitive)\b",
    re.IGNORECASE,
)
OPEN = re.compile(r"(?:non-?|not )classified", re.IGNORECASE)
REACH = (
    ("accounts", re.compile(r"\b(?:accounts?|mailbox(?:es)?)\b", re.IGNORECASE)),
    ("network", re.compile(r"\b(?:networks?|headquarters)\b", re.IGNORECASE)),
)
SPARED = re.compile(r"\b(?:no|not|nor|neither|never|without)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
FOR = re.compile(
    r"\b(?:high(?:ly)? (?:confidence|likely)|almost certain\w*|moderate confidence|"
    r"concluded|compelling|overwhelming|"
    r"strong evidence|clear evidence|no doubt|beyond doubt|undoubtedly|conclusive|proof of|"
    r"case files|smoking gun|assess(?:es|ed)?)\b",
    re.IGNORECASE,
)
AGAINST = re.compile(
    r"\b(?:no (?:proof|evidence|shred|grounds|facts)|not (?:shared |shown |presented |published "
    r")?(?:a single|one) "
    r"(?:piece|shred|fact|document|log|page)|not (?:as good|evidence)|"
    r"guesswork|not (?:been )?(?:made )?public|strong but|good,? but|cannot be shown|(?:gave|give|"
    r"has|had) no "
    r"proof|not (?:everybody is )?(?:persuaded|convinced)|unconvinced|speculat\w+|one page|"
    r"without (?:\w+ )?(?:any )?(?:proof|evidence|grounds|basis|factual)|"
    r"lack(?:s|ing)? (?:of )?(?:evidence|proof)|evidence is lacking|thin|chain of evidence|"
    r"asked for (?:evidence|proof)|unproven|doctored|"
    r"(?:would|n't|not|never)[^.;]{0,40}(?:stand|hold) up|relies on (?:the )?(?:material|word|"
    r"findings) of|"
    r"(?:refused|declined) to (?:show|share|publish)[^.;]{0,20}(?:evidence|proof|logs)|if there "
    r"are any|"
    r"unsubstantiated|circumstantial|low confidence|neither is|cannot (?:prove|be proved|"
    r"be proven|say)|not (?:prove|proven|enough|sufficient))\b",
    re.IGNORECASE,
)


def fact_conflicts(texts: Texts) -> Iterator[Disagreement]:
    """Yield disagreements on what happened."""
    facts = [fact for reading in texts.readings for fact in reading.facts if fact.core]
    yield from _dates(texts, facts)
    yield from _numbers(facts)
    yield from _networks(facts)
    yield from _earlier(facts)
    yield from _kinds(facts)
    yield from _actors(texts, facts)
    yield from _links(texts)
    yield from _evidence(texts)
    yield from office_conflicts(texts)
    yield from step_conflicts(texts)
    yield from anachronisms(texts)


def _dates(texts: Texts, facts: list[Fact]) -> Iterator[Disagreement]:
    """Dates of the beginning, and of one announcement: two announcements have a date each."""
    for slot, named in (("start", "start"), ("announcement_date", "date")):
        members = [f for f in facts if f.slot == slot and f.value[:1].isdigit()]
        if slot == "announcement_date":
            members = _of_one(texts, members)
        if any(_unlike(a, b) for a, b in combinations(members, 2)):
            positions = [_position(f) for f in members]
            yield disagreement(named, "temporal_conflict", Severity.HIGH, positions)


def _unlike(one: Fact, other: Fact) -> bool:
    """Whether two documents differ by more than precision."""
    return one.document != other.document and not _compatible(one.value, other.value)


def _of_one(texts: Texts, members: list[Fact]) -> list[Fact]:
    """Return the dates that can be of one announcement: of one party, or told of nobody, near."""
    whose = {id(f): _announcers(texts, f) for f in members}
    rivals = {
        id(fact)
        for pair in combinations(members, 2)
        if _unlike(*pair) and _near(pair[0].value, pair[1].value)
        if not (mine := whose[id(pair[0])]) or not (theirs := whose[id(pair[1])]) or mine & theirs
        for fact in pair
    }
    return [fact for fact in members if id(fact) in rivals]


def _announcers(texts: Texts, fact: Fact) -> frozenset[str]:
    """Return in whose name the sentence of a date speaks, or the statement that it is."""
    reading = texts.read.get(fact.document)
    told = [s for s in reading.statements if s.sentence == fact.sentence] if reading else []
    blaming = [s for s in told if s.act is Act.ACCUSE] or told
    return frozenset(principal(s.speaker) for s in blaming if s.speaker)


def _near(one: str, other: str) -> bool:
    """Whether two dates can be mistaken for each other: days apart, or years to the day."""
    if one[-5:] == other[-5:]:
        return True
    if MONTH_DAY in {len(one), len(other)}:  # one without its year: days of one year
        one, other = f"{LEAP}-{one[-5:]}", f"{LEAP}-{other[-5:]}"
    first, second = When.stated(one), When.stated(other)
    if first is None or second is None or not len(one) == len(other) == FULL:
        return True
    start, end = first.earliest(), second.earliest()
    return start is None or end is None or abs((start - end).days) <= SLIP


def _compatible(one: str, other: str) -> bool:
    return (
        one.startswith(other) or other.startswith(one) or one.endswith(other) or other.endswith(one)
    )


def _numbers(facts: list[Fact]) -> Iterator[Disagreement]:
    """Numbers of systems, sums, amounts: in one document or between several."""
    for slot in ("extent", "loss", "data"):
        members = [f for f in facts if f.slot == slot and NUMBER.search(f.value)]
        documents = {f.document for f in members}
        if len(members) < 2 or len({_said(f) for f in members}) < 2:
            continue
        if len(documents) == 1 and not _doubted(members):
            continue
        yield disagreement(
            slot,
            "number_conflict" if slot != "extent" else "extent_conflict",
            Severity.HIGH if slot != "data" else Severity.MEDIUM,
            [_position(f) for f in members],
        )


def _said(fact: Fact) -> str:
    return " ".join(re.sub(r"[^\w ]", "", fact.value.lower()).split())


def _doubted(members: list[Fact]) -> bool:
    """Two numbers in one sentence, or one taken back, are a conflict within a document."""
    return any(
        len(NUMBER.findall(f.sentence)) > 1 and ("verif" in f.sentence or "only" in f.sentence)
        for f in members
    )


def _kinds(facts: list[Fact]) -> Iterator[Disagreement]:
    """Ways in and effects told in words that do not fit each other."""
    for slot, severity in (
        ("vector", Severity.MEDIUM),
        ("impact", Severity.MEDIUM),
    ):
        members = [f for f in facts if f.slot == slot]
        first = list({f.document: f for f in reversed(members)}.values())
        if len(first) < 2 or len({_said(f) for f in first}) < 2:
            continue
        yield disagreement(slot, "factual_conflict", severity, [_position(f) for f in members])


def _earlier(facts: list[Fact]) -> Iterator[Disagreement]:
    """Earlier incidents that the texts mix in: no part of this one."""
    told = [_position(f) for f in facts if f.slot == "prior_incident"]
    if told:
        yield disagreement("prior_incident", "prior_incident_mixed", Severity.LOW, told)


def _networks(facts: list[Fact]) -> Iterator[Disagreement]:
    """Yield the kinds of network: unclassified here, critical there; mailboxes or a network."""
    members = sorted(
        (f for f in facts if f.slot == "network"), key=lambda f: f.rule != "classification"
    )
    first: dict[tuple[str, frozenset[str]], Position] = {}
    for fact in members:
        kinds = network_kinds(fact.value, fact.sentence)
        if kinds:
            first.setdefault((fact.document, kinds), _position(fact))
    if _differing(first):
        yield disagreement("network", "factual_conflict", Severity.HIGH, list(first.values()))
        return
    reach = {
        (fact.document, frozenset({word})): _position(fact)
        for fact in reversed(members)
        for word, pattern in REACH
        if pattern.search(fact.value)
    }
    held: dict[str, frozenset[str]] = {}
    for document, words in reach:
        held[document] = held.get(document, frozenset()) | words
    if len(set(held.values())) > 1 and _differing(reach):
        yield disagreement("network", "factual_conflict", Severity.MEDIUM, list(reach.values()))


def _differing(sides: dict[tuple[str, frozenset[str]], Position]) -> bool:
    return len({kinds for _, kinds in sides}) > 1 and len({document for document, _ in sides}) > 1


def network_kinds(value: str, sentence: str) -> frozenset[str]:
    """Return how a network is classified; one that was not touched says what the others are not."""
    at = sentence.find(value)
    spared = at >= 0 and SPARED.search(sentence[:at])
    found = {
        "unclassified" if OPEN.fullmatch(match.group()) else match.group().lower()
        for match in CLASSES.finditer(value)
    }
    return frozenset() if spared else frozenset(found)


def _actors(texts: Texts, facts: list[Fact]) -> Iterator[Disagreement]:
    """Different actors, and different names for one."""
    ids = {
        (reading.document, m.printed): frozenset(m.candidates)
        for reading in texts.readings
        for m in reading.mentions
        if m.kind.value == "actor"
    }
    members = [f for f in facts if f.slot == "actor" and f.rule != NATIONALITY]
    by_document: dict[str, list[Fact]] = {}
    for fact in members:
        by_document.setdefault(fact.document, []).append(fact)
    if len(by_document) > 1:
        groups = [_meant(found, ids) for found in by_document.values()]
        if not frozenset.intersection(*groups):
            yield disagreement(
                "actor", "actor_conflict", Severity.HIGH, [_position(f) for f in members]
            )
        elif _further(by_document, ids):
            yield disagreement(
                "actor", "further_actor", Severity.MEDIUM, [_position(f) for f in members]
            )
        elif _aliases(members, ids):
            yield disagreement(
                "name", "entity_variant", Severity.LOW, [_position(f) for f in members]
            )


def _further(
    by_document: dict[str, list[Fact]], ids: dict[tuple[str, str], frozenset[str]]
) -> bool:
    """Whether a text names an actor who can be none of those that the others name."""
    for document, found in by_document.items():
        others = [_meant(named, ids) for other, named in by_document.items() if other != document]
        known = frozenset().union(*others)
        if any(not _meant([fact], ids) & known for fact in found):
            return True
    return False


def _aliases(members: list[Fact], ids: dict[tuple[str, str], frozenset[str]]) -> bool:
    """Whether two names that the texts print can mean one actor."""
    meant = {f.value: _meant([f], ids) for f in members}
    return any(meant[a] & meant[b] for a, b in combinations(sorted(meant), 2))


def _meant(found: list[Fact], ids: dict[tuple[str, str], frozenset[str]]) -> frozenset[str]:
    return frozenset().union(
        *(ids.get((f.document, f.value), frozenset({folded(f.value)})) for f in found)
    )


def _links(texts: Texts) -> Iterator[Disagreement]:
    """How firmly the reports tie the actor to a state."""
    sides: list[tuple[str, Position]] = []
    for reading in texts.readings:
        for statement in reading.statements:
            if statement.act is not Act.ACCUSE or not statement.core:
                continue
            if of_another(statement.sentence):
                continue
            firm = _firmness(statement)
            sides.append((firm, texts.said(statement, firm)))
    documents = {position.document for _, position in sides}
    if len(documents) > 1 and len({firm for firm, _ in sides if firm != NAMED_GROUP}) > 1:
        yield disagreement(
            "sponsor_link", "attribution_strength", Severity.HIGH, [p for _, p in sides]
        )


def _firmness(statement: Statement) -> str:
    low = statement.sentence.lower()
    if statement.negated:
        return "not attributed"
    hedge = next((hedge for hedge in HEDGES if hedge in low), None)
    if hedge:
        return hedge
    target = statement.target
    if target and not target.country:
        return NAMED_GROUP
    return f"asserted of {target.country}" if target else "asserted"


def _evidence(texts: Texts) -> Iterator[Disagreement]:
    """How strong the evidence is said to be."""
    speaking: list[Position] = []
    against: list[Position] = []
    for reading in texts.readings:
        for passage in texts.passages[reading.document]:
            if passage.sentence.kind is Kind.HEADING:
                continue
            weak, firm = AGAINST.search(passage.text), FOR.search(passage.text)
            if weak:
                against.append(texts.at(passage, weak.group()))
            elif firm:
                speaking.append(texts.at(passage, firm.group()))
    documents = {p.document for p in [*speaking, *against]}
    if against and len(documents) > 1:
        yield disagreement(
            "evidence", "evidence_strength_conflict", Severity.MEDIUM, [*speaking, *against]
        )


def _position(fact: Fact) -> Position:
    return Position(fact.document, fact.value, fact.sentence, fact.where)
