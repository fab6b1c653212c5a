"""The slots of the incident as one document fills them, each with its sentence.

Spec: the fact slots of the reading measure (victim, network, start, actor, sponsor, ...).
Trap: a value is what the text says, in its words; a date is never more precise than printed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from stopa.model.document import Document
from stopa.model.record import name as record_name
from stopa.model.statement import Act, Fact, Mention, MentionKind, Party, Statement
from stopa.statements import signs
from stopa.statements.announced import (
    Issued,
    announced,
    announced_yearless,
    made_public,
    said_who,
)
from stopa.statements.answers import detections, responses
from stopa.statements.bodies import Bodies, is_bare
from stopa.statements.culprits import attributors, blamed_by, culprits
from stopa.statements.dates import Dated, dates, printed_weekday
from stopa.statements.deeds import deeds
from stopa.statements.earlier import Earlier, earlier, in_general, opens_prior
from stopa.statements.extent import amounts
from stopa.statements.harm import harm
from stopa.statements.implied import Implied, after_attack
from stopa.statements.phrase import PhraseKind
from stopa.statements.salience import Value, main_values
from stopa.statements.sentences import Kind, Sentence
from stopa.statements.slot import Slot
from stopa.statements.systems import systems
from stopa.statements.timing import CHARGED, ends, starts
from stopa.statements.victims import struck
from stopa.statements.view import View

VALUE_WORDS = 28  # words of a value; the sentence holds the rest
PLAIN = 3  # weight of a victim beside which no other needs to be worked out
INTRODUCED = 5  # sentences in which a text names those whom it is about
MOST = 12  # values of one slot that a document may fill
YEARS_IN = 20_000  # characters whose years tell the year of a text without a date
BREAK = re.compile(r"[\n\t]")  # a line that a margin broke goes on; places stay as they are
OURS = re.compile(r"\b(?:our|ours|itself|ourselves|we)\b", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
ON_THE_OTHER_SIDE = 4  # weight taken from the accused's own accusations
BY_ORGAN = "intelligence or military organ"
DENIER = ""  # stands for a value that names no state
DENIAL = 2  # accusations that a state's own denial is worth, to tell who is accused
CODE = 3  # letters of a state's code
# Slots that a sentence on another incident does not fill.
OF_INCIDENT = frozenset(
    {"start", "end", "victim", "network", "extent", "data", "impact", "response", "vector", "loss"}
)
POINTED = 2  # weight taken from what only points back to a name: `the company`
OTHERS = OF_INCIDENT - {"response"}  # courts answer years later
BY_THE_WAY = 9  # weight taken from what stands in a sentence on another incident


# When who denies speaks is no day on which anybody was accused.
OF_A_DENIAL = frozenset(
    {
        "date of the issuer's statement",
        "date of a statement that accuses",
        "date of a statement on it",
    }
)
UNKNOWN = Issued(None, None, None, None, None)
MISSION = re.compile(r"\b(?:embassy|consulate|mission|delegation)\b", re.IGNORECASE)
HEAD = 600  # characters at the head of a text in which it dates itself


@dataclass(slots=True)
class FactFinder:
    """Collects values sentence by sentence. `anchor` is the document's date, where it has one."""

    document: Document
    anchor: date | None
    values: list[Value] = field(default_factory=list)
    places: dict[tuple[str, str], int] = field(default_factory=dict)
    accused: Counter[str] = field(default_factory=Counter)
    states: dict[str, frozenset[str]] = field(default_factory=dict)
    month_day: str | None = None  # of the document's date, where it has no year
    own: Party | None = None  # who issued the text, where it is a statement
    outlet: str | None = None
    issued: Issued = UNKNOWN
    now: int | None = None
    by_year: dict[int, int] = field(default_factory=dict)  # sentence -> year of its own
    places_named: dict[str, str] = field(default_factory=dict)  # victim -> state that it names
    plainly_hit: bool = False  # whether a victim is told in so many words
    implied: Implied = field(default_factory=Implied)
    bodies: Bodies = field(default_factory=Bodies)
    number: int = 0
    before: str = ""
    denying: bool = False  # whether the issuer denies: what was done to it is another incident
    earlier: int = -1  # the paragraph in which an earlier incident is told

    def __post_init__(self) -> None:
        """Work out the year of the text: that of its date, else the last one that it prints."""
        years = [int(year) for year in YEAR.findall(self.document.text[:YEARS_IN])]
        last = max(years, default=None)
        self.now = self.anchor.year if self.anchor else None if self.month_day else last
        weekday = printed_weekday(self.document.text[:HEAD])
        self.issued = Issued(self.anchor, self.month_day, weekday, last, self.own)

    def read(self, view: View, statements: list[Statement]) -> None:
        """Add what a sentence says of the incident."""
        text = BREAK.sub(" ", view.text[view.sentence.start : view.sentence.end])
        when = dates(text, self.anchor)
        after = self.earlier == view.sentence.paragraph
        background = earlier(text, when, self.now, after=after)
        firm = background is not None and background.firm
        if not firm and self.denying and signs.intrusion(text) and OURS.search(text):
            background = Earlier(firm=True, year=None)
        if background and not background.firm and background.year:
            self.by_year[view.sentence.start] = background.year
        heading = view.sentence.kind is Kind.HEADING
        if not heading and (self.number < INTRODUCED or signs.intrusion(text)):
            self.bodies.read(view)
        by = frozenset(
            s.speaker.country or "" for s in statements if s.act is Act.ACCUSE and s.speaker
        )
        for told in self._slots(view, text, when, background, statements):
            slot, value, rule, weight = self._pointed(told)
            if slot in {"victim", "sponsor"}:
                self.places_named.update(_state_named(view, value))
            self._put(view.sentence, (slot, value, rule, weight - heading), by)
        self._take_parties(statements)
        self.denying |= any(s.act is Act.DENY and self._by_issuer(s.speaker) for s in statements)
        if self.denying and self.own is not None:
            self._put_denier(view)
        if opens_prior(text):
            self.earlier = view.sentence.paragraph
        self.before = text
        self.number += not heading

    def _pointed(self, told: Slot) -> Slot:
        """Return a victim by its name where the words only point back to it."""
        slot, value, rule, weight = told
        if slot != "victim" or not is_bare(_trimmed(value)):
            return told
        meant = self.bodies.meant(_trimmed(value))
        if meant is None and len(value) == len("it"):
            return slot, "", rule, 0
        return slot, meant or value, rule, weight if meant else weight - POINTED

    def _take_parties(self, statements: list[Statement]) -> None:
        """Count who is accused, and remember the states of those who are named."""
        for party in (p for s in statements for p in (s.speaker, s.target) if p and p.country):
            self.states.setdefault(party.stated.lower(), frozenset({party.country or ""}))
            self.states.setdefault(party.name.lower(), frozenset({party.country or ""}))
        self.accused.update(
            s.target.country
            for s in statements
            if s.act is Act.ACCUSE and not s.negated and s.target and s.target.country
        )
        for denier in (s.speaker for s in statements if s.act is Act.DENY and not s.negated):
            if denier is not None and len(denier.country or "") == CODE:
                self.accused[denier.country or ""] += DENIAL

    def _put_denier(self, view: View) -> None:
        """Add the state that denies: it is the one said to have had it done."""
        for phrase in view.phrases:
            if phrase.kind is PhraseKind.PLACE and self.own and phrase.country == self.own.country:
                self._put(view.sentence, ("sponsor", view.printed(phrase), "state that denies", 1))

    def _by_issuer(self, speaker: Party | None) -> bool:
        """Whether who speaks issued the text: by name, or as the mission of one state."""
        if speaker is None or self.own is None:
            return False
        mission = MISSION.search(self.own.name) is not None
        return speaker.name == self.own.name or (mission and speaker.country == self.own.country)

    def name(self, named: tuple[Mention, ...], parts: list[Sentence]) -> None:
        """Add actors that are named in the text, and what each name can mean."""
        software = {m.printed for m in named if m.kind is MentionKind.SOFTWARE}
        self._keep(
            [v for v in self.values if v.slot != "victim" or not software & set(v.value.split())]
        )
        ids = {m.printed: frozenset(m.candidates) for m in named if m.kind is MentionKind.ACTOR}
        for value in self.values:
            if value.slot == "actor":
                value.groups = ids.get(value.value, frozenset())
            elif value.slot == "attributor":
                value.groups = self.states.get(value.value.lower(), frozenset())
        for mention in named:
            start = (mention.where.span or (0, 0))[0]
            known = any(mention.printed in v.value for v in self.values if v.slot == "actor")
            if mention.kind is not MentionKind.ACTOR or known:
                continue
            index = bisect_right(parts, start, key=lambda part: part.start) - 1
            if index >= 0 and start < parts[index].end:
                self._put(parts[index], ("actor", mention.printed, "known actor", 1))
                self.values[-1].groups = ids[mention.printed]

    def facts(self) -> tuple[Fact, ...]:
        """Return the facts in the order of the text, those that it rests on marked as core."""
        self._settle_years()
        self._weigh()
        self._imply()
        self._take_organ()
        main = main_values(self.values)
        return tuple(self._fact(v, core=index in main) for index, v in enumerate(self.values))

    def _settle_years(self) -> None:
        """Decide, where a sentence has a year of its own, whether it tells this incident.

        It does when no other sentence dates the beginning as firmly; it tells another one when the
        beginning has a later year.
        """
        dated = [v for v in self.values if v.slot == "start"]
        others = [v for v in dated if v.sentence.start not in self.by_year]
        begun = max(others, key=lambda v: v.score, default=None)
        told = any(v.slot in OTHERS and v.sentence.start not in self.by_year for v in self.values)
        kept: list[Value] = []
        for value in self.values:
            year = self.by_year.get(value.sentence.start)
            charged = not told and CHARGED.search(self._words(value.sentence)) is not None
            this = any(v.sentence == value.sentence for v in dated) or charged
            if begun is not None and year is not None:
                this = YEAR.match(begun.value) is not None and int(begun.value[:4]) <= year
            drop = value.slot == "prior_incident" if this else value.slot in OTHERS
            if year is None or not drop:
                kept.append(value)
        self._keep(kept)

    def _keep(self, values: list[Value]) -> None:
        """Go on with these values; where each stands is worked out anew."""
        self.values = values
        self.places = {(v.slot, v.value.lower()): at for at, v in enumerate(values)}

    def _imply(self) -> None:
        """Add whose things the text is about where nobody is plainly said to have been hit."""
        told = any(v.slot == "victim" and v.weight > 0 for v in self.values)
        best = None if told else self.implied.best()
        if best is not None:
            meant = self.bodies.meant(f"the {best[0]}") or best[0]
            self._put(best[1], ("victim", meant, "whose things it is about", 1))

    def _take_organ(self) -> None:
        """Take the organ that is said to have done it for the actor, where no group is named."""
        organs = [v for v in self.values if v.slot == "sponsor" and v.rule == BY_ORGAN]
        hit = {v.value.lower() for v in self.values if v.slot == "victim"}
        organs = [v for v in organs if v.weight > 1 and v.value.lower() not in hit]
        best = max(organs, key=lambda v: v.score, default=None)
        if best is not None and not any(v.slot == "actor" for v in self.values):
            self._put(best.sentence, ("actor", best.value, "organ said to have done it", 1))

    def _words(self, sentence: Sentence) -> str:
        return self.document.text[sentence.start : sentence.end]

    def _weigh(self) -> None:
        """Take weight from the accused who accuse, and from actors taken for their sponsor."""
        accused = self.accused.most_common(1)
        side = {accused[0][0]} if accused else set()
        actors = {v.value.lower() for v in self.values if v.slot == "actor"}
        actors |= {
            v.value.lower()
            for v in self.values
            if v.slot == "attributor" and v.value.lower() not in self.places_named
        }
        for value in self.values:
            if self._aside(value, side, actors):
                value.weight -= ON_THE_OTHER_SIDE

    def _aside(self, value: Value, side: set[str], actors: set[str]) -> bool:
        """Whether it is the accused's own word, or one of those who did it."""
        if value.slot == "attributor":
            return bool(value.groups & side)
        if value.slot == "victim":
            return self.places_named.get(value.value.lower()) in side
        if value.slot == "sponsor":
            other = self.places_named.get(value.value.lower(), DENIER) not in {DENIER, *side}
            charged_back = self.denying and other
            return value.value.lower() in actors or bool(value.told_by & side) or charged_back
        return self.denying and value.rule in OF_A_DENIAL

    def _slots(
        self,
        view: View,
        text: str,
        when: list[Dated],
        background: Earlier | None,
        statements: list[Statement],
    ) -> Iterator[Slot]:
        firm = background is not None and background.firm
        if background is not None and not (background.year is None and in_general(text)):
            yield "prior_incident", text, "earlier incident", 1 + firm
        if text.endswith("?"):
            return
        past = BY_THE_WAY * firm
        named = (
            *culprits(view, text, statements),
            *attributors(statements, self.own),
            *blamed_by(view, text),
        )
        yield from ((slot, value, rule, weight - past) for slot, value, rule, weight in named)
        yield from announced(text, when, statements, self.issued)
        yield from announced_yearless(text, statements, self.issued, self.number)
        yield from said_who(text, when)
        yield from made_public(view, text, when, statements)
        charged = background is not None and not firm and CHARGED.search(text) is not None
        ours = background is None or charged
        yield from responses(view, text, statements, ours=ours)
        if firm:
            return
        yield from detections(text, when, statements)
        issuer = self.own.name if self.own else self.outlet
        after = signs.intrusion(self.before) is not None
        done = deeds(view, text, after=after)
        yield from struck(view, text, done, statements, issuer=issuer)
        near = done or signs.impact(text) or signs.intrusion(text) or signs.intrusion(self.before)
        if near and not self.plainly_hit:
            suffering = signs.impact(text) is not None or any(d.kind == "take" for d in done)
            self.implied.read(view, statements, suffering=suffering)
        yield from after_attack(view, statements)
        yield from systems(view, text, done)
        yield from harm(view, text, done, after=after)
        yield from amounts(text, self.before)
        yield from starts(view, text, when, done, reported=bool(statements), after=after)
        yield from ends(text, when)

    def _put(self, sentence: Sentence, slot: Slot, by: frozenset[str] = frozenset()) -> None:
        name, value, rule, weight = slot[0], _trimmed(slot[1]), slot[2], slot[3]
        key = (name, value.lower())
        ours = sentence.start not in self.by_year
        self.plainly_hit |= name == "victim" and weight >= PLAIN and ours
        if not value:
            return
        if key in self.places:
            known = self.values[self.places[key]]
            known.tellings += 1
            known.weight = max(known.weight, weight)
            return
        if sum(1 for v in self.values if v.slot == name) >= MOST:
            return
        self.places[key] = len(self.values)
        self.values.append(Value(name, value, rule, sentence, self.number, weight, told_by=by))

    def _fact(self, value: Value, *, core: bool) -> Fact:
        start, end = value.sentence.start, value.sentence.end
        evidence, part = self.document.evidence, self.document.part
        return Fact(
            record_name("C", evidence, part, start, value.slot, value.value),
            evidence,
            value.slot,
            value.value,
            self.document.where(start, end),
            self._words(value.sentence),
            value.rule,
            core,
        )


def _state_named(view: View, value: str) -> Iterator[tuple[str, str]]:
    """Yield a value that begins with a state, or whoever stands for it, with the state's code."""
    for phrase in view.phrases:
        if phrase.country and value.startswith(view.printed(phrase)):
            yield value.lower(), phrase.country


def _trimmed(value: str) -> str:
    value = value.strip(" ,;:\"“”'()")
    words = (value if ")" in value else value.split(" (")[0]).split()
    return " ".join(words[:VALUE_WORDS])
