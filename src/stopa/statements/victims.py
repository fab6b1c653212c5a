"""Whom an intrusion hit, by the ways in which a sentence can say so.

Trap: `accused officials of the ministry` hits nobody; `the network was not affected` spares it;
what
the same group did to others is another incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.statement import Act, Statement
from stopa.statements import signs
from stopa.statements.culprits import NUMBERED
from stopa.statements.lexicon import victims
from stopa.statements.lexicon.struck import NOT_HELD, PRODUCTS
from stopa.statements.phrase import PhraseKind
from stopa.statements.sentences import Kind
from stopa.statements.slot import Slot
from stopa.statements.view import View

CUT = re.compile(
    r"\s(?:who|which|that|where|when|while|after|before|because|since|last year|this year|until|"
    r"and (?:also|then|said|\w+ing|has|had|was|were|is|are|put|took|stole|copied|read|reading)"
    r"|but|in (?:19|20)\d\d|in (?:Jan|Feb|March|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
    r"|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|on \d|on (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|"
    r"Sep|Oct|"
    r"Nov|Dec)[a-z.]* \d|had|has|have|was|were|is|are|through|via|so|as|early|by|with|using|"
    r"for (?:the|an?) (?=[a-z])|for (?:its|"
    r"their|almost|nearly|more|over|\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"months|years|weeks)|during|between|over|nightly|to (?=[A-Z][\w]*\d|the group|a group|"
    r"hackers)|"
    r"\[)\b|\s?[\[(]T\d"
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
    r"computers|"
    r"inbox(?:es)?|data|files|websites?|databases?|infrastructure|letters) (?:of|at|belonging to) ",
    re.IGNORECASE,
)
OURS = re.compile(
    r"\b[Oo]ur (?:own )?(?:\w+ )?(?:systems?|networks?|servers?|rooms|house|newsroom|mail|"
    r"e-?mails?|"
    r"inbox(?:es)?|staff|building|computers|customers|subscribers|offices|reporters|journalists)\b"
)
OWN = re.compile(r"(?:its|their|our)(?: own)? ", re.IGNORECASE)
ALWAYS = (
    victims.HIT,
    victims.PASSIVE_HIT,
    victims.FELL,
    victims.SUFFERED,
    victims.TAKEN_DOWN,
    victims.AIMED,
    victims.COMPLAINED,
    victims.COMPLAINS,
    victims.CLIENT,
    victims.LISTED,
)
IN_AN_INTRUSION = (
    victims.OWNER,
    victims.FROM,
    victims.DATA_OF,
    victims.TOLD_OF_OWN,
    victims.COMPOUND,
    victims.IN_THEIR,
    victims.ITS_OWN,
)
# Without any of these words a long pattern finds nothing, and is spared.
ANY = ("",)
HINTS = {
    victims.PASSIVE_HIT: (" was ", " were ", " been "),
    victims.FELL: ("fell ", "fallen "),
    victims.SUFFERED: (
        "suffered",
        "experienced",
        "sustained",
        "endured",
        "facing",
        "forced to",
        "had to",
    ),
    victims.COMPLAINED: ("complaint",),
    victims.COMPLAINS: ("complaint",),
    victims.CLIENT: (" us",),
    victims.LISTED: (" on ", " to "),
    victims.OWNER: ("'s ", "’s ", "s' ", "s’ "),
    victims.TOLD_OF_OWN: ("ed ", "ed that"),
    victims.ITS_OWN: ("its ", "their "),
    victims.TAKEN_DOWN: ("offline", "down", "out of"),
}
BEFORE = (
    victims.PASSIVE_HIT,
    victims.FELL,
    victims.SUFFERED,
    victims.OWNER,
    victims.TOLD_OF_OWN,
    victims.COMPLAINS,
)
OUTSIDERS = (victims.TOLD_OF_OWN, victims.COMPLAINS)
WEAK = (victims.DATA_OF, victims.TOLD_OF_OWN, victims.HIDDEN, victims.COMPOUND)
OWNERS = frozenset({PhraseKind.BODY, PhraseKind.NAME, PhraseKind.PLACE})
STARTS_CLAUSE = re.compile(
    r"^.*\b(?:that|said|when|while|after|because|how|whether|says|but|since|and)\s+(?=\S)",
    re.IGNORECASE,
)


def struck(
    view: View, text: str, statements: list[Statement], *, issuer: str | None
) -> Iterator[Slot]:
    """Yield whom a sentence says was hit; `issuer` is who says `our systems`."""
    intrusion = signs.intrusion(text)
    patterns = [*ALWAYS, *(IN_AN_INTRUSION if intrusion else ())]
    if victims.PLACED.search(text):
        patterns.append(victims.HIDDEN)
    low = text.lower()
    for pattern in patterns:
        if not any(word in low for word in HINTS.get(pattern, ANY)):
            continue
        for match in pattern.finditer(text):
            what = match.group("what")
            what = _subject(what, pattern) if pattern in BEFORE else noun(what)
            if _spared(text, match) or not _victim(what, outsider=pattern in OUTSIDERS):
                continue
            if OWN.match(what):
                raw = max(match.group("what").find(what), 0)
                at = view.sentence.start + match.start("what") + raw
                owners = _owners(view, statements, at)
                yield from (("victim", owner, "whose it is", 2) for owner in owners)
            if not OWN.match(what) or victims.BODY.search(what):
                yield "victim", _bare(what), "object of an intrusion", _firm(what, pattern)
    yield from _noticing(text, statements)
    ours = OURS.search(text) if issuer and intrusion else None
    if issuer and ours and not _quoted(view, ours.start()):
        yield "victim", issuer, "our own systems", 3
    if view.sentence.kind is Kind.HEADING:
        yield from _at_whom(view, text)


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
    short = re.sub(r"(?:,? (?:and|or|but))+$", "", short)
    short = SYSTEM_OF.sub("", short)
    return re.sub(r"^(?:into|inside|within|of|at|on|against) ", "", short)


def _subject(what: str, pattern: re.Pattern[str]) -> str:
    """Return who tells of it: `Helvet Rail` in `Helvet Rail, the operator, disclosed it`."""
    parts = what.rstrip(" ,").split(", ")
    apposed = pattern is victims.TOLD_OF_OWN and len(parts) > 1
    return parts[0] if apposed and parts[0][:1].isupper() else _last_clause(what)


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
    if victims.MACHINES.match(what) or victims.ATTACKERS_OWN.search(what):
        return False
    if outsider and SECURITY.search(what):
        return False
    return not (PRODUCTS.fullmatch(what.strip()) or NUMBERED.search(what))


def _spared(text: str, match: re.Match[str]) -> bool:
    return NOT_HELD.search(text[max(0, match.start() - 30) : match.start()]) is not None


def _owners(view: View, statements: list[Statement], place: int) -> list[str]:
    """Return whom `its` means: the last party named before, but for those who are accused."""
    accused = {s.target.stated for s in statements if s.act is Act.ACCUSE and s.target}
    before = [
        view.printed(p)
        for p in view.phrases
        if p.kind in OWNERS and view.words[p.at].start < place and not p.possessor
    ]
    named = [name for name in before if name not in accused]
    return named[-1:] or [s.speaker.stated for s in statements if s.speaker][:1]


def _firm(what: str, pattern: re.Pattern[str]) -> int:
    """Return how likely a victim it is: a name or a body is likelier than a bare noun."""
    named = re.search(r"\b[A-Z]\w+", what) or victims.BODY.search(what)
    return 1 + 2 * bool(named) - (pattern in WEAK)


def _noticing(text: str, statements: list[Statement]) -> Iterator[Slot]:
    """Yield who noticed a break-in: often the one whom it hit."""
    for statement in statements:
        speaker = statement.speaker
        outside = speaker is not None and SECURITY.search(speaker.stated)
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
