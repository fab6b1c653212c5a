"""When somebody said in public who did it: the dates of an attribution.

Trap: the day of the report is not the day of the accusation, unless the report's own words say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stopa.model.statement import Act, Party, Resolution, Statement
from stopa.statements import signs
from stopa.statements.dates import Dated, days_before, same_weekday
from stopa.statements.lexicon import incident
from stopa.statements.slot import Slot
from stopa.statements.timing import CHARGED
from stopa.statements.view import View

ANNOUNCED = re.compile(
    r"\b(?:announc\w+|published|(?:made|became|become|go(?:es)?|went) public|made today|named|"
    r"attributed|attributes|accused|blamed|consequences|handed a protest|statements?|disclosed|"
    r"circulat\w+|voiced|levelled|raised|claims?|accusations?|imposed|charged|unsealed|indicted|"
    r"sanctioned|designated|revealed|told (?:reporters|journalists|parliament)|press conference|"
    r"summoned|called in|expelled)\b",
    re.IGNORECASE,
)
TELLING = re.compile(
    r"\b(?:said|claimed|stated|accused|blamed|announced|disclosed|revealed|declared|unveiled|"
    r"named|told (?!by)(?:\w+ ){1,3}|made (?:it )?public|statements?(?: \w+){0,3} (?:of|on|from)|"
    r"(?:statement|report|findings|assessment|details)(?:, | that was | which was )?"
    r"(?:published|issued|released)|announcement(?: \w+){0,4})(?: (?:on|of|early|late))?\W*$",
    re.IGNORECASE,
)
TOLD_AFTER = re.compile(r",? (?:accused|blamed|named|announced that|disclosed that|said that)\b")
# In a denial the date of the accusation stands with a noun of it, never with `said`.
TOLD_BEFORE = re.compile(
    r"\b(?:published|issued|released|spread|voiced|circulated|made|disclosed|levelled|announced|"
    r"statements?|report|claimed|accusations?|claims?|allegations?)(?: (?:on|of|from))?\W*$",
    re.IGNORECASE,
)
REACTIONS = frozenset({Act.DENY, Act.CONDEMN, Act.CONCERN, Act.SUPPORT, Act.SUMMON, Act.CALL_ON})
PUBLIC = re.compile(r"\b(?:made|became|become|go(?:es)?|went|gone) public\b", re.IGNORECASE)
# `said whose hand it believes was on the switch`, `told parliament who had read its mail`.
SAID_WHO = re.compile(
    r"\b(?:said|says|told \w+|announced|revealed|disclosed|spelled out|made public|declared|"
    r"knows)\b[^.;\"“”]{0,30}\b(?:who|whose|whom|which (?:state|country|group|service))\b"
)
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
ANNOUNCED_BY = re.compile(
    r"\b(?:announced|made|voiced|published|imposed) by (?:the )?[A-Z][\w .]*$"
)
# `accused Iran of an attack on the port on July 15`: the day of the attack.
OF_ATTACK = re.compile(
    r"\b(?:accus|blam)\w+\b[^.;,]{0,60}\b(?:of|for) [^.;,]{0,30}\b(?:cyber-?)?"
    r"(?:attacks?|intrusions?|breach|hack(?:ing)?|break-in|raid|theft)\b "
    r"(?:on|against|at|into|of) (?!\d)[^.;,]*$",
    re.IGNORECASE,
)
BESIDE = 24  # characters before a date in which the verb stands that it goes with
LEAD = 2  # sentences in which an agency's report dates itself
PROMISED = re.compile(r"\b(?:will|would|next)\b|\b(?:until|by|from)\s*$")


@dataclass(frozen=True, slots=True)
class Issued:
    """When and by whom a text was issued; `own` is its issuer where the text is a statement."""

    when: date | None
    month_day: str | None  # where the date has no year
    weekday: str | None  # that its head prints beside a day without a year
    last_year: int | None  # the last year that the text prints
    own: Party | None


def announced(
    text: str, when: list[Dated], statements: list[Statement], issued: Issued
) -> Iterator[Slot]:
    """Yield the days on which somebody accused; that of a statement on it, where nobody does."""
    if issued.own is not None and issued.when is not None and signs.intrusion(text):
        yield "announcement_date", issued.when.isoformat(), "date of a statement on it", 0
    for statement in statements:
        if statement.act is not Act.ACCUSE or statement.negated or statement.speaker is None:
            continue
        if issued.when is not None and _by_issuer(statement.speaker, issued.own):
            yield "announcement_date", issued.when.isoformat(), "date of the issuer's statement", 4
        elif issued.when is not None and issued.own is not None and not any(d.day for d in when):
            yield (
                "announcement_date",
                issued.when.isoformat(),
                "date of a statement that accuses",
                2,
            )
        for dated in when:
            if dated.day and not _of_incident(text, dated, statement) and not dateline(text, dated):
                yield "announcement_date", _shown(dated), "date of an accusation", 3


def said_who(text: str, when: list[Dated]) -> Iterator[Slot]:
    """Yield the day on which somebody said who it was, without telling whom they named."""
    if SAID_WHO.search(text):
        for dated in when:
            if dated.day and not dateline(text, dated):
                yield "announcement_date", _shown(dated), "date on which somebody said who", 2


def announced_yearless(
    text: str, statements: list[Statement], issued: Issued, number: int
) -> Iterator[Slot]:
    """Yield the day of an accusation told by its weekday in a report that prints no year.

    The weekday of the report's own day, or the years that it prints, settle which day it was; else
    the weekday is given as printed, with the day by which it had passed.
    """
    accused = any(s.act is Act.ACCUSE and not s.negated for s in statements)
    named = WEEKDAY.search(text)
    accused = accused or (
        named is not None
        and signs.intrusion(text) is not None
        and TELLING.search(text[max(0, named.start() - BESIDE) : named.start()]) is not None
        and not any(s.act in REACTIONS for s in statements)
    )
    if not accused or named is None or issued.month_day is None:
        return
    last = issued.last_year
    settled = days_before(issued.month_day, issued.weekday, named.group())
    if settled:
        yield "announcement_date", settled, "weekday counted from the report's", 3
    elif last and same_weekday(named.group(), issued.month_day, (last, last + 1)):
        yield "announcement_date", issued.month_day, "weekday of an accusation", 3
    elif number < LEAD:
        yield "announcement_date", f"{named.group()}, by {issued.month_day}", "weekday", 2


def made_public(
    view: View, text: str, when: list[Dated], statements: list[Statement]
) -> Iterator[Slot]:
    """`measures announced by Washington on 14 April`, `the incident disclosed on 12 September`."""
    yield from _told_on(text, when, statements)
    known = any(p.country for p in view.phrases) or PUBLIC.search(text) or CHARGED.search(text)
    if not known or not ANNOUNCED.search(text):
        return
    for dated in when:
        promised = PROMISED.search(text[max(0, dated.start - 20) : dated.start])
        before = text[max(0, dated.start - BESIDE) : dated.start]
        near = ANNOUNCED.search(before)
        done = OF_ATTACK.search(text[: dated.start]) is not None and near is None
        if dated.day and not dateline(text, dated) and not promised and not done:
            weight = 1 + (near is not None) + (ANNOUNCED_BY.search(before) is not None)
            yield "announcement_date", _shown(dated), "date of an announcement", weight


def _told_on(text: str, when: list[Dated], statements: list[Statement]) -> Iterator[Slot]:
    """Yield the day on which somebody told of the intrusion; a reaction to it tells no more."""
    if not signs.intrusion(text):
        return
    denied = any(s.act in REACTIONS for s in statements)
    for dated in when:
        near = (TOLD_BEFORE if denied else TELLING).search(
            text[max(0, dated.start - BESIDE) : dated.start]
        )
        behind = TOLD_AFTER.match(text, dated.end)
        if dated.day and (near or behind) and not dateline(text, dated):
            yield "announcement_date", _shown(dated), "day on which it was told", 3 - bool(behind)


def dateline(text: str, dated: Dated) -> bool:
    """Tell a dateline, which dates the report and not what it reports."""
    return bool(re.match(r"\s*(?:\(|[—–-])", text[dated.end : dated.end + 40])) and dated.start < 60


def _by_issuer(speaker: Party, own: Party | None) -> bool:
    """Whether the text's own issuer accuses: as `we`, by its name, or as `the Directorate`."""
    if speaker.resolution is Resolution.IMPLICIT:
        return True
    if own is None:
        return False
    named = {word for word in speaker.name.lower().split() if word not in {"the", "of", "our"}}
    government = speaker.country is not None and speaker.country == own.country
    return named <= set(own.name.lower().split()) or government


def _shown(dated: Dated) -> str:
    return dated.edtf.removeprefix("XXXX-")


def _of_incident(text: str, dated: Dated, statement: Statement) -> bool:
    """Whether the date is that of the intrusion told in the accusation."""
    speaker = statement.speaker.stated if statement.speaker else ""
    between = text[max(text.find(speaker), 0) + len(speaker) : dated.start]
    if incident.INTRUSION.search(between) or incident.STRUCK.search(between):
        return True
    return bool(re.search(r"(?:since|from|began|as early as)\s*$", text[: dated.start][-14:]))
