"""What parties say and do, placed on the scales that diplomats use, each as the party's own claim.

Spec: Council of the EU 9916/17 and 10289/23 (Cyber Diplomacy Toolbox); UN A/70/174, paragraph 13
(eleven norms); Healey, Beyond Attribution: Seeking National Responsibility (2012)
Why: a dossier that goes to allies is read for what it lets them do. A norm is placed only where a
statement invokes it; nothing here judges whether one was broken.
Trap: "state-sponsored" and "linked to" leave open how far the state is responsible: such words are
placed as the range that they allow, never as a rung.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stopa.attribution.concerning import concerns, spoken
from stopa.attribution.naming import called, fuller
from stopa.knowledge.spelling import key
from stopa.model.assessment import Placement, Scale
from stopa.model.statement import Act, Reading, Statement, Voice

# Healey's ten rungs, from least to most responsible.
RESPONSIBILITY = (
    "state-prohibited", "state-prohibited-but-inadequate", "state-ignored", "state-encouraged",
    "state-shaped", "state-coordinated", "state-ordered", "state-rogue-conducted",
    "state-executed", "state-integrated",
)  # fmt: skip
EU = "EUR"
OPENING = 60  # characters of a sentence that are shown


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that place a statement, the acts they place it in, and the rungs."""

    words: re.Pattern[str]
    place: str
    until: str = ""
    acts: frozenset[Act] = frozenset(Act)


def _cue(words: str, place: str, until: str = "", acts: frozenset[Act] = frozenset(Act)) -> _Cue:
    return _Cue(re.compile(words, re.IGNORECASE), place, until, acts)


DONE = frozenset({Act.RESPOND, Act.SUMMON, Act.CONDEMN, Act.ACCUSE, Act.OTHER, Act.DETECT})
VOICED = frozenset({Act.ACCUSE, Act.CONDEMN, Act.CONCERN, Act.CALL_ON, Act.SUPPORT})
BLAMED = frozenset({Act.ACCUSE, Act.CONDEMN})

TOOLBOX = (
    _cue(r"\bCouncil conclusions\b", "stability measures: Council conclusions"),
    _cue(
        r"\bsanction(?:s|ed|ing)?\b|\bfr(?:eeze|oze|ozen|eezing)\b.{0,20}\bassets?\b|"
        r"\basset freezes?\b|\btravel bans?\b|\brestrictive measures?\b",
        "restrictive measures: sanctions",
        acts=DONE,
    ),
    _cue(
        r"\bsummon(?:s|ed|ing)?\b|\bd[ée]marches?\b|\bcalled in (?:the|its)\b.{0,30}\bambassador\b",
        "stability measures: diplomatic démarche",
        acts=DONE,
    ),
    _cue(
        r"\bpersona non grata\b|\bexpel(?:s|led|ling)?\b|\bexpulsions?\b|"
        r"\brecall(?:s|ed|ing)? (?:its|the|our) ambassador\b",
        "lawful responses of member states: diplomatic measures",
        acts=DONE,
    ),
    _cue(
        r"\bindict(?:s|ed|ing|ments?)?\b|\barrest warrants?\b|\bcriminal (?:charges|complaint)\b|"
        r"\bcharged (?:\w+ ){0,6}with\b|\bextradit\w+\b",
        "lawful responses of member states: criminal proceedings",
        acts=DONE,
    ),
    _cue(
        r"\b(?:security|cybersecurity|joint|technical) advisor(?:y|ies)\b|\bpublished guidance\b|"
        r"\bawareness[- ]raising\b",
        "preventive measures: awareness raising",
        acts=DONE,
    ),
    _cue(
        r"\bcapacity[- ]building\b|\brapid response team\b|"
        r"\b(?:sent|sends|offered|offers) (?:\w+ ){0,3}(?:experts?|assistance|help)\b",
        "preventive measures: capacity building",
        acts=DONE,
    ),
    _cue(
        r"\bcyber dialogues?\b|\bpolitical dialogues?\b|"
        r"\braised (?:it|this|the (?:matter|issue|case)) (?:directly )?with\b",
        "cooperative measures: political and thematic dialogue",
        acts=DONE,
    ),
)

