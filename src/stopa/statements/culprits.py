"""Who did it, for whom, and who says so: actor, sponsor and attributor of the incident.

Trap: what a text ties to a state is the text's word; the tie stays in the printed words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.statement import Act, Party, Resolution, Statement
from stopa.statements.chunks import chunks, outermost, words
from stopa.statements.gazetteer import country_code
from stopa.statements.groups import REPORT_BY, groups
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.slot import Slot
from stopa.statements.view import View

# Designations that vendors and teams hand out by number.
NUMBERED = re.compile(
    r"\b(?:APT-? ?[A-Z]?\d{1,4}|UNC\d{3,5}|TA(?!00)\d{3,4}|UAC-\d{4}|FIN\d{1,2}|DEV-\d{4}|"
    r"Storm-\d{4}|TAG-\d{2,3}|CL-[A-Z]{3}-\d{4}|UAT-\d{4}|TEMP\.[A-Z]\w+|G\d{4})\b"
)
TIE = re.compile(
    r"\b(?:(?:linked|tied|connected|close|belong(?:s|ing|ed)?|answer(?:s|ing)?|report(?:s|ing)|"
    r"subordinate(?:d)?|attached|loyal|affiliated (?:to|with)|associated with|aligned with) ?"
    r"(?:to|with)?|on (?:the )?(?:behalf|orders|instructions) of|at the "
    r"(?:behest|direction|request) of|in the (?:service|pay|employ) of|"
    r"(?:backed|sponsored|directed|controlled|run|steered|tasked|supported|funded|financed|"
    r"ordered|protected|operated|commanded|led) by|work(?:s|ing|ed)? for|act(?:s|ing|ed)? for|"
    r"serv(?:es?|ing)|(?:part|arm|unit|branch|front|proxy|tool|instrument) of|report to|"
    r"bidding of|(?:orders|instructions|directions|tasking|commands) (?:directly )?from|"
    r"(?:on the )?payroll of|interests of|in (?:the )?support of|"
    r"responsibility [^.;]{0,30}lies? with|link(?:s|ed)? (?:the |this |that )?"
    r"(?:group|hackers|gang|actors?|attack|it|them|activity|cluster|operation) to|that "
    r"(?:state|country|government) (?:is|was)|namely|contractors? (?:of|for)|behind "
    r"(?:it|which|them|the group) (?:stands|stood|is|was))\W*(?:of )?$",
    re.IGNORECASE,
)
# `a joint statement by France and Germany`: the paper speaks, those who issued it accuse.
ISSUED_BY = re.compile(
    r"\b(?P<paper>statement|report|advisory|declaration|communiqu[eé]|letter|note|indictment|"
    r"assessment) (?:issued |signed |published |released )?(?:by|from) "
    r"(?P<who>(?:the )?[A-ZÀ-Þ][\w’'-]+(?:(?:,| and| of| of the| the|"
    r" for)? [A-ZÀ-Þ][\w’'-]+){0,8})"
)
LED = re.compile(r"\b(?:countries|states|governments|allies|nations)\b")
COMPOUND = re.compile(
    r"\b[A-Z]\w+(?:-| )(?:linked|backed|sponsored|aligned|nexus|affiliated|based|supported|"
    r"directed|controlled|origin|state|state-sponsored|"
    r"state-backed|government-backed|government|government-linked)\b"
    r"(?: (?:state|government|hackers|hacking|group|actors?|intelligence|services?|hacker))*"
)
OF_THE_UNION = re.compile(r"(?:US|American) state")  # Texas, and no state that hacks
ORGANS = re.compile(
    r"\b(?:[A-Z][\w'’]+ )?(?:(?:Ministry|Committee|Department|Bureau|Agency) (?:of|for) "
    r"(?:State |National |Public )?(?:Security|Intelligence|Information)|"
    r"(?:State|Federal|Foreign|Military|National|General|Main|External|Internal|Security) "
    r"(?:State )?(?:Security|Intelligence)(?: and Security)? "
    r"(?:Committee|Service|Directorate|Agency|Bureau|Ministry|Department)|Main "
    r"(?:Intelligence )?Directorate|General Staff|Revolutionary Guards?(?: Corps)?|"
    r"Reconnaissance General Bureau|People['’]s Liberation Army|Strategic Support Force|"
    r"Cyber Command|Unit \d{4,6}|KGB|FSB|GRU|SVR|MSS|PLA|IRGC|MOIS|RGB|BND|military intelligence"
    r"(?: service)?|intelligence services?|secret services?|security services?)\b"
)
TONGUE = re.compile(r"-(?:speaking|language)$")  # what hackers speak names no group
# A sentence without one of these ties nobody to anybody, and is spared the phrases.
TIE_HINT = re.compile(
    r"\b(?:(?:controlled|run|directed|backed|sponsored|steered|tasked|commanded|supported|"
    r"ordered|operated|funded|financed|led) by|(?:linked|tied|belong\w*|subordinate\w*|answer\w*|"
    r"report\w*|attached) (?:directly )?to|serv(?:e|es|ing)|behalf|work(?:s|ing|ed)? for|act"
    r"(?:s|ing|ed)? for|(?:arm|unit|part|branch|front) of|behind|interests? of|orders "
    r"(?:of|from)|contractors? (?:of|for))\b",
    re.IGNORECASE,
)
DOER = re.compile(
    r"\b(?:group|gang|crew|hackers?|actors?|intruders|attackers|operation|campaign|activity|unit|"
    r"cluster|operators|set|company|front|is|was|are|which|it|who)\b(?:[^.;]{0,40})$",
    re.IGNORECASE,
)
ORGAN_HEAD = re.compile(
    r"\b(?:intelligence|ministr(?:y|ies)|services?|army|navy|fleet|forces|command|staff|"
    r"directorate|bureau|committee|guards?|unit|agency|branch|police|security|military)\b",
    re.IGNORECASE,
)
NEAR = 60  # characters before a party in which it is said whose word it is
PARTIES = frozenset({PhraseKind.PLACE, PhraseKind.BODY, PhraseKind.PERSON, PhraseKind.NAME})
CHARGES = (
    r"(?:accusations?|allegations?|charges?|claims?|slanders?|smears?|rumours|lies|story|"
    r"attribution|finding|conclusions?|assertions?|assessment|fabrications|insinuations)"
)
CHARGE_BY = re.compile(
    rf"\b{CHARGES}[\"”’']* (?:(?:(?:that|which) )?(?:have |has |was |were |been )*"
    rf"(?:made|voiced|announced|"
    r"levelled|spread|peddled|invented|issued|published|put forward|raised|brought|first made) "
    r"(?:\w+ )?by |(?:by|from) )(?:the )?$|\b(?:accusations?|allegations?|attribution|assessment|"
    r"conclusion)s? of (?:the )?$|\b(?:reject|den[yi]|dismiss|respon[ds]|react|repl|"
    r"comment)\w*\b[^.;]{0,40}\bstatements? (?:by|of|from) (?:the )?$",
    re.IGNORECASE,
)
# `the insinuations that X voiced`
CHARGE_THAT = re.compile(rf"\b{CHARGES}[\"”’']* (?:that|which) (?:the )?$", re.IGNORECASE)
VOICED = re.compile(
    r" (?:have |has |had )?(?:made|voiced|announced|levelled|spread|issued|published|raised|"
    r"brought)\b"
)
CHARGE_OF = re.compile(rf"(?:'s|’s|s['’]) (?:\w+ ){{0,2}}{CHARGES}\b", re.IGNORECASE)
KNOWING = (
    r"(?:says?|said|believes?|conclude[sd]?|assess(?:es|ed)?|maintains?|reckons?|insists?|"
    r"suspects?|(?:has|had|have) (?:no doubt|concluded|established)|(?:is|are|was|were) "
    r"(?:convinced|certain|sure|confident))"
)
DID_IT = (
    r"(?:behind|carried out|responsible|conducted|orchestrated|ordered|mounted|launched|"
    r"the work of|in the interests? of|on behalf of|came from|to blame)"
)
SAID_WHO = re.compile(
    rf" (?:\w+ ){{0,2}}{KNOWING}\b[^.;\"“”]{{0,30}}\bthat\b[^.;\"“”]{{2,80}}\b{DID_IT}\b"
    r"| (?:\w+ ){0,2}(?:knows?|knew|said|told \w+|announced|revealed|"
    r"spelled out)\b[^.;\"“”]{0,12} who (?:did|was|is|were|stands?|stood)\b"
)
PART_TAKEN = (
    r"behind|responsible|involved|(?:had|has|have|played|took) (?:\w+ ){0,2}(?:part|role|hand)"
)
NO_PART = re.compile(
    r"\b(?:(?:role|hand|part) (?:in|of)|(?:any|no) (?:role|hand|part)|involve\w+|complicity|"
    r"responsib\w+|behind (?:it|this|that|(?:\w+ ){1,3}(?:attack|hack|intrusion|breach|operation|"
    r"campaign|incident|cyber\w*|break-in|leak|theft|hacking|espionage)s?)\b)"
)
UNTIED = re.compile(
    r"\b(?:no(?! doubt)|not|neither|nor|never|\w+n['’]t) (?:\w+ ){0,2}$", re.IGNORECASE
)
WITNESS_WITHIN = 3  # words between a service and what it does about the case
WITNESSING = wordset(
    """said says told stated states investigating investigated investigates examining examined
    concluded concludes confirmed confirms identified identifies traced warned warns announced
    blamed blames accused accuses named attributed believes assessed assesses reported detected
    noticed found leads led lead helped assisted joined"""
)
TOOK = re.compile(r"\btook (?:the )?$")
TO_NAME = re.compile(r" (?:[\w-]+ ){1,5}to (?:name|blame|accuse|say (?:aloud|who))\b")
# A paper, or those who did it, blame nobody; whoever wrote the paper does.
NO_ACCUSER = re.compile(
    r"(?:the |an? )?(?:(?:\w+ )?inquiry|investigation|report|analysis|evidence|findings?|last|"
    r"(?:[\w-]+ ){0,3}(?:gang|mob|hackers|crew|group (?:known|called|calling))|indictment|"
    r"complaint|charges|document|statement)\b",
    re.IGNORECASE,
)
ACCUSES = re.compile(rf" (?:\w+ ){{0,2}}{KNOWING}\b")  # `the German government believes`
ORDERED = re.compile(
    r" (?:itself |directly |personally )?(?:ordered|directed|commissioned|sponsored|orchestrated|"
    r"masterminded|paid for|steered) (?:the |this |that )?(?:\w+ )?"
    r"(?:attack|operation|intrusion|campaign|hack|hackers|group|break-in)"
)
ACCORDING = re.compile(
    r"(?:\b[Aa]ccording to|\b[Ii]n the (?:assessment|view|judgment|words) of|\b[Ff]or)(?: the)? $"
)
BLAMING = re.compile(
    r"\b(?:behind|directed|controlled|linked|tied|orders|ordered|sponsor|backed|works? for|"
    r"working for|on behalf|officers? of|members? of|agents? of|employees of|staff of|"
    r"front company|attribut|blam|accus|responsible|unit of|part of|arm of|run by|steered|"
    r"belongs?)\w*",
    re.I,
)


def culprits(view: View, text: str, statements: list[Statement]) -> Iterator[Slot]:
    """Yield actors and sponsors that a sentence names."""
    yield from _phrases(view)
    yield from _tied_bodies(view)
    for match in NUMBERED.finditer(text):
        yield "actor", match.group(), "numbered actor", 3
    yield from groups(text)
    if BLAMING.search(text):
        tellers = [s.speaker.stated for s in statements if s.act is Act.ACCUSE and s.speaker]
        found = (m for m in ORGANS.finditer(text) if not any(m.group() in one for one in tellers))
        for match in found:
            yield "sponsor", match.group(), "organ of state", 2
    for match in COMPOUND.finditer(text):
        if OF_THE_UNION.fullmatch(match.group()):
            continue
        speaks = ACCUSES.match(text, match.end())
        if country_code(re.split(r"[- ]", match.group())[0]) and not speaks:
            yield "sponsor", match.group(), "tie in a compound", 1
    for statement in statements:
        yield from _denying(text, statement)
        yield from _accused(view, statement)
        yield from _boasting(statement)


def _phrases(view: View) -> Iterator[Slot]:
    for phrase in view.phrases:
        if phrase.kind is PhraseKind.ACTOR and phrase.name:
            before = view.text[view.sentence.start : view.words[phrase.at].start]
            if TONGUE.search(phrase.name) or REPORT_BY.search(before):
                continue
            yield "actor", phrase.name, "known actor", 3
        elif phrase.organ and not _witness(view, phrase):
            tied = BLAMING.search(view.text, view.sentence.start, view.sentence.end) is not None
            weight = 3 if tied or _tied(view, phrase) else 1
            yield "sponsor", _whole(view, phrase), "intelligence or military organ", weight
        elif _tied(view, phrase) or _ordered(view, phrase):
            yield "sponsor", _whole(view, phrase), "tied to the actor", 2


def _whole(view: View, phrase: Phrase) -> str:
    """Return the phrase with what it is of, or whose: `Centre 16 of the FSB`, `Iran's MOIS`."""
    for chunk in chunks(view):
        inside = chunk.start <= phrase.at < chunk.core
        of = inside and view.low(chunk.core) == "of" and phrase.end == chunk.core
        owner = inside and view.low(phrase.end) in {"'s", "’s"}
        organ = ORGAN_HEAD.search(view.low(chunk.head)) or view.words[chunk.head].capital
        if of and view.words[chunk.end - 1].capital:
            return words(view, phrase.at, chunk.end)
        if owner and organ:
            return words(view, chunk.start, chunk.core)
    return view.printed(phrase)


def _witness(view: View, phrase: Phrase) -> bool:
    """Whether a service only tells or looks into what happened: `according to X intelligence`."""
    before = (view.low(phrase.at - 2), view.low(phrase.at - 1))
    if "our" in {view.low(phrase.at), before[1]}:
        return True
    behind = {view.low(at) for at in range(phrase.end, phrase.end + WITNESS_WITHIN)}
    return before in {("according", "to"), ("told", "by")} or bool(behind & WITNESSING)


def attributors(statements: list[Statement], own: Party | None) -> Iterator[Slot]:
    """Yield who says who did it; the accuser whom a denial names, too.

    `own` is the issuer of a statement, whose papers and inquiries accuse in its name.
    """
    for statement in statements:
        speaker, target = statement.speaker, statement.target
        cleared = _clears_another(statement.sentence, statement)
        if statement.act is Act.DENY and target and target.country and not cleared:
            yield "attributor", target.stated, "accuser who is denied", 1
        if statement.act is not Act.ACCUSE or statement.negated or speaker is None:
            continue
        if (target is None and speaker.country is None) or (
            speaker.resolution is Resolution.PRONOUN and speaker.name == speaker.stated
        ):
            continue
        if NO_ACCUSER.match(speaker.stated) and not _own(statement):
            if own is not None:
                yield "attributor", own.name, "whose paper accuses", 3
            continue
        named = speaker.resolution is Resolution.NAMED
        states = speaker.country not in {None, "IGO"} or LED.search(speaker.stated) is not None
        weight = 1 + 2 * states + 2 * _own(statement)
        plain = speaker.resolution is Resolution.ROLE
        signed = ISSUED_BY.search(statement.sentence)
        if signed and signed.group("paper") in speaker.stated:
            yield "attributor", signed.group("who"), "who issued the accusation", 3
        yield (
            "attributor",
            speaker.stated if named else speaker.name,
            "speaker of an accusation",
            weight - plain,
        )


def _own(statement: Statement) -> bool:
    """Whether the text's own issuer accuses."""
    return statement.speaker is not None and statement.speaker.resolution is Resolution.IMPLICIT


