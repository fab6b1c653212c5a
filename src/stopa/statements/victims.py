"""Whom an intrusion hit, by the ways in which a sentence can say so.

Trap: `accused officials of the ministry` hits nobody; `the network was not affected` spares it;
what
the same group did to others is another incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from stopa.model.statement import Act, Statement
from stopa.statements import signs
from stopa.statements.chunks import HANGING, Chunk, chunks, listed, outermost, words
from stopa.statements.culprits import NUMBERED
from stopa.statements.deeds import HOSTILE, STANDING_FOR, Deed
from stopa.statements.lexicon import victims
from stopa.statements.lexicon.deeds import ONLOOKING
from stopa.statements.lexicon.harm import DATA_WORDS
from stopa.statements.lexicon.struck import NOT_HELD, OWNED, PRODUCTS, SYSTEMS
from stopa.statements.lexicon.victims import ATTACKERS_OWN
from stopa.statements.phrase import PhraseKind
from stopa.statements.sentences import Kind
from stopa.statements.slot import Slot
from stopa.statements.view import View

BARE_SYSTEM = re.compile(
    r"(?:an?|the|its|their|one|two|several) (?:servers?|computers?|mailbox(?:es)?)"
)
CUT = re.compile(
    r"\s(?:who|whose|which|that|where|when|while|after|before|because|since|last year|this year|"
    r"until|and (?:also|then|said|\w+ing|has|had|was|were|is|are|put|took|stole|copied|read|"
    r"reading)|but|in (?:19|20)\d\d|in (?:Jan|Feb|March|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|"
    r"Dec)[a-z]*|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|on \d|on "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]* \d|had|has|have|was|were|is|are|"
    r"through|via|so|as|early|by|with|using|for (?:the|an?) (?=[a-z])|for "
    r"(?:tens|hundreds|thousands|millions)|for (?:its|their|almost|nearly|more|over|\d|two|three|"
    r"four|five|six|seven|eight|nine|ten|eleven|twelve|months|years|weeks)|during|between|over|"
    r"nightly|to (?=[A-Z][\w]*\d|the group|a group|hackers)|\[)\b|\s?[\[(]T\d"
)
SECURITY = re.compile(
    r"\b(?:security|cyber\w*|research\w*|labs?|threat|intelligence|response|cert|csirt|experts?|"
    r"ministers?|secretary|spokes\w+|officials?|person|sources?|ambassador|president|"
    r"investigators?|technicians|researchers|analysts?|agency|centre|center|office|police|"
    r"government|ministr(?:y|ies)|state|kingdom|prosecutors?|directorate|bureau|responders|"
    r"watchdog)\b",
    re.IGNORECASE,
)
NOTICED = re.compile(
    r"\b(?:break-?ins?|intru\w+|attack\w*|breach\w*|hack\w*|compromise|malware|incident|outage)\b",
    re.IGNORECASE,
)
SYSTEM_OF = re.compile(
    r"^(?:\w+ ){0,5}?(?:mailbox(?:es)?|accounts?|networks?|servers?|systems?|e-?mails?|mail|"
    r"computers|inbox(?:es)?|data|files|websites?|databases?|infrastructure|letters) "
    r"(?:of|at|belonging to) ",
    re.IGNORECASE,
)
OURS = re.compile(
    r"\b[Oo]ur (?:own )?(?:\w+ )?(?:systems?|networks?|servers?|rooms|house|newsroom|mail|"
    r"e-?mails?|inbox(?:es)?|staff|building|computers|offices|reporters|journalists)\b"
)
COUNTED_ONES = re.compile(
    r"(?:(?:at )?least |more than |some |about |all |nearly |almost |over )*"
    r"(?:\d[\d,.]*|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|dozens|hundreds|thousands|scores)\b)"
    r"(?: (?:hundred|thousand|million|of)\b)*",
    re.IGNORECASE,
)
WHOSE_PEOPLE = re.compile(r"^[\w ,-]{3,40}? (?:of|at) (?P<whom>(?:an? |the )?\w.{2,60})$")
PLACED_IN = re.compile(r" (?:of|in|at|for|within|from) ")
NAMED = re.compile(r"\b[A-Z]\w+")
PART_OF = re.compile(r"^(?:parts?|some|most|all|one|several|many) of ", re.IGNORECASE)
OWN = re.compile(r"(?:its|their|our)(?: own)? ", re.IGNORECASE)
OFFICER = re.compile(
    r"(?:its|their|our) (?:[\w-]+ ){0,3}(?:chief executive|director|head|chief|spokes\w+|"
    r"president|chair\w*|lawyer|owner|manager|founder)",
    re.IGNORECASE,
)
ALWAYS = (victims.AIMED, victims.COMPLAINED, victims.COMPLAINS, victims.CLIENT, victims.LISTED)
IN_AN_INTRUSION = (victims.TOLD_OF_OWN, victims.COMPOUND)
# Without any of these words a long pattern finds nothing, and is spared.
ANY = ("",)
HINTS = {
    victims.COMPLAINED: ("complaint",),
    victims.COMPLAINS: ("complaint",),
    victims.CLIENT: (" us", "we ", "responders", "team ", "experts", "analysts"),
    victims.LISTED: (" on ", " to "),
    victims.TOLD_OF_OWN: ("ed ", "ed that"),
}
BEFORE = (victims.TOLD_OF_OWN, victims.COMPLAINS)
OUTSIDERS = (victims.TOLD_OF_OWN, victims.COMPLAINS)
WEAK = (victims.TOLD_OF_OWN, victims.HIDDEN, victims.COMPOUND)
STARTS_CLAUSE = re.compile(
    r"^.*\b(?:that|said|when|while|after|because|how|whether|says|but|since|and)\s+(?=\S)",
    re.IGNORECASE,
)


def struck(
    view: View,
    text: str,
    done: list[Deed],
    statements: list[Statement],
    *,
    issuer: str | None,
) -> Iterator[Slot]:
    """Yield whom a sentence says was hit; `issuer` is who says `our systems`."""
    hit = chain.from_iterable(_by_deed(view, deed, statements) for deed in done if deed.real)
    for slot, what, rule, weight in chain(hit, _by_patterns(view, text, statements)):
        if short := _before_source(text, what, statements):
            yield slot, short, rule, weight
    yield from _noticing(view, text, statements)
    ours = OURS.search(text) if issuer and signs.intrusion(text) else None
    if issuer and ours and not _quoted(view, ours.start()):
        yield "victim", issuer, "our own systems", 3
    if view.sentence.kind is Kind.HEADING:
        yield from _at_whom(view, text)


def _before_source(text: str, what: str, statements: list[Statement]) -> str:
    """Return a victim without who tells of it behind a comma; nothing where that is all."""
    for stated in (s.speaker.stated for s in statements if s.speaker):
        lead = " ".join(stated.split()[:3])
        if lead in what and re.search(rf"[,\"”] {re.escape(stated)}", text):
            short = what.partition(lead)[0].rstrip(' ,"”')
            return short if _victim(short, outsider=False) else ""
    return what


def _by_patterns(view: View, text: str, statements: list[Statement]) -> Iterator[Slot]:
    patterns = [*ALWAYS, *(IN_AN_INTRUSION if signs.intrusion(text) else ())]
    if victims.PLACED.search(text):
        patterns.append(victims.HIDDEN)
    low = text.lower()
    for pattern in patterns:
        if any(word in low for word in HINTS.get(pattern, ANY)):
            for match in pattern.finditer(text):
                yield from _matched(view, text, (pattern, match), statements)


def _matched(
    view: View,
    text: str,
    found: tuple[re.Pattern[str], re.Match[str]],
    statements: list[Statement],
) -> Iterator[Slot]:
    pattern, match = found
    printed = match.group("what") or match.group("by")
    what = _subject(printed, pattern) if pattern in BEFORE else noun(printed)
    if _spared(text, match) or not _victim(what, outsider=pattern in OUTSIDERS):
        return
    accused = (p for p in view.phrases if p.organ or p.kind is PhraseKind.ACTOR)
    if any(view.printed(phrase) in what for phrase in accused):
        return
    if OWN.match(what):
        at = view.sentence.start + match.start("what") + max(printed.find(what), 0)
        for owner_ in _owners(view, statements, at):
            yield "victim", owner_, "whose it is", 2
    if (not OWN.match(what) or victims.BODY.search(what)) and _victim(_bare(what), outsider=False):
        yield "victim", _bare(what), "object of an intrusion", _firm(what, pattern)


def _by_deed(view: View, deed: Deed, statements: list[Statement]) -> Iterator[Slot]:
    """Yield the thing itself where it is a body, whose it is where it is a system or data."""
    thing = deed.thing
    if ATTACKERS_OWN.search(words(view, *thing.span)):
        return
    if deed.kind == "cope":
        yield from _named(view, thing, words(view, *thing.span), statements, weight=-1)
        return
    if deed.kind == "take":
        yield from _source(view, deed)
    owned = _is_owned(view, thing)
    named = owner(view, thing) if owned else []
    for who in named:
        if deed.kind != "take" or _is_somebody(PLACED_IN.split(_bare(who))[0] or who):
            yield from _named(view, thing, who, statements, weight=1 + deed.firm)
    if deed.kind not in {"take", "ruin"} and not (owned and view.low(thing.head) in SYSTEMS):
        weight = 2 * deed.firm - bool(named)
        yield from _named(view, thing, words(view, *thing.span), statements, weight=weight)
    elif view.low(thing.head) in victims.KEEPERS and not named:
        yield from _named(view, thing, words(view, *thing.span), statements, weight=deed.firm)
    elif _our(view, thing):
        yield from _whose(view, thing, statements, weight=1 + deed.firm)


def _named(
    view: View, thing: Chunk, what: str, statements: list[Statement], *, weight: int
) -> Iterator[Slot]:
    """Yield a phrase as a victim; whom `its` means, too."""
    short = PART_OF.sub("", _bare(what))
    if short.lower() in STANDING_FOR:
        yield from _whose(view, thing, statements, weight=weight - 1)
        return
    if OFFICER.fullmatch(short):
        return
    if OWN.match(short):
        itself = victims.BODY.search(short) or view.low(thing.head) in victims.KEEPERS
        yield from _whose(view, thing, statements, weight=weight - 2 * bool(itself))
        weight -= 2 * (not itself)
    if _victim(short, outsider=False):
        known = _can_be_hit(short)
        many = COUNTED_ONES.match(short) and known < 1
        less = 2 * bool(many) + _only_people(short) * (2 + bool(COUNTED_ONES.match(short)))
        yield "victim", short, "done to it", weight + known - less
        inside = _whose_people(short)
        if inside:
            yield "victim", inside, "whose people it was done to", weight


def _can_be_hit(what: str) -> int:
    """Return 1 for a name, a body or people, -3 for data and machines, -1 for all else."""
    own = PLACED_IN.split(what)[0]
    if _is_somebody(own):
        return 1
    head = own.split()[-1].lower()
    if head in SYSTEMS or DATA_WORDS.fullmatch(head):
        return -3
    return 0 if _is_somebody(what) else -1


def _only_people(what: str) -> bool:
    """Whether it is people without a name: whose data they were is hit more plainly."""
    own = PLACED_IN.split(what)[0]
    head, named = own.split()[-1], NAMED.search(COUNTED_ONES.sub("", own, count=1))
    return not named and victims.PEOPLE.fullmatch(head) is not None


def _whose_people(what: str) -> str:
    """Return the body that people without a name belong to: `executives of a chip maker`."""
    whom = WHOSE_PEOPLE.match(what)
    if whom is None or not _only_people(what):
        return ""
    return whom.group("whom") if _is_somebody(whom.group("whom")) else ""


def _is_somebody(what: str) -> bool:
    """Whether a phrase names somebody, or its last word is one for a body or people."""
    head = what.split()[-1].strip("\"”’'")
    named = NAMED.search(COUNTED_ONES.sub("", what, count=1))
    return bool(named or victims.BODY.match(head) or victims.PEOPLE.fullmatch(head))


def _whose(view: View, thing: Chunk, statements: list[Statement], *, weight: int) -> Iterator[Slot]:
    owners = _owners(view, statements, view.words[thing.start].start)
    if not owners and view.low(thing.start) in {"it", "its"}:
        yield "victim", "it", "what it points to", weight
    for who in owners:
        if not victims.NOBODY.fullmatch(who) and who.lower() not in STANDING_FOR:
            yield "victim", who, "whose it is", weight + 1 - 2 * _only_people(who)


def _source(view: View, deed: Deed) -> Iterator[Slot]:
    """Yield from whom something was taken: `stole drawings from the yard`."""
    behind = deed.at + 1 if deed.passive else deed.thing.end
    if view.low(deed.at) in ONLOOKING:
        return
    near = next((i for i in range(behind, behind + 3) if view.low(i) in {"from", "of"}), -1)
    found = chunks(view)
    for index, plain in enumerate(found) if near >= 0 else ():
        chunk = listed(view, found, index)[0]
        if plain.start == near + 1:
            who = owner(view, chunk) if _is_owned(view, chunk) else [words(view, *chunk.span)]
            for name in who:
                yield from _named(view, chunk, name, [], weight=2)


def _is_owned(view: View, thing: Chunk) -> bool:
    """Whether it is a system, or data, which is somebody's."""
    head = view.low(thing.head)
    if head in STANDING_FOR and not view.words[thing.head].text.isupper():
        return False
    if view.words[thing.head].capital and thing.core - thing.start > 1:
        return False
    return head in SYSTEMS or head in OWNED or DATA_WORDS.fullmatch(head) is not None


