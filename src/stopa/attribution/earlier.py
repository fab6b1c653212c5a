"""Earlier incidents of the same victim or actor: as documents tell them, and as knowledge has them.

Why: a campaign of years is recognised by what came before; who tells it stays beside it.
Trap: that an actor did something before says nothing about this case, so it bears no weight. A
charge, a trend and a heading tell of no incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stopa.knowledge import Knowledge
from stopa.model.assessment import EarlierIncident
from stopa.model.statement import Fact, Reading
from stopa.model.when import When

SLOT = "prior_incident"
TOLD = "documents"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
CHARGE = re.compile(
    r"\b(?:charged|indict\w*|arrested|convicted|sentenced|pleaded|extradit\w*|sanction\w*)\b", re.I
)
TREND = re.compile(
    r"\b(?:increasingly|a growing (?:number|pattern|list)|in recent (?:years|months)|more and more"
    r"|over the (?:past|last) (?:\w+ )?(?:years|decades?)|(?:repeatedly|regularly|often) (?:been )?"
    r"the target|on the rise)\b",
    re.I,
)
INCIDENT = re.compile(
    r"\b(?:attack|cyber-?attack|breach|intrusion|hack|incident|campaign|leak)\b"
    r"|\b(?:hacked|breached|broke into|attacked|stole|accessed|penetrated|infiltrated|hit)\b",
    re.I,
)
HEADING = re.compile(r"(?:\d{1,2}[.)]|[IVX]+\.)\s+[^.!?]*|[^.!?]{0,60}")
MOST = 40  # of one actor; an actor with more is told by its newest


def earlier(
    readings: tuple[Reading, ...], actors: Iterable[str], knowledge: Knowledge
) -> tuple[EarlierIncident, ...]:
    """Return what came before in order of time, undated ones last; `actors` are knowledge ids."""
    facts = (fact for reading in readings for fact in reading.facts if fact.slot == SLOT)
    told = [_told(fact) for fact in facts if _is_incident(fact.value)]
    known = [one for actor in sorted(set(actors)) for one in _known(actor, knowledge)]
    return tuple(sorted({*told, *known}, key=_order))


def _is_incident(text: str) -> bool:
    """Tell whether a text tells of something that happened, not of a charge, trend or heading."""
    if HEADING.fullmatch(text.strip()) and not YEAR.search(text):
        return False
    if CHARGE.search(text) and not INCIDENT.search(text):
        return False
    return TREND.search(text) is None or YEAR.search(text) is not None


def _told(fact: Fact) -> EarlierIncident:
    years = sorted(set(YEAR.findall(fact.value)))
    when = When(years[0] if len(years) == 1 else f"{years[0]}/{years[-1]}") if years else None
    return EarlierIncident(fact.value, "", when, fact.id, TOLD)


def _known(actor: str, knowledge: Knowledge) -> Iterator[EarlierIncident]:
    entry = knowledge.actor(actor)
    found = [c for c in knowledge.campaigns if actor in c.actors]
    found.sort(key=lambda c: (c.seen.edtf if c.seen else "", c.id), reverse=True)
    for campaign in found[:MOST]:
        name = entry.name if entry else actor
        yield EarlierIncident(campaign.name, name, campaign.seen, campaign.id, campaign.source)


def _order(incident: EarlierIncident) -> tuple[bool, str, str, str]:
    when = incident.when
    return when is None, when.edtf if when else "", incident.what, incident.basis
