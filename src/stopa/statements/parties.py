"""Who is meant: names, roles and pronouns resolved inside one text.

Why: `the ministry`, `he` and `Moscow` are only evidence of a speaker once the text says whose.
Trap: a guess is worse than the printed words, so what cannot be resolved keeps them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from stopa.model.statement import Party, Resolution
from stopa.statements.antecedents import (
    Known,
    antecedent,
    described,
    fits,
    of_state,
    unresolved,
)
from stopa.statements.gazetteer import country_name, sharing
from stopa.statements.lexicon import roles
from stopa.statements.lexicon.offices import OF_STATE, OWN_BODIES, SAME_HEADS, TITLE_COUNTRY
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.sentences import Kind
from stopa.statements.somebody import PAPERS
from stopa.statements.view import View

GENDERS = {"he": "m", "she": "f"}
ACTED_WITHIN = 8  # sentences within which a state named before acts unnamed
FAR_MEMORY = 200  # mentions that `the ministry` may reach back over
MEMORY = 40  # mentions that a pronoun or role noun may reach back over
OWNED = wordset("its their")
MANY = wordset("governments ministries parliaments authorities states")
DEFINITE = wordset("the this that its his her their our")
# Texts that speak for whoever issued them: `the statement said`.
ISSUED = wordset("statement communique communiqué declaration letter note message")
# Services are what gets accused; one that a text only accuses does not take the word unannounced.
ACCUSABLE = wordset("agency service unit group directorate")
ABBREVIATED = wordset("acronym abbreviation initials")
SHORTENED_WITHIN = 6  # words between a name and the short form it is `known by`


@dataclass(slots=True)
class Discourse:
    """What a reader remembers of the parties of a text, the latest last."""

    issuer: Party | None = None
    home: str | None = None
    people: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    seen: list[Known] = field(default_factory=list)
    place: str | None = None
    outlet: str | None = None
    written_in: str | None = None
    spoken_about: set[str | None] = field(default_factory=set)
    accused: set[str | None] = field(default_factory=set)
    short_forms: dict[str, Known] = field(default_factory=dict)
    noted: tuple[int, int] = (-1, 0)

    def note(self, view: View, number: int, end: int) -> None:
        """Remember the parties of a sentence before the token `end`, in order."""
        if self.noted[0] != number:
            self.noted = (number, 0)
            if view.low(0) in {"in", "from"} and 1 in view.starting:
                self.place = view.starting[1].country or self.place
        for phrase in view.phrases:
            if not self.noted[1] <= phrase.at < end:
                continue
            if phrase.kind in {PhraseKind.PRONOUN} or view.quoted[phrase.at] >= 0:
                continue
            if phrase.kind in {PhraseKind.INTRUDER, PhraseKind.ACTOR}:
                continue
            if phrase.name is not None and phrase.name == self.outlet:
                continue  # who prints the text is not who speaks in it
            self._remember(view, phrase, number)
        self.noted = (number, max(end, self.noted[1]))

    def known(self, view: View) -> View:
        """Return the sentence with bare names of people, whom the text has named, as theirs."""
        phrases = [self._as_known(phrase) for phrase in view.phrases]
        return view if phrases == view.phrases else replace(view, phrases=phrases)

    def _as_known(self, phrase: Phrase) -> Phrase:
        if phrase.kind is not PhraseKind.NAME or not phrase.name or phrase.country or phrase.head:
            return phrase
        full, home = self.people.get(phrase.name.split()[-1], ("", None))
        mine = bool(full) and phrase.name in {full, full.split()[-1]} and not phrase.possessor
        return replace(phrase, kind=PhraseKind.PERSON, country=home) if mine else phrase

    def resolve(self, view: View, phrase: Phrase, number: int) -> Party:
        """Return whom the phrase means, and mark it as a speaker."""
        party, kind, head = self._meant(view, phrase, number)
        self.seen.append(
            Known(
                party,
                kind,
                head,
                phrase.plural,
                self._gender(view, phrase, party.name),
                number,
                spoke=True,
            )
        )
        return party

    def target(self, view: View, phrase: Phrase, number: int, *, speaker: str) -> Party:
        """Return whom the phrase means, as the one spoken about by the speaker of that name."""
        if phrase.kind is not PhraseKind.PRONOUN:
            meant = self._meant(view, phrase, number)[0]
            self.spoken_about.add(meant.country)
            return meant
        stated = view.printed(phrase)
        pronoun = {"him": "he", "her": "she", "them": "they"}.get(phrase.head, phrase.head)
        others = [k for k in self.seen[-MEMORY:] if k.party.name != speaker and fits(pronoun, k)]
        others = [k for k in others if k.head not in PAPERS]
        if not others:
            return Party(stated, stated, None, Resolution.PRONOUN)
        opens = antecedent(others, number) if phrase.at <= 1 else None
        meant = (opens or others[-1]).party
        return Party(stated, meant.name, meant.country, Resolution.PRONOUN)

    def last_speaker(self, number: int) -> Party | None:
        """Return who spoke last, not more than three sentences before."""
        for known in reversed(self.seen):
            if known.spoke:
                return known.party if number - known.sentence <= 3 else None
        return None

    def acting_state(self, target: Party, number: int) -> Party | None:
        """Return the state that spoke last, for `the ambassador was summoned` without an agent."""
        for known in reversed(self.seen[-MEMORY:]):
            state = known.party.country not in {None, "EUR", "IGO", target.country}
            if known.spoke and state and number - known.sentence <= ACTED_WITHIN:
                name = country_name(known.party.country or "") or known.party.country or ""
                return Party(known.party.stated, name, known.party.country, Resolution.IMPLICIT)
        return None

    def again(self, party: Party, number: int) -> None:
        """Remember that somebody goes on speaking."""
        known = Known(party, PhraseKind.NAME, "", plural=False, gender="", sentence=number)
        self.seen.append(replace(known, spoke=True))

    def last_person(self, number: int) -> Party | None:
        """Return the person whom the sentence before tells of: `Tor Hagen shakes his head.`."""
        told = [k for k in reversed(self.seen) if k.subject and k.sentence == number - 1]
        told = [k for k in told if k.party.resolution is Resolution.NAMED]
        return next((k.party for k in told if fits("he", k) or fits("she", k)), None)

    def _meant(self, view: View, phrase: Phrase, number: int) -> tuple[Party, PhraseKind, str]:
        stated = view.printed(phrase)
        if phrase.kind is PhraseKind.PRONOUN:
            return self._pronoun(stated, phrase, number)
        full = self.short_forms.get(_plain(stated).upper()) if stated[:1].isupper() else None
        full = full or self.short_forms.get(_plain(stated))
        if full is not None:
            home = full.party.country or phrase.country
            party = replace(full.party, stated=stated, country=home, resolution=Resolution.NAMED)
            return party, full.kind, full.head
        own = phrase.bare and view.low(phrase.at) == "our" and phrase.head in OWN_BODIES
        if self.issuer is not None and own:
            spoken = replace(self.issuer, stated=stated, resolution=Resolution.ROLE)
            return spoken, phrase.kind, ""
        if phrase.bare and phrase.head in ISSUED and phrase.end - phrase.at <= 2:
            issuer = self.issuer or self.last_speaker(number)
            if issuer is not None:
                return replace(issuer, stated=stated, resolution=Resolution.ROLE), phrase.kind, ""
        mission = phrase.head in roles.MISSIONS and (phrase.name or "").lower() == phrase.head
        bare = phrase.bare or mission  # `the Embassy`
        if bare and view.low(phrase.at) in DEFINITE and phrase.end - phrase.at <= 3:
            found = self._same_head(view, phrase)
            if found is not None:
                return (
                    Party(stated, found.party.name, found.party.country, Resolution.ROLE),
                    found.kind,
                    found.head,
                )
        return self._named(phrase, stated, number), phrase.kind, phrase.head

    def _named(self, phrase: Phrase, stated: str, number: int) -> Party:
        country = phrase.country or self._country(phrase, stated, number)
        if phrase.kind is PhraseKind.PLACE and phrase.country:
            one = phrase.place or country_name(phrase.country) or stated
            name = (
                stated if phrase.plural else one
            )  # `Lithuania, Poland and Sweden` is no one state
            return Party(stated, name, country, Resolution.NAMED)
        if phrase.kind is PhraseKind.PERSON and phrase.name and phrase.plural:
            return Party(stated, phrase.name, country, Resolution.NAMED)
        if phrase.kind is PhraseKind.PERSON and phrase.name:
            full, home = self.people.get(phrase.name.split()[-1], (phrase.name, None))
            return Party(stated, full, country or home, Resolution.NAMED)
        if phrase.kind is PhraseKind.NAME and phrase.name:
            full, home = self.people.get(phrase.name.split()[-1], (phrase.name, None))
            if phrase.name in full.split() or phrase.name == full:
                return Party(stated, full, country or home, Resolution.NAMED)
            return Party(stated, phrase.name, country, Resolution.NAMED)
        if phrase.kind is PhraseKind.ACTOR and phrase.name:
            return Party(stated, phrase.name, country, Resolution.NAMED)
        if phrase.place and len(stated.split()) == 1:
            return Party(stated, phrase.place, country, Resolution.NAMED)
        if self.issuer and _part_of(stated, self.issuer.name):
            return Party(stated, self.issuer.name, self.issuer.country, Resolution.NAMED)
        how = Resolution.NAMED if phrase.name or phrase.country else Resolution.ROLE
        return Party(stated, _without_short_form(stated), country, how)

    def _country(self, phrase: Phrase, stated: str, number: int) -> str | None:
        """Return whose office it is when the title or the surroundings say so."""
        office = phrase.head in OF_STATE and phrase.head not in roles.MISSIONS
        if phrase.head in roles.MISSIONS:
            return self._sending(phrase)
        if phrase.head in MANY and not stated.lower().startswith(("the ", "our ")):
            return None  # `all governments in the region`
        if self.home and office:
            return self.home
        states = sharing(phrase.place) if phrase.place else frozenset()
        if states:
            return self._most_named(states)
        titled = next((code for title, code in TITLE_COUNTRY if title in stated.lower()), None)
        home = titled or self._home_of(phrase)
        if home is not None or not office:
            return home
        if stated.lower().split()[0] in OWNED:
            owner = antecedent([k for k in self.seen[-MEMORY:] if of_state(k)], number)
            return owner.party.country if owner else None
        return self.place or self._speaking_state() or self.written_in

    def _home_of(self, phrase: Phrase) -> str | None:
        """Return the state that the text has given this person."""
        if phrase.kind is not PhraseKind.PERSON or not phrase.name:
            return None
        return self.people.get(phrase.name.split()[-1], ("", None))[1]

    def _sending(self, mission: Phrase) -> str | None:
        """Return whose `the embassy in Oslo` is behind `the Chinese embassy`."""
        if mission.kind is not PhraseKind.BODY:
            return None
        alike = (k for k in reversed(self.seen[-MEMORY:]) if k.head == mission.head)
        return next((k.party.country for k in alike if k.party.country), None)

    def _most_named(self, states: frozenset[str]) -> str | None:
        """Return which of the states, whose organs share a name, the text is about."""
        if self.home in states:
            return self.home
        named = Counter(k.party.country for k in self.seen if k.party.country in states)
        first = named.most_common(2)
        clear = len(first) == 1 or (len(first) > 1 and first[0][1] > first[1][1])
        return first[0][0] if clear else None

    def _speaking_state(self) -> str | None:
        """Return the state that acted or spoke last, one that nobody speaks about before others."""
        near = [k for k in reversed(self.seen[-MEMORY:]) if of_state(k) and not _abroad(k.party)]
        states = [k.party.country for k in near if k.spoke or k.subject]
        spoken = [k.party.country for k in near if k.spoke]
        free = (state for state in states if state not in self.spoken_about)
        unblamed = (state for state in states if state not in self.accused)
        return next(free, next(unblamed, spoken[0] if spoken else None))

    def _pronoun(self, stated: str, phrase: Phrase, number: int) -> tuple[Party, PhraseKind, str]:
        low = phrase.head
        if low in {"we", "i", "us", "our"} and self.issuer:
            issuer = self.issuer
            return (
                Party(stated, issuer.name, issuer.country, Resolution.IMPLICIT),
                PhraseKind.BODY,
                "",
            )
        fitting = [k for k in self.seen[-MEMORY:] if fits(low, k) and self._called(low, k)]
        found = antecedent(fitting, number)
        if found is None:
            return Party(stated, stated, None, Resolution.PRONOUN), PhraseKind.PRONOUN, low
        if low in GENDERS:
            self.genders.setdefault(found.party.name, GENDERS[low])
        return (
            Party(stated, found.party.name, found.party.country, Resolution.PRONOUN),
            found.kind,
            found.head,
        )

    def _called(self, pronoun: str, known: Known) -> bool:
        """Whether the text has not called this person by the other pronoun before."""
        wanted = GENDERS.get(pronoun)
        return wanted is None or self.genders.get(known.party.name, wanted) == wanted

    def _same_head(self, view: View, phrase: Phrase) -> Known | None:
        if not phrase.head:
            return None
        remembered = self.seen[-FAR_MEMORY:][::-1]
        accused = [known for known in remembered if self._only_accused(known)]
        free = [known for known in remembered if not self._only_accused(known)]
        if phrase.head in ACCUSABLE:
            accused = []
        return self._of_head(view, phrase, free) or self._of_head(view, phrase, accused)

    def _only_accused(self, known: Known) -> bool:
        """Whether others speak about this party's state, and the party has not spoken itself."""
        return (
            known.party.country in self.spoken_about
            and known.party.country is not None
            and not (known.spoke or known.subject)
        )

    def _of_head(self, view: View, phrase: Phrase, remembered: list[Known]) -> Known | None:
        """Return the party whose noun this one points back to, the latest first."""
        wanted = SAME_HEADS.get(phrase.head, (phrase.head,))
        for known in remembered:
            same = known.head in wanted and not unresolved(known)
            firm = known.kind is not PhraseKind.PLACE and self._firm(known)
            named = known.head or (firm and not self._person(known.party.name))
            if same and named and described(view, phrase, known.party):
                return known
            if phrase.head in {"bloc", "union"} and known.party.country == "EUR":
                return known
            if phrase.head in {"alliance", "bloc"} and known.party.country == "IGO":
                return known
        return None

    def _firm(self, known: Known) -> bool:
        """Whether a bare name can be a company's: it has spoken, or is more than a word."""
        return known.spoke or " " in known.party.name

    def _person(self, name: str) -> bool:
        """Whether the name is somebody's, who was called `he`, or by an office."""
        return name in self.genders or name.split()[-1] in self.people

    def _remember(self, view: View, phrase: Phrase, number: int) -> None:
        party, kind, head = self._meant(view, phrase, number)
        if phrase.kind is PhraseKind.PERSON and phrase.name and not phrase.plural:
            last = phrase.name.split()[-1]
            before, home = self.people.get(last, ("", None))
            full = max(before, phrase.name, key=len)
            self.people[last] = (full, phrase.country or home or party.country)
        gender = self._gender(view, phrase, party.name)
        subject = not phrase.possessor and view.speaker_like(phrase)
        subject = subject and view.low(phrase.end) not in {"'s", "and"}
        subject = subject and view.low(phrase.at - 1) not in {"that", "whether", "if"}
        subject = subject and view.sentence.kind is not Kind.HEADING  # headlines drop what fits not
        known = Known(party, kind, head, phrase.plural, gender, number, subject=subject)
        self.seen.append(known)
        short = _short_form(view, phrase)
        if short and kind in {PhraseKind.BODY, PhraseKind.NAME, PhraseKind.PLACE}:
            self.short_forms.setdefault(short, known)

    def _gender(self, view: View, phrase: Phrase, name: str) -> str:
        words = {word.low for word in view.words[phrase.at : phrase.end]}
        gender = "f" if words & roles.FEMALE else "m" if words & roles.MALE else ""
        if gender:
            self.genders[name] = gender
        return gender or self.genders.get(name, "")


