"""Where reports part ways on who said what: speakers, wordings, denials, reactions, answers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from stopa.model.statement import (
    Act,
    Disagreement,
    Party,
    Position,
    Resolution,
    Severity,
    Statement,
)
from stopa.model.when import When
from stopa.statements.conflicts_quotations import principal, quotation_conflicts
from stopa.statements.earlier import of_another
from stopa.statements.lexicon.accusing import NO_PROOF, UNFOUNDED
from stopa.statements.lexicon.roles import BODIES, PERSONS
from stopa.statements.passages import (
    Texts,
    disagreement,
    folded,
)

REACTIONS = (Act.ACCUSE, Act.CONDEMN, Act.CONCERN, Act.SUPPORT, Act.OTHER)

MOST = 60  # different offices that are compared with each other
NAME_LETTERS = 5  # of a word that is somebody's own name
BEFORE = 60  # days before the first report after which a step answers something else
BACKING = (Act.CONDEMN, Act.CONCERN, Act.SUPPORT)
WORD = re.compile(r"[^\W\d_]+")


def speech_conflicts(texts: Texts) -> Iterator[Disagreement]:
    """Yield disagreements on what was said and by whom."""
    spoken = [s for r in texts.readings for s in r.statements]
    yield from quotation_conflicts(texts, spoken)
    yield from _denials(texts, spoken)
    yield from _reactions(texts, spoken, _sides(spoken))
    yield from _answers(texts, spoken)
    yield from _charges(texts, spoken)
    yield from _blaming(texts, spoken)


def _denials(texts: Texts, spoken: list[Statement]) -> Iterator[Disagreement]:
    """One state's denial in several wordings."""
    groups: dict[str, list[Statement]] = {}
    for statement in spoken:
        if statement.act is Act.DENY and statement.speaker and statement.speaker.country:
            groups.setdefault(statement.speaker.country, []).append(statement)
    for country in sorted(groups):
        members = groups[country]
        worded = [_denial(texts, m) for m in members]
        if len({p.document for p in worded}) > 1 and len({folded(p.value) for p in worded}) > 1:
            yield disagreement("denial_wording", "wording_conflict", Severity.MEDIUM, worded)


def _denial(texts: Texts, statement: Statement) -> Position:
    """Return the words of the denial: its quotation, else the word that denies.

    `They are groundless` after the sentence with the denial are its words too.
    """
    if statement.quotations:
        return texts.said(statement, "; ".join(q.text for q in statement.quotations))
    word = _denying_word(statement.sentence)
    if word:
        return texts.said(statement, word)
    start = (statement.where.span or (0, 0))[0]
    passages = texts.passages[statement.document]
    after = bisect_right(passages, start, key=lambda p: p.sentence.start)
    for passage in passages[after : after + 1]:
        word = _denying_word(passage.text)
        if word and passage.text.lower().startswith(("they ", "it ", "these ", "this ", "such ")):
            return texts.at(passage, word)
    return texts.said(statement, statement.rule.rpartition(":")[2])


def _denying_word(sentence: str) -> str:
    low = sentence.lower()
    said = next((word.lower() for word in WORD.findall(low) if word in UNFOUNDED), "")
    return said or next((words.strip() for words in NO_PROOF if f" {words}" in f" {low} "), "")


def _sides(spoken: list[Statement]) -> set[str]:
    """Return the states that accuse or are accused: their reactions are the case itself."""
    accusing = [s for s in spoken if s.act is Act.ACCUSE and not s.negated]
    denying = [s for s in spoken if s.act is Act.DENY]
    found = {principal(s.speaker) for s in (*accusing, *denying)}
    return found | {principal(s.target) for s in accusing}


def _reactions(texts: Texts, spoken: list[Statement], sides: set[str]) -> Iterator[Disagreement]:
    """One body that condemns here, accuses there and is only worried elsewhere."""
    groups: dict[str, list[Statement]] = {}
    for statement in spoken:
        speaker = statement.speaker
        if speaker is None or statement.act not in REACTIONS:
            continue
        if not speaker.country:
            if _organisation(speaker):
                groups.setdefault(principal(speaker), []).append(statement)
            continue
        backing = principal(speaker) not in sides and statement.act in BACKING
        if speaker.country in {"EUR", "IGO"} or statement.negated or backing:
            groups.setdefault(principal(speaker), []).append(statement)
    for body in sorted(groups):
        members = groups[body]
        acts: dict[str, set[tuple[Act, bool]]] = {m.document: set() for m in members}
        for member in members:
            acts[member.document].add((member.act, member.negated))
        private = all(m.speaker and not m.speaker.country for m in members)
        if private and not _accuses_in_one(acts):
            continue
        if len(acts) > 1 and len({frozenset(a) for a in acts.values()}) > 1:
            yield disagreement(
                "reaction_strength",
                "tone_conflict",
                Severity.HIGH if private or _contradict(members) else Severity.MEDIUM,
                [texts.said(m, ("not " if m.negated else "") + m.act.value) for m in members],
            )


def _organisation(party: Party) -> bool:
    """Whether a party is a body by name, without a state: `Reef Press Watch`."""
    words = party.name.split()
    people = {word.lower() for word in words} & PERSONS
    capital = sum(word[:1].isupper() for word in words)
    return party.resolution is Resolution.NAMED and capital > 1 and len(words) > 2 and not people


