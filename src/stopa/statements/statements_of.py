"""The statements of one document: acts joined to parties, quotations, hedges and dates."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from stopa.model.document import Document
from stopa.model.record import name as record_name
from stopa.model.statement import Act, Party, Resolution, Statement, Voice
from stopa.model.when import When
from stopa.statements import content
from stopa.statements.aims import someone
from stopa.statements.cited import distinct, with_quotes
from stopa.statements.dates import dates
from stopa.statements.dialogue import Turn
from stopa.statements.draft import Draft
from stopa.statements.issuer import Issuer, answering, own_voice, undertaking
from stopa.statements.lexicon.abbreviations import ABBREVIATIONS
from stopa.statements.lexicon.content import HEDGES
from stopa.statements.lexicon.judging import WRONG
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.parties import Discourse
from stopa.statements.phrase import Phrase
from stopa.statements.saying import said_by
from stopa.statements.sentences import Kind
from stopa.statements.speech import drafts
from stopa.statements.tokens import Token
from stopa.statements.verdicts import Said
from stopa.statements.view import View

FLOATING_WORDS = 4  # a quotation of fewer words without a speaker is no statement
STOPS = frozenset(".!?")
ENDED = frozenset(".!…”\"’'»")
OURS = wordset("we our us i my me")
UTTERED_WORDS = 4  # a sentence of fewer words says nothing of its own
LEADING = wordset("to should must will shall")  # words before the colon that opens a list
HANDED = wordset("answer statement remarks comment reply declaration response words message")
WHOLE = 0.7  # share of a sentence that a floating quotation fills


@dataclass(slots=True)
class Finder:
    """Reads a document's sentences in order and keeps who spoke last."""

    document: Document
    issuer: Issuer
    discourse: Discourse
    found: list[Statement] = field(default_factory=list)
    anchor: date | None = None
    announced: tuple[Party, int] | None = None
    lead: Statement | None = None
    own: Issuer | None = None
    speaking: Turn | None = None

    def turn(self, turn: Turn | None) -> None:
        """Let somebody have the word: what follows is said in that voice."""
        if turn == self.speaking:
            return
        self.own = self.own or self.issuer
        self.speaking = turn
        self.issuer = self.own if turn is None else answering(turn, self.own)
        self.discourse.issuer = self.issuer.party

    def read(self, view: View, number: int) -> list[Statement]:
        """Add the statements of the next sentence, and return them."""
        view = self.discourse.known(view)
        acts = [draft for draft in drafts(view) if not _put(view, draft)]
        acts = [] if self.issuer.stance and _judges_all(view) else acts
        made = self._urged(view, number)
        if not made:
            for draft in acts:
                made.extend(self._stated(view, draft, number))
        if len(acts) == len(made) == 1 and acts[0].hit is None and not acts[0].behind:
            made = self._each(view, made[0], number, acts[0])
        made = [*self._denied_before(view, acts, number), *made] if made else made
        made = made or self._without_verb(view, number)
        made = self._leading(view, acts, made)
        self.discourse.note(view, number, len(view.words) + 1)
        made = distinct(with_quotes(self.document, view, acts, made))
        blamed = (s for s in made if s.act is Act.ACCUSE and s.target and not s.negated)
        self.discourse.accused.update(s.target.country for s in blamed if s.target)
        self.found.extend(made)
        self._announce(view, acts, number)
        return made

    def asked(self, view: View, number: int) -> list[Statement]:
        """Return what somebody who asks says that others said; the question states nothing."""
        kept = len(self.found)
        made = self.read(view, number)
        if view.words[-1].text == "?":
            del self.found[kept:]
        return made

    def _leading(self, view: View, acts: list[Draft], made: list[Statement]) -> list[Statement]:
        """Keep `We therefore urge`, `Operators should:` for the items below, which say what."""
        if view.sentence.kind is Kind.ITEM:
            return made
        self.lead = None
        if len(made) != 1 or made[0].speaker is None or view.words[-1].text in '.!?”"':
            return made
        hit = acts[-1].hit if acts else None
        bare = hit is not None and hit.cue.act is Act.CALL_ON and len(view.words) - hit.end <= 2
        unsaid = view.words[-1].text == ":" and view.low(len(view.words) - 2) in LEADING
        if made[0].act not in {Act.CALL_ON, Act.RESPOND} or not (bare or unsaid):
            return made
        self.lead = made[0]
        return []

    def _stated(self, view: View, draft: Draft, number: int) -> list[Statement]:
        party = self._speaker(view, draft, number)
        if party is None and not draft.passive:
            return []
        if party is None and draft.speaker is None:
            act = draft.hit.cue.act if draft.hit else Act.SUMMON
            party = undertaking(self.issuer, act)
        said = said_by(view, draft, party.country if party else None)
        return [self._statement(view, draft, said, party, number)] if said else []

    def _speaker(self, view: View, draft: Draft, number: int) -> Party | None:
        if draft.speaker is None:
            return None
        if draft.speaker.head in {"we", "i"} and not self.issuer.speaks:
            return None
        self.discourse.note(view, number, draft.speaker.at)
        return self.discourse.resolve(view, draft.speaker, number)

    def _statement(
        self, view: View, draft: Draft, said: Said, party: Party | None, number: int
    ) -> Statement:
        target = self._target(view, said, party, number)
        if party is None and draft.passive and said.act is Act.SUMMON and target is not None:
            party = self.discourse.acting_state(target, number)
        party = _own_ministry(party, target, said.act)
        sentence = view.sentence
        text = view.text[sentence.start : sentence.end]
        speaker = party.name if party else ""
        return Statement(
            record_name(
                "S",
                self.document.evidence,
                self.document.part,
                sentence.start,
                draft.at,
                said.act,
                speaker,
            ),
            self.document.evidence,
            self.document.where(sentence.start, sentence.end),
            text,
            said.act,
            party,
            target,
            hedge=_hedge(text),
            negated=draft.negated,
            voice=Voice.ACTOR if party else Voice.OUTLET,
            core=sentence.kind is not Kind.HEADING,
            date=self._date(text),
            rule=draft.rule if draft.hit else f"{draft.rule} / {said.rule}",
        )

    def _urged(self, view: View, number: int) -> list[Statement]:
        """Return what is urged in an item under `We urge`."""
        if self.lead is None or view.sentence.kind is not Kind.ITEM:
            return []
        lead = self.lead
        whom = next((p for p in view.phrases if p.at <= 3), None) if lead.target is None else None
        item = Draft(0, None, None, "item", 0, len(view.words))
        said = Said(lead.act, whom, f"under {lead.rule}")
        made = self._statement(view, item, said, lead.speaker, number)
        return [replace(made, target=made.target or lead.target)]

    def _target(self, view: View, said: Said, party: Party | None, number: int) -> Party | None:
        if said.target is None:
            return None
        speaker = party.name if party else ""
        self.discourse.note(view, number, said.target.at)
        target = self.discourse.target(view, said.target, number, speaker=speaker)
        return None if target.name == speaker else target

    def _date(self, text: str) -> When | None:
        """Return the first full date of the sentence."""
        found = (d for d in dates(text, self.anchor) if d.full)
        first = next(found, None)
        return When(first.edtf) if first else None

    def _without_verb(self, view: View, number: int) -> list[Statement]:
        """Return a floating quotation, or what the text says in its issuer's own voice."""
        floating = _floating(view) and view.low(0) != "rt"  # whose post it was, nobody says
        if floating:
            party = self._announced(view) or self.discourse.last_speaker(number)
            party = party or self.discourse.last_person(number)
            if party is None and self.issuer.speaks:
                party = self.issuer.party
            if party is None:
                return []
            self.discourse.again(party, number)
            said = content.judge(view, 0, len(view.words), country=party.country)
            draft = Draft(0, None, None, "floating quotation", 0, len(view.words))
            speaker = replace(party, stated=party.stated, resolution=Resolution.IMPLICIT)
            whole = self._statement(view, draft, said, speaker, number)
            return self._each(view, whole, number, draft)
        if self.issuer.speaks and self.issuer.party:
            said_by_issuer = own_voice(view, self.issuer) or self._uttered(view)
            if said_by_issuer is not None:
                said_by_issuer = self._of_others(view, said_by_issuer)
                draft = Draft(0, None, None, "own voice", 0, len(view.words))
                return [self._statement(view, draft, said_by_issuer, self.issuer.party, number)]
        return []

    def _denied_before(self, view: View, acts: list[Draft], number: int) -> list[Statement]:
        """Return what a party to the case denies first: `X never did so and calls for dialogue`."""
        party = self.issuer.party
        opens = view.phrases[0] if view.phrases else None
        if not self.issuer.stance or party is None or not acts or opens is None or opens.at > 1:
            return []
        own = opens.country is not None and opens.country == party.country
        if not own or not view.coordinated(acts[0].at) or acts[0].at == opens.end:
            return []
        said = content.judge(view, 0, acts[0].at, country=party.country)
        draft = Draft(0, None, None, "own voice", 0, acts[0].at)
        denied = said.act is Act.DENY
        return [self._statement(view, draft, said, party, number)] if denied else []

    def _of_others(self, view: View, said: Said) -> Said:
        """Add the other state that a party to the case speaks of in its own text."""
        party = self.issuer.party
        if said.target is not None or not self.issuer.stance or party is None:
            return said
        whom = someone(view.phrases, party.country) if party.country else None
        return replace(said, target=whom) if said.act is not Act.DETECT else said

    def _uttered(self, view: View) -> Said | None:
        """Return that something is said at all: in a turn, by a party to the case, or by `we`."""
        plain = view.sentence.kind is Kind.SENTENCE and view.words[-1].text in ENDED
        if not plain or sum(word.word for word in view.words) < UTTERED_WORDS:
            return None
        ours = any(
            word.low in OURS and word.text != "US" and view.quoted[at] < 0
            for at, word in enumerate(view.words)
        )
        told = ours or self.issuer.stance or self.speaking is not None
        return Said(Act.OTHER, None, "own voice said") if told else None

    def _each(self, view: View, whole: Statement, number: int, of: Draft) -> list[Statement]:
        """Return a statement for each sentence of a quotation that has several, cited by itself.

        The first one holds whatever stands before the quotation: `X said: "`.
        """
        party = whole.speaker
        country = party.country if party else None
        found: list[Statement] = []
        for start, end in _quoted_sentences(view, of.start):
            said = content.judge(view, start, end, country=country)
            draft = replace(of, at=of.at if not found else start, start=start, end=end)
            part = self._statement(view, draft, said, party, number)
            first = view.words[start].start if found else view.sentence.start
            last = view.words[end - 1].end
            where = self.document.where(first, last)
            found.append(replace(part, where=where, sentence=view.text[first:last]))
        return found or [whole]

    def _announced(self, view: View) -> Party | None:
        if self.speaking and self.speaking.who and not self.speaking.reports:
            return self.issuer.party
        if self.announced and view.sentence.paragraph - self.announced[1] <= 2:
            return self.announced[0]
        return None

    def _announce(self, view: View, acts: list[Draft], number: int) -> None:
        """`Foreign Secretary X said:` makes X the speaker of what follows."""
        if view.sentence.kind is Kind.HEADING:
            self.announced = None
            if self.own is not None and self.speaking is None:
                self.issuer, self.discourse.issuer = self.own, self.own.party
        handed = _handed_over(view)
        if handed is not None and self.speaking is None:
            party = self.discourse.resolve(view, handed, number)
            self.own = self.own or self.issuer
            self.issuer = Issuer(party, speaks=True, stance=True)
            self.discourse.issuer = party
        if acts and view.words[-1].text == ":" and acts[-1].speaker:
            speaker = self._speaker(view, acts[-1], number)
            self.announced = (speaker, view.sentence.paragraph) if speaker else None


