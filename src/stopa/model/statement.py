"""Who said what about whom, on what basis, and where the reports part ways."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stopa.model.document import Masthead
from stopa.model.evidence import Problem, Where
from stopa.model.when import When


class Act(StrEnum):
    """What a speaker does by speaking (the ten acts of the reading measure)."""

    ACCUSE = "accuse"
    DENY = "deny"
    CONDEMN = "condemn"
    CONCERN = "concern"
    CALL_ON = "call-on"
    SUMMON = "summon"
    SUPPORT = "support"
    DETECT = "detect"
    RESPOND = "respond"
    OTHER = "other"


class Voice(StrEnum):
    """Whose words these are: a reported actor's, or the outlet's own."""

    ACTOR = "actor"
    OUTLET = "outlet"


class Resolution(StrEnum):
    """How the text names a party."""

    NAMED = "named"
    PRONOUN = "pronoun"
    ROLE = "role noun"
    IMPLICIT = "implicit"
    HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Party:
    """A speaker or target.

    `country` is ISO 3166 alpha-3, `EUR` for EU bodies, `IGO` for others; the name of a state that
    has no code and that the texts show to be one.
    """

    stated: str
    name: str
    country: str | None
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words inside quotation marks, exactly as printed."""

    text: str
    where: Where


@dataclass(frozen=True, slots=True)
class Statement:
    """One speech act in one document, with its sentence and the exact quotations.

    `negated` marks acts that the text says were not done; `rule` names the rule that found it;
    `core` is False for headings, background and the outlet's opinions.
    """

    id: str
    document: str
    where: Where
    sentence: str
    act: Act
    speaker: Party | None
    target: Party | None
    quotations: tuple[Quotation, ...] = ()
    hedge: str | None = None
    negated: bool = False
    voice: Voice = Voice.ACTOR
    date: When | None = None
    core: bool = True
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A slot of the incident (victim, start, actor, ...) as one document fills it.

    `core` is False for values that the text gives by the way: what it rests on is marked.
    """

    id: str
    document: str
    slot: str
    value: str
    where: Where
    sentence: str
    rule: str = ""
    core: bool = True


class IndicatorKind(StrEnum):
    """The kinds of indicator, named as STIX 2.1 names the observable."""

    IPV4 = "ipv4-addr"
    IPV6 = "ipv6-addr"
    DOMAIN = "domain-name"
    URL = "url"
    EMAIL = "email-addr"
    MD5 = "md5"
    SHA1 = "sha1"
    SHA256 = "sha256"
    FILE = "file-name"
    REGISTRY = "windows-registry-key"
    CVE = "vulnerability"
    WALLET = "cryptocurrency-wallet"


@dataclass(frozen=True, slots=True)
class Indicator:
    """An address, name, hash or the like. `value` is refanged, `printed` as it stands there."""

    id: str
    kind: IndicatorKind
    value: str
    printed: str
    where: Where


class MentionKind(StrEnum):
    """What a name in a text names."""

    ACTOR = "actor"
    SOFTWARE = "software"
    TECHNIQUE = "technique"


class Stance(StrEnum):
    """What the sentence around a name says of it."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    ELSEWHERE = "of another time or incident"


@dataclass(frozen=True, slots=True)
class Mention:
    """A known actor, software or technique named in a text.

    `candidates` are the knowledge ids that the printed name can mean: several when vendors share
    an alias, never silently one of them. A name that the text asserts anywhere is asserted.
    """

    id: str
    kind: MentionKind
    printed: str
    candidates: tuple[str, ...]
    where: Where
    stance: Stance = Stance.ASSERTED


@dataclass(frozen=True, slots=True)
class OutletLabel:
    """What somebody with a name said of an outlet, in an act, on a date (EDTF).

    `role` is `outlet`, or `upstream` for the one that the text names as its source. A label bears
    on who pays or directs an outlet, never on whether a text is true.
    """

    name: str
    role: str
    state: str
    label: str
    by: str
    act: str
    date: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A word that takes sides: how often the outlet uses it, how often it stands in a quotation."""

    word: str
    own: int
    quoted: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of one document; `problems` are what was not read, and why."""

    document: str
    masthead: Masthead
    statements: tuple[Statement, ...]
    facts: tuple[Fact, ...]
    indicators: tuple[Indicator, ...]
    mentions: tuple[Mention, ...]
    problems: tuple[Problem, ...] = ()
    labels: tuple[OutletLabel, ...] = ()
    loaded: tuple[Loaded, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRoot:
    """One act or utterance that several reports repeat. `statements` are the statement ids."""

    id: str
    label: str
    speaker: str
    country: str | None
    act: Act
    statements: tuple[str, ...]
    documents: tuple[str, ...]


class Severity(StrEnum):
    """How much a disagreement matters to the attribution."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a disagreement: the value, its sentence and place."""

    document: str
    value: str
    sentence: str
    where: Where


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Reports (or one report with itself) that do not say the same thing about one slot."""

    id: str
    slot: str
    type: str
    severity: Severity
    positions: tuple[Position, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """Documents that report one incident. `grounds` say what they share."""

    id: str
    label: str
    documents: tuple[str, ...]
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What only several documents together show; roots and disagreements lie within an incident."""

    roots: tuple[SourceRoot, ...]
    disagreements: tuple[Disagreement, ...]
    incidents: tuple[Incident, ...] = ()
