"""When it began, when it was made public, and what had happened before: the dates of an incident.

Trap: a date in a sentence may be that of the telling, of the end, or of another incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from stopa.model.statement import Act, Resolution, Statement
from stopa.statements.culprits import Slot
from stopa.statements.dates import Dated, same_weekday
from stopa.statements.lexicon import incident
from stopa.statements.view import View

CHARGED = re.compile(
    r"\b(?:charg(?:ed|es|ing)|indict\w*|sanction\w*|arrest\w*|expel\w*|summon\w*)\b", re.I
)
OTHER_GRIEVANCE = re.compile(
    r"\b(?:election|meddling|interference|explosion|poisoning|referendum|sabotage|knocked offline|"
    r"outage|leak(?:ed|s)?|defaced|wiper|ransomware)\b",
    re.I,
)
ANNOUNCED = re.compile(
    r"\b(?:announc\w+|published|(?:made|became|become|go(?:es)?|went) public|made today|named|"
    r"attributed|attributes|accused|blamed|consequences|handed a protest|statements?|disclosed|"
    r"revealed|told (?:reporters|journalists|parliament)|press conference|summoned|called in|"
    r"expelled)\b",
    re.I,
)
PUBLIC = re.compile(r"\b(?:made|became|become|go(?:es)?|went|gone) public\b", re.I)
TOLD = re.compile(r"\b(?:said|says|told \w+|announced|stated|confirmed|declared|reported)\s*$")
ENDED = re.compile(
    r"\b(?:until|lasted to|lasting to|ended in|ended on|ending in|through|up to|till)\s*\w*$", re.I
)
STRONG = re.compile(
    r"\b(?:began|begun|started|start(?:s|ing)? (?:in|on)|since|as early as|dat(?:es?|ing|ed) "
    r"(?:back )?(?:to|from)?|go(?:es|ing)? back to|went back to|first|oldest|earliest|initial\w*|"
    r"from|between|original\w*|ongoing|back to|opened|inside since|active since|at "
    r"least)\b[^.;]{0,40}$",
    re.I,
)
STRUCK_ON = re.compile(
    r"\b(?:infected|hacked|breached|broken into|broke into|attacked|entered|struck|hit|compromised|"
    r"attack|raid|intrusion|breach|break-in|outage|encrypted|stolen|opened|planted|implanted|"
    r"plugged in|sent|compiled|registered)\b"
    r"(?:\W+\w+){0,3}\W+(?:on|in|around)?\W*$",
    re.I,
)
IT_BEGAN = re.compile(
    r"^\W*(?:It|This|They|The \w+) (?:\w+ ){0,3}(?:began|started|lasted|dat(?:es|ed) (?:back )?to|"
    r"goes back|went back|went on|ran from|continued)\b"
)
DATA_AGE = re.compile(
    r"\b(?:data|manifests?|files|records|e-?mails?|letters|documents|correspondence|archives?)\b"
    r"[^.;]{0,20}\b(?:from|going back|dating|back) ?(?:back )?(?:to)?\s*$",
    re.I,
)
NOT_THE_FIRST = re.compile(
    r"\b(?:not the first|previous (?:attacks?|incidents?|breach\w*|intrusions?|hacks?)|earlier "
    r"attacks?|"
    r"(?:years?|months?) (?:ago|earlier|before)|a similar (?:attack|incident|case)|the last time|"
    r"once before|happened before|second time|third time)\b",
    re.I,
)
OF_YEAR = re.compile(r"\b(?:for|of|since|as in|to|from) (?:19|20)\d\d, (?:when|after|in which)\b")
RECENT = re.compile(r"\b(?:in|over) (?:the )?(?:recent|past|previous) years\b", re.I)
LASTING = re.compile(
    r"\b(?:[Ff]rom|[Bb]etween) (?:\w+ )?\d{4} (?:to|until|and) (?:\w+ )?(?P<last>(?:19|20)\d\d)\b"
)
RECENT_YEARS = 2  # before the document's in which a long intrusion may have ended
SINCE_THEN = re.compile(
    r"\b(?:since|began|begun|started|as early as|ongoing|dat(?:es?|ing) back|oldest|earliest|first "
    r"(?:seen|observed|detected|entered)|active)\b",
    re.I,
)
OPENING = re.compile(
    r"^\W*(?:(?:Back|Already|Late|Early)?\s*[Ii]n|During) (?:\w+ )?(?:19|20)\d\d\b"
)
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
FIRST_WORDS = 6  # characters before a day that opens its sentence
OLD = 4  # years before the document's after which an incident is another one


def announced(
    text: str, when: list[Dated], statements: list[Statement], issued: date | None
) -> Iterator[Slot]:
    """Yield the days on which somebody accused."""
    for statement in statements:
        if statement.act is not Act.ACCUSE or statement.negated or statement.speaker is None:
            continue
        if statement.speaker.resolution is Resolution.IMPLICIT and issued is not None:
            yield "announcement_date", issued.isoformat(), "date of the issuer's statement", 4
        for dated in when:
            if dated.day and not _of_incident(text, dated, statement) and not dateline(text, dated):
                yield "announcement_date", _shown(dated), "date of an accusation", 3


def announced_yearless(
    text: str, statements: list[Statement], month_day: str, now: int
) -> Iterator[Slot]:
    """Yield the day of the report where its weekday is the one on which somebody accused.

    `now` is the last year that the text prints: the report is of that year or the next.
    """
    accused = any(s.act is Act.ACCUSE and not s.negated for s in statements)
    named = WEEKDAY.search(text)
    if accused and named and same_weekday(named.group(), month_day, (now, now + 1)):
        yield "announcement_date", month_day, "weekday of an accusation", 3


def made_public(view: View, text: str, when: list[Dated]) -> Iterator[Slot]:
    """`measures announced by Washington on 14 April`."""
    known = any(p.country for p in view.phrases) or PUBLIC.search(text)
    if not known or not ANNOUNCED.search(text):
        return
    for dated in when:
        if dated.day and not dateline(text, dated):
            yield "announcement_date", _shown(dated), "date of an announcement", 1


def starts(text: str, when: list[Dated], *, reported: bool) -> Iterator[Slot]:
    """Yield when the intrusion began: by words of beginning first, by any date of it else."""
    told = incident.INTRUSION.search(text) or IT_BEGAN.search(text)
    if not told or CHARGED.search(text):
        return
    for dated in when:
        before = text[max(0, dated.start - 60) : dated.end]
        began = incident.BEGAN.search(before)
        opening = incident.STRUCK.search(text) or dated.start < FIRST_WORDS
        struck = bool(dated.day and not reported and opening)
        struck = struck or STRUCK_ON.search(text[: dated.start]) is not None
        if not (began or struck) or _no_start(text, dated):
            continue
        if DATA_AGE.search(text[: dated.start]):
            continue
        strong = STRONG.search(text[: dated.start]) or STRONG.match(text[dated.start : dated.end])
        weight = 4 if strong or "/" in dated.edtf else 2 if began else 1
        weight = max(weight, 3 * bool(STRUCK_ON.search(text[: dated.start])))
        value = dated.edtf.split("/")[0] if dated.full else text[dated.start : dated.end]
        yield "start", value, "date of an intrusion", weight + (len(value) > 4)


def dateline(text: str, dated: Dated) -> bool:
    """Tell a dateline, which dates the report and not what it reports."""
    return bool(re.match(r"\s*(?:\(|[—–-])", text[dated.end : dated.end + 40])) and dated.start < 60


def prior(text: str, when: list[Dated], now: int | None, *, after: bool) -> str | None:
    """Return the sentence when it tells an earlier incident; `now` is the year of the text.

    `after` when the sentence before it opened such a telling (`not the first time`).
    """
    hit = incident.INTRUSION.search(text) or OTHER_GRIEVANCE.search(text)
    if RECENT.search(text) and hit and not SINCE_THEN.search(text):
        return text
    years = [int(d.edtf[:4]) for d in when if d.edtf[:4].isdigit()]
    if not years:
        return None
    old = min(years)
    if now is not None and old <= now - 5 and not _lasting(text, now):
        return text
    if not hit:
        return None
    told = after or any(way.search(text) for way in (OPENING, OF_YEAR, NOT_THE_FIRST))
    if told and now is not None and old <= now - OLD and not SINCE_THEN.search(text):
        return text
    if incident.PRIOR.search(text) and (now is None or old < now or old < max(years)):
        return text
    return None


def _lasting(text: str, now: int) -> bool:
    """Tell one long intrusion that ended lately: `From 2014 to 2018 the mail left each night`."""
    span = LASTING.search(text)
    return span is not None and int(span.group("last")) >= now - RECENT_YEARS


def opens_prior(text: str) -> bool:
    """Whether a sentence says that what follows happened before this incident."""
    return NOT_THE_FIRST.search(text) is not None


def _shown(dated: Dated) -> str:
    return dated.edtf.removeprefix("XXXX-")


def _of_incident(text: str, dated: Dated, statement: Statement) -> bool:
    """Whether the date is that of the intrusion told in the accusation."""
    speaker = statement.speaker.stated if statement.speaker else ""
    between = text[max(text.find(speaker), 0) + len(speaker) : dated.start]
    if incident.INTRUSION.search(between) or incident.STRUCK.search(between):
        return True
    return bool(re.search(r"(?:since|from|began|as early as)\s*$", text[: dated.start][-14:]))


def _no_start(text: str, dated: Dated) -> bool:
    """`until February`, `said on Wednesday`: the end of it, and when it was told."""
    printed = text[dated.start : dated.end].lower()
    if dated.day and printed.startswith(("on ", "yesterday", "today")):
        return bool(TOLD.search(text[: dated.start]))
    return bool(ENDED.search(text[: dated.start] + printed.split()[0]))
