"""The slots of the incident as one document fills them, each with its sentence.

Spec: the fact slots of the reading measure (victim, network, start, actor, sponsor, ...).
Trap: a value is what the text says, in its words; a date is never more precise than printed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from stopa.model.document import Document
from stopa.model.record import name as record_name
from stopa.model.statement import Act, Fact, Mention, MentionKind, Resolution, Statement
from stopa.statements.dates import Dated, dates
from stopa.statements.lexicon import incident
from stopa.statements.phrase import PhraseKind
from stopa.statements.sentences import Kind, Sentence
from stopa.statements.view import View

VALUE_WORDS = 14  # words of a value; the sentence holds the rest
MOST = 4  # values of one slot that a document may fill
RESPONDING = frozenset({Act.RESPOND, Act.SUMMON})
CHARGED = re.compile(
    r"\b(?:charg(?:ed|es|ing)|indict\w*|sanction\w*|arrest\w*|expel\w*|summon\w*)\b", re.I
)
OTHER_GRIEVANCE = re.compile(
    r"\b(?:election|meddling|interference|explosion|poisoning|referendum)\b", re.I
)
ANNOUNCED = re.compile(
    r"\b(?:announced|published|made public|made today|went public|named|attributed|accused|"
    r"blamed|consequences|handed a protest|statements?)\b",
    re.I,
)
TOLD = re.compile(r"\b(?:said|says|told \w+|announced|stated|confirmed|declared|reported)\s*$")
ENDED = re.compile(r"\b(?:until|lasted to|ended in|ending in|through)\s*\w*$")
NO_VICTIM = re.compile(
    r"(?:that|in|by|alone|since|from|at|its? own|for|on|over|as|and|is|was|were)\b", re.I
)
CUT = re.compile(
    r"\s(?:who|which|that|where|when|while|after|before|because|since|last year|this year|"
    r"and (?:also|then|said|has|had|was|were)"
    r"|but|in (?:19|20)\d\d|in (?:Jan|Feb|March|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
    r"|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|through|via|so|as|early|by)\b"
)


@dataclass(slots=True)
class FactFinder:
    """Collects facts sentence by sentence. `anchor` is the document's date, where it has one."""

    document: Document
    anchor: date | None
    found: list[Fact] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def read(self, view: View, statements: list[Statement]) -> None:
        """Add what a sentence says of the incident."""
        text = view.text[view.sentence.start : view.sentence.end]
        when = dates(text, self.anchor)
        background = _prior(text, when, self.anchor)
        for slot, value, rule in self._slots(view, text, when, background, statements):
            self._add(view, slot, value, rule)

    def name(self, named: tuple[Mention, ...], parts: list[Sentence]) -> None:
        """Add actors that are named in the text but were no phrase of their own."""
        known = {fact.value for fact in self.found if fact.slot == "actor"}
        for mention in named:
            start = (mention.where.span or (0, 0))[0]
            if mention.kind is not MentionKind.ACTOR or any(mention.printed in k for k in known):
                continue
            index = bisect_right(parts, start, key=lambda part: part.start) - 1
            if index >= 0 and start < parts[index].end:
                self._put(parts[index], "actor", mention.printed, "known actor")

    def _slots(
        self,
        view: View,
        text: str,
        when: list[Dated],
        background: str | None,
        statements: list[Statement],
    ) -> Iterator[tuple[str, str, str]]:
        yield from _culprits(view)
        yield from _announced(text, when, statements, self.anchor)
        yield from _made_public(view, text, when)
        yield from _responses(view, text, statements)
        yield from _detections(view, when, statements)
        if background is not None:
            yield "prior_incident", background, "earlier year"
            return
        yield from _hits(text)
        yield from _numbers(text)
        yield from _starts(text, when, reported=bool(statements))

    def _add(self, view: View, slot: str, value: str, rule: str) -> None:
        self._put(view.sentence, slot, value, rule)

    def _put(self, sentence: Sentence, slot: str, value: str, rule: str) -> None:
        value = _trimmed(value)
        key = (slot, value.lower())
        if not value or key in self.seen:
            return
        if sum(1 for fact in self.found if fact.slot == slot) >= MOST + 2 * (slot == "response"):
            return
        self.seen.add(key)
        start, end = sentence.start, sentence.end
        self.found.append(
            Fact(
                record_name("C", self.document.evidence, self.document.part, start, slot, value),
                self.document.evidence,
                slot,
                value,
                self.document.where(start, end),
                self.document.text[start:end],
                rule,
            )
        )


