"""Whether a text is somebody's own statement, and what it says in its issuer's voice.

Spec: statements and press releases speak in the voice of their issuer (`We call on ...`).
Trap: a newspaper that says `we` once is not a party; its opinions are the outlet's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stopa.model.document import Document, Masthead
from stopa.model.statement import Act, Party, Resolution
from stopa.statements import blaming, content, cues
from stopa.statements.aims import obliged
from stopa.statements.dialogue import Turn
from stopa.statements.gazetteer import Gazetteer
from stopa.statements.lexicon.content import (
    DIRECTIVE_PHRASES,
    MENDED,
    RESPONSIBLE,
    STRONG_RESPONSIBLE,
)
from stopa.statements.lexicon.offices import OF_STATE
from stopa.statements.lexicon.roles import MISSIONS
from stopa.statements.lexicon.verbs import BE, HAVE
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.masthead import Head
from stopa.statements.phrase import PhraseKind
from stopa.statements.quotations import Quote
from stopa.statements.sentences import HANDLE
from stopa.statements.tokens import tokens
from stopa.statements.verdicts import Said
from stopa.statements.view import View

FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur)\b")
OWN_SIGHT = wordset("telemetry sensors data logs honeypots records systems")
ASKED_BY = wordset("are is were was been")
ASKED = wordset("what which whether how who why")
ASKING = wordset("asked urged advised requested encouraged reminded invited recommended")
# What an issuer is set on, behind `is` or `remains`.
BENT = wordset("determined ready committed prepared preparing resolved working taking going")
FORBIDDING = ("do not", "please do", "please report", "please contact", "never open")
# Who charges people in its own name: what it tells as charged, it charges.
PROSECUTING = wordset("police prosecutor prosecutors justice attorney court constabulary sheriff")
UNSEEN = wordset(
    "indication indications evidence sign signs trace traces proof suggestion points suggest"
)
REMEDIES = MENDED - {"notified", "informed"} | wordset("waived reimbursed quarantined reissued")
TOLD = wordset("notified informed contacted suspended taken shut moved")  # behind `has been`
CLOSED_OFF = frozenset(
    (verb, how)
    for verb in ("cut", "shut", "taken", "switched")
    for how in ("off", "down", "offline")
)
UNDER_WAY = wordset("opened launched carried conducted commissioned initiated started begun")
INQUIRIES = wordset("investigation investigations inquiry inquiries review audit examination case")
TRACES = wordset(
    "logs log telemetry evidence analysis data findings records samples sample forensics traces"
)
SHOWING = wordset(
    "show shows showed indicate indicates indicated suggest suggests suggested reveal reveals "
    "revealed confirm confirms confirmed point points pointed"
)
SHOWN_WITHIN = 14  # words before the verb that says what the evidence shows
SIGNED = re.compile(
    r"^(?:Signed(?: by)?|Signatories|Undersigned|Endorsed by)\s?:[ \n]*"
    r"(?P<who>[A-ZÀ-Þ][^\n]{2,300}?(?:\n[A-ZÀ-Þ•-][^\n]{2,120}){0,40})\.?$",
    re.MULTILINE,
)
DEEDS = wordset(
    """took stole hacked breached burned burnt wiped encrypted leaked destroyed deleted copied
    downloaded attacked crashed defaced owned pwned grabbed dumped erased shut"""
)
LOOKED_AT = 400_000  # characters in which a text says `we`
STANCES = frozenset({Act.DENY, Act.CONDEMN, Act.CONCERN, Act.CALL_ON})
NAMING = frozenset({"said it is", "said traced", "said did"})  # rules by which a culprit is named
ENDED = re.compile(r"[.!?…][\"”’')]?[ \t]*$", re.MULTILINE)
POST_HEAD = 200  # characters in which a post names its account
LEAST = 2  # times a text must say `we` outside quotations to be its issuer's own
JOINT = re.compile(
    r"(?:written|issued|published|released|authored|prepared|"
    r"adopted) (?:jointly )?by (?P<who>[^.;\n]{3,200}?)"
    r"(?: to | on | in order|[.;,\n])",
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who speaks where the text says `we`. `speaks` is False for reports about others.

    `stance` marks a party to the case: whatever it denies or deplores, it does so itself.
    `released` marks a text that its issuer published as a statement, an answer or the like: what
    it tells as done in the passive voice is the issuer's doing.
    """

    party: Party | None
    speaks: bool
    stance: bool = False
    released: bool = False


