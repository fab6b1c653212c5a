"""Which state, and which of its organs, a description says that an actor works for.

Why: ATT&CK keeps no field for either; it says so in the first sentences of the description.
Trap: sentences also name victims. Only the wordings that state an origin count, and only at the
beginning; a description that states none, or two, gives nothing.
"""

from __future__ import annotations

import re
from functools import cache

from stopa.knowledge.gazetteer import Organ, places

OPENING = 320  # characters: the first sentence or two
# What follows a state's name or adjective when the sentence states an origin, and what goes before.
AFTER = (
    r"(?:'s)?[- ](?:based|linked|nexus|aligned|affiliated|sponsored|backed|state[- ]sponsored|"
    r"state|government|cyber|threat|espionage|APT|intelligence|hacking|nation-state)"
)
BEFORE = (
    r"(?:based in|operating out of|operates out of|attributed to|originating from|originates from|"
    r"sponsored by|linked to|works for|on behalf of|from|associated with|believed to be)"
    r"(?: the)?(?: government of| state of)?"
)
ORGAN_CUES = re.compile(
    r"attribut|sponsor|behalf|linked|ties to|associated|affiliated|part of|belong|contract|"
    r"operated by|subordinate|unit of|directed by|works? for",
    re.IGNORECASE,
)


def country_of_text(description: str) -> str | None:
    """Return the alpha-3 code of the one state that the opening names as the origin."""
    opening = _opening(description)
    said = {code for code, pattern in _patterns() if pattern.search(opening)}
    return said.pop() if len(said) == 1 else None


def sponsor_of_text(description: str, country: str | None) -> str | None:
    """Return the organ of that state which the opening says the actor works for."""
    opening = _opening(description)
    if country is None or not ORGAN_CUES.search(opening):
        return None
    found = [
        (opening.index(name), organ.name)
        for organ in _organs(country)
        for name in organ.names
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", opening)
    ]
    return min(found)[1] if found else None


def _opening(description: str) -> str:
    text = re.sub(r"\(Citation:[^)]*\)", "", description)
    return re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)[:OPENING]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    made = []
    for country in places().countries:
        words = {*country.names, *country.adjectives}
        spelt = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
        made.append(
            (
                country.code,
                re.compile(
                    rf"(?<!\w)(?<!South )(?<!North )(?:{spelt}){AFTER}\b|{BEFORE} (?:{spelt})\b"
                ),
            )
        )
    return tuple(made)


def _organs(country: str) -> tuple[Organ, ...]:
    kinds = {"intelligence", "military", "police"}
    return tuple(o for o in places().organs if o.country == country and o.kind in kinds)
