"""The answer of a search in Elasticsearch or OpenSearch: hits in a list, deep in one object.

Spec: https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-search
Why: who saves what a search gave has one value of JSON; each hit is an event with bytes of its own.
What it was stored as (`_source`) is the event as its shipper wrote it; the rest is structure.
Trap: aggregations behind the hits may nest as deep as they like: they are not told apart from
damage, and are a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.evidence import Problem, Structure
from stopa.readers._json_value import Value
from stopa.readers._reader import Source
from stopa.readers._running_json import running_values

NAME = r'"[^"\\]{0,200}"\s*:\s*'
PLAIN = r'"(?:[^"\\]|\\.){0,8000}"|[-\w.+]{1,40}|\{[^{}]{0,2000}\}'
BEFORE = rf"(?:{NAME}(?:{PLAIN})\s*,\s*){{0,8}}"
AFTER = rf"(?:\s*,\s*{NAME}(?:{PLAIN})){{0,8}}"
OPENING = re.compile(rf'\{{\s*{BEFORE}"hits"\s*:\s*\{{\s*{BEFORE}"hits"\s*:\s*\[')
AROUND = re.compile(rf"(?:{OPENING.pattern}|\]{AFTER}\s*\}}{AFTER}\s*\}}|[\s,\[\]])+")
LOOKED_AT = 16_384  # characters in which the list has to begin


def first_hit(text: str) -> int:
    """Return where in the text of such an answer its first hit begins; 0 where it is none."""
    lead = len(text) - len(text.lstrip())
    found = OPENING.match(text, lead, lead + LOOKED_AT)
    if found is None:
        return 0
    return found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())


def hits(source: Source) -> Iterator[Value | Problem | Structure]:
    """Yield what each hit was stored as, with the bytes of the hit."""
    for found in running_values(source, AROUND):
        if isinstance(found, Value) and isinstance(found.data, dict):
            yield found._replace(data=stored(found.data))
        else:
            yield found


def stored(hit: dict[str, object]) -> dict[str, object]:
    """Return what a hit was stored as; what is no hit as it is."""
    inner = hit.get("_source")
    return inner if isinstance(inner, dict) and "_index" in hit else hit