def _accused(view: View, statement: Statement) -> Iterator[Slot]:
    target = statement.target
    if statement.act is not Act.ACCUSE or statement.negated or target is None:
        return
    group = any(
        p.kind is PhraseKind.ACTOR and p.name and p.name in target.stated for p in view.phrases
    )
    where = f"ed in {target.stated}" in statement.sentence  # `charged in the United States`
    if NO_ACCUSER.match(target.stated):
        return
    if target.country and target.country not in {"EUR", "IGO"} and not group and not where:
        yield "sponsor", target.stated, "state that is accused", 1


def _denying(text: str, statement: Statement) -> Iterator[Slot]:
    """Yield the state that says it had no part in it."""
    speaker = statement.speaker
    if statement.act is not Act.DENY or statement.negated or speaker is None:
        return
    state = speaker.country is not None and speaker.country not in {"EUR", "IGO"}
    of_itself = not _clears_another(text, statement) and NO_PART.search(text)
    if state and speaker.resolution is Resolution.NAMED and of_itself:
        yield "sponsor", speaker.stated, "state that denies a part in it", 0


def _clears_another(text: str, statement: Statement) -> bool:
    """Whether a denial speaks of what another had no part in: `China was not behind it`."""
    target = statement.target
    if target is None or target.country in {None, statement.speaker and statement.speaker.country}:
        return False
    told = rf"{re.escape(target.stated)} (?:\w+ ){{0,3}}(?:{PART_TAKEN})\b"
    return re.search(told, text) is not None


