"""The noun phrases of a sentence, whatever they name: `the crane scheduling software of the port`.

Why: what was hit, taken or used is told in words that no list has; the words that end a phrase are
few, and of the verbs that do, those of the lexicons are known by their forms.
Trap: `the breached servers` is a phrase, `hackers breached servers` three; the word before decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stopa.statements.lexicon import deeds, steps
from stopa.statements.lexicon.grammar import ARTICLES, FUNCTION
from stopa.statements.lexicon.inflection import Form, forms
from stopa.statements.lexicon.struck import HITTING
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    HAVE,
    MODAL,
    NEGATION,
    PREPOSITIONS,
    QUOTATIVE_FORMS,
    SUBJECT_PRONOUNS,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.view import TIMES, View

LONGEST = 12  # tokens of a phrase without what hangs on it
ATTACHED = 3  # phrases that may hang on one
APPOSED = 2  # members of a list that may be a name and what it is
SINGLE = wordset("a an the its their our")
LISTED = 8  # members of a list
YEAR_DIGITS = 4
HANGING = wordset("of at in for within inside under behind belonging owned run held used operated")
BY = wordset("by to with in for at")
APPROXIMATE = wordset("about around some nearly almost over roughly")
MODIFYING = DETERMINERS | ARTICLES | wordset("own same very least than as")
QUANTITY = (("at", "least"), ("at", "most"), ("more", "than"), ("less", "than"), ("up", "to"))
ENDS = wordset('! ? ; : . ( ) [ ] — – " “ ” ,')
COMMON = """
    be have do say happen occur begin start end continue follow come go get make want need try use
    work become remain stay seem appear show tell think know see find keep let help turn call ask
    lead cause force prompt allow enable include involve concern contain belong serve carry bring
    put set hold run move pass grow rise fall fail stop crash collapse queue wait stand sit lie
    speak write read learn hear expect hope fear warn believe suspect assume argue agree decide
    refuse decline accept support join meet visit build create open close issue publish send
    receive pay cost spend buy sell lose win gain protest affirm notice spot discover detect
    identify emerge surface arrive leave return restore resume train employ examine investigate
    study discuss teach raise answer reply accuse blame attribute condemn deny reject denounce expel
    summon indict name
