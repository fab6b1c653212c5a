"""What the sample has besides hypotheses: placements, earlier incidents, judgements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from stopa.attribution import judged
from stopa.model.assessment import (
    Assessment,
    EarlierIncident,
    Observation,
    Placement,
    ReliabilityBin,
    Scale,
)
from stopa.model.evidence import Evidence
from stopa.model.judgement import Judged, Judgement, JudgementKind
from stopa.model.record import name
from stopa.model.statement import Act, Reading, Statement
from stopa.model.when import When

RELIABILITY = (
    ReliabilityBin(0.2, 0.4, 3, 0.31, 0.33),
    ReliabilityBin(0.4, 0.6, 11, 0.52, 0.45),
    ReliabilityBin(0.6, 0.8, 24, 0.71, 0.75),
    ReliabilityBin(0.8, 1.0, 40, 0.93, 0.9),
)


def opined(
    assessment: Assessment, statements: tuple[Statement, ...], readings: tuple[Reading, ...]
) -> Assessment:
    """Return the assessment with placements, earlier incidents and the table of reliability."""
    accused = next(s for s in statements if s.act is Act.ACCUSE)
    denied = next(s for s in statements if s.act is Act.DENY)
    fact = readings[0].facts[0]
    return replace(
        assessment,
        placements=(
            Placement(
                Scale.TOOLBOX,
                "cooperative measures: joint statement",
                "stability measures: statement on behalf of the Union",
                "Northern Alliance",
                "IGO",
                "stands with Velden",
                denied.id,
            ),
            Placement(
                Scale.RESPONSIBILITY,
                "state-ordered",
                "state-executed",
                "Government of Velden",
                "XVE",
                "as responsible for",
                accused.id,
            ),
        ),
        earlier=(
            EarlierIncident("a break-in at the customs office", "", When("2019"), fact.id,
                            "documents"),
            EarlierIncident("Operation Tin Roof", "Glass Heron", When("2021-03/2021-09"),
                            "campaign:tin-roof", "sample knowledge"),
            EarlierIncident("Operation Slate", "Glass Heron", None, "campaign:slate",
                            "sample knowledge"),
        ),
        reliability=RELIABILITY,
    )  # fmt: skip


def judgements(
    assessment: Assessment, observations: tuple[Observation, ...], evidence: tuple[Evidence, ...]
) -> Judged | None:
    """Return what two analysts judged: they part ways over a cell and over a source."""
    store, dns = observations[3].id, observations[2].id
    salt = "actor:salt-lantern"
    rows = (
        ("Anna Brant", "2025-06-02T09:00:00Z", JudgementKind.CELL, store, salt, "II",
         "Salt Lantern has never been seen to use a cloud store."),
        ("Petr Dolak", "2025-06-03T14:30:00Z", JudgementKind.CELL, store, salt, "C",
         "Two reports that are not public have it."),
        ("Petr Dolak", "2025-06-03T14:40:00Z", JudgementKind.CELL, dns, salt, "CC",
         "The names follow its habit."),
        ("Anna Brant", "2025-06-02T09:10:00Z", JudgementKind.RELIABILITY, evidence[0].sha256, "",
         "A", "We took the image ourselves."),
        ("Anna Brant", "2025-06-02T09:20:00Z", JudgementKind.HYPOTHESIS,
         "An insider of the ministry", "", "very unlikely", "No account of an insider is in it."),
    )  # fmt: skip
    return judged(_made(rows), assessment, observations, evidence)


def _made(rows: Iterable[tuple[str, str, JudgementKind, str, str, str, str]]) -> list[Judgement]:
    return [Judgement(name("J", row), *row) for row in rows]