def _boasting(statement: Statement) -> Iterator[Slot]:
    speaker = statement.speaker
    if statement.rule.endswith("own voice deed") and speaker and speaker.country is None:
        yield "actor", speaker.name, "boasts of it", 3


def _tied(view: View, phrase: Phrase) -> bool:
    if not phrase.country or phrase.kind not in {PhraseKind.PLACE, PhraseKind.BODY}:
        return False
    start = view.words[phrase.at].start
    before = view.text[max(view.sentence.start, start - 50) : start]
    tie = TIE.search(before)
    return tie is not None and not UNTIED.search(before[: tie.start()])


def _tied_bodies(view: View) -> Iterator[Slot]:
    """Yield whom those who did it are tied to: `the group, controlled by the Ministry of X`."""
    start, end = view.sentence.start, view.sentence.end
    if not TIE_HINT.search(view.text, start, end):
        return
    for chunk in outermost(chunks(view)):
        at = view.words[chunk.start].start
        before = view.text[max(start, at - 70) : at]
        tie = TIE.search(before)
        named = view.words[chunk.head].capital or ORGAN_HEAD.search(words(view, *chunk.span))
        doer = tie and DOER.search(before[: tie.start()])
        if tie and doer and named and not UNTIED.search(before[: tie.start()]):
            yield "sponsor", words(view, *chunk.span), "body tied to the actor", 2