def _our(view: View, thing: Chunk) -> bool:
    return view.low(thing.start) in {"its", "their"}


def owner(view: View, thing: Chunk) -> list[str]:
    """Return whose it is, where the phrase says so: `the yard's mail`, `the mail of the yard`."""
    marks = [i for i in range(thing.start, thing.core) if view.low(i) in {"'s", "'"}]
    if marks:
        return [words(view, thing.start, marks[-1])]
    if view.low(thing.start - 1) == "whose":
        place = thing.start - 1 - (view.low(thing.start - 2) == ",")
        named = [c for c in chunks(view) if c.end == place]
        return [words(view, *named[0].span)] if named else []
    at = thing.core
    while at < thing.end and view.low(at) in HANGING | {"by", "to", "least"}:
        at += 1
    return [words(view, at, thing.end)] if at < thing.end else []


def _quoted(view: View, at: int) -> bool:
    place = view.sentence.start + at
    return any(quote.start <= place < quote.end for quote in view.quotes)


def noun(what: str) -> str:
    """Return the words up to where another clause begins."""
    cut = CUT.search(what)
    return what[: cut.start()] if cut else what


def _bare(what: str) -> str:
    """Return the phrase without the genitive and what leads up to it."""
    short = re.sub(r"(?:'s|’s|['’])$", "", noun(what).strip(" ,"))
    short = re.sub(r"(?:,? (?:and|or|but|last|this|next|alone))+$", "", short)
    short = SYSTEM_OF.sub("", short)
    return re.sub(r"^(?:into|inside|within|of|at|on|against) ", "", short)


