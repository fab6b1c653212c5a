"""A statement in the codes of other people's tables: EuRepoC's attribution, PLOVER's events.

Spec: EuRepoC codebook 1.x (attribution_type, attribution_basis); PLOVER (Open Event Data Alliance),
its mapping from CAMEO of 2021 for modes and contexts
Trap: PLOVER has no event for a denial or for finding an intrusion. A denial is a REJECT without a
mode; what has no event stays without one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import assert_never

from stopa.knowledge import places
from stopa.model.document import Masthead
from stopa.model.statement import Act, Party, Resolution, Statement, Voice
from stopa.statements.lexicon import eurepoc as words

UNNAMED = re.compile(r"\b(?:officials?|sources?|persons?|experts|analysts|researchers)\b", re.I)


@dataclass(frozen=True, slots=True)
class Plover:
    """A PLOVER code; empty texts where it has none."""

    event: str = ""
    mode: str = ""
    context: str = ""


def plover(said: Statement) -> Plover:
    """Return the code of a statement. What was not done has none."""
    if said.negated:
        return Plover()
    match said.act:
        case Act.ACCUSE:
            legal = words.INDICTED.search(said.sentence) is not None
            return Plover("ACCUSE", "disapprove", "legal" if legal else "intelligence")
        case Act.CONDEMN | Act.SUMMON:
            return Plover("ACCUSE", "disapprove", "diplomatic")
        case Act.DENY:
            return Plover("REJECT", "", "diplomatic")
        case Act.CALL_ON:
            return Plover("DEMAND", "change", "diplomatic")
        case Act.SUPPORT:
            return Plover("SUPPORT", "", "diplomatic")
        case Act.RESPOND:
            return _response(said)
        case Act.CONCERN | Act.DETECT | Act.OTHER:
            return Plover()
        case _:
            assert_never(said.act)


def attribution_type(said: Statement, head: Masthead) -> str:
    """Return how an accusation was made public; an empty text for any other act."""
    if not is_attribution(said):
        return ""
    legal = words.INDICTED.search(said.sentence) or words.SANCTIONED.search(said.sentence)
    if said.voice is Voice.OUTLET or said.speaker is None:
        return words.BY_MEDIA
    issued = said.speaker.resolution is Resolution.IMPLICIT or _same(said.speaker, head.outlet)
    if is_industry(said.speaker):
        return words.BY_TECHNICAL if issued else words.BY_DIRECT
    if legal:
        return words.BY_STATEMENT_AND_COURT if said.speaker.country else words.BY_COURT
    if issued:
        return words.BY_STATEMENT
    if said.speaker.resolution is Resolution.ROLE and UNNAMED.search(said.speaker.stated):
        return words.BY_ANONYMOUS
    if said.speaker.resolution is Resolution.HEADLINE:
        return words.UNCLEAR
    return words.BY_DIRECT


def attribution_basis(said: Statement, receivers: frozenset[str]) -> str:
    """Return on whose word an accusation rests; `receivers` are countries that were hit."""
    if not is_attribution(said):
        return ""
    if said.voice is Voice.OUTLET or said.speaker is None:
        return words.BASIS_MEDIA
    if is_industry(said.speaker):
        return words.BASIS_INDUSTRY
    country = said.speaker.country
    by = {"EUR": words.BASIS_EU, "IGO": words.BASIS_INTERNATIONAL}
    if country in receivers:
        return words.BASIS_RECEIVER
    return by.get(country or "", words.BASIS_THIRD)


def is_attribution(said: Statement) -> bool:
    """Whether a statement accuses somebody of this: done, and no background."""
    return said.act is Act.ACCUSE and not said.negated and said.core


def is_industry(speaker: Party) -> bool:
    """Whether a speaker is of the security industry: no state, and named like one."""
    if speaker.country is not None or words.OFFICIAL.search(speaker.name):
        return False
    return words.INDUSTRY.search(speaker.name) is not None


def names_organ(value: str) -> bool:
    """Whether a value names an organ of a state: a service, a unit, and not the state alone."""
    return words.ORGAN.search(value) is not None


def country_name(code: str | None) -> str | None:
    """Return a country as EuRepoC names it; a state without a code by its own name."""
    bodies = {"EUR": "EU (institutions)", "IGO": None}
    if code is None or code in bodies:
        return bodies.get(code or "")
    found = places().country(code)
    return found.name if found else code


def eurepoc_country(party: Party | None) -> str | None:
    """Return the country or region of a party as EuRepoC's tables name it."""
    if party is None or party.country is None:
        return None
    if party.country == "IGO":
        return words.BODIES.get(party.name)
    return eurepoc_name(party.country)


def eurepoc_name(code: str) -> str:
    """Return a country by its code as EuRepoC's tables name it."""
    return words.COUNTRIES.get(code) or country_name(code) or code


def responder(said: Statement) -> str:
    """Return which kind of actor EuRepoC counts a responding party among."""
    country = (said.speaker.country if said.speaker else None) or ""
    if country == "EUR":
        return words.EU
    if country == "IGO":
        return words.INTERNATIONAL_BODIES
    left = words.LEFT_THE_UNION.get(country)
    was_in = left is not None and said.date is not None and said.date.edtf < left
    (union,) = places().bodies_named("European Union")
    return words.EU_STATES if country in union.members or was_in else words.STATES


def _response(said: Statement) -> Plover:
    if words.EXPELLED.search(said.sentence):
        return Plover("SANCTION", "expel", "diplomatic")
    if words.SANCTIONED.search(said.sentence):
        return Plover("COERCE", "restrict", "diplomatic")
    if words.INDICTED.search(said.sentence):
        return Plover("COERCE", "arrest", "legal")
    return Plover()


def _same(speaker: Party, outlet: str | None) -> bool:
    low = (outlet or "").lower().removeprefix("the ")
    return bool(low) and low in {speaker.name.lower(), speaker.stated.lower().removeprefix("the ")}