def _own_ministry(party: Party | None, target: Party | None, act: Act) -> Party | None:
    """Return `the ministry` without the state of the ambassador whom it summons."""
    if party is None or target is None or act is not Act.SUMMON:
        return party
    same = party.country is not None and party.country == target.country
    return replace(party, country=None) if same and party.resolution is Resolution.ROLE else party


def _judges_all(view: View) -> bool:
    """Whether all that follows is only judged: `It is deplorable that a broadcaster repeats it`."""
    opened = view.low(0) == "it" and view.low(1) in {"is", "was"}
    return opened and any(view.low(at) in WRONG and view.low(at + 1) == "that" for at in (2, 3))


def _put(view: View, draft: Draft) -> bool:
    """Tell a question that the text puts itself: `Do we blame X?`, `Do you believe him?`."""
    if view.words[-1].text != "?" or view.quoted[-1] >= 0:
        return False
    return draft.hit is not None or (
        draft.speaker is not None and draft.speaker.head in {"we", "i", "you"}
    )


def _handed_over(view: View) -> Phrase | None:
    """Return who says all that follows: `A spokesman gave the following answer ...:`."""
    if not view.words or view.words[-1].text != ":":
        return None
    for at in range(len(view.words) - 1):
        if view.low(at) == "following" and view.low(at + 1) in HANDED and view.quoted[at] < 0:
            return next((p for p in view.phrases if p.end <= at and view.speaker_like(p)), None)
    return None