def _subject(what: str, pattern: re.Pattern[str]) -> str:
    """Return who tells of it: `Helvet Rail` in `Helvet Rail, the operator, disclosed it`."""
    parts = what.rstrip(" ,").split(", ")
    apposed = pattern is victims.TOLD_OF_OWN and len(parts) > 1
    if apposed and parts[0][:1].isupper():
        plain = parts[0].split()[-1].islower() and parts[1][:1].isupper()
        return ", ".join(parts[:2]) if plain else parts[0]
    return _last_clause(what)


def _last_clause(what: str) -> str:
    """Return the subject only: what stands before `that` and the like belongs to others."""
    last = STARTS_CLAUSE.sub("", what)
    parts = last.rstrip(" ,").split(", ")
    if parts[-1][:1].isupper() and parts[0][:1].isupper() and len(parts) == 2:
        return last.rstrip(" ,")
    return parts[-1] if last else what


def _victim(what: str, *, outsider: bool) -> bool:
    named = re.search(r"[A-Za-z]{3}", what)
    if not named or victims.NO_VICTIM.match(what) or victims.NOT_A_VICTIM.match(what):
        return False
    if victims.NOBODY.fullmatch(what.strip()) or victims.MACHINES.match(what):
        return False
    if ATTACKERS_OWN.search(what) or BARE_SYSTEM.fullmatch(what):
        return False
    if outsider and SECURITY.search(what):
        return False
    return not (PRODUCTS.fullmatch(what.strip()) or NUMBERED.search(what))


