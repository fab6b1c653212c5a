"""One entry of a MISP galaxy as it stands in the file, and its text without the markup.

Spec: misp-galaxy schema_clusters.json
"""

from __future__ import annotations

import re

import msgspec

DESCRIPTION = 700  # characters kept of a description
CITATION = re.compile(r"\s*\(Citation:[^)]*\)|<sup>.*?</sup>", re.DOTALL)
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


class Link(msgspec.Struct, rename={"dest": "dest-uuid"}):
    """A relation to another entry."""

    dest: str
    type: str = ""


class Cluster(msgspec.Struct):
    """An entry: an actor, a piece of software, a technique, a country."""

    value: str
    uuid: str
    description: str = ""
    meta: dict[str, object] = {}
    related: list[Link] = []
    revoked: bool = False


class Galaxy(msgspec.Struct):
    """A cluster file."""

    values: list[Cluster]


def values(cluster: Cluster, field: str) -> tuple[str, ...]:
    """Return what a meta field holds as texts, whether it is a list, one text or absent."""
    found = cluster.meta.get(field)
    if isinstance(found, list):
        return tuple(str(value) for value in found)
    return (str(found),) if found not in (None, "") else ()


def plain_text(markdown: str) -> str:
    """Return the description without citations and links, cut at a sentence where it is long."""
    text = " ".join(LINK.sub(r"\1", CITATION.sub("", markdown)).split())
    if len(text) <= DESCRIPTION:
        return text
    return text[: text.rfind(". ", 0, DESCRIPTION) + 1] or f"{text[:DESCRIPTION]}…"