def _culprits(view: View) -> Iterator[tuple[str, str, str]]:
    for phrase in view.phrases:
        if phrase.kind is PhraseKind.ACTOR and phrase.name:
            yield "actor", phrase.name, "known actor"
        elif phrase.organ:
            yield "sponsor", view.printed(phrase), "intelligence or military organ"


def _announced(
    text: str, when: list[Dated], statements: list[Statement], issued: date | None
) -> Iterator[tuple[str, str, str]]:
    for statement in statements:
        if statement.act is Act.DENY and statement.target and statement.target.country:
            yield "attributor", statement.target.stated, "accuser who is denied"
        if statement.act is not Act.ACCUSE or statement.negated or statement.speaker is None:
            continue
        target = statement.target
        unknown = target is None and statement.speaker.country is None
        if unknown or statement.speaker.resolution is Resolution.PRONOUN:
            continue
        named = statement.speaker.resolution is Resolution.NAMED
        who = statement.speaker.stated if named else statement.speaker.name
        yield "attributor", who, "speaker of an accusation"
        if statement.speaker.resolution is Resolution.IMPLICIT and issued is not None:
            yield "announcement_date", issued.isoformat(), "date of the issuer's statement"
        for dated in when:
            if (
                dated.day
                and not _incident_date(text, dated, statement)
                and not _dateline(text, dated)
            ):
                yield "announcement_date", dated.edtf.removeprefix("XXXX-"), "date of an accusation"


def _made_public(view: View, text: str, when: list[Dated]) -> Iterator[tuple[str, str, str]]:
    """`measures announced by Washington on 14 April`."""
    if not ANNOUNCED.search(text) or not any(p.country for p in view.phrases):
        return
    for dated in when:
        if dated.day and not _dateline(text, dated):
            yield "announcement_date", dated.edtf.removeprefix("XXXX-"), "date of an announcement"


def _incident_date(text: str, dated: Dated, statement: Statement) -> bool:
    """Whether the date is that of the intrusion told in the accusation."""
    speaker = statement.speaker.stated if statement.speaker else ""
    between = text[max(text.find(speaker), 0) + len(speaker) : dated.start]
    if incident.INTRUSION.search(between) or incident.STRUCK.search(between):
        return True
    return bool(re.search(r"(?:since|from|began|as early as)\s*$", text[: dated.start][-14:]))


def _dateline(text: str, dated: Dated) -> bool:
    """Tell a dateline, which dates the report and not what it reports."""
    return bool(re.match(r"\s*(?:\(|[—–-])", text[dated.end : dated.end + 40])) and dated.start < 60


def _responses(
    view: View, text: str, statements: list[Statement]
) -> Iterator[tuple[str, str, str]]:
    for statement in statements:
        if statement.negated:
            continue
        charged = statement.act is Act.ACCUSE and CHARGED.search(text)
        if statement.act in RESPONDING or charged:
            yield "response", _clause(text, statement), "step taken"


def _clause(text: str, statement: Statement) -> str:
    """Return the part of the sentence from the speaker on, short enough to read."""
    passive = statement.rule.startswith(("passive", "inverted", "floating", "according"))
    stated = statement.speaker.stated if statement.speaker and not passive else ""
    at = max(text.find(stated), 0) if stated else 0
    return " ".join(text[at:].split()[: VALUE_WORDS * 2])


def _detections(
    view: View, when: list[Dated], statements: list[Statement]
) -> Iterator[tuple[str, str, str]]:
    for statement in statements:
        if statement.act is Act.DETECT and statement.speaker and not statement.negated:
            dated = f", {when[0].edtf}" if when else ""
            yield "detection", f"{statement.speaker.name}{dated}", "speaker of a detection"