def _spared(text: str, match: re.Match[str]) -> bool:
    return NOT_HELD.search(text[max(0, match.start() - 30) : match.start()]) is not None


def _owners(view: View, statements: list[Statement], place: int) -> list[str]:
    """Return whom `its` means: the last body named before, but for those who are accused."""
    accused = {s.target.stated for s in statements if s.act is Act.ACCUSE and s.target}
    hostile = [p for p in view.phrases if p.kind in HOSTILE]
    named = [
        words(view, *chunk.span)
        for chunk in outermost(chunks(view))
        if view.words[chunk.end - 1].end < place
        and (view.words[chunk.head].capital or victims.BODY.search(view.low(chunk.head)))
        and not OWN.match(words(view, *chunk.span))
        and not any(chunk.start <= p.at < chunk.end for p in hostile)
    ]
    others = [name for name in named if not any(one in name for one in accused)]
    return others[-1:] or [s.speaker.stated for s in statements if s.speaker][:1]


def _firm(what: str, pattern: re.Pattern[str]) -> int:
    """Return how likely a victim it is: a name or a body is likelier than a bare noun."""
    named = re.search(r"\b[A-Z]\w+", what) or victims.BODY.search(what)
    return 1 + 2 * bool(named) - (pattern in WEAK)


def _noticing(view: View, text: str, statements: list[Statement]) -> Iterator[Slot]:
    """Yield who noticed a break-in: often the one whom it hit."""
    for statement in statements:
        speaker = statement.speaker
        outside = speaker is not None and SECURITY.search(speaker.stated)
        if speaker and PhraseKind.PERSON in {
            p.kind for p in view.phrases if view.printed(p) == speaker.stated
        }:
            continue
        if statement.act is Act.DETECT and speaker and not outside and NOTICED.search(text):
            yield "victim", speaker.stated, "who noticed it", 1


def _at_whom(view: View, text: str) -> Iterator[Slot]:
    """`Dream jobs: Amber Heron at a Nordic research body`: a title names both."""
    actor = next((p for p in view.phrases if p.kind is PhraseKind.ACTOR), None)
    found = re.search(
        r"\b(?:at|inside|against|in) (?P<what>(?:an? |the )?[\w’'-][^:;,]{3,60})$", text
    )
    if actor is not None and found:
        yield "victim", found.group("what"), "in a title beside the actor", 2
