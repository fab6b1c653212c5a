"""The dossier in the formats of other tools: one module each, pure, same dossier, same bytes."""

from stopa.dossier.exports import markdown, navigator, stix, super_timeline, timesketch
from stopa.dossier.exports._export import Export

EXPORTS: tuple[Export, ...] = (
    markdown.EXPORT,
    super_timeline.EXPORT,
    navigator.EXPORT,
    timesketch.EXPORT,
    stix.EXPORT,
)

__all__ = ["EXPORTS", "Export"]