def _hits(text: str) -> Iterator[tuple[str, str, str]]:
    intrusion = incident.INTRUSION.search(text)
    owners = (incident.OWNER, incident.TAKEN_FROM) if intrusion else ()
    for pattern in (incident.HIT, incident.PASSIVE_HIT, *owners):
        for match in pattern.finditer(text):
            what = match.group("what")
            what = what.rsplit(" that ", 1)[-1]
            if re.search(r"[A-Za-z]{3}", what) and not NO_VICTIM.match(what):
                yield "victim", _noun(what), "object of an intrusion"
    yield from _systems(text)
    yield from _losses(text)


def _systems(text: str) -> Iterator[tuple[str, str, str]]:
    found = incident.CLASSIFICATION.search(text)
    if incident.INTRUSION.search(text):
        named, counted = incident.NAMED_SYSTEM.search(text), incident.EXTENT.search(text)
        for match in list(incident.SYSTEM.finditer(text))[:2]:
            if not _overlaps(match, found) and not _overlaps(match, counted):
                yield "network", match.group(), "system in an intrusion"
        if named:
            yield "network", named.group(), "named system"
    for match in list(incident.VECTOR.finditer(text))[:2]:
        yield "vector", match.group(), "way in"
    if found:
        yield "network", found.group(), "classification"
        if "critical" in found.group().lower():
            yield "infrastructure_designation", found.group(), "classification"


def _overlaps(one: re.Match[str], other: re.Match[str] | None) -> bool:
    return other is not None and one.start() < other.end() and other.start() < one.end()


def _losses(text: str) -> Iterator[tuple[str, str, str]]:
    if incident.IMPACT.search(text):
        yield "impact", text, "effect"
    for match in incident.DATA.finditer(text):
        what = (match.group("what") or match.group("passive") or "").rsplit(" that ", 1)[-1]
        if incident.DATA_WORDS.search(what):
            yield "data", _noun(what), "what was taken"


def _numbers(text: str) -> Iterator[tuple[str, str, str]]:
    for match in list(incident.EXTENT.finditer(text))[:2]:
        if re.search(
            r"\d|dozen|hundred|thousand|million|two|three|four|five|six|seven|nine", match.group()
        ):
            yield "extent", match.group(), "number of systems or people"
    if incident.LOSS_WORDS.search(text):
        for match in incident.MONEY.finditer(text):
            yield "loss", match.group(), "sum of money"


def _starts(text: str, when: list[Dated], *, reported: bool) -> Iterator[tuple[str, str, str]]:
    if not incident.INTRUSION.search(text) or CHARGED.search(text):
        return
    for dated in when:
        before = text[max(0, dated.start - 60) : dated.end]
        began = incident.BEGAN.search(before)
        struck = dated.day and not reported and incident.STRUCK.search(text)
        if dated.edtf.startswith("X") or not (began or struck) or _no_start(text, dated):
            continue
        yield "start", dated.edtf.split("/")[0], "date of an intrusion"


def _no_start(text: str, dated: Dated) -> bool:
    """`until February`, `said on Wednesday`: the end of it, and when it was told."""
    printed = text[dated.start : dated.end].lower()
    if dated.day and printed.startswith(("on ", "yesterday", "today")):
        return bool(TOLD.search(text[: dated.start]))
    return bool(ENDED.search(text[: dated.start] + printed.split()[0]))


def _prior(text: str, when: list[Dated], anchor: date | None) -> str | None:
    """Return the sentence when it tells an earlier incident."""
    years = [int(d.edtf[:4]) for d in when if d.edtf[:4].isdigit()]
    if not years:
        return None
    old = min(years)
    if anchor is not None and old <= anchor.year - 5:
        return text
    if not incident.INTRUSION.search(text) and not OTHER_GRIEVANCE.search(text):
        return None
    if incident.PRIOR.search(text) and (anchor is None or old < anchor.year or old < max(years)):
        return text
    return None


def _noun(what: str) -> str:
    cut = CUT.search(what)
    return what[: cut.start()] if cut else what


def _trimmed(value: str) -> str:
    words = value.strip(" ,;:\"“”'()").split()
    return " ".join(words[: VALUE_WORDS * 2])


def heading(view: View) -> bool:
    """Whether the sentence is a heading, whose words are the editor's."""
    return view.sentence.kind is Kind.HEADING