NORMS = (
    _cue(
        r"\bnorms?\b.{0,40}\bresponsible (?:state )?behaviou?r\b|"
        r"\bresponsible state behaviou?r\b|\b(?:UN|United Nations|eleven|11) (?:cyber )?norms\b",
        "the framework as a whole",
    ),
    _cue(
        r"\b(?:international|established|agreed|accepted|global) "
        r"(?:cyber(?:security|space)? )?norms\b",
        "norms in general, none of the eleven named",
    ),
    _cue(r"\bnorms?\b.{0,60}\bcooperat(?:e|ion)\b", "(a) to cooperate for stability"),
    _cue(
        r"\bconsider(?:ing|s)? all (?:the )?relevant information\b",
        "(b) to consider all relevant information before attributing",
    ),
    _cue(
        r"\b(?:allow|permit|let|use of)\w*\b.{0,40}\b(?:its|their|your|own) territor(?:y|ies)\b"
        r"|\bdue diligence\b",
        "(c) not to let its territory be used for wrongful acts",
    ),
    _cue(
        r"\bnorms?\b.{0,60}\b(?:exchange information|prosecut\w+|terroris\w+)\b",
        "(d) to help each other against terrorist and criminal use",
    ),
    _cue(r"\bnorms?\b.{0,60}\bhuman rights\b", "(e) to respect human rights on the internet"),
    _cue(
        r"\brefrain\b.{0,60}\bcritical infrastructure\b|"
        r"\bnorms?\b.{0,60}\bcritical infrastructure\b|"
        r"\bcritical infrastructure\b.{0,60}\bnorms?\b",
        "(f) not to damage critical infrastructure",
    ),
    _cue(
        r"\bnorms?\b.{0,40}\bprotect\w* (?:its|their|our|one's) (?:own )?critical infrastructure\b",
        "(g) to protect its own critical infrastructure",
    ),
    _cue(
        r"\bnorms?\b.{0,60}\brequests? for (?:assistance|help)\b|"
        r"\brequests? for (?:assistance|help)\b.{0,60}\bnorms?\b",
        "(h) to answer requests for help",
    ),
    _cue(
        r"\bnorms?\b.{0,60}\bsupply chains?\b|\bintegrity of the supply chain\b",
        "(i) to keep the supply chain whole",
    ),
    _cue(
        r"\bnorms?\b.{0,60}\bvulnerabilit(?:y|ies)\b|"
        r"\bresponsible (?:reporting|disclosure) of .{0,20}vulnerabilit(?:y|ies)\b",
        "(j) to report vulnerabilities",
    ),
    _cue(
        r"\bnorms?\b.{0,60}\b(?:CERTs?|CSIRTs?|emergency response teams?)\b",
        "(k) not to harm emergency response teams",
    ),
)

SPECTRUM = (
    _cue(
        r"\b(?:turn(?:s|ed|ing)? a blind eye|tolerat\w+|safe haven|harbou?r(?:s|ed|ing)?|"
        r"shelter(?:s|ed|ing)?)\b",
        "state-ignored",
        acts=BLAMED,
    ),
    _cue(r"\b(?:encourag\w+|incit\w+|tacit\w*)\b", "state-encouraged", acts=BLAMED),
    _cue(
        r"\b(?:order(?:ed|s)|direct(?:ed|ion)|instruct(?:ed|ions)|task(?:ed|ing)|controlled)"
        r"\b.{0,20}\b(?:by|of|from)\b",
        "state-ordered",
        acts=BLAMED,
    ),
    _cue(
        r"\b(?:officers|members|employees|unit \d{3,}|units?)\b.{0,40}"
        r"\b(?:intelligence|security|military|army|GRU|FSB|SVR|MSS|PLA|IRGC|MOIS|RGB)\b|"
        r"\b(?:carried out|conducted|run|operated|perpetrated) by (?:the |its |\w+'s )?"
        r"(?:\w+ ){0,3}(?:intelligence|security service|GRU|FSB|SVR|MSS|PLA|military)\b",
        "state-executed",
        acts=BLAMED,
    ),
    _cue(
        r"\b(?:contractors?|prox(?:y|ies)|hackers?[- ]for[- ]hire|on behalf of|works? for|"
        r"working for)\b",
        "state-coordinated",
        "state-ordered",
        acts=BLAMED,
    ),
    _cue(
        r"\b(?:linked|tied|connected|affiliated|associated)\b|\bties\b|\blinks?\b|"
        r"\b(?:state|government)[- ](?:sponsored|backed|supported|linked|aligned)\b|\bbacked by\b",
        "state-shaped",
        "state-executed",
        acts=BLAMED,
    ),
)


def placements(readings: tuple[Reading, ...]) -> tuple[Placement, ...]:
    """Return where statements stand on the three scales, by scale, place and statement."""
    found = {
        placed
        for reading in readings
        for said in reading.statements
        if said.voice is Voice.ACTOR and said.speaker and not said.negated and spoken(said)
        for placed in _placed(said)
    }
    spelled: dict[str, str] = {}
    for placed in found:
        known = spelled.get(key(placed.by), placed.by)
        spelled[key(placed.by)] = fuller(placed.by, known)
    once = (replace(placed, by=spelled[key(placed.by)]) for placed in found)
    return tuple(sorted(once, key=lambda p: (p.scale, p.place, p.by, p.statement)))


def _placed(said: Statement) -> Iterator[Placement]:
    for scale, cues in ((Scale.TOOLBOX, TOOLBOX), (Scale.NORMS, NORMS)):
        for cue in cues:
            if found := _met(cue, said):
                yield _placement(said, scale, cue, found)
    if said.act in VOICED and said.speaker and said.speaker.country == EU:
        words = _Cue(re.compile(""), "stability measures: statement on behalf of the Union")
        yield _placement(said, Scale.TOOLBOX, words, _opening(said.sentence))
    for cue in SPECTRUM if concerns(said.sentence) else ():
        if found := _met(cue, said):
            yield _placement(said, Scale.RESPONSIBILITY, cue, found)
            break


def _met(cue: _Cue, said: Statement) -> str:
    found = cue.words.search(said.sentence) if said.act in cue.acts else None
    return found[0] if found else ""


def _opening(sentence: str) -> str:
    """Return the sentence's first words: a statement of the Union is one whatever it says."""
    return sentence if len(sentence) <= OPENING else f"{sentence[:OPENING].rsplit(' ', 1)[0]} …"


def _placement(said: Statement, scale: Scale, cue: _Cue, words: str) -> Placement:
    speaker = said.speaker
    return Placement(
        scale,
        cue.place,
        cue.until or cue.place,
        called(speaker) if speaker else "",
        speaker.country if speaker else None,
        words,
        said.id,
    )