def issuer(document: Document, head: Head, quotes: list[Quote], known: Gazetteer) -> Issuer:
    """Decide whose voice the text is in."""
    masthead = head.masthead
    account = HANDLE.search(document.text[:POST_HEAD])
    posted = account or not ENDED.search(document.text[:LOOKED_AT])
    own = bool(account) or _own_words(document.text[:LOOKED_AT], quotes) >= (1 if posted else LEAST)
    titled = bool(head.kind) and not _newspaper(masthead)
    joint = JOINT.search(document.text[:4000])
    name = masthead.outlet
    signed = SIGNED.search(document.text[:LOOKED_AT])
    if signed and own:
        name = ", ".join(line.strip(" •-") for line in signed.group("who").splitlines())
    if joint and titled:
        name = joint.group("who").strip()
    if not (own or titled) or name is None:
        return Issuer(None, speaks=False)
    name = name.removeprefix("the ").removeprefix("The ")
    union = _union(name, known)
    code = _state(name, known) or union or _code(name)
    stance = code is not None and (code not in {"IGO", "EUR"} or (titled and union is not None))
    party = Party(name, name, code, Resolution.IMPLICIT)
    return Issuer(party, speaks=True, stance=stance, released=titled or code is not None)


def undertaking(issuer: Issuer, act: Act) -> Party | None:
    """Return who does what its own text tells in the passive: `the ambassador was called in`."""
    if issuer.party is None or not issuer.released:
        return None
    charging = set(issuer.party.name.lower().split()) & PROSECUTING
    done = issuer.stance and act in {Act.SUMMON, Act.RESPOND}
    return issuer.party if done or (charging and act in {Act.ACCUSE, Act.RESPOND}) else None


def answering(turn: Turn, own: Issuer) -> Issuer:
    """Return who says `we` in a turn: the person named, for the text's issuer where it has one."""
    if turn.asks or turn.reports:
        return Issuer(None, speaks=False)
    if turn.who is None:
        return Issuer(own.party, speaks=own.party is not None, stance=True, released=True)
    country = own.party.country if own.party else None
    party = Party(turn.who, turn.who, country, Resolution.NAMED)
    return Issuer(party, speaks=True, stance=True, released=own.released)


def own_voice(view: View, issuer: Issuer) -> Said | None:
    """Return what the issuer says in a sentence that names no speaker."""
    words = [word.low for word in view.words]
    if view.words and view.words[-1].text == "?":
        return None
    demanded = _demanded(view, words)
    if demanded is not None:
        return demanded
    blamed = _blamed(view, issuer, words)
    if blamed is not None:
        return blamed
    if any(words[at] == "our" and _sees(view, at) for at in range(len(words))):
        return Said(Act.DETECT, None, "own voice telemetry")
    if any(words[at - 1] == "we" and words[at] in DEEDS for at in range(1, len(words))):
        return Said(Act.OTHER, None, "own voice deed")
    if _none_seen(words):
        return Said(Act.DENY, None, "own voice none seen")
    if _ours(view, issuer) or (issuer.released and _mended(view)):
        return Said(Act.RESPOND, None, "own voice will")
    settled = blaming.asserted_until(view, 0, len(view.words))
    actors = [p for p in view.phrases if p.kind is PhraseKind.ACTOR and p.end <= settled]
    traced = blaming.traced(view, actors, None, start=0, end=settled)
    if traced is not None:
        return Said(Act.ACCUSE, traced.target, "own voice traced")
    first = view.phrases[0] if view.phrases else None
    if first and first.kind is PhraseKind.ACTOR and first.at <= 2 and set(words) & RESPONSIBLE:
        return Said(Act.ACCUSE, first, "own voice actor")
    return _shown(view) or (_stance(view, issuer) if issuer.stance else None)


def _blamed(view: View, issuer: Issuer, words: list[str]) -> Said | None:
    """Return whom the issuer holds responsible."""
    settled = blaming.asserted_until(view, 0, len(words))
    told = [p for p in view.phrases if p.end <= settled]
    guilt = blaming.guilt(view, 0, len(words))
    own = _own_country(issuer)
    blamed = [p for p in told if p.kind is PhraseKind.ACTOR or (p.country and p.country != own)]
    if blamed and guilt & STRONG_RESPONSIBLE:
        return Said(Act.ACCUSE, blamed[0], "own voice responsible")
    organ = next((p for p in told if p.organ), None)
    if organ is not None and guilt & RESPONSIBLE:
        return Said(Act.ACCUSE, organ, "own voice organ")
    return None


def _sees(view: View, at: int) -> bool:
    """Whether `our` opens what an issuer sees with: `our telemetry`, `our sandbox detected`."""
    if view.low(at + 1) in OWN_SIGHT:
        return True
    hits = (cues.find(view.words, scan) for scan in (at + 2, at + 3) if scan < len(view.words))
    return any(hit is not None and hit.cue.act is Act.DETECT for hit in hits)


def _demanded(view: View, words: list[str]) -> Said | None:
    """Return whom the issuer tells what to do: `Operators should disable it`."""
    low = " ".join(words)
    if any(phrase in low for phrase in DIRECTIVE_PHRASES) and "we " not in low:
        return Said(Act.CALL_ON, view.phrases[0] if view.phrases else None, "own voice had better")
    if " ".join(words[:2]) in FORBIDDING:
        return Said(Act.CALL_ON, None, "own voice do not")
    for at, low in enumerate(words):
        if low in ASKING and words[at - 1] in ASKED_BY and "to" in words[at + 1 : at + 3]:
            return Said(Act.CALL_ON, obliged(view, at, 0), "own voice asked")
        if not content.demands(view, at, 0) or words[at - 1 : at] in (["we"], ["i"]):
            continue
        whom = obliged(view, at, 0)
        anyone = whom is not None and (whom.at == 0 or not set(words[max(0, at - 4) : at]) & ASKED)
        if anyone:
            return Said(Act.CALL_ON, whom, "own voice must")
    return None