def _abroad(party: Party) -> bool:
    """Whether a mission speaks, which says nothing of whose `the ministry` is."""
    return bool(set(party.stated.lower().split()) & roles.MISSIONS)


def _part_of(stated: str, name: str) -> bool:
    """Whether words such as `the Council` are part of the name of the text's issuer."""
    words = [w for w in stated.lower().split() if w not in DEFINITE]
    return bool(words) and all(word in name.lower().split() for word in words)


def _short_form(view: View, phrase: Phrase) -> str:
    """Return `PST` in `the security service (PST)` and `the agency, known by its acronym PST,`."""
    last = phrase.end - 1
    if view.low(last) == ")" and view.low(last - 2) == "(":
        return view.words[last - 1].text
    at = phrase.end + (view.low(phrase.end) == ",")
    if view.low(at) != "known":
        return ""
    for scan in range(at + 1, min(at + SHORTENED_WITHIN, len(view.words) - 1)):
        if view.low(scan) in ABBREVIATED and view.words[scan + 1].capital:
            return view.words[scan + 1].text
    return ""


def _plain(stated: str) -> str:
    return stated.removeprefix("the ").removeprefix("The ")


def _without_short_form(stated: str) -> str:
    return stated.rsplit(" (", 1)[0] if stated.endswith(")") else stated
