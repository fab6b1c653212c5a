"""The case made for readers: one frozen result from which the page and every export are drawn.

Trap: no clock, no salt, no absolute path in here. Same evidence, same bytes (promise 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stopa.model.actor import Actor, KnowledgeSource, Stamp, Technique
from stopa.model.applied import Applied, Collection
from stopa.model.assessment import Assessment, Observation
from stopa.model.clock import Skew
from stopa.model.evidence import Evidence, Problem, Tlp, Where
from stopa.model.judgement import Judged
from stopa.model.log_order import Irregularity, Unmet
from stopa.model.reckoning import Reckoning
from stopa.model.rule import Condition, Finding, Refusal, RuleCard
from stopa.model.statement import Comparison, Reading

SCHEMA = "stopa-dossier/1"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of one evidence file. Byte counts add up to `size` when nothing was lost.

    `kind` is the reader's name, None where no reader knows the file; `status` says why in words,
    `known_by` what its format was recognised by.
    `first` and `last` are the earliest and latest event times, UTC; `times` says how many times'
    zones are known how (a `Basis`). `irregular` is what is odd about the logs in it, `unmet` what
    fields rules ask of its events in vain. `md5` and `sha1` are hashes of the whole file by which
    others may list it; empty where it was never read.
    """

    name: str
    sha256: str
    size: int
    kind: str | None
    status: str
    events: int
    documents: int
    findings: int
    problems: tuple[Problem, ...]
    event_bytes: int = 0
    document_bytes: int = 0
    structure_bytes: int = 0
    problem_bytes: int = 0
    first: datetime | None = None
    last: datetime | None = None
    times: tuple[tuple[str, int], ...] = ()
    irregular: tuple[Irregularity, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    md5: str = ""
    sha1: str = ""
    known_by: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """How many events of one log source one day (UTC, ISO date) holds in one piece of evidence."""

    day: str
    evidence: str
    source: str
    events: int


@dataclass(frozen=True, slots=True)
class Watched:
    """The ATT&CK techniques that applied rules look for in events of one log source of the case.

    `source` is named as in `Activity`. What is in none of these could not have been shown.
    """

    source: str
    techniques: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A place where two versions differ: what each has there, between words that both have."""

    before: str
    old: str
    new: str
    after: str


@dataclass(frozen=True, slots=True)
class Versions:
    """Two documents (by evidence) that are versions of one text, the older first if dates tell.

    `alike` is the share of words in common; `more` counts places that are not listed; `cut` when a
    text was longer than what was compared.
    """

    first: str
    second: str
    alike: float
    passages: tuple[Passage, ...]
    more: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Withheld:
    """A record of the case that the audience of this version may not see.

    `commitment` is the data of its leaf in the ledger, hex: once disclosed, it can be checked.
    """

    kind: str
    tlp: Tlp
    commitment: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The raw record or passage behind a citation, as text, cut at a stated length.

    `start` is the character of the document at which a passage begins, None for records: then what
    is cited begins `where.span[0] - start` characters in.
    """

    where: Where
    text: str
    cut: bool = False
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What the dossier was made with; `engine` is the hash over stopa itself."""

    stopa: str
    rules: Stamp
    knowledge: Stamp
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """All of the case that readers are shown. Tuples are sorted; ids link the parts.

    `rules` are the cards of rules with findings, `techniques` and `actors` the ones named anywhere;
    `expected` are techniques that only knowledge lists, for actors of the first hypotheses.
    `watched` is None where it was not recorded what the rules look at. `conditions` are those that
    the ticks of findings speak of, `skews` how far clocks lie apart; no time was changed by it.
    `case` tells cases apart whatever their titles: exports make their ids of it. `reckoning` are
    the numbers behind the assessment, None where nothing was ranked. `applied` says of every rule
    how far it came, empty in a version that may not tell which logs there are; `collections` are
    the rules as they were handed in, `known_from` whose knowledge it is.
    """

    title: str
    tlp: Tlp
    made: Made
    evidence: tuple[Evidence, ...]
    coverage: tuple[Coverage, ...]
    rules: tuple[RuleCard, ...]
    rules_loaded: int
    refusals: tuple[Refusal, ...]
    findings: tuple[Finding, ...]
    excerpts: tuple[Excerpt, ...]
    activity: tuple[Activity, ...]
    readings: tuple[Reading, ...]
    comparison: Comparison
    observations: tuple[Observation, ...]
    assessment: Assessment
    techniques: tuple[Technique, ...]
    actors: tuple[Actor, ...]
    notice: str = ""
    judged: Judged | None = None
    watched: tuple[Watched, ...] | None = None
    expected: tuple[Technique, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    versions: tuple[Versions, ...] = ()
    conditions: tuple[Condition, ...] = ()
    skews: tuple[Skew, ...] = ()
    case: str = ""
    reckoning: Reckoning | None = None
    applied: tuple[Applied, ...] = ()
    collections: tuple[Collection, ...] = ()
    known_from: tuple[KnowledgeSource, ...] = ()
    schema: str = SCHEMA