def _mended(view: View) -> bool:
    """Tell a remedy of the issuer told in the passive: `all passwords have been replaced`."""
    if view.low(0) in {"before", "after", "when", "if", "until"}:
        return False
    behind = range(1, len(view.words))
    by = any(view.low(at) == "by" and at + 1 in view.starting for at in behind)
    return not by and any(_remedy(view, at) for at in behind)


def _remedy(view: View, at: int) -> bool:
    """Whether a remedy is told in the passive at this token."""
    low, being = view.low(at), view.auxiliary(at)
    if view.quoted[at] >= 0 or not set(being) & BE or view.negated(at):
        return False
    inquiry = low in UNDER_WAY and any(view.low(scan) in INQUIRIES for scan in range(at))
    has_been = low in TOLD and bool(set(being) & HAVE)
    return low in REMEDIES or has_been or inquiry or (low, view.low(at + 1)) in CLOSED_OFF


def _none_seen(words: list[str]) -> bool:
    """`There is no indication that`: the issuer denies what nobody has to have said."""
    opened = words[:1] == ["there"] and words[2:3] in (["no"], ["nothing"])
    return opened and bool(set(words[2:8]) & UNSEEN)


def _shown(view: View) -> Said | None:
    """Return what the issuer found: `Logs of the operator show that`."""
    words = [word.low for word in view.words]
    for at in range(min(len(words), SHOWN_WITHIN)):
        if words[at] in SHOWING and words[at - 1] not in {"to", "not"}:
            before = set(words[:at])
            act = Act.DENY if words[0] in {"no", "nothing"} else Act.DETECT
            return Said(act, None, "own voice evidence") if before & TRACES else None
    return None


def _stance(view: View, issuer: Issuer) -> Said | None:
    """Return what a party to the case denies, deplores or fears without a verb of saying."""
    said = content.judge(view, 0, len(view.words), country=_own_country(issuer))
    if said.act not in STANCES and said.rule not in NAMING:
        return None
    return Said(said.act, said.target, f"own voice {said.rule}")


def _ours(view: View, issuer: Issuer) -> bool:
    """`We will`, `The centres are determined to`: the issuer announces a step of its own."""
    first = view.phrases[0] if view.phrases else None
    if first is None or first.at > 3 or issuer.party is None:
        return False
    behind = {view.low(at) for at in range(first.end, first.end + 3)}
    bent = view.low(first.end) in BE | {"remains", "remain", "stands", "stand"}
    if view.low(first.end) != "will" and not (bent and behind & BENT):
        return False
    if first.kind is PhraseKind.BODY and first.bare and view.low(first.at) == "the":
        return True
    named = {word.low for word in view.words[first.at : first.end]} - {"the", "our", "all"}
    allied = first.head in content.MEMBERS and issuer.party.country in content.UNIONS
    own = first.place is not None and first.country == issuer.party.country
    return first.head == "we" or own or allied or named <= set(issuer.party.name.lower().split())


def _own_country(issuer: Issuer) -> str | None:
    return issuer.party.country if issuer.party else None


def _own_words(text: str, quotes: list[Quote]) -> int:
    spans = [(quote.start, quote.end) for quote in quotes]
    count, index = 0, 0
    for match in FIRST_PERSON.finditer(text):
        while index < len(spans) and spans[index][1] <= match.start():
            index += 1
        inside = index < len(spans) and spans[index][0] <= match.start()
        count += not inside
    return count


def _newspaper(masthead: Masthead) -> bool:
    outlet = (masthead.outlet or "").lower().split()
    return bool(
        set(outlet)
        & {
            "herald",
            "times",
            "post",
            "news",
            "daily",
            "wire",
            "newswire",
            "tribune",
            "courier",
            "kurier",
            "gazette",
            "journal",
            "press",
        }
    )


def _code(name: str) -> str | None:
    low = name.lower()
    if any(word in low for word in ("council", "association", "forum", "federation", "alliance")):
        return "IGO" if "european" not in low else "EUR"
    return None


def _state(name: str, known: Gazetteer) -> str | None:
    """Return whose office a name such as `Embassy of X in Y` says it is."""
    words = tokens(name, 0, len(name))
    if not any(word.low in OF_STATE | MISSIONS for word in words):
        return None
    spots = (known.place(words, at) for at in range(len(words)))
    return next((spot[1].code for spot in spots if spot and spot[1].kind != "organisation"), None)


def _union(name: str, known: Gazetteer) -> str | None:
    """Return the code of the body between states whose name this is."""
    words = tokens(name, 0, len(name))
    spot = known.place(words, 0) if words else None
    between = spot is not None and spot[1].kind == "organisation" and spot[0] == len(words)
    return spot[1].code if spot and between else None
