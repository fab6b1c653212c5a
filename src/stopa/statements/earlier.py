"""What had happened before: earlier incidents that a text tells beside its own.

Trap: a long intrusion began years ago and is this one; `the 2016 break-in` beside one of 2024 is
not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stopa.statements import signs
from stopa.statements.dates import Dated
from stopa.statements.lexicon import incident

OTHER_GRIEVANCE = re.compile(
    r"\b(?:elections?|meddling|interference|explosion|poisoning|referendum|sabotage|"
    r"knocked offline|outage|blackout|leak(?:ed|s)?|defac\w+|wiper|ransomware|worm|assassination|"
    r"murder|annexation|invasion|indict\w+|charges|wiretapp\w+|bugg(?:ed|ing)|eavesdropp\w+|"
    r"listened|overheard|listened in|sanction(?:s|ed)|threats to|tapping|espionage|spy"
    r"(?:ing)? scandal|broke off|severed|expelled|hackers|fell over|tricked|robbed)\b",
    re.IGNORECASE,
)
NOT_THE_FIRST = re.compile(
    r"\b(?:not the first|previous (?:attacks?|incidents?|breach\w*|intrusions?|hacks?)|earlier "
    r"(?:attacks?|incidents?|breach\w*|intrusions?|hacks?)|(?:years?|months?) "
    r"(?:ago|earlier|before)|a similar (?:attack|incident|case)|the last time|"
    r"(?:second|third|fourth|latest|another) (?:such |major |similar )?"
    r"(?:attack|incident|breach|intrusion|hack|case)|once before|happened before|second time|"
    r"third time|been here before)\b",
    re.IGNORECASE,
)
# A sentence that by itself sets another incident beside this one.
ANOTHER = re.compile(
    r"\b(?:(?:an?|the|another|one) (?:earlier|previous|prior|older|separate|unrelated) (?:\w+ )?"
    r"(?:attack|incident|breach|intrusion|hack|case|campaign|break-in|operation|leak)|"
    r"much the same way|(?<!during )(?<!in )that time|that "
    r"(?:attack|incident|breach|case|one|hack|affair) (?:was|had|has|too)|then,? too|"
    r"on that occasion|reminiscent of|recalls? the|echo(?:es|ed)? (?:of )?"
    r"(?:the|an (?:earlier|older)|the (?:\d{4}|hack|attack))|(?:comparable|similar) "
    r"(?:attack|incident|breach|intrusion|hack|break-in|operation)|years "
    r"(?:ago|earlier|before)\b[^.;]{0,60}\bthe same (?!group|actor)\w+|"
    r"(?:earlier|previous|prior) (?:(?:cyber-?)?attacks|intrusions|breaches|hacks) "
    r"(?:on|against|at|in|of|targeting)|comes? (?:[\w-]+ ){0,2}"
    r"(?:years?|months|weeks|days) after|before, (?:in|at|against) (?=[A-Z])|(?:was|were|been) "
    r"(?:previously|already|once) (?:blamed|accused|linked|hacked|breached|hit)|(?:the )?same "
    r"(?:group|service|unit|hackers|actors?|crew) (?:had |also |was |were |has |have )?"
    r"(?:already |previously |also )?(?:hit|attacked|broke|breached|hacked|targeted|walked|been|"
    r"behind|blamed|accused|responsible|carried out|conducted))\b",
    re.IGNORECASE,
)
# A year beside these is that of the other incident, whatever else the sentence holds.
BY_YEAR = re.compile(
    r"\balso (?:been )?(?:accused of|blamed for|suspected of|held responsible for)\b|\bnot "
    r"(?:for )?the first\b|\bthe last time\b|\bfor the (?:second|third) time\b|\bin the "
    r"(?:first|previous|earlier) (?:case|incident|attack|breach)\b|\b"
    r"(?:similar|comparable|earlier|previous) (?:\w+ )?"
    r"(?:case|attack|incident|breach|intrusion|hack) in (?:19|20)\d\d\b",
    re.IGNORECASE,
)
# What an accused state holds against others: `it is well known which country tapped`.
WHATABOUT = re.compile(
    r"\b(?:(?:it is |as is )?well known (?:that|which|who)|suffice it to recall|"
    r"(?:we|let us|they|spokes\w+) (?:recall\w*|remind\w*|remember)|who will "
    r"(?:apologise|answer)|everybody (?:knows|remembers)|it was (?:the|a) [^.;]{3,60} that "
    r"(?:listened|tapped|spied|hacked|bugged)|for decades|what (?:became|was) (?:known|revealed)|"
    r"had been caught (?:bugging|spying|tapping|hacking)|caught (?:red-handed )?"
    r"(?:bugging|spying|tapping))\b",
    re.IGNORECASE,
)
# What happens every day, or to anybody, is no incident.
IN_GENERAL = re.compile(
    r"\b(?:every|daily|constant\w*|each day|never|one of the "
    r"(?:main|biggest|largest))\b[^.;]{0,40}\b(?:attacks?|victims?|hacking|intrusions?)\b",
    re.IGNORECASE,
)
# `The group, which hit the army in May`: what else those who did it have done.
RECORD = re.compile(
    r"\b(?:group|gang|crew|actor|hackers|collective|unit|team|[A-Z]\w+)"
    r"(?:, (?:which|who|that) (?:already |also |previously |earlier |had |has |have )*| "
    r"(?:(?:which|who|that) )?(?:(?:had |has |have )?(?:already|also|previously|earlier) ))"
    r"(?:hit|attacked|struck|breached|targeted|hacked|paralysed|crippled|broken? into)\b|\b"
    r"(?:cyber-?)?attacks (?:that|which) (?:had |have )?(?:also|previously|earlier) "
    r"(?:hit|struck|targeted)\b"
)
# Courts try what was done years ago.
IN_COURT = re.compile(r"\b(?:indict|prosecut|defendant|convict|sentenc|charged with)\w*", re.I)
# Incidents that everybody knows by name, with the year in which each ended.
FAMOUS_IN = {
    "Moonlight Maze": 1999,
    "Titan Rain": 2005,
    "Litvinenko": 2006,
    "Operation Aurora": 2010,
    "Stuxnet": 2010,
    "Aramco": 2012,
    "Shamoon": 2012,
    "PRISM": 2013,
    "Snowden": 2013,
    "Sony Pictures": 2014,
    "NotPetya": 2017,
    "WannaCry": 2017,
    "Olympic Destroyer": 2018,
    "Skripal": 2018,
    "Colonial Pipeline": 2021,
    "Nord Stream": 2022,
}
FAMOUS = re.compile(rf"\b(?P<name>{'|'.join(FAMOUS_IN)})\b(?! 2)")  # the second pipe is no case
OF_YEAR = re.compile(r"\b(?:for|of|since|as in|to|from) (?:19|20)\d\d, (?:when|after|in which)\b")
MANY = re.compile(
    r"\b(?:in|over|during|within) (?:the )?(?:recent|past|previous|last) (?:\w+ )?"
    r"(?:years?|months|decades?)\b[^.;]*\b(?:(?:cyber-?)?attacks|intrusions|incidents|breaches|"
    r"attempts|operations|cyberattacks)\b|\b"
    r"(?:(?:cyber-?)?attacks|intrusions|incidents|breaches|attempts|operations|"
    r"cyberattacks)\b[^.;]*\b(?:in|over|during|within) (?:the )?(?:recent|past|previous|last) "
    r"(?:\w+ )?(?:years?|months|decades?)",
    re.IGNORECASE,
)
RECENT = re.compile(r"\b(?:in|over) (?:the )?(?:recent|past|previous) years\b", re.IGNORECASE)
LASTING = re.compile(
    r"\b(?:[Ff]rom|[Bb]etween) (?:\w+ )?\d{4} (?:to|until|and) (?:\w+ )?(?P<last>(?:19|20)\d\d)\b"
)
RECENT_YEARS = 2  # before the document's in which a long intrusion may have ended
SINCE_THEN = re.compile(
    r"\b(?:since|began|begun|started|as early as|ongoing|dat(?:es?|ing) back|oldest|earliest|"
    r"first (?:seen|observed|detected|entered)|active|continu\w+|lasted|until)\b",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"(?:^|[;—–])\W*(?:(?:Back|Already|Late|Early)?\s*[Ii]n|During) (?:\w+ )?(?:19|20)\d\d\b"
)
YEAR_AT_HEAD = re.compile(r"^\W*[Ii]n (?:\w+ )?(?:19|20)\d\d\b")
# `the 2020 election`, `sabotage of the stations in 2021`: a grievance with a year of its own.
NAMED_BY_YEAR = re.compile(
    r"\b(?:the|a|its|their|his) (?P<year>(?:19|20)\d\d) (?:[\w-]+ ){0,3}"
    r"(?:elections?|attacks?|intrusions?|breach|hack|referendum|incident|outage|leak|campaign|"
    r"operation|break-in|compromise|wave|vote)\b"
)
VOTE = re.compile(
    r"\b(?P<year>(?:19|20)\d\d) (?:[\w-]+ ){0,2}(?:elections?|referendum|vote|campaign|Games)\b"
)
DATED_GRIEVANCE = re.compile(
    r"\b(?:sabotage|attack|hack|breach|intrusion|break-in|explosion|poisoning|leak|outage|"
    r"blackout|bugging|interference|meddling|operation|raid|theft|cyberattack|relations)\b"
    r"(?: (?!in (?:19|20))[\w'’-]+){0,8} (?:in|of) (?:[A-Z]\w+ )?(?P<year>(?:19|20)\d\d)\b"
)
OLD = 4  # years before the document's after which an incident is another one
VERY_OLD = 5
NAMED_AGO = 2  # years before the document's when a grievance that is named by its year is another


@dataclass(frozen=True, slots=True)
class Earlier:
    """A sentence on another incident. `firm` when its words say so, not the year alone."""

    firm: bool
    year: int | None


def earlier(text: str, when: list[Dated], now: int | None, *, after: bool) -> Earlier | None:
    """Return whether a sentence tells an earlier incident; `now` is the year of the text.

    `after` when the sentence before it opened such a telling (`not the first time`). Without `now`
    only the words decide, and a grievance named by its year.
    """
    hit = signs.intrusion(text) or OTHER_GRIEVANCE.search(text)
    if _famous(text, now) or RECORD.search(text) or (hit and WHATABOUT.search(text)):
        return Earlier(firm=True, year=None)
    years = [int(d.edtf[:4]) for d in when if d.edtf[:4].isdigit()]
    old = min(years, default=None)
    if old is not None and BY_YEAR.search(text) and (now is None or old < now):
        return Earlier(firm=True, year=old)
    if after and not hit:
        hit = YEAR_AT_HEAD.search(text)
    if not hit:
        return None
    lasting = SINCE_THEN.search(text)
    if any(told.search(text) for told in (RECENT, MANY, ANOTHER)) and not lasting:
        return Earlier(firm=True, year=old)
    vote = VOTE.search(text)
    if vote and _ago(int(vote.group("year")), now, 1) and not lasting:
        return Earlier(firm=True, year=int(vote.group("year")))
    named = NAMED_BY_YEAR.search(text) or DATED_GRIEVANCE.search(text)
    if named and not lasting and _ago(int(named.group("year")), now, NAMED_AGO):
        return Earlier(firm=False, year=int(named.group("year")))
    if old is None:
        return None
    return _by_year(text, old, max(years), now, after=after)


def _famous(text: str, now: int | None) -> bool:
    """Whether an incident is named that was over when the text was written."""
    found = FAMOUS.search(text)
    return found is not None and (now is None or now > FAMOUS_IN[found.group("name")])


def of_another(text: str) -> bool:
    """Whether the words of a sentence set another incident beside this one, whatever its date."""
    return bool(ANOTHER.search(text) or NOT_THE_FIRST.search(text))


def in_general(text: str) -> bool:
    """Whether a sentence tells of attacks in general, and names none."""
    return bool(IN_GENERAL.search(text)) and not (WHATABOUT.search(text) or FAMOUS.search(text))


def opens_prior(text: str) -> bool:
    """Whether a sentence says that what follows happened before this incident."""
    return NOT_THE_FIRST.search(text) is not None


def _by_year(text: str, old: int, last: int, now: int | None, *, after: bool) -> Earlier | None:
    if now is not None and old <= now - VERY_OLD and not _lasting(text, now):
        open_ = SINCE_THEN.search(text) or IN_COURT.search(text)
        return Earlier(firm=not open_, year=old)
    told = after or any(way.search(text) for way in (OPENING, OF_YEAR, NOT_THE_FIRST))
    if told and now is not None and old <= now - OLD and not SINCE_THEN.search(text):
        return Earlier(firm=True, year=old)
    lately = now is not None and old <= now - RECENT_YEARS
    opening = OPENING.search(text) if now is None else lately
    if opening and not SINCE_THEN.search(text):
        return Earlier(firm=False, year=old)
    if incident.PRIOR.search(text) and (now is None or old < now or old < last):
        return Earlier(firm=True, year=old)
    return None


def _ago(year: int, now: int | None, least: int) -> bool:
    return now is None or year <= now - least


def _lasting(text: str, now: int) -> bool:
    """Tell one long intrusion that ended lately: `From 2014 to 2018 the mail left each night`."""
    span = LASTING.search(text)
    return span is not None and int(span.group("last")) >= now - RECENT_YEARS
