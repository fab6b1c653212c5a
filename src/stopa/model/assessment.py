"""Observations, rival hypotheses, and the assessment that weighs them.

Spec: ICD 203 (likelihood and confidence are separate); Admiralty code (NATO STANAG 2511); MICTIC
(Steffens, Attribution of Advanced Persistent Threats, 2020)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stopa.model.evidence import Reliability, Where
from stopa.model.when import When


class Aspect(StrEnum):
    """Which side of an intrusion an observation shows (MICTIC)."""

    MALWARE = "malware"
    INFRASTRUCTURE = "infrastructure"
    CONTROL = "control"
    TELEMETRY = "telemetry"
    INTELLIGENCE = "intelligence"
    CUI_BONO = "cui bono"


class Credibility(StrEnum):
    """How far the information itself is borne out (Admiralty code, second character)."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


class Forgeability(StrEnum):
    """How cheaply another actor could have planted it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ObservationKind(StrEnum):
    """What was observed."""

    TECHNIQUE = "technique"
    SOFTWARE = "software"
    INDICATOR = "indicator"
    VICTIM = "victim"
    TIMING = "timing"
    LANGUAGE = "language"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Observation:
    """Anything that bears on a hypothesis. `basis` are ids of findings, statements, indicators.

    `value` is an ATT&CK id for techniques and software where there is one, else the name.
    `root` is the source root it goes back to: observations with one root count once. `alone` is
    how credible it was before another root bore it out, None where none does. `entities` are the
    hosts, accounts and addresses that at least half of its findings name. `share` is one over how
    many techniques rest on exactly its findings: together they weigh as one.
    """

    id: str
    kind: ObservationKind
    value: str
    label: str
    aspect: Aspect
    reliability: Reliability
    credibility: Credibility
    forgeability: Forgeability
    root: str
    basis: tuple[str, ...]
    cites: tuple[Where, ...]
    when: When | None = None
    alone: Credibility | None = None
    entities: tuple[str, ...] = ()
    share: float = 1.0


class HypothesisKind(StrEnum):
    """The shapes an explanation can take. An assessment always holds rivals."""

    ACTOR = "known actor"
    UNLISTED = "known actor, not listed"
    FALSE_FLAG = "false flag"
    SHARED_TOOLING = "shared or bought tooling"
    COMPROMISED_INFRASTRUCTURE = "compromised infrastructure"
    CONTRACTOR = "contractor of the same state"
    UNDETERMINED = "cannot be told"


@dataclass(frozen=True, slots=True)
class Likelihood:
    """One of ICD 203's seven terms with its range, probabilities in [0, 1]."""

    term: str
    low: float
    high: float


# ICD 203 (2015), section D.6.e.2.a: the seven expressions and their ranges.
LIKELIHOODS = (
    Likelihood("almost no chance", 0.01, 0.05),
    Likelihood("very unlikely", 0.05, 0.20),
    Likelihood("unlikely", 0.20, 0.45),
    Likelihood("roughly even chance", 0.45, 0.55),
    Likelihood("likely", 0.55, 0.80),
    Likelihood("very likely", 0.80, 0.95),
    Likelihood("almost certain", 0.95, 0.99),
)
# Where the evidence does not bear on a hypothesis, no term may be used, not even "unlikely".
UNTOLD = Likelihood("cannot be told", 0.0, 1.0)


