"""Observations, readings and comparisons made for tests: short, and plain about what they say."""

from __future__ import annotations

from stopa.model.assessment import (
    Aspect,
    Credibility,
    Forgeability,
    Observation,
    ObservationKind,
)
from stopa.model.document import Masthead
from stopa.model.evidence import Reliability, Where
from stopa.model.record import name
from stopa.model.statement import (
    Act,
    Comparison,
    Mention,
    MentionKind,
    Party,
    Reading,
    Resolution,
    SourceRoot,
    Statement,
)

NOBODY = Comparison((), ())


def seen(
    value: str,
    *,
    root: str = "telemetry",
    credibility: Credibility = Credibility.POSSIBLY_TRUE,
    forgeability: Forgeability = Forgeability.HIGH,
    entities: tuple[str, ...] = ("host gate",),
) -> Observation:
    """A technique or software that was observed, on one host for all if none is given."""
    kind = ObservationKind.SOFTWARE if value.startswith("S") else ObservationKind.TECHNIQUE
    return Observation(
        id=name("O", kind, value, root),
        kind=kind,
        value=value,
        label=value,
        aspect=Aspect.MALWARE if kind is ObservationKind.SOFTWARE else Aspect.TELEMETRY,
        reliability=Reliability.CANNOT_BE_JUDGED,
        credibility=credibility,
        forgeability=forgeability,
        root=root,
        basis=("F-1",),
        cites=(Where("e" * 64, line=1),),
        entities=entities,
    )


def party(printed: str, country: str | None) -> Party:
    """A named speaker or target."""
    return Party(printed, printed, country, Resolution.NAMED)


def said(
    document: str,
    act: Act,
    speaker: Party | None,
    target: Party | None,
    *,
    sentence: str = "",
    span: tuple[int, int] = (0, 100),
    negated: bool = False,
) -> Statement:
    """A statement of one document."""
    return Statement(
        id=name("S", document, act, span, sentence),
        document=document,
        where=Where(document, span=span),
        sentence=sentence,
        act=act,
        speaker=speaker,
        target=target,
        negated=negated,
    )


def reading(
    document: str, statements: tuple[Statement, ...], mentions: tuple[Mention, ...] = ()
) -> Reading:
    """What was read out of one document."""
    return Reading(document, Masthead(), statements, (), (), mentions)


def mention(
    document: str, kind: MentionKind, printed: str, candidates: tuple[str, ...], at: int = 10
) -> Mention:
    """A known name in a text."""
    return Mention(
        name("M", document, printed, at),
        kind,
        printed,
        candidates,
        Where(document, span=(at, at + len(printed))),
    )


def root(label: str, act: Act, statements: tuple[Statement, ...]) -> SourceRoot:
    """One utterance behind several statements."""
    return SourceRoot(
        id=name("X", label),
        label=label,
        speaker=label,
        country=None,
        act=act,
        statements=tuple(s.id for s in statements),
        documents=tuple(sorted({s.document for s in statements})),
    )