def _ordered(view: View, phrase: Phrase) -> bool:
    """Whether a state is said to have had it done: `Tehran ordered the attack`."""
    end = view.words[phrase.end - 1].end
    named = phrase.country is not None and phrase.kind in {PhraseKind.PLACE, PhraseKind.BODY}
    return named and ORDERED.match(view.text, end) is not None


def blamed_by(view: View, text: str) -> Iterator[Slot]:
    """Yield who says who did it where no verb says so: `X's accusation`, `claims made by Y`."""
    for phrase in view.phrases:
        if phrase.kind not in PARTIES or view.quoted[phrase.at] >= 0:
            continue
        start, end = (
            view.words[i].start - view.sentence.start for i in (phrase.at, phrase.end - 1)
        )
        end += len(view.words[phrase.end - 1].text)
        before = text[max(0, start - NEAR) : start]
        voiced = CHARGE_THAT.search(before) and VOICED.match(text, end)
        if voiced or CHARGE_BY.search(before) or CHARGE_OF.match(text, end):
            yield "attributor", view.printed(phrase), "whose accusation it is", 2
        elif TOOK.search(before) and TO_NAME.match(text, end):
            yield "attributor", view.printed(phrase), "took its time to say who", 2
        elif SAID_WHO.match(text, end) and not NO_ACCUSER.match(view.printed(phrase)):
            yield "attributor", view.printed(phrase), "says who did it", 3
        elif ACCORDING.search(before) and BLAMING.search(text, end):
            yield "attributor", view.printed(phrase), "according to whom", 1