class ConfidenceLevel(StrEnum):
    """How good the ground under a likelihood is (ICD 203)."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Confidence:
    """The level, and the reasons for it, one sentence each."""

    level: ConfidenceLevel
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """What one observation does to one hypothesis: natural log of the likelihood ratio."""

    observation: str
    log_ratio: float
    reason: str


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One explanation beside its rivals. `id` is H1, H2, ... in the order of the assessment.

    `actor` is the knowledge id of the actor it names, if any. `prior` and `posterior` are
    probabilities over all hypotheses of the assessment.
    """

    id: str
    kind: HypothesisKind
    label: str
    actor: str | None
    prior: float
    posterior: float
    likelihood: Likelihood
    speaks_for: tuple[Weight, ...] = ()
    speaks_against: tuple[Weight, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def ratio(self) -> float | None:
        """The likelihood ratio: the odds after the evidence over those before it."""
        if not 0 < self.prior < 1 or not 0 < self.posterior < 1:
            return None
        return self.posterior * (1 - self.prior) / (self.prior * (1 - self.posterior))


@dataclass(frozen=True, slots=True)
class ClaimedAttribution:
    """An attribution that somebody else made: reported as claimed, by whom, from how many roots.

    Lists name parties as the statements name them; `statements` are ids; `published_basis` counts
    the indicators and techniques published with the claim. `supported_by` back the accuser and
    expressly blame nobody; `parties` counts the claimants, all offices of a state as one.
    """

    actor: str
    sponsor: str | None
    claimed_by: tuple[str, ...]
    endorsed_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    documents: int
    roots: int
    published_basis: int
    statements: tuple[str, ...]
    supported_by: tuple[str, ...] = ()
    parties: int = 0


class Consistency(StrEnum):
    """How an observation fits a hypothesis (Heuer's analysis of competing hypotheses)."""

    VERY_CONSISTENT = "CC"
    CONSISTENT = "C"
    NEUTRAL = "N"
    INCONSISTENT = "I"
    VERY_INCONSISTENT = "II"
    NOT_APPLICABLE = "NA"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One observation against every hypothesis, in the matrix's order of hypotheses.

    `diagnosticity` is how far its likelihoods lie apart, in natural logs; 0 tells nothing.
    """

    observation: str
    marks: tuple[Consistency, ...]
    diagnosticity: float


@dataclass(frozen=True, slots=True)
class Matrix:
    """Observations by hypotheses, the most diagnostic first.

    `inconsistency` is each hypothesis's weighted sum of marks against it; `least` are hypothesis
    ids from the least inconsistent on; `omitted` counts rows that were left out as least
    diagnostic; `warning` says where the matrix and the posterior disagree, else is empty.
    """

    hypotheses: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    inconsistency: tuple[float, ...]
    least: tuple[str, ...]
    omitted: int = 0
    warning: str = ""


class Change(StrEnum):
    """What was done differently to see whether the result holds."""

    OBSERVATION = "without one observation"
    ROOT = "without one source root"
    ASPECT = "without one aspect"
    PRIOR = "every known actor equally probable beforehand"
    INDEPENDENT = "only what independent roots confirm"


@dataclass(frozen=True, slots=True)
class Shift:
    """What the result would be then.

    `what` is the id, root or aspect concerned; `actor` the knowledge id that would fit best, None
    where nothing technical is left; `posterior` its probability, `undetermined` what would stay
    undecided; `changed` tells whether another actor would come first.
    """

    change: Change
    what: str
    actor: str | None
    posterior: float
    undetermined: float
    changed: bool


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How firmly the result stands.

    `smallest` are the fewest observations found without which another actor comes first, empty
    where none were found; `settling` says what evidence, if found, would decide.
    """

    shifts: tuple[Shift, ...]
    smallest: tuple[str, ...]
    settling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A condition, whether it is met, and by what (ids or a short statement of what is there)."""

    name: str
    met: bool
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promotion:
    """A step that a cluster of activity can be promoted to. Met when all criteria are."""

    step: str
    met: bool
    criteria: tuple[Criterion, ...]


class Scale(StrEnum):
    """A scheme in which what parties say and do is placed, always as their claim."""

    TOOLBOX = "EU Cyber Diplomacy Toolbox"
    NORMS = "UN norms of responsible state behaviour"
    RESPONSIBILITY = "spectrum of state responsibility"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a statement stands on a scale, and whose claim or act it is.

    `place` is the rung, `until` the last one where the words leave a range, else the same; `cue`
    are the words that place it; `statement` is the id, `country` the claimant's.
    """

    scale: Scale
    place: str
    until: str
    by: str
    country: str | None
    cue: str
    statement: str


@dataclass(frozen=True, slots=True)
class EarlierIncident:
    """Something that happened before: told by a document, or known of an actor of this case.

    `of` names whom it is told of; `basis` is the id of the fact, or the knowledge id.
    """

    what: str
    of: str
    when: When | None
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Of the tested cases whose leader had a probability in [low, high), how many were right.

    `stated` is their mean probability, `correct` the share that was right.
    """

    low: float
    high: float
    cases: int
    stated: float
    correct: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """Hypotheses in order of posterior, the verdict in a sentence, and what it rests on.

    `leader` is the id of the hypothesis that the verdict names; None when it cannot be told.
    `depth` is how deep it may be said who it was: cluster, group, organ, state, each step with its
    own evidence. `conflict` is 0 where names of malware and ways of working agree, 1 where not.
    `reliability` is what the ranking's probabilities earned on documented cases, never this one;
    `first` is what it says here of the actor that fits best, among the known ones alone.
    """

    verdict: str
    leader: str | None
    confidence: Confidence
    hypotheses: tuple[Hypothesis, ...]
    claims: tuple[ClaimedAttribution, ...]
    gaps: tuple[str, ...]
    knowledge: str
    matrix: Matrix | None = None
    sensitivity: Sensitivity | None = None
    promotions: tuple[Promotion, ...] = ()
    depth: tuple[Criterion, ...] = ()
    conflict: float = 0.0
    placements: tuple[Placement, ...] = ()
    earlier: tuple[EarlierIncident, ...] = ()
    reliability: tuple[ReliabilityBin, ...] = ()
    first: float | None = None