def _accuses_in_one(acts: dict[str, set[tuple[Act, bool]]]) -> bool:
    """Whether a body accuses in one text and only warns or condemns in another."""
    accusing = {document for document, done in acts.items() if (Act.ACCUSE, False) in done}
    return bool(accusing) and accusing != set(acts)


def _contradict(members: list[Statement]) -> bool:
    done = {m.document for m in members if m.act is Act.ACCUSE and not m.negated}
    undone = {m.document for m in members if m.act is Act.ACCUSE and m.negated}
    return bool(done and undone - done)


def _answers(texts: Texts, spoken: list[Statement]) -> Iterator[Disagreement]:
    """Yield what was done in answer, and against whom, where reports differ."""
    groups: dict[str, list[Statement]] = {}
    for statement in spoken:
        if statement.act is Act.SUMMON or _answers_state(statement):
            groups.setdefault("summon" if statement.act is Act.SUMMON else "step", []).append(
                statement
            )
    for kind in sorted(groups):
        members = [m for m in groups[kind] if not _of_before(texts, m, spoken)]
        if len({m.document for m in members}) < 2:
            continue
        targets = sorted({_office_of(m.target) for m in members}, key=repr)[:MOST]
        done = {(m.document, m.negated) for m in members}
        undone = {negated for _, negated in done} == {True, False} and kind == "summon"
        if undone or any(not _same_office(a, b) for a, b in combinations(targets, 2)):
            severity = Severity.HIGH if kind == "summon" else Severity.MEDIUM
            yield disagreement(
                "response",
                "factual_conflict",
                severity,
                [texts.said(m, m.target.stated if m.target else m.rule) for m in members],
            )


def _blaming(texts: Texts, spoken: list[Statement]) -> Iterator[Disagreement]:
    """One who accuses in one report, and expressly does not in another."""
    blamed = [s for s in spoken if s.act is Act.ACCUSE and s.speaker and s.core]
    for refrained in (s for s in blamed if s.negated and not of_another(s.sentence)):
        names = _proper(refrained.speaker)
        others = [
            s
            for s in blamed
            if not s.negated and s.document != refrained.document and _proper(s.speaker) & names
        ]
        if names and others:
            yield disagreement(
                "attributor",
                "attributor_conflict",
                Severity.HIGH,
                [texts.said(s, s.rule) for s in (refrained, *others)],
            )


def _proper(party: Party | None) -> frozenset[str]:
    """Return the proper words of a party's name, and its state."""
    if party is None:
        return frozenset()
    words = (w for w in WORD.findall(party.name) if w[:1].isupper() and len(w) >= NAME_LETTERS)
    return frozenset(w.lower() for w in words if w.lower() not in PERSONS | BODIES)


def _of_before(texts: Texts, step: Statement, spoken: list[Statement]) -> bool:
    """Whether a step answers another incident: months before the reports, and another state's."""
    dated = [r.masthead.date.edtf for r in texts.readings if r.masthead.date]
    if step.date is None or not dated or step.target is None:
        return False
    old, first = step.date.earliest(), When(min(dated)).earliest()
    if old is None or first is None or (first - old).days < BEFORE:
        return False
    aims = Counter(s.target.country for s in spoken if s.act is Act.ACCUSE and s.target)
    return aims.most_common(1)[0][0] != step.target.country if aims else True


def _office_of(target: Party | None) -> tuple[str, frozenset[str]]:
    """Return whose office the target holds, and which: `the ambassador of X`, `X's ambassador`."""
    if target is None:
        return "", frozenset()
    words = {word.lower() for word in WORD.findall(target.stated)}
    held = words & (PERSONS | BODIES)
    return target.country or "", frozenset(held or {folded(target.name)})


def _same_office(one: tuple[str, frozenset[str]], other: tuple[str, frozenset[str]]) -> bool:
    state = one[0] == other[0] or not (one[0] and other[0])
    return state and (one[1] <= other[1] or other[1] <= one[1]) and bool(one[1]) == bool(other[1])


def _answers_state(statement: Statement) -> bool:
    """Tell a sanction, an expulsion or a recall: the steps of one state against another."""
    words = (
        "sanction",
        "expel",
        "recall",
        "home",
        "relations",
        "persona",
        "diplomat",
        "ambassador",
    )
    low = statement.sentence.lower()
    return statement.act is Act.RESPOND and any(word in low for word in words)


def _charges(texts: Texts, spoken: list[Statement]) -> Iterator[Disagreement]:
    """Who was charged, and how many."""
    members = [
        s
        for s in spoken
        if any(word in s.sentence.lower() for word in ("indict", "charged", "charges against"))
        and not s.negated
    ]
    members = [m for m in members if m.act in {Act.ACCUSE, Act.RESPOND}]
    dates = {(m.document, m.date.edtf) for m in members if m.date}
    if len({d for d, _ in dates}) > 1 and _unlike({edtf for _, edtf in dates}):
        told = [texts.said(m, m.date.edtf) for m in members if m.date]
        yield disagreement("date", "temporal_conflict", Severity.HIGH, told)
    if len({m.document for m in members}) > 1 and len({m.sentence for m in members}) > 1:
        yield disagreement(
            "charges",
            "factual_conflict",
            Severity.HIGH,
            [texts.said(m, m.target.stated if m.target else m.sentence) for m in members],
        )


def _unlike(dates: set[str]) -> bool:
    """Whether two dates differ by more than precision."""
    return any(not (a.startswith(b) or b.startswith(a)) for a, b in combinations(sorted(dates), 2))


def _name(party: Party | None) -> str:
    return party.stated if party else "not stated"