def _floating(view: View) -> bool:
    quoted = sum(
        1 for index, word in enumerate(view.words) if view.quoted[index] >= 0 and word.word
    )
    words = sum(1 for word in view.words if word.word)
    ended = view.words[-1].text not in STOPS and view.words[-2:-1] and view.words[-2].text in STOPS
    if quoted == words and quoted > 1 and ended:
        return True
    return quoted >= FLOATING_WORDS and quoted >= WHOLE * words


def _shortened(word: Token) -> bool:
    """Whether the full stop behind a word is part of it: `Mr.`, `J.`."""
    return word.low in ABBREVIATIONS or (len(word.text) == 1 and word.capital)


def _quoted_sentences(view: View, begin: int) -> list[tuple[int, int]]:
    """Return the tokens [start, end) of each sentence of a quotation that has several."""
    cuts = [
        at + 1
        for at in range(begin, len(view.words) - 1)
        if view.words[at].text in STOPS and view.words[at + 1].capital and view.quoted[at] >= 0
        if view.words[at].text != "." or not _shortened(view.words[at - 1])
    ]
    return list(zip([begin, *cuts], [*cuts, len(view.words)], strict=True)) if cuts else []


def _hedge(text: str) -> str | None:
    low = text.lower()
    return next((hedge for hedge in HEDGES if hedge in low), None)
