"""Whose knowledge it is: each source with what it holds, its version and its licence.

Spec: https://attack.mitre.org/resources/legal-and-branding/terms-of-use/; LICENSE.md of MISP galaxy
Trap: the package passes on what others wrote. What its licence covers is its form and MISP's own
entries; where the words come from somebody else, their terms may ask for more.
"""

from __future__ import annotations

from collections import Counter

from stopa.knowledge.galaxies import MALPEDIA, MICROSOFT, MISP, MITRE, TIDAL
from stopa.knowledge.knowledge import Knowledge
from stopa.model.actor import KnowledgeSource

GALAXY = "CC0-1.0 or BSD-2-Clause, as MISP galaxy"
LICENCES = {
    MITRE: "ATT&CK Terms of Use: free to use with MITRE's copyright notice",
    MISP: GALAXY,
    TIDAL: GALAXY,
    MICROSOFT: GALAXY,
    MALPEDIA: GALAXY,
}


def sources(knowledge: Knowledge) -> tuple[KnowledgeSource, ...]:
    """Return the sources by how much they hold."""
    record = knowledge.record
    actors = Counter(actor.source for actor in record.actors)
    software = Counter(one.source for one in record.software)
    found = [
        KnowledgeSource(
            name=name,
            version=_version(name, knowledge),
            licence=LICENCES.get(name, ""),
            actors=actors[name],
            software=software[name],
            techniques=len(record.techniques) if name == MITRE else 0,
        )
        for name in actors.keys() | software.keys()
    ]
    return tuple(sorted(found, key=lambda one: (-one.actors - one.software, one.name)))


def _version(name: str, knowledge: Knowledge) -> str:
    """Return the file and version that a source came in: an imported one has ATT&CK alone."""
    stamp = knowledge.stamp
    files, versions = stamp.name.split(" with "), stamp.version.split("; ")
    at = 0 if name == MITRE else -1
    return f"{files[at]} {versions[at]}"