"""
# Verbs whose base or third person is a noun as well: `the attack`, `login attempts`.
NOUNS_TOO = wordset(
    """attack hack breach target report access hit raid strike tap bug watch view leak dump work
    control show help move visit release issue claim charge demand request update patch block
    change cost plan order call question answer reply note name state hold set break cut guard
    act test check match exploit abuse use implant plant host record register list offer design
    search sample compromise hijack ransom file post copy photograph log lock force reach turn
    place drop install load rob support hope fear need lead cause start end return need arrest
    charge sanction protest alert warrant reward review audit probe probe train study record
    contract share sale fix exchange block budget fund experience face monitor contact process
    account answer backup program package harvest wave sight control purchase tear spread deal
    battle struggle ban list bar fine escape estimate increase decrease result archive roll base
    copy ship
    table segment second signal switch stage step staff judge hand object present drill fire flood
    gain jump concern comment commission tunnel worm volunteer mine rent name point stop delay
    cancel
    crash queue stand hunt trade market visit love like supply market scan map probe deploy"""
)
# Words in -ing that stand before a noun without an article: `shipping companies`.
TRADES = wordset(
    """shipping manufacturing engineering mining training banking publishing broadcasting building
    accounting trading voting operating marketing monitoring holding consulting catering housing
    clearing gaming booking scheduling billing mailing filing hosting printing tracking teaching
    weighing signalling lending leading supporting neighbouring existing outgoing incoming"""
)
COMPOUNDS = frozenset({("think", "tank"), ("think", "tanks")})
OPENING = DETERMINERS | ARTICLES
SKIPPED = ADVERBS - {"both", "all", "each"} | NEGATION
CLOSED = FUNCTION | CONJUNCTIONS
AUXILIARIES = BE | HAVE | MODAL
NO_NOUN_AFTER = FUNCTION | DETERMINERS | ADVERBS | NEGATION | TIMES
BEFORE_VERB = MODAL | SUBJECT_PRONOUNS | {"to"}
FINITE = frozenset({Form.PAST, Form.THIRD, Form.EITHER})
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Chunk:
    """The tokens [start, end) of a phrase and all that hangs on it; its own words end at `core`."""

    start: int
    core: int
    end: int

    @property
    def head(self) -> int:
        """Return the token that says what it is."""
        return self.core - 1

    @property
    def span(self) -> Span:
        """Return its tokens with all that hangs on it."""
        return self.start, self.end


_LAST: list[tuple[View, list[Chunk]]] = []  # of the sentence that every slot asks about


def words(view: View, start: int, end: int) -> str:
    """Return the tokens [start, end) as they stand in the text."""
    return view.text[view.words[start].start : view.words[end - 1].end]


def chunks(view: View) -> list[Chunk]:
    """Return the phrases of a sentence in order, each with what hangs on it."""
    if not _LAST or _LAST[0][0] is not view:
        bare = _cores(view)
        _LAST[:] = [(view, [_hung(view, bare, index) for index in range(len(bare))])]
    return _LAST[0][1]


def outermost(found: list[Chunk]) -> list[Chunk]:
    """Return the phrases that hang on no other."""
    kept: list[Chunk] = []
    for chunk in found:
        if not kept or chunk.start >= kept[-1].end:
            kept.append(chunk)
    return kept


def listed(view: View, found: list[Chunk], index: int) -> list[Chunk]:
    """Return the phrase and those that a list or an apposition joins to it."""
    members = [found[index]]
    by_start = {chunk.start: chunk for chunk in found}
    while len(members) < LISTED:
        at = members[-1].end
        at += view.low(at) == ","
        joined = view.low(at) in {"and", "or", "plus"} or at > members[-1].end
        at += view.low(at) in {"and", "or", "plus"}
        further = by_start.get(at)
        if not joined or further is None:
            break
        members.append(further)
    return _apposed(view, members)


def _apposed(view: View, members: list[Chunk]) -> list[Chunk]:
    """Return a name and what it is as one phrase: `a contractor, Serasi Data`."""
    if len(members) != APPOSED or view.low(members[0].end) != ",":
        return members
    first, second = members
    named = [view.words[chunk.head].capital for chunk in members]
    plain = second if named[0] else first
    if second.start > first.end + 1 or named[0] == named[1] or view.low(plain.start) not in SINGLE:
        return members
    return [Chunk(first.start, first.core, second.end)]


def subject_of_clause(view: View, at: int) -> bool:
    """Whether the word makes the phrase before it the subject of a clause of its own."""
    return view.low(at) in AUXILIARIES or verbs().get(view.low(at)) in FINITE


@cache
def verbs() -> dict[str, Form]:
    """Return the forms of all verbs that the lexicons know, and of the commonest others."""
    known = {w: form for base in COMMON.split() for w, form in forms(base).items()}
    for text in (*deeds.KINDS.values(), steps.OF_STATE, steps.OF_RECOVERY):
        for line in text.replace("\\\n", "").strip().splitlines():
            for base in line.split(" ", 1)[0].split("|"):
                known |= forms(base)
    return {**known, **{w: form for w, (_, form) in QUOTATIVE_FORMS.items()}, **HITTING}


def _cores(view: View) -> list[Span]:
    found: list[Span] = []
    at = 0
    while at < len(view.words):
        end = _core(view, at, after=bool(found) and found[-1][1] == at)
        if end > at:
            found.append((at, end))
        at = max(end, at + 1)
    return found


def _core(view: View, at: int, *, after: bool) -> int:
    """Return the token after the phrase that begins here, or the token itself."""
    scan = _past_quantity(view, at)
    while view.low(scan) in OPENING and scan < at + 4:
        scan += 1
        scan += view.low(scan) == "of" and view.low(scan + 1) in OPENING
    begun = scan
    if after and verbs().get(view.low(at)) in {Form.THIRD, Form.BASE, Form.EITHER}:
        return at
    while scan < min(len(view.words), at + LONGEST) and _inside(view, scan, begun):
        scan += 1
    while scan > begun and view.low(scan - 1) in {"'s", "&", "/", "'", "’"}:
        scan -= 1
    return scan if scan > begun else at


def _past_quantity(view: View, at: int) -> int:
    return at + 2 if (view.low(at), view.low(at + 1)) in QUANTITY else at


def _inside(view: View, at: int, begun: int) -> bool:
    word = view.words[at]
    if word.low in {"'s", "&"} or _owner_ends(view, at):
        return at > begun
    if not word.word or word.low in SKIPPED:
        return False
    if word.capital and at > begun and view.words[at - 1].capital:
        return True
    if at > begun and word.low in OPENING:
        return False
    if word.low in CLOSED:
        return word.text in {"US", "IT"}
    if word.low in TIMES or _year(view, at):
        return False
    if word.capital and at:
        return True
    if word.low.endswith("ly"):
        told = at == begun or verbs().get(view.low(at + 1)) is not None
        return not told and _before_noun(view, at)
    return _nominal(view, at, begun)


def _owner_ends(view: View, at: int) -> bool:
    """Whether the token is the mark behind an owner in the plural: `the judges' computers`."""
    if view.low(at) not in {"'", "’"} or not view.low(at - 1).endswith("s"):
        return False
    return view.words[at].start == view.words[at - 1].end and _before_noun(view, at)


def _nominal(view: View, at: int, begun: int) -> bool:
    """Whether a word that may be a verb stands inside a phrase here."""
    low, before = view.low(at), view.low(at - 1) if at else ""
    form = verbs().get(low)
    if (low, view.low(at + 1)) in COMPOUNDS:
        return True
    if form is None and not low.endswith("ed"):
        return not low.endswith("ing") or _before_noun(view, at) or at == begun
    led = before in MODIFYING or before == "'s" or before[:1].isdigit()
    if form is Form.ING:
        return _before_noun(view, at) and (led or at > begun or low in TRADES)
    if low in _nouns_too():
        return led or _as_noun(view, at, begun, form)
    if form in {Form.EITHER, Form.PARTICIPLE, None}:
        return _before_noun(view, at) and (led or _describes(view, at, begun))
    return led and form is not Form.PAST


def _describes(view: View, at: int, begun: int) -> bool:
    """Whether a participle without an article describes the noun behind it."""
    if view.words[at + 1].capital:
        return False
    before = view.low(at - 1) if at else ""
    after = before in {"and", ","} and view.low(at - 2) not in verbs()
    told = verbs().get(before) in {Form.PAST, Form.EITHER} and before not in AUXILIARIES
    opened = at == begun and (at == 0 or before in PREPOSITIONS or after or told)
    return opened or before.endswith("ly")


def _as_noun(view: View, at: int, begun: int, form: Form | None) -> bool:
    """Tell `hack`, `attacks` and the like as nouns from the verbs that are spelt alike."""
    before, behind = view.low(at - 1) if at else "", view.low(at + 1)
    if form is Form.THIRD:
        free = not _before_noun(view, at) and behind not in OPENING
        return (at == begun and behind not in ARTICLES) or free
    plural = before.endswith("s") and not before.endswith("ss") and at > begun
    return not (before in BEFORE_VERB or plural or behind in ARTICLES)


@cache
def _nouns_too() -> frozenset[str]:
    return frozenset(w for base in NOUNS_TOO for w in (base, *_thirds(base)))


def _thirds(base: str) -> list[str]:
    return [word for word, form in forms(base).items() if form is Form.THIRD]


def _before_noun(view: View, at: int) -> bool:
    if at + 1 >= len(view.words):
        return False
    after = view.words[at + 1]
    return after.word and after.low not in NO_NOUN_AFTER


def _year(view: View, at: int) -> bool:
    digits = view.low(at)
    if not digits.isdigit():
        return False
    return (len(digits) == YEAR_DIGITS and digits[:2] in {"19", "20"}) or view.low(at + 1) in TIMES


def _hung(view: View, bare: list[Span], index: int) -> Chunk:
    """Add what hangs on a phrase: `of the port`, `at two universities`, `run by X`."""
    start, core = bare[index]
    end = core
    for further in bare[index + 1 : index + 1 + ATTACHED]:
        between = [view.low(at) for at in range(end, further[0])]
        if not between or between[0] not in HANGING or len(between) > 2:
            break
        if len(between) == 2 and between[1] not in BY | APPROXIMATE:
            break
        if between[0] in {"in", "under", "for"} and view.low(further[0]) in {"it", "this"}:
            break
        end = further[1]
    return Chunk(start, core, end)
