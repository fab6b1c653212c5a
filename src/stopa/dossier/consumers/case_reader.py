"""The reader of CASE/UCO: the validator of the CASE community, on the graph that it parses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from tempfile import NamedTemporaryFile

from stopa.dossier.consumers._consumer import Consumer, Understood
from stopa.dossier.consumers._written import of_json

SHOWN = 3  # complaints that are told
NAMESPACE = re.compile(r"^(?:kb:|urn:uuid:|(?:case|uco|xsd)[a-z-]*:|https?://\S*[/#](?=[\w-]+$))")


def _read(content: bytes) -> Understood:
    from case_utils.case_validate import validate
    from rdflib import Graph

    graph = Graph()
    graph.parse(data=content, format="json-ld")
    with NamedTemporaryFile(suffix=".jsonld") as file:
        file.write(content)
        file.flush()
        told = validate(file.name)
    found = {text for triple in graph for part in triple for text in _texts(part)}
    complaints = () if told.conforms else tuple(told.text.splitlines()[:SHOWN])
    return Understood(lambda leaf: _local(leaf[1]) in found, complaints)


def _texts(part: object) -> Iterator[str]:
    """Yield how a node or literal may have been written, names without their namespace."""
    yield _local(str(part))
    yield str(part)
    if kind := getattr(part, "datatype", None):
        yield _local(str(kind))
    moment = getattr(part, "value", None)
    if isinstance(moment, datetime):
        yield moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _local(text: str) -> str:
    """Return a name without its namespace, other text as it is."""
    return NAMESPACE.sub("", text)


VALIDATOR = Consumer(
    "CASE validator", "case-utils", "case_utils", frozenset({"case-uco"}), _read, written=of_json
)
