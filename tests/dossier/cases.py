"""The cases that every export is tried on: they differ in what they hold, not in size alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stopa.model.dossier import Dossier
from stopa.model.statement import Comparison
from tests.dossier.sample import empty, sample, without_technical_evidence


def logs_alone() -> Dossier:
    """Return the sample as it would be without its reports: nobody says anything."""
    dossier = sample()
    papers = {reading.document for reading in dossier.readings}
    return replace(
        dossier,
        title="Logs alone",
        evidence=tuple(item for item in dossier.evidence if item.sha256 not in papers),
        coverage=tuple(row for row in dossier.coverage if row.sha256 not in papers),
        readings=(),
        comparison=Comparison((), ()),
        versions=(),
        assessment=replace(dossier.assessment, claims=(), placements=(), earlier=()),
    )


CASES = pytest.mark.parametrize(
    "dossier",
    [sample(), without_technical_evidence(), logs_alone(), empty()],
    ids=["whole", "reports", "logs", "empty"],
)
