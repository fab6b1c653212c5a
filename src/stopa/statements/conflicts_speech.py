"""Where reports part ways on who said what: speakers, wordings, denials, reactions, answers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from stopa.model.statement import Act, Disagreement, Party, Position, Quotation, Severity, Statement
from stopa.model.when import When
from stopa.statements.lexicon.accusing import NO_PROOF, UNFOUNDED
from stopa.statements.lexicon.roles import BODIES, PERSONS
from stopa.statements.passages import (
    Passage,
    Texts,
    content_words,
    disagreement,
    folded,
    longest_run,
    overlap,
)

SAME_WORDS = 0.6  # share of a quotation's meaningful words found again: the same utterance
RUN = 4  # words in a row, with rare ones among them: the same utterance
LEAST_WORDS = 3  # meaningful words below which sameness is chance
REACTIONS = (Act.ACCUSE, Act.CONDEMN, Act.CONCERN, Act.SUPPORT, Act.OTHER)

NAME_LETTERS = 5  # of a word that is somebody's own name
BEFORE = 60  # days before the first report after which a step answers something else
BACKING = (Act.CONDEMN, Act.CONCERN, Act.SUPPORT)
WORD = re.compile(r"[^\W\d_]+")


def speech_conflicts(texts: Texts) -> Iterator[Disagreement]:
    """Yield disagreements on what was said and by whom."""
    spoken = [s for r in texts.readings for s in r.statements]
    yield from _quotations(texts, spoken)
    yield from _rewordings(texts, spoken)
    yield from _denials(texts, spoken)
    yield from _reactions(texts, spoken, _sides(spoken))
    yield from _answers(texts, spoken)
    yield from _charges(texts, spoken)
    yield from _blaming(texts, spoken)


def principal(party: Party | None) -> str:
    """Return in whose name a party speaks: its country, or its own name."""
    if party is None:
        return ""
    return party.country if party.country and party.country != "IGO" else party.name.lower()


def _quotations(texts: Texts, spoken: list[Statement]) -> Iterator[Disagreement]:
    """Yield quotations whose words come back from another mouth, or in other words."""
    seen: set[tuple[str, frozenset[str]]] = set()
    for statement in spoken:
        for quotation in statement.quotations:
            others = _again(texts, spoken, statement, quotation.text)
            if not others:
                continue
            documents = frozenset({statement.document, *(p.document for p, _ in others)})
            for slot, found in _judged(texts, statement, quotation, others):
                if (slot, documents) not in seen:
                    seen.add((slot, documents))
                    yield found


def _again(
    texts: Texts, spoken: list[Statement], statement: Statement, quotation: str
) -> list[tuple[Passage, Statement | None]]:
    words = content_words(quotation)
    found: list[tuple[Passage, Statement | None]] = []
    for document in sorted(texts.passages):
        if document == statement.document:
            continue
        found.extend(
            (passage, _statement_at(spoken, passage))
            for passage in texts.passages[document]
            if _recurs(texts, quotation, words, passage)
        )
    return found


def _recurs(texts: Texts, quotation: str, words: frozenset[str], passage: Passage) -> bool:
    """Whether the passage is the quotation again: most of its words, or a run of rare ones."""
    near = words & passage.words
    if len(near) >= LEAST_WORDS and len(near) >= SAME_WORDS * len(words):
        return True
    if len(near) < 2 or any(texts.spread[word] > len(texts.documents) for word in near):
        return False
    return longest_run(quotation, passage.text) >= RUN


def _statement_at(spoken: list[Statement], passage: Passage) -> Statement | None:
    at = [
        s
        for s in spoken
        if s.document == passage.document
        and s.where.span
        and s.where.span[0] < passage.sentence.end
        and passage.sentence.start < s.where.span[1]
    ]
    return next((s for s in at if s.quotations), at[0] if at else None)


def _judged(
    texts: Texts,
    statement: Statement,
    quotation: Quotation,
    others: list[tuple[Passage, Statement | None]],
) -> Iterator[tuple[str, Disagreement]]:
    if not others:
        return
    speaker = principal(statement.speaker)
    first = texts.said(statement, _name(statement.speaker))
    unlike = [
        texts.at(p, _name(s.speaker) if s else _outlet(texts, p.document))
        for p, s in others
        if (principal(s.speaker) if s else _outlet(texts, p.document).lower()) != speaker
        or (s and _two_people(statement.speaker, s.speaker))
    ]
    if unlike:
        yield (
            "speaker",
            disagreement("speaker", "quote_misattribution", Severity.HIGH, [first, *unlike]),
        )
    reworded = [
        texts.at(p, p.text) for p, _ in others if _plain(quotation.text) not in _plain(p.text)
    ]
    if reworded:
        wording = texts.said(statement, quotation.text)
        yield (
            "quote_text",
            disagreement("quote_text", "quote_drift", Severity.MEDIUM, [wording, *reworded]),
        )


def _two_people(one: Party | None, other: Party | None) -> bool:
    """Whether two parties are named people, and not the same one."""
    if one is None or other is None:
        return False
    people = [p.name for p in (one, other) if " " in p.name and p.stated.endswith(p.name)]
    named = [name for name in people if not {w.lower() for w in name.split()} & (PERSONS | BODIES)]
    return len(named) == 2 and named[0].split()[-1] != named[1].split()[-1]


def _rewordings(texts: Texts, spoken: list[Statement]) -> Iterator[Disagreement]:
    """One person, one act, quoted in other words elsewhere."""
    quoted = [s for s in spoken if s.quotations and s.speaker and s.act is not Act.OTHER]
    groups: dict[tuple[str, Act], list[Statement]] = {}
    for statement in quoted:
        speaker = statement.speaker
        if speaker is not None and statement.act is not Act.DENY:
            groups.setdefault((speaker.name.lower(), statement.act), []).append(statement)
    for (_, _), members in sorted(groups.items(), key=lambda item: item[0]):
        if len({m.document for m in members}) > 1 and _differ(members):
            yield disagreement(
                "quote_text",
                "quote_drift",
                Severity.HIGH,
                [texts.said(m, "; ".join(q.text for q in m.quotations)) for m in members],
            )


def _differ(members: list[Statement]) -> bool:
    quotes = [(m.document, _plain(q.text)) for m in members for q in m.quotations]
    return any(
        a[0] != b[0] and a[1] not in b[1] and b[1] not in a[1] for a, b in combinations(quotes, 2)
    )


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
    return said or next((words for words in NO_PROOF if words in low), "")


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
        if speaker is None or not speaker.country or statement.act not in REACTIONS:
            continue
        backing = principal(speaker) not in sides and statement.act in BACKING
        if speaker.country in {"EUR", "IGO"} or statement.negated or backing:
            groups.setdefault(principal(speaker), []).append(statement)
    for body in sorted(groups):
        members = groups[body]
        acts: dict[str, set[tuple[Act, bool]]] = {m.document: set() for m in members}
        for member in members:
            acts[member.document].add((member.act, member.negated))
        if len(acts) > 1 and len({frozenset(a) for a in acts.values()}) > 1:
            yield disagreement(
                "reaction_strength",
                "tone_conflict",
                Severity.HIGH if _contradict(members) else Severity.MEDIUM,
                [texts.said(m, ("not " if m.negated else "") + m.act.value) for m in members],
            )


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
        targets = [_office_of(m.target) for m in members]
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
    for refrained in (s for s in blamed if s.negated):
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


def _plain(text: str) -> str:
    return " ".join(sorted(content_words(text))) if len(text) < 12 else _folded(text)


def _folded(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _name(party: Party | None) -> str:
    return party.stated if party else "not stated"


def _outlet(texts: Texts, document: str) -> str:
    for reading in texts.readings:
        if reading.document == document:
            return reading.masthead.outlet or reading.masthead.title or document[:8]
    return document[:8]


def same_utterance(one: str, other: str) -> bool:
    """Whether two wordings are one utterance: most of the smaller's meaningful words recur."""
    first, second = content_words(one), content_words(other)
    return min(len(first), len(second)) >= LEAST_WORDS and overlap(first, second) >= SAME_WORDS
