"""Which texts report the same incident, by what they share: accused, actor, names, words, time.

Why: a disagreement between texts about two incidents is none, and roots are counted for one.
Wording does not tell it (see `roots`); filled slots do, and what speaks against weighs as well.
Trap: whoever hands in reports mostly means one case, so little is needed to join two texts when
nothing speaks against it; states accused and times told that do not fit keep them apart for good.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from stopa.knowledge import places
from stopa.model.document import Document
from stopa.model.record import name as record_name
from stopa.model.statement import Act, Incident, MentionKind, Reading, Statement
from stopa.model.when import When
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.passages import content_words, overlap

NEEDED = 2  # points that join two texts when nothing speaks against it
MOST = 3_000  # texts compared with each other; each of the others stands for itself
TOGETHER = 150  # days between two dated texts on one incident, mostly
AHEAD = 1  # years that a text may look ahead; one that names a later year was written later
APART = 400  # days after which a text on the same incident is a look back, which says so
QUOTED = 3  # points for quoting the same words
GROUP = 2  # points for blaming one group by name in the same weeks
NAMES = 3  # points that shared names give at most
HIT_WORDS = 2  # words of what was hit, shared
QUOTED_WORDS = 5  # meaningful words of a quotation, below which sameness is chance
SAME = 0.8  # share of the smaller quotation's words found again
QUOTES = 2_000  # quotations compared in a case
HIT = frozenset({"victim", "network", "data", "vector"})
HIT_COMMON = content_words(
    """network networks system systems server servers computer email mail account mailbox critical
    infrastructure government governments institution institutions ministry foreign affairs
    communication communications unclassified classified data information organisation
    organization organisations agency agencies company companies member members sector sectors
    country countries including several cyber attack software website service services database
    """
)
READ = 60_000  # characters in which names are looked for
LABEL = 90  # characters
OF_HARM = "own voice none seen"  # the rule of denials that deny no guilt
NAME_WORDS = 4  # of a name that is shown whole

# A capital inside a sentence: names of people, products, places.
NAME = re.compile(r"(?<=[a-zà-ÿ,;’'] )[A-ZÀ-Þ][\w’-]{2,}")
YEAR = re.compile(r"\b(?:19[89]|20\d)\d\b")
COMMON = wordset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday minister ministry ministers foreign
    affairs interior defence defense embassy ambassador office security state states united
    republic kingdom federation union european federal government department intelligence service
    services agency president prime party house white parliament council committee commission
    cyber cybersecurity internet digital people democratic north south east west western eastern
    atlantic treaty organisation organization nato national international affairs secretary
    chancellor spokesman spokesperson spokeswoman director general head chief high representative
    information infrastructure law court justice police center centre response statement report
    english telegram twitter news press agency microsoft google windows the this that our their"""
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a text tells that another text on the same incident would tell too.

    `first` and `last` are the days that its date can mean, `latest` the latest year printed.
    """

    document: str
    accused: str | None
    actors: frozenset[str]
    blamed: frozenset[str]
    names: frozenset[str]
    hit: frozenset[str]
    first: int | None
    last: int | None
    latest: int | None

    def features(self) -> Iterator[tuple[str, object]]:
        """Yield what two texts must share one of, to report one incident."""
        if self.accused:
            yield "accused", self.accused
        yield from (("actor", name) for name in sorted(self.actors))
        yield from (("blamed", name) for name in sorted(self.blamed))
        yield from (("name", name) for name in sorted(self.names))
        yield from (("hit", word) for word in sorted(self.hit))


def incidents(readings: Sequence[Reading], documents: Sequence[Document]) -> tuple[Incident, ...]:
    """Return the incidents that the texts report, the most reported first.

    A text that tells of none (no statement, no fact) belongs to none.
    """
    texts = {document.evidence: document.text for document in documents}
    telling = {r.document: r for r in readings if r.statements or r.facts}
    told = [_told(reading, texts.get(reading.document, "")) for reading in telling.values()]
    quoting = _quoting(list(telling.values()))
    scored = sorted(_scored(told[:MOST], quoting), key=lambda pair: (-pair[0], pair[1], pair[2]))
    group = {one.document: {one.document} for one in told}
    by_document = {one.document: one for one in told}
    for _, one, other in scored:
        if group[one] is not group[other]:
            _join(group, group[one], group[other], by_document)
    found = {id(members): members for members in group.values()}.values()
    made = [_incident(sorted(members), by_document, telling) for members in found]
    return tuple(sorted(made, key=lambda one: (-len(one.documents), one.id)))


def _join(
    group: dict[str, set[str]], one: set[str], other: set[str], told: dict[str, _Told]
) -> None:
    """Join two groups unless two of their texts speak against it."""
    if any(_shared(told[a], told[b]) < 0 for a in one for b in other):
        return
    one |= other
    group.update(dict.fromkeys(other, one))


def _scored(told: list[_Told], quoting: set[tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    """Yield the points of the pairs that have enough; only pairs that share a feature can."""
    by_document = {one.document: one for one in told}
    quoted: dict[str, set[str]] = {}
    for first, second in quoting:
        quoted.setdefault(first, set()).add(second)
    sharing: dict[tuple[str, object], list[str]] = {}
    earlier: set[str] = set()
    for other in told:
        alike = quoted.get(other.document, set()) & earlier
        earlier.add(other.document)
        near = set(alike)
        for feature in other.features():
            held = sharing.setdefault(feature, [])
            near.update(held)
            held.append(other.document)
        for document in near:
            score = _shared(by_document[document], other)
            score += QUOTED if score >= 0 and document in alike else 0
            if score >= NEEDED:
                yield score, document, other.document


def _shared(one: _Told, other: _Told) -> int:
    """Return the points for two texts, under zero where they cannot report one incident."""
    time = _time(one, other)
    blamed = GROUP if time > 0 and one.blamed & other.blamed else 0
    if one.accused and other.accused and one.accused != other.accused and not blamed:
        return -1
    if time < 0:
        return -1
    points = time + (one.accused is not None and one.accused == other.accused)
    points += bool(one.actors & other.actors) + (len(one.hit & other.hit) >= HIT_WORDS)
    return points + blamed + min(len(one.names & other.names), NAMES)


def _time(one: _Told, other: _Told) -> int:
    """Return 1 for texts of one time, -1 for times apart, 0 where that cannot be told."""
    if one.first and one.last and other.first and other.last:
        days = max(one.first, other.first) - min(one.last, other.last)
        return 1 if days <= TOGETHER else -1 if days > APART else 0
    dated, undated = (one, other) if one.last else (other, one)
    if dated.last and undated.latest:
        return -1 if undated.latest > date.fromordinal(dated.last).year + AHEAD else 0
    return 0


def _told(reading: Reading, text: str) -> _Told:
    """Gather what a text tells. A year stands for its text only when no later one is printed."""
    first, last = _days(reading.masthead.date or _announced(reading))
    actors = Counter(
        m.candidates for m in reading.mentions if m.kind is MentionKind.ACTOR and m.candidates
    )
    main = actors.most_common(1)[0][0] if actors else ()
    return _Told(
        reading.document,
        accused_state([reading]),
        frozenset(main),
        _blamed(reading),
        frozenset(_names(text[:READ])) - _actor_words(reading) - _state_words(reading),
        _hit(reading),
        first,
        last,
        max((int(year) for year in YEAR.findall(text[:READ])), default=None),
    )


def _blamed(reading: Reading) -> frozenset[str]:
    """Return the groups that a text blames by name: no knowledge base need know them."""
    told = [f.value for f in reading.facts if f.slot == "actor"]
    aimed = [s.target for s in reading.statements if s.act is Act.ACCUSE and not s.negated]
    told += [party.name for party in aimed if party and not party.country]
    return frozenset(name.lower() for name in told if name[:1].isupper())


def _days(when: When | None) -> tuple[int | None, int | None]:
    """Return the first and last day that a date can mean, counted from year 1."""
    first, after = (when.earliest(), when.latest()) if when else (None, None)
    return first.toordinal() if first else None, after.toordinal() - 1 if after else None


def _actor_words(reading: Reading) -> frozenset[str]:
    """Return the words of the actors that a text names, which are counted by themselves."""
    named = [m.printed for m in reading.mentions if m.kind is MentionKind.ACTOR]
    return frozenset(word.lower() for printed in named for word in (printed, *printed.split()))


def _state_words(reading: Reading) -> frozenset[str]:
    """Return the words of the states that a text speaks of: those that no gazetteer knows, too."""
    parties = (p for s in reading.statements for p in (s.speaker, s.target) if p)
    return frozenset(word.lower() for p in parties for word in (p.country or "").split())


def _hit(reading: Reading) -> frozenset[str]:
    """Return the words for what was hit, without those that every intrusion hits."""
    words = {w for f in reading.facts if f.slot in HIT for w in content_words(f.value)}
    return frozenset(words - HIT_COMMON - _place_words())


def accused_state(readings: Sequence[Reading]) -> str | None:
    """Return the state that is accused most often; who denies was accused."""
    spoken = [s for reading in readings for s in reading.statements if not s.negated]
    aims = [s.target.country for s in spoken if s.act is Act.ACCUSE and s.target]
    denials = (s for s in spoken if s.act is Act.DENY and not s.rule.endswith(OF_HARM))
    aims += [s.speaker.country for s in denials if s.speaker]
    counted = Counter(country for country in aims if country)
    return min(counted, key=lambda code: (-counted[code], code)) if counted else None


def _announced(reading: Reading) -> When | None:
    """Return when the text says that it was told, with its year; None where it does not say."""
    stated = (f.value for f in reading.facts if f.slot == "announcement_date")
    return next((when for value in stated if (when := When.stated(value))), None)


def _names(text: str) -> Iterator[str]:
    known = _place_words()
    for found in NAME.findall(text):
        word = found.removesuffix("’s").removesuffix("'s").lower()
        if word not in COMMON and word not in known and not word.isdigit():
            yield word


@cache
def _place_words() -> frozenset[str]:
    """Return the words of countries, their people and capitals: too many texts share them."""
    table = places()
    forms = [form for country in table.countries for form in (*country.names, *country.seats)]
    forms += [form for body in table.bodies for form in (*body.names, *body.seats)]
    forms += [form for country in table.countries for form in country.adjectives]
    forms += [form for organ in table.organs for form in organ.names]
    return frozenset(word.lower() for form in forms for word in form.split())


def _quoting(readings: list[Reading]) -> set[tuple[str, str]]:
    """Return the pairs of texts, either way round, that quote the same words."""
    said = [
        (reading.document, content_words(quotation.text))
        for reading in readings
        for statement in reading.statements
        for quotation in statement.quotations
    ]
    long = [(document, words) for document, words in said if len(words) >= QUOTED_WORDS][:QUOTES]
    holding: dict[str, list[int]] = {}
    pairs: set[tuple[str, str]] = set()
    for at, (document, words) in enumerate(long):
        shared = Counter(other for word in words for other in holding.get(word, ()))
        for other, count in shared.items():
            if count >= QUOTED_WORDS - 1 and overlap(words, long[other][1]) >= SAME:
                pairs |= {(document, long[other][0]), (long[other][0], document)}
        for word in words:
            holding.setdefault(word, []).append(at)
    return pairs


def _incident(members: list[str], told: dict[str, _Told], readings: dict[str, Reading]) -> Incident:
    """Return the incident of some texts: what to call it, and what they share."""
    ones = [told[document] for document in members]
    accused = Counter(one.accused for one in ones if one.accused)
    shared = Counter(name for one in ones for name in one.names)
    grounds = [f"accused: {code}" for code, count in accused.most_common(1) if count > 1]
    common = sorted((name for name in shared if shared[name] > 1), key=lambda n: (-shared[n], n))
    whole = _whole_names(readings[document] for document in members)
    known = [whole[word] for word in common if word in whole]  # a title has capitals, too
    named = list(dict.fromkeys(known or (word.capitalize() for word in common)))
    grounds += [f"names: {', '.join(named[:5])}"] if common else []
    years = sorted({date.fromordinal(one.last).year for one in ones if one.last})
    grounds += [f"told in: {', '.join(map(str, years))}"] if years else []
    return Incident(
        record_name("I", *members), _label(members, readings), tuple(members), tuple(grounds)
    )


def _whole_names(readings: Iterable[Reading]) -> dict[str, str]:
    """Return for each word of a party's name the name that it is part of most often."""
    spoken = (s for reading in readings for s in reading.statements)
    parties = (party for s in spoken for party in (s.speaker, s.target) if party is not None)
    counted = Counter(party.name for party in parties if len(party.name.split()) <= NAME_WORDS)
    ranked = sorted(counted, key=lambda name: (counted[name], name))
    return {word: name for name in ranked for word in name.lower().split() if name[:1].isupper()}


def _label(members: list[str], readings: dict[str, Reading]) -> str:
    """Return who is accused by whom, and the actor named most; a title where nobody is."""
    ones = [readings[document] for document in members]
    accused = Counter(code for one in ones if (code := accused_state([one])))
    if not accused:
        titles = (one.masthead.title for one in ones)
        return next((title[:LABEL] for title in titles if title), "an incident")
    state = _first(accused)
    said = (_accuser(s, state) for one in ones for s in one.statements)
    accusing = Counter(code for code in said if code)
    actors = Counter(f.value for one in ones for f in one.facts if f.slot == "actor")
    by = f" by {_first(accusing)}" if accusing else ""
    return f"{state} accused{by}" + (f" ({_first(actors)})"[:LABEL] if actors else "")


def _accuser(said: Statement, state: str) -> str | None:
    """Return the country that accuses the state in a statement, None where none does."""
    if said.act is not Act.ACCUSE or said.negated or said.speaker is None:
        return None
    aimed = said.target is None or said.target.country in {None, state}
    return said.speaker.country if aimed and said.speaker.country != state else None


def _first(counted: Counter[str]) -> str:
    return min(counted, key=lambda value: (-counted[value], value))
