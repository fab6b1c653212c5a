"""The dossier in the formats of other tools: one module each, pure, same dossier, same bytes."""

from stopa.dossier.exports import (
    case_uco,
    ecs,
    eurepoc,
    markdown,
    misp,
    navigator,
    statements_csv,
    stix,
    stix_full,
    super_timeline,
    timesketch,
)
from stopa.dossier.exports._export import Export

EXPORTS: tuple[Export, ...] = (
    markdown.EXPORT,
    super_timeline.EXPORT,
    navigator.EXPORT,
    *navigator.VIEWS,
    timesketch.EXPORT,
    stix.EXPORT,
    stix_full.EXPORT,
    misp.EXPORT,
    ecs.EXPORT,
    case_uco.EXPORT,
    eurepoc.EXPORT,
    eurepoc.TABLE,
    statements_csv.EXPORT,
)

__all__ = ["EXPORTS", "Export"]
