"""When it began and when it ended: the dates of an incident.

Trap: a date in a sentence may be that of the telling, of the end, or of another incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from stopa.statements import signs
from stopa.statements.chunks import verbs
from stopa.statements.dates import Dated
from stopa.statements.deed_lines import struck_verbs
from stopa.statements.deeds import HOSTILE, Deed
from stopa.statements.lexicon import incident
from stopa.statements.lexicon.inflection import Form, forms
from stopa.statements.lexicon.verbs import DETERMINERS
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.slot import Slot
from stopa.statements.view import View

CHARGED = re.compile(
    r"\b(?:charg(?:ed|es|ing)|indict\w*|sanction\w*|arrest\w*|expel\w*|summon\w*)\b", re.I
)
TOLD = re.compile(r"\b(?:said|says|told \w+|announced|stated|confirmed|declared|reported)\s*$")
SAID_IN = re.compile(
    r"\b(?:said|told \w+|announced|stated|confirmed|declared|reported|disclosed|revealed|"
    r"admitted|acknowledged)(?: (?:in|on))?\s*$"
)
# `in January revealed that`: the day of the telling.
TOLD_THEN = re.compile(r" (?:revealed|said|says|announced|disclosed|told|admitted|reported)\b")
ENDED = re.compile(
    r"\b(?:until|lasted to|lasting to|ceased|stopped|ended|concluded|came to an end|was over|"
    r"went quiet|went silent|ending in|through|up to|till)(?: on| in)?\s*[\w-]*$",
    re.I,
)
STRONG = re.compile(
    r"\b(?:began|begun|started|start(?:s|ing)? (?:in|on)|since|as early as|dat(?:es?|ing|ed) "
    r"(?:back )?(?:to|from)?|(?:go(?:es|ing)?|went|reach\w*|stretch\w*|traced) back "
    r"(?:to|as far as|at least)|first|oldest|earliest|initial\w*|ongoing|back to|inside since|"
    r"active since)\b[^.;]{0,40}$|\b(?:from|between|original\w*|opened|at least)\W*"
    r"(?:\w+\W+){0,2}$",
    re.I,
)
# Verbs of happening: what a date beside them dates is the intrusion.
HAPPENING = """happen occur take begin start strike send plug register compile log open encrypt wipe
    go crash fail collapse stop erase destroy defraud phone trigger launch unleash activate detonate
    execute click install plant receive run"""
DONE_FORMS = frozenset({Form.PAST, Form.EITHER, Form.PARTICIPLE})
NO_VERBS = wordset("set cut put let cost")  # nouns as well as past forms
STAYING = frozenset({"enter", "spy"})
NOUNS = (
    r"(?:intrusions?|attacks?|cyber-?attacks?|breach|hack|break-in|raid|outage|power "
    r"(?:cut|failure)|blackout|encryption|theft|compromise|incident|operation|assault|infection|"
    r"failure)"
)
# The intrusion as a noun, what it hit, and the day: `the break-in at the grid operator in May`.
OCCURRED = re.compile(
    rf"\b{NOUNS}\b(?:,? (?!(?:said|told|was|were|is|has|had|that|which|who|and|announced|"
    rf"disclosed|found|after|before|to|as|by|from)\b)[\w'’()-]+){{0,9}},? *"
    rf"(?:on|in|of|around|during)? *$",
    re.IGNORECASE,
)
ATTACK_OF = re.compile(rf"\b{NOUNS} of\W*$", re.IGNORECASE)
DISCLOSED = re.compile(
    r"\b(?:disclos\w+|announc\w+|reveal\w+|confirm\w+|detect\w+|discover\w+|report\w+|claim\w+|"
    r"notic\w+|blam\w+|accus\w+|attribut\w+|condemn\w+|denounc\w+|probe|inquiry|investigat\w+|"
    r"made public|publish\w+|acknowledg\w+|admit\w+|learn\w+|named?|warn\w+|response|over|"
    r"sanction\w*)\b[^.;,]*$",
    re.IGNORECASE,
)
# `accused Iran of a cyberattack on the bank on July 15`: the day of the attack.
PLACED = re.compile(r" (?:on|against|at|into) (?!\d|(?:in|on|of)\b)\w")
ACCUSED_OF = re.compile(
    r"\b(?:accus|blam)\w+\b[^.;,]{0,50}\b(?:of|for) (?:[\w-]+ing )?(?:the |an? )?(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
NOT_BEGUN = re.compile(
    r"\b(?:registered|founded|inaugurated|built|elected|appointed|born|published|patched|fixed|"
    r"in office|in force|in power|in post|employed|hired|chaired|passed|issued|signed|adopted|"
    r"released|disclosed|announced|on sale|for sale|offered|voiced|levelled|circulated|was told|"
    r"invaded|invasion|war|annexed|annexation|elections?|vote|referendum)\b[^,;.]{0,40}$",
    re.IGNORECASE,
)
COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|several|many|some)"
)
UNIT = r"(?:weeks?|months?|years?)"
LENGTH = re.compile(
    rf"\b(?:(?:for|over|during|lasted|spanned|after) (?:at least |more than |over |nearly |"
    rf"almost |about |around |some |up to |close to )?{COUNT}(?: and a half)? {UNIT}|"
    rf"(?:at least|more than|nearly|almost|about|some|up to|close to) {COUNT} {UNIT}|for "
    rf"(?:almost |nearly |more than |about |over )?(?:half a (?:year|decade)|a year and a half|"
    rf"a decade|an entire (?:year|month))|(?:for )?[\"“]?the (?:better|greater|best) part of "
    rf"(?:an?|two|three|four) (?:years?|months?|decades?)|(?:for )?"
    rf"(?:half a year|years on end|years|months) (?:before|unnoticed|undetected)|{COUNT}[- ]"
    rf"(?:year|month|week)[- ](?:long|old))\b",
    re.IGNORECASE,
)
STAYED = re.compile(
    r"\b(?:stayed|remain\w*|sat|inside|present|undetected|unnoticed|undiscovered|read(?:ing)?|"
    r"listen\w*|lasted|open|access|under \w+ control|persist\w*|spied|siphon\w*|tapped|dwell\w*|"
    r"campaign|intrusion|incident|had been in|were in|was in|every (?:night|day)|long|old|"
    r"followed|been there|lurk\w*|hid(?:den)?|linger\w*|roam\w*|rummag\w*|nobody (?:noticed|saw)|"
    r"noticed nothing|anybody (?:noticed|looked)|monitored|download\w*|copied|control)\b",
    re.IGNORECASE,
)
DAYS_INSIDE = re.compile(
    rf"\b(?:spent|stayed|remained|was|were|been|sat|access) (?:[\w’'-]+ ){{0,7}}?"
    rf"(?P<length>(?:for )?(?:at least |more than |about |nearly |almost |some )?"
    rf"(?:{COUNT}|[a-z]+(?:teen|ty)(?:-\w+)?) (?:days|weeks|months|years))"
    r"(?=[^.;]{0,12}\b(?:in|inside|within)\b|\W)",
    re.IGNORECASE,
)
SINCE = re.compile(r"\W*(?:Since|For) ")
# Something else began: `the office began paying pensions on Tuesday`.
BEGAN_ELSE = re.compile(r"\b(?:began|begun|started) (?P<what>\w+ing)\b[^.;,]*$")
STILL = re.compile(r"\b(?:has|have) been \w+ing\b|\bstill\b", re.IGNORECASE)
INSIDE = re.compile(
    r"\binside\b|\b(?:in|inside|within) (?:the|its|their|our|his|her)\b|\baccess(?:ible)?\b",
    re.IGNORECASE,
)
AGE = re.compile(
    r" (?:ago|later|earlier|after|before (?:the|it) (?:announce|disclos)|from now|hence)\b"
)
PUT_OUT = re.compile(
    r"\b(?:evict\w*|expell\w* (?:from|the intruders)|removed|ejected|cut off|thrown out|"
    r"driven out|kicked out|locked out|shut out|contained|access (?:was|had been) "
    r"(?:cut|closed|revoked)|closed the (?:hole|door|gap)|lost (?:their )?access|last saw|last "
    r"(?:seen|active|observed|beacon|log-?in|access))\b[^.;]{0,60}$",
    re.IGNORECASE,
)
PUT_OUT_AFTER = re.compile(
    r"[^.;]{0,60}\b(?:cut (?:the )?\w+ off|evict\w*|expelled the (?:intruders|attackers|hackers)|"
    r"ejected|shut (?:the \w+|them) out|locked (?:the \w+|them) out|closed the (?:hole|door|gap)|"
    r"removed the (?:intruders|attackers|malware|implants?|backdoors?)|threw "
    r"(?:the \w+|them) out|drove (?:the \w+|them) out)\b",
    re.IGNORECASE,
)
CITED = re.compile(
    r"\b[Aa]ccording to (?:the |an? )?(?:\w+ )?"
    r"(?:indictment|charges|charging documents|complaint|charge sheet)\b|\b(?:the|an?) "
    r"(?:indictment|charges) (?:allege[sd]?|sa(?:ys?|id)|state[sd]?)\b"
)
IT_BEGAN = re.compile(
    r"^\W*(?:It|This|That|They|What we (?:found|saw|see)|The \w+)(?: \w+){0,3} "
    r"(?:began|started|ran|struck|lasted|dat(?:es|ed) (?:back )?to|goes back|went back|went on|"
    r"ran from|continued)\b"
)
FIRST_TRACE = re.compile(
    r"\b(?:oldest|earliest|first) (?:\w+ ){0,2}"
    r"(?:traces?|signs?|sightings?|evidence|activity|log-?ins?|artefacts?|artifacts?|samples?|"
    r"beacons?|one|entr(?:y|ies)|victims?|letters?|messages?|indications?|footholds?|access|"
    r"compromise|contact|connections?)\b",
    re.IGNORECASE,
)
# `over the Easter weekend`, `since last summer`: a time that no calendar date tells.
VAGUE = re.compile(
    r"\b(?:[Ss]ince|[Ii]n|[Oo]ver|[Dd]uring|around|before|at|on)(?: the)? "
    r"(?P<when>(?:last |the previous |early |late |this |that )?"
    r"(?:spring|summer|autumn|winter|Easter|Christmas|New Year|Ramadan|Whitsun|Thanksgiving|"
    r"Pentecost|Midsummer)(?: (?:weekend|holidays?|break|Eve|Day|term))?)\b"
    r"(?! (?:of )?(?:19|20)\d\d)",
)
# A range of years at the head of a sentence is how long this went on.
RANGE = re.compile(r"^\W*(?:From|Between) (?:\w+ )?(?:19|20)\d\d (?:to|until|and) ")
TOLD_BY = (IT_BEGAN, RANGE, FIRST_TRACE)
# When it was noticed is when it began only where nothing else is told.
TOLD_OF = re.compile(
    r"(?<!first )\b(?:found|noticed|discovered|spotted|informed|learn(?:ed|t)|"
    r"alerted)\b[^,;.]{0,40}$",
    re.IGNORECASE,
)
OPENING_WORDS = 60  # characters at the head of a sentence in which a day dates what went dark
DATA_AGE = re.compile(
    r"\b(?:data|manifests?|files|records|e-?mails?|letters|documents|correspondence|"
    r"archives?)\b[^.;]{0,20}\b(?:from|going|dating|back|reaching) ?(?:back )?(?:to)?\s*$",
    re.I,
)
# How long those who did it have been known is not how long they were in.
KNOWN_SINCE = re.compile(
    r"\b(?:been (?:known|tracked|around|operating|in operation|linked)|follow(?:ed|ing)|track"
    r"(?:ed|ing)|watch(?:ed|ing)|known)\b[^.;]{0,40} since\W*$|\bfirst "
    r"(?:noted|seen|saw|observed|spotted|described|documented|named|reported) "
    r"(?:by [\w ]{3,30} |the [^.;]{0,30}(?:group|actor|gang|crew)\b)[^.;]{0,40}$",
    re.IGNORECASE,
)
FIRST_WORDS = 6  # characters before a day that opens its sentence


def starts(
    view: View,
    text: str,
    when: list[Dated],
    done: list[Deed],
    *,
    reported: bool,
    after: bool,
) -> Iterator[Slot]:
    """Yield when the intrusion began: by words of beginning first, by any date of it else.

    `after` when the sentence before tells an intrusion, which `Since the autumn` then dates.

    Where only its length is told (`for almost two years`), the words that tell it are the value.
    """
    inside = any(deed.real and deed.kind in STAYING for deed in done)
    firm = any(deed.real and deed.firm for deed in done)
    hostile = any(phrase.kind in HOSTILE for phrase in view.phrases)
    told = bool(
        firm
        or inside
        or hostile
        or signs.intrusion(text)
        or any(w.search(text) for w in TOLD_BY)
        or (after and (SINCE.match(text) or any(deed.real for deed in done)))
    )
    text = CITED.sub(_blanked, text)
    if not (told or signs.impact(text)):
        return
    if charge := CHARGED.search(text):
        yield from _charged_with(text, when, charge.end())
        return
    for dated in when:
        weight = _begun(view, text, dated, reported=reported, told=told)
        if weight:
            value = dated.edtf.split("/")[0] if dated.full else text[dated.start : dated.end]
            yield "start", value, "date of an intrusion", weight + (len(value) > 4)
    for length in _lengths(text, inside=inside):
        yield "start", length, "length of an intrusion", 3
    for match in VAGUE.finditer(text) if told else ():
        if not _no_start(text, Dated(match.start(), match.end(), "")):
            yield "start", match.group("when"), "season or feast", 1 + inside


def _lengths(text: str, *, inside: bool) -> Iterator[str]:
    """Yield how long they were in; how long the outage lasted is none of it."""
    stayed = inside or STAYED.search(text) or (signs.impact(text) and STILL.search(text))
    whole = [(m.group(), m.end()) for m in LENGTH.finditer(text)] if stayed else []
    within = inside or INSIDE.search(text)
    spent = [(m.group("length"), m.end()) for m in DAYS_INSIDE.finditer(text)] if within else []
    yield from (length for length, end in [*whole, *spent] if not AGE.match(text, end))


def ends(text: str, when: list[Dated]) -> Iterator[Slot]:
    """Yield when the intruders were last in: the end of a range, or the day they were put out."""
    out = any(_put_out(text, dated) for dated in when)
    told = out or signs.intrusion(text) or IT_BEGAN.search(text)
    text = CITED.sub(_blanked, text)
    if CHARGED.search(text) or not told:
        return
    for dated in when:
        before = text[: dated.start] + text[dated.start : dated.end].split()[0]
        if "/" in dated.edtf and not DATA_AGE.search(text[: dated.start]):
            yield "end", dated.edtf.split("/")[1], "end of a range", 3
        elif dated.full and (ENDED.search(before) or _put_out(text, dated)):
            yield "end", dated.edtf, "date of an end", 2 + bool(PUT_OUT.search(text))


def _put_out(text: str, dated: Dated) -> bool:
    """Whether a date is that of the day on which the intruders were put out."""
    after = text[dated.end :] if dated.start < OPENING_WORDS else ""
    return bool(PUT_OUT.search(text[: dated.start]) or PUT_OUT_AFTER.match(after))


def _blanked(match: re.Match[str]) -> str:
    """Return as many blanks: who is charged says nothing of when it began."""
    return " " * len(match.group())


def _begun(view: View, text: str, dated: Dated, *, reported: bool, told: bool) -> int:
    """Return how plainly a date is that of the beginning, 0 when it is not."""
    before = text[: dated.start]
    if (
        _no_start(text, dated)
        or _put_out(text, dated)
        or DATA_AGE.search(before)
        or NOT_BEGUN.search(before)
        or KNOWN_SINCE.search(before)
    ):
        return 0
    other = BEGAN_ELSE.search(before)
    if other is not None and other.group("what") not in _doing():
        return 0
    began = incident.BEGAN.search(text[max(0, dated.start - 60) : dated.end])
    opening = incident.STRUCK.search(text) or dated.start < FIRST_WORDS
    dark = signs.impact(text) and dated.start < OPENING_WORDS
    struck = bool(dated.day and not reported and (opening or dark))
    happened = _done_on(view, dated) or _occurred(before)
    first = FIRST_TRACE.search(before)
    since = signs.impact(text) and STRONG.search(before)  # `unavailable since 29 April`
    if not (happened or struck or first or since or (told and began)):
        return 0
    if TOLD_OF.search(before):
        return 1
    strong = (
        STRONG.search(before)
        or FIRST_TRACE.search(before)
        or STRONG.match(text[dated.start : dated.end])
    )
    weight = 4 if strong or "/" in dated.edtf else 2 if began else 1
    return max(weight, 3 * happened)


def _done_on(view: View, dated: Dated) -> bool:
    """Whether the verb that the date goes with is one of breaking in, striking or happening."""
    shift = view.sentence.start
    places = [
        i
        for i, word in enumerate(view.words)
        if verbs().get(word.low) in DONE_FORMS and view.low(i - 1) not in DETERMINERS
    ]
    before = [i for i in places if view.words[i].start - shift < dated.start]
    near = before[-1:] if dated.start > OPENING_WORDS or before else places[:1]
    return any(view.low(i) in _doing() for i in near)


@cache
def _doing() -> frozenset[str]:
    return (struck_verbs() - NO_VERBS) | {
        form for verb in HAPPENING.split() for form in forms(verb)
    }


def _charged_with(text: str, when: list[Dated], after: int) -> Iterator[Slot]:
    """Tell `charged with the encryption of X in May` from `charged on 3 May with it`."""
    for dated in when:
        if dated.full and ("/" in dated.edtf or _occurred(text[after : dated.start])):
            yield "start", dated.edtf.split("/")[0], "date of what somebody is charged with", 1


def _occurred(before: str) -> bool:
    """Tell `the intrusion into the systems of X on` from `they disclosed the intrusion on`."""
    if ATTACK_OF.search(before):
        return True
    found = OCCURRED.search(before)
    if found is None:
        return False
    told = before[: found.start()][-60:]
    placed = ACCUSED_OF.search(told) and PLACED.search(found.group())
    return placed is not None or not DISCLOSED.search(told)


def _no_start(text: str, dated: Dated) -> bool:
    """`until February`, `said on Wednesday`: the end of it, and when it was told."""
    printed = text[dated.start : dated.end].lower()
    if TOLD_THEN.match(text, dated.end):
        return True
    if SAID_IN.search(text[: dated.start]) and text[dated.end :].startswith(" that"):
        return True
    if dated.day and printed.startswith(("on ", "yesterday", "today")):
        return bool(TOLD.search(text[: dated.start]))
    return bool(ENDED.search(text[: dated.start] + printed.split()[0]))
